"""Faults for the rules on consistency: in one page, or between a page and its clean self."""

from __future__ import annotations

import random
import re

from tests.checks.mutate import Mutator


def _body(text: str) -> tuple[str, str]:
    at = re.search(r"^## (?:References|Referencias|তথ্যসূত্র)$", text, re.MULTILINE)
    return (text[: at.start()], text[at.start() :]) if at else (text, "")


def _end(text: str, new: str) -> str:
    body, rest = _body(text)
    return f"{body}{new}\n\n{rest}"


def _case(abstract: str, case: str) -> str:
    """A case report: an abstract and a case."""
    return (
        f"# Facial palsy after fever: a case report\n\n## Abstract\n\n{abstract}\n\n"
        f"## Case report\n\n{case}\n\n## Conclusion\n\nWexford fever can affect nerves.\n"
    )


_PLACES = ("median", "facial", "peroneal", "ulnar", "tibial", "sciatic", "optic", "radial")


def _two(chance: random.Random) -> tuple[str, str]:
    return tuple(chance.sample(_PLACES, 2))  # type: ignore[return-value]


def abstract_side(text: str, chance: random.Random) -> str | None:
    """The abstract has a nerve on the other side than the case."""
    one, other = _two(chance)
    wrong = chance.choice(["right", "bilateral"])
    return _case(
        f"A 34-year-old woman had a palsy of the {wrong} {one} and the left {other} nerves.",
        f"A 34-year-old woman came with weakness. Examination showed a palsy of the left {one} and "
        f"the left {other} nerves. She was treated with doxycycline for 14 days.",
    )


def case_side(text: str, chance: random.Random) -> str | None:
    """A nerve that changes sides within the case."""
    one, _ = _two(chance)
    return _case(
        "A 34-year-old woman had a fever with a palsy.",
        f"She had a palsy of the left {one} nerve. MRI showed a thick left {one} nerve. After four "
        f"weeks the right {one} nerve worked again.",
    )


def abstract_number(text: str, chance: random.Random) -> str | None:
    """A summary with a share that the page never gives."""
    body, rest = _body(text)
    told = {float(one) for one in re.findall(r"\d+(?:\.\d+)?", body)}
    shares = [each for each in (37.4, 61.8, 83.6) if all(abs(each - one) > 1 for one in told)]
    if len(body) < 1500 or not shares:
        return None
    share = chance.choice(shares)
    first = body.index("\n## ")
    new = f"\n## Summary\n\nThe treatment helped {share}% of patients in a trial.\n"
    return body[:first] + new + body[first:] + rest


def figure_pointer(text: str, chance: random.Random) -> str | None:
    """A biopsy that points to a scan."""
    scan = chance.choice(
        ["MRI of the neck with contrast-enhancing masses.", "CT scan of the chest."]
    )
    return _end(text, f"## Pictures\n\nA biopsy showed granulomas (Fig. 7).\n\nFigure 7. {scan}")


def other_figures(text: str, chance: random.Random) -> str | None:
    """A sentence with a share comes again in takeaways, with another share."""
    body, rest = _body(text)
    places = [
        one
        for one in re.finditer(
            r"^(?:- )?((?:[A-Z][^\n.]{40,}?)(?<![\d.,])(\d\d)(?: (?:in|of|out of) (?:every )?\d+|%)[^\n.]{20,}\.)(?:\[[\d,]+\])?$",
            body,
            re.MULTILINE,
        )
        if len(re.findall(r"\d+", one[1])) <= 2
    ]
    if not places:
        return None
    one = chance.choice(places)
    at = one.start(2) - one.start(1)
    other = one[1][:at] + str(int(one[2]) + 11) + one[1][at + 2 :]
    first = body.index("\n## ")
    return f"{body[:first]}\n## Key points\n\n{other}\n{body[first:]}{rest}"


def another_name(text: str, chance: random.Random) -> str | None:
    """One disease under two names that look alike."""
    return _end(
        text,
        "## Names\n\nNeuroleukemiosis is leukemia of the nerves. Neuroleukemiosis is rare. "
        "Neuroleukemia comes back in some people.",
    )


