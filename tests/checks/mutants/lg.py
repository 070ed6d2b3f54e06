"""Faults for the rules on languages: most are planted in a version, beside its English page."""

from __future__ import annotations

import random
import re

from tests.checks.mutate import Mutator


def _body(text: str) -> tuple[str, str]:
    """A page up to its references, and the references."""
    at = re.search(r"^## (?:References|Referencias|তথ্যসূত্র)$", text, re.MULTILINE)
    return (text[: at.start()], text[at.start() :]) if at else (text, "")


def _swap(text: str, place: re.Match[str], new: str) -> str:
    return text[: place.start()] + new + text[place.end() :]


_FIGURE = re.compile(r"(?<![\d.,\[/০-৯-])([2-9]\d|[1-9]\d\d)(?![\d.,\]/-]|\s?(?:mg|g|ml))")
_BANGLA = re.compile(r"(?<![০-৯.,\[/])([২-৯][০-৯]|[১-৮][০-৯][০-৯])(?![০-৯.,\]/])")


def _places(text: str, pattern: re.Pattern[str]) -> list[re.Match[str]]:
    """Places in sentences and items, where the value stands once in its line."""
    body, _ = _body(text)
    found = []
    for one in pattern.finditer(body):
        start, end = body.rfind("\n", 0, one.start()) + 1, body.find("\n", one.end())
        line = body[start : end if end > 0 else None]
        dated = re.match(r"(?:Última|Próxima|সর্বশেষ|পরবর্তী|Llame ahora|#)|.*(?:999|999)", line)
        if not dated and len(line) > 30 and line.count(one[0]) == 1:
            found.append(one)
    return found


def another_number(text: str, chance: random.Random) -> str | None:
    """One figure becomes another."""
    bangla = "ঀ" <= max(text[2:200]) <= "\u09ff"
    places = _places(text, _BANGLA if bangla else _FIGURE)
    if not places:
        return None
    place = chance.choice(places)
    new = "৭৭৩" if bangla else "773"
    return _swap(text, place, new)


def number_lost(text: str, chance: random.Random) -> str | None:
    """One figure becomes "many"."""
    bangla = "ঀ" <= max(text[2:200]) <= "\u09ff"
    places = _places(text, _BANGLA if bangla else _FIGURE)
    if not places:
        return None
    return _swap(text, chance.choice(places), "অনেক" if bangla else "muchos")


_DOSE = re.compile(r"(?<![\d.,])(\d+(?:,\d+)?)(\s?)(mg|g|ml)\b(?!/)")


def another_unit(text: str, chance: random.Random) -> str | None:
    """Milligrams become grams, or the other way round."""
    places = _places(text, _DOSE)
    if not places:
        return None
    place = chance.choice(places)
    unit = {"mg": "g", "g": "mg", "ml": "litros"}[place[3]]
    return _swap(text, place, f"{place[1]}{place[2]}{unit}")


def tenfold_dose(text: str, chance: random.Random) -> str | None:
    """A dose with a nought too many."""
    places = [one for one in _places(text, _DOSE) if "," not in one[1]]
    if not places:
        return None
    place = chance.choice(places)
    return _swap(text, place, f"{place[1]}0{place[2]}{place[3]}")


_VERB = re.compile(
    r"(?<=[a-záéíóú] )(?=(?:es|son|puede|pueden|causa|tiene|aumenta|reduce|ayuda|sirve|se da) [a-z])"
)


_LATIN = re.compile(
    r"\w+(?:ci[oó]n|si[oó]n|ic[oa]s?|iv[oa]s?|[ai]bles?|[ae]ntes?|os[oa]s?|ales?|itis|emia|omas?|dad)"
)
"""Words that English is likely to have too."""


def _denials(text: str, *, shared: bool) -> list[int]:
    """Where a "no" before a verb denies a word that English shares, or one that it does not."""
    body, _ = _body(text)
    places = []
    for one in _VERB.finditer(body):
        start, end = body.rfind("\n", 0, one.start()) + 1, body.find("\n", one.end())
        line = body[start:end]
        words = re.findall(r"[^\W\d_]{4,}", re.split(r"[.,;:|(]", body[one.end() : end])[0])
        latin = any(_LATIN.fullmatch(word.lower()) for word in words[:2])
        if latin == shared and not re.search(
            r"(?i)\b(?:no|sin|ni|nunca|ningun\w*|tampoco|falta|evit\w*|poc[oa]s?)\b", line
        ):
            places.append(one.start())
    return places


