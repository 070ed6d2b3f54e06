"""Faults of plain language, each planted into a clean page."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.checks.mutate import Mutator

_REFERENCES = ("## References", "## Referencias", "## তথ্যসূত্র")
_HEADING = re.compile(r"^## .*$", re.MULTILINE)
_NAMES = re.compile(
    r"^## (?:Also|Other names|Keywords|También|Otros nombres|Palabras|অন্য নাম|মূল শব্দ)"
)
Apply = Callable[[str, random.Random], str | None]


def language(text: str) -> str:
    """The language of a clean page."""
    if "## Referencias" in text:
        return "es"
    return "bn" if "## তথ্যসূত্র" in text else "en"


def put(text: str, rng: random.Random, block: str) -> str:
    """The block as a paragraph at the end of a section of the body, any but lists of names."""
    end = min(at for mark in _REFERENCES if (at := text.find(mark)) >= 0)
    starts = [one.start() for one in _HEADING.finditer(text) if one.start() < end]
    ends = [
        after
        for start, after in zip(starts, [*starts[1:], end], strict=True)
        if not _NAMES.match(text[start:after])
    ]
    at = rng.choice(ends)
    return text[:at] + block.strip() + "\n\n" + text[at:]


def plant(**said: list[str]) -> Apply:
    """Puts one of the sentences of the page's language anywhere into its body."""

    def apply(text: str, rng: random.Random) -> str | None:
        sentence = rng.choice(said[language(text)])
        return None if sentence in text else put(text, rng, sentence)

    return apply


def _hard_page(text: str, rng: random.Random) -> str | None:
    """The body again as a specialist would write it, long enough to outweigh the rest."""
    if text.startswith(("# Example", "# Ejemplo", "# রোগীর")):
        return None
    hard = {
        "en": "Pathophysiological characterisation necessitates histopathological confirmation, "
        "notwithstanding radiological heterogeneity of leptomeningeal infiltration. "
        "Intrathecal pharmacotherapy presupposes unimpeded cerebrospinal circulation. ",
        "es": "La caracterización fisiopatológica de las manifestaciones neurorradiológicas "
        "precisa inexcusablemente la confirmación histopatológica de la infiltración "
        "leptomeníngea, independientemente de la heterogeneidad clinicopatológica demostrada. ",
        "bn": "স্নায়ুতন্ত্রসম্পর্কিত পার্শ্বপ্রতিক্রিয়াসমূহের প্রাদুর্ভাবসংক্রান্ত পর্যালোচনাপ্রতিবেদনসমূহে "
        "প্রতিষ্ঠিতদৃষ্টিভঙ্গিবিরোধী স্বতঃস্ফূর্তপ্রতিরোধক্ষমতাসম্পন্ন ব্যক্তিবিশেষের অন্তর্ভুক্তিকরণপ্রক্রিয়া "
        "পুঙ্খানুপুঙ্খভাবে পর্যবেক্ষণনির্ভর। ",
    }[language(text)]
    count = 4 + len(text) // (300 if language(text) != "bn" else 150)
    second = text.index("\n## ", text.index("\n## ") + 1)
    return text[:second] + "\n\n" + "\n\n".join([hard * 2] * count) + "\n" + text[second:]


def _without_stops(text: str, rng: random.Random) -> str | None:
    """A paragraph of three sentences or more as one."""
    stop = "।" if language(text) == "bn" else "."
    found = [
        one
        for one in re.findall(r"^[^#\-|!\n].*$", text, re.MULTILINE)
        if len(re.sub(r"\[[\d,]+\]", "", one).split()) > (36 if stop == "." else 28)
        and one.count(stop) >= 3
        and ":" not in one
    ]
    if not found:
        return None
    one = rng.choice(found)
    plain = re.sub(rf"\{stop}(\[[\d,]+\])? (\w)", lambda m: f", {m[2].lower()}", one)
    return text.replace(one, plain, 1)


def _capitals(text: str, rng: random.Random) -> str | None:
    """One sentence of the page in capitals."""
    found = [
        one
        for one in re.findall(r"^[^#\-|!\n][^.\n]{50,200}\.", text, re.MULTILINE)
        if sum(len(word) >= 3 for word in one.split()) >= 6 and ": " not in one and "[" not in one
    ]
    return text.replace(one := rng.choice(found), one.upper(), 1) if found else None


