"""CN013: two pages of a library have one topic under two names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from piamater.checks.cn.statements import CONFLICTING
from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.vocabulary.fold import form

_TYPES = frozenset({"disease", "cancer", "drug", "test", "symptom"})


def check(pages: Sequence[Page]) -> Iterator[tuple[Page, Hit]]:
    """Pages in one language whose titles name nothing but one concept, by different terms."""
    first: dict[tuple[str, str], tuple[Page, str]] = {}
    for page in pages:
        found = _topic(page)
        if not found:
            continue
        concept, name = found
        known = first.setdefault((page.language, concept), (page, name))
        if known[0] is not page and form(known[1]) != form(name):
            start = max(0, page.text.find(page.title))
            yield (
                page,
                Hit(
                    start,
                    start + len(page.title) if page.text.find(page.title) >= 0 else 0,
                    f"{known[0].name} calls the same thing “{known[1]}”",
                    "choose one name for the titles and give the other as a synonym in the text",
                ),
            )


def _topic(page: Page) -> tuple[str, str] | None:
    """The one concept of a title that is nothing else, and the words for it."""
    known = vocabulary()
    title = page.title.strip().rstrip(".:")
    found = (
        [one for one in known.by_term(title, page.language) if one.type in _TYPES] if title else []
    )
    return (found[0].id, title) if found else None


RULE = Rule(
    "CN013",
    "library-names-differ",
    Severity.INFO,
    "Two pages of a library have one topic under two names.",
    "Readers who know one name do not find the page under the other, and take them for two.",
    CONFLICTING,
    Example(
        "# Leptomeningeal metastases\n\nCancer cells reach the membranes of the brain.\n",
        "a.md",
        (
            Example(
                "# Neoplastic meningitis\n\nThe cells of a cancer reach the meninges of the "
                "brain and the spinal cord.\n",
                "b.md",
            ),
        ),
    ),
    Example(
        "# Leptomeningeal metastases\n\nCancer cells reach the membranes of the brain.\n",
        "a.md",
        (Example("# Bacterial meningitis\n\nBacteria reach the meninges.\n", "b.md"),),
    ),
    library=check,
    precision=1.0,
    reviewed=(
        "the one finding between the five seed pages was read; none between the clean pages, "
        "the PDQ summaries and 500 MedQuAD pages"
    ),
)
