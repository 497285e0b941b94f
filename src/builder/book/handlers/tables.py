"""Tables: column widths from what the cells hold, spans, repeated head."""

from __future__ import annotations

import math

from docutils import nodes

from builder.book.handlers.figures import length
from builder.book.translate import Translator, renders
from builder.errors import warn
from builder.source.numbers import NUMBER_OF
from builder.typeset.escape import array, breakable, call, string

TEXT_WIDTH_CHARACTERS = 82
"""About how many characters of the table face fit in the default text width."""
CHARACTER, COLUMN_GAP = 4.4, 12.0
"""About the width of a character of the table face, and the space between columns, in points."""
MOST_WHOLE = 14
"""Lines of a table that is not broken over pages: about a third of a page."""
STEPS = 40
"""In how many steps the spare width of a table is given to its columns."""
SHORT = 9
"""Letters of a text that stands on one line, as 99.96 % does."""
MOST_NAMES = 0.4
"""The share of a table's width that long names in its first column may take."""
SMALLEST, LEAST = 0.78, 0.5
"""How far the type of a wide table is scaled down before it is divided; and that of one which cannot be divided."""


@renders(nodes.table)
def table(t: Translator, node: nodes.Element) -> str:
    """A ruled table, head repeated on each page; numbered and captioned with a title; turned when too wide for the
    page.
    """
    group = next((child for child in node.children if isinstance(child, nodes.tgroup)), None)
    if group is None:
        return t.children(node)
    title = next((child for child in node.children if isinstance(child, nodes.title)), None)
    turn = is_turned(t, node)
    room = t.context.text_width
    across = (t.context.text_height or room) if turn else room
    parts = in_parts(group, across)
    auto = "colwidths-given" not in node["classes"]
    fits = turn and len(parts) == 1  # the widths of words are estimated, and a page has room to spare
    body = "\n".join(grid(t, part, auto=auto, scale=1.0 if fits else scale_of(part, across)) for part in parts)
    if not turn and any(width_of(part) * LEAST > room for part in parts):
        warn("the table is wider than the page; give it fewer columns, shorter words, or :widths:.", node, "wide_table")
    placed = {}
    if node.get("align") in ("left", "center", "right") and not turn:
        placed["at"] = node["align"]
    width = length(str(node.get("width", "")))
    if width and not turn:
        placed["width"] = width
    body = call("plain-table", body, **placed)
    if title is None:
        whole = t.anchors(node) + body
    else:
        words, listed, labels = t.caption_words(title)
        number = t.numbers.of_float(t.docname, node, "table")
        label = t.float_label(node, "table", number, listed)
        arguments = {
            "kind": string("table"), "number": string(number), "caption": f"[{words}]", "lbl": string(label),
        }  # fmt: skip
        if NUMBER_OF in node:
            arguments["listed"] = "false"
        whole = call("numbered", labels + t.anchors(node, skip=1) + body, **arguments)
    if turn:
        whole = call("turned", whole)
    elif lines_of(all_rows(group), int(group["cols"]), room) <= MOST_WHOLE:
        whole = call("kept-whole", whole)
    return f"\n\n{whole}\n\n"


def is_turned(t: Translator, node: nodes.Element) -> bool:
    """True if a table has a page of its own, turned by a quarter: it is much wider than the text, and stands alone."""
    group = next((child for child in node.children if isinstance(child, nodes.tgroup)), None)
    return group is not None and width_of(group) > t.context.text_width * 1.25 and stands_alone(node)


def width_of(group: nodes.Element) -> float:
    """The width in points below which words of a table would leave their cells."""
    return sum(least_widths(all_rows(group), int(group["cols"]))) or 1.0


def scale_of(group: nodes.Element, room: float) -> float:
    """Return how far the type of a table is scaled down, so that it is at most as wide as its room."""
    return min(max(room / width_of(group), LEAST), 1.0)


