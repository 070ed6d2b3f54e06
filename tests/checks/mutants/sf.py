"""Faults of safety, each planted into a clean page."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from tests.checks.mutate import Mutator

_CALL = re.compile(r"^(?:Call 112 now|Llame ahora al 112).*$|^.*৯৯৯ \(999\).*$", re.MULTILINE)
_CASE = re.compile(r"^# (?:Example|Ejemplo|.*উদাহরণ|.*কেস)", re.IGNORECASE)
_MISTAKES = re.compile(r"mistake|avoid|errores|evit|ভুল|এড়", re.IGNORECASE)
_HEADING = re.compile(r"^## .*$", re.MULTILINE)
_BACK = re.compile(r"leg weakness|pierna|পা.*দুর্বল|weak legs", re.IGNORECASE)
_REFERENCES = ("## References", "## Referencias", "## তথ্যসূত্র")
_SYMPTOMS = re.compile(r"^## (?:Symptoms|Síntomas|উপসর্গ|লক্ষণ).*$", re.MULTILINE)


def _language(text: str) -> str:
    if "## Referencias" in text:
        return "es"
    return "bn" if "## তথ্যসূত্র" in text else "en"


def _body_end(text: str) -> int:
    return min(at for mark in _REFERENCES if (at := text.find(mark)) >= 0)


def _sections(text: str) -> list[tuple[int, int]]:
    """Where the sections before the references start and end."""
    end = _body_end(text)
    starts = [one.start() for one in _HEADING.finditer(text) if one.start() < end]
    return list(zip(starts, [*starts[1:], end], strict=True))


def _danger(text: str) -> tuple[int, int] | None:
    """The section that holds the number to call."""
    call = _CALL.search(text)
    if call is None:
        return None
    return next(((a, b) for a, b in _sections(text) if a < call.start() < b), None)


def _title(text: str) -> str:
    return text.split("\n", 1)[0]


def _put(text: str, random_: random.Random, block: str) -> str:
    """The block as a paragraph of its own at the end of some section but the first two."""
    sections = [
        (start, end)
        for start, end in _sections(text)
        if not _MISTAKES.search(text[start:end].split("\n", 1)[0])
    ]
    at = random_.choice([end for _, end in sections[1:]] or [_body_end(text)])
    return text[:at] + block.strip() + "\n\n" + text[at:]


def _plant(**said: list[str]) -> Callable[[str, random.Random], str | None]:
    """Puts one of the sentences of the page's language somewhere into the page."""

    def apply(text: str, random_: random.Random) -> str | None:
        if _CASE.search(_title(text)):
            return None
        return _put(text, random_, random_.choice(said[_language(text)]))

    return apply


def _without_items(text: str, *said: str) -> str | None:
    """The page with these items instead of all of its danger box."""
    found = _danger(text)
    if found is None:
        return None
    start, end = found
    head = text[start:end].split("\n", 1)[0]
    call = _CALL.search(text, start)
    assert call is not None
    items = "\n".join(f"- {one}" for one in said)
    return text[:start] + f"{head}\n\n{call[0]}\n\n{items}\n\n" + text[end:]


_URGENT = re.compile(
    r"112|999|৯৯৯|emergenc|urgen|ambulan|straight away|at once|right away|promptly|immediate|hospital|"
    r"soon|prompt|emergencia|enseguida|en seguida|inmediat|pronto|cuanto antes|"
    r"doctor.*:$|m[ée]dico.*:$|si hay:$|if there is:$|ডাক্তার.*:$|"
    r"জরুরি|সঙ্গে সঙ্গে|এখনই|দ্রুত|হাসপাতাল|অবিলম্বে|দেরি",
    re.IGNORECASE,
)


def _no_danger(text: str, random_: random.Random) -> str | None:
    found = _danger(text)
    if found is None or _title(text).endswith("?") or not _SYMPTOMS.search(text):
        return None
    text = text[: found[0]] + text[found[1] :]
    end = _body_end(text)
    lines = [
        one for one in text[:end].split("\n") if one.startswith("# ") or not _URGENT.search(one)
    ]
    return "\n".join(lines) + text[end:]


def _generic(text: str, random_: random.Random) -> str | None:
    some = {
        "en": ["Severe symptoms or rapidly worsening illness.", "Any symptom that feels urgent."],
        "es": ["Síntomas graves.", "Cualquier síntoma que le parezca urgente."],
        "bn": ["গুরুতর উপসর্গ", "যেকোনো অস্বাভাবিক উপসর্গ"],
    }[_language(text)]
    return _without_items(text, *some)


