"""The words that the builder writes for readers: every language has them all, in its own grammar."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from builder.typeset.wording import FOLDER, KEYS, LANGUAGES, PLURALS, fixed_words, joined, numbered, spans_of, words_of

PRINTED = (
    "ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hu", "it", "ja", "ko", "mn", "nb", "nl",
    "pl", "pt", "ru", "sv", "tr", "uk", "zh",
)  # fmt: skip


def test_all_languages_of_print_are_here() -> None:
    assert set(PRINTED) <= set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_word(language: str) -> None:
    """In its own file: no word falls back to English; `list` and `and` may come from CLDR."""
    words = words_of(language)
    assert not set(KEYS) - set(words), f"write these words in {FOLDER / language}.toml"
    assert all(words[key].strip() or key == "comma" for key in KEYS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_has_its_number_or_name_where_english_has(language: str) -> None:
    english, words = words_of("en"), words_of(language)
    assert {key: word.count("{}") for key, word in words.items() if not key.endswith("_two")} == {
        key: word.count("{}") for key, word in english.items()
    }


@pytest.mark.parametrize(
    ("language", "one", "two", "three", "pages"),
    [
        ("en", "Chapter 3", "Chapters 1 and 2", "Chapters 1, 2 and 4", "pages 1–4, 9"),
        ("de", "Kapitel 3", "Kapitel 1 und 2", "Kapitel 1, 2 und 4", "Seiten 1–4, 9"),
        ("cs", "Kapitola 3", "Kapitoly 1 a\u00a02", "Kapitoly 1, 2 a\u00a04", "strany 1–4, 9"),
        ("hu", "3. fejezet", "1. és 2. fejezet", "1., 2. és 4. fejezet", "1–4., 9. oldal"),
        ("ja", "第3章", "第1、2章", "第1、2、4章", "1–4、9ページ"),
        ("ko", "3장", "1 및 2장", "1, 2 및 4장", "1–4, 9쪽"),
        ("zh_CN", "第3章", "第1和2章", "第1、2和4章", "第1–4，9页"),
        ("ar", "الفصل 3", "الفصلان 1 و2", "الفصول 1 و2 و4", "الصفحات 1–4، 9"),
        ("he", "פרק 3", "פרקים 1 ו-2", "פרקים 1, 2 ו-4", "עמודים 1–4, 9"),
        ("fa", "فصل 3", "فصل‌های 1 و 2", "فصل‌های 1، 2 و 4", "صفحه‌های 1–4، 9"),
        ("ru", "Глава 3", "Главы 1 и 2", "Главы 1, 2 и 4", "страницы 1–4, 9"),
    ],
)
def test_lists_and_plurals_are_those_of_the_language(language: str, one: str, two: str, three: str, pages: str) -> None:
    words = fixed_words(language, {})
    assert numbered("chapter", ["3"], words) == one
    assert numbered("chapter", ["1", "2"], words) == two
    assert numbered("chapter", ["1", "2", "4"], words) == three
    assert spans_of("page", [("1", "4"), ("9", "9")], words) == pages


def test_nothing_is_written_for_no_number() -> None:
    words = fixed_words("en", {})
    assert (numbered("chapter", [], words), spans_of("page", [], words), joined([], words)) == ("", "", "")


def test_a_region_takes_its_own_words_or_those_of_its_language() -> None:
    assert fixed_words("pt_BR", {}) == fixed_words("pt", {})
    assert fixed_words("zh-TW", {})["contents"] != fixed_words("zh_CN", {})["contents"]
    assert fixed_words("tlh", {}) == fixed_words("en", {})


def test_an_author_has_words_of_his_own() -> None:
    """With `{}` where the number goes; before it without."""
    words = fixed_words("ar", {"chapters": "Parts {} of", "chapter": "Unit", "and": "&"})
    assert numbered("chapter", ["3"], words) == "Unit 3"
    assert words["chapter_alone"] == "Unit"
    assert numbered("chapter", ["1", "2"], words) == "Parts 1 & 2 of"


def test_the_page_of_languages_is_the_catalogue() -> None:
    sys.path.insert(0, str(Path(__file__).parent.parent / "tools"))
    from make_languages_page import TARGET, page

    assert TARGET.read_text(encoding="utf-8") == page()


def test_every_word_is_written_somewhere() -> None:
    """Plurals and forms without a number by way of the word that they belong to."""
    package = FOLDER.parent.parent
    code = "".join(file.read_text() for pattern in ("*.py", "*.typ") for file in package.rglob(pattern))
    named = {key for key in KEYS if re.search(rf'words\.{key}\b|["\']{key}["\']', code)}
    assert set(KEYS) - named - set(PLURALS.values()) - {"chapter_alone", "appendix_alone"} == set()
