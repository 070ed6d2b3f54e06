"""SF015: a treatment with medicines under a heading of treatment without them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.headings import heading_kind
from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.checks.sf.words import told
from piamater.text import Form

_DRUG_TREATMENTS = frozenset(
    {"chemotherapy", "immunotherapy", "targeted-therapy", "hormone-therapy", "steroid-therapy",
     "antimicrobial-therapy", "immunosuppressive-therapy", "intrathecal-therapy"}
)  # fmt: skip
_HEAD = re.compile(r"^[^:–—(]{1,60}")


def check(page: Page) -> Iterator[Hit]:
    """Items of a section on treatment without medicines that begin with one."""
    known = vocabulary()
    for one, _ in told(page):
        if one.form not in (Form.ITEM, Form.ROW):
            continue
        heading = page.section(one).heading
        if page.kind(one) != "non-drug-treatment" or heading_kind(heading) != "non-drug-treatment":
            continue
        head = _HEAD.match(page.said(one))
        end = one.start + (head.end() if head else 0)
        for mention in page.mentions(one):
            concept = known.get(mention.concept)
            if concept is None or mention.start >= end or mention.negated:
                continue
            if (
                concept.type == "drug"
                or {concept.id, *known.ancestors(concept.id)} & _DRUG_TREATMENTS
            ):
                yield Hit(
                    mention.start,
                    mention.end,
                    f"{concept.label(page.language)} is treatment with medicines, and stands under "
                    f'"{heading.strip().rstrip(":")}"',
                    "move it to the section on medicines",
                )
                break


RULE = Rule(
    "SF015",
    "drug-treatment-misfiled",
    Severity.ERROR,
    "Treatment with medicines stands under a heading of treatment without them.",
    "A reader who looks for care without drugs takes chemotherapy for it, and misses its warnings.",
    "DISCERN: describe how each treatment works, http://www.discern.org.uk/quick_reference_guide.php",
    Example(
        "# Brain tumour\n\n## Non-pharmacological treatments\n\n- Chemotherapy: into the spinal "
        "fluid.\n- Physiotherapy: for strength.\n"
    ),
    Example(
        "# Brain tumour\n\n## Non-pharmacological treatments\n\n- Radiotherapy: high-energy beams."
        "\n- Physiotherapy: for strength after chemotherapy.\n"
    ),
    page=check,
    precision=1.0,
    reviewed="2 read of 2: "
    "all on 5 seed pages, 60 PDQ pages, 3,001 MedQuAD answers, 156 clean pages, 2026-11-21",
)
