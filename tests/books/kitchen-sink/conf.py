"""A book with every node that the usual extensions leave in a doctree."""

project = "The kitchen sink"
author = "An Author"
copyright = "2026, An Author"
language = "en"
exclude_patterns = ["_build"]

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "sphinx.ext.graphviz",
    "sphinx.ext.inheritance_diagram",
    "sphinx.ext.todo",
    "sphinx.ext.ifconfig",
    "myst_nb",
    "sphinx_design",
    "sphinx_tabs.tabs",
    "sphinx_togglebutton",
    "sphinx_copybutton",
    "sphinx_proof",
    "sphinx_exercise",
    "sphinxcontrib.bibtex",
    "sphinxcontrib.mermaid",
]
myst_enable_extensions = [
    "amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "fieldlist", "html_admonition",
    "html_image", "replacements", "strikethrough", "substitution", "tasklist",
]  # fmt: skip
myst_substitutions = {"tool": "the *kitchen* sink"}
source_suffix = {".rst": "restructuredtext", ".md": "myst-nb", ".ipynb": "myst-nb"}
nb_execution_mode = "off"
numfig = True
todo_include_todos = True
autosummary_generate = False
bibtex_bibfiles = ["sources.bib"]
html_theme = "sphinx_book_theme"
mathjax3_config = {"tex": {"macros": {"RR": r"\mathbb{R}", "norm": [r"\left\lVert #1 \right\rVert", 1]}}}
builder_draft = False


def setup(app):
    app.add_config_value("shown", True, "env", [bool])
todo_link_only = True
