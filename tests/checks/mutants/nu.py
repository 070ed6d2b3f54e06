"""Faults of numbers and risks, each planted into a clean page."""

from __future__ import annotations

import random
import re

from tests.checks.mutants.pl import Apply, plant
from tests.checks.mutate import Mutator

_FREQUENCY = re.compile(
    r"\b(\d+)(?: to (\d+)| a (\d+))? (?:out )?(?:of every|de cada) 100\b[^.;:\n\[(]*"
)
_BANGLA = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


def _wrong_bracket(text: str, rng: random.Random) -> str | None:
    """A percentage that is not that of the count, in brackets behind a count of the page."""
    found = list(_FREQUENCY.finditer(text))
    if not found:
        return None
    one = rng.choice(found)
    low, high = int(one[1]), int(one[2] or one[3] or one[1])
    wrong = f"{low} to {high + 9}%" if one[2] else f"{high + 9}%"
    head = re.match(r".*?100\s*\w*", one.group())
    assert head
    at = one.start() + head.end()
    return f"{text[:at]} ({wrong}){text[at:]}"


def _turned(text: str, rng: random.Random) -> str | None:
    """A range of the page with its ends changed over."""
    found = [
        one
        for one in re.finditer(
            r"\b(\d+) (to|a) (\d+) (of every|de cada|months|meses|years|años|days|días)", text
        )
        if int(one[1]) < int(one[3])
        and not re.search(
            r"\b(?:from|between|de|entre|after|at)\s[^.]{0,30}$",
            text[max(0, one.start() - 40) : one.start()],
        )
    ]
    if not found:
        return None
    one = rng.choice(found)
    return f"{text[: one.start()]}{one[3]} {one[2]} {one[1]} {one[4]}{text[one.end() :]}"


def _counted(en: str, es: str, bn: str, *numbers: tuple[int, ...]) -> Apply:
    """A sentence with numbers drawn at random."""

    def apply(text: str, rng: random.Random) -> str | None:
        chosen = rng.choice(numbers)
        said = {"en": [en.format(*chosen)], "es": [es.format(*chosen)]}
        said["bn"] = [bn.format(*chosen).translate(_BANGLA)]
        return plant(**said)(text, rng)

    return apply


