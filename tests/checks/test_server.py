"""The language server, spoken to by a real client over its standard streams."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from piamater.errors import InputError

pytest.importorskip("pygls", reason="no pygls: pip install 'piamater[lsp]'")

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from piamater.checks import server

BEFORE = "😀 মাথাব্যথা হলে 😀 see "
PAGE = f"""---
title: Headache 😀
---
# Headache মাথাব্যথা

{BEFORE}the the doctor.

Take rest,, and 😀 water.
"""
ONLY = '[check]\nselect = ["TX010", "TX013"]\n'
SOON = 60.0


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class Editor:
    """As much of an editor as the tests need: open files and what it was told about them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.client = LanguageClient("editor", "1")
        self.told: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(
            lambda told: self.told.put_nowait(told)
        )
        self.client.feature(types.WINDOW_SHOW_MESSAGE)(lambda _params: None)
        self.client.feature(types.WINDOW_LOG_MESSAGE)(lambda _params: None)
        self.number = 0

    async def start(
        self, encodings: list[types.PositionEncodingKind | str] | None = None
    ) -> types.ServerCapabilities:
        await self.client.start_io(sys.executable, "-m", "piamater", "check", "--lsp")
        general = types.GeneralClientCapabilities(position_encodings=encodings)
        able = types.ClientCapabilities(general=general if encodings else None)
        asked = types.InitializeParams(capabilities=able, root_uri=self.folder.as_uri())
        answer = await asyncio.wait_for(self.client.initialize_async(asked), SOON)
        self.client.initialized(types.InitializedParams())
        return answer.capabilities

    async def stop(self) -> int | None:
        await asyncio.wait_for(self.client.shutdown_async(None), SOON)
        self.client.exit(None)
        process = self.client._server
        assert process
        code = await asyncio.wait_for(process.wait(), SOON)
        await self.client.stop()  # type: ignore[no-untyped-call]
        return code

    def uri(self, name: str) -> str:
        return (self.folder / name).as_uri()

    def open(self, name: str, text: str, language: str = "markdown") -> None:
        self.number += 1
        item = types.TextDocumentItem(self.uri(name), language, self.number, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def change(self, name: str, text: str) -> None:
        self.number += 1
        item = types.VersionedTextDocumentIdentifier(self.number, self.uri(name))
        whole = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(item, [whole]))

    def save(self, name: str) -> None:
        item = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_save(types.DidSaveTextDocumentParams(item))

    def close(self, name: str) -> None:
        item = types.TextDocumentIdentifier(self.uri(name))
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(item))

    async def shown(self) -> types.PublishDiagnosticsParams:
        return await asyncio.wait_for(self.told.get(), SOON)

    async def hover(self, name: str, line: int, character: int) -> types.Hover | None:
        item = types.TextDocumentIdentifier(self.uri(name))
        asked = types.HoverParams(item, types.Position(line, character))
        return await asyncio.wait_for(self.client.text_document_hover_async(asked), SOON)

    async def actions(
        self, name: str, where: types.Range, only: list[types.CodeActionKind | str] | None = None
    ) -> list[types.CodeAction]:
        item = types.TextDocumentIdentifier(self.uri(name))
        context = types.CodeActionContext([], only=only)
        asked = types.CodeActionParams(item, where, context)
        found = await asyncio.wait_for(self.client.text_document_code_action_async(asked), SOON)
        return [one for one in found or [] if isinstance(one, types.CodeAction)]


def edit(
    folder: Path,
    session: Callable[[Editor], Awaitable[None]],
    encodings: list[types.PositionEncodingKind | str] | None = None,
) -> None:
    """One editor from its start to its end; the server must leave with 0."""

    async def whole() -> None:
        editor = Editor(folder)
        await editor.start(encodings)
        await session(editor)
        assert await editor.stop() == 0

    asyncio.run(whole())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "piamater.toml").write_text(ONLY, "utf-8")
    return tmp_path


