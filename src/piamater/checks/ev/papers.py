"""Papers: is a page a piece of the literature (a study, a case report) and not information?"""

from __future__ import annotations

import re

from piamater.checks.page import Page
from piamater.checks.remembered import remembered
from piamater.vocabulary.fold import fold

_METHODS = re.compile(
    r"^(?:\d+\.?\s*)?(?:(?:materials?|patients|subjects) and methods|methods|study design"
    r"|(?:material|pacientes|sujetos) y metodos|metodos)\b"
)
_RESULTS = re.compile(r"^(?:\d+\.?\s*)?(?:results|resultados)\b")
_CASE = re.compile(r"^(?:\d+\.?\s*)?(?:case report|caso clinico|nota clinica)\b")


@remembered
def is_paper(page: Page) -> bool:
    """Whether it stands in a journal or has the parts of a paper.

    A paper is as old as it is and tells its own findings; rules for information pages about age
    and citations do not fit it.
    """
    csl = page.record.csl
    if page.form != "page" or page.declared_type:
        return False
    if csl.get("container-title") or page.record.doi or page.record.pmid:
        return True
    heads = [fold(one.heading) for one in page.document.sections]
    return any(map(_CASE.search, heads)) or all(
        any(map(part.search, heads)) for part in (_METHODS, _RESULTS)
    )
