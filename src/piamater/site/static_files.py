"""The site's own style, scripts and pictures: read and compressed once, named by content."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

from piamater.site.respond import Body, make_body

FOLDER = Path(__file__).parent / "static" / "piamater"
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
}


@cache
def static_files() -> dict[str, Body]:
    """All files by their path below ``static/piamater``."""
    return {
        path.relative_to(FOLDER).as_posix(): make_body(path.read_bytes())
        for path in sorted(FOLDER.rglob("*"))
        if path.suffix in TYPES
    }


@cache
def revision() -> str:
    """Ten hexadecimal digits that change when any of the files does."""
    whole = "".join(f"{name}{body.tag}" for name, body in static_files().items())
    return blake2b(whole.encode(), digest_size=5).hexdigest()
