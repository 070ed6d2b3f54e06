"""ST006: a related link that is not related."""

from __future__ import annotations

import re
from collections.abc import Iterator

from piamater.checks.blocks import Block, blocks
from piamater.checks.page import Page, vocabulary
from piamater.checks.rule import Example, Hit, Rule, Severity
from piamater.text import Mark
from piamater.vocabulary.fold import fold

_RELATED = re.compile(
    r"^(?:continue exploring|explore (?:this topic|more|related)\b.*"
    r"|related|related (?:articles?|topics?|links?|pages?|"
    r"conditions?|diseases?|information|guides?|content|health topics)|see also|more on this|"
    r"you (?:may|might) also (?:like|be interested in)|more (?:articles|pages|guides)|"
    r"similar conditions|"
    r"(?:articulos|temas|enlaces|paginas|enfermedades|guias) relacionad[oa]s|ver tambien"
    r"|vease tambien|"
    r"tambien (?:le|te) puede interesar|সম্পর্কিত (?:নিবন্ধ|বিষয়|বিষয়|রোগ|পাতা|লিংক).*"
    r"|আরও দেখুন|আরো দেখুন)\s*:?$"
)
_HEAD = re.compile(
    r"\b(?:cancers?|carcinomas?|diseases?|syndromes?|tumou?rs?|disorders?|infections?"
    r"|\w+itis|\w+oma|\w+osis|"
    r"\w+pathy|\w+emia|\w+aemia|cancer|enfermedad|sindrome|\w+ose|\w+patia)\b|রোগ"
    r"|ক্যান্সার|সিনড্রোম|প্রদাহ"
)
_GENERIC = frozenset(
    {
        "cancer",
        "cancers",
        "carcinoma",
        "disease",
        "diseases",
        "syndrome",
        "tumor",
        "tumors",
        "tumour",
        "tumours",
        "disorder",
        "disorders",
        "infection",
        "rare",
        "common",
        "form",
        "type",
        "types",
        "condition",
        "conditions",
        "with",
        "from",
        "also",
        "known",
        "about",
        "what",
        "treatment",
        "treatments",
        "symptoms",
        "causes",
        "diagnosis",
        "acute",
        "chronic",
        "primary",
        "secondary",
        "a-z",
        "and",
        "the",
        "for",
        "are",
        "guide",
        "enfermedad",
        "sindrome",
        "trastorno",
        "raro",
        "tipo",
        "sobre",
        "tratamiento",
        "sintomas",
    }
)
_WORD = re.compile(r"[^\W\d_][\w\u0980-\u09ff-]{3,}")
_TITLE_END = re.compile(r"\s(?:is|are|also|es|son|occurs?|refers?|হলো|একটি)\s|[,(:–—]|\s-\s")
_BUSINESS = re.compile(
    r"\b(?:tax|taxes|rebates?|mortgages?|loans?|casinos?|bingo|betting|lottery|horoscopes?"
    r"|celebrit\w+|dating|discounts?|coupons?|crypto\w*|bitcoin|shopping"
    r"|holidays? deals?|car insurance|jobs? board|real estate|solar panels?|broadband"
    r"|impuestos|hipotecas?|prestamos|apuestas)\b"
)
"""Words of what is no matter of health at all."""
_INJURY = re.compile(
    r"\b(?:broken|fractured|sprained|dislocated|torn|twisted) (?:\w+ )?(?:legs?|arms?"
    r"|ankles?|wrists?|hips?|bones?|fingers?|toes?|nose|ribs?|collarbones?|ligaments?|knees?"
    r"|shoulders?|jaws?|tooth|teeth)\b"
)
_VAST = frozenset(
    {
        "disease", "cancer", "infection", "viral-infection", "bacterial-infection", "neoplasm",
        "symptom", "sign", "drug", "medicine", "medical-procedure", "procedure", "test",
        "disease-prevention-measure", "tumour", "neurological-disease", "nervous-system-disease",
        "treatment", "condition", "genetic-disease", "autoimmune-disease", "inflammation",
    }
)  # fmt: skip
"""Concepts under which anything stands: what shares no more than one of these is not kin."""
DEEP = 2
"""How far from the root of the vocabulary a broader concept must be to make two things kin."""


