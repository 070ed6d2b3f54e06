"""Server: findings in an editor, over the Language Server Protocol on stdin and stdout.

A page is checked when it is opened and saved, and a moment after it was changed. Whatever goes
wrong with one page is said in its first line, and the server goes on.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from piamater.checks.engine import Checked, check_page
from piamater.checks.fixing import SUFFIXES
from piamater.checks.opening import pages_from
from piamater.checks.places import Place, Places
from piamater.checks.report.common import DOCS, paired, rule_of, rule_page
from piamater.checks.rule import Finding, Fix
from piamater.checks.settings import CheckSettings, find_settings
from piamater.errors import EmptySourceError, InputError, PiamaterError
from piamater.sources import Original

_MISSING = False
try:
    from lsprotocol import types
    from pygls.lsp.server import LanguageServer
    from pygls.uris import to_fs_path
except ImportError:
    _MISSING = True
if TYPE_CHECKING:
    from pygls.workspace import TextDocument

DELAY = 0.3
"""Seconds without a change after which a changed page is checked again."""
LANGUAGES = {"markdown": ".md", "html": ".html", "plaintext": ".txt"}
"""What a document is read as whose name does not say: an editor's name of its language."""
_LINE_END = re.compile(r"\r\n|\r|\n")
_BOM = "\ufeff"
_LONGEST_TITLE = 40
_log = logging.getLogger(__name__)


def serve() -> int:
    """Serve one editor until it leaves; 0 where it said that it would, else 1.

    Raises:
        InputError: the packages for it are not installed.
    """
    if _MISSING:
        raise InputError(
            "serving an editor needs packages that are not installed",
            todo="pip install 'piamater[lsp]'",
        )
    # A whole text with each change: a text is then the editor's, whatever ends a line for whom.
    server = LanguageServer("piamater", version("piamater"), types.TextDocumentSyncKind.Full)
    editor = _Editor(server)
    editor.listen()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out, redirect_stdout(sys.stderr):
        server.start_io(sys.stdin.buffer, out)
    return 0 if editor.told_to_stop else 1


@dataclass(frozen=True, slots=True)
class _Mend:
    """What a quick fix does: its title and the edit."""

    title: str
    edit: types.TextEdit


@dataclass(frozen=True, slots=True)
class _Mark:
    """A finding as the editor shows it."""

    shown: types.Diagnostic
    finding: Finding | None = None
    mend: _Mend | None = None


@dataclass(frozen=True, slots=True)
class _Looked:
    """A text and what is marked in it."""

    text: str
    marks: tuple[_Mark, ...]


