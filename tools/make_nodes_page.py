"""Writes docs/nodes.md: every node that the usual extensions can leave in a doctree, and its look in print and on slides."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import importlib
import inspect
import pkgutil
import sys
from collections.abc import Iterator
from pathlib import Path

from docutils import nodes

from builder.book import handlers  # noqa: F401 - registers the handlers
from builder.book.translate import HANDLERS
from builder.deck.handlers import handler_of

TARGET = Path(__file__).parent.parent / "docs" / "nodes.md"
PACKAGES = (
    "docutils.nodes", "sphinx.addnodes", "sphinx.ext", "sphinx.domains", "myst_parser", "myst_nb", "sphinx_design",
    "sphinxcontrib.bibtex", "sphinx_proof", "sphinx_exercise", "sphinx_togglebutton", "sphinx_tabs", "sphinx_copybutton",
    "sphinxcontrib.mermaid", "sphinxext.opengraph", "sphinx_external_toc", "sphinx_gallery", "sphinx_thebe",
    "sphinx_comments", "sphinx_book_theme", "pydata_sphinx_theme", "builder",
)  # fmt: skip
ABSTRACT = {"Node", "Element", "TextElement", "FixedTextElement", "PureTextElement"}
"""Bases of docutils that are never in a doctree themselves."""
PLAIN = {"Text": "Its characters."}
"""What the translator sets without a handler."""


def modules(name: str) -> Iterator[object]:
    """A module and all below it; what cannot be imported, tests and programs are passed over."""
    try:
        module = importlib.import_module(name)
    except ImportError:
        return
    yield module
    for found in pkgutil.iter_modules(getattr(module, "__path__", ())):
        if found.name not in ("__main__", "_docs", "tests", "testing") and not found.name.startswith("test"):
            yield from modules(f"{name}.{found.name}")


def node_classes() -> dict[str, type[nodes.Node]]:
    """Name → class of every node class of the packages that are installed."""
    found: dict[str, type[nodes.Node]] = {}
    for package in PACKAGES:
        for module in modules(package):
            for name, value in vars(module).items():
                if inspect.isclass(value) and issubclass(value, nodes.Node) and name == value.__name__:
                    found.setdefault(name, value)
    return {name: found[name] for name in sorted(found, key=str.lower) if name not in ABSTRACT}


def treatment(name: str) -> str:
    """What print makes of a node: the first paragraph of its handler's docstring; '' without a handler."""
    return PLAIN[name] if name in PLAIN else first_paragraph(HANDLERS.get(name))


def on_slides(cls: type[nodes.Node]) -> str:
    """What slides make of a node, the same; '' where they show what is inside of it."""
    return first_paragraph(handler_of(cls))


def first_paragraph(handler: object) -> str:
    """The first paragraph of a handler's docstring in one line; '' without a handler."""
    text = (inspect.getdoc(handler) or "") if handler is not None else ""
    return " ".join(text.partition("\n\n")[0].split())


def package_of(cls: type[nodes.Node]) -> str:
    """The package that a node comes from, as its users name it."""
    parts = cls.__module__.split(".")
    return "docutils" if parts[0] == "docutils" else ".".join(parts[: 2 if parts[0].startswith("sphinxcontrib") else 1])


def page() -> str:
    """The whole page."""
    classes = node_classes()
    alike: dict[tuple[str, str, str], list[str]] = {}
    for name, cls in classes.items():
        alike.setdefault((package_of(cls), treatment(name), on_slides(cls)), []).append(f"`{name}`")
    rows = [f"| {', '.join(names)} | {' | '.join(cells)} |" for cells, names in alike.items()]
    return (
        "# Nodes in the printed book and on slides\n\n"
        f"What print and slides make of the {len(classes)} nodes that docutils, Sphinx, MyST-Parser and the usual extensions "
        "can\nmake of your text; a *node* is a part of it, as a table, a note or a word in bold. Where the last column is empty, "
        "slides show what is inside of the node,\nand words keep their styles. [Extending](extending.md) has how an "
        "extension gives its nodes a look.\n\n"
        "| node | package | in print | on slides |\n|---|---|---|---|\n" + "\n".join(rows) + "\n"
    )


if __name__ == "__main__":
    sys.argv[1:] = []
    TARGET.write_text(page(), encoding="utf-8")
