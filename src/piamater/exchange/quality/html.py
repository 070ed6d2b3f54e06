"""The plain HTML frame of the export's own pages: no script, no address of another house."""

from __future__ import annotations

from html import escape

STYLE = """\
body { font: 1.0625rem/1.55 Georgia, "Noto Serif", "Noto Serif Bengali", serif; color: #1a1a1a;
  background: #fff; max-width: 46rem; margin: 0 auto; padding: 1rem 1.25rem 4rem; }
h1, h2, h3 { line-height: 1.25; }
a { color: #0b4a8f; }
:focus-visible { outline: 3px solid #0b4a8f; outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
caption { text-align: left; font-weight: bold; padding-bottom: .4rem; }
th, td { border: 1px solid #767676; padding: .4rem .55rem; text-align: left; vertical-align: top; }
.state, .lacks { border-left: .3rem solid #8a4b00; padding: .1rem .9rem; }
.urgent { border: .2rem solid #a40000; padding: .2rem 1rem; }
.small { font-size: .9375rem; }
.skip { position: absolute; left: -99rem; }
.skip:focus { position: static; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
  gap: 0 2rem; border-bottom: 1px solid #767676; }
h4 { margin: .5rem 0 0; }
main { overflow-wrap: anywhere; }
table { word-break: break-word; }
img { max-width: 100%; }
@media print { .skip { display: none; } h2, h3 { break-after: avoid; } }
"""


def page(title: str, body: str, *, up: str = "", language: str = "en") -> bytes:
    """A whole page; ``up`` is the way from it to the export's first folder, such as ``../``."""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(title)}</title>\n"
        f'<link rel="stylesheet" href="{up}style.css">\n</head>\n<body>\n'
        '<a class="skip" href="#main" lang="en">Skip to the content</a>\n'
        f'<main id="main">\n{body}</main>\n</body>\n</html>\n'
    ).encode("utf-8", "replace")


def text(words: object) -> str:
    """Words that may stand anywhere in a page."""
    return escape(str(words), quote=True)


def link(address: str, words: str = "") -> str:
    """A link; its words are the address where none are given."""
    return f'<a href="{text(address)}">{text(words or address)}</a>'


def items(some: list[str]) -> str:
    """A list of pieces of HTML; empty where there are none."""
    return "<ul>\n" + "".join(f"<li>{one}</li>\n" for one in some) + "</ul>\n" if some else ""
