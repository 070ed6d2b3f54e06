"""What a printed page needs: its address as a code that a phone can read."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO


@lru_cache(maxsize=512)
def qr_code(address: str) -> str:
    """The address as a QR code (ISO/IEC 18004, error correction M) in SVG, to stand in a page."""
    import segno

    out = BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, scale=3, border=2, dark="#000", light="#fff"
    )
    return out.getvalue().decode("utf-8")
