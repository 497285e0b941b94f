"""Tables: column widths from what the cells hold, spans, repeated head."""

from __future__ import annotations

from docutils import nodes

from builder.book.escape import array, call, string
from builder.book.translate import Translator, renders

TEXT_WIDTH_CHARACTERS = 82
"""About how many characters of the table face fit in the default text width."""


@renders(nodes.table)
def table(t: Translator, node: nodes.Element) -> str:
    """A ruled table, head repeated on each page; numbered and captioned when it has a title."""
    group = next((child for child in node.children if isinstance(child, nodes.tgroup)), None)
    if group is None:
        return t.children(node)
    title = next((child for child in node.children if isinstance(child, nodes.title)), None)
    body = grid(t, group, auto="colwidths-given" not in node["classes"])
    if title is None:
        return f"\n\n{t.anchors(node)}#plain-table[{body}];\n\n"
    label = t.claim(node)
    caption = t.children(title)
    return f"\n\n{call('numbered', body, kind=string('table'), number=string(t.numbers.of_float(t.docname, node, 'table')), caption=f'[{caption}]', lbl=string(label))}\n{t.anchors(node, skip=1)}\n"


def rows_of(part: nodes.Element) -> list[list[nodes.entry]]:
    """Cells of each row of a head or body."""
    return [
        [cell for cell in row.children if isinstance(cell, nodes.entry)]
        for row in part.children
        if isinstance(row, nodes.row)
    ]


def grid(t: Translator, group: nodes.Element, *, auto: bool) -> str:
    """The Typst table of a ``tgroup``."""
    specs = [child for child in group.children if isinstance(child, nodes.colspec)]
    head = next((child for child in group.children if isinstance(child, nodes.thead)), None)
    body = next((child for child in group.children if isinstance(child, nodes.tbody)), None)
    head_rows = rows_of(head) if head is not None else []
    body_rows = rows_of(body) if body is not None else []
    widths = column_widths(specs, head_rows + body_rows) if auto else [f"{spec['colwidth']}fr" for spec in specs]
    stub = [bool(spec.get("stub")) for spec in specs]
    header = ", ".join(cell(t, entry, strong=True) for row in head_rows for entry in row)
    cells = ",\n".join(
        cell(t, entry, strong=stub[index] if index < len(stub) else False)
        for row in body_rows
        for index, entry in enumerate(row)
    )
    parts = [f"columns: {array(widths)}", f"head: {len(head_rows)}"]
    if header:
        parts.append(f"table.header({header})")
    return f"#ruled-table({', '.join(parts)}{', ' if cells else ''}\n{cells});"


def column_widths(specs: list[nodes.colspec], rows: list[list[nodes.entry]]) -> list[str]:
    """Typst column sizes: natural ones while they fit, else in proportion to the text of each column."""
    longest = [1] * len(specs)
    total = [1] * len(specs)
    for row in rows:
        if any(entry.get("morecols") or entry.get("morerows") for entry in row):
            continue
        for index, entry in enumerate(row[: len(specs)]):
            length = len(entry.astext())
            longest[index] = max(longest[index], length)
            total[index] += length
    if sum(longest) + 2 * len(longest) <= TEXT_WIDTH_CHARACTERS:
        widest = longest.index(max(longest))
        return ["1fr" if index == widest else "auto" for index in range(len(specs))]
    shares = [
        max(min(length, 60), 6) ** 0.5 * (count / max(len(rows), 1)) ** 0.25
        for length, count in zip(longest, total, strict=True)
    ]
    return [f"{share:.2f}fr" for share in shares]


def cell(t: Translator, entry: nodes.entry, *, strong: bool) -> str:
    """One ``table.cell`` with its spans and alignment."""
    arguments = {}
    if entry.get("morecols"):
        arguments["colspan"] = str(entry["morecols"] + 1)
    if entry.get("morerows"):
        arguments["rowspan"] = str(entry["morerows"] + 1)
    alignment = next((name[5:] for name in entry["classes"] if name in ("text-left", "text-center", "text-right")), "")
    if alignment:
        arguments["align"] = alignment
    body = t.children(entry).strip()
    if strong and body:
        body = call("strong", body)
    given = ", ".join(f"{name}: {value}" for name, value in arguments.items())
    return f"table.cell({given})[{body}]"