def _generic_one(text: str, random_: random.Random) -> str | None:
    some = {
        "en": ["Severe symptoms", "Life-threatening symptoms", "Any emergency warning sign"],
        "es": ["Síntomas graves", "Cualquier síntoma preocupante", "Síntomas intensos"],
        "bn": ["গুরুতর লক্ষণ", "তীব্র উপসর্গ", "মারাত্মক লক্ষণ"],
    }[_language(text)]
    return _without_items(text, random_.choice(some))


def _more_boxes(text: str, random_: random.Random) -> str | None:
    if _danger(text) is None:
        return None
    first, second = {
        "en": (
            "Go to hospital at once for a rash that does not fade, chest pain or loss of sight.",
            "Seek emergency care for coughing blood, a purple rash or sudden loss of sight.",
        ),
        "es": (
            "Acuda a urgencias si hay manchas en la piel, dolor en el pecho o ceguera.",
            "Busque atención médica urgente si hay sangre en la tos, manchas moradas o ceguera.",
        ),
        "bn": (
            "বুকে ব্যথা, ত্বকে দাগ বা অন্ধত্ব হলে এখনই হাসপাতালে যান।",
            "রক্তবমি, বেগুনি দাগ বা অন্ধত্ব হলে জরুরি বিভাগে যান।",
        ),
    }[_language(text)]
    return _put(_put(text, random_, first), random_, second)


def _late(text: str, random_: random.Random) -> str | None:
    found = _danger(text)
    if found is None:
        return None
    block = text[found[0] : found[1]]
    rest = text[: found[0]] + text[found[1] :]
    end = _body_end(rest)
    return rest[:end] + block + rest[end:] if end > 2500 + len(block) else None


def _elsewhere(text: str, random_: random.Random) -> str | None:
    some = {
        "en": ["any of the symptoms above", "the signs listed below", "if in doubt, contact us"],
        "es": ["los síntomas mencionados", "vea más abajo", "en caso de duda, contáctenos"],
        "bn": ["উপরের লক্ষণ", "নিচে উল্লিখিত লক্ষণ", "আমাদের সঙ্গে যোগাযোগ করুন"],
    }[_language(text)]
    return _without_items(text, random_.choice(some))


def _no_number(text: str, random_: random.Random) -> str | None:
    if _danger(text) is None or _title(text).endswith("?"):
        return None
    end = _body_end(text)
    body = re.sub(r"\s*(?:\(999\)|৯৯৯|\b112\b|\b999\b)", "", text[:end])
    body = body.replace("Call now", "Get urgent medical help now").replace(
        "Llame ahora al si", "Pida ayuda médica urgente si"
    )
    return body + text[end:]


def _other_number(text: str, random_: random.Random) -> str | None:
    if _danger(text) is None:
        return None
    return _put(
        text,
        random_,
        {
            "en": "In an emergency, such as a seizure, call 911.",
            "es": "En una emergencia, como una convulsión, llame al 911.",
            "bn": "খিঁচুনি হলে ৯১১ নম্বরে ফোন করে অ্যাম্বুলেন্স ডাকুন।",
        }[_language(text)],
    )


def _back_pain(text: str, random_: random.Random) -> str | None:
    if (
        _title(text).endswith("?")
        or _BACK.search(_title(text))
        or re.search(r"spine|columna|মেরুদণ্ড", _title(text))
    ):
        return None
    return _put(
        text,
        random_,
        {
            "en": "- Avoid heavy lifting and sudden bending.\n- Use comfortable posture.\n"
            "- For mild back pain, ask for a tablet.",
            "es": "- Evite cargar peso.\n- Adopte una postura cómoda.\n- Evite agacharse.\n"
            "- Para el dolor leve de espalda, pida un analgésico.",
            "bn": "- ভারী জিনিস তোলা এড়িয়ে চলুন।\n- সঠিক ভঙ্গিতে বসুন।\n- হালকা পিঠ ব্যথার জন্য বড়ি নিন।",
        }[_language(text)],
    )


_NERVES = re.compile(
    r"mening|leptomen|lymphoma|linfoma|headache|cefalea|dolor de cabeza|seizure|convuls|MOG|"
    r"মেনিন|লিম্ফোমা|মাথা|খিঁচুনি",
    re.IGNORECASE,
)


def _orthopaedic(text: str, random_: random.Random) -> str | None:
    if not _NERVES.search(_title(text)) or _title(text).endswith("?"):
        return None
    return _put(
        text,
        random_,
        {
            "en": "See an orthopaedic specialist.",
            "es": "Acuda al traumatólogo.",
            "bn": "ডাক্তার: পরামর্শ নিন অর্থোপেডিক বিশেষজ্ঞের।",
        }[_language(text)],
    )


