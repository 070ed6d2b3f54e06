"""Asking: from a question to an Answer, with no language model and no sentence of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from piamater.answers.answer import (
    Answer,
    AnswerSection,
    Citation,
    CitedSource,
    Disagreement,
    Statement,
    Urgent,
)
from piamater.answers.choose import Point, choose
from piamater.answers.disagree import disagreements
from piamater.answers.evidence import Evidence, Judge, by_worth
from piamater.answers.focus import Focus
from piamater.answers.messages import message
from piamater.answers.question import Question, read_as_heading, tidy, types, understand
from piamater.answers.urgent import urgent_card
from piamater.corpus import Library, Standing
from piamater.errors import QuoteError
from piamater.search import Found, Query, Retriever, SearchIndex
from piamater.search.analysis import term_set
from piamater.search.dense import DenseIndex
from piamater.sources import Kind
from piamater.text import Mark, Quote
from piamater.vocabulary import Vocabulary

FLOOR = 0.55
"""Least score of a point that is told."""

ANSWERS = 0.815
"""Least score of the best point for there to be an answer at all; set on MedQuAD questions about
held and about left-out topics (benchmarks/README.md has the curve)."""

DIRECT = 0.83
"""Least score of the best point for the question to count as answered, not partly."""

BROAD = 0.4
"""Least share of a focus's weight that a broader notion must have to stand in for it."""

CANDIDATES = 70
SECTIONS = 6
SECTION_PASSAGES = 40
MOST_RELATED = 5
RELATED = 0.7
"""Least aboutness of a title or heading for its section to suggest a question."""


