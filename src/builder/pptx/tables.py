"""Tables → native tables."""

from __future__ import annotations

from dataclasses import replace

from builder.deck.blocks import Cell, Table
from builder.deck.blocks.tables import CELL_PADDING_X, CELL_PADDING_Y, is_lit_row, paragraphs_of
from builder.deck.geometry import TableLook
from builder.deck.measured import bold
from builder.deck.model import LIGHT, LIT, Placed
from builder.pptx.blocks import writes
from builder.pptx.shapes import ShapeWriter
from builder.pptx.text import TextContext, plain_paragraph
from builder.pptx.timing import Step
from builder.pptx.xml import emu, solid

TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"


@writes(Table)
def write_table(w: ShapeWriter, placed: Placed) -> str:
    """A native table."""
    block = placed.block
    assert isinstance(block, Table)
    box = replace(placed, width=sum(placed.column_widths), height=sum(placed.row_heights))

    def make(context: TextContext) -> str:
        return w.graphic("Table", block.alt, box, TABLE, table_content(w, placed, context))

    frame = w.mathematical([runs for row in block.rows for runs in paragraphs_of(row)], make)
    w.steps.append(Step(w.ids.last))
    return frame + w.caption(block.caption, placed)


def table_content(w: ShapeWriter, placed: Placed, context: TextContext) -> str:
    """``a:tbl``: rows of cells, with those that others span."""
    block = placed.block
    assert isinstance(block, Table)
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in placed.column_widths)
    covered: dict[tuple[int, int], str] = {}
    rows = []
    for number, (row, height) in enumerate(zip(block.rows, placed.row_heights, strict=True)):
        cells, column, waiting = [], 0, list(row)
        while column < block.columns:
            if (number, column) in covered:
                cells.append(_merged_cell(w, covered[number, column]))
                column += 1
                continue
            cell = waiting.pop(0) if waiting else Cell(())
            cells.append(_cell(w.table, context, cell, placed, number))
            across_rows = f'rowSpan="{cell.rowspan}" ' if cell.rowspan > 1 else ""
            cells += [_merged_cell(w, f'{across_rows}hMerge="1"')] * (cell.colspan - 1)
            across_columns = f'gridSpan="{cell.colspan}" ' if cell.colspan > 1 else ""
            for down in range(1, cell.rowspan):
                for across in range(cell.colspan):
                    merged = 'hMerge="1" vMerge="1"' if across else f'{across_columns}vMerge="1"'
                    covered[number + down, column + across] = merged
            column += cell.colspan
        rows.append(f'<a:tr h="{emu(height)}">{"".join(cells)}</a:tr>')
    first_row = ' firstRow="1"' if block.head else ""
    way = ' rtl="1"' if placed.from_right else ""
    properties = f'<a:tblPr{way}{first_row} bandRow="1"><a:tableStyleId>{w.table_style}</a:tableStyleId></a:tblPr>'
    return f"<a:tbl>{properties}<a:tblGrid>{grid}</a:tblGrid>{''.join(rows)}</a:tbl>"


def _cell(look: TableLook, context: TextContext, cell: Cell, placed: Placed, row: int) -> str:
    """``a:tc``; table styles know one row of heads, so the cells of further ones bear its look themselves."""
    block = placed.block
    assert isinstance(block, Table)
    is_head = row < block.head
    colour = look.head if is_head and (row or look.repainted) else ""
    fill = solid(look.head_fill) if is_head and row and look.head_fill else ""
    context = replace(context, ink=look.head) if is_head else context
    if is_lit_row(block.rows[row]):
        fill = solid(LIT, LIGHT)  # it lies on the slide, not on its row
        colour = colour or ("" if is_head else "lit_text")
    written = (bold(runs) if is_head else runs for runs in cell.paragraphs or ((),))
    align = cell.side(from_right=placed.from_right)
    body = "".join(plain_paragraph(runs, context, placed.size, colour=colour, align=align) for runs in written)
    spans = (f' gridSpan="{cell.colspan}"' if cell.colspan > 1 else "") + (
        f' rowSpan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    )
    x, y = emu(CELL_PADDING_X), emu(CELL_PADDING_Y + placed.air / 2)
    properties = f'<a:tcPr marL="{x}" marR="{x}" marT="{y}" marB="{y}">{fill}</a:tcPr>'
    return f"<a:tc{spans}><a:txBody><a:bodyPr/><a:lstStyle/>{body}</a:txBody>{properties}</a:tc>"


def _merged_cell(w: ShapeWriter, merged: str) -> str:
    return f"<a:tc {merged}><a:txBody><a:bodyPr/><a:lstStyle/>{w.empty}</a:txBody><a:tcPr/></a:tc>"
