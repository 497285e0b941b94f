"""Notebooks that are no JSON, and those whose reader, kernel or a module of whose code is missing: the first cost their
own page and nothing else, of the others an author is told. What a cell wrote in pieces is one output.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePath
from typing import Any, TypeGuard

from docutils import nodes
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError
from sphinx.util import import_object

from builder.errors import AuthorError, Source, report_error, source_of, warn
from builder.source.ancestors import ancestors
from builder.source.config import place_of_option
from builder.source.kernels import end_kernels_with_build, quieten_kernels

MISSING = re.compile(r"ModuleNotFoundError[^\n]*: No module named '(?P<module>[\w.]+)'")
ESCAPES = re.compile(r"\x1b\[[0-9;]*m")

FIRST = 100
"""Priority before that of MyST-NB."""
LAST = 900
"""Priority after that of what remembers the warnings of each build."""
LACKS = "missing-kernel"
"""Key of the kernel for lack of which a document's code is not run, in what the environment holds of each."""

LONG_OUTPUT = 500
"""Lines of the result of a cell of which its author is told."""
LINES_OF_PAGE = 50


def setup(app: Sphinx) -> None:
    """Look at the readers of notebooks, and at each notebook when it is read."""
    app.connect("config-inited", leave_out_missing_readers, priority=FIRST)
    app.connect("source-read", replace_unreadable)
    app.connect("doctree-read", join_pieces)
    app.connect("doctree-read", name_missing_modules)
    app.connect("doctree-read", name_long_outputs)
    app.connect("env-before-read-docs", begin_reading)
    app.connect("env-get-outdated", read_with_kernels)
    app.connect("write-started", name_missing_kernels, priority=LAST)


def begin_reading(app: Sphinx, _env: BuildEnvironment, docnames: list[str]) -> None:
    """Have the kernels be quiet and end with the build, if code of notebooks may run."""
    if docnames and "myst_nb" in app.extensions and app.config.nb_execution_mode != "off":
        quieten_kernels()
        end_kernels_with_build()


def leave_out_missing_readers(app: Sphinx, config: Config) -> None:
    """Warn of a format of notebooks whose reader cannot be imported, and read its files as if none were named."""
    name = "nb_custom_formats"
    formats = getattr(config, name, None)
    if not isinstance(formats, dict):
        return
    missing = {}
    for ending, reader in formats.items():
        path = reader if isinstance(reader, str) else next(iter(reader), "")
        try:
            import_object(str(path))
        except ExtensionError:
            missing[ending] = str(path)
    for ending, path in missing.items():
        lacks = f"files that end in {ending} are to be read by '{path}', which cannot be imported"
        remedy = f"they are read as if {name} did not name it. Is '{path.split('.')[0]}' installed?"
        warn(f"{lacks}; {remedy}", place_of_option(Path(app.confdir), name), "notebook")
    config[name] = {ending: reader for ending, reader in formats.items() if ending not in missing}


def name_missing_modules(app: Sphinx, doctree: nodes.document) -> None:
    """Warn once of each module for lack of which a cell has an error as its result: all that follows lacks it too."""
    named: set[str] = set()
    for block in doctree.findall(nodes.literal_block):
        found = MISSING.search(ESCAPES.sub("", block.astext()))
        if not found or found["module"] in named:
            continue
        if is_output(block):
            named.add(found["module"])
            lacks = f"this cell needs the module '{found['module']}', so its result is an error"
            warn(f"{lacks}; install it, and run the notebook again.", source_of(block), "notebook")


def name_long_outputs(_app: Sphinx, doctree: nodes.document) -> None:
    """Warn of cells whose results are so long that nobody reads them in print, where they cannot be scrolled."""
    for block in doctree.findall(nodes.literal_block):
        lines = block.astext().rstrip().count("\n") + 1
        if lines >= LONG_OUTPUT and is_output(block) and not has_another_form(block):
            pages = round(lines / LINES_OF_PAGE)
            remedy = "have it print less, or tag it 'remove-output'"
            warn(f"the result of this cell has {lines:,} lines, about {pages} pages; {remedy}.", block, "notebook")


def is_output(block: nodes.Element) -> bool:
    """Return whether a block is what a cell gave."""
    return any("cell_output" in one["classes"] for one in ancestors(block) if isinstance(one, nodes.container))


def has_another_form(block: nodes.Element) -> bool:
    """Return whether a result has several forms, of which each output shows one."""
    return any(one.get("nb_element") == "mime_bundle" and len(one.children) > 1 for one in ancestors(block))