def in_parts(group: nodes.Element, room: float) -> list[nodes.Element]:
    """A table that is too wide as several of some of its columns, each with the first column; one with spans stays
    whole.
    """
    rows, columns = all_rows(group), int(group["cols"])
    widths = least_widths(rows, columns)
    whole = all(len(row) == columns for row in rows)
    if sum(widths) * SMALLEST <= room or not whole or columns < 3:
        return [group]
    parts: list[list[int]] = [[0]]
    for index in range(1, columns):
        if len(parts[-1]) > 1 and (sum(widths[other] for other in parts[-1]) + widths[index]) * SMALLEST > room:
            parts.append([0])
        parts[-1].append(index)
    return [columns_of(group, part, copies_first=number > 0) for number, part in enumerate(parts)]


def columns_of(group: nodes.Element, wanted: list[int], *, copies_first: bool) -> nodes.Element:
    """A table of some columns of another, which it shares the cells with, but for copies of those of the first
    column.
    """
    specs = [child for child in group.children if isinstance(child, nodes.colspec)]
    part = nodes.tgroup("", *(specs[index].deepcopy() for index in wanted if index < len(specs)), cols=len(wanted))
    for body in group.children:
        if isinstance(body, nodes.thead | nodes.tbody):
            new: nodes.Element = type(body)()
            for cells in rows_of(body):
                new += nodes.row(
                    "", *(cells[index].deepcopy() if copies_first and index == 0 else cells[index] for index in wanted)
                )
            part += new
    return part


def lines_of(rows: list[list[nodes.entry]], columns: int, room: float) -> int:
    """About how many lines of text a table takes in a width of ``room`` points; very many where a cell holds more than
    words.
    """
    if any(not isinstance(child, nodes.paragraph) for row in rows for cell in row for child in cell.children):
        return MOST_WHOLE + 1
    share = max(room / columns - COLUMN_GAP, CHARACTER) / CHARACTER
    return sum(max((math.ceil(len(cell.astext()) / share) for cell in row), default=1) for row in rows)


def stands_alone(node: nodes.Element) -> bool:
    """True if a table is not inside a box, a list or another table, so that it may have a page of its own.

    What a notebook shows is set in boxes round such a table (`notebooks.output`).
    """
    above = node.parent
    while isinstance(above, nodes.container | nodes.compound) and not above.get("design_component"):
        above = above.parent
    return isinstance(above, nodes.section | nodes.document)


def least_widths(rows: list[list[nodes.entry]], columns: int) -> list[float]:
    """Width in points of each column below which words would leave their cells."""
    widest = [0] * columns
    for row in rows:
        if any(cell.get("morecols") or cell.get("morerows") for cell in row):
            continue
        for index, cell in enumerate(row[:columns]):
            pieces = breakable(cell.astext()).replace("\u200b", " ").split()
            widest[index] = max(widest[index], *map(len, pieces), 0)
    return [longest * CHARACTER + COLUMN_GAP for longest in widest]


def all_rows(group: nodes.Element) -> list[list[nodes.entry]]:
    """Cells of all rows, head first."""
    return [row for part in group.children if isinstance(part, nodes.thead | nodes.tbody) for row in rows_of(part)]


def rows_of(part: nodes.Element) -> list[list[nodes.entry]]:
    """Cells of each row of a head or body."""
    return [
        [cell for cell in row.children if isinstance(cell, nodes.entry)]
        for row in part.children
        if isinstance(row, nodes.row)
    ]


def grid(t: Translator, group: nodes.Element, *, auto: bool, scale: float) -> str:
    """The Typst table of a ``tgroup``."""
    specs = [child for child in group.children if isinstance(child, nodes.colspec)]
    head = next((child for child in group.children if isinstance(child, nodes.thead)), None)
    body = next((child for child in group.children if isinstance(child, nodes.tbody)), None)
    head_rows = rows_of(head) if head is not None else []
    body_rows = rows_of(body) if body is not None else []
    widths = (
        column_widths(specs, head_rows + body_rows, t.context.text_width)
        if auto
        else [f"{spec['colwidth']}fr" for spec in specs]
    )
    stub = [bool(spec.get("stub")) for spec in specs]
    header = ", ".join(cell(t, entry, strong=True, unlinked=True) for row in head_rows for entry in row)
    cells = ",\n".join(
        cell(t, entry, strong=stub[index] if index < len(stub) else False)
        for row in body_rows
        for index, entry in enumerate(row)
    )
    parts = [f"columns: {array(widths)}", f"head: {len(head_rows)}"]
    if scale < 1:
        parts.append(f"scale: {scale:.2f}")
    if header:
        repeat = "repeat: false, " if head is not None and next(head.findall(nodes.footnote_reference), None) else ""
        parts.append(f"table.header({repeat}{header})")
    return f"#ruled-table({', '.join(parts)}{', ' if cells else ''}\n{cells});"


