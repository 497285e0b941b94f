"""Words that are right in other tools, or in Markdown with an extension that is off, and stand in a document's text as
they were written.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from docutils import nodes
from sphinx import addnodes

from builder.source.ancestors import ancestors
from builder.source.annotations.slips_of_classes import class_meant, is_number
from builder.source.annotations.vocabulary import COUNTED, MARKS, SENTENCES, point
from builder.source.edition_names import EDITIONS
from builder.source.near import nearly

VERBATIM = (nodes.literal, nodes.literal_block, nodes.math, nodes.math_block, nodes.raw, nodes.comment)
"""What shows its text as it was written."""
CITED = re.compile(r"\[(?P<sign>-?)@(?P<key>[A-Za-z][\w:.-]*)[^\[\]\n]*\]")
"""A citation as pandoc, Quarto and mystmd write it."""
ALERT = re.compile(r"\[!(?P<kind>NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]", re.IGNORECASE)
"""How a box begins on GitHub."""
LATEX = re.compile(r"\\(?P<command>pause|newpage|clearpage|cleardoublepage|pagebreak)\b(?:\[\d?\])?")
SHORT = re.compile(r"\s<(?:>|[^\W\d][^<>]*|\d[^<>]* [^<>]*)$")
"""Short words that are not closed, or none."""

WITH_SPACE = re.compile(
    r"(?P<words>!?\[[^\]\n]*\])\((?P<path>[^()<>\s\"'][^()<>\n\"']*\s[^()<>\n\"']*\.[A-Za-z]\w{1,4})\)"
)
"""A picture or link whose path has a space."""
OPEN_ROLE = re.compile(r"\{(?P<name>[A-Za-z][\w:-]*)\}`[^`]*$")
STRUCK = re.compile(r"(?<!~)~~(?=\S)[^~\n]+(?<=\S)~~(?!~)")
LIT = re.compile(r"(?<![=\w])==(?=[^\s=])(?P<words>[^=\n]+)(?<=[^\s=])==(?![=\w])")
SCRIPT = re.compile(r"(?<=[\w)])(?P<sign>[~^])(?P<words>[\w+−-]{1,4})(?P=sign)(?![~^])")
HEADING = re.compile(r"(?P<signs>#{2,6})(?=[^\s#])|#(?=[A-Z]\S* \S)")
IN_FORMULA = re.compile(rf"\]\{{\.(?:{'|'.join(MARKS)})\}}")
TASK = re.compile(r"\[[ xX]\] ")
DEFINITION = re.compile(r"\n:[ \t]+\S")
LAST_STROKE = re.compile(r"[\s.,;!?)]\\$")
IN_EXTENSION = "is printed as it stands; add '{}' to myst_enable_extensions in conf.py."


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


def of_markdown(text: str, enabled: Collection[str]) -> Iterator[str]:
    """Yield what is to be said of words that Markdown, or one of its kinds, would not have printed."""
    for found in WITH_SPACE.finditer(text):
        written = f"{found['words']}(<{found['path']}>)"
        yield f"'{found[0]}' is printed as it stands, since its path has a space; write {written}."
    if role := OPEN_ROLE.search(text):
        yield f"'{{{role['name']}}}`' is printed as it stands: the backtick behind its words is missing."
    if "strikethrough" not in enabled and (struck := STRUCK.search(text)):
        yield f"'{struck[0]}' {IN_EXTENSION.format('strikethrough')}"
    for found in LIT.finditer(text):
        yield f"'{found[0]}' is printed as it stands; write **{found['words']}**."
    for found in SCRIPT.finditer(text):
        script = "sub" if found["sign"] == "~" else "sup"
        yield f"'{found[0]}' is printed as it stands; write {{{script}}}`{found['words']}`."


def of_paragraphs(node: nodes.Element, enabled: Collection[str]) -> Iterator[str]:
    """Yield what is to be said of a paragraph that was meant for another kind of block, in MyST."""
    if not isinstance(node, nodes.paragraph):
        return
    text = node.astext()
    if isinstance(node[0] if node.children else None, nodes.Text) and (found := HEADING.match(text)):
        title = text.partition("\n")[0]
        yield f"'{title}' is no heading; write a space behind the signs: {found[0]} {title.lstrip('#')}"
    *others, last = as_words(node).split("\n")
    if LAST_STROKE.search(last):
        yield "the backslash at the end of this paragraph breaks no line, and is printed; take it away."
    if any(map(LAST_STROKE.search, others)):
        yield r"'\\' at the end of a line is printed as a stroke; write '\', which breaks the line."
    lines = text.split("\n")
    if len(lines) > 1 and all(line.startswith("|") and "|" in line[1:] for line in lines):
        cells = " | ".join("---" for _cell in lines[0].strip("| ").split("|"))
        yield f"these rows are printed as they stand; below the head of this table stands | {cells} |."
    if "deflist" not in enabled and (found := DEFINITION.search(text)):
        yield f"this list of definitions {IN_EXTENSION.format('deflist')}"
    if "tasklist" not in enabled and isinstance(node.parent, nodes.list_item) and (found := TASK.match(text)):
        yield f"'{found[0].strip()}' {IN_EXTENSION.format('tasklist')}"


def as_words(node: nodes.Element) -> str:
    """The text of a paragraph, with an object replacement character for each piece that shows it as it was written."""
    return "".join("\ufffc" if isinstance(text.parent, VERBATIM) else text for text in node.findall(nodes.Text))


def of_directives(node: nodes.Element) -> Iterator[str]:
    """Yield what is to be said of what a directive or role was given."""
    if isinstance(node, nodes.math | nodes.math_block) and (mark := IN_FORMULA.search(node.astext())):
        yield f"'{mark[0][1:]}' in a formula has no effect; {{.slide}} above a formula puts it on a slide."
    if isinstance(node, point) and not node.get("short") and (short := SHORT.search(node.astext())):
        yield f"'{short[0].strip()}' stands in the book; short words of a point stand between < and >, at its end."
    if isinstance(node, addnodes.only) and (edition := nearly(node["expr"].strip(), EDITIONS)) not in (
        "",
        node["expr"],
    ):
        yield f"'{node['expr']}' is no edition, so this is left out; did you mean '{edition}'?"
    if isinstance(node, nodes.inline):
        yield from of_spans(node)
    if isinstance(node, nodes.inline | nodes.paragraph):
        yield from of_sentences(node)


def of_spans(node: nodes.inline) -> Iterator[str]:
    """Yield what is to be said of marks on words that have no effect together, or without another one."""
    classes = {class_meant(name) for name in node["classes"]}
    levels = [name for name in MARKS if name in classes]
    if len(levels) > 1:
        yield f"words are one bullet; write {' or '.join(f'{{.{name}}}' for name in levels)}, and not both."
    if "dots" in classes and "number" not in classes:
        yield "'dots' has no effect without 'number'; write {.number .dots}."
    above = [*ancestors(node)]
    if "lit" in classes and not any(isinstance(one, nodes.table) for one in above):
        yield "'lit' has no effect outside of a table; lines of code are lit by ':emphasize-lines:'."
    if COUNTED in classes and not any(map(is_number, words_beside(node))):
        yield f"'{COUNTED}' has no effect in a paragraph without a [number]{{.number}}."


def words_beside(node: nodes.inline) -> Iterator[nodes.inline]:
    """Yield the words with marks in the paragraph of a node."""
    block = next((one for one in ancestors(node) if not isinstance(one, nodes.inline)), node)
    return block.findall(nodes.inline)


def of_sentences(node: nodes.Element) -> Iterator[str]:
    """Yield what is to be said of a sentence for a slide of its own that has no words, as a picture has none."""
    name = next((name for name in SENTENCES if name in node["classes"]), "")
    if name and not any(text.strip() for text in node.findall(nodes.Text)):
        yield f"'{name}' has no effect without words; its slide would be empty."
