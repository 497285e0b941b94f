"""The protocol's side of ``builder lsp``: requests and notices of an editor, and what it is sent."""

from __future__ import annotations

import asyncio
import base64
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path
from pypdfium2 import PdfiumError

from builder import __version__
from builder.commands.lsp import words
from builder.commands.lsp.completion import FENCE, Cursor, completions
from builder.commands.lsp.findings import Finding, findings_of
from builder.commands.lsp.names import ProjectFiles, project_of
from builder.commands.lsp.slides import HEADING, ShownSlide, content, slides_at

SLIDES = "builder/slides"
"""Our own request: the slides at a place, each with its picture as a data URL."""
TRIGGERS = ["{", ":", ".", "`", "#", "/", '"', " ", ","]
SEVERITIES = {"error": types.DiagnosticSeverity.Error, "warning": types.DiagnosticSeverity.Warning}


class BuilderServer(LanguageServer):
    """A language server; each project is checked by one process at a time."""

    def __init__(self) -> None:
        super().__init__("builder", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Incremental)
        self.checks: dict[ProjectFiles, asyncio.Task[None]] = {}
        self.again: set[ProjectFiles] = set()
        self.marked: defaultdict[ProjectFiles, set[Path]] = defaultdict(set)
        """The files in which the last check of a project found something."""

    def place(self, uri: str, position: types.Position) -> tuple[Cursor, ProjectFiles] | None:
        """Return a place and its project; None where a file belongs to none."""
        path = Path(to_fs_path(uri) or "")
        project = project_of(path)
        if project is None:
            return None
        document = self.workspace.get_text_document(uri)
        before = document.source[: document.offset_at_position(position)]
        return Cursor(path.resolve(), tuple(before.split("\n"))), project

    def check(self, uri: str) -> None:
        """Have the project of a file checked, after the check that is under way."""
        project = project_of(Path(to_fs_path(uri) or ""))
        if project is None:
            return
        self.again.add(project)
        if project not in self.checks:
            self.checks[project] = asyncio.ensure_future(self.check_until_current(project))

    async def check_until_current(self, project: ProjectFiles) -> None:
        """Check a project until nobody asked for it meanwhile, and publish each time what was found."""
        try:
            while project in self.again:
                self.again.discard(project)
                self.publish(project, await findings_of(project))
        finally:
            del self.checks[project]

    def publish(self, project: ProjectFiles, found: list[Finding]) -> None:
        """Send the findings of a project, and take away those of files that have none any more."""
        by_path: defaultdict[Path, list[types.Diagnostic]] = defaultdict(list)
        for finding in found:
            by_path[finding.path].append(diagnostic(finding))
        for path in sorted({*by_path, *self.marked[project]}):
            uri = from_fs_path(str(path)) or ""
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, by_path.get(path, [])))
        self.marked[project] = set(by_path)

    def slides(self, uri: str, line: int) -> list[ShownSlide]:
        """Return the slides of the section in which a line stands."""
        path = Path(to_fs_path(uri) or "").resolve()
        project = project_of(path)
        if project is None or not path.is_relative_to(project.source):
            return []
        lines = self.workspace.get_text_document(uri).source.split("\n")
        return slides_at(project, project.docname(path), lines[: line + 1])


def diagnostic(finding: Finding) -> types.Diagnostic:
    """Return a finding as the protocol has it: the whole of its line."""
    line = max(finding.line - 1, 0)
    whole = types.Range(types.Position(line, 0), types.Position(line + 1, 0))
    return types.Diagnostic(whole, finding.message, SEVERITIES[finding.severity], finding.kind, source="builder")


def pictured(shown: ShownSlide) -> str:
    """Return the picture of a slide as a data URL; '' where its PDF is not there."""
    with suppress(OSError, IndexError, PdfiumError):
        return "data:image/png;base64," + base64.b64encode(shown.picture()).decode()
    return ""


def about_line(line: str, slides: Callable[[], list[ShownSlide]]) -> str:
    """Return what a directive is and takes, or which slides show the section of a heading; '' for other lines."""
    match = FENCE.match(line)
    if match and (about := words.about(match["name"])):
        options = ", ".join(f"`:{name}:`" for name in words.options_of(match["name"]))
        return f"{about}\n\n{options}"
    if HEADING.match(line):
        return "\n".join(f"- {one.title}, slide {one.number}: {one.slide}" for one in slides())
    return ""


def server() -> BuilderServer:
    """Return a server with all that it answers."""
    made = BuilderServer()

    @made.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=TRIGGERS))
    def complete(ls: BuilderServer, asked: types.CompletionParams) -> list[types.CompletionItem]:
        found = ls.place(asked.text_document.uri, asked.position)
        if found is None:
            return []
        answer = completions(*found)
        width = ls.workspace.position_codec.client_num_units(answer.begun)
        begin = types.Position(asked.position.line, asked.position.character - width)
        written = types.Range(begin, asked.position)
        kind = types.CompletionItemKind.Keyword
        return [
            types.CompletionItem(word.text, kind=kind, detail=word.about, text_edit=types.TextEdit(written, word.text))
            for word in answer.words
        ]

    @made.feature(types.TEXT_DOCUMENT_HOVER)
    def hover(ls: BuilderServer, asked: types.HoverParams) -> types.Hover | None:
        lines = ls.workspace.get_text_document(asked.text_document.uri).source.split("\n")
        line = lines[asked.position.line] if asked.position.line < len(lines) else ""
        text = about_line(line, lambda: ls.slides(asked.text_document.uri, asked.position.line))
        return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, text)) if text else None

    @made.feature(SLIDES)
    def show_slides(ls: BuilderServer, asked: Any) -> list[dict[str, Any]]:
        shown = ls.slides(asked.textDocument.uri, asked.position.line)
        pictures = map(pictured, shown)
        return [one | {"picture": picture} for one, picture in zip(content(shown), pictures, strict=True)]

    @made.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(ls: BuilderServer, asked: types.DidOpenTextDocumentParams) -> None:
        project = project_of(Path(to_fs_path(asked.text_document.uri) or ""))
        if project is not None and project not in ls.marked:
            ls.marked[project] = set()
            ls.check(asked.text_document.uri)

    @made.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(ls: BuilderServer, asked: types.DidSaveTextDocumentParams) -> None:
        ls.check(asked.text_document.uri)

    return made