class Asker:
    """Answers questions from one library."""

    def __init__(
        self,
        library: Library,
        index: SearchIndex,
        vocabulary: Vocabulary,
        dense: DenseIndex | None = None,
    ) -> None:
        self.library = library
        self.index = index
        self.vocabulary = vocabulary
        self.retriever = Retriever(library, index, vocabulary, dense)

    def ask(self, text: str, reader: str = "", language: str = "", country: str = "") -> Answer:
        """The answer to a question.

        Raises:
            QuestionError: it is empty, too long, or in a language the library does not speak.
        """
        question = understand(text, reader, language)
        where = country or self.library.settings.country
        urgent = urgent_card(question.text, question.language, where, self.vocabulary)
        foci = [Focus(one, question.language, self.vocabulary, self.index) for one in question.foci]
        sides = self.weigh(question, foci)
        weighed = _once(one for side in sides for one in side)
        best = max((one.score for one in weighed), default=0.0)
        broader = self._broader(foci[0]) if best < ANSWERS and len(foci) == 1 else ""
        if broader:
            wider = replace(question, foci=(broader,))
            focus = Focus(broader, question.language, self.vocabulary, self.index)
            weighed = _once(one for side in self.weigh(wider, [focus]) for one in side)
            best = max((one.score for one in weighed), default=0.0)
        points = choose(weighed, FLOOR, question.type.is_list) if best >= ANSWERS else {}
        if reader:
            points = _in_order_for(reader, points)
        missing = [focus.text for focus, side in zip(foci, sides, strict=True) if not side]
        if broader and points:
            missing = [foci[0].text]
        return self._answer(question, foci[0], points, best, urgent, missing)

    def _broader(self, focus: Focus) -> str:
        """A broader notion that the focus's own words name, such as "neurosarcoidosis" in
        "leptomeningeal neurosarcoidosis"; empty where there is none, or only a vague one.
        """
        words = term_set(focus.text, focus.language)
        for concept in (self.vocabulary.get(one) for one in sorted(focus.concepts)):
            for parent in (
                self.vocabulary.get(one) for one in (concept.parents if concept else ())
            ):
                label = parent.label(focus.language) if parent else ""
                terms = term_set(label, focus.language)
                told = sum(focus.rarity(term, focus.language) for term in terms)
                if terms < words and told >= BROAD * focus.weight:
                    return label
        return ""

    def weigh(self, question: Question, foci: Sequence[Focus]) -> list[list[Evidence]]:
        """The evidence on each focus of a question, best first."""
        everything = Focus(tidy(question.text), question.language, self.vocabulary, self.index)
        return [self._evidence(question, focus, everything) for focus in foci]

    def certainty(self, text: str) -> float:
        """The score of the best evidence for a question, 0 to 1: what refusal goes by."""
        question = understand(text)
        foci = [Focus(one, question.language, self.vocabulary, self.index) for one in question.foci]
        scores = [one.score for side in self.weigh(question, foci) for one in side]
        return max(scores, default=0.0)

    def _evidence(self, question: Question, focus: Focus, everything: Focus) -> list[Evidence]:
        """All evidence on one focus: what was found, and the rest of the sections it stands in."""
        judge = Judge(question, focus, everything, self.vocabulary)
        sought = focus.text if len(question.foci) > 1 else question.text
        query = self.retriever.query(sought, question.language)
        found = self.retriever.find(query, CANDIDATES)
        found += self._own_language(query, question.language, found)
        top = max((one.score for one in found), default=0.0)
        weighed = judge.weigh(found, top)
        more = self._sections_of(weighed, found)
        both = _one_language([*weighed, *judge.weigh(more, top)], question.language)
        return sorted(both, key=lambda one: -one.score)

    def _own_language(self, query: Query, language: str, found: Sequence[Found]) -> list[Found]:
        """The best passages in the question's own language that others crowded out."""
        if all(one.passage.language == language for one in found):
            return []
        have = {(one.passage.number, one.passage.position) for one in found}
        own = self.retriever.find(replace(query, languages=(language,)), CANDIDATES // 2)
        return [one for one in own if (one.passage.number, one.passage.position) not in have]

    def _sections_of(self, weighed: Sequence[Evidence], found: Sequence[Found]) -> list[Found]:
        """The passages around the best evidence that the search did not bring."""
        have = {(one.passage.number, one.passage.position) for one in found}
        more: list[Found] = []
        seen: set[tuple[int, int]] = set()
        for one in weighed:
            place = one.found.passage.number, one.found.passage.section
            if place in seen:
                continue
            seen.add(place)
            if len(seen) > SECTIONS:
                break
            for passage in self.library.corpus.in_section(*place, SECTION_PASSAGES):
                key = passage.number, passage.position
                if passage.mark is Mark.CONTENT and key not in have:
                    more.append(replace(one.found, passage=passage, score=one.found.score * 0.8))
        return more

    def _answer(
        self,
        question: Question,
        focus: Focus,
        groups: dict[str, list[Point]],
        best: float,
        urgent: Urgent | None,
        absent: Sequence[str],
    ) -> Answer:
        """Put the answer together, every quote verified against the stored text."""
        desk = _Citer(self.library)
        sections = []
        for group, points in groups.items():
            statements = tuple(desk.statement(point) for point in points)
            heading = message(f"group.{group}", question.language)
            sections.append(AnswerSection(heading, group, statements))
        everything = [point for points in groups.values() for point in points]
        differing = tuple(
            Disagreement(about, (desk.statement(one), desk.statement(other)))
            for about, one, other in disagreements(everything)
        )
        missing = absent if everything else ()
        outcome = _outcome(everything, best, missing)
        return Answer(
            question.text,
            question.language,
            question.reader,
            outcome,
            urgent,
            tuple(sections),
            differing,
            tuple(_gaps(question, groups, desk.references, outcome, missing)),
            tuple(self._related(question, focus, everything)),
            tuple(desk.references),
            searched={
                "sources": self.library.corpus.source_count(),
                "passages": self.index.count(),
            },
            notice=message("notice", question.language),
        )

    def _related(self, question: Question, focus: Focus, points: Iterable[Point]) -> Iterable[str]:
        """Questions of other types that documents about the same thing have sections on."""
        held: set[str] = set()
        for version in {p.best.found.version.number: p.best.found.version for p in points}.values():
            title = read_as_heading(version.record.title)[1]
            over = focus.aboutness(title, version.languages[0])
            for section in self.library.corpus.sections(version.number):
                kinds, subject = read_as_heading(section.heading)
                near = max(over, focus.aboutness(subject, version.languages[0]) if subject else 0.0)
                if section.mark is Mark.CONTENT and near >= RELATED:
                    held |= kinds
        again = [
            kind.again[question.language].format(focus=question.foci[0])
            for name, kind in types().items()
            if name in held and name != question.type.name and kind.again[question.language]
        ]
        return again[:MOST_RELATED]


def _one_language(evidence: Iterable[Evidence], language: str) -> list[Evidence]:
    """The evidence without other languages' versions of a work that is held in this one.

    A translation is told in its own language only; its original gives way to it there.
    """
    held = list(evidence)
    translated = {
        original
        for one in held
        if one.found.passage.language == language and (original := _translates(one.found))
    }
    return [
        one
        for one in held
        if one.found.passage.language == language
        or not (_translates(one.found) or _work(one.found) in translated)
    ]


def _translates(found: Found) -> str:
    """The id of the work that a source translates; empty for an original."""
    custom = found.version.record.csl.get("custom")
    return str(custom.get("translation-of", "")) if isinstance(custom, dict) else ""


def _work(found: Found) -> str:
    """The id of an evidence note without its language."""
    parts = found.version.source.split(":")
    return parts[1] if len(parts) == 3 and parts[0] == "note" else ""


def _once(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Each passage once, with its best score, best first."""
    best: dict[tuple[int, int], Evidence] = {}
    for one in evidence:
        if one.key not in best or one.score > best[one.key].score:
            best[one.key] = one
    return sorted(best.values(), key=by_worth)


def _outcome(points: Sequence[Point], best: float, missing: Sequence[str]) -> str:
    if not points:
        return "not-in-library"
    return "answered" if best >= DIRECT and not missing else "partly-answered"


def _gaps(
    question: Question,
    groups: dict[str, list[Point]],
    references: Sequence[CitedSource],
    outcome: str,
    missing: Sequence[str],
) -> Iterable[str]:
    """What the answer lacks, in words."""
    language = question.language
    if not groups:
        yield message("gap.none", language)
        return
    for focus in missing:
        yield message("gap.side", language, focus=focus)
    if outcome == "partly-answered" and not missing:
        yield message("gap.weak", language)
    for group in ("guideline", "research"):
        if group not in groups:
            yield message(f"gap.group.{group}", language)
    overdue = sum(one.standing == Standing.REVIEW_OVERDUE for one in references)
    if overdue:
        yield message("gap.overdue", language, count=overdue, total=len(references))
    if any(one.kind == Kind.ANSWER_PAGE for one in references):
        yield message("gap.answer_page", language)
    if any(
        point.best.found.passage.language != language
        for points in groups.values()
        for point in points
    ):
        yield message("gap.translated", language)


def verified_text(library: Library, source: str, version: str) -> str:
    """The stored text of a version, checked against the SHA-256 it is known by.

    Raises:
        QuoteError: the text is not the one that was stored.
    """
    text = library.corpus.text(source, version)
    if sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != version:
        raise QuoteError(
            "the stored text is damaged: it does not match its version",
            where=f"{source} {version[:12]}",
            todo="take the library back from a copy, or add the source again to a new one",
        )
    return text


def _in_order_for(reader: str, groups: dict[str, list[Point]]) -> dict[str, list[Point]]:
    """The groups as a reader wants them who said who they are: patients read theirs first."""
    order = sorted(groups, key=lambda one: (one == "patient") != (reader == "patient"))
    return {one: groups[one] for one in order}


class _Citer:
    """Numbers the sources in the order they are cited, and verifies every quote."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.references: list[CitedSource] = []
        self._numbers: dict[tuple[str, str], int] = {}
        self._texts: dict[tuple[str, str], str] = {}

    def statement(self, point: Point) -> Statement:
        """A point as a statement, told in the words of its best evidence."""
        best = point.best
        return Statement(
            best.found.passage.text,
            "verbatim",
            tuple(self._citation(one.found) for one in point.evidence),
            "" if best.alone else self._context(best.found),
        )

    def _citation(self, found: Found) -> Citation:
        version, passage = found.version, found.passage
        key = version.source, version.version
        if key not in self._texts:
            self._texts[key] = verified_text(self._library, *key)
        Quote(version.version, passage.start, passage.end, passage.text).verify(self._texts[key])
        return Citation(
            self._number(found),
            version.source,
            version.version,
            passage.start,
            passage.end,
            passage.text,
        )

    def _number(self, found: Found) -> int:
        key = found.version.source, found.version.version
        if key not in self._numbers:
            record = found.version.record
            self._numbers[key] = len(self._numbers) + 1
            self.references.append(
                CitedSource(
                    self._numbers[key],
                    *key,
                    record.title,
                    record.kind.value,
                    record.authors,
                    record.published,
                    record.url,
                    found.judgement.standing.value,
                    found.judgement.review_due,
                    bool(record.looked_up),
                )
            )
        return self._numbers[key]

    def _context(self, found: Found) -> str:
        """Title and headings over a passage, and the line that introduces its list or table."""
        passage = found.passage
        over = " · ".join(dict.fromkeys((found.version.record.title, *passage.path)))
        if passage.lead < 0:
            return over
        lead = self._library.corpus.passages([(passage.number, passage.lead)])
        return f"{over} · {lead[0].text}" if lead else over
