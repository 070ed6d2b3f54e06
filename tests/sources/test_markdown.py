from __future__ import annotations

import pytest

from piamater.errors import InputError
from piamater.sources import Kind, Original, Reading, read_original
from piamater.text import Form, Mark


def read(text: str) -> Reading:
    return read_original(Original("a.md", "a.md", data=text.encode()))[0]


def marked(reading: Reading, mark: Mark = Mark.CONTENT) -> list[str]:
    document = reading.document
    return [document.text[p.start : p.end] for p in document.passages if p.mark is mark]


PAGE = """---
title: Gout
author: [Ana Uno, {family: Dos, given: B.}]
date: 2021-02-03
license: CC BY 4.0
DOI: 10.1000/AbC
lang: en
---
# Gout

Gout *hurts* the [joints](https://x.org).
It comes in attacks.

1. rest

   Cold helps too.
2. ice
   - not on bare skin

| Drug | Dose |
|------|------|
| colchicine | 0.5 mg |

```
kept as it is
```

<div>never text</div>

## Related articles

- Another page

## References

1. Uno A. On gout.
"""


def test_blocks() -> None:
    reading = read(PAGE)
    assert marked(reading) == [
        "Gout hurts the joints.",
        "It comes in attacks.",
        "rest",
        "Cold helps too.",
        "ice",
        "not on bare skin",
        "Drug | Dose",
        "colchicine | 0.5 mg",
        "kept as it is",
    ]
    assert marked(reading, Mark.FURNITURE) == ["Another page"]
    assert "never text" not in reading.document.text
    rows = [p for p in reading.document.passages if p.form is Form.ROW]
    assert [p.lead for p in rows] == [-1, reading.document.passages.index(rows[0])]
    assert any(text.startswith("Uno A") for text in marked(reading, Mark.REFERENCE))


def test_the_record() -> None:
    record = read(PAGE).record
    assert (record.id, record.title, record.published) == ("doi:10.1000/abc", "Gout", "2021-02-03")
    assert record.authors == ("Ana Uno", "Dos B.")
    assert record.licence == "CC-BY-4.0"


def test_the_kind_that_a_page_states_or_shows() -> None:
    stated = read("---\nkind: guideline\n---\n# Gout\n\nRest is advised.\n").record
    assert (stated.kind, stated.kind_reason) == (
        Kind.GUIDELINE,
        "stated in the page's front matter",
    )
    assert read("# Gout\n\nAsk your doctor about gout.\n").record.kind is Kind.PATIENT_INFORMATION
    assert read("# Gout\n\nGout hurts.\n").record.kind is Kind.REFERENCE


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ("title: [a", "not valid YAML"),
        ("- a\n- b", "not a list of names with values"),
        ("a: &a [x, x]\nb: [*a, *a]", "YAML anchors"),
        ("date: 2021-02-31", "not valid YAML"),
    ],
)
def test_front_matter_that_cannot_be_used(front: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read(f"---\n{front}\n---\nGout hurts.\n")


def test_a_page_with_empty_front_matter_or_none() -> None:
    for front in ("---\n---\n", "", "\ufeff"):
        assert marked(read(f"{front}Gout hurts & stings.\n")) == ["Gout hurts & stings."]