def denied(text: str, chance: random.Random) -> str | None:
    """A Spanish sentence gets a "no" before a word that the English one has too."""
    return _with_no(text, _denials(text, shared=True), chance)


def denied_otherwise(text: str, chance: random.Random) -> str | None:
    """A Spanish sentence gets a "no" before words that look nothing like the English ones."""
    return _with_no(text, _denials(text, shared=False), chance)


def _with_no(text: str, places: list[int], chance: random.Random) -> str | None:
    if not places:
        return None
    at = chance.choice(places)
    return text[:at] + "no " + text[at:]


def _danger(text: str) -> tuple[int, int, list[str]]:
    """The first list of danger signs: where it stands and its items."""
    head = re.search(r"^## .*\n", text, re.MULTILINE)
    found = re.search(r"(?:^- .+\n)+", text[head.end() :] if head else text, re.MULTILINE)
    if not head or not found:
        return 0, 0, []
    start = head.end() + found.start()
    return start, head.end() + found.end(), found[0].splitlines()


def sign_lost(text: str, chance: random.Random) -> str | None:
    """One danger sign less."""
    start, end, items = _danger(text)
    if len(items) < 3:
        return None
    del items[chance.randrange(len(items))]
    return text[:start] + "\n".join(items) + "\n" + text[end:]


def sign_changed(text: str, chance: random.Random) -> str | None:
    """Two danger signs less, something else in the place of one."""
    start, end, items = _danger(text)
    if len(items) < 4:
        return None
    at = chance.randrange(len(items) - 1)
    items[at : at + 2] = ["- picor" if text.isascii() or "ó" in text else "- চুলকানি"]
    return text[:start] + "\n".join(items) + "\n" + text[end:]


def section_lost(text: str, chance: random.Random) -> str | None:
    """A section with two statements or more goes."""
    body, rest = _body(text)
    sections = [
        one
        for one in re.finditer(r"^## .+\n(?:(?!## ).*\n)+", body, re.MULTILINE)
        if len(re.findall(r"[.।](?:\[|\s)", one[0])) >= 3
    ][2:]
    if not sections:
        return None
    gone = chance.choice(sections)
    return body[: gone.start()] + body[gone.end() :] + rest


def items_lost(text: str, chance: random.Random) -> str | None:
    """A list outside the danger sections loses an item."""
    body, rest = _body(text)
    lists = [
        one
        for one in re.finditer(r"(?:^- .+\n){5,}", body, re.MULTILINE)
        if not re.search(
            r"112|999|médico|equipo|ডাক্তার|দলকে|urgen|জরুরি",
            body[max(0, one.start() - 220) : one.start()],
        )
    ]
    if not lists:
        return None
    one = chance.choice(lists)
    items = one[0].splitlines()
    del items[chance.randrange(1, len(items) - 1)]
    return body[: one.start()] + "\n".join(items) + "\n" + body[one.end() :] + rest


_MEDICINE = re.compile(
    r"\b(?:metotrexato|dexametasona|ceftriaxona|citarabina|infliximab|azatioprina|trastuzumab|isoniazida"
    r"|rifampicina|ampicilina|prednisolona)\b"
)


def another_medicine(text: str, chance: random.Random) -> str | None:
    """One medicine becomes another that the page does not name."""
    body, rest = _body(text)
    other = next(one for one in ("osimertinib", "amoxicilina", "doxorubicina") if one not in body)
    places = [
        one
        for one in _places(
            body, re.compile(r"\b(?:metotrexato|ceftriaxona|citarabina|infliximab|trastuzumab)\b")
        )
        if not re.search(r"[\])]", body[one.end() : one.end() + 2])
    ]
    if not places or not _MEDICINE.search(body):
        return None
    place = chance.choice(places)
    return body[: place.start()] + other + body[place.end() :] + rest


