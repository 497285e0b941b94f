"""What a project is made from beside the files in its folders, for who must know whether that changed before Sphinx
sets anything up.
"""

from __future__ import annotations

import sys
from functools import partial
from inspect import unwrap
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import eval_config_file
from sphinx.errors import ConfigError
from sphinx.util.tags import Tags

from builder.source.drawings import drawing_programs
from builder.source.internals import given_options
from builder.source.notebooks import kernel_folders
from builder.source.premises import module_file, modules_read_anew, web_files
from builder.store.keys import key_of
from builder.store.stamps import asked_for

DECIDING = (
    "config-inited", "builder-inited", "env-get-outdated", "env-before-read-docs", "env-updated", "html-collect-pages",
    "build-finished",
)  # fmt: skip
"""Events of builds in which nothing is read: what is connected to them may decide at each build what it does."""
BY_FILES = (
    "alabaster", "builder", "furo", "myst_nb", "myst_parser", "notfound", "pallets_sphinx_themes",
    "pydata_sphinx_theme", "sphinx", "sphinx_basic_ng", "sphinx_book_theme", "sphinx_comments", "sphinx_copybutton",
    "sphinx_design", "sphinx_exercise", "sphinx_external_toc", "sphinx_inline_tabs", "sphinx_multitoc_numbering",
    "sphinx_proof", "sphinx_rtd_theme", "sphinx_tabs", "sphinx_thebe", "sphinx_togglebutton", "sphinxcontrib.bibtex",
    "sphinxcontrib.jquery", "sphinxcontrib.log_cabinet", "sphinxcontrib.mermaid", "sphinxext.opengraph",
)  # fmt: skip
"""Extensions and themes that decide by files and options alone."""
BY_MORE = ("sphinx.ext.apidoc",)
"""Parts of them that do not."""


def decides_anew(app: Sphinx) -> bool:
    """True if a function of the project's own, or of an extension that is not known, may decide at each build what it
    does.
    """
    handlers = (listener.handler for event in DECIDING for listener in app.events.listeners.get(event, ()))
    homes = (str(getattr(handler, "__module__", "")) for handler in map(without_arguments, handlers))
    return not all(is_of(home, BY_FILES) and not is_of(home, BY_MORE) for home in homes)


def without_arguments(handler: object) -> object:
    """The function of a handler that has some of its arguments already, or that is kept from ending the build."""
    handler = unwrap(handler) if callable(handler) else handler
    return handler.func if isinstance(handler, partial) else handler


def is_of(module: str, packages: tuple[str, ...]) -> bool:
    """True if a module is one of ``packages``, or in one."""
    return any(module == name or module.startswith(f"{name}.") for name in packages)


def values_given(app: Sphinx) -> str:
    """A digest of what ``conf.py`` gave, '' where there is none; it is right until the first extension is set up."""
    return values_key(given_options(app.config), app.tags) if (Path(app.confdir) / "conf.py").is_file() else ""


def values_now(config: Path, source: Path, edition: str) -> str:
    """A digest of what ``conf.py`` gives when it is executed now, '' where there is none, or where it ends with an
    error.
    """
    file, tags = config / "conf.py", Tags([edition] if edition else [])
    if not file.is_file():
        return ""
    with modules_read_anew((config, source)):
        try:
            namespace = eval_config_file(file, tags)
        except ConfigError:
            return ""
    return values_key(namespace, tags)


def values_key(values: dict[str, object], tags: Tags) -> str:
    """A digest of values by their names, and of tags; functions and modules count by their kind, since they change with
    their files.
    """
    return key_of({name: value for name, value in values.items() if not name.startswith("__")}, sorted(tags))


def paths_read(app: Sphinx) -> list[Path]:
    """Files that the project was read from and made of, and folders of which all files count, wherever they lie."""
    env, config, confdir = app.env, app.config, Path(app.confdir)
    names: set[str] = {str(name) for found in env.dependencies.values() for name in found}
    names.update(str(name) for found in (env.images, env.dlfiles) for name in found)
    paths = {Path(app.srcdir, name) for name in names} | set(map(Path, asked_for()))
    paths |= {path for module in list(sys.modules.values()) if (path := module_file(module)) is not None}
    paths |= {*web_files(app), *drawing_programs(app), (confdir / config.builder_lectures).parent}
    paths |= set(kernel_folders(env))
    if config.builder_fonts:
        paths.add(confdir / config.builder_fonts)
    return sorted(paths)