class _Editor:
    """The open documents of an editor and what was last found in each."""

    def __init__(self, server: LanguageServer) -> None:
        self.told_to_stop = False
        self._server = server
        self._looked: dict[str, _Looked] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._one_by_one = ThreadPoolExecutor(1, "check")

    def listen(self) -> None:
        """Say what is done on which message."""
        kinds = types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix])
        self._on(types.TEXT_DOCUMENT_DID_OPEN, self._opened)
        self._on(types.TEXT_DOCUMENT_DID_CHANGE, self._changed)
        self._on(types.TEXT_DOCUMENT_DID_SAVE, self._saved)
        self._on(types.TEXT_DOCUMENT_DID_CLOSE, self._closed)
        self._on(types.TEXT_DOCUMENT_HOVER, self._hover)
        self._on(types.TEXT_DOCUMENT_CODE_ACTION, self._actions, kinds)
        self._on(types.SHUTDOWN, self._stop)

    def _on(self, message: str, answer: Callable[..., object], options: object = None) -> None:
        # pygls notes its names on what it is given, which a bound method does not allow.
        self._server.feature(message, options)(partial(answer))

    def _stop(self, _params: object) -> None:
        self.told_to_stop = True
        for task in self._waiting.values():
            task.cancel()

    def _opened(self, params: types.DidOpenTextDocumentParams) -> None:
        self._check_in(0, params.text_document.uri)

    def _changed(self, params: types.DidChangeTextDocumentParams) -> None:
        self._check_in(DELAY, params.text_document.uri)

    def _saved(self, params: types.DidSaveTextDocumentParams) -> None:
        self._looked.pop(params.text_document.uri, None)  # the settings may be others now
        self._check_in(0, params.text_document.uri)

    def _closed(self, params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if task := self._waiting.pop(uri, None):
            task.cancel()
        self._looked.pop(uri, None)
        self._show(uri, (), None)

    def _check_in(self, seconds: float, uri: str) -> None:
        if task := self._waiting.pop(uri, None):
            task.cancel()
        self._waiting[uri] = asyncio.get_running_loop().create_task(self._check(seconds, uri))

    async def _check(self, seconds: float, uri: str) -> None:
        await asyncio.sleep(seconds)
        looked = await self._look(uri)
        document = self._document(uri)
        if looked and document and document.source == looked.text:
            self._show(uri, looked.marks, document.version)

    def _document(self, uri: str) -> TextDocument | None:
        found: TextDocument | None = self._server.workspace.text_documents.get(uri)
        return found

    async def _look(self, uri: str) -> _Looked | None:
        """What is marked in a document as it is now; none where it is none to be checked."""
        document = self._document(uri)
        if document is None or not (name := _name(uri, document.language_id or "")):
            return None
        text, known = document.source, self._looked.get(uri)
        if known is not None and known.text == text:
            return known
        units = document.position_codec.client_num_units
        work = (text, name, _path(uri), units)
        loop = asyncio.get_running_loop()
        marks = await loop.run_in_executor(self._one_by_one, _marks, *work)
        self._looked[uri] = _Looked(text, tuple(marks))
        return self._looked[uri]

    def _show(self, uri: str, marks: Sequence[_Mark], number: int | None) -> None:
        shown = [one.shown for one in marks]
        self._server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(uri, shown, number)
        )

    async def _hover(self, params: types.HoverParams) -> types.Hover | None:
        looked = await self._look(params.text_document.uri)
        at = types.Range(params.position, params.position)
        here = [one for one in looked.marks if _meet(one.shown.range, at)] if looked else []
        said = dict.fromkeys(_explained(one.finding) for one in here if one.finding)
        if not any(said):
            return None
        text = "\n\n---\n\n".join(one for one in said if one)
        content = types.MarkupContent(types.MarkupKind.Markdown, text)
        return types.Hover(content, here[0].shown.range)

    async def _actions(self, params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        looked = await self._look(uri)
        if looked is None or not _wanted(params.context.only):
            return []
        return [
            _action(uri, one.shown, one.mend)
            for one in looked.marks
            if one.mend and _meet(one.shown.range, params.range)
        ]


def _name(uri: str, language: str) -> str:
    """The name that a document is read by; empty where it is none that is checked."""
    name = Path(urlsplit(uri).path).name or "page"
    path = _path(uri)
    name = path.name if path else name
    if Path(name).suffix.lower() in SUFFIXES:
        return name
    return f"{name}{LANGUAGES[language]}" if language in LANGUAGES else ""


def _path(uri: str) -> Path | None:
    """The place of a document that is a file."""
    found = to_fs_path(uri) if urlsplit(uri).scheme == "file" else None
    return Path(found) if found else None


def _marks(text: str, name: str, path: Path | None, units: Callable[[str], int]) -> list[_Mark]:
    """The marks of a page; one in its first line where it cannot be checked."""
    spans = _Spans(text, units)
    try:
        settings = find_settings(path) if path else CheckSettings()
        # A lone half of a character, which an editor may send, keeps its one place.
        data = text.encode("utf-8", "replace")
        pages = pages_from(Original(name, name, path=path, data=data), settings)
        return [mark for page in pages for mark in _of_page(check_page(page), spans)]
    except EmptySourceError:
        return []
    except PiamaterError as error:
        said = str(error)
    except Exception as error:
        _log.exception("a page could not be checked")
        said = f"the page could not be checked: {type(error).__name__}"
    shown = types.Diagnostic(spans.row(1), said, types.DiagnosticSeverity.Error, source="piamater")
    return [_Mark(shown)]


def _of_page(checked: Checked, spans: _Spans) -> list[_Mark]:
    places = Places(checked.page)
    spans.shift = int(spans.text.startswith(_BOM) and not places.raw.startswith(_BOM))
    return [
        _Mark(_diagnostic(one, places, spans), one, _mend(fix, places, spans))
        for one, fix in paired(checked)
    ]


class _Spans:
    """Ranges of a document in the protocol's terms: lines from 0, columns in code units."""

    def __init__(self, text: str, units: Callable[[str], int]) -> None:
        self.text = text
        self.shift = 0
        self._rows = _LINE_END.split(text)
        self._units = units

    def of(self, place: Place) -> types.Range:
        """The range of a place."""
        return types.Range(
            self._position(place.line, place.column),
            self._position(place.end_line, place.end_column),
        )

    def row(self, line: int) -> types.Range:
        """The whole of a line, counted from 1."""
        line = min(max(line, 1), len(self._rows))
        end = self._units(self._rows[line - 1])
        return types.Range(types.Position(line - 1, 0), types.Position(line - 1, end))

    def _position(self, line: int, column: int) -> types.Position:
        before = column - 1 + (self.shift if line == 1 else 0)
        return types.Position(line - 1, self._units(self._rows[line - 1][:before]))


def _diagnostic(one: Finding, places: Places, spans: _Spans) -> types.Diagnostic:
    place = places.find(one.start, one.end)
    line = places.line(one.start) if one.end > one.start else 1
    rule = rule_of(one)
    address = rule_page(rule) if rule and os.environ.get(DOCS) else ""
    severity = types.DiagnosticSeverity
    levels = {"error": severity.Error, "warning": severity.Warning, "info": severity.Information}
    return types.Diagnostic(
        spans.of(place) if place else spans.row(line),
        f"{one.message}\n{one.suggestion}" if one.suggestion else one.message,
        levels[one.severity],
        code=one.rule,
        code_description=types.CodeDescription(address) if address else None,
        source="piamater",
    )


def _mend(fix: Fix | None, places: Places, spans: _Spans) -> _Mend | None:
    place = places.edit(fix.start, fix.end) if fix else None
    if fix is None or place is None:
        return None
    old = places.raw[place.start : place.end]
    title = f"Write “{_short(fix.new)}”" if fix.new else f"Leave out “{_short(old)}”"
    return _Mend(title, types.TextEdit(spans.of(place), fix.new))


def _short(text: str) -> str:
    said = " ".join(text.split()) or text
    return said if len(said) <= _LONGEST_TITLE else f"{said[:_LONGEST_TITLE]}…"


def _action(uri: str, shown: types.Diagnostic, mend: _Mend) -> types.CodeAction:
    return types.CodeAction(
        mend.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[shown],
        is_preferred=True,
        edit=types.WorkspaceEdit(changes={uri: [mend.edit]}),
    )


def _wanted(only: Sequence[types.CodeActionKind | str] | None) -> bool:
    """Whether quick fixes are among the kinds that an editor asks for."""
    return not only or any(str(getattr(one, "value", one)) in ("", "quickfix") for one in only)


def _explained(one: Finding) -> str:
    """What a rule reports, why, and where that is published."""
    rule = rule_of(one)
    if rule is None:
        return ""
    head = f"**{rule.id} {rule.name}** ({one.severity})"
    return "\n\n".join([head, rule.summary, rule.reason, f"Source: {rule.source}"])


def _meet(one: types.Range, other: types.Range) -> bool:
    """Whether two ranges touch."""
    return _at(one.start) <= _at(other.end) and _at(other.start) <= _at(one.end)


def _at(position: types.Position) -> tuple[int, int]:
    return position.line, position.character


__all__ = ["serve"]
