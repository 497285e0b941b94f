"""The name that an author will have meant, put behind messages of Sphinx and its extensions that know only what is not
there: a label, a document, a work, a directive, an option.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from functools import reduce
from logging import LogRecord
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from myst_parser.slugs import github_slugify
from sphinx.application import Sphinx

from builder.errors import meant
from builder.source.annotations.front_matter import OF_MYST
from builder.source.annotations.restructured import ENDINGS, as_restructured
from builder.source.annotations.unknown_names import of_directive, of_role
from builder.source.internals import directive_names, option_names, role_names
from builder.source.jupyter_book import is_jupyter_book
from builder.source.not_installed import how_to_add
from builder.source.pictures.kinds import absence
from builder.source.pictures.marks import short_name

QUOTED = re.compile(r"[\"'`“‘](?P<word>[^\"'`”’]+)[\"'`”’]")
BEHIND_COLON = re.compile(r": (?P<word>\S+)$")
OPTION_OF_DOCUTILS = re.compile(r'Error in "(?P<directive>[^"]+)" directive:\nunknown option: "(?P<word>[^"]+)"')
ASKED = "; did you mean '"
OF_OPTION = re.compile(r"Unknown option key: '(?P<word>[^']+)' \(allowed: (?P<allowed>\[.*\])\)")


def labels(app: Sphinx) -> Collection[str]:
    """The labels of all documents."""
    domain = app.env.domains.standard_domain
    return {*domain.labels, *domain.anonlabels}


def equations(app: Sphinx) -> Collection[str]:
    """The labels of all formulas."""
    domain: Any = app.env.get_domain("math")
    return set(domain.equations)


def documents(app: Sphinx) -> Collection[str]:
    """The names of all documents."""
    return app.env.found_docs


def labels_and_documents(app: Sphinx) -> Collection[str]:
    """What a link of Markdown may lead to."""
    files = {str(app.env.doc2path(name, base=False)) for name in app.env.found_docs}
    return {*labels(app), *documents(app), *files}


def works(app: Sphinx) -> Collection[str]:
    """The keys of all bibliographies."""
    domain: Any = app.env.get_domain("cite")
    return set(domain.bibdata.data.entries)


def languages(_app: Sphinx) -> Collection[str]:
    """The names by which Pygments knows languages."""
    from pygments.lexers import get_all_lexers

    return {name for _title, names, *_rest in get_all_lexers() for name in names}


KNOWN: dict[str, Callable[[Sphinx], Iterable[str]]] = {
    "ref.ref": labels,
    "ref.numref": labels,
    "ref.eq": equations,
    "ref.doc": documents,
    "toc.not_readable": documents,
    "myst.xref_missing": labels_and_documents,
    "bibtex.key_not_found": works,
    "misc.highlighting_failure": languages,
    "myst.directive_unknown": lambda app: directive_names(app),
    "myst.role_unknown": lambda app: role_names(app),
    "myst.topmatter": lambda _app: OF_MYST,
    "Unknown directive type": lambda app: directive_names(app),
    "Unknown interpreted text role": lambda app: role_names(app),
}
"""Type of a message, or how one of docutils begins → the names that there are."""


UNKNOWN = re.compile(r"^(?P<what>Unknown (?:directive type|interpreted text role)):? [\"'](?P<name>[^\"']+)[\"']")
TWICE = re.compile(r'^Duplicate ID: "(?P<label>[^"]+)" used by <')
IN_JUPYTER_BOOK = {
    "myst_enable_extensions in conf.py": "parse.myst_enable_extensions in _config.yml",
    "the extensions in conf.py": "sphinx.extra_extensions in _config.yml",
}
"""Settings of ``conf.py`` → those of a Jupyter Book."""
FOOTNOTE = re.compile(r'^Unknown target name: "(?P<name>[^"]+)"\.')
NOT_READ = re.compile(
    r'^Lexing literal_block .* as "(?P<language>[^"]+)" resulted in an error at token: (?P<token>.*?)\. Retrying',
    re.DOTALL,
)
"""What Sphinx says, with all of the code, of code that is not of its language."""
WITHOUT_LANGUAGE = re.compile(r"^No source code lexer found for notebook cell \d+")
"""What MyST-NB says of code in a notebook without a kernel."""
IN_TOCTREE = re.compile(r"^toctree contains reference to nonexisting document '(?P<name>[a-z]+):\s*(?P<value>[^']+)'")
"""What Sphinx says of an option that it takes for a document."""
REFERENCES = re.compile(r"^Too many autonumbered footnote references:")
MISSING_PICTURE = re.compile(r"^image file not readable: (?P<name>.+)$")
LOCAL_PLACE = re.compile(r"^local id not found in doc '(?P<document>[^']+)': '(?P<name>[^']+)'")
MISSING_FILE = re.compile(r"^(?:html_\w+_path entry|logo file|favicon file) '(?P<name>.+)' does not exist$")
OWNERS = {
    "cite": "sphinxcontrib.bibtex", "bibliography": "sphinxcontrib.bibtex", "footcite": "sphinxcontrib.bibtex",
    "prf": "sphinx_proof", "exercise": "sphinx_exercise", "solution": "sphinx_exercise", "card": "sphinx_design",
    "grid": "sphinx_design", "grid-item": "sphinx_design", "tab-set": "sphinx_design", "dropdown": "sphinx_design",
    "button-link": "sphinx_design", "button-ref": "sphinx_design", "tabs": "sphinx_tabs.tabs",
    "code-cell": "myst_nb", "glue": "myst_nb", "mermaid": "sphinxcontrib.mermaid", "graphviz": "sphinx.ext.graphviz",
    "digraph": "sphinx.ext.graphviz", "todo": "sphinx.ext.todo", "automodule": "sphinx.ext.autodoc",
    "autoclass": "sphinx.ext.autodoc", "autofunction": "sphinx.ext.autodoc", "autosummary": "sphinx.ext.autosummary",
    "margin": "sphinx_book_theme", "toggle": "sphinx_togglebutton", "youtube": "sphinxcontrib.youtube",
}  # fmt: skip
"""Directive or role, or the domain of some → the extension that it comes with."""


def owned(message: str) -> str:
    """Return where a directive or role comes from that nobody knows; '' where that is not known either."""
    found = UNKNOWN.match(message)
    owner = OWNERS.get(found["name"], OWNERS.get(found["name"].partition(":")[0], "")) if found else ""
    if not owner:
        return ""
    return f"; it comes with '{owner}': {how_to_add(owner)}"


def of_ours(record: LogRecord, message: str) -> str:
    """Return what is to be said behind a directive or role that nobody knows and that was meant for one of ours."""
    found = UNKNOWN.match(message)
    if found is None:
        return ""
    is_restructured = f"{getattr(record, 'location', '')}".partition(":")[0].endswith(ENDINGS)
    if "role" in found["what"]:
        said = of_role(found["name"], is_restructured=is_restructured)
    else:
        said = of_directive(found["name"])
    return f"; {as_restructured(said) if is_restructured else said}" if said else ""


def of_markdown(record: LogRecord, message: str) -> None:
    """Say in words of Markdown what docutils says of a footnote that is not there."""
    place = getattr(record, "location", None)
    if ".md" not in str(place):
        return
    if found := FOOTNOTE.match(message):
        name = found["name"]
        record.msg = f"there is no footnote [^{name}]; write '[^{name}]: ' and its words, on a line of its own."
        record.args = ()
    elif REFERENCES.match(message):
        record.msg, record.args = "a footnote that this document refers to is not there.", ()


def of_labels(record: LogRecord, message: str) -> None:
    """Say in a sentence what docutils says of two places with one label."""
    if found := TWICE.match(message):
        record.msg = "two places here have the label '%s', as a heading and a figure; give one of them another."
        record.args = (found["label"],)


def of_jupyter_book(app: Sphinx, record: LogRecord) -> None:
    """Name the settings of a Jupyter Book where a remedy names those of ``conf.py``, which it has not."""
    message = LogRecord.getMessage(record)
    if " in conf.py" in message and is_jupyter_book(Path(app.confdir)):
        record.msg, record.args = reduce(lambda text, names: text.replace(*names), IN_JUPYTER_BOOK.items(), message), ()


def of_code(_app: Sphinx, record: LogRecord, code: re.Match[str]) -> None:
    """Say in a sentence what Sphinx says of code that is not of its language."""
    record.msg = (
        "this code is not of the language '%s' at %s, so colours may be missing there; name another language, or "
        "'text', behind the fence."
    )
    record.args = (code["language"], code["token"])


def of_notebooks(_app: Sphinx, record: LogRecord, _found: re.Match[str]) -> None:
    """Say what a notebook lacks whose code has no colours."""
    record.msg = "this notebook names no language, so its code has no colours; give it a kernel (kernelspec)."
    record.args = ()


def of_pictures(app: Sphinx, record: LogRecord, picture: re.Match[str]) -> None:
    """Say what we say of a picture that is not there, so that it is said once."""
    path = Path(app.srcdir, picture["name"])
    if not os.path.exists(path):  # which takes a name that no file can have
        record.msg, record.args = "the picture '%s' %s", (short_name(picture["name"]), absence(path))
        vars(record).update(type="builder", subtype="picture")


def of_toctrees(_app: Sphinx, record: LogRecord, option: re.Match[str]) -> None:
    """Say how an option is written that Sphinx takes for a document."""
    record.msg = "'%s: %s' is no option, but text; write ':%s: %s'."
    record.args = 2 * (option["name"], option["value"])


def of_places(app: Sphinx, record: LogRecord, place: re.Match[str]) -> None:
    """Say which heading of another document a link may mean that names it as Jupyter does."""
    slugs = app.env.metadata.get(place["document"], {}).get("myst_slugs", {})
    wanted = github_slugify(unquote(place["name"]).replace("-", " "))
    found = wanted if wanted in slugs else meant(wanted, slugs)
    if found:
        put_behind(record, LogRecord.getMessage(record), f"{ASKED}#{found}'?")


def of_files(app: Sphinx, record: LogRecord, file: re.Match[str]) -> None:
    """Say which file or folder beside one that is not there a setting may mean."""
    path = Path(app.confdir, file["name"])
    beside = sorted(other.name for other in path.parent.iterdir()) if path.parent.is_dir() else []
    found = meant(path.name, beside)
    remedy = f"did you mean '{PurePosixPath(file['name']).with_name(found)}'?" if found else IN_SETTINGS
    put_behind(record, LogRecord.getMessage(record), f"; {remedy}")


IN_SETTINGS = "paths start at the folder of conf.py."
SAID_OTHERWISE: Mapping[re.Pattern[str], Callable[[Sphinx, LogRecord, re.Match[str]], None]] = {
    NOT_READ: of_code, WITHOUT_LANGUAGE: of_notebooks, IN_TOCTREE: of_toctrees, MISSING_PICTURE: of_pictures,
    MISSING_FILE: of_files, LOCAL_PLACE: of_places,
}  # fmt: skip
"""What other tools say → what makes of it what an author can do."""


def suggest(app: Sphinx, record: LogRecord) -> None:
    """Say what an author can do in a message of another tool: put the name behind it that was meant, or the extension
    that a name comes with; what is said of code and of footnotes, in other words. Other messages stay as they are.
    """
    if getattr(record, "type", "") in ("docutils", "myst", ""):
        of_markdown(record, LogRecord.getMessage(record))
        of_labels(record, LogRecord.getMessage(record))
    kind = f"{getattr(record, 'type', '')}.{getattr(record, 'subtype', '')}"
    message = LogRecord.getMessage(record)
    matches = ((found, say) for pattern, say in SAID_OTHERWISE.items() if (found := pattern.match(message)))
    if (match := next(matches, None)) is not None:
        found, say = match
        say(app, record, found)
    elif (words := of_ours(record, message) or owned(message)) and words not in message:
        put_behind(record, message, words)
    elif option := OPTION_OF_DOCUTILS.match(message):
        name = meant(option["word"], option_names(option["directive"]))
        if name and ASKED not in message:
            put_behind(record, message, f"{ASKED}{name}'?")
    elif ASKED not in message and (kind == "myst.directive_option" or kind_of(kind, message) in KNOWN):
        # it may come again
        with suppress(AttributeError, LookupError):  # before documents are read there is no environment
            if name := name_meant(app, kind_of(kind, message), message):
                put_behind(record, message, f"{ASKED}{name}'?")
    of_jupyter_book(app, record)


def put_behind(record: LogRecord, message: str, words: str) -> None:
    """Put words behind a message, before the source that docutils shows."""
    bare, gap, shown = message.partition("\n\n")
    record.msg = f"{bare.rstrip('.')}{words}{gap}{shown}"
    record.args = ()


def kind_of(kind: str, message: str) -> str:
    """Return the kind of a message; of one of docutils, which have none, what it begins with."""
    found = UNKNOWN.match(message) if kind not in KNOWN else None
    return found["what"] if found else kind


def name_meant(app: Sphinx, kind: str, message: str) -> str:
    """Return which name an author will have meant; '' where a message names none, or all are unlike it."""
    if kind == "myst.directive_option":
        option = OF_OPTION.search(message)
        return meant(option["word"], re.findall(r"'([^']+)'", option["allowed"])) if option else ""
    found = QUOTED.search(message) if kind != "myst.xref_missing" else None
    if kind == "myst.xref_missing":
        found = next((each for each in QUOTED.finditer(message) if each["word"] != "myst"), None)
    found = found or BEHIND_COLON.search(message)
    if found is None:
        return ""
    known = set(KNOWN[kind](app)) - {found["word"]}
    tails = {tail: name for name in known if ":" in name and (tail := name.rpartition(":")[2])}
    return meant(found["word"], known) or tails.get(meant(found["word"].rpartition(":")[2], tails), "")
