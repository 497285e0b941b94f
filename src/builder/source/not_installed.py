"""Extensions and a theme that ``conf.py`` names and that cannot be had: each costs only itself, and one message says
what to install.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from difflib import get_close_matches
from importlib.metadata import entry_points, packages_distributions
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, cast

import sphinx.ext
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from builder.errors import AuthorError, Source, described, report_error, warn
from builder.source.config import place_of_option
from builder.source.internals import given_options, theme_folders
from builder.source.jupyter_book import is_there
from builder.source.unreadable import ends_build

BOOK_THEME = "sphinx_book_theme"
OF_OTHER_THEMES = ("html_theme_options", "html_sidebars", "html_style")
"""Options that mean something to the theme that they were written for."""
NEARLY = 0.9
"""How much alike a name and that of something installed must be: names of themes and extensions are much alike."""
DISTRIBUTIONS = {
    "IPython": "ipython",
    "autoapi": "sphinx-autoapi",
    "autoclasstoc": "autoclasstoc",
    "autodoc_traits": "autodoc-traits",
    "autodocsumm": "autodocsumm",
    "ablog": "ablog",
    "bokeh": "bokeh",
    "breathe": "breathe",
    "enum_tools": "enum-tools",
    "exhale": "exhale",
    "furo": "furo",
    "hieroglyph": "hieroglyph",
    "hoverxref": "sphinx-hoverxref",
    "linuxdoc": "linuxdoc",
    "m2r": "m2r",
    "m2r2": "m2r2",
    "matplotlib": "matplotlib",
    "nbsphinx": "nbsphinx",
    "nbsphinx_link": "nbsphinx-link",
    "notfound": "sphinx-notfound-page",
    "numpydoc": "numpydoc",
    "recommonmark": "recommonmark",
    "releases": "releases",
    "rst2pdf": "rst2pdf",
    "shibuya": "shibuya",
    "sphinxarg": "sphinx-argparse",
    "sphinxemoji": "sphinxemoji",
    "versionwarning": "sphinx-version-warning",
    "xeus": "xeus-python",
}
"""Package of an extension or a theme → its distribution, where the name says nothing of Sphinx or is another."""
SHARED = ("sphinxcontrib", "sphinxext")
"""Packages that many distributions share."""
OF_THE_FIELD = ("sphinx", "myst", "jupyter", "docutils")
"""What stands in the names of distributions that can be guessed: a module of the project's own has another name."""


class DoesWithout:
    """What makes an application go on without an extension of ``conf.py`` that cannot be set up; it stands before
    Sphinx's own class.
    """

    def __init__(self, *folders: Any, **options: Any) -> None:
        self.lost: dict[str, BaseException] = {}
        self.setting_up = False
        super().__init__(*folders, **options)

    def setup_extension(self, extname: str) -> None:
        """Set up an extension, and those that it sets up itself; one that ``conf.py`` names may fail.

        Raises:
            Exception: an extension that the builder or Sphinx needs cannot be set up.
        """
        app: Any = self
        if self.setting_up or extname not in app.config.extensions:
            super().setup_extension(extname)  # type: ignore[misc]
            return
        self.setting_up = True
        try:
            super().setup_extension(extname)  # type: ignore[misc]
        except (Exception, SystemExit) as error:
            if ends_build(error) or extname == "builder":
                raise
            if not self.lost:
                app.connect("env-before-read-docs", report_lost)
            self.lost[extname] = error
        finally:
            self.setting_up = False


def report_lost(app: Sphinx, *_of_event: object) -> None:
    """Report what is missing in one message, and each extension that ends with an error in one of its own."""
    lost = cast("Any", app).lost
    missing = {name: module for name, error in lost.items() if (module := module_missing(error))}
    if missing:
        warn(words_on_missing(missing), place_of_extension(app, next(iter(missing))), "extension")
    for name, error in lost.items():
        if name not in missing:
            message = f"the extension '{name}' ends with {described(error, 'a fault of what raises it')}"
            report_error(app, AuthorError(f"{message} All else is made without it.", place_of_extension(app, name)))


def place_of_extension(app: Sphinx, name: str) -> Source:
    """Return the line of the settings that names an extension, or that of all extensions."""
    place = place_of_option(Path(app.confdir), "extensions")
    with suppress(OSError, UnicodeDecodeError):
        lines = Path(place.path).read_text(encoding="utf-8").splitlines()
        named = (number for number, line in enumerate(lines, 1) if f"'{name}'" in line.replace('"', "'"))
        return Source(place.path, next(named, place.line))
    return place