def misspelt(text: str, chance: random.Random) -> str | None:
    """One word in two spellings."""
    word = chance.choice(["myelopathy", "cytological", "thyroiditis", "psychiatric", "dystrophy"])
    return _end(text, f"## Words\n\nThe {word} was known. The {word} was seen. "
                      f"The {word.replace('y', 'i', 1)} was treated.")  # fmt: skip


def patient_sex(text: str, chance: random.Random) -> str | None:
    """A woman who is he at the end."""
    first, other = chance.choice([("woman", "He"), ("man", "She")])
    pronoun = "She" if first == "woman" else "He"
    return _case(
        f"A 34-year-old {first} had a fever.",
        f"A 34-year-old {first} had a fever for a week. {pronoun} took doxycycline. {pronoun} was "
        f"seen after a month. {other} had no complaint.",
    )


def patient_age(text: str, chance: random.Random) -> str | None:
    """A patient of two ages."""
    age = chance.choice([23, 45, 67])
    return _case(
        f"A {age}-year-old woman had a fever.",
        f"A {age + 10}-year-old woman had a fever for a week. She took doxycycline for 14 days.",
    )


_DEATHS = ("The patient died {}.", "She died {} of sepsis.", "Unfortunately, she died {}.")
_LIVES = (
    "She was discharged home and remains well a year later.",
    "She was asymptomatic at the last follow-up.",
    "The patient is alive and has no complaint.",
)


def _when(chance: random.Random) -> str:
    return chance.choice(["after two weeks", "on day 9", "three months later"])


def died_in_abstract(text: str, chance: random.Random) -> str | None:
    """A patient who dies in the abstract and lives in the case."""
    death = chance.choice(_DEATHS).format(_when(chance))
    return _case(
        f"A 34-year-old woman had a fever. {death}",
        f"A 34-year-old woman had a fever. She took doxycycline. {chance.choice(_LIVES)}",
    )


def lives_in_abstract(text: str, chance: random.Random) -> str | None:
    """A patient who lives in the abstract and dies in the case."""
    death = chance.choice(_DEATHS).format(_when(chance))
    return _case(
        f"A 34-year-old woman had a fever. {chance.choice(_LIVES)}",
        f"A 34-year-old woman had a fever. She took doxycycline. {death}",
    )


def lives_after_death(text: str, chance: random.Random) -> str | None:
    """A patient who lives behind the sentence on the death."""
    death = chance.choice(_DEATHS).format("after two weeks")
    return _case(
        "A 34-year-old woman had a fever.",
        f"A 34-year-old woman had a fever. She took doxycycline. {death} {chance.choice(_LIVES)}",
    )


def dies_es(text: str, chance: random.Random) -> str | None:
    """A patient who dies in the Spanish abstract and lives in the case, or the other way round."""
    ends = ["Falleció a los dos meses.", "Actualmente permanece asintomática."]
    chance.shuffle(ends)
    return (
        "# Parálisis facial tras fiebre: caso clínico\n\n## Resumen\n\nUna mujer de 34 años tuvo "
        f"fiebre. {ends[0]}\n\n## Caso clínico\n\nUna mujer de 34 años tuvo fiebre durante una "
        f"semana y fue tratada con doxiciclina. {ends[1]}\n"
    )


_TABLE = (
    "## Symptoms by age\n\n| Symptom | Children (%) | Adults (%) |\n|---|---|---|\n"
    "| Stiff neck | 35 | 71 |\n| Skin rash | 62 | 14 |\n\n"
)


def against_table(text: str, chance: random.Random) -> str | None:
    """A share that is not the one of the cell that the sentence names."""
    said = chance.choice([
        "A stiff neck is seen in 53% of children.",
        "Of all adults, 1 in 3 has a skin rash.",
        "In adults a stiff neck was found in 17%.",
    ])  # fmt: skip
    return _end(text, f"{_TABLE}{said}")


def against_table_es(text: str, chance: random.Random) -> str | None:
    """The same in Spanish."""
    share = chance.choice([26, 49, 88])
    return _end(
        text,
        "## Síntomas por edad\n\n| Síntoma | Niños (%) | Adultos (%) |\n|---|---|---|\n"
        "| Rigidez de nuca | 35 | 71 |\n| Erupción | 62 | 14 |\n\n"
        f"La rigidez de nuca aparece en el {share} % de los niños.",
    )


