"""The language that a project's sources are written in, by their words, for one that does not say it.

A language of spaces is known by its stop words, those that Sphinx leaves out of its search; another one by its script.
Where two are alike, as Danish and Norwegian, nothing is known.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from sphinx.search import languages
from sphinx.util import import_object
from sphinx.util.matching import Matcher

SOURCES = (".md", ".rst", ".ipynb", ".qmd", ".Rmd")
OTHERS = re.compile(r"[._].*|node_modules|site-packages|s?env|venv")
"""Folders that hold no sources of the project."""
FILES, CHARACTERS, NOTEBOOK = 24, 20_000, 4_000_000
"""How many files are looked at, how much of each, and the size of a notebook that is too large to be, in bytes."""
LEAST = 300
"""Words below which a language is not known; letters in a script that parts no words."""
SHARE, MARGIN = 0.2, 1.5
"""The least share of stop words among all, and how many times the share of any other language it is."""
CODE = re.compile(r"^([`~:]{3,}+)[^\n]*\n.*?^\1", re.MULTILINE | re.DOTALL)
NOT_PROSE = re.compile(r"`[^`\n]*`|\$[^$\n]*\$|(?<!\S)[^\s\\/_<>=:@{}]*+[\\/_<>=:@{}]\S*")
"""Code, formulas, and what has a sign that no word has; that is looked for once a word, however long it is."""
WORD = re.compile(r"[^\W\d_]+")
SCRIPTS = {
    "ja": "[\u3041-\u30ff]", "ko": "[\uac00-\ud7a3]", "th": "[\u0e01-\u0e5b]", "el": "[\u0370-\u03ff]",
    "he": "[\u05d0-\u05ea]", "ka": "[\u10d0-\u10ff]", "hy": "[\u0531-\u058f]",
}  # fmt: skip
"""Language → the letters of a script that it alone has."""
CHINESE = {"zh_CN": "[这个们说对时为么会]", "zh_TW": "[這個們說對時為麼會]"}
"""Region → characters that only it writes so."""
HAN = "[\u4e00-\u9fff]"
OF_SCRIPT = 0.1
"""The least share of a script's letters among all: Japanese has Chinese ones between its own."""


def language_by_words(folder: Path, excluded: Iterable[str] = ()) -> str:
    """Return the code of the language that the sources in a folder are written in; '' where it is not known.

    ``excluded`` are patterns of what is no source of the project, as Sphinx reads them.
    """
    text = "\n".join(prose_of(path) for path in some_of(sources_in(folder, Matcher(excluded))))
    return by_script(text) or by_stop_words(text)


def sources_in(folder: Path, is_excluded: Callable[[str], bool]) -> list[Path]:
    """Return the sources in a folder and those below it, sorted."""
    found: list[Path] = []
    for top, below, names in os.walk(folder):
        place = Path(top).relative_to(folder)
        below[:] = [each for each in below if not OTHERS.fullmatch(each) and not is_excluded((place / each).as_posix())]
        sources = [each for each in names if each.endswith(SOURCES) and not is_excluded((place / each).as_posix())]
        found += (path for path in (Path(top, each) for each in sources) if path.is_file())  # a pipe is never read
    return sorted(found)


def some_of(paths: list[Path]) -> list[Path]:
    """Return as many paths as are looked at, from all of the list."""
    return paths[:: -(-len(paths) // FILES)] if paths else []


def prose_of(path: Path) -> str:
    """Return the words of a source, without most of its code and markup; '' for one that cannot be read."""
    with suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
        if path.suffix == ".ipynb":
            cells = json.loads(path.read_bytes())["cells"] if path.stat().st_size < NOTEBOOK else []
            text = "\n\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
        else:
            with path.open(encoding="utf-8") as file:
                text = file.read(CHARACTERS)
        return NOT_PROSE.sub(" ", CODE.sub("", text[:CHARACTERS]))
    return ""


def by_script(text: str) -> str:
    """Return the language whose letters a text is written in; '' for a script of several."""
    letters = sum(map(str.isalpha, text))
    for language, script in (*SCRIPTS.items(), ("zh", HAN)):
        if letters >= LEAST and len(re.findall(script, text)) >= OF_SCRIPT * letters:
            return language if language != "zh" else max(CHINESE, key=lambda one: len(re.findall(CHINESE[one], text)))
    return ""


def by_stop_words(text: str) -> str:
    """Return the language whose stop words a text has, many more of them than of any other; '' for none."""
    words = Counter(WORD.findall(text.casefold()))
    total = words.total()
    if total < LEAST:
        return ""
    shares = [(sum(words[word] for word in stop) / total, language) for language, stop in stop_words()]
    (second, _), (first, language) = sorted(shares)[-2:]
    return language if first >= max(SHARE, MARGIN * second) else ""


def stop_words() -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the languages in which Sphinx can search and the words of each that it leaves out."""
    for language, found in languages.items():
        search = import_object(found) if isinstance(found, str) else found
        if search.stopwords and language != "zh":  # Sphinx leaves English words out where it searches in Chinese
            yield language, frozenset(search.stopwords)
