"""Sources (scaffold while the room is built)."""
from __future__ import annotations
import re, os, tarfile, xml.etree.ElementTree as ET, yaml
from dataclasses import dataclass
from pathlib import Path
from piamater.errors import *
from piamater.sources.record import Kind, Notice, NoticeKind, Reading, Record, Reference
from piamater.sources.reader import Original, Reader
from piamater.text import DocumentBuilder
READERS_REVISION = 0
@dataclass(frozen=True)
class Refusal:
    name: str; location: str; error: PiamaterError
def walk(what, limit=0):
    p = Path(what)
    if p.is_dir():
        for f in sorted(p.rglob("*")):
            if f.is_file(): yield Original(str(f.relative_to(p)), str(f), f)
    elif p.name.endswith(".tar.xz"):
        with tarfile.open(p) as t:
            for m in t:
                if m.isfile(): yield Original(m.name, f"{p}!{m.name}", data=t.extractfile(m).read())
    else: yield Original(p.name, str(p), p)
def read_original(o, *, kind=None):
    d = o.read().decode("utf8","replace")
    b = DocumentBuilder()
    if o.suffix == ".xml" and "QAPairs" in d:
        r = ET.fromstring(d); f = r.findtext("Focus")
        for q in r.iter("QAPair"):
            a = (q.findtext("Answer") or "").strip()
            if a: b.heading(q.findtext("Question"), 1); b.paragraph(a)
        return [Reading(Record(f"medquad:{r.get('source')}:{r.get('id')}", f, Kind.PATIENT_INFORMATION, "x"), b.build())]
    if o.suffix == ".md":
        _, fm, body = d.split("---\n", 2); m = yaml.safe_load(fm)
        for para in body.split("\n"):
            if para.startswith("#"): b.heading(para.lstrip("# "), len(para) - len(para.lstrip("#")))
            elif para.startswith("- "): b.item(para[2:])
            elif para.startswith("|"): b.row([c.strip() for c in para.strip("|").split("|")])
            else: b.paragraph(para)
        return [Reading(Record(f"note:{m['id']}:{m['language']}", str(m["title"]), Kind(m["kind"]), "x", published=str(m.get("issued",""))), b.build())]
    raise UnsupportedFormatError("no", where=o.location)
