"""What the samples say: each language has a file in ``texts/``, name → text of a place between ``@@`` in a sample."""

from __future__ import annotations

import tomllib
from pathlib import Path

from babel import Locale
from babel.core import get_global

TEXTS = Path(__file__).parent / "texts"
USUAL = "en"
LANGUAGES = tuple(sorted(path.stem for path in TEXTS.glob("*.toml")))


def texts_in(language: str) -> dict[str, str]:
    """Return name → text of the samples in one of ``LANGUAGES``."""
    texts: dict[str, str] = tomllib.loads((TEXTS / f"{language}.toml").read_text(encoding="utf-8"))
    return texts


def language_of_texts(language: str) -> str:
    """Return which of ``LANGUAGES`` a project in ``language`` gets its texts in: ``de_AT`` those of ``de``, but
    ``zh_TW``, which is in another script, not those of ``zh``; English where there are none.
    """
    if language in LANGUAGES:
        return language
    locale = Locale.parse(language)
    usual_script = Locale.parse(get_global("likely_subtags").get(locale.language, locale.language)).script
    alike = locale.script in (None, usual_script)
    return locale.language if alike and locale.language in LANGUAGES else USUAL
