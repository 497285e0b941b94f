"""What an author of reStructuredText will have meant where docutils reads a comment, a paragraph or a title: in the
lines of a source, and in the nodes that are made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from docutils import nodes

from builder.source.annotations import slide, vocabulary
from builder.source.annotations.classes import PLACES
from builder.source.annotations.directives import NAMES
from builder.source.annotations.front_matter import in_front_of_restructured
from builder.source.edition_names import EDITIONS
from builder.source.internals import is_directive, is_role
from builder.source.near import nearly

ENDINGS = (".rst", ".txt")
"""Endings of sources in reStructuredText."""
OF_CLASSES = ("rst-class", "class", "cssclass")
"""Directives that give a class to what stands below them."""
OF_CODE = (
    "code", "code-block", "sourcecode", "parsed-literal", "literalinclude", "math", "raw", "highlight", "ipython",
    "jupyter-execute", "plot", "graphviz", "digraph", "graph", "mermaid", "uml", "testcode", "testoutput", "doctest",
    "prompt", "productionlist", "tikz",
)  # fmt: skip
"""Directives whose content is no text."""
NEVER_A_COMMENT = ("figure", "image", "code-block", "list-table", "csv-table", "literalinclude", "toctree", "math")
"""Directives of others that nobody begins a comment with."""

EXPLICIT = re.compile(r"^(?P<indent>\s*)\.\.(?:\s+|$)(?P<rest>.*)$")
DIRECTIVE = re.compile(r"(?:\|[^|]+\|\s+)?(?P<name>[\w:+.-]+?) ?::(?:\s|$)")
TARGET = re.compile(r"_|\[[^\]]+\]|__")
DOTTED = re.compile(r"^\s*\.\.(?P<space>\s*)(?P<name>[A-Za-z][\w-]*)(?P<colons>:{1,2})(?P<rest>.*)$")
LATEX = re.compile(r"^\s*(?P<command>\\(?:pause|newpage|clearpage|pagebreak))\s*$")
LITERAL = re.compile(r"``.+?``", re.DOTALL)
IN_PARAGRAPH = re.compile(r"^\s*\.\. +(?P<name>[A-Za-z][\w:-]*)::(?=\s|$)", re.MULTILINE)
ITEM = re.compile(r"^\s*(?:[-*+•]|\d+[.)]|#\.)\s+\S", re.MULTILINE)
FENCE = re.compile(r"```[\w{}-]*\n")
HEADING = re.compile(r"#{1,6} \S")
PICTURE = re.compile(r"!\[[^\]\n]*\]\([^()\s]+\)")
LINK = re.compile(r"(?<![!\w])\[(?P<words>[^\]\n]+)\]\((?P<address>(?:https?://|\.{0,2}/?)[^()\s]+)\)")
FORMULA = re.compile(r"\$\$?(?=[^$\n]*[\\^_{}=])(?P<tex>[^$\s][^$\n]*)\$\$?(?!\d)")
UNDERLINE = re.compile(r"(?P<sign>[!-/:-@\[-`{-~])(?P=sign){0,2}")
ADDRESS = re.compile(r"^(?P<words>.*\S)\s*<(?P<address>https?://[^<>]+)>$", re.DOTALL)
NO_BACKTICKS = re.compile(r"(?<![\w:]):(?P<name>[A-Za-z]+):(?=['‘’\"“”\w])\S+")
GLUED = re.compile(r"\w:(?P<name>[A-Za-z][\w-]*):$")
ROLE_OF_MYST = re.compile(r"\{(?P<name>[A-Za-z][\w:-]*)\}`(?P<words>[^`\n]+)`")
SHORT_TITLE = 40
"""Letters that the first line of a title has where it goes on in the next one."""


# --- lines of a source


def lines_of_text(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield number and text of each line that is not in a block of code, a formula or a comment."""
    verbatim: int | None = None
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip())
        if verbatim is not None and indent > verbatim:
            continue
        verbatim = indent if begins_verbatim(line) else None
        yield number, line


def begins_verbatim(line: str) -> bool:
    """Return whether what is indented below a line is shown as it stands, or not at all."""
    explicit = EXPLICIT.match(line)
    if explicit is None:
        return line.rstrip().endswith("::")
    directive = DIRECTIVE.match(explicit["rest"])
    return directive["name"] in OF_CODE if directive else not TARGET.match(explicit["rest"])


