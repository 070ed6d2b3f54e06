from __future__ import annotations

import time

import pytest

from piamater.errors import InputError
from piamater.sources.xml import parse, text_of

DOCTYPE = '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS//EN" "https://example.org/none.dtd">'


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("&alpha;-blockers &ge; 5&nbsp;mg", "α-blockers ≥ 5 mg"),
        ("a &lt; b &amp; c &#945;", "a < b & c α"),
        ("<b>one</b>\n two<!-- unseen --><?pi unseen?>", "one two"),
    ],
)
def test_characters(inside: str, text: str) -> None:
    for doctype in ("", DOCTYPE):
        assert text_of(parse(f"{doctype}<a>{inside}</a>".encode())) == text


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:1/x.dtd"> %x;]>',
        f"<!--{'x' * 200_000}--><!DOCTYPE a [<!ENTITY x 'y'>]>",
    ],
)
def test_entities_are_refused_at_once(doctype: str) -> None:
    start = time.monotonic()
    with pytest.raises(InputError, match="declares entities"):
        parse(f"{doctype}<a>&x;</a>".encode())
    assert time.monotonic() - start < 1


def test_an_external_definition_is_never_read() -> None:
    assert text_of(parse(b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a>Rest.</a>')) == "Rest."


@pytest.mark.parametrize("data", [b"<a>", b"<a></b>", b"text", b"<a>\xff\xfe</a>", b"<a>&no;</a>"])
def test_broken_xml_is_told(data: bytes) -> None:
    with pytest.raises(InputError, match="XML is broken"):
        parse(data)


def test_a_name_that_nobody_knows_is_told_and_no_text_lost() -> None:
    with pytest.raises(InputError, match="uses &no;"):
        parse(f"{DOCTYPE}<a>x &no; y</a>".encode())


def test_xml_that_nests_too_deep_is_told() -> None:
    with pytest.raises(InputError, match="nests too deep"):
        parse(b"<a>" * 3_000 + b"</a>" * 3_000)
