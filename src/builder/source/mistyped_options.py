"""Options of Sphinx and of extensions whose value is nearly right: one text for a list, a number for a text, a name
that is nearly another. Each is taken as it was meant, with a warning that has its line; most would end the build.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from pygments.styles import get_all_styles
from sphinx.application import Sphinx

from builder.errors import AuthorError, asked, meant, warn
from builder.source.config import place_of_option
from builder.source.internals import given_options, kinds_of_options
from builder.source.jupyter_book import is_there

LISTS: set[type] = {list, tuple, set, frozenset}
SYNTAX_OF_MYST = "myst_enable_extensions"


def take_as_meant(app: Sphinx) -> None:
    """Give the options that are known so far, and whose value is of another type than theirs, the value that was
    meant.
    """
    given, kinds = given_options(app.config), {"extensions": frozenset(LISTS)} | kinds_of_options(app.config)
    messages: list[tuple[str, str]] = []
    for name, value in [*given.items()]:
        mended = value_meant(name, value, kinds.get(name, frozenset()))
        if mended is not None:
            given[name] = mended
            messages.append((name, f"{name} is {value!r}; it is taken for {mended!r}, so write that."))
        elif reason := without_meaning(name, value, kinds.get(name, frozenset())):
            del given[name]
            messages.append((name, f"{name} is {value!r}; {reason}. All is made as if it were not written."))
    if isinstance(given.get("extensions"), list):
        messages += [("extensions", message) for message in with_underscores(given)]
    if isinstance(given.get(SYNTAX_OF_MYST), Collection) and SYNTAX_OF_MYST in kinds:
        messages += [(SYNTAX_OF_MYST, message) for message in without_unknown_syntax(given)]
        messages += without_wrong_syntax(given)
    app.config.extensions = given.get("extensions", [])

    def report(app: Sphinx, *_: object) -> None:
        for name, message in messages:
            warn(message, place_of_option(Path(app.confdir), name), "option")

    if messages:
        app.connect("env-before-read-docs", report)


def value_meant(name: str, value: Any, kinds: frozenset[type]) -> Any:
    """Return what was meant by a value that is of none of ``kinds``; None for one that is right, or not understood."""
    if name == "source_suffix" and isinstance(value, str) and value and not value.startswith("."):
        return f".{value}"
    if name == "language" and value == "":
        return "en"
    if name in OF_TEXTS and isinstance(value, list | tuple) and not all(isinstance(one, str) for one in value):
        return [one for one in value if isinstance(one, str)]
    if not kinds or isinstance(value, tuple(kinds)):
        return None
    if isinstance(value, str | Mapping) and kinds & LISTS:
        return re.split(r"[\s,]+", value) if name in OF_NAMES and isinstance(value, str) else as_list(value)
    if kinds == {bool}:
        return WORDS.get(str(value).casefold())
    if str in kinds and isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    if str in kinds and isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return {} if kinds == {dict} and value is not None and not isinstance(value, str | Mapping) else None


WORDS = {"yes": True, "true": True, "on": True, "1": True, "no": False, "false": False, "off": False, "0": False}
"""What stands for a value that is true or false."""
NUMBERS = frozenset({int, float})


def without_meaning(name: str, value: Any, kinds: frozenset[type]) -> str:
    """Return why nothing can be made of a value, most of which would end the build; '' for one that can be used."""
    if name in STYLES and isinstance(value, str):
        return no_style(value)
    if name == "source_suffix" and value is None:
        return "it must be a table {...}"
    if not kinds or name in OF_ANY_TYPE or isinstance(value, tuple(kinds)) or callable(value):
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool) and kinds & NUMBERS:
        return ""
    wanted = {list} if kinds >= LISTS else kinds - {type(None)}
    return f"it must be {' or '.join(sorted(KINDS.get(kind, kind.__name__) for kind in wanted))}"


STYLES = ("pygments_style", "pygments_dark_style")
OF_NAMES = ("extensions", SYNTAX_OF_MYST)
OF_TEXTS = (
    "extensions", "exclude_patterns", "source_suffix", "html_static_path", "html_extra_path", "html_theme_path",
    "templates_path", "locale_dirs", "suppress_warnings", "bibtex_bibfiles",
)  # fmt: skip
"""Options that are lists of texts."""
OF_ANY_TYPE = ("language", "source_suffix", "html_sidebars", "html_context")
"""Options that Sphinx looks at itself, or that extensions fill with what they like."""
KINDS = {
    str: "a text", bool: "True or False", dict: "a table {...}", list: "a list [...]", tuple: "a tuple", set: "a set",
    frozenset: "a set", int: "a number", float: "a number",
}  # fmt: skip


def no_style(name: str) -> str:
    """Return the message on the name of a style of code that is none; '' for one that there is."""
    styles = [*get_all_styles(), "none", "sphinx", "pyramid"]
    return (
        ""
        if name in styles or "." in name
        else f"there is no such style of code, as {meant(name, styles) or 'sphinx'} is"
    )


def as_list(value: str | Mapping[Any, Any]) -> list[Any]:
    """One text, or the keys of a table, as a list."""
    return [value] if isinstance(value, str) else list(value)


def without_wrong_syntax(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Take the options out of which MyST cannot make anything, of which one has it use none; yields their names with a
    message.
    """
    from myst_parser.config.main import MdParserConfig

    fields = {field.name for field in MdParserConfig.get_fields()}
    for name in [name for name in given if name.removeprefix("myst_") in fields - {"enable_extensions"}]:
        value = given[name]
        try:
            MdParserConfig(**{name.removeprefix("myst_"): value})
        except (TypeError, ValueError) as error:
            del given[name]
            yield name, f"{name} is {value!r}: {error}. All is made as if it were not written."


