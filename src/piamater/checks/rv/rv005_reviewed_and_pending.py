"""RV005: a page that says it has been reviewed and that its review is still to come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import folded
from piamater.checks.near import windows
from piamater.checks.page import Page
from piamater.checks.rule import Example, Hit, Rule, Severity

_WORK = (
    r"(?:article|page|content|guide|answer|information|document|leaflet|text|summar(?:y|ie)|topic)"
)
_PENDING = re.compile(
    r"\bpending (?:human |medical |clinical |expert |editorial )?review\b"
    r"|\b(?:not (?:yet )?(?:been )?|un)(?:medically )?reviewed(?: yet)?(?= by\b|\s*[.\n]|$)"
    rf"|\b{_WORK}s? (?:is|are) (?:currently |still )?(?:under|awaiting|in) review\b"
    r"|\bawaiting (?:human |medical |clinical |expert )?review\b|\bdraft\b[^\n.]{0,30}\breview\b"
    r"|\bpendiente de (?:la )?revision\b|\bno ha sido revisad[oa]\b|\bsin revisar\b"
    r"|\b(?:articulo|pagina|contenido|guia|texto|informacion)s? (?:esta|se encuentran?|sigue)n? "
    r"en (?:proceso de )?revision\b|পর্যালোচনার অপেক্ষা|পর্যালোচনা(?:ধীন| বাকি)"
    r"|এখনো পর্যালোচনা (?:করা )?হয়",
    re.MULTILINE,
)
_HINTS = ("review", "revis", "পর্যালোচ")
_REVIEWED = re.compile(
    rf"\b{_WORK}s? (?:is|are|was|were|has been|have been) "
    r"(?:\w+ly )?(?:peer |medically )?reviewed\b"
    r"|\b(?:medically|clinically|expert) reviewed\b|\breviewed (?:for accuracy )?by\b"
    r"|\blast reviewed\b|^reviewed content\b|^status: (?:approved|reviewed)\b"
    r"|\brevisad[oa] por\b|\bultima revision\b|\bha sido revisad[oa]\b(?<!no ha sido revisado)"
    r"|সর্বশেষ পর্যালোচনা|পর্যালোচনা করেছেন|পর্যালোচনা [a-z]\.|দ্বারা পর্যালোচিত",
    re.MULTILINE,
)


def check(page: Page) -> Iterator[Hit]:
    """The first words that call the review pending, where others call it done."""
    plain = folded(page)
    near = list(windows(plain, _HINTS, 80, 80)) if page.form != "answer" else []
    pending = next((one for span in near for one in _PENDING.finditer(plain, *span)), None)
    if pending is None:
        return
    done = next(
        (
            one
            for span in near
            for one in _REVIEWED.finditer(plain, *span)
            if not pending.start() <= one.start() < pending.end()
        ),
        None,
    )
    if done is None:
        return
    yield Hit(
        pending.start(),
        pending.end(),
        f'the page says "{page.text[pending.start() : pending.end()]}" and also '
        f'"{page.text[done.start() : done.end()]}"',
        "say one thing: which version was reviewed, by whom and when, or that none has been",
    )


RULE = Rule(
    "RV005",
    "reviewed-and-pending",
    Severity.ERROR,
    "The page says that it was reviewed and that its review is pending.",
    "One of the two is false, and a reader relies on the kinder one.",
    "HONcode principles, authority and attribution, as given in "
    "https://bmcmedinformdecismak.biomedcentral.com/articles/10.1186/s12911-021-01397-x/tables/1",
    Example(
        "# Wexford fever\n\nAll articles are reviewed for accuracy by our board. This content is "
        "pending human review.\n"
    ),
    Example("# Wexford fever\n\nThis content is pending human review.\n"),
    page=check,
    precision=1.0,
    reviewed="1 finding on five real pages; none on 60 PDQ and 4,300 MedQuAD pages, 2026-11-21",
)
