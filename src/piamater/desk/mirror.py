"""Mirror: the folder's files and the desk's pages, kept equal in both directions.

The file is the truth. A page that was saved is written to its file; a file that was changed with
another editor becomes a new revision of its page when the desk next looks. Where both changed, the
file's text comes on top, and the desk's stays in the history, which is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, transaction
from wagtail.models import Page, Site

from piamater.corpus.library import write_whole
from piamater.desk.models import GuideIndex, GuidePage, Known
from piamater.desk.shelf import library, reviews
from piamater.errors import InputError, PiamaterError
from piamater.guides import Guide, parse_guide

_FILE = ("guide", "language")


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a look at the folder found: files new, changed, changed here too, and not guides."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    both: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def digest(text: str) -> str:
    """The SHA-256 of a file's text."""
    return sha256(text.encode("utf-8")).hexdigest()


def known_digest(file: str) -> str:
    """The SHA-256 of a file when the desk last read or wrote it; empty where it never did."""
    return Known.objects.filter(file=file).values_list("digest", flat=True).first() or ""


def note(file: str, text: str) -> None:
    """Note that the desk has read or written a file with this text."""
    Known.objects.update_or_create(file=file, defaults={"digest": digest(text)})


def index_page() -> GuideIndex:
    """The page that all guides hang below, made where it is missing."""
    found: GuideIndex | None = GuideIndex.objects.first()
    if found:
        return found
    root = Page.objects.get(depth=1)
    Site.objects.all().delete()
    for one in root.get_children():
        one.delete()
    root.refresh_from_db()
    made = GuideIndex(title="Guides", slug="guides", live=False)
    root.add_child(instance=made)
    return made


def pull() -> Pulled:
    """Take in what changed in the folder since the desk last looked."""
    found: dict[str, list[str]] = {"new": [], "changed": [], "both": [], "refused": []}
    index = index_page()
    pages = {f"{guide}/{code}.md" for guide, code in GuidePage.objects.values_list(*_FILE)}
    known = dict(Known.objects.values_list("file", "digest"))
    folder = library().folder / "guides"
    for path in sorted(folder.glob("*/*.md")):
        name = f"{path.parent.name}/{path.name}"
        try:
            text = path.read_bytes().decode("utf-8")
            same = name in pages and known.get(name) == digest(text)
            kind = "" if same else _pull_one(index, path, text)
        except (PiamaterError, UnicodeDecodeError, OSError, DataError) as error:
            found["refused"].append(f"{name}: {error}")
            continue
        except ValidationError as error:  # a title of spaces, a folder's name that is no address
            found["refused"].append(f"{name}: {' '.join(error.messages)}")
            continue
        if kind:
            found[kind].append(name)
    return Pulled(**{key: tuple(some) for key, some in found.items()})


@transaction.atomic
def _pull_one(index: GuideIndex, path: Path, text: str) -> str:
    GuideIndex.objects.select_for_update().get(
        pk=index.pk
    )  # two who look take in one after another
    page = GuidePage.objects.filter(guide=path.parent.name, language=path.stem).first()
    if page is None:
        index.refresh_from_db()
        page = GuidePage(
            guide=path.parent.name,
            language=path.stem,
            slug=f"{path.parent.name}-{path.stem}",
            live=False,
        )
        page.take(text)
        index.add_child(instance=page)
        page.save_revision(log_action=True, clean=False)
        note(page.file, text)
        return "new"
    known = known_digest(page.file)
    if known == digest(text):
        return ""
    newest: GuidePage = page.get_latest_revision_as_object()
    both = digest(newest.text) not in (known, digest(text))
    newest.take(text)
    newest.save_revision(log_action=True, clean=False)
    note(page.file, text)
    return "both" if both else "changed"


def push(page: GuidePage) -> str:
    """Write a page to its file, unless it says so already; gives the text.

    Raises:
        LibraryError: another process writes to the library.
        InputError: the file was changed or taken away since the page was read, or the page cannot
            be a guide's file as it stands; nothing is written.
    """
    text = page.text
    if digest(text) != known_digest(page.file):
        parsed(page, text)
    path = library().folder / "guides" / page.guide / f"{page.language}.md"
    with library().writing():
        there = path.read_bytes().decode("utf-8") if path.is_file() else ""
        if not there and known_digest(page.file):
            raise InputError(
                "the file was taken away from the folder of guides",
                where=page.file,
                todo="put it back from a copy, or begin a new guide with these words",
            )
        if there and digest(there) != known_digest(page.file) and there != text:
            raise InputError(
                "the file was changed with another editor meanwhile",
                where=page.file,
                todo="open the page again: the file's text is there as a new revision",
            )
        if there != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text.encode("utf-8"), mode=0o644)
        note(page.file, text)
    return text


def original_of(page: GuidePage) -> Guide | None:
    """The guide that a page is a translation of; none where it is the original itself."""
    guides = reviews().guides
    found = guides.load(page.guide) if page.guide in guides.ids() else None
    return found.original if found and found.original.language != page.language else None


def parsed(page: GuidePage, text: str = "") -> Guide:
    """A page's text as a guide.

    Raises:
        InputError: it is not in order.
    """
    return parse_guide(text or page.text, name=page.file, original=original_of(page))


def saved(page: Any) -> str:
    """What went wrong with a page that was just saved, in words; empty where all is well."""
    try:
        push(page)
    except PiamaterError as error:
        return f"The draft is kept here, and the file is not written yet: {error}"
    except OSError as error:
        return f"The draft is kept here, and the file is not written yet: {error.strerror}"
    return ""


def unwritten(page: GuidePage) -> bool:
    """Whether the page has a draft that its file does not hold."""
    return digest(page.get_latest_revision_as_object().text) != known_digest(page.file)