_SLIP = plant(
    en=["Doxycycline is taken as 100 mg by mouth. At night, take doxycycline 100 g by mouth.",
        "Levothyroxine 75 mcg is taken at breakfast. Later levothyroxine 75 mg is taken daily."],
    es=["La doxiciclina se toma a 100 mg al día. De noche se toma doxiciclina 100 g."],
    bn=["মেথোট্রেক্সেট ১০ মিগ্রা দেওয়া হয়। পরে মেথোট্রেক্সেট ১০ গ্রাম দেওয়া হয়।"],
)  # fmt: skip
_SLIP_PER_KILOGRAM = plant(
    en=["Rifampicin 10 mg/kg is given each day. In children rifampicin 10 g/kg is given."],
    es=["La rifampicina se da a 10 mg/kg al día. En niños, rifampicina 10 g/kg."],
)
_FAR_FROM_ALL = plant(
    en=["Prednisone 40 mg is taken at first. After a week prednisone 20 mg is taken. "
        "To end, prednisone 10 g is taken for three days."],
)  # fmt: skip
MUTATORS = [
    Mutator(
        "NU001",
        "percentage",
        _counted("It came back in {}% of people.", "Volvió en el {} % de las personas.",
                 "{}% মানুষের রোগটি ফিরে এসেছে।", (12,), (37,), (64,)),
    ),
    Mutator(
        "NU002",
        "risk-without-time",
        _counted("The risk of a blood clot is {}%.", "El riesgo de trombosis es del {} %.",
                 "রক্ত জমাট বাঁধার ঝুঁকি {}%।", (4,), (11,)),
    ),
    Mutator(
        "NU003",
        "vague",
        plant(en=["Hiccups are very common."], es=["El hipo es muy frecuente."], bn=["হেঁচকি খুব বিরল।"]),
    ),
    Mutator(
        "NU004",
        "relative-risk",
        plant(
            en=["Smokers are 50% more likely to get it.", "Smoking doubles the risk.",
                "The tablet reduces the risk of a clot by 40%."],
            es=["Fumar duplica el riesgo.", "Quien fuma tiene un 50 % más probabilidad."],
            bn=["ধূমপানে ঝুঁকি দ্বিগুণ হয়।", "এতে ঝুঁকি ৪০% কমে।"],
        ),
    ),
    Mutator(
        "NU005",
        "denominators",
        _counted("After it, 1 in {} people feel sick, and {} in 100 people have a rash.",
                 "Después, 1 de cada {} personas tiene náuseas y {} de cada 100 personas, erupción.",
                 "এর পরে প্রতি {} জনে ১ জনের বমি ভাব হয়, আর প্রতি ১০০ জনে {} জনের ফুসকুড়ি হয়।",
                 (20, 3), (50, 7), (8, 10)),
    ),
    Mutator("NU006", "bracket", _wrong_bracket, ("en", "es")),
    Mutator(
        "NU006",
        "count",
        _counted("It helped {} of {} people ({}%).", "Ayudó a {} de {} personas ({} %).",
                 "প্রতি {1} জনে {0} জনের উপকার হয়েছে ({2}%)।", (30, 50, 75), (12, 100, 21), (9, 1000, 9)),
    ),
    Mutator(
        "NU006",
        "fraction",
        plant(
            en=["About half of people (75%) felt better.", "A third of people (13%) had pain."],
            es=["La mitad de las personas (75 %) mejoró.", "Un tercio de los pacientes (13 %) tuvo dolor."],
        ),
        ("en", "es"),
    ),
    Mutator(
        "NU007",
        "split",
        _counted("The trial had {} people ({} women and {} men).",
                 "En el ensayo hubo {} personas ({} mujeres y {} hombres).",
                 "গবেষণায় {} জন রোগী ({} জন নারী ও {} জন পুরুষ) ছিলেন।", (51, 30, 31), (100, 40, 50)),
    ),
    Mutator(
        "NU007",
        "rest",
        _counted("Of them {}% got better and the remaining {}% did not.",
                 "Mejoró el {} % y el resto, el {} %, no.",
                 "{}% ভালো হয়েছেন, বাকি {}% হননি।", (70, 40), (55, 35)),
    ),
    Mutator("NU008", "turned", _turned, ("en", "es")),
    Mutator(
        "NU008",
        "planted",
        _counted("It takes {} to {} days.", "Dura {} a {} días.", "এতে {} থেকে {} দিন লাগে।", (10, 5), (7, 3)),
    ),
    Mutator(
        "NU009",
        "above-all",
        _counted("It helped {}% of people.", "Ayudó al {} % de las personas.", "{}% মানুষের উপকার হয়েছে।",
                 (120,), (105,), (250,)),
    ),
    Mutator(
        "NU009",
        "more-than-there-are",
        _counted("It helps {} out of every {} people.", "Ayuda a {} de cada {} personas.",
                 "প্রতি {1} জনে {0} জনের উপকার হয়।", (12, 10), (130, 100)),
    ),
    Mutator(
        "NU009",
        "sensitivity",
        _counted("The test has a sensitivity of {}%.", "La prueba tiene una sensibilidad del {} %.",
                 "পরীক্ষাটির সংবেদনশীলতা {}%।", (110,), (150,)),
    ),
    Mutator(
        "NU010",
        "two-scripts",
        plant(bn=["ওজন ৭0 কেজি।", "প্রায় 1২ জন ছিলেন।", "তাপমাত্রা ৩৮.5 ডিগ্রি।"]),
        ("bn",),
    ),
    Mutator(
        "NU011",
        "one-in-many",
        _counted("About 1 in {} people have it.", "1 de cada {} personas lo tiene.",
                 "প্রতি {} জনে ১ জনের এটি হয়।", (7,), (35,)),
    ),
    Mutator(
        "NU012",
        "decimals",
        _counted("It came back in {}.{}% of people.", "Volvió en el {},{} % de las personas.",
                 "{}.{}% মানুষের রোগটি ফিরে এসেছে।", (12, 4), (37, 25)),
    ),
    Mutator(
        "NU013",
        "median-alone",
        plant(
            en=["The median survival was 7 months."],
            es=["La supervivencia mediana fue de 7 meses."],
            bn=["গড় আয়ু ছিল ৭ মাস।"],
        ),
    ),
    Mutator(
        "NU014",
        "p-alone",
        plant(en=["The new drug worked better (p = 0.03)."], es=["El fármaco funcionó mejor (p = 0,03)."],
              bn=["নতুন ওষুধ ভালো কাজ করেছে (P = ০.০৩)।"]),
        audience="clinical",
    ),
    Mutator(
        "NU015",
        "outside",
        plant(
            en=["The hazard ratio was 1.59 (95% CI 0.37 to 0.94).", "Odds ratio 0.4 (95% CI, 0.6-1.8)."],
            es=["El hazard ratio fue de 1,59 (IC del 95 %: 0,37 a 0,94)."],
            bn=["হ্যাজার্ড রেশিও ১.৫৯ (95% CI ০.৩৭ থেকে ০.৯৪)।"],
        ),
        audience="clinical",
    ),
    Mutator(
        "NU015",
        "backwards",
        plant(
            en=["The hazard ratio was 0.59 (95% CI 0.94 to 0.37)."],
            es=["El hazard ratio fue de 0,59 (IC 95 % 0,94 a 0,37)."],
            bn=["হ্যাজার্ড রেশিও ০.৫৯ (95% CI ০.৯৪ থেকে ০.৩৭)।"],
        ),
        audience="clinical",
    ),
    Mutator(
        "NU016",
        "wrong-change",
        plant(
            en=["Deaths fell from 20% to 10%, a 30% reduction.", "Visits rose from 100 to 150 (a 90% increase).",
                "Falls doubled from 10 to 14."],
            es=["Las muertes bajaron de 20 a 10, una reducción del 30 %."],
        ),
        ("en", "es"),
    ),
    *(
        Mutator("NU018", f"unit-slip-{audience}", _SLIP, audience=audience)
        for audience in ("patient", "clinical")
    ),
    Mutator("NU018", "unit-slip-per-kilogram", _SLIP_PER_KILOGRAM, ("en", "es")),
    Mutator("NU018", "far-from-all", _FAR_FROM_ALL, ("en",)),
]  # fmt: skip
