"""What an editor asks ``builder lsp`` over standard input and output, and what it is answered."""

from __future__ import annotations

import asyncio
import base64
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from lsprotocol import types
from pygls.lsp.client import LanguageClient

from builder.build.request import Request
from builder.build.session import run
from builder.commands.lsp.server import SLIDES

pytestmark = pytest.mark.slow

CHAPTER = """(first)=
# First

{.slide}
## Counting :point:

[So far]{.point} the words.

```{chart} data/rows.csv
:x: year
:y: one
:name: fig-rows

A chart
```

```{slide} One more
Words.
```

## Nothing

Plain words.
"""
FILES = {
    "conf.py": 'project = "A book"\n',
    "index.md": "# Book\n\n```{toctree}\none\n```\n",
    "one.md": CHAPTER,
    "data/rows.csv": "year;one;two words\n1937;1,5;2\n1938;2,5;3\n",
    "slides/lectures.toml": '[[lecture]]\nname = "first-week"\ntitle = "The first week"\ndocuments = ["one"]\n',
}


class Editor(LanguageClient):
    """An editor that keeps the diagnostics it is sent."""

    def __init__(self) -> None:
        super().__init__("editor", "1")
        self.found: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(lambda sent: self.found.put_nowait(sent))

    async def open(self, path: Path, text: str) -> types.TextDocumentIdentifier:
        self.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(path.as_uri(), "markdown", 1, text))
        )
        return types.TextDocumentIdentifier(path.as_uri())

    async def completed(self, path: Path, text: str) -> list[str]:
        """What is offered where ``|`` stands in a text."""
        before, _, after = text.partition("|")
        document = await self.open(path, before + after)
        line, character = before.count("\n"), len(before.rpartition("\n")[2].encode("utf-16-le")) // 2
        answer = await self.text_document_completion_async(
            types.CompletionParams(document, types.Position(line, character))
        )
        assert isinstance(answer, list)
        return [item.label for item in answer]


def edit(folder: Path, act: Callable[[Editor], Coroutine[Any, Any, None]]) -> None:
    """Start the server, act as an editor, and end both."""

    async def whole() -> None:
        editor = Editor()
        await editor.start_io(sys.executable, "-m", "builder", "lsp", "--stdio")
        try:
            await editor.initialize_async(types.InitializeParams(types.ClientCapabilities(), root_uri=folder.as_uri()))
            editor.initialized(types.InitializedParams())
            await asyncio.wait_for(act(editor), 90)
        finally:
            await editor.shutdown_async(None)
            editor.exit(None)
            await editor.stop()

    asyncio.run(whole())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    return tmp_path


def test_marks_directives_options_and_names_are_completed(project: Path) -> None:
    cases = {
        "```{ch|": {"chart"},
        "```{|": {"slide", "notes", "chart", "timeline", "map", "columns", "column", "question", "edition"},
        "Words [of mine]{.subp|": {"subpoint"},
        "{.sl|": {"slide", "slide-picture"},
        "{.slide .b|": {"backup"},
        "Words {st|": {"statement", "student"},
        "```{chart} |": {"data/rows.csv"},
        "```{chart} data/rows.csv\n:er|": {"errors"},
        "```{chart} data/rows.csv\n:x: year\n:y: one, tw|": {"two words"},
        "```{chart} data/rows.csv\n:type: st|": {"stacked-bar", "stacked-column"},
        "```{slide} A title\n:rev|": {"reveal"},
        "```{slide} A title\n:decks: |": {"first-week"},
        "```{slide} A title\n:layout: before|": {"before-after"},
        "𝛼 See {numref}`fig|`": {"fig-rows"},
        "See {ref}`words <fi|>`": {"first", "fig-rows"},
        "See {doc}`o|`": {"one"},
        "See [](#fir|)": {"first"},
        "Words.|": set(),
        "```{note}\n:cl|": set(),
    }

    async def act(editor: Editor) -> None:
        for number, (text, expected) in enumerate(cases.items()):
            found = await editor.completed(project / f"new-{number}.md", text)
            assert set(found) == expected, text
        assert await editor.completed(project / "conf.py", "builder_pre|") == ["builder_preset"]
        assert "thesis" in await editor.completed(project / "conf.py", 'builder_preset = "|"')
        lectures = project / "slides/lectures.toml"
        assert await editor.completed(lectures, '[[lecture]]\ndocuments = ["o|"]') == ["one"]

    edit(project, act)


