"""Formulas on web pages: shown without a network by MathJax that comes with the package, and said in words.

An author who names a MathJax of his own (``mathjax_path``), configures one of before version 3, or takes another
extension for math has that one.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.ext.mathjax import MATHJAX_URL

from builder.source.formulas import formulas_of, noted, plain_text, readable_index
from builder.store.stamps import stamp
from builder.typeset.math.for_web import for_mathjax, within_display
from builder.typeset.math.macros import numbers_displays
from builder.typeset.math.rows import is_environment

OFFLINE = Path(__file__).parent / "offline"
"""Static files of pages with formulas: MathJax (Apache License 2.0), taken by ``tools/take_mathjax.py``."""
START = "mathjax/start.js"
BEFORE_MATHJAX = 400
"""Before Sphinx decides whether a page loads MathJax, which it does at the usual priority, 500."""

AFTER_MYST = 900
"""After MyST-Parser has put its visitor for AMS environments in the place of Sphinx's, at the usual priority."""

Visitor = Callable[[Any, nodes.Element], None]


def setup(app: Sphinx) -> None:
    """Have pages take MathJax from the package, and name formulas in words."""
    app.connect("config-inited", take_own_mathjax)
    app.connect("builder-inited", say_formulas, priority=AFTER_MYST)
    app.connect("write-started", place_mathjax)
    app.connect("html-page-context", name_pages, priority=BEFORE_MATHJAX)


def take_own_mathjax(_app: Sphinx, config: Config) -> None:
    """Point the project to our copy of MathJax, unless it has one of its own."""
    is_old = config.mathjax_config or config.mathjax2_config
    if config.mathjax_path == MATHJAX_URL and not is_old and "integrity" not in config.mathjax_options:
        config["mathjax_path"] = START


def place_mathjax(app: Sphinx, builder: Any) -> None:
    """Put MathJax among the static files of a web book with formulas, and take it out of one without.

    It is no folder of ``html_static_path``, since what a project is set up from would change while it is built.
    """
    if builder.format != "html":
        return
    place = Path(builder.outdir) / "_static"
    if app.config.mathjax_path != START or not noted(app.env):
        shutil.rmtree(place / "mathjax", ignore_errors=True)
        return
    for path in OFFLINE.rglob("*"):
        copy = place / path.relative_to(OFFLINE)
        if path.is_file() and stamp(copy) != stamp(path):
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def say_formulas(app: Sphinx) -> None:
    """Give each formula that MathJax shows a label: how one says it."""
    renderers: tuple[dict[str, Any], ...] = (
        app.registry.html_inline_math_renderers,
        app.registry.html_block_math_renderers,
    )
    for of_kind in renderers:
        visit, depart = of_kind["mathjax"]
        of_kind["mathjax"] = (labelled(visit), depart)


def labelled(visit: Visitor) -> Visitor:
    """A visitor that writes a formula as MathJax knows it, and puts its label into the first tag of that."""

    def visit_labelled(translator: Any, node: nodes.Element) -> None:
        first = len(translator.body)
        formulas = formulas_of(translator.builder.env)
        said = escape(formulas.spoken(node.astext()))
        shown = node.copy()
        latex = for_mathjax(node.astext(), formulas.macros.known)
        if node.get("number"):
            latex = within_display(latex)
        elif is_environment(node.astext()):
            shown["no-wrap"] = True  # it is an error to MathJax within what Sphinx sets round rows
        shown += nodes.Text(latex)
        try:
            visit(translator, shown)
        finally:
            closing = translator.builder.config.mathjax_display[1]
            if (
                node.get("number")
                and numbers_displays(translator.builder.config)
                and closing in translator.body[first:]
            ):
                translator.body.insert(translator.body.index(closing, first), r"\notag")  # it has the number of Sphinx
            tag = translator.body[first]
            translator.body[first] = tag.replace(" class=", f' role="math" aria-label="{said}" class=', 1)

    return visit_labelled


def name_pages(app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    """Name pages by their titles, and entries of the index, with formulas in Unicode; where any title has some, all
    pages load MathJax, since they show the contents.
    """
    if "genindexentries" in context:
        context["genindexentries"] = readable_index(context["genindexentries"], app.env)
    if not any(next(title.findall(nodes.math), None) is not None for title in app.env.titles.values()):
        return
    context["has_maths_elements"] = True
    context["title"] = in_words(context.get("title", ""), app)
    for link in (context.get("prev"), context.get("next"), *(context.get("parents") or ())):
        if link:
            link["title"] = in_words(link["title"], app)


def with_readable_titles(doctree: nodes.document) -> nodes.document:
    """A resolved document as the search reads it, with formulas of titles in Unicode; itself where there are none."""
    if not any(next(title.findall(nodes.math), None) is not None for title in doctree.findall(nodes.title)):
        return doctree
    copy = doctree.deepcopy()
    for title in copy.findall(nodes.title):
        for formula in list(title.findall(nodes.math)):
            formula.replace_self(nodes.Text(plain_text(formula)))
    return copy


def in_words(title: str, app: Sphinx) -> str:
    """A title as HTML, with formulas in Unicode."""
    begin, end = map(re.escape, app.config.mathjax_inline)
    formula = re.compile(rf'<span[^>]* class="math[^>]*>{begin}(.*?){end}</span>', re.DOTALL)
    return formula.sub(lambda found: escape(formulas_of(app.env).text(unescape(found[1]))), title)