def other_side(text: str, chance: random.Random) -> str | None:
    """Left becomes right."""
    body, rest = _body(text)
    sides = {"izquierdo": "derecho", "izquierda": "derecha", "derecho": "izquierdo",
             "derecha": "izquierda", "বাম": "ডান", "ডান": "বাম"}  # fmt: skip
    places = list(re.finditer(rf"(?<!\w)(?:{'|'.join(sides)})(?!\w)", body))
    if not places:
        return None
    place = chance.choice(places)
    return body[: place.start()] + sides[place[0]] + body[place.end() :] + rest


def another_title(text: str, chance: random.Random) -> str | None:
    """The title of another page."""
    titles = {"es": ["Asma", "Migraña"], "bn": ["মৃগীরোগ", "স্ট্রোক", "যক্ষ্মা"]}
    language = "bn" if "ঀ" <= max(text[2:60]) <= "\u09ff" else "es"
    new = chance.choice(titles[language])
    if re.search(r"[¿?]|Ejemplo|cefalea|উদাহরণ|tubercul|যক্ষ্মা", text.split("\n")[0]):
        return None
    return f"# {new}\n" + text.split("\n", 1)[1]


def foreign_sentence(text: str, chance: random.Random) -> str | None:
    """A sentence of Bangla stands in the page."""
    return _after_paragraph(text, "এই তথ্য শিক্ষা ও সচেতনতার জন্য, চিকিৎসকের পরামর্শের বিকল্প নয়।", chance)


def spanish_sentence(text: str, chance: random.Random) -> str | None:
    """A sentence of Spanish stands in an English page."""
    return _after_paragraph(
        text, "Consulte con su médico si los síntomas no mejoran después de unos días.", chance
    )


def empty_mode(text: str, chance: random.Random) -> str | None:
    """A language that is offered and not there."""
    return _after_paragraph(
        text, "Switch between simple English and easy Hindi patient notes.", chance
    )


def admitted_mode(text: str, chance: random.Random) -> str | None:
    """A note that the text in a language has not been added."""
    return _after_paragraph(text, "The Hindi version of this page is not yet available.", chance)


def _after_paragraph(text: str, new: str, chance: random.Random) -> str | None:
    body, rest = _body(text)
    places = [one.end() for one in re.finditer(r"[.।](?:\[[\d,]+\])?\n\n(?=[^#\n-])", body)]
    if not places:
        return None
    at = chance.choice(places)
    return f"{body[:at]}{new}\n\n{body[at:]}{rest}"


_TWO = ("es", "bn")
MUTATORS = [
    Mutator("LG001", "bangla-sentence", foreign_sentence, ("en", "es")),
    Mutator("LG001", "spanish-sentence", spanish_sentence, ("en",)),
    Mutator("LG002", "mode-offered", empty_mode, ("en",)),
    Mutator("LG002", "mode-admitted", admitted_mode, ("en",)),
    Mutator("LG003", "another-number", another_number, _TWO, versions=True),
    Mutator("LG003", "another-number-clinical", another_number, _TWO, "clinical", versions=True),
    Mutator("LG004", "number-lost", number_lost, _TWO, versions=True),
    Mutator("LG004", "number-lost-clinical", number_lost, _TWO, "clinical", versions=True),
    Mutator("LG005", "another-unit", another_unit, ("es",), "clinical", versions=True),
    Mutator("LG005", "tenfold-dose", tenfold_dose, ("es",), "clinical", versions=True),
    Mutator("LG006", "denied", denied, ("es",), versions=True),
    Mutator("LG006", "denied-clinical", denied, ("es",), "clinical", versions=True),
    Mutator("LG015", "denied-otherwise", denied_otherwise, ("es",), versions=True),
    Mutator("LG007", "sign-lost", sign_lost, _TWO, versions=True),
    Mutator("LG007", "signs-changed", sign_changed, _TWO, versions=True),
    Mutator("LG008", "section-lost", section_lost, _TWO, versions=True),
    Mutator("LG009", "item-lost", items_lost, _TWO, versions=True),
    Mutator("LG010", "another-medicine", another_medicine, ("es",), versions=True),
    Mutator(
        "LG010", "another-medicine-clinical", another_medicine, ("es",), "clinical", versions=True
    ),
    Mutator("LG011", "other-side", other_side, _TWO, "clinical", versions=True),
    Mutator("LG013", "another-title", another_title, _TWO, versions=True),
]
