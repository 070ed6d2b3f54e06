"""The stretches of an original that are not read as they stand."""

from __future__ import annotations

import pytest

from piamater.checks.markup import Kind, hidden

BOTH = (Kind.MARKUP, Kind.MARKDOWN)


def shown(text: str, kind: Kind) -> str:
    """A text with a dot for each stretch that is not read, a plus for each entity."""
    out, at = "", 0
    for start, end, entity in hidden(text, kind):
        out += text[at:start] + ("+" if entity else ".")
        at = end
    return out + text[at:]


@pytest.mark.parametrize(
    ("text", "kinds", "left"),
    [("a <b>c</b> d", BOTH, "a .c. d"), ("a &amp; b &#8217; &#x41;", BOTH, "a + b + +"),
     ("a <!-- b <i> -->c", BOTH, "a .c"), ("a < b > c & d", BOTH, "a < b > c & d"),
     ("<script>a < b</script>c", (Kind.MARKUP,), ".c"), ("<STYLE>a</Style >b", (Kind.MARKUP,), ".b"),
     ("<!doctype html>a<?x?>", (Kind.MARKUP,), ".a."), ("a <!-- b", (Kind.MARKUP,), "a <!-- b"),
     ("<script>a", (Kind.MARKUP,), ".a"), ("a <b\\nc>", (Kind.MARKUP,), "a ."),
     ("a <b\\nc>", (Kind.MARKDOWN,), "a <b\\nc>"), ('[a](b "c") d', (Kind.MARKDOWN,), "[a]. d"),
     ("[a](b", (Kind.MARKDOWN,), "[a](b"), ("İ <b>c</b>", BOTH, "İ .c."),
     ("<b>a</b> &amp; [a](b)", (Kind.PLAIN,), "<b>a</b> &amp; [a](b)")],
)  # fmt: skip
def test_what_is_left(text: str, kinds: tuple[Kind, ...], left: str) -> None:
    for kind in kinds:
        assert shown(text.replace("\\n", "\n"), kind) == left.replace("\\n", "\n")
