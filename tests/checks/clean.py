"""Clean pages: the starter shelf's guides as ordinary Markdown pages with numbered references."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from piamater.guides import Audience, Guide, GuideFolder
from piamater.starter import guides_folder, notes_folder

LABELS = {
    "en": ("By", "Reviewed by", "Last reviewed", "Next review due", "Funding", "References",
           "Call {} now if you or the person you care for has any of these:"),
    "es": ("Por", "Revisado por", "Última revisión", "Próxima revisión", "Financiación",
           "Referencias", "Llame ahora al {} si usted o la persona a la que cuida tiene algo de esto:"),
    "bn": ("লেখক", "পর্যালোচনা", "সর্বশেষ পর্যালোচনা", "পরবর্তী পর্যালোচনা", "অর্থায়ন", "তথ্যসূত্র",
           "আপনার বা আপনি যাঁর যত্ন নেন তাঁর এর কোনোটি হলে এখনই {} নম্বরে ফোন করুন:"),
}  # fmt: skip
NUMBERS = {"en": "112", "es": "112", "bn": "৯৯৯ (999)"}
NO_FUNDING = {
    "en": "No company paid for this page; the writers declare no interests.",
    "es": "Ninguna empresa pagó esta página; los autores declaran que no tienen intereses.",
    "bn": "কোনো কোম্পানি এই পাতার খরচ দেয়নি; লেখকদের কোনো স্বার্থের সংঘাত নেই।",
}


@cache
def guides() -> dict[str, dict[str, Guide]]:
    """The starter guides by id and language."""
    return {one.id: one.versions for one in GuideFolder(guides_folder()).all()}


@cache
def note(source: str) -> dict[str, Any]:
    """The front matter of the note behind a source's id, ``note:ID:LANGUAGE``."""
    _, id_, language = source.split(":")
    for name in (f"{id_}.md", f"{id_}.{language}.md", f"{id_}-{language}.md"):
        file = Path(str(notes_folder())) / name
        if file.is_file():
            front = file.read_text("utf-8").split("---\n")[1]
            found: dict[str, Any] = yaml.safe_load(front)
            return found
    return {"title": id_}


def clean(id_: str, language: str, audience: str = "patient") -> str:
    """One guide as a page: title, who and when, danger signs first, blocks, references."""
    guide = guides()[id_][language]
    by, reviewed, last, due, funding, references, call = LABELS[language]
    view = Audience(audience)
    sources: dict[str, int] = {}
    out = [f"# {guide.title}", ""]
    out += [
        f"{by} A. Writer, MD. {reviewed} B. Reader, MD, consultant neurologist.",
        "",
        f"{last}: 2026-10-01",
        "",
        f"{due}: 2027-10-01",
        "",
        f"{funding}: {NO_FUNDING[language]}",
        "",
    ]
    blocks = sorted(guide.blocks, key=lambda one: one.kind != "danger-emergency")
    for block in blocks:
        parts = block.parts_for(view)
        if not parts:
            continue
        out += [f"## {block.heading}", ""]
        if block.kind == "danger-emergency":
            out += [call.format(NUMBERS[language]), ""]
        for part in parts:
            out += [_numbered(guide, part.source, sources), ""]
    out += [f"## {references}", ""]
    for source, number in sources.items():
        found = note(source)
        authors = found.get("author", [])
        names = ", ".join(
            one.get("literal") or f"{one.get('family', '')} {one.get('given', '')}".strip()
            for one in authors
        )
        where = (found.get("DOI") and f"https://doi.org/{found['DOI']}") or found.get("URL", "")
        out.append(
            f"{number}. {names}. {found['title']}. {found.get('container-title', '')} "
            f"{str(found.get('issued', ''))[:4]}. {where}"
        )
    return "\n".join(out) + "\n"


def _numbered(guide: Guide, source: str, sources: dict[str, int]) -> str:
    def mark(match: re.Match[str]) -> str:
        labels = re.findall(r"\[\^([\w-]+)\]", match[0])
        numbers = [
            sources.setdefault(guide.cites[one].source, len(sources) + 1)
            for one in labels
            if one in guide.cites
        ]
        return "[" + ",".join(map(str, dict.fromkeys(numbers))) + "]" if numbers else ""

    plain = re.sub(r"(?:\[\^[\w-]+\])+", mark, source)
    plain = re.sub(r"^#+ ", "### ", plain, flags=re.MULTILINE)
    return re.sub(r"\]\(guide:([\w-]+)\)", r"](https://example.org/guides/\1)", plain)