def spot(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


def applied(text: str, edit: types.TextEdit) -> str:
    """A text after an edit whose columns count UTF-16 code units."""
    rows = text.split("\n")
    row = rows[edit.range.start.line].encode("utf-16-le")
    low, high = edit.range.start.character * 2, edit.range.end.character * 2
    assert edit.range.start.line == edit.range.end.line
    rows[edit.range.start.line] = (
        row[:low] + edit.new_text.encode("utf-16-le") + row[high:]
    ).decode("utf-16-le")
    return "\n".join(rows)


def test_a_page_is_checked_mended_and_explained(folder: Path) -> None:
    async def session(editor: Editor) -> None:
        editor.open("page.md", PAGE)
        told = await editor.shown()
        assert (told.uri, told.version) == (editor.uri("page.md"), 1)
        twice, comma = told.diagnostics
        start = units(BEFORE)
        assert start == len(BEFORE) + 2
        assert twice.range == spot(5, start, start + len("the the"))
        assert (twice.code, twice.severity, twice.source) == (
            "TX010",
            types.DiagnosticSeverity.Warning,
            "piamater",
        )
        assert twice.code_description is None
        assert twice.message == '"the" is written twice\nwrite "the" once'
        assert comma.range == spot(7, 9, 11)
        assert comma.severity == types.DiagnosticSeverity.Information

        said = await editor.hover("page.md", 5, start + 1)
        assert said is not None
        assert isinstance(said.contents, types.MarkupContent)
        assert "TX010 doubled-word" in said.contents.value
        assert "Source: " in said.contents.value
        assert said.range == twice.range
        assert await editor.hover("page.md", 5, 2) is None

        (action,) = await editor.actions("page.md", twice.range)
        assert (action.title, action.kind) == ("Leave out “the”", types.CodeActionKind.QuickFix)
        assert list(action.diagnostics or ()) == [twice]
        assert action.edit
        assert action.edit.changes
        ((uri, edits),) = action.edit.changes.items()
        assert uri == editor.uri("page.md")
        mended = applied(PAGE, edits[0])
        assert mended == PAGE.replace("the the", "the")
        assert await editor.actions("page.md", spot(0, 0, 0)) == []
        assert await editor.actions("page.md", twice.range, [types.CodeActionKind.Refactor]) == []
        assert (
            len(await editor.actions("page.md", twice.range, [types.CodeActionKind.QuickFix])) == 1
        )

        editor.change("page.md", mended)
        told = await editor.shown()
        assert [one.code for one in told.diagnostics] == ["TX013"]
        editor.change("page.md", mended.replace(",,", ","))
        told = await editor.shown()
        assert (told.version, list(told.diagnostics)) == (3, [])

    edit(folder, session)


def test_changes_that_follow_each_other_are_checked_once(folder: Path) -> None:
    async def session(editor: Editor) -> None:
        editor.open("page.md", "# Rest\n\nTake rest.\n")
        assert not (await editor.shown()).diagnostics
        for end in ("", ",", ",,", ",, ", ",, o", ",, or"):
            editor.change("page.md", f"# Rest\n\nTake rest{end} sleep well.\n")
        told = await editor.shown()
        assert (told.version, len(told.diagnostics)) == (7, 1)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(editor.told.get(), 1)

    edit(folder, session)


def test_formats_and_documents_without_a_file(folder: Path) -> None:
    async def session(editor: Editor) -> None:
        html = "<!doctype html><title>T</title>\r\n<h1>Rest</h1>\r\n<p>😀 &amp; Take <b>the the</b> pill.</p>\r\n"
        editor.open("page.html", html, "html")
        told = await editor.shown()
        start = units("<p>😀 &amp; Take <b>")
        assert [one.range for one in told.diagnostics] == [spot(2, start, start + 7)]
        editor.open("page.txt", "Rest\n\nWe see the the doctor.\n", "plaintext")
        assert [one.range for one in (await editor.shown()).diagnostics] == [spot(2, 7, 14)]
        for language, many in (("markdown", 1), ("python", None)):
            uri = f"untitled:One-{language}"
            item = types.TextDocumentItem(uri, language, 1, "# Rest\n\nWe see the the doctor.\n")
            editor.client.text_document_did_open(types.DidOpenTextDocumentParams(item))
            if many:
                told = await editor.shown()
                assert told.uri == uri
                assert "TX010" in [one.code for one in told.diagnostics]
        editor.close("page.txt")
        told = await editor.shown()
        assert (told.uri, list(told.diagnostics)) == (editor.uri("page.txt"), [])

    edit(folder, session)


def test_what_cannot_be_read_is_said_in_the_first_line(folder: Path) -> None:
    async def session(editor: Editor) -> None:
        editor.open("empty.md", " \n")
        assert not (await editor.shown()).diagnostics
        settings = folder / "piamater.toml"
        settings.write_text("[check]\nselekt = 1\n", "utf-8")
        editor.open("page.md", PAGE)
        (only,) = (await editor.shown()).diagnostics
        assert only.range == spot(0, 0, 3)
        assert "selekt" in only.message
        assert await editor.hover("page.md", 0, 0) is None
        settings.write_text(ONLY, "utf-8")
        editor.save("page.md")
        assert len((await editor.shown()).diagnostics) == 2

    edit(folder, session)


@pytest.mark.parametrize(
    "text",
    ["\x00\x00\x00", "\ud83d the the", "<a" * 3_000, "---\n: [\n---\nx", "\u2028the the\x0b\x0c,,"],
)
def test_no_text_ends_the_server(folder: Path, text: str) -> None:
    async def session(editor: Editor) -> None:
        for name in ("page.md", "page.html", "page.txt"):
            editor.open(name, text)
            assert len((await editor.shown()).diagnostics) < 4
        await editor.actions("nowhere.md", spot(900, 0, 0))
        assert await editor.hover("page.md", 900, 5) is None
        editor.open("good.md", PAGE)
        assert len((await editor.shown()).diagnostics) == 2

    edit(folder, session)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-32"])
def test_an_editor_may_count_otherwise(folder: Path, encoding: str) -> None:
    async def session(editor: Editor) -> None:
        editor.open("page.md", PAGE)
        told = await editor.shown()
        start = len(BEFORE.encode()) if encoding == "utf-8" else len(BEFORE)
        assert told.diagnostics[0].range == spot(5, start, start + 7)

    edit(folder, session, [encoding])


def test_the_address_of_a_rule_where_the_documentation_has_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIAMATER_DOCS", "https://piamater.example/docs/")

    async def session(editor: Editor) -> None:
        editor.open("page.md", PAGE)
        first = (await editor.shown()).diagnostics[0]
        assert first.code_description
        assert first.code_description.href == "https://piamater.example/docs/reference/rules/TX010/"

    edit(folder, session)


def test_an_editor_that_dies_takes_the_server_with_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "piamater", "check", "--lsp"],
        input=b"",
        capture_output=True,
        timeout=SOON,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, b"")


def test_without_its_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "_MISSING", True)
    with pytest.raises(InputError, match=r"pip install 'piamater\[lsp\]'"):
        server.serve()
