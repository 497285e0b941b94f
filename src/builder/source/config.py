"""Options of ``conf.py`` as they are given: declared to Sphinx, and what is wrong with their values and names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.errors import AuthorError, Source, asked, meant, report_error, settings_file, warn
from builder.source.internals import given_options
from builder.source.near import is_one_slip
from builder.source.option_table import OPTIONS, Option
from builder.typeset.wording import Words, fixed_words

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


def words_of_project(config: Any) -> Words:
    """The words that the builder writes in the language of a project, with the author's own over them."""
    return fixed_words(config.language or "en", config.builder_words)


def add_options(app: Sphinx) -> None:
    """Declare all options to Sphinx."""
    for option in OPTIONS:
        app.add_config_value(option.name, option.default, option.reads, option.types, option.help)
    app.connect("config-inited", check_options)
    app.connect("config-inited", check_names)


def check_options(app: Sphinx, config: Config) -> None:
    """Give an option whose value is of the wrong type, or outside of the choices, its default; that is reported at each
    build.
    """
    wrong = []
    for option in OPTIONS:
        problem = wrong_value(option, getattr(config, option.name))
        if problem:
            wrong.append(
                AuthorError(f"{problem} {option.default!r} is used.", place_of_option(Path(app.confdir), option.name))
            )
            config[option.name] = option.default

    def report(app: Sphinx, *_: object) -> None:
        for error in wrong:
            report_error(app, error)

    if wrong:
        app.connect("env-before-read-docs", report)


def check_names(app: Sphinx, config: Config) -> None:
    """Warn of names in ``conf.py`` that begin as our options do, or nearly so, and are none."""
    ours = [option.name.removeprefix("builder_") for option in OPTIONS]
    others = [name for name in config.values if not name.startswith("builder_")]
    conf = settings_file(Path(app.confdir))
    for name in given_options(config):
        if name in NO_LONGER and name not in config.values:
            message = f"Sphinx no longer has '{name}'; {NO_LONGER[name]}"
            warn(message, Source(conf.path, line_of_name(conf, name)), "option")
            continue
        other = option_of_others(name, others) if name not in config.values else ""
        if (other or name in CALLED_ELSEWHERE) and is_used(conf, name):
            continue
        if other:
            message = f"there is no option '{name}'; did you mean '{other}'?"
            warn(message, Source(conf.path, line_of_name(conf, name)), "option")
            continue
        prefix, _, rest = name.partition("_")
        found = meant(rest, ours) if meant(prefix, ["builder"]) else ""
        if name in config.values or not (found or prefix == "builder"):
            continue
        named = f"builder_{found}" if found else CALLED_OTHERWISE.get(rest.replace("_", "").lower(), "")
        advice = f"; did you mean '{named}'?" if named else "; docs/options.md lists them."
        warn(f"the builder has no option '{name}'{advice}", Source(conf.path, line_of_name(conf, name)), "option")


CALLED_ELSEWHERE = {
    "title": "project", "authors": "author", "lang": "language", "theme": "html_theme", "logo": "html_logo",
    "extension": "extensions", "numfigs": "numfig", "bibliography": "bibtex_bibfiles",
}  # fmt: skip
"""What other tools call an option, or one that is short, nearly → its name. Settings may use such a name by
themselves.
"""


CALLED_OTHERWISE = {
    "page": "builder_trim", "pagesize": "builder_trim", "paper": "builder_trim", "papersize": "builder_trim",
    "font": "builder_body_font", "fontfamily": "builder_body_font", "style": "builder_preset",
    "theme": "builder_preset", "look": "builder_preset", "color": "builder_accent",
    "tocdepth": "builder_contents_depth", "name": "builder_pdf_name", "filename": "builder_pdf_name",
    "decks": "builder_lectures", "slides": "builder_lectures",
    "language": "language", "lang": "language", "title": "project", "author": "author", "authors": "author",
}  # fmt: skip
"""What an author may call one of our options or of Sphinx's, behind ``builder_``, without hyphens → its name."""


OF_A_WORD = ("project", "author", "copyright", "version", "release", "language", "extensions", "numfig", "title")
"""Names of one word that each project may give a value, among them what others call ``project``."""
NO_LONGER = {
    "source_parsers": "take it out, and write 'myst_parser' in extensions, which reads Markdown: extensions = "
    "['myst_parser'].",
}
"""Options that Sphinx once had, and that old settings have → what to do."""


def is_used(conf: Source, name: str) -> bool:
    """Return whether a name is one of a settings file's own: it stands there once more, or is imported."""
    with suppress(OSError, UnicodeDecodeError):
        count = len(re.findall(rf"\b{re.escape(name)}\b", Path(conf.path).read_text(encoding="utf-8")))
        return count != 1 or not line_of_name(conf, name)
    return True


def option_of_others(name: str, known: Iterable[str]) -> str:
    """Return which option of Sphinx, a theme or an extension is named ``name`` but for one letter, or for capitals; ''
    for a name of the project's own. Names without an underscore are often such: they are like some of Sphinx's alone.
    """
    found = next((other for other in known if other.casefold() == name.casefold()), CALLED_ELSEWHERE.get(name, ""))
    if found or "_" not in name.strip("_"):
        one = "" if name in OF_A_WORD else next((other for other in OF_A_WORD if is_one_slip(name, other)), "")
        return found or CALLED_ELSEWHERE.get(one, one)
    return next((other for other in known if len(other) >= len("html_theme") and is_one_slip(name, other)), "")


def place_of_option(confdir: Path, name: str) -> Source:
    """Return the line of a project's settings that gives an option its value, or their file."""
    conf = settings_file(confdir)
    return Source(conf.path, line_of_name(conf, name))


def line_of_name(conf: Source, name: str) -> int:
    """Return the line on which a settings file gives ``name`` its value, the last of several; 0 where none is found."""
    with suppress(OSError, UnicodeDecodeError):
        lines = Path(conf.path).read_text(encoding="utf-8").splitlines()
        set_here = re.compile(rf"^\s*{re.escape(name)}\s*[:=]")
        return max((number for number, line in enumerate(lines, start=1) if set_here.match(line)), default=0)
    return 0


def wrong_value(option: Option, value: object) -> str:
    """Return what is wrong with the value of an option, and what it may be; '' when it can be used."""
    if not isinstance(value, option.types) or (bool not in option.types and isinstance(value, bool)):
        expected = " or ".join(kind.__name__ for kind in option.types)
        return f"{option.name} must be {expected}, not {value!r}. {option.help}"
    if isinstance(value, int | float) and value < option.least:
        return f"{option.name} must not be below {option.least}, as {value!r} is. {option.help}"
    if option.holds and isinstance(value, dict):
        wrong = next((item for item in value.items() if not isinstance(item[1], option.holds)), None)
        return f"{option.name} has {wrong[0]!r}: {wrong[1]!r}; write a text. {option.help}" if wrong else ""
    if option.pattern and value and not re.fullmatch(option.pattern, str(value)):
        return f"{option.name} is {value!r}; write it like {option.example!r}."
    if option.choices and value not in option.choices:
        allowed = ", ".join(repr(choice) for choice in option.choices)
        return f"{option.name} is {value!r}; write one of {allowed}.{asked(str(value), map(str, option.choices))}"
    return ""
