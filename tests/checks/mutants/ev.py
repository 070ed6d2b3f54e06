"""Mutants of the evidence rules: one fault each in a clean page's claims or references."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.checks.mutate import Mutator

_ENTRY = re.compile(r"^(\d+)\. (.*)$", re.MULTILINE)
_MARKER = re.compile(r"\[\d+(?:,\d+)*\]")
_REFERENCES = re.compile(r"^## (?:References|Referencias|তথ্যসূত্র)$", re.MULTILINE)
_CASE = re.compile(r"^# .*(?:\bcase|\bcaso|রোগীর)", re.IGNORECASE | re.MULTILINE)
_CLAIM = {
    "en": "Methotrexate lowers the risk of seizures in 40% of patients with meningitis.",
    "es": "El metotrexato reduce el riesgo de convulsiones en el 40 % de los pacientes con meningitis.",
    "bn": "মেথোট্রেক্সেট মেনিনজাইটিসে ৪০% রোগীর খিঁচুনির ঝুঁকি কমায়।",
}
_STUDIES = {
    "en": (
        "Recent studies have shown that exercise relieves headache in meningitis.",
        "Exercise relieves headache, as highlighted in the most recent study.",
        "Many experts believe that exercise relieves headache.",
    ),
    "es": (
        "Varios estudios han demostrado que el ejercicio alivia la cefalea.",
        "Los expertos recomiendan ejercicio para aliviar la cefalea.",
    ),
    "bn": (
        "গবেষণায় দেখা গেছে ব্যায়াম মাথাব্যথা কমায়।",
        "বিশেষজ্ঞরা মনে করেন ব্যায়াম মাথাব্যথা কমায়।",
    ),
}
_SKIN = (
    "https://www.aad.org/about/burden-of-skin-disease",
    "Taylor M. Psoriasis and eczema in adults. 2021. https://dermnetnz.org/topics/psoriasis",
    "https://www.skincancer.org/skin-cancer-information/",
    "https://www.sciencedirect.com/topics/medicine-and-dentistry/occupational-skin-disease",
)
_TOLD_AGAIN = re.compile(
    r"question|pregunt|প্রশ্ন|key|clave|glance|vistazo|মূল|এক নজরে|safely|visit|consulta|সাক্ষাৎ|peace|doctor|prepar",
    re.IGNORECASE,
)
"""Headings of sections that tell again, or ask, or are not the page's own words."""
_OTHERS = {
    r"skin|piel|cut[aá]ne|derm|melanom|ত্বক|চর্ম|চামড়া": _SKIN,
    r"sleep|insomn|drows|tired|fatigue|sue[nñ]o|dorm|somno|cansa|fatiga|ঘুম|ক্লান্ত|ঝিম": (
        "https://www.sleepfoundation.org/insomnia",
        "Taylor M. Sleep habits of shift workers in hotels. 2021. https://example.org/hotels",
    ),
    r"teeth|tooth|dent|gum|dient|odont|দাঁত|মাড়ি": (
        "https://www.nidcr.nih.gov/health-info/gum-disease",
        "Taylor M. Tooth whitening at home. 2021. https://example.org/whitening",
    ),
}
_HOMES = (
    "https://www.nibib.nih.gov/",
    "https://books.google.com/books?",
    "https://www.google.com/search?q=meningitis",
    "https://www.nichd.nih.gov/health/topics",
)
_PRIVATE = (
    "Archer B. Meningitis in travellers. 2024. http://localhost:8000/meningitis",
    "Archer B. Meningitis in travellers. 2024. http://192.168.1.20/pages/meningitis.html",
    "Archer B. Meningitis in travellers. 2024. https://staging.intranet.local/meningitis",
    "Archer B. Meningitis in travellers. 2024. http://127.0.0.1/meningitis/index.html",
)
_NO_EVIDENCE = (
    "https://en.wikipedia.org/wiki/Meningitis",
    "A video on meningitis. 2024. https://www.youtube.com/watch?v=abc",
    "A friend. How I beat meningitis. 2023. https://medium.com/@friend/meningitis",
)


def _language(text: str) -> str:
    if "তথ্যসূত্র" in text:
        return "bn"
    return "es" if "## Referencias" in text else "en"


def _split(text: str) -> tuple[str, str] | None:
    match = _REFERENCES.search(text)
    return (text[: match.start()], text[match.start() :]) if match else None


def _claims(text: str) -> list[re.Match[str]]:
    """The markers of the body."""
    parts = _split(text)
    return list(_MARKER.finditer(parts[0])) if parts else []