def check(page: Page) -> Iterator[Hit]:
    """Names of diseases, injuries or business behind such a heading that share no concept and no
    word with the page.
    """
    some = blocks(page)
    first = next((at for at, one in enumerate(some) if _is_related(one)), None)
    if first is None:
        return
    own = some[:first]
    words = {word for one in own for word in _words(one.text)}
    family = _family(page)
    tells = bool(family) and len(words) >= LEAST
    for block in some[first + 1 :]:
        if block.mark is Mark.REFERENCE:
            return
        title = _title(block)
        plain = fold(title)
        if not title or not (_BUSINESS.search(plain) or (tells and _names_a_matter(plain))):
            continue
        told = _words(title)
        if not told or told & words:
            continue
        kin = _kin(title, page.language)
        if kin & family or not (kin or _INJURY.search(plain) or _BUSINESS.search(plain)):
            continue  # of a disease that the vocabulary does not know nothing can be said
        yield Hit(
            block.start,
            block.start + len(title),
            f'"{title}" is offered as related to "{page.title[:60]}", and shares nothing with it',
            "link pages on the same illness, its causes, tests or treatments; else link none",
        )


LEAST = 20
"""Words of a page from which one can say that it does not speak of a thing."""


def _names_a_matter(plain: str) -> bool:
    """Whether folded words name a disease or an injury."""
    return any(one.search(plain) for one in (_HEAD, _INJURY))


def _is_related(block: Block) -> bool:
    return len(block.text) < 70 and bool(_RELATED.match(fold(block.text).strip()))


def _title(block: Block) -> str:
    """The name at the beginning of a link, a heading or a teaser."""
    match = _TITLE_END.search(block.text)
    title = block.text[: match.start()] if match else block.text
    return title.strip(" .…") if len(title) <= 90 else ""


def _words(text: str) -> set[str]:
    """The telling words of a text, folded, each without its last letters."""
    return {one[:7] for one in _WORD.findall(fold(text)) if one not in _GENERIC}


def _family(page: Page) -> set[str]:
    """The page's topic with what is narrower and, not too far up, broader."""
    known = vocabulary()
    found = set(page.topic)
    for one in page.topic:
        found |= known.descendants(one) | _broader(one)
    return found


def _broader(concept: str) -> set[str]:
    known = vocabulary()
    return {
        one
        for one in known.ancestors(concept)
        if len(known.ancestors(one)) >= DEEP or one not in _VAST
    }


def _kin(title: str, language: str) -> set[str]:
    found = {one.concept for one in vocabulary().mentions(title, language)}
    return found | {broad for one in found for broad in _broader(one)}


RULE = Rule(
    "ST006",
    "unrelated-link",
    Severity.WARNING,
    "A link that is offered as related has nothing to do with the page.",
    "A frightened reader follows it and reads about an illness that nobody spoke of.",
    "PIF TICK guide, Finding trusted health information: make sure links work, "
    "https://piftick.org.uk/finding-trusted-health-information/tips-and-guides/"
    "how-to-find-trusted-health-information/",
    Example(
        "# Bacterial meningitis\n\nBacterial meningitis is an infection of the membranes "
        "around the "
        "brain and spinal cord. Fever, headache and a stiff neck are its main signs. It needs "
        "antibiotics without delay, and a lumbar puncture shows which bacteria cause it. People "
        "with close contact may need medicine. Vaccines protect against several of these "
        "bacteria.\n\n## Related articles\n\n- Levator palpebrae muscle cancer\n"
    ),
    Example(
        "# Bacterial meningitis\n\nBacterial meningitis is an infection of the membranes "
        "around the "
        "brain and spinal cord. Fever, headache and a stiff neck are its main signs. It needs "
        "antibiotics without delay, and a lumbar puncture shows which bacteria cause it. People "
        "with close contact may need medicine. Vaccines protect against several of these "
        "bacteria.\n\n## Related articles\n\n- Tuberculous meningitis\n"
    ),
    page=check,
    precision=1.0,
    reviewed="1 finding on five real pages; none on PDQ and MedQuAD, 2026-11-21",
)
