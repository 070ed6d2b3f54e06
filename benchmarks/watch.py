"""Literature surveillance: what is listed for a guide, and how long the look takes.

Two measures of the match. *Starter*: the 26 guides of the starter shelf over some 13,000 documents
of six collections that came in later. ``watch_judged.tsv`` names the documents that an editor of
the guide should open; titles and abstracts were read for everything that any of our scorings put
near the top and for what a search of all titles for the guides' words gave. The weights were chosen
on these. *Diseases*: each MedQuAD disease with several pages, one of them in the guide's place, the
others among all of MedQuAD; nothing was chosen on these.

The proposed verdicts: claims and evidence sentences of SciFact, as in ``checks_support``.
"""

from __future__ import annotations

import csv
import re
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from benchmarks.checks_support import scifact_pairs
from benchmarks.data import data
from piamater.corpus import Library, add
from piamater.guides import GuideFolder, publish
from piamater.starter import notes_folder, put_guides
from piamater.vocabulary import Vocabulary
from piamater.vocabulary.fold import keys
from piamater.watch import Since, watch
from piamater.watch.nearest import propose
from piamater.watch.score import LEAST, Opening, opening_of, score
from piamater.watch.topic import Topic, company

COLLECTIONS = ("medquad", "nci_pdq", "jats", "pubmedqa", "scifact", "spaccc")
COMMON = 12
"""Pages that share a concept id, at most, if it is to say what they are about."""
_PART = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
Pages = list[tuple[str, str, Opening]]
"""Source, title and opening of each document."""


def run() -> dict[str, Any]:
    """All measures."""
    with tempfile.TemporaryDirectory() as name:
        library, before = make_library(Path(name))
        vocabulary = Vocabulary.load()
        return {
            **starter(library, vocabulary, before),
            "diseases": diseases(library, vocabulary, before),
            "verdicts": verdicts(),
        }


def make_library(place: Path) -> tuple[Library, int]:
    """The starter shelf, published, then all that came in; and the number between the two."""
    library = Library.create(place / "library")
    with library.writing():
        add(library, [str(notes_folder())])
        put_guides(library.folder / "guides")
        publish(library, GuideFolder(library.folder / "guides"))
        before = library.corpus.last_number()
        for name in COLLECTIONS:
            add(library, [str(scifact(place / name) if name == "scifact" else data(name))])
    return library, before