def _last(text: str) -> int:
    parts = _split(text)
    numbers = [int(one[1]) for one in _ENTRY.finditer(parts[1])] if parts else []
    return max(numbers, default=0)


def _section_end(text: str, rng: random.Random) -> int | None:
    """A place between paragraphs in a section of the body that has citations."""
    parts = _split(text)
    if not parts:
        return None
    places = [
        one.end() - 1
        for one in re.finditer(r"\[\d+(?:,\d+)*\]\n\n(?=#|[^\s])", parts[0])
        if not _TOLD_AGAIN.search(parts[0][: one.end()].rsplit("\n## ", 1)[-1].split("\n")[0])
    ]
    return rng.choice(places) if places else None


def _insert(text: str, rng: random.Random, paragraph: str) -> str | None:
    at = _section_end(text, rng)
    return None if at is None else f"{text[:at]}\n{paragraph}\n{text[at:]}"


def unmarked_claim(text: str, rng: random.Random) -> str | None:
    """A claim with a figure and no marker."""
    return _insert(text, rng, _CLAIM[_language(text)])


def no_markers(text: str, rng: random.Random) -> str | None:
    """Every marker taken out: nothing is cited."""
    parts = _split(text)
    if parts is None or _last(text) < 3:
        return None
    return _MARKER.sub("", parts[0]) + parts[1]


def label_beyond(text: str, rng: random.Random) -> str | None:
    """A marker whose number no entry has."""
    found = _claims(text)
    if not found:
        return None
    one = rng.choice(found)
    return f"{text[: one.start()]}[{_last(text) + rng.randint(1, 30)}]{text[one.end() :]}"


def entry_dropped(text: str, rng: random.Random) -> str | None:
    """The last entry taken off the list."""
    parts = _split(text)
    entries = list(_ENTRY.finditer(parts[1])) if parts else []
    if parts is None or len(entries) < 3:
        return None
    return parts[0] + parts[1][: entries[-1].start()]


def list_dropped(text: str, rng: random.Random) -> str | None:
    """The whole list of references taken off."""
    parts = _split(text)
    return parts[0] if parts and len(_claims(text)) > 3 else None


def one_for_all(text: str, rng: random.Random) -> str | None:
    """A section on many diseases with one reference behind each item."""
    items = {
        "en": ("Neurosarcoidosis", "Lymphoma", "Tuberculosis", "Multiple sclerosis", "Stroke",
               "Melanoma", "Sepsis"),
        "es": ("La neurosarcoidosis", "El linfoma", "La tuberculosis", "La esclerosis múltiple",
               "El ictus", "El melanoma", "La sepsis"),
        "bn": ("নিউরোসারকয়ডোসিস", "লিম্ফোমা", "যক্ষ্মা", "মাল্টিপল স্ক্লেরোসিস", "স্ট্রোক", "মেলানোমা",
               "সেপসিস"),
    }[_language(text)]  # fmt: skip
    tail = {"en": "can look like it", "es": "puede parecerse", "bn": "এমন দেখাতে পারে"}[
        _language(text)
    ]
    heading = {"en": "What it can be taken for", "es": "Con qué se confunde", "bn": "আর কী হতে পারে"}
    parts = _split(text)
    if not parts:
        return None
    number = rng.randint(1, max(1, _last(text)))
    listed = "\n".join(f"- {one} {tail}.[{number}]" for one in items)
    return f"{parts[0]}## {heading[_language(text)]}\n\n{listed}\n\n{parts[1]}"


def _add(text: str, entry: str, *, cite: random.Random | None = None) -> str:
    number = _last(text) + 1
    text = f"{text.rstrip()}\n{number}. {entry}\n"
    found = _claims(text)
    if cite is not None and found:
        one = cite.choice(found)
        text = f"{text[: one.end() - 1]},{number}]{text[one.end() :]}"
    return text


def _adding(entries: tuple[str, ...]) -> Callable[[str, random.Random], str | None]:
    def apply(text: str, rng: random.Random) -> str | None:
        return _add(text, rng.choice(entries), cite=rng) if _last(text) else None

    return apply


def other_field(text: str, rng: random.Random) -> str | None:
    """An entry of a field of medicine that the page does not speak of."""
    if not _last(text):
        return None
    fields = [some for words, some in _OTHERS.items() if not re.search(words, text, re.IGNORECASE)]
    return _add(text, rng.choice(rng.choice(fields)), cite=rng) if fields else None


def duplicate(text: str, rng: random.Random) -> str | None:
    """An entry written again under a new number."""
    parts = _split(text)
    entries = list(_ENTRY.finditer(parts[1])) if parts else []
    return _add(text, rng.choice(entries)[2], cite=rng) if entries else None


