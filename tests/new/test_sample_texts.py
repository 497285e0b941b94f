"""The samples of ``builder new`` in each language: the same marks, labels and places as in English, and no warning."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from builder import __version__
from builder.commands.cli import main
from builder.commands.new.files import PLACE, SAMPLES, Wishes, project_files
from builder.commands.new.kinds import KINDS
from builder.commands.new.sample_texts import LANGUAGES, language_of_texts, texts_in

ENGLISH = texts_in("en")
OTHERS = [language for language in LANGUAGES if language != "en"]
MARKS = re.compile(
    r"\]\{[^}]+\}|\{[a-z]+\}`[a-z0-9-]+`|\{[a-z]+\}(?=`)|<[a-z]+>(?=`)|>(?=`)|(?<![}>])`[^`]+`"
    r"|\$[^$]+\$|\*n\*|\*\*|@@[^@]*@@|```"
)
"""What of a text is not for readers alone: marks, roles with their labels, formulas, code, places."""


def marks(text: str) -> Counter[str]:
    """Return mark → how often it stands in a text."""
    return Counter(MARKS.findall(text))


def columns(row: str) -> list[str]:
    """Cells of a row of a table, without the separators of thousands."""
    return [re.sub(r"(?<=\d)\D(?=\d)", "", cell.strip()) for cell in row.strip("|").split("|")]


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_each_text_with_the_marks_of_the_english_one(language: str) -> None:
    texts = texts_in(language)
    assert list(texts) == list(ENGLISH)
    for name, text in texts.items():
        assert text.strip() == text != ""
        assert text != ENGLISH[name] or " " not in text  # "Sources" is French too
        assert marks(text) == marks(ENGLISH[name]), name
        assert "\n" in ENGLISH[name] or "\n" not in text, name


@pytest.mark.parametrize("language", OTHERS)
def test_the_table_of_a_language_has_the_numbers_of_the_english_one(language: str) -> None:
    (head, line, *rows), (_, _, *theirs) = (texts["table-rows"].splitlines() for texts in (texts_in(language), ENGLISH))
    assert [columns(row) for row in rows] == [columns(row) for row in theirs]
    assert len(columns(head)) == 3
    assert re.fullmatch(r"(\|-+:){3}\|", line)


def test_each_text_has_its_place_in_a_sample_and_each_place_its_text() -> None:
    samples = [path.read_text(encoding="utf-8") for path in SAMPLES.rglob("*") if path.is_file()]
    places = {place for sample in samples for place in PLACE.findall(sample)}
    settings = {
        "project",
        "by",
        "copyright",
        "language",
        "preset",
        "extensions",
        "title",
        "version",
        "template",
        "fonts",
    }
    assert places == set(ENGLISH) | settings


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_files_of_each_kind_are_whole_in_each_language(language: str, kind: str) -> None:
    files = {
        name: content.decode() for name, content in project_files(Wishes("One", language=language), KINDS[kind]).items()
    }
    assert files.keys() == project_files(Wishes("One"), KINDS[kind]).keys()
    assert not [name for name, text in files.items() if "@@" in text]
    head, *rows = files["book/data/sums.csv"].splitlines()
    assert head.split(",") == [texts_in(language)["rows"], texts_in(language)["stones"]]
    assert len(rows) == 6
    assert all(lecture["title"] for lecture in tomllib.loads(files["slides/lectures.toml"])["lecture"])


@pytest.mark.parametrize(
    ("language", "texts"),
    [
        ("de_AT", "de"),
        ("mn_MN", "mn"),
        ("mn_Mong", "en"),
        ("zh_CN", "zh"),
        ("zh_TW", "en"),
        ("nl", "en"),
        ("en_GB", "en"),
    ],
)
def test_a_variant_of_a_language_has_its_texts_where_it_has_its_script(language: str, texts: str) -> None:
    assert language_of_texts(language) == texts


@pytest.mark.parametrize(("language", "english"), [("ja", False), ("de-CH", False), ("en-GB", False), ("zh_TW", True)])
def test_that_the_text_is_english_stands_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str, english: bool
) -> None:
    assert main(["new", str(tmp_path / "one"), "--kind", "talk", "--language", language]) == 0
    assert ("The sample's text is English" in capsys.readouterr().out) == english


@pytest.mark.parametrize(
    ("language", "fonts"),
    [
        ("de", ""),
        ("mn", ""),
        ("ar", "fontpkg-amiri\n"),
        ("he", "fontpkg-frank-ruhl-libre\n"),
        ("hi", "fontpkg-noto-sans-devanagari\n"),
        ("ja", "pylopdf-fonts-jp\n"),
        ("zh", "pylopdf-fonts-zh-cn\n"),
    ],
)
def test_a_project_requires_the_fonts_of_its_script(language: str, fonts: str) -> None:
    files = project_files(Wishes("One", language=language), KINDS["talk"])
    assert files["requirements.txt"].decode() == f"book-deck-builder=={__version__}\n{fonts}"


@pytest.mark.slow
@pytest.mark.parametrize(("language", "kind"), list(zip(OTHERS, [*KINDS, *KINDS], strict=False)))
def test_a_book_of_each_language_builds_without_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], language: str, kind: str
) -> None:
    assert main(["new", str(tmp_path / "one"), "--kind", kind, "--language", language]) == 0
    monkeypatch.chdir(tmp_path / "one")
    assert main(["build", "-q", "-W"]) == 0, capfd.readouterr().err
    assert capfd.readouterr().err == ""
    assert (tmp_path / "one/_build/html/index.html").is_file()
