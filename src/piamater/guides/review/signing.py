"""Signing: what a signature covers, and what must not be signed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from piamater.corpus import Library
from piamater.corpus.sql_reader import identifiers
from piamater.corpus.standing import plus_months
from piamater.errors import InputError
from piamater.guides.editions import Edition
from piamater.guides.review.book import Book, notice_key
from piamater.guides.review.cells import VIEWS, Cell, cells, cited_versions
from piamater.guides.review.entry import Entry
from piamater.guides.review.people import Person, bare_name
from piamater.guides.review.policy import Policy
from piamater.guides.review.state import review_of


@dataclass(frozen=True, slots=True)
class Scope:
    """What a signature covers; nothing named: all of it."""

    languages: tuple[str, ...] = ()
    views: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signing:
    """A person about to sign a draft, in a library with its ledger and policy."""

    library: Library
    book: Book
    policy: Policy
    draft: Edition
    person: Person

    def chosen(self, scope: Scope, changes: Mapping[str, str]) -> tuple[Cell, ...]:
        """The cells in a scope.

        Raises:
            InputError: a name in it is not known, or nothing lies in it.
        """
        every = cells(self.draft)
        for named, known, what in (
            (scope.languages, {one.language for one in every}, "language"),
            (scope.views, set(VIEWS), "view"),
            ((*scope.blocks, *changes), {one.block for one in every}, "block"),
        ):
            for one in named:
                if one not in known:
                    raise InputError(
                        f"the guide has no {what} {one!r}",
                        where=self.draft.guide,
                        todo=f"known: {', '.join(sorted(known))}",
                    )
        found = tuple(
            one
            for one in every
            if (not scope.languages or one.language in scope.languages)
            and (not scope.views or one.view in scope.views)
            and (not scope.blocks or one.block in scope.blocks)
        )
        if not found or set(changes) - {one.block for one in found}:
            raise InputError(
                "a block that is named is not in the languages and views that are named",
                where=self.draft.guide,
                todo="widen the scope; piamater review show tells the view of each block",
            )
        return found

    def refuse_own(self, chosen: Sequence[Cell]) -> None:
        """Nobody approves their own words, whatever else they may do.

        Raises:
            InputError: the person wrote some of them, or is named as the guide's author.
        """
        draft, person = self.draft, self.person
        held = self.book.guide(draft.guide)
        named = set(map(bare_name, draft.original.authors))
        languages = {one.language for one in chosen}
        own = [one for one in chosen if person.id in held.writers(one)]
        if own or (draft.original.language in languages and bare_name(person.name) in named):
            blocks = ", ".join(dict.fromkeys(one.heading for one in own[:3])) or "this guide"
            raise InputError(
                f"{person.name} wrote {blocks}, and nobody approves their own work",
                where=self.draft.guide,
                todo="another person must sign; a scope of other languages or blocks can be named",
            )

    def evidence(self, chosen: tuple[Cell, ...], approving: bool) -> dict[str, list[Any]]:
        """The sources under what is signed: version, standing, notices, identifiers of each.

        Raises:
            InputError: one of them may not be cited any more, and this would approve it.
        """
        found = {}
        for source, version in sorted(cited_versions(self.draft, chosen).items()):
            held = self.library.corpus.version(source, version)
            judged = self.library.judge(held)
            if approving and not judged.standing.citable:
                raise InputError(
                    f"{source} is {judged.standing.value} ({judged.reason}), so what stands on it"
                    " cannot be approved",
                    where=self.draft.guide,
                    todo="cite another source, or leave these blocks out of the scope",
                )
            notices = self.library.corpus.notices(held.record, source)
            found[source] = [
                version,
                judged.standing.value,
                sorted(list(notice_key(one)) for one in notices),
                sorted(identifiers(held.record)),
            ]
        return found

    def next_review(self, asked: str) -> str:
        """The day of the next review: the one asked for, or the policy's proposal.

        Raises:
            InputError: it is no day, or the policy does not allow it.
        """
        today = self.library.today
        last = date.fromisoformat(plus_months(today.isoformat(), self.policy.months))
        if not asked:
            return plus_months(today.isoformat(), min(self.policy.proposed, self.policy.months))
        try:
            day = date.fromisoformat(asked)
        except ValueError as error:
            raise InputError(
                f"{asked!r} is not a day", where="review", todo="write it as 2028-11-21"
            ) from error
        if not today < day <= last:
            raise InputError(
                f"the next review must lie between tomorrow and {last}",
                where="review",
                todo=f"the policy allows {self.policy.months} months",
            )
        return day.isoformat()  # 20281121 and 2028-W47-2 are days too, and are not compared as one

    def completes(self, decision: str, body: dict[str, Any], key: str) -> list[str]:
        """The languages of which every cell is approved with this signature."""
        last = self.book.entries[-1]
        coming = Entry(last.number + 1, last.hash, last.at, decision, self.person.id, body, key)
        book = Book([*self.book.entries, coming])
        return [
            language
            for language in self.draft.versions
            if review_of(self.draft, self.library, book, self.policy, language).state == "approved"
        ]