def duplicate_address(text: str, rng: random.Random) -> str | None:
    """An entry's address again, in another dress."""
    parts = _split(text)
    found = re.findall(r"https://www\.([\w.-]+/[\w/.-]{6,}[\w])(?=\s|$)", parts[1]) if parts else []
    return _add(text, f"http://{rng.choice(found)}/", cite=rng) if found else None


def uncited_entry(text: str, rng: random.Random) -> str | None:
    """An entry that no sentence cites."""
    if not _last(text):
        return None
    return _add(
        text, "Archer B. Meningitis in travellers. Lancet 2021. https://doi.org/10.1000/182"
    )


def all_old(text: str, rng: random.Random) -> str | None:
    """Every entry of the last century."""
    parts = _split(text)
    if not parts or _last(text) < 3 or _CASE.search(text):
        return None

    def old(match: re.Match[str]) -> str:
        return f"{match[1]}. Archer B. Work number {match[1]}. Lancet {rng.randint(1970, 2005)}."

    return parts[0] + _ENTRY.sub(old, parts[1])


def undated(text: str, rng: random.Random) -> str | None:
    """No entry with a year."""
    parts = _split(text)
    if not parts or _last(text) < 3 or _CASE.search(text):
        return None
    return parts[0] + _ENTRY.sub(
        lambda match: f"{match[1]}. https://www.nhs.uk/conditions/page-{match[1]}x/", parts[1]
    )


def vague(text: str, rng: random.Random) -> str | None:
    """A sentence that leans on nameless studies or experts."""
    return _insert(text, rng, rng.choice(_STUDIES[_language(text)]))


def retracted(text: str, rng: random.Random) -> str | None:
    """An entry that says it is retracted."""
    said = rng.choice(("RETRACTED: {}", "{} [Retracted]", "WITHDRAWN: {}"))
    work = "Archer B. Doxycycline in meningitis. Lancet 2021. https://doi.org/10.1000/182"
    return _add(text, said.format(work), cite=rng) if _last(text) else None


def private_link(text: str, rng: random.Random) -> str | None:
    """A link to the page on the writer's own machine."""
    said = {"en": "More on this: [the guide]({}).", "es": "Más sobre esto: [la guía]({}).",
            "bn": "আরও জানতে: [নির্দেশিকা]({})।"}[_language(text)]  # fmt: skip
    where = ("http://localhost:3000/guide", "http://10.1.2.3/guide", "https://test.invalid/guide")
    return _insert(text, rng, said.format(rng.choice(where)))


def shared_identifier(text: str, rng: random.Random) -> str | None:
    """A new work with the identifier of another entry."""
    parts = _split(text)
    found = re.findall(r"https://doi\.org/\S+", parts[1]) if parts else []
    if not found:
        return None
    work = "Quimby Z. Vaccination of travellers against yellow fever. 1998."
    return _add(text, f"{work} {rng.choice(found)}", cite=rng)


MUTATORS: list[Mutator] = [
    Mutator("EV001", "unmarked-claim", unmarked_claim),
    Mutator("EV001", "no-markers", no_markers),
    Mutator("EV002", "label-beyond", label_beyond),
    Mutator("EV002", "entry-dropped", entry_dropped),
    Mutator("EV002", "list-dropped", list_dropped),
    Mutator("EV003", "one-for-all", one_for_all),
    Mutator("EV004", "no-markers", no_markers),
    Mutator("EV004", "uncited-entry", uncited_entry),
    Mutator("EV005", "other-field", other_field),
    Mutator("EV006", "duplicate", duplicate),
    Mutator("EV006", "duplicate-address", duplicate_address),
    Mutator("EV007", "home-page", _adding(_HOMES)),
    Mutator("EV009", "no-evidence", _adding(_NO_EVIDENCE)),
    Mutator("EV010", "retracted", retracted),
    Mutator("EV012", "all-old", all_old),
    Mutator("EV012", "undated", undated),
    Mutator("EV013", "vague", vague),
    Mutator("EV014", "bare", _adding(("https://www.nhs.uk/conditions/meningitis/",))),
    Mutator("EV015", "shared-identifier", shared_identifier),
    Mutator("EV016", "private-reference", _adding(_PRIVATE)),
    Mutator("EV016", "private-reference-clinical", _adding(_PRIVATE), audience="clinical"),
    Mutator("EV016", "private-link", private_link),
    Mutator("EV016", "private-link-clinical", private_link, audience="clinical"),
]
