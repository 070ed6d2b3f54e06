"""Language: which language a text is in, by script, by its small words, and only then by model."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

_WORDS = {
    "en": frozenset(
        "the of and in to is are was were with for that this by from or as be it on at which have "
        "has had not can may what how who when why does do did should could patients patient "
        "disease symptoms treatment causes cause about an a your you there their these than".split()
    ),
    "es": frozenset(
        "el la los las de del y en que un una es son fue con por para se su sus al como más o no "
        "qué cuál cuáles cómo cuándo quién dónde este esta estos pacientes paciente enfermedad "
        "síntomas tratamiento causas entre sin sobre pero también lo le hay ser tiene".split()
    ),
}
_SPANISH = re.compile(r"[ñ¿¡]|ción\b|[áíóú]")
_FOREIGN = {
    "fr": frozenset("le les des du est dans une pour avec sur et qui que quels quelles sont au aux "
                    "ce cette comment pourquoi quel quelle être à où".split()),
    "de": frozenset("der die das und ist nicht ein eine von mit für auf wie was sind bei den dem "
                    "zu im des welche warum werden oder".split()),
    "pt": frozenset("o os as do da dos das em um uma não são quais qual como para com é à ao uma "
                    "pela pelo você doença sintomas tratamento".split()),
    "it": frozenset("il lo gli di della del che è sono per con una un quali come cosa perché nel "
                    "nella delle dei i sintomi malattia".split()),
}  # fmt: skip
_SCRIPTS = (
    ("BENGALI", "bn"), ("DEVANAGARI", "hi"), ("ARABIC", "ar"), ("CYRILLIC", "ru"), ("GREEK", "el"),
    ("HEBREW", "he"), ("HANGUL", "ko"), ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("CJK", "zh"),
    ("THAI", "th"), ("TAMIL", "ta"), ("TELUGU", "te"), ("GUJARATI", "gu"), ("GURMUKHI", "pa"),
    ("LATIN", "latin"),
)  # fmt: skip
_LATIN = re.compile(r"[^\W\d_]+")
_SURE = 3


def identify(text: str, fallback: str = "") -> str:
    """The ISO 639-1 code of a text's language; ``fallback`` or ``und`` where it does not tell.

    A script of its own decides first. In Latin script the small words of English and Spanish
    vote; only a long text they do not settle is given to a model (py3langid).
    """
    script = _script(text)
    if script != "latin":
        return script or fallback or "und"
    votes = _votes(text)
    best, second = sorted(votes.values(), reverse=True)[:2]
    leader = max(votes, key=lambda one: votes[one])
    if best > second and (best >= _SURE or leader == fallback or not fallback):
        return leader
    if fallback:
        return fallback
    return _by_model(text) if len(text) > 120 else "und"


def identify_question(text: str) -> str:
    """As ``identify``, with other languages named only on strong evidence; ``und`` if unsure."""
    script = _script(text)
    if script != "latin":
        return script or "und"
    votes = _votes(text)
    tokens = [word.lower() for word in _LATIN.findall(text)]
    foreign = {name: sum(word in small for word in tokens) for name, small in _FOREIGN.items()}
    rival = max(foreign, key=lambda one: foreign[one])
    best = max(votes.values())
    if foreign[rival] >= 2 and foreign[rival] > best + 0.5:
        if foreign[rival] >= 3 or _by_model(text) == rival:
            return rival
    if votes["es"] > votes["en"]:
        return "es"
    return "en" if votes["en"] else "und"


def _votes(text: str) -> dict[str, float]:
    """How much speaks for English and for Spanish."""
    tokens = [word.lower() for word in _LATIN.findall(text[:2_000])]
    votes = {name: float(sum(word in small for word in tokens)) for name, small in _WORDS.items()}
    votes["es"] += 1.5 * len(_SPANISH.findall(text[:2_000].lower()))
    return votes


def _script(text: str) -> str:
    """The language of the script most letters are in; ``latin`` for Latin, empty for none."""
    if text.isascii():
        return "latin" if _LATIN.search(text) else ""
    counts = Counter(_script_of(char) for char in text[:600] if char.isalpha())
    counts.pop("", None)
    return counts.most_common(1)[0][0] if counts else ""


@lru_cache(maxsize=4_096)
def _script_of(char: str) -> str:
    name = unicodedata.name(char, "")
    return next((code for word, code in _SCRIPTS if word in name), "")


def _by_model(text: str) -> str:
    """What py3langid says (Lui and Baldwin 2012), imported only when it is needed."""
    import py3langid

    return str(py3langid.classify(text)[0])
