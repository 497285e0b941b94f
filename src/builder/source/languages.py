"""The language of a book: what is no code of one, the code of one that is named in words, and that of a book whose
settings name none.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from babel import Locale, localedata
from sphinx.application import Sphinx
from sphinx.config import Config

from builder.errors import AuthorError, report_error, settings_file, warn
from builder.source.config import place_of_option
from builder.source.internals import given_options
from builder.source.written_in import language_by_words

CODE = re.compile(r"[A-Za-z]{2,3}([-_@.].*)?")

NAMED_IN = {
    "conf.py": "write language = '{}'",
    "_config.yml": "write 'language: {}' below 'config:' below 'sphinx:'",
    "myst.yml": "write 'language: {}' below 'project:'",
}
"""File of settings → how it names the language of a book."""


def setup(app: Sphinx) -> None:
    """Look at the language of a project before anything takes it."""
    app.connect("config-inited", check_language)
    app.connect("config-inited", leave_marks_of_hebrew)


class TellsItsLanguage:
    """What makes an application take English where the language is no text; it stands before Sphinx's own class."""

    def _init_i18n(self) -> None:
        app = cast("Sphinx", self)
        given = given_options(app.config)
        if found := unnamed_language(app):
            given["language"] = app.config.language = found
            app.connect("env-before-read-docs", lambda app, *_: tell_language(app, found, "and built so, though"))
        value = given.get("language", "en")
        if value is not None and not isinstance(value, str):
            given["language"] = app.config.language = "en"
            use_english(app, repr(value))
        super()._init_i18n()  # type: ignore[misc]


def check_language(app: Sphinx, config: Config) -> None:
    """Have a book in English whose language is no code; that is reported at each build."""
    if not isinstance(app, TellsItsLanguage) and (found := unnamed_language(app)):  # which has asked before
        app.connect("env-before-read-docs", lambda app, *_: tell_language(app, found, "but built in English, as"))
    config.language = language = config.language or "en"
    if CODE.fullmatch(language):
        return
    config.language = "en"
    use_english(app, language)


def leave_marks_of_hebrew(_app: Sphinx, config: Config) -> None:
    """Leave apostrophes and quotation marks as they are in a Hebrew book, unless its settings ask for others: behind
    letters they are geresh and gershayim, which smart quotes have as the ends of quotations.
    """
    asked = {"smartquotes", "smartquotes_action", "smartquotes_excludes"} & {*given_options(config), *config.overrides}
    if str(config.language).partition("_")[0] in ("he", "iw") and not asked:
        given_options(config)["smartquotes"] = config.smartquotes = False


def unnamed_language(app: Sphinx) -> str:
    """Return the language that a book is written in and its settings do not name; '' for English, or an unknown one."""
    if is_named(app.config):
        return ""
    excluded = given_options(app.config).get("exclude_patterns", ())  # what is asked of the options has its value then
    found = language_by_words(Path(app.srcdir), excluded if isinstance(excluded, list | tuple) else ())
    return found if found != "en" else ""


def is_named(config: Config) -> bool:
    """Return whether a project's settings or the command line name a language."""
    return "language" in given_options(config) or "language" in config.overrides


def tell_language(app: Sphinx, found: str, consequence: str) -> None:
    """Warn that no setting names the language of a book that is written in another one than English."""
    name, where = Locale.parse(found).get_display_name("en"), settings_file(Path(app.confdir))
    write = NAMED_IN[Path(where.path).name].format(found)
    warn(f"this book is written in {name} {consequence} nothing names its language: {write}.", where, "language")


def use_english(app: Sphinx, language: str) -> None:
    """Have each build report that a language is none."""
    error = AuthorError(f"{no_language(language)} English is used.", place_of_option(Path(app.confdir), "language"))
    app.connect("env-before-read-docs", lambda app, *_: report_error(app, error))


def no_language(name: str) -> str:
    """Return the message on what is no language, with the code of the one that is meant."""
    return f"there is no language '{name}'; write its code, as en, de or pt_BR.{language_meant(name)}"


def language_meant(name: str) -> str:
    """Return the question for the code of a language that is named in words, English or its own; '' for no language."""
    locales = [Locale.parse(code) for code in localedata.locale_identifiers() if "_" not in code]
    codes = {
        word.casefold(): locale.language
        for locale in locales
        for word in (locale.english_name, locale.get_language_name())
        if word
    }
    return f" Did you mean '{codes[name.casefold()]}'?" if name.casefold() in codes else ""