def column_widths(specs: list[nodes.colspec], rows: list[list[nodes.entry]], room: float) -> list[str]:
    """Typst column sizes: natural ones while they fit, else each at least as wide as its longest word,
    and the rest of ``room`` (points) where rows get lowest by it.
    """
    lengths = [
        [len(entry.astext()) for entry in row[: len(specs)]]
        for row in rows
        if len(row) == len(specs) and not any(entry.get("morecols") or entry.get("morerows") for entry in row)
    ]
    longest = [max(column, default=0) or 1 for column in zip(*lengths, strict=True)] or [1] * len(specs)
    if sum(longest) + 2 * len(longest) <= TEXT_WIDTH_CHARACTERS:
        widest = longest.index(max(longest))
        return ["1fr" if index == widest else "auto" for index in range(len(specs))]
    least = least_widths(rows, len(specs))
    # Names that readers look up are not broken, even where they could be, and no number leaves its unit.
    names = max((len(word) for row in rows if row for word in row[0].astext().split()), default=0)
    first = names * CHARACTER + COLUMN_GAP
    columns = zip(*lengths, strict=True) if lengths else [()] * len(specs)
    short = [max((one for one in column if one <= SHORT), default=0) for column in columns]
    whole = [max(width, one * CHARACTER + COLUMN_GAP) for width, one in zip(least, short, strict=True)]
    whole[0] = max(whole[0], first if first <= MOST_NAMES * room else 0)
    least = whole if sum(whole) <= room else least
    return [f"{width:.0f}fr" for width in balanced(lengths, least, room)]


def balanced(lengths: list[list[int]], least: list[float], room: float) -> list[float]:
    """Return widths of columns, from their ``least`` ones, under which rows are about as low as they can be: what is
    left of ``room`` goes in steps to the column that lowers them most. ``lengths`` are those of the texts of each row.
    """
    widths, step = list(least), max(room - sum(least), 0.0) / STEPS
    lines = [[length * CHARACTER / width for length, width in zip(row, widths, strict=True)] for row in lengths]
    for _ in range(STEPS if step else 0):
        shorter = [width / (width + step) for width in widths]
        column = min(range(len(widths)), key=lambda index: sum(height(row, index, shorter[index]) for row in lines))
        widths[column] += step
        for row in lines:
            row[column] *= shorter[column]
    return widths


def height(lines: list[float], index: int, factor: float) -> float:
    """Return about how many lines a row takes when the text at ``index`` gets shorter by a factor: nearly those of the
    longest text, so that the second one counts too where both must get shorter.
    """
    longest = sum((count * factor if place == index else count) ** 4 for place, count in enumerate(lines))
    return max(float(longest**0.25), 1.0)


def cell(t: Translator, entry: nodes.entry, *, strong: bool, unlinked: bool = False) -> str:
    """One ``table.cell`` with its spans and alignment; a head that is repeated must not hold links (PDF/UA-1)."""
    arguments = {}
    if entry.get("morecols"):
        arguments["colspan"] = str(entry["morecols"] + 1)
    if entry.get("morerows"):
        arguments["rowspan"] = str(entry["morerows"] + 1)
    alignment = next((name[5:] for name in entry["classes"] if name in ("text-left", "text-center", "text-right")), "")
    if alignment:
        arguments["align"] = alignment
    body = t.children(entry).strip()
    if unlinked and next(entry.findall(nodes.reference), None):
        body = call("unlinked", body)
    if strong and body:
        body = call("strong", body)
    given = ", ".join(f"{name}: {value}" for name, value in arguments.items())
    return f"table.cell({given})[{body}]"