def _bare_medicines(text: str, random_: random.Random) -> str | None:
    """A page of what is told first, the symptoms and a list of medicines, and nothing of risks."""
    found, symptoms = _danger(text), _SYMPTOMS.search(text)
    if found is None or symptoms is None or _title(text).endswith("?"):
        return None
    own = next((a, b) for a, b in _sections(text) if a == symptoms.start())
    language = _language(text)
    block = {
        "en": "## Medicines\n\n- Methotrexate: an immunosuppressive drug.\n- Infliximab: a "
        "biologic drug.\n\n## Questions to ask the doctor\n\n- Which one is for me?\n\n",
        "es": "## Medicamentos\n\n- Metotrexato: un inmunosupresor.\n- Infliximab: un fármaco "
        "biológico.\n\n## Preguntas para el médico\n\n- ¿Cuál es para mí?\n\n",
        "bn": "## ওষুধ\n\n- মেথোট্রেক্সেট: রোগ প্রতিরোধ কমায়।\n- ইনফ্লিক্সিম্যাব: জৈবিক ওষুধ।\n\n"
        "## ডাক্তারকে যে প্রশ্ন\n\n- কোনটি আমার জন্য?\n\n",
    }[language]
    return text[: found[1]] + text[own[0] : own[1]] + block + text[_body_end(text) :]


def _withdrawn(text: str, random_: random.Random) -> str | None:
    if _CASE.search(_title(text)):
        return None
    name = random_.choice(["Daclizumab", "Rofecoxib", "Efalizumab", "Valdecoxib"])
    if _language(text) == "bn":
        name = random_.choice(["ড্যাক্লিজুমাব", "রোফেকক্সিব", "Zinbryta"])
    return _put(text, random_, f"- {name}")


def _depocyte(text: str, random_: random.Random) -> str | None:
    if re.search(r"depocyt|liposom|লাইপোসোম|লিপোসোম", text, re.IGNORECASE) or _CASE.search(
        _title(text)
    ):
        return None
    return _put(text, random_, "- DepoCyte")


def _under(**said: tuple[str, list[str]]) -> Callable[[str, random.Random], str | None]:
    """Puts a section of its own into the page: its heading and one of some items."""

    def apply(text: str, random_: random.Random) -> str | None:
        heading, items = said[_language(text)]
        return _put(text, random_, f"## {heading}\n\n- {random_.choice(items)}")

    return apply


def _left_out(text: str, random_: random.Random) -> str | None:
    """A sign among the symptoms that the danger box does not name."""
    found, symptoms = _danger(text), _SYMPTOMS.search(text)
    if found is None or symptoms is None or _title(text).endswith("?"):
        return None
    words = re.compile(r"seiz|fit|convuls|epil|খিঁচুনি", re.IGNORECASE)
    box = [one for one in text[found[0] : found[1]].split("\n") if not words.search(one)]
    if sum(one.startswith("- ") for one in box) < 2:
        return None
    item = {"en": "- seizures", "es": "- convulsiones", "bn": "- খিঁচুনি"}[_language(text)]
    symptoms_end = symptoms.end()
    text = text[:symptoms_end] + f"\n\n{item}\n" + text[symptoms_end:]
    return text[: found[0]] + "\n".join(box) + text[found[1] :]


