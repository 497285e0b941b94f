"""Kinds of blocks that stand on slides, by family; importing this package registers them all."""

from builder.deck.blocks.boxes import Box
from builder.deck.blocks.charts import Chart
from builder.deck.blocks.code import Code
from builder.deck.blocks.columns import Column, Columns
from builder.deck.blocks.diagrams import Diagram, DiagramEdge, DiagramNode
from builder.deck.blocks.dots import Dots
from builder.deck.blocks.equations import Equation
from builder.deck.blocks.grids import PictureGrid
from builder.deck.blocks.indented import Indented
from builder.deck.blocks.panels import Panel
from builder.deck.blocks.pictures import Media, Picture
from builder.deck.blocks.quotes import Quote
from builder.deck.blocks.tables import Cell, Table
from builder.deck.blocks.texts import Text
from builder.deck.blocks.timelines import Timeline

__all__ = [
    "Box",
    "Cell",
    "Chart",
    "Code",
    "Column",
    "Columns",
    "Diagram",
    "DiagramEdge",
    "DiagramNode",
    "Dots",
    "Equation",
    "Indented",
    "Media",
    "Panel",
    "Picture",
    "PictureGrid",
    "Quote",
    "Table",
    "Text",
    "Timeline",
]
