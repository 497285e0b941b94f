"""``builder new``: each kind of project builds without a warning; nothing is written over what lies there."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from pptx import Presentation

from builder.commands.cli import main
from builder.commands.new import run
from builder.commands.new.kinds import KINDS
from builder.pptx.template.reading import BUILT_IN

from conftest import titles


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def new(*arguments: str) -> int:
    return main(["new", *arguments])


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_builds_without_a_warning(
    here: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], kind: str
) -> None:
    assert new("my book", "--kind", kind, "--author", "A. Name") == 0
    monkeypatch.chdir(here / "my book")
    assert main(["build", "-q", "-W"]) == 0, capfd.readouterr().err
    assert capfd.readouterr().err == ""
    built = here / "my book/_build"
    assert "My book" in (built / "html/index.html").read_text(encoding="utf-8")
    assert len(list(built.glob("pdf/*.pdf"))) == 1
    decks = [Presentation(io.BytesIO(path.read_bytes())) for path in built.glob("slides/*.pptx")]
    assert all(len(titles(deck)) >= 3 for deck in decks)
    assert any(shape.has_chart for deck in decks for slide in deck.slides for shape in slide.shapes)


def test_it_says_what_it_wrote_and_what_to_do_next(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new("my-book", "--kind", "course") == 0
    said = capsys.readouterr().out
    assert "book/01-sums.md" in said
    assert "cd my-book" in said
    assert "builder serve" in said
    assert {".gitignore", ".github", ".vscode", "requirements.txt"} <= {
        path.name for path in (here / "my-book").iterdir()
    }


def test_a_new_project_is_built_from_the_folder_above_it_too(here: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert new("one", "--kind", "talk") == 0
    assert main(["build", "-q", "-W", "--to", "html", "one"]) == 0, capfd.readouterr().err
    assert (here / "_build/html/index.html").is_file()


def test_titles_and_names_may_hold_anything(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (
        new("one", "--kind", "talk", "--title", 'A "quoted" \\ title', "--author", "Ж. O'Brien", "--language", "mn")
        == 0
    )
    monkeypatch.chdir(here / "one")
    assert main(["build", "-q", "-W", "--to", "html"]) == 0


@pytest.mark.parametrize(
    ("lies", "words"), [("notes.txt", "is not empty"), (".hidden", "is not empty"), ("", "is a file")]
)
def test_nothing_is_written_over_what_lies_there(
    here: Path, capsys: pytest.CaptureFixture[str], lies: str, words: str
) -> None:
    if lies:
        (here / "taken").mkdir()
        (here / "taken" / lies).write_text("mine", encoding="utf-8")
    else:
        (here / "taken").write_text("mine", encoding="utf-8")
    before = sorted(here.rglob("*"))
    assert new("taken", "--kind", "talk") == 1
    assert words in capsys.readouterr().err
    assert sorted(here.rglob("*")) == before


def test_a_folder_with_a_repository_alone_is_empty(here: Path) -> None:
    (here / "mine/.git").mkdir(parents=True)
    assert new("mine", "--kind", "talk") == 0


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (["--kind", "novel"], "there is no kind 'novel'"),
        (["--language", "xx"], "there is no language 'xx'"),
        (["--template", "plian"], "Did you mean 'plain'?"),
        (["--template", "missing.pptx"], "there is no template missing.pptx"),
    ],
)
def test_an_answer_that_cannot_be_used_is_told(
    here: Path, capsys: pytest.CaptureFixture[str], option: list[str], words: str
) -> None:
    assert new("one", *option) == 1
    assert words in capsys.readouterr().err
    assert not (here / "one").exists()


def test_a_template_of_the_house_is_copied(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "house.pptx").write_bytes((BUILT_IN / "dark.pptx").read_bytes())
    assert new("one", "--kind", "talk", "--template", "house.pptx") == 0
    assert 'template = "house.pptx"' in (here / "one/slides/lectures.toml").read_text(encoding="utf-8")
    monkeypatch.chdir(here / "one")
    assert main(["build", "-q", "-W", "--to", "pptx"]) == 0


def test_four_questions_are_asked_on_a_terminal(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def answer(question: str) -> str:
        asked.append(question)
        return {0: "Stones", 2: "talk"}.get(len(asked) - 1, "")

    monkeypatch.setattr(run, "asks", lambda: True)
    monkeypatch.setattr("builtins.input", answer)
    assert new("one") == 0
    assert len(asked) == 4
    assert '"Stones"' in (here / "one/conf.py").read_text(encoding="utf-8")
    assert not (here / "one/book/01-sums.md").exists()


def test_a_question_is_asked_again_after_an_answer_that_cannot_be_used(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter(["Stones", "", "de", "talk", "german", "de"])
    monkeypatch.setattr(run, "asks", lambda: True)
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    assert new("one") == 0
    said = capsys.readouterr().out
    assert "there is no kind 'de'; write one of" in said
    assert "there is no language 'german'" in said
    assert "language = 'de'" in (here / "one/conf.py").read_text(encoding="utf-8").replace('"', "'")


def test_no_question_is_asked_without_a_terminal_or_with_a_kind(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builtins.input", lambda question: pytest.fail(question))
    assert new("one") == 0
    monkeypatch.setattr(run, "asks", lambda: True)
    assert new("two", "--kind", "course") == 0


def test_the_schema_that_editors_load_is_that_of_the_code(here: Path) -> None:
    sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
    from make_schema import TARGET, content

    assert TARGET.read_text(encoding="utf-8") == content()
    assert new("one", "--kind", "talk") == 0
    assert (here / "one/.vscode/lectures.schema.json").is_file()
    assert (
        (here / "one/slides/lectures.toml")
        .read_text(encoding="utf-8")
        .startswith("#:schema ../.vscode/lectures.schema.json")
    )