def dose_against_table(text: str, chance: random.Random) -> str | None:
    """A dose that is not the one of the table."""
    dose = chance.choice([150, 300, 600])
    return _end(
        text,
        "## Doses\n\n| Medicine | Morning | Evening |\n|---|---|---|\n"
        "| Doxycycline | 100 mg | 200 mg |\n| Rifampicin | 450 mg | 450 mg |\n\n"
        f"Doxycycline is taken as {dose} mg in the evening.",
    )


_CONTRARY = {
    "en": (
        ("Wexford fever is a contagious disease.", "Wexford fever is not contagious."),
        ("Wexford fever is an inherited disease.", "Wexford fever is an acquired disease."),
        ("Moss tumours are benign.", "The Moss tumours are malignant growths."),
        ("Wexford fever is curable.", "Wexford fever is incurable."),
    ),
    "es": (
        ("La fiebre de Wexford es una enfermedad contagiosa.",
         "La fiebre de Wexford no es contagiosa."),
        ("La fiebre de Wexford es hereditaria.", "La fiebre de Wexford es adquirida."),
        ("El tumor de Moss es benigno.", "El tumor de Moss es un tumor maligno."),
    ),
    "bn": (
        ("ওয়েক্সফোর্ড জ্বর একটি ছোঁয়াচে রোগ।", "ওয়েক্সফোর্ড জ্বর ছোঁয়াচে নয়।"),
        ("ওয়েক্সফোর্ড জ্বর একটি বংশগত রোগ।", "ওয়েক্সফোর্ড জ্বর বংশগত নয়।"),
    ),
}  # fmt: skip


def contrary(text: str, chance: random.Random) -> str | None:
    """Two definitions of one thing that cannot both be true."""
    language = "bn" if "তথ্যসূত্র" in text else "es" if "## Referencias" in text else "en"
    pair = list(chance.choice(_CONTRARY[language]))
    chance.shuffle(pair)
    heads = {"en": ("Its nature", "At school"), "es": ("Su naturaleza", "En la escuela"),
             "bn": ("পরিচয়", "স্কুলে")}[language]  # fmt: skip
    return _end(text, f"## {heads[0]}\n\n{pair[0]}\n\n## {heads[1]}\n\n{pair[1]}")


def counted_wrong(text: str, chance: random.Random) -> str | None:
    """An introduction that announces one thing too many."""
    count = chance.choice(["four", "five", "six"])
    return _end(text, f"## Kinds\n\nThere are {count} types of fever:\n\n- mild fever\n- high fever\n"
                      "- fever that comes back")  # fmt: skip


def counted_wrong_es(text: str, chance: random.Random) -> str | None:
    """The same in Spanish."""
    count = chance.choice(["cuatro", "cinco", "seis"])
    return _end(text, f"## Clases\n\nHay {count} tipos de fiebre:\n\n- fiebre leve\n- fiebre alta\n"
                      "- fiebre que vuelve")  # fmt: skip


def wrong_title(text: str, chance: random.Random) -> str | None:
    """A title that the text never speaks of."""
    body, _ = _body(text)
    title = chance.choice(["Asthma", "Migraine"])
    sentences = re.findall(r"[.।](?:\[[\d,]+\])?\s|^- ", body, re.MULTILINE)
    if len(sentences) < 40 or title.lower()[:6] in body.lower() or text.startswith("# Example"):
        return None
    return f"# {title}\n" + text.split("\n", 1)[1]


def types_of_nothing(text: str, chance: random.Random) -> str | None:
    """A section of types without a type."""
    what = chance.choice(["meningitis", "seizures", "headache"])
    return _end(
        text,
        f"## Types of {what}\n\nThe disease comes from various types of bacteria, such as those of "
        "the nose. It is treated in hospital.",
    )