def join_pieces(_app: Sphinx, doctree: nodes.document) -> None:
    """Join what a cell wrote to the same stream in pieces: into how many a kernel cuts it is another in each run."""
    for output in doctree.findall(lambda node: isinstance(node, nodes.container) and "cell_output" in node["classes"]):
        whole: nodes.literal_block | None = None
        for block in list(output.children):
            if whole is not None and is_written(block) and block["classes"] == whole["classes"]:
                whole.rawsource = whole.astext() + block.astext()
                whole.children = []
                whole += nodes.Text(whole.rawsource)
                output.remove(block)  # type: ignore[attr-defined]
            else:
                whole = block if is_written(block) else None


def is_written(block: nodes.Node) -> TypeGuard[nodes.literal_block]:
    """True for what a cell wrote to a stream, of words or of errors."""
    return isinstance(block, nodes.literal_block) and not {"stream", "stderr"}.isdisjoint(block["classes"])


def missing_kernels(env: BuildEnvironment) -> dict[str, str]:
    """The documents whose code is not run, and the kernel that each lacks."""
    return {name: str(found[LACKS]) for name, found in env.metadata.items() if LACKS in found}


def read_with_kernels(_app: Sphinx, env: BuildEnvironment, *_changes: set[str]) -> list[str]:
    """Return the documents whose kernel is there now."""
    missing = missing_kernels(env)
    if not missing:
        return []
    from jupyter_client.kernelspec import find_kernel_specs

    installed = find_kernel_specs()
    return [docname for docname, kernel in missing.items() if kernel in installed]


def kernel_folders(env: BuildEnvironment) -> list[Path]:
    """The folders in which a kernel that a document lacks would be installed; none where none is lacking."""
    if not missing_kernels(env):
        return []
    from jupyter_core.paths import jupyter_path

    return [Path(folder) for folder in jupyter_path("kernels")]


def name_missing_kernels(app: Sphinx, *_of_event: object) -> None:
    """Warn, in each build, of the kernels for lack of which code is not run."""
    for docname, kernel in missing_kernels(app.env).items():
        lacks = f"the kernel '{kernel}' is not installed, so the code here is shown and not run"
        warn(f"{lacks}; install it and build again.", Source(str(app.env.doc2path(docname)), 1), "notebook")


def missing_kernel(error: Exception) -> str:
    """The kernel for lack of which the code of a notebook cannot be run; '' where the error is another one."""
    return str(getattr(error, "name", "")) if type(error).__name__ == "NoSuchKernel" else ""


@contextmanager
def not_run(env: BuildEnvironment, kernel: str) -> Iterator[None]:
    """Have MyST-NB run no code of the notebooks that are read meanwhile, and colour it by the language of ``kernel``
    where they do not say theirs: it would warn at each cell.
    """
    from myst_nb.core.execute.base import NotebookClientBase

    client: Any = NotebookClientBase
    usual, usual_lexer = vars(env)["mystnb_config"], client.nb_source_code_lexer
    vars(env)["mystnb_config"] = usual.copy(execution_mode="off")
    client.nb_source_code_lexer = lambda self: usual_lexer(self) or language_of(kernel)
    try:
        yield
    finally:
        vars(env)["mystnb_config"] = usual
        client.nb_source_code_lexer = usual_lexer


LANGUAGES = {"ir": "r", "ark": "r", "ijavascript": "javascript", "xcpp": "cpp"}
"""Name of a kernel → its language, where the name does not begin with it."""


def language_of(kernel: str) -> str:
    """Return the language of a kernel (``julia-1.10``, ``ir``), as Pygments names it; ``text`` for an unknown one."""
    name = re.match(r"[a-z+#]*", kernel.lower())
    language = LANGUAGES.get(kernel, name[0] if name else "")
    try:
        get_lexer_by_name(language)
    except ClassNotFound:
        return "text"
    return language


def replace_unreadable(app: Sphinx, docname: str, content: list[str]) -> None:
    """Report a notebook that cannot be read, and put one in its place that holds the reason; the document is read again
    next time.
    """
    path = str(app.env.doc2path(docname))
    if not path.endswith(".ipynb"):
        return
    problem = problem_of(content[0])
    if problem:
        report_error(app, AuthorError(f"this notebook cannot be read: {problem}; save it again.", Source(path)))
        app.env.note_reread()
        content[0] = json.dumps(notebook(f"# {PurePath(path).stem}\n\n[{problem}]"))


def problem_of(text: str) -> str:
    """Why a text is no notebook, '' when it is one."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        return f"it is no JSON ({error})"
    return "" if isinstance(found, dict) and ("cells" in found or "worksheets" in found) else "it has no cells"


def notebook(text: str) -> dict[str, Any]:
    """A notebook of one cell of Markdown."""
    cell = {"cell_type": "markdown", "id": "only", "metadata": {}, "source": text}
    return {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