def slips_in_rest(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Yield line and message for each slip in the lines of a source."""
    yield from in_front_of_restructured(lines)
    for number, line in lines_of_text(lines):
        below = lines[number] if number < len(lines) else ""
        if message := of_colons(line, below) or of_unindented(line, below) or of_latex(line):
            yield number, message


def of_colons(line: str, below: str) -> str:
    """Return what is to be said of a line that is nearly a directive, and so a comment or a paragraph."""
    match = DOTTED.match(line)
    if match is None:
        return ""
    name, is_known = match["name"].lower(), is_directive(match["name"].lower())
    is_ours = name in NAMES or name in OF_CLASSES
    if match["colons"] == "::" and match["rest"][:1] in ("", " ", "\t"):
        wrong = is_ours and not match["space"]
    elif match["colons"] == "::":
        wrong = is_ours or is_known
    else:
        has_options = not match["rest"].strip() and (not below.strip() or below.lstrip().startswith(":"))
        wrong = is_ours or (is_known and (name in NEVER_A_COMMENT or has_options) and match["rest"][:1] in ("", " "))
    words = f".. {name}:: {match['rest'].strip()}".rstrip()
    return f"'{line.strip()}' is no directive, and shows nothing; write '{words}'." if wrong else ""


def of_unindented(line: str, below: str) -> str:
    """Return what is to be said of a directive of ours that the next line does not belong to."""
    explicit = EXPLICIT.match(line)
    directive = DIRECTIVE.match(explicit["rest"]) if explicit else None
    if explicit is None or directive is None or not below.strip() or below.lstrip().startswith(".. "):
        return ""
    name, indent = directive["name"], len(below) - len(below.lstrip())
    if indent > len(explicit["indent"]) or not (name in NAMES or name in OF_CLASSES):
        return ""
    if below.lstrip().startswith(":"):
        return f"the options of '.. {name}::' are indented below it, as its content is."
    if name in OF_CLASSES:
        return f"write a blank line between '.. {name}::' and what it is for."
    return f"what stands in '.. {name}::' is indented below it, behind a blank line."


def of_latex(line: str) -> str:
    """Return what is to be said of a command of LaTeX that stands alone."""
    if not (found := LATEX.match(line)):
        return ""
    remedy = "a slide is shown step by step by the option ':reveal:'"
    remedy = remedy if found["command"] == r"\pause" else "take it away: pages are divided where they are full"
    return f"'{found['command']}' is LaTeX, and is printed; {remedy}."


# --- nodes


def of_restructured(node: nodes.Element) -> Iterator[str]:
    """Yield what is to be said of a node that was meant for another one."""
    if isinstance(node, nodes.paragraph):
        yield from of_paragraph(node)
        yield from of_markdown(node.rawsource)
    elif isinstance(node, vocabulary.slide):
        yield from of_title(node["title"])
    elif isinstance(node, nodes.field) and is_between_blocks(node):
        yield from of_field(node)
    elif isinstance(node, nodes.title_reference):
        yield from of_backticks(node)


def of_paragraph(node: nodes.paragraph) -> Iterator[str]:
    """Yield what is to be said of a paragraph that holds a directive, a list or a heading."""
    for found in IN_PARAGRAPH.finditer(LITERAL.sub("", node.rawsource)):
        if found["name"] in NAMES or is_directive(found["name"]):
            yield f"'{found[0].strip()}' is printed as it stands; write a blank line above it."
    lines = node.rawsource.strip().split("\n")
    items = sum(ITEM.match(line) is not None for line in lines[1:])
    if items and isinstance(node.parent, nodes.list_item):
        yield "the items in this item are printed as its words; write a blank line above and below a list in a list."
    elif items > 1 or (items and lines[0].rstrip().endswith(":")):
        yield "the items of this list are printed as words of a paragraph; write a blank line above the first one."
    if len(lines) == len(("title", "underline")) and UNDERLINE.fullmatch(lines[1].strip()):
        yield f"'{lines[0]}' is no heading; make its underline as long as its words: {lines[1].strip()[0] * 3}…"


def of_markdown(text: str) -> Iterator[str]:
    """Yield what is to be said of words that only Markdown reads."""
    if HEADING.match(text):
        title = text.partition("\n")[0]
        yield f"'{title}' is Markdown, and is printed; a heading is a line of its own, with a line '=====' below it."
    elif FENCE.match(text):
        yield "'```' is Markdown, and is printed; write '.. code-block::' with the code indented below."
        return
    text = LITERAL.sub("", text)
    for found in PICTURE.finditer(text):
        yield f"'{found[0]}' is Markdown, and is printed; write '.. image::' with the file behind it."
    for found in LINK.finditer(text):
        yield f"'{found[0]}' is Markdown, and is printed; write `{found['words']} <{found['address']}>`__."
    for found in FORMULA.finditer(text):
        yield f"'{found[0]}' is printed as it stands; write :math:`{found['tex']}`."


def of_title(title: str) -> Iterator[str]:
    """Yield what is to be said of the title of a slide that has more lines than were meant."""
    first, _, more = title.partition("\n")
    if not more:
        return
    second = more.partition("\n")[0].strip()
    option = re.match(r"[:\s]*(?P<name>\w+):?\s*(?P<value>.*)", second)
    if option and nearly(option["name"], slide.OPTIONS) and ":" in second:
        name = nearly(option["name"], slide.OPTIONS)
        value = option["value"].lstrip(": ")
        yield f"'{second}' belongs to the title here; an option is a line ':{name}: {value}' right below the opening."
    elif len(first) < SHORT_TITLE or ITEM.match(second):
        yield f"'{second}' belongs to the title here; write a blank line between the title and what stands below it."


def is_between_blocks(node: nodes.field) -> bool:
    """Return whether a field stands in a section, and in no directive."""
    return isinstance(node.parent.parent, nodes.section)


def of_field(node: nodes.field) -> Iterator[str]:
    """Yield what is to be said of a field that was meant for an option."""
    name, value = node[0].astext(), node[1].astext()
    if name == "class" and all(nearly(word, tuple(PLACES)) for word in value.split() or [""]):
        yield f"':class: {value}' is printed as it stands; write '.. rst-class:: {value}' above the heading or block."
    elif name in slide.OPTIONS and name not in ("name", "title", "class"):
        yield f"':{name}: {value}' is printed as it stands; it is an option, right below a '.. slide::'."


def of_backticks(node: nodes.title_reference) -> Iterator[str]:
    """Yield what is to be said of words in backticks, and of what stands before them."""
    text = node.astext()
    if ADDRESS.match(text):
        yield f"'{text}' is printed as it stands; a link ends with underscores: `{text}`__."
    index = node.parent.index(node)
    before = node.parent[index - 1] if index else None
    role = GLUED.search(before.astext()) if isinstance(before, nodes.Text) else None
    if role and is_role(role["name"]):
        yield f"':{role['name']}:' is printed as it stands; write a space before it, or '\\ ' between parts of a word."


def of_roles(text: str) -> Iterator[str]:
    """Yield what is to be said of each role without backticks, or in braces."""
    for found in NO_BACKTICKS.finditer(text):
        if found["name"] in EDITIONS or is_role(found["name"]):
            yield f"'{found[0]}' is printed as it stands; write :{found['name']}:`words`, in backticks."
    for found in ROLE_OF_MYST.finditer(text):
        yield f"'{found[0]}' is MyST, and is printed; write :{found['name']}:`{found['words']}`."


# --- messages


DIRECTIVE_OF_MYST = re.compile(
    rf"(?<!['\w])(?:`{{3,}}|:{{3,}})\{{(?P<name>[\w-]+)\}}(?P<words>(?: (?:Title|{'|'.join(EDITIONS)})\b)?)"
)
SPAN_OF_MYST = re.compile(r"(?<!['\w])\[words\]\{\.(?P<name>[\w-]+)\}")
CLASSES_OF_MYST = re.compile(r"(?<!['\w])\{(?P<classes>\.[\w-]+(?: \.[\w-]+)*)\}")


def as_restructured(message: str) -> str:
    """Return a message whose remedies are marks of MyST, with those of reStructuredText."""
    message = DIRECTIVE_OF_MYST.sub(r"'.. \g<name>::\g<words>'", message)
    message = SPAN_OF_MYST.sub(r":\g<name>:`words`", message)
    return CLASSES_OF_MYST.sub(lambda found: f"'.. rst-class:: {found['classes'].replace('.', '')}'", message)
