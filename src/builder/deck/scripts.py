"""Text in several scripts: runs parted by script and marked with their language, and which way a paragraph runs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from unicodedata import bidirectional

from babel.core import get_global

from builder.deck.model import Run, Runs, plain
from builder.typeset.scripts import LANGUAGES, SAME_SCRIPT, runs_from_right, script_language

PATTERN = {language: pattern for language, _direction, pattern in LANGUAGES}
_STRETCH = re.compile(
    "(?P<he>[\u0590-\u05ff\ufb1d-\ufb4f]+(?:[\\s\u0590-\u05ff\ufb1d-\ufb4f]*[\u0590-\u05ff\ufb1d-\ufb4f])?)"
    "|(?P<ar>[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]+(?:[\\s\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc]*[\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc])?)"
    "|(?P<ko>[\u1100-\u11ff\uac00-\ud7af]+(?:[\\s\u1100-\u11ff\uac00-\ud7af]*[\u1100-\u11ff\uac00-\ud7af])?)"
    "|(?P<zh>[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+)"
    "|(?P<th>[\u0e00-\u0e7f]+)"
)
OFFICE_TAGS = {"ar": "ar-SA"}
"""Where office programs take another region than the likeliest by CLDR."""
FROM_LEFT = "\u200e"
"""Unicode's mark beside signs that belong to words which run to the right, such as the brackets of ``call()``."""
EAST_ASIAN = ("ja", "ko", "zh")


def language_tag(language: str) -> str:
    """``ja`` → ``ja-JP``, as office programs name languages: with a region, the likeliest one where none is given."""
    if language in OFFICE_TAGS:
        return OFFICE_TAGS[language]
    likely: str | None = get_global("likely_subtags").get(language)
    if likely is None:
        return language.replace("_", "-")
    name, _script, region = likely.split("_")[:3]
    return f"{name}-{region}"


def direction(runs: Runs, *, from_right: bool = False) -> str:
    """``rtl`` or ``ltr``, the way that a paragraph runs: that of most of its letters.

    In a deck ``from_right`` a paragraph runs to the right only where it has no letter that does not; formulas and
    code say nothing of it.
    """
    text = "".join(run.text for run in runs if not run.math and not run.code)
    if from_right:
        letters = [bidirectional(letter) for letter in text]
        return "ltr" if "L" in letters and not {"R", "AL"} & set(letters) else "rtl"
    found = script_language(plain(runs))
    return found[1] if found else "ltr"


def side_of(runs: Runs) -> str:
    """``left`` or ``right``, the side at which a paragraph begins."""
    return "right" if direction(runs) == "rtl" else "left"


def is_foreign(runs: Runs) -> bool:
    """True for a paragraph that needs more room between its lines than Latin text: it holds another script."""
    text = plain(runs)
    return not text.isascii() and _STRETCH.search(text) is not None


def by_script(runs: Runs, lang: str = "") -> Runs:
    """``runs`` parted where the script changes, each part in another script marked with its language.

    Han characters are Japanese where kana stand in the paragraph or the deck ``lang`` is Japanese. Text in the script
    of a deck that runs from the right is in the language of the deck, and stands in one run with its numbers.
    """
    text = plain(runs)
    if text.isascii() or not _STRETCH.search(text):
        return runs
    han = "ja" if lang.startswith("ja") or PATTERN["ja"].search(text) else "ko" if lang.startswith("ko") else "zh"
    own = lang.split("-")[0] if runs_from_right(lang) else ""
    return tuple(part for run in runs for part in _parts(run, han, SAME_SCRIPT.get(own, own)))


def _parts(run: Run, han: str, own: str) -> Iterator[Run]:
    if run.math or run.lang:
        yield run
        return
    end = 0
    for match in _STRETCH.finditer(run.text):
        if match.lastgroup == own:
            continue
        if match.start() > end:
            yield replace(run, text=run.text[end : match.start()])
        language = str(match.lastgroup)
        yield replace(run, text=match.group(), lang=language_tag(han if language == "zh" else language))
        end = match.end()
    if end < len(run.text):
        yield replace(run, text=run.text[end:])
