"""A small deck with one slide of each kind, to show what a template makes of them."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from builder.charts.data import ChartData, Event, Series
from builder.deck.blocks import (
    Box,
    Cell,
    Chart,
    Code,
    Column,
    Columns,
    Equation,
    Picture,
    PictureGrid,
    Quote,
    Table,
    Text,
    Timeline,
)
from builder.deck.model import Block, Caption, Deck, Notes, Paragraph, Run, Runs, Slide
from builder.errors import NOWHERE

LONG_TITLE = "A title that says in a whole sentence what its slide shows, as good titles do, and needs two lines"
POINTS = ("Archives hold more than anybody can read", "A sample says how sure we may be", "Counting is an argument")
CODE = ("def posterior(prior, likelihood):", "    joint = prior * likelihood", "    return joint / joint.sum()")


def sample_deck(folder: Path, template: str) -> Deck:
    """Return a deck with a slide of each kind; its picture is written into ``folder``."""
    titled = [slide(number, title, layout, blocks) for number, (title, layout, blocks) in enumerate(slides(folder))]
    return Deck(
        "sample", "Each kind of slide", "Book", "Author", "en", tuple(titled), template=template, foot="Lecture"
    )


def slide(number: int, title: str, layout: str, blocks: tuple[Block, ...]) -> Slide:
    """Return a slide of the sample."""
    subtitle = "Chapters 1 and 2, pages 1 to 20" if layout == "title" else ""
    return Slide(f"sample-{number}", words(title), layout, blocks, Notes(), None, NOWHERE, subtitle=subtitle)


def slides(folder: Path) -> list[tuple[str, str, tuple[Block, ...]]]:
    """Return titles, layouts and blocks of the slides."""
    return [
        ("The title of a lecture", "title", ()),
        ("A section of the lecture", "section", ()),
        ("A few points", "", (points(POINTS),)),
        (LONG_TITLE, "", (points(POINTS * 3),)),
        ("Two columns", "", (columns(),)),
        ("A table", "", (table(),)),
        ("A chart", "", (chart(),)),
        ("Text beside a picture", "", (points(POINTS[:2]), picture(folder))),
        ("Code", "", (Code(tuple((Run(line, code=True),) for line in CODE), "python", NOWHERE),)),
        (
            "A formula",
            "",
            (Equation(r"P(H \mid E) = \frac{P(E \mid H)\, P(H)}{P(E)}", "Bayes' rule", (), 13, 3, NOWHERE),),
        ),
        ("A quotation", "", (Quote((words("Probability is common sense reduced to calculus."),), (), NOWHERE),)),
        ("A box", "", (points(POINTS[:1]), Box(words("Note"), lines(("Rare things stay rare.",)), NOWHERE))),
        ("A timeline", "", (timeline(),)),
        ("A sentence alone says what the lecture is about.", "statement", ()),
        ("20,474", "number", (Text(lines(("people were sentenced in two years",)), NOWHERE),)),
        ("What would you have asked the clerk?", "question", ()),
        ("Three pictures", "", (PictureGrid((picture(folder),) * 3, (), NOWHERE),)),
        ("A picture that fills its slide", "full-bleed", (picture(folder),)),
    ]


def words(text: str) -> Runs:
    """Return plain runs."""
    return (Run(text),)


def lines(texts: tuple[str, ...], level: int = 0) -> tuple[Paragraph, ...]:
    """Return paragraphs on a level."""
    return tuple(Paragraph(words(text), level, "", NOWHERE) for text in texts)


def points(texts: tuple[str, ...]) -> Text:
    """Return points."""
    return Text(lines(texts, 1), NOWHERE)


def columns() -> Columns:
    """Return two columns with headings."""
    found = (("The archive", ("Holds lists", "Written for superiors")), ("The memory", ("Holds faces", "For children")))
    return Columns(tuple(Column(words(head), (points(texts),)) for head, texts in found), NOWHERE)


def table() -> Table:
    """Return a table with heads."""
    rows = (("Year", "Arrests", "Trials"), ("1930", "120", "80"), ("1931", "240", "140"), ("1932", "900", "500"))
    cells = tuple(tuple(Cell((words(text),)) for text in row) for row in rows)
    return Table(cells, 3, 1, None, "A table", NOWHERE)


def chart() -> Chart:
    """Return a chart of two series."""
    series = (Series("arrests", (120.0, 240.0, 900.0)), Series("trials", (80.0, 140.0, 500.0)))
    data = ChartData("column", ("1930", "1931", "1932"), series, "year")
    return Chart(data, "Arrests and trials", Caption("", words("Arrests and trials")), NOWHERE)


def timeline() -> Timeline:
    """Return a few events."""
    events = (Event("1921", "The revolution"), Event("1932", "The rising"), Event("1937", "The arrests"))
    return Timeline(events, "A timeline", None, NOWHERE)


def picture(folder: Path) -> Picture:
    """Return a picture, which is written into a folder."""
    image = Image.new("RGB", (600, 800), "#9fb4c4")
    ImageDraw.Draw(image).ellipse((150, 250, 450, 550), fill="#c8553d")
    path = folder / "picture.png"
    image.save(path)
    return Picture(str(path), "A picture", *image.size, Caption("", words("The caption of a picture")), NOWHERE)