MUTATORS: list[Mutator] = [
    Mutator("SF001", "danger signs taken away", _no_danger),
    Mutator("SF002", "general signs instead", _generic),
    Mutator("SF002", "one general sign instead", _generic_one),
    Mutator("SF003", "two more boxes", _more_boxes),
    Mutator("SF004", "danger signs moved to the end", _late),
    Mutator("SF006", "signs elsewhere", _elsewhere),
    Mutator("SF007", "number taken away", _no_number),
    Mutator(
        "SF008",
        "another country's number",
        _other_number,
        denied=_plant(
            en=["If you are travelling in the United States, call 911.", "Do not dial 911 here: it does not work."],
            es=["Si viaja a los Estados Unidos, llame al 911.", "No llame al 911: aquí no funciona."],
            bn=["বিদেশ ভ্রমণে গেলে ৯১১ নম্বরে ফোন করুন।"],
        ),
    ),
    Mutator("SF009", "back pain advice", _back_pain),
    Mutator(
        "SF010",
        "orthopaedic specialist",
        _orthopaedic,
        denied=_plant(
            en=["You do not need to see an orthopaedic specialist for this.", "An orthopaedic surgeon does not treat it."],
            es=["No hace falta que acuda al traumatólogo.", "El traumatólogo no trata esta enfermedad."],
            bn=["এর জন্য অর্থোপেডিক বিশেষজ্ঞের কাছে যাবেন না।"],
        ),
    ),
    Mutator("SF011", "medicines and no risks", _bare_medicines),
    Mutator(
        "SF012",
        "withdrawn medicine",
        _withdrawn,
        denied=_plant(
            en=["Daclizumab was withdrawn in 2018.", "Rofecoxib is no longer sold."],
            es=["Daclizumab se retiró del mercado: fue retirado en 2018.", "Rofecoxib ya no se vende."],
            bn=["ড্যাক্লিজুমাব ২০১৮ সালে বাজার থেকে প্রত্যাহার করা হয়েছে।"],
        ),
    ),
    Mutator("SF012", "liposomal cytarabine", _depocyte),
    Mutator(
        "SF013",
        "dose without source",
        _plant(
            en=["Adults take methotrexate 15 mg once a week.", "Give dexamethasone 4 mg twice a day."],
            es=["Los adultos toman metotrexato 15 mg una vez por semana.", "Dexametasona 4 mg al día es lo habitual en adultos."],
            bn=["প্রাপ্তবয়স্করা সপ্তাহে একবার মেথোট্রেক্সেট ১৫ মিগ্রা নেন।", "ডেক্সামেথাসোন দিনে ৪ মিগ্রা করে দেওয়া হয়।"],
        ),
    ),
    Mutator(
        "SF014",
        "vincristine into the spinal fluid",
        _plant(
            en=["Vincristine can be given intrathecally.", "Methotrexate and vincristine go into the spinal fluid."],
            es=["La vincristina puede administrarse por vía intratecal.", "La vincristina se inyecta en el líquido cefalorraquídeo."],
            bn=["ভিনক্রিস্টিন মেরুরসে দেওয়া যায়।", "মেরুরসে মেথোট্রেক্সেট ও ভিনক্রিস্টিন দেওয়া হয়।"],
        ),
        denied=_plant(
            en=["Vincristine must never be given intrathecally.", "Methotrexate goes into the spinal fluid; vincristine must not."],
            es=["La vincristina nunca debe administrarse por vía intratecal."],
            bn=["ভিনক্রিস্টিন কখনো মেরুরসে দেওয়া যায় না।"],
        ),
    ),
    Mutator(
        "SF014",
        "vincristine under that heading",
        _under(
            en=("Medicines into the spinal fluid", ["vincristine", "bortezomib", "vinblastine"]),
            es=("Medicamentos en el líquido cefalorraquídeo", ["vincristina", "bortezomib"]),
            bn=("মেরুরসে ওষুধ", ["ভিনক্রিস্টিন", "বোর্টেজোমিব"]),
        ),
    ),
    Mutator(
        "SF015",
        "drug treatment misfiled",
        _under(
            en=("Non-pharmacological treatments", ["Chemotherapy: into a vein.", "Immunotherapy", "Methotrexate: once a week"]),
            es=("Tratamiento no farmacológico", ["Quimioterapia: en una vena.", "Inmunoterapia", "Metotrexato"]),
            bn=("ওষুধ ছাড়া চিকিৎসা", ["কেমোথেরাপি: শিরায়", "ইমিউনোথেরাপি"]),
        ),
    ),
    Mutator(
        "SF016",
        "disease of the dura",
        _plant(
            en=["Leptomeningeal enhancement has rare causes, including neurosarcoidosis and hypertrophic pachymeningitis."],
            es=["El realce leptomeníngeo tiene causas raras, que incluye la neurosarcoidosis y la paquimeningitis hipertrófica."],
            bn=["লেপ্টোমেনিনজিয়াল এনহ্যান্সমেন্টের বিরল কারণ নিউরোসারকয়ডোসিস ও হাইপারট্রফিক প্যাকিমেনিনজাইটিস।"],
        ),
        denied=_plant(
            en=["Leptomeningeal enhancement has many causes, including sarcoidosis, unlike hypertrophic pachymeningitis, which is of the dura."],
            es=["El realce leptomeníngeo tiene causas, que incluye la sarcoidosis, a diferencia de la paquimeningitis hipertrófica, que es de la duramadre."],
            bn=["লেপ্টোমেনিনজিয়াল এনহ্যান্সমেন্টের কারণ নিউরোসারকয়ডোসিস; হাইপারট্রফিক প্যাকিমেনিনজাইটিস আলাদা, তা ডুরার রোগ।"],
        ),
    ),
    Mutator(
        "SF017",
        "device words",
        _plant(
            en=["This tool analyses your symptoms.", "Your results show that you have this illness.", "The diary sends an alarm when your headache grows."],
            es=["Esta página analiza sus síntomas.", "Sus resultados indican que usted tiene la enfermedad.", "El diario emite una alarma si sus síntomas empeoran."],
            bn=["এই অ্যাপ আপনার উপসর্গ বিশ্লেষণ করে।", "আপনার ফলাফল দেখায় আপনার রোগ আছে।"],
        ),
        denied=_plant(
            en=["This tool does not analyse your symptoms.", "No app can tell whether your results show that you have this illness.", "The diary never sends an alarm when your headache grows."],
            es=["Esta página no analiza sus síntomas.", "El diario no emite una alarma si sus síntomas empeoran."],
            bn=["এই অ্যাপ আপনার উপসর্গ বিশ্লেষণ করে না।"],
        ),
    ),
    Mutator(
        "SF018",
        "medicine changed alone",
        _plant(
            en=["Stop taking the tablets as soon as you feel better.", "You can double the dose of your tablets on bad days.", "Stop the steroids without asking your doctor."],
            es=["Deje de tomar las pastillas cuando se sienta mejor.", "Puede duplicar la dosis del medicamento en los días malos.", "Suspenda los corticoides sin consultar al médico."],
            bn=["ভালো লাগলে ওষুধ বন্ধ করুন।", "ডাক্তারকে না জানিয়ে ওষুধ বন্ধ করুন।", "খারাপ দিনে ওষুধের মাত্রা দ্বিগুণ করুন।"],
        ),
        denied=_plant(
            en=["Do not stop taking the tablets as soon as you feel better.", "Never double the dose of your tablets on bad days.", "It is a mistake to stop the steroids without asking your doctor."],
            es=["No deje de tomar las pastillas cuando se sienta mejor.", "Nunca suspenda los corticoides sin consultar al médico."],
            bn=["ভালো লাগলেও ওষুধ বন্ধ করবেন না।", "ডাক্তারকে না জানিয়ে ওষুধ বন্ধ করবেন না।"],
        ),
    ),
    Mutator(
        "SF019",
        "unsafe first aid",
        _plant(
            en=["In a seizure, put a spoon between the teeth.", "During a fit, hold the person down.", "Put butter on the burn."],
            es=["En una convulsión, ponga una cuchara entre los dientes.", "Chupe el veneno de la mordedura."],
            bn=["খিঁচুনির সময় মুখে একটি চামচ দিন।", "খিঁচুনি হলে রোগীকে চেপে ধরুন।"],
        ),
        denied=_plant(
            en=["In a seizure, never put a spoon between the teeth.", "During a fit, do not hold the person down.", "People used to be told to put butter on the burn.", "Putting a spoon in the mouth during a seizure can break teeth."],
            es=["En una convulsión, no ponga una cuchara entre los dientes.", "Nunca chupe el veneno de la mordedura."],
            bn=["খিঁচুনির সময় মুখে চামচ দেবেন না।", "খিঁচুনি হলে রোগীকে চেপে ধরবেন না।"],
        ),
    ),
    Mutator(
        "SF020",
        "absolute claim",
        _plant(
            en=["This treatment is 100% safe.", "It is a miracle cure.", "The herb has no side effects.", "It cures all types of cancer."],
            es=["Este tratamiento es 100 % seguro.", "Es una cura milagrosa.", "La hierba no tiene efectos secundarios."],
            bn=["এই চিকিৎসা ১০০% নিরাপদ।", "এটি একটি অলৌকিক ওষুধ।", "এর কোনো পার্শ্বপ্রতিক্রিয়া নেই।"],
        ),
        denied=_plant(
            en=["No treatment is 100% safe.", "There is no guaranteed cure.", "Be wary of anyone who offers a miracle cure.", "No herb works without side effects.", "Chemotherapy does not cure all types of cancer."],
            es=["Ningún tratamiento es 100 % seguro.", "No existe una cura milagrosa.", "Ninguna hierba cura todos los tipos de cáncer."],
            bn=["কোনো চিকিৎসা ১০০% নিরাপদ নয়।", "অলৌকিক ওষুধ বলে কিছু নেই।"],
        ),
    ),
    Mutator("SF021", "sign left out of the box", _left_out),
]  # fmt: skip