def denied_again(text: str, chance: random.Random) -> str | None:
    """A sentence comes again with a "not"."""
    body, rest = _body(text)
    places = [
        one
        for one in re.finditer(
            r"^((?:[A-Z][a-z][^\n.?:]{30,}?) (?:is|are|can|may|was|were) )((?:[^\n.?:]{20,})\.)(?:\[[\d,]+\])?$",
            body,
            re.MULTILINE,
        )
        if not re.search(r"(?i)\b(?:no|not|never|who|which|without|un\w+|rare\w*|few|in\w+able|lack\w*|miss\w*|avoid\w*|against|negative|other than|lasting|keep\w*|stop\w*|still|lose|too)\b|n't", one[0])
    ]  # fmt: skip
    if not places:
        return None
    one = chance.choice(places)
    return f"{body}## More\n\n{one[1]}not {one[2]}\n\n{rest}"


def same_page(text: str, chance: random.Random) -> str | None:
    """The page again under another title."""
    return "# Another name\n" + text.split("\n", 1)[1]


def less_urgent(text: str, chance: random.Random) -> str | None:
    """A danger sign is a matter for the doctor here."""
    section = re.search(r"^## .*(?:urgent|emergency).*\n", text, re.MULTILINE | re.IGNORECASE)
    signs = ("- a fit (seizure)", "- seizures", "- confusion", "- seizure")
    found = next(
        (one for one in signs if re.search(rf"^{re.escape(one)}(?:\[|$)", text, re.MULTILINE)), ""
    )
    if not section or not found:
        return None
    body, rest = _body(text)
    body = re.sub(rf"^{re.escape(found)}(?:\[[\d,]+\])?\n", "", body, flags=re.MULTILINE)
    return f"{body}## When to see a doctor\n\n- a cough\n{found}\n\n{rest}"


_ENGLISH = ("en",)
MUTATORS = [
    Mutator("CN001", "abstract-side", abstract_side, _ENGLISH),
    Mutator("CN002", "summary-number", abstract_number, _ENGLISH),
    Mutator("CN002", "summary-number-clinical", abstract_number, _ENGLISH, "clinical"),
    Mutator("CN003", "figure-pointer", figure_pointer, _ENGLISH),
    Mutator("CN004", "case-side", case_side, _ENGLISH),
    Mutator("CN005", "other-figures", other_figures, _ENGLISH),
    Mutator("CN005", "other-figures-clinical", other_figures, _ENGLISH, "clinical"),
    Mutator("CN006", "another-name", another_name, _ENGLISH),
    Mutator("CN006", "misspelt", misspelt, _ENGLISH),
    Mutator("CN007", "patient-sex", patient_sex, _ENGLISH),
    Mutator("CN007", "patient-age", patient_age, _ENGLISH),
    Mutator("CN016", "died-in-abstract", died_in_abstract, _ENGLISH),
    Mutator("CN016", "lives-in-abstract", lives_in_abstract, _ENGLISH),
    Mutator("CN016", "lives-after-death", lives_after_death, _ENGLISH),
    Mutator("CN016", "dies-spanish", dies_es, ("es",)),
    Mutator("CN017", "against-table", against_table, _ENGLISH),
    Mutator("CN017", "against-table-clinical", against_table, _ENGLISH, "clinical"),
    Mutator("CN017", "against-table-spanish", against_table_es, ("es",)),
    Mutator("CN017", "dose-against-table", dose_against_table, _ENGLISH),
    Mutator("CN018", "contrary", contrary, _ENGLISH),
    Mutator("CN018", "contrary-clinical", contrary, _ENGLISH, "clinical"),
    Mutator("CN018", "contrary-spanish", contrary, ("es",)),
    Mutator("CN018", "contrary-bangla", contrary, ("bn",)),
    Mutator("CN008", "counted-wrong", counted_wrong, _ENGLISH),
    Mutator("CN008", "counted-wrong-spanish", counted_wrong_es, ("es",)),
    Mutator("CN009", "wrong-title", wrong_title, _ENGLISH),
    Mutator("CN010", "types-of-nothing", types_of_nothing, _ENGLISH),
    Mutator("CN011", "denied-again", denied_again, _ENGLISH),
    Mutator("CN014", "less-urgent", less_urgent, _ENGLISH, beside=True),
    Mutator("CN015", "same-page", same_page, beside=True),
]