def with_underscores(given: dict[str, Any]) -> Iterator[str]:
    """Name extensions as their modules are, where they are given by the names that they are installed by; yields a
    message for each.
    """
    names = [str(name) for name in given["extensions"]]
    given["extensions"] = [as_module(name) for name in names]
    for name, module in zip(names, given["extensions"], strict=True):
        if name != module:
            yield f"there is no extension '{name}'; it is taken for '{module}', so write that."


def as_module(name: str) -> str:
    """The module that is meant by a name with hyphens, or the name itself."""
    module = name.replace("-", "_")
    return module if module != name and not is_there(name) and is_there(module) else name


def without_unknown_syntax(given: dict[str, Any]) -> Iterator[str]:
    """Take the extensions that MyST has not out of those that are given; yields a message for each."""
    from myst_parser.config.main import MdParserConfig

    known, unknown = [], []
    for name in given[SYNTAX_OF_MYST]:
        try:
            MdParserConfig(enable_extensions={name})
            known.append(name)
        except (TypeError, ValueError):
            unknown.append(str(name))
    if unknown:
        given[SYNTAX_OF_MYST] = known
    for name in unknown:
        yield f"MyST has no extension '{name}'.{asked(name, SYNTAX)}"


SYNTAX = (
    "amsmath", "attrs_block", "attrs_image", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist",
    "html_admonition", "html_image", "linkify", "replacements", "smartquotes", "strikethrough", "substitution",
    "tasklist",
)  # fmt: skip
"""The extensions of MyST."""


def check_first_document(app: Sphinx, suffixes: Collection[str]) -> None:
    """Look whether the first document is there, where its name is nearly that of another.

    Raises:
        AuthorError: it is not.
    """
    given = given_options(app.config)
    for name in ("root_doc", "master_doc"):
        root = given.get(name)
        if isinstance(root, str) and not any(Path(app.srcdir, root + suffix).is_file() for suffix in suffixes):
            names = {path.stem for path in Path(app.srcdir).iterdir() if path.suffix in suffixes}
            found = root.rpartition(".")[0] if root.rpartition(".")[0] in names else meant(root, names)
            if found:
                message = f"{name} is '{root}', and there is no such document. Did you mean '{found}'?"
                raise AuthorError(message, place_of_option(Path(app.confdir), name))


def name_missing_first_document(app: Sphinx, *_of_event: object) -> None:
    """Look whether the first document is there when all that is made before reading has been made.

    Raises:
        AuthorError: it is not.
    """
    root, given = app.config.root_doc, given_options(app.config)
    name = "master_doc" if "master_doc" in given else "root_doc"
    if name not in given or root in app.env.found_docs or Path(app.env.doc2path(root)).is_file():
        return
    found = next(iter(sorted(app.env.found_docs, key=lambda docname: (docname != "index", docname))), "")
    remedy = f"name one that there is, as '{found}'" if found else "write it"
    message = f"{name} is '{root}', and there is no such document; {remedy}."
    raise AuthorError(message, place_of_option(Path(app.confdir), name))
