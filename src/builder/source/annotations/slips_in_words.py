"""Words that are right in other tools, and stand in the text of a document as they were written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes

from builder.source.annotations.vocabulary import point
from builder.source.annotations.vocabulary import slide as slide_node
from builder.source.edition_names import EDITIONS
from builder.source.near import nearly

CITED = re.compile(r"\[(?P<sign>-?)@(?P<key>[A-Za-z][\w:.-]*)[^\[\]\n]*\]")
"""A citation as pandoc, Quarto and mystmd write it."""
ALERT = re.compile(r"\[!(?P<kind>NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]", re.IGNORECASE)
"""How a box begins on GitHub."""
LATEX = re.compile(r"\\(?P<command>pause|newpage|clearpage|cleardoublepage|pagebreak)\b(?:\[\d?\])?")
SHORT = re.compile(r"\s<(?:>|[^\W\d][^<>]*)$")
"""Short words that are not closed, or none."""
CLASSES_OF_SLIDES = ("backup", *EDITIONS)


def of_others(text: str, node: nodes.Node) -> Iterator[str]:
    """Yield what is to be said of the words of a node that another tool would have read."""
    for found in CITED.finditer(text):
        role = "t" if found["sign"] else "p"
        yield f"'{found[0]}' is printed as it stands; write {{cite:{role}}}`{found['key']}`, by sphinxcontrib-bibtex."
    quotation = node.parent.parent if isinstance(node.parent, nodes.paragraph) else None
    if (alert := ALERT.match(text)) and isinstance(quotation, nodes.block_quote):
        yield f"'{alert[0]}' is printed as it stands; write ':::{{{alert['kind'].lower()}}}' above, and ':::' below."
    if latex := LATEX.fullmatch(text.strip()):
        remedy = "a slide is shown step by step by the option ':reveal:'"
        remedy = remedy if latex["command"] == "pause" else "take it away: pages are divided where they are full"
        yield f"'{latex[0]}' is LaTeX, and is printed; {remedy}."
    if text.strip() == "???":
        yield "'???' begins the notes of other tools, and is printed; write ```{notes}."


def of_directives(node: nodes.Element) -> Iterator[str]:
    """Yield what is to be said of what a directive or role was given."""
    if isinstance(node, point) and not node.get("short") and (short := SHORT.search(node.astext())):
        yield f"'{short[0].strip()}' stands in the book; short words of a point stand between < and >, at its end."
    if isinstance(node, addnodes.only) and (edition := nearly(node["expr"].strip(), EDITIONS)) not in (
        "",
        node["expr"],
    ):
        yield f"'{node['expr']}' is no edition, so this is left out; did you mean '{edition}'?"
    if isinstance(node, slide_node):
        for name in node["options"].classes:
            meant = nearly(name, CLASSES_OF_SLIDES)
            if meant and meant != name:
                yield f"a slide has no class '{name}'; did you mean '{meant}'?"