def module_missing(error: BaseException) -> str:
    """The module that an extension could not be set up without, '' where that is not the reason."""
    cause = error.orig_exc if isinstance(error, ExtensionError) else error
    return (cause.name or "") if isinstance(cause, ModuleNotFoundError) else ""


def words_on_missing(missing: Mapping[str, str]) -> str:
    """The message on extensions that are missing, or lack a module: extension → what is missing."""
    needed = {name: module for name, module in missing.items() if not is_part(name, module)}
    parts = [f"'{name}' (it needs the module '{needed[name]}')" if name in needed else f"'{name}'" for name in missing]
    many = len(missing) > 1
    them = "them" if many else "it"
    said = f"the extension{'s' if many else ''} {', '.join(parts)} {'are' if many else 'is'} not installed"
    meant = names_meant(set(missing) - set(needed))
    wanted = [needed.get(name, name) for name in missing if name not in meant]
    remedy = f"{pip_install(wanted)}take {them} out of the extensions in conf.py"
    questions = "".join(f" Did you mean '{found}' by '{name}'?" for name, found in meant.items())
    return f"{said}, so all is made without {them}; {remedy}.{questions}"


def is_part(name: str, module: str) -> bool:
    """True if a module is ``name``, or a package around it."""
    return name == module or name.startswith(f"{module}.")


def pip_install(modules: Iterable[str]) -> str:
    """``run 'pip install …', or `` with what distributes modules, as far as their names tell; '' where none does."""
    found = dict.fromkeys(filter(None, map(distribution_of, modules)))
    return f"run 'pip install {' '.join(found)}', or " if found else ""


def how_to_add(extension: str) -> str:
    """Return what to do for an extension that is off: add it, and install it where it is not here."""
    install = "" if is_there(extension) else f" after 'pip install {distribution_of(extension)}'"
    return f"add that to the extensions in conf.py{install}"


def distribution_of(module: str) -> str:
    """The distribution that a module is installed with, '' where its name does not tell."""
    top, *below = module.split(".")
    if top in SHARED and below:
        return f"{top}-{below[0].replace('_', '-')}"
    if top in DISTRIBUTIONS:
        return DISTRIBUTIONS[top]
    is_guessed = top != "sphinx" and not top.startswith("_") and any(word in top.casefold() for word in OF_THE_FIELD)
    return top.replace("_", "-") if is_guessed else ""


def names_meant(names: Collection[str]) -> dict[str, str]:
    """Names that are nearly those of extensions that are installed → these."""
    known = {*packages_distributions(), *(f"sphinx.ext.{module.name}" for module in iter_modules(sphinx.ext.__path__))}
    return {name: found for name in sorted(names) if (found := nearest(name, known))}


def nearest(name: str, known: Iterable[str]) -> str:
    """Which of ``known`` names a name is nearly, '' where none is."""
    by_letters = {one.replace("-", "_").casefold(): one for one in known}
    found = get_close_matches(name.replace("-", "_").casefold(), by_letters, n=1, cutoff=NEARLY)
    return by_letters[found[0]] if found else ""


def replace_theme(app: Sphinx) -> None:
    """Take the book theme, or the theme whose name is nearly that, where the one that ``conf.py`` names is missing."""
    given = given_options(app.config)
    theme = given.get("html_theme")
    known = {found.name for found in entry_points(group="sphinx.html_themes")} | {*app.registry.html_themes}
    known |= theme_folders()
    if not isinstance(theme, str) or theme in known or is_in_folder(app, theme):
        return
    found = nearest(theme, known)
    given["html_theme"] = found or BOOK_THEME
    if found:
        message = f"there is no theme '{theme}'; it is taken for '{found}', so write that."
    else:
        dropped = [name for name in OF_OTHER_THEMES if given.pop(name, None)]
        without = f", without {' and '.join(dropped)}" if dropped else ""
        install = pip_install([theme]) or "install it, or "
        message = (
            f"the theme '{theme}' is not installed, so the web book has {BOOK_THEME}{without}; "
            f"{install}name another one."
        )
    place = place_of_option(Path(app.confdir), "html_theme")
    app.connect("env-before-read-docs", lambda *_of_event: warn(message, place, "theme"))


def is_in_folder(app: Sphinx, theme: str) -> bool:
    """True if a folder of ``html_theme_path`` has a theme."""
    folders = given_options(app.config).get("html_theme_path") or ()
    files = (f"{theme}/theme.toml", f"{theme}/theme.conf", f"{theme}.zip")
    names = [folders] if isinstance(folders, str) else folders
    return any(Path(app.confdir, str(folder), file).is_file() for folder in names for file in files)