def scifact(folder: Path) -> Path:
    """The abstracts of SciFact, a Markdown file each."""
    folder.mkdir()
    csv.field_size_limit(10_000_000)
    with (data("scifact") / "corpus_train.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = " ".join(a or b for a, b in _PART.findall(row["abstract"]))
            (folder / f"{row['doc_id']}.md").write_text(f"# {row['title']}\n\n{text}\n", "utf-8")
    return folder


def judged() -> dict[str, set[str]]:
    """The documents that editors should open, by guide."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in (Path(__file__).with_name("watch_judged.tsv")).read_text("utf-8").splitlines():
        if not line.startswith("#"):
            guide, source = line.split("\t")[:2]
            source = re.sub(r"^scifact:(.+)$", r"file:scifact/\1.md", source)
            found[guide].add(source)
    return found


def starter(library: Library, vocabulary: Vocabulary, before: int) -> dict[str, Any]:
    """What is listed for the starter guides, and how long it takes."""
    began = time.perf_counter()
    found = watch(library, vocabulary, since=Since(before, "asked"))
    whole = time.perf_counter() - began
    last = library.corpus.last_number()
    began = time.perf_counter()
    watch(library, vocabulary, since=Since(last - 100, "asked"))
    hundred = time.perf_counter() - began
    began = time.perf_counter()
    watch(library, vocabulary, since=Since(last, "asked"))
    nothing = time.perf_counter() - began
    wanted = judged()
    listed = {one.guide: {each.source for each in one.candidates} for one in found}
    right = sum(len(listed[guide] & wanted[guide]) for guide in listed)
    shown = sum(map(len, listed.values()))
    first = [one.candidates[0].source in wanted[one.guide] for one in found if one.candidates]
    return {
        "documents": found[0].looked_at,
        "guides": len(found),
        "seconds": round(whole, 1),
        "seconds for 100 new documents": round(hundred, 2),
        "seconds with nothing new": round(nothing, 2),
        "starter": {
            **shares(right, shown, sum(map(len, wanted.values()))),
            "first of a list is right": f"{sum(first)} of {len(first)}",
        },
        "by guide": {
            guide: shares(len(some & wanted[guide]), len(some), len(wanted[guide]))
            for guide, some in sorted(listed.items())
            if some or wanted[guide]
        },
    }


def shares(right: int, shown: int, wanted: int) -> dict[str, Any]:
    """Precision and recall."""
    return {
        "listed": shown,
        "right": right,
        "wanted": wanted,
        "precision": round(right / shown, 3) if shown else None,
        "recall": round(right / wanted, 3) if wanted else None,
    }


def diseases(library: Library, vocabulary: Vocabulary, before: int) -> dict[str, Any]:
    """One page of a disease in the guide's place, all other MedQuAD pages as what came in.

    Wanted are pages of that title or with a concept id (CUI) that MedQuAD gives to both. A page
    whose title holds the disease's name is on a kind or a side of it, and counts as neither.
    """
    concepts = focus_concepts()
    pages: Pages = []
    for version in library.corpus.changes(before):
        if version.source in concepts and version.record.title:
            document = library.corpus.document(version.number)
            opening = opening_of(version, document, vocabulary)
            pages.append((version.source, version.record.title, opening))
    sisters: dict[str, set[str]] = defaultdict(set)
    for source, title, _ in pages:
        for name in (title.casefold(), *concepts[source]):
            sisters[name].add(source)
    titles: dict[str, tuple[str, Opening]] = {}
    for source, title, opening in pages:
        titles.setdefault(title.casefold(), (source, opening))
    found = {}
    for known in (True, False):
        counts: Counter[str] = Counter()
        for title, (first, own) in titles.items():
            wanted = sisters[title].union(*(sisters[one] for one in concepts[first])) - {first}
            if wanted and bool(vocabulary.by_term(title)) == known:
                topic = topic_of_page(title, own, vocabulary)
                counts += _count(topic, title, first, wanted, pages)
        name = "known to the vocabulary" if known else "not in the vocabulary"
        right, wrong = counts["right"], counts["wrong"]
        found[name] = {
            "diseases": counts["diseases"],
            **shares(right, right + wrong, counts["wanted"]),
            "under another title": {
                "wanted": counts["other wanted"],
                "recall": round(counts["other right"] / counts["other wanted"], 3),
            },
            "kinds and sides listed": counts["neither"],
        }
    return found


def _count(topic: Topic, title: str, first: str, wanted: set[str], pages: Pages) -> Counter[str]:
    counts = Counter({"diseases": 1, "wanted": len(wanted)})
    words = set(keys(title))
    for source, name, opening in pages:
        other = name.casefold() != title
        counts["other wanted"] += source in wanted and other
        if source == first or score(topic, opening) < LEAST:
            continue
        if source in wanted:
            counts["right"] += 1
            counts["other right"] += other
        else:
            counts["neither" if words <= set(keys(name)) else "wrong"] += 1
    return counts


def focus_concepts() -> dict[str, tuple[str, ...]]:
    """The concept ids that MedQuAD gives to each of its pages, by source id.

    Those of more pages are left out: they are "Syndrome", "Disease" and the like.
    """
    found = {}
    for path in sorted(data("medquad").glob("*_QA*/*.xml")):
        root = ElementTree.parse(path).getroot()
        cuis = tuple(sorted({(one.text or "").strip() for one in root.iter("CUI")} - {""}))
        found[f"medquad:{root.get('source')}:{root.get('id')}"] = cuis
    often = Counter(one for cuis in found.values() for one in cuis)
    return {
        source: tuple(one for one in cuis if often[one] <= COMMON) for source, cuis in found.items()
    }


def topic_of_page(title: str, opening: Opening, vocabulary: Vocabulary) -> Topic:
    """The topic that a guide with this page's title and words would have."""
    own = frozenset(one.id for one in vocabulary.by_term(title))
    narrower = {low for one in own for low in vocabulary.descendants(one)}
    parents = {up for one in own if (held := vocabulary.get(one)) for up in held.parents}
    words = [frozenset({f"={one}"}) for one in opening.counts.elements()]
    return Topic(
        title,
        own,
        frozenset(),
        frozenset(narrower - own),
        frozenset(parents - own),
        frozenset(),
        company(words, own),
        () if own else (opening.title,),
        {},
        {},
        {},
        (),
    )


def verdicts() -> dict[str, Any]:
    """How often a proposal is right on the half of SciFact that the word lists never saw."""
    pairs = scifact_pairs(data("scifact"))
    half = pairs[len(pairs) // 2 :]
    counts = Counter((propose(said, read)[0], label) for said, read, label in half)
    found: dict[str, Any] = {"pairs": len(half)}
    for verdict in ("supports", "contradicts"):
        proposed = sum(number for (one, _), number in counts.items() if one == verdict)
        found[verdict] = {"proposed": proposed, "right": counts[verdict, verdict]}
    found["new"] = sum(number for (one, _), number in counts.items() if one == "new")
    return found