def test_a_column_that_was_added_is_completed_at_once(project: Path) -> None:
    async def act(editor: Editor) -> None:
        text = "```{chart} data/rows.csv\n:x: |"
        assert await editor.completed(project / "a.md", text) == ["year", "one", "two words"]
        (project / "data/rows.csv").write_text("year,three\n1937,1\n", encoding="utf-8")
        assert await editor.completed(project / "b.md", text) == ["year", "three"]

    edit(project, act)


def test_what_is_wrong_is_marked_until_it_is_mended(project: Path) -> None:
    wrong = CHAPTER.replace(":x: year", ":x: yeer").replace("Plain words.", "See {ref}`nowhere`.")
    path = project / "one.md"
    path.write_text(wrong, encoding="utf-8")

    async def act(editor: Editor) -> None:
        document = await editor.open(path, wrong)
        found = await editor.found.get()
        assert found.uri == path.as_uri()
        shown = {(item.range.start.line, item.severity): item.message for item in found.diagnostics}
        assert "yeer" in shown[8, types.DiagnosticSeverity.Error]
        assert "nowhere" in shown[22, types.DiagnosticSeverity.Warning]
        path.write_text(CHAPTER, encoding="utf-8")
        editor.text_document_did_save(types.DidSaveTextDocumentParams(document))
        assert not (await editor.found.get()).diagnostics

    edit(project, act)


def test_the_slides_of_the_section_under_the_cursor(project: Path) -> None:
    assert run(Request(project, project, project / "_build", quiet=True)).status == 0
    lines = CHAPTER.splitlines()

    async def act(editor: Editor) -> None:
        document = await editor.open(project / "one.md", CHAPTER)

        async def at(words: str) -> list[dict[str, Any]]:
            place = {"line": lines.index(words), "character": 1}
            question = {"textDocument": {"uri": document.uri}, "position": place}
            answer = await editor.protocol.send_request_async(SLIDES, question)
            return list(answer)

        counting = await at("[So far]{.point} the words.")
        assert [(one["deck"], one["slide"]) for one in counting] == [
            ("first-week", "Counting :point:"),
            ("first-week", "One more"),
        ]
        kind, _, picture = counting[0]["picture"].partition(",")
        assert kind == "data:image/png;base64"
        assert base64.b64decode(picture).startswith(b"\x89PNG")
        assert [one["slide"] for one in await at("Words.")] == ["One more", "Counting :point:"]
        assert [one["slide"] for one in await at("Plain words.")] == [], "a section without marks has no slide"
        hover = await editor.text_document_hover_async(
            types.HoverParams(document, types.Position(lines.index("## Counting :point:"), 3))
        )
        assert hover is not None
        assert "The first week, slide" in str(hover.contents)

    edit(project, act)


def test_what_a_directive_takes_is_shown_under_the_pointer(project: Path) -> None:
    async def act(editor: Editor) -> None:
        document = await editor.open(project / "one.md", CHAPTER)
        hover = await editor.text_document_hover_async(types.HoverParams(document, types.Position(8, 5)))
        assert hover is not None
        assert "A chart over columns of a CSV file." in str(hover.contents)
        assert ":errors:" in str(hover.contents)

    edit(project, act)


def test_a_file_of_no_project_is_left_alone(tmp_path: Path) -> None:
    async def act(editor: Editor) -> None:
        assert await editor.completed(tmp_path / "notes.md", "```{|") == []

    edit(tmp_path, act)
