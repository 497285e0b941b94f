"""The extension for VS Code: its files are those that the code gives, and hold only what the builder reads."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from builder.commands.lsp import words

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "editors/vscode"
NODE = shutil.which("node") or ""


def read(name: str) -> Any:
    return json.loads((EXTENSION / name).read_text(encoding="utf-8"))


def test_grammar_and_schema_are_written_anew_with_the_code() -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    import make_editor_files

    for path, text in make_editor_files.files().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: run tools/make_editor_files.py"


def test_files_that_the_extension_names_are_there() -> None:
    package = read("package.json")
    offered = package["contributes"]
    named = [entry["path"] for kind in ("grammars", "snippets") for entry in offered[kind]]
    named += [package["main"], *(entry["url"] for entry in offered["tomlValidation"])]
    assert [name for name in named if not (EXTENSION / name).is_file()] == []


def rules() -> list[dict[str, Any]]:
    """The rules of both grammars."""
    grammars = [read(f"syntaxes/{name}.tmLanguage.json") for name in ("directives", "marks")]
    return [one["repository"][pattern["include"].lstrip("#")] for one in grammars for pattern in one["patterns"]]


def painted(line: str) -> dict[str, str]:
    """Scope → words of a line that the grammars paint."""
    found = {}
    for rule in rules():
        if match := re.search(rule["match"], line):
            for number, capture in rule["captures"].items():
                scope = capture["name"].split(".")
                if "punctuation" not in scope and match[int(number)]:
                    found[".".join(scope[:-1])] = match[int(number)]
    return found


def test_a_rule_leaves_the_marks_of_a_fence_to_the_grammar_of_markdown() -> None:
    """Whoever takes them hides from it that a block begins, and the text below is painted as code."""
    for rule in rules():
        match = re.search(rule["match"], "```{chart} data/rows.csv")
        assert match is None or match.start() == 3


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("```{chart} a.csv", {"keyword.control.directive": "chart", "string.unquoted.argument": "a.csv"}),
        (":type: bar", {"variable.parameter.option": "type", "string.unquoted.value": "bar"}),
        ("{.slide .backup}", {"entity.other.attribute-name.mark": ".slide .backup"}),
        ("{#one .slide}", {"entity.other.attribute-name.mark": "#one .slide"}),
        ("So [*many*]{.point}.", {"markup.bold.mark": "*many*", "entity.other.attribute-name.mark": ".point"}),
        ("{subpoint}`many <few>`.", {"markup.bold.mark": "many <few>", "entity.other.attribute-name.mark": "subpoint"}),
        ("```{note} Words", {}),
        ("{.sliders}", {}),
        ("[words](one.md)", {}),
        ("[words]{.pointed}", {}),
    ],
)  # fmt: skip
def test_marks_are_painted(line: str, expected: dict[str, str]) -> None:
    assert painted(line) == expected


def snippet_lines() -> list[tuple[str, str]]:
    """(name, line) of all snippets, with the first choice or the usual words in each place."""
    found = []
    for name, snippet in read("snippets/chapter.json").items():
        body = snippet["body"]
        text = "\n".join(body) if isinstance(body, list) else body
        text = re.sub(r"\$\{TM_SELECTED_TEXT:(\$\{[^}]*\})\}", r"\1", text)
        text = re.sub(r"\$\{\d+\|([^|,]*)[^|]*\|\}|\$\{\d+:([^{}]*)\}", lambda match: match[1] or match[2], text)
        assert "$" not in text, text
        found += [(name, line) for line in text.split("\n")]
    return found


def test_snippets_write_only_what_is_read() -> None:
    directive, written = "", set()
    for name, line in snippet_lines():
        if match := re.match(r"[`:]{3,}\{([\w-]+)\}", line):
            directive = match[1]
            written.add(directive)
            assert directive in words.DIRECTIVES, name
        elif match := re.match(r":([\w-]+):", line):
            assert match[1] in words.options_of(directive), f"{name}: {line}"
        for mark in re.findall(r"\]\{\.([\w-]+)\}", line):
            assert mark in words.SPAN_CLASSES, name
    assert written == words.DIRECTIVES.keys()


def test_choices_in_snippets_are_values_that_are_read() -> None:
    text = (EXTENSION / "snippets/chapter.json").read_text(encoding="utf-8")
    known = {value for values in words.VALUES.values() for value in values} | set(words.ROLES)
    for choice in re.findall(r"\$\{\d+\|([^|]+)\|\}", text):
        assert set(choice.split(",")) <= known, choice


@pytest.mark.skipif(not NODE, reason="no node is installed here")
def test_the_page_beside_the_text_shows_slides_and_escapes_titles() -> None:
    """VS Code stands in by two empty modules."""
    script = """
const Module = require("module");
const load = Module._load;
Module._load = (name, ...rest) => (name.startsWith("vscode") ? {} : load(name, ...rest));
const { page } = require(process.argv[1]);
console.log(page([{ deck: "a", title: "<b>", number: 3, slide: 'One "more"', picture: "data:image/png;base64,AAAA" }]));
console.log(page([]));
"""
    done = subprocess.run(
        [NODE, "-e", script, str(EXTENSION / "extension.js")], capture_output=True, text=True, check=True
    )
    assert '<img src="data:image/png;base64,AAAA" alt="One &#34;more&#34;">' in done.stdout
    assert "&#60;b&#62;, slide 3" in done.stdout
    assert "This section has no slide" in done.stdout