def _negative_list(text: str, rng: random.Random) -> str | None:
    """A list of prohibitions in place of a list of the page."""
    said = {
        "en": ["Do not lift anything heavy.", "Never skip a visit.", "Do not hide other medicines.",
               "Don't stay alone at home."],
        "es": ["No levante pesos.", "Nunca falte a una cita.", "No oculte otros medicamentos.",
               "No salga solo de casa."],
        "bn": ["ভারী কিছু তুলবেন না।", "অন্য ওষুধ লুকাবেন না।", "একা বাইরে যাবেন না।", "ওষুধ বন্ধ করবেন না।"],
    }[language(text)]  # fmt: skip
    rng.shuffle(said)
    return put(text, rng, "\n".join(f"- {one}" for one in said[: rng.choice([3, 4])]))


def _long_paragraph(text: str, rng: random.Random) -> str | None:
    said = {
        "en": "The nurse checks how you feel and writes it down. ",
        "es": "La enfermera mira cómo está usted y lo apunta. ",
        "bn": "নার্স আপনার অবস্থা দেখেন এবং লিখে রাখেন। ",
    }[language(text)]
    return put(text, rng, said * rng.randint(22, 40))


MUTATORS = [
    Mutator("PL001", "specialist-prose", _hard_page),
    Mutator(
        "PL002",
        "long-sentence",
        plant(
            en=[
                "Before you come to the hospital for your visit please write down all the "
                "questions that you have and all the medicines that you take every day and bring "
                "somebody with you who can listen and who can help you to remember what was said",
            ],
            es=[
                "Antes de venir al hospital para la visita escriba por favor todas las preguntas "
                "que tiene y todos los medicamentos que toma cada día y venga con alguien que "
                "pueda escuchar con usted y ayudarle después a recordar todo lo que se dijo.",
            ],
            bn=[
                "হাসপাতালে আসার আগে আপনার সব প্রশ্ন আর প্রতিদিন যেসব ওষুধ খান সেগুলোর নাম একটি কাগজে লিখে "
                "নিন এবং এমন কাউকে সঙ্গে আনুন যিনি আপনার সঙ্গে বসে সব কথা মন দিয়ে শুনতে ও পরে মনে রাখতে পারেন।",
            ],
        ),
    ),
    Mutator("PL002", "stops-taken-out", _without_stops),
    Mutator(
        "PL003",
        "learned-word",
        plant(
            en=[
                "Tell the nurse about any paraesthesia in your hands.",
                "Some people have dysphagia in the second week.",
                "Mucositis can last for a few days.",
            ],
            es=[
                "La mucositis puede durar unos días.",
                "A veces aparece aracnoiditis después del tratamiento.",
                "La leucoencefalopatía se ve en la resonancia.",
            ],
            bn=["মিউকোসাইটিস কয়েক দিন থাকতে পারে।", "চিকিৎসার পরে অ্যারাকনয়ডাইটিস হতে পারে।"],
        ),
    ),
    Mutator(
        "PL004",
        "unknown-letters",
        plant(
            en=["Your doctor may ask for a TQE first.", "The KVD team will call you."],
            es=["El médico puede pedir antes una TQE.", "El equipo de KVD le llamará."],
            bn=["চিকিৎসক আগে একটি TQE করতে পারেন।", "পরে KVD করা হয়।"],
        ),
    ),
    Mutator(
        "PL005",
        "passive-danger",
        plant(
            en=[
                "Urgent medical attention should be sought if there is a seizure.",
                "In an emergency, an ambulance should be called.",
                "Immediate help must be obtained for sudden weakness.",
                "Patients are advised to seek urgent care for a stiff neck.",
            ],
            es=[
                "En una emergencia se debe llamar a una ambulancia.",
                "Si hay fiebre, se recomienda acudir a urgencias.",
                "Es importante acudir a urgencias si hay rigidez.",
            ],
            bn=[
                "খিঁচুনি হলে জরুরি ভিত্তিতে চিকিৎসকের পরামর্শ নেওয়া উচিত।",
                "জরুরি অবস্থায় রোগীকে হাসপাতালে নেওয়া প্রয়োজন।",
            ],
        ),
    ),
    Mutator("PL006", "prohibitions", _negative_list),
    Mutator(
        "PL006",
        "double-negative",
        plant(
            en=[
                "Tiredness is not uncommon.",
                "You should not travel unless the doctor does not agree with it.",
                "It is not impossible to work with this illness.",
            ],
            es=["No es infrecuente el cansancio.", "No es imposible trabajar."],
            bn=["ক্লান্তি অস্বাভাবিক নয়।", "কাজ করা অসম্ভব নয়।"],
        ),
        denied=plant(
            en=[
                "Do not stop taking the tablets unless your doctor tells you to.",
                "Do not use ibuprofen unless advised to do so by a doctor.",
                "Never stop the tablets without talking to your doctor.",
                "Do not move them unless they are in danger.",
            ],
            es=["No deje el medicamento sin hablar con su médico."],
            bn=["চিকিৎসককে না জানিয়ে কোনো ওষুধ বন্ধ করবেন না।"],
        ),
    ),
    Mutator(
        "PL007",
        "hard-word",
        plant(
            en=[
                "Utilize a walking stick at home.",
                "Ice may alleviate the pain.",
                "Ask the nurse prior to the visit.",
                "Symptoms may exacerbate at night.",
                "The majority of people sleep well.",
            ],
            es=[
                "Beba agua con el objetivo de sentirse mejor.",
                "Puede haber prurito por la noche.",
                "Pregunte previamente a la visita.",
            ],
            bn=["শিরঃপীড়া হতে পারে।", "চিকিৎসকের পরামর্শ ব্যতিরেকে কিছু খাবেন না।"],
        ),
    ),
    Mutator(
        "PL008",
        "latin",
        plant(
            en=[
                "Bring what you need, e.g. your glasses.",
                "Bring your medicines, glasses, etc.",
                "Ask the team, i.e., the nurse or the doctor.",
            ],
            es=[
                "Traiga lo que necesite, e.g. sus gafas.",
                "Pregunte al equipo, i.e. a la enfermera.",
            ],
            bn=["যা দরকার সঙ্গে আনুন, e.g. চশমা।", "ওষুধ, চশমা etc. সঙ্গে আনুন।"],
        ),
    ),
    Mutator("PL009", "capitals", _capitals, ("en", "es")),
    Mutator(
        "PL009",
        "shouted-rule",
        plant(
            en=["ALWAYS TAKE YOUR MEDICINE WITH A GLASS OF WATER."],
            es=["TOME SIEMPRE SU MEDICAMENTO CON UN VASO DE AGUA."],
        ),
        ("en", "es"),
    ),
    Mutator("PL010", "wall-of-text", _long_paragraph),
    Mutator(
        "PL011",
        "named-by-disease",
        plant(
            en=[
                "Diabetics should tell the nurse.",
                "Cancer victims often feel tired.",
                "People suffering from this disease need rest.",
                "Epileptics need a quiet room.",
            ],
            es=[
                "Los diabéticos deben avisar a la enfermera.",
                "Las personas que padecen esta enfermedad necesitan descanso.",
                "Las víctimas de cáncer se cansan a menudo.",
            ],
            bn=["ক্যান্সারের শিকার মানুষ প্রায়ই ক্লান্ত থাকেন।", "মৃগীরোগীরা নার্সকে বলবেন।"],
        ),
        denied=plant(
            en=[
                "Write “people with diabetes” instead of “diabetics”.",
                "Do not say “cancer victims”.",
            ],
            es=["No diga “los diabéticos”."],
            bn=["“মৃগীরোগীরা” লিখবেন না।"],
        ),
    ),
    Mutator(
        "PL012",
        "war-and-fear",
        plant(
            en=["Many people win their battle against cancer.", "This deadly disease comes fast."],
            es=["La lucha contra el cáncer es larga.", "Es una enfermedad mortal."],
            bn=["এটি একটি মরণব্যাধি।", "ক্যান্সারের বিরুদ্ধে যুদ্ধ দীর্ঘ।"],
        ),
        denied=plant(
            en=["It is not a death sentence.", "This is not a deadly disease."],
            es=["No es una sentencia de muerte."],
            bn=["এটি কোনো মরণব্যাধি নয়।"],
        ),
    ),
    Mutator(
        "PL013",
        "sold",
        plant(
            en=[
                "Boost your knowledge and stay ahead in your health journey.",
                "A cutting-edge treatment is now here.",
                "It is a game-changing treatment.",
                "It is 100% natural.",
            ],
            es=["Es un tratamiento revolucionario.", "Es un producto 100 % natural."],
            bn=["এটি একটি যুগান্তকারী চিকিৎসা।", "এখনই কিনুন।"],
        ),
        denied=plant(
            en=["It is not a game-changing treatment.", "Beware of a limited offer."],
            es=["No es un tratamiento revolucionario."],
            bn=["এটি কোনো যুগান্তকারী চিকিৎসা নয়।"],
        ),
    ),
]
