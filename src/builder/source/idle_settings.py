"""Settings of ``conf.py`` without any effect: options of extensions that are off, folders of templates that are not
there.
"""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from builder.errors import asked, settings_file, warn
from builder.source.config import is_used, place_of_option
from builder.source.internals import given_options
from builder.source.not_installed import how_to_add

OWNERS = {
    "apidoc_": "sphinx.ext.apidoc", "autoapi_": "autoapi.extension", "autodoc_": "sphinx.ext.autodoc",
    "autosectionlabel_": "sphinx.ext.autosectionlabel", "autosummary_": "sphinx.ext.autosummary",
    "bibtex_": "sphinxcontrib.bibtex", "comments_config": "sphinx_comments", "copybutton_": "sphinx_copybutton",
    "coverage_": "sphinx.ext.coverage", "doctest_": "sphinx.ext.doctest", "exercise_": "sphinx_exercise",
    "external_toc_": "sphinx_external_toc", "extlinks": "sphinx.ext.extlinks", "graphviz_": "sphinx.ext.graphviz",
    "imgmath_": "sphinx.ext.imgmath", "inheritance_": "sphinx.ext.inheritance_diagram",
    "intersphinx_": "sphinx.ext.intersphinx", "mermaid_": "sphinxcontrib.mermaid", "myst_": "myst_parser",
    "napoleon_": "sphinx.ext.napoleon", "nb_": "myst_nb", "nbsphinx_": "nbsphinx", "numpydoc_": "numpydoc",
    "ogp_": "sphinxext.opengraph", "prf_": "sphinx_proof", "proof_": "sphinx_proof", "sd_": "sphinx_design",
    "sphinx_gallery_conf": "sphinx_gallery.gen_gallery", "sphinx_tabs_": "sphinx_tabs.tabs",
    "thebe_config": "sphinx_thebe", "todo_": "sphinx.ext.todo", "togglebutton_": "sphinx_togglebutton",
    "viewcode_": "sphinx.ext.viewcode",
}  # fmt: skip
"""An option, or what those of an extension begin with → the extension."""
TEMPLATES = "_templates"
"""The folder that ``sphinx-quickstart`` names whether or not it has anything in it."""


def setup(app: Sphinx) -> None:
    """Look at the settings when all extensions are set up."""
    app.connect("config-inited", warn_of_options)
    app.connect("config-inited", warn_of_templates)


def warn_of_options(app: Sphinx, config: Config) -> None:
    """Warn of options that ask for something of an extension that is off, once for each extension. What an extension
    asks for that cannot be had is told with that.
    """
    if getattr(app, "lost", None):
        return
    conf = settings_file(Path(app.confdir))
    idle: dict[str, list[str]] = {}
    for name, value in given_options(config).items():
        owner = owner_of(name)
        if value and owner not in {"", *app.extensions} and name not in config.values and not is_used(conf, name):
            idle.setdefault(owner, []).append(name)
    for owner, names in idle.items():
        have, them = ("have", "them") if len(names) > 1 else ("has", "it")
        idle_ones = f"{' and '.join(names)} {have} no effect, since the extension '{owner}' is off"
        message = f"{idle_ones}; {how_to_add(owner)}, or take {them} out."
        warn(message, place_of_option(Path(app.confdir), names[0]), "option")


def owner_of(name: str) -> str:
    """The extension that an option is for, '' where its name does not tell."""
    return next(
        (owner for own, owner in OWNERS.items() if name == own or (own[-1] == "_" and name.startswith(own))), ""
    )


def warn_of_templates(app: Sphinx, config: Config) -> None:
    """Warn of folders of templates that are not there, as Sphinx does of other files and folders."""
    folder = Path(app.confdir)
    beside = [path.name for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    for entry in given_options(config).get("templates_path", ()):
        question = asked(str(entry), beside)
        if not (folder / str(entry)).is_dir() and (question or entry != TEMPLATES):
            message = f"templates_path entry '{entry}' does not exist; paths start at the folder of conf.py.{question}"
            warn(message, place_of_option(folder, "templates_path"), "option")
