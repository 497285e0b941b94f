"""Faults on slides, of the same form as those of `table`: what is empty, too large, or written as no program can read
it.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

from faults.table import Fault

EMPTY = "it is left out of its slide"
MARK = "{.slide}\n"
CHART = "```{chart} data.csv\n:x: a\n:y: b\n:class: slide\n\nCaption\n```\n"
COLUMNS = 40
WIDE = f"| {' | '.join(f'c{n}' for n in range(COLUMNS))} |\n|{'---|' * COLUMNS}\n| {' | '.join('x' * COLUMNS)} |\n"


def empty(name: str, source: str, line: int = 9) -> Fault:
    """A marked block that shows nothing."""
    return Fault(
        name, source, page="nothing", slide="nothing, and what else it holds", web="nothing", message=EMPTY, line=line
    )


def wrong_data(name: str, data: str | bytes, message: str) -> Fault:
    """A chart that cannot be drawn from its file."""
    return Fault(
        name, CHART, page="the reason", slide="the reason", web="the reason", message=message, status=1,
        files={"data.csv": data},
    )  # fmt: skip


def read_as_meant(name: str, data: str | bytes) -> Fault:
    """A chart over a file that is written otherwise than usual, and read as it is meant."""
    return Fault(
        name, CHART, page="the chart", slide="the chart", web="the chart", files={"data.csv": data}, on_slide="Caption"
    )


SLIDE_FAULTS: tuple[Fault, ...] = (
    empty("A list whose items are empty", f"{MARK}- \n-\n"),
    empty("A list of nothing but comments", f"{MARK}- <!-- later -->\n"),
    empty("A list of nothing but a break of cells", f"{MARK}- +++\n"),
    empty("A numbered list without words", f"{MARK}1.\n2.\n"),
    empty("A table of empty cells", f"{MARK}| |\n|---|\n| |\n"),
    empty("A quotation of a comment", f"{MARK}> <!-- x -->\n"),
    empty("An empty quotation", f"{MARK}>\n"),
    empty("A note of a comment", "```{note}\n:class: slide\n\n<!-- x -->\n```\n", line=8),
    empty("An empty code block", f"{MARK}```python\n```\n"),
    empty("Code of blank lines", f"{MARK}```python\n\n  \n```\n"),
    empty("An empty formula", "```{math}\n:class: slide\n\n```\n", line=8),
    empty("A point without words", "A []{.point} it is.\n", line=8),
    Fault(
        "A heading without words", "##\n\n[Words]{.point} stand here.\n", page="an empty heading", slide="the title of the chapter",
        message="this title shows no words", on_page="Words stand here.", on_slide="Words",
    ),
    Fault(
        "A slide with nothing on it", "```{slide} Empty\n```\n", page="nothing", slide="its title", web="nothing", on_slide="Empty"
    ),
    Fault(
        "A title that does not fit", f"{MARK}## {'Long words ' * 140}\n\n"
                                     f"[Words]{{.point}} stand here.\n", page="the whole title",
        slide="as much of it as fits; all of it in the "
              "notes", web="the whole title", message="is too long for its box", line=9,
        on_page="Words stand here.", on_slide="Words",
    ),
    Fault(
        "A point that does not fit", f"{MARK}- {'word ' * 900}\n", page="the whole point", slide="the whole point, on several slides",
        web="the whole point", on_page="word word", on_slide="word word",
    ),
    Fault(
        "A table of forty columns", MARK + WIDE, page="some columns after the others", slide="some columns after the others", web="the table, which scrolls",
        on_slide="c38",
    ),
    Fault(
        "A picture that fills a slide with "
        "words", "```{slide} Full\n:layout: full-bleed\n\n- A point\n```\n", page="nothing",
        slide="the words on the usual layout", web="nothing", message="a full-bleed slide shows one picture", on_slide="A point",
    ),
    Fault(
        "A layout that there is not", "```{slide} Full\n:layout: nope\n\n- A point\n```\n", page="nothing",
        slide="the words on the usual layout", web="nothing", message="there is no layout 'nope'", status=1, on_slide="A point",
    ),
    Fault(
        "A background that is no colour", "```{slide} Ground\n:background: nope\n\n- A point\n```\n", page="nothing",
        slide="the slide without it", web="nothing", message=":background: must be a theme colour", status=1, on_slide="A point",
    ),
    Fault(
        "Two slides of one name", "```{slide} A\n:name: x\n```\n\n```{slide} B\n"
                                  ":name: x\n\n- A point\n```\n", page="nothing",
        slide="both", web="nothing", message="the slide name 'x' is used already", status=1, line=12, on_slide="A point",
    ),
    Fault(
        "A marked formula that cannot be set", "```{math}\n:class: slide\n"
                                               "\\brokn{a}\n```\n\nWith $b^2$.\n", page="its LaTeX", slide="its LaTeX",
        web="what MathJax shows", message="cannot be set", status=1, on_slide="brokn{a}", on_page="brokn{a}",
    ),
    wrong_data("A data file without rows", "a,b\n", "has no rows below its head"),
    wrong_data("A data file that is empty", "", "has no rows below its head"),
    wrong_data("A value that is no number", "a,b\nx,many\n", "'many' in column 'b', line 2 of "
                                                             "'data.csv', is not a number"),
    wrong_data("A value that is not finite", "a,b\nx,inf\n", "'inf' in column 'b', line 2 of "
                                                             "'data.csv', is not a number"),
    wrong_data("Values that are too large for an axis", "a,b\nx,1e308\ny,-1e308\n", "is too large to be drawn"),
    wrong_data("Values that are too small for an axis", "a,b\nx,1e-300\ny,2e-300\n", "which no axis can show"),
    wrong_data("A column that there is not", "a,B\nx,1\n", "needs a column 'b'; 'data.csv' "
                                                           "has: a, B. Did you mean 'B'?"),
    wrong_data("A row with too few cells", "a,b\nx,1\ny\n", "line 3 of 'data.csv' has not as many cells as the head"),
    wrong_data("A data file in Windows-1252", b"a,b\n\xe9,1\n", "is not UTF-8 text (byte 0xE9 at offset 4, in line 2)"),
    wrong_data("A data file in UTF-16", "a,b\nx,1\n".encode("utf-16"), "is in UTF-16"),
    wrong_data("Decimal commas and points in one file", "a;b\nx;1,5\ny;2.5\n", "with a decimal comma ('1,5' in column "
                                                                               "'b', line 2)"),
    read_as_meant("A data file with semicolons and decimal commas", "a;b\nx;1.234,5\ny;2,5 %\n"),
    read_as_meant("A data file with tabs", "a\tb\nx\t1,5\ny\t2\n"),
    read_as_meant("A chart of one row", "a,b\nx,1\n"),
    read_as_meant("A chart of zeros", "a,b\nx,0\ny,0\n"),
    Fault(
        "A timeline of one event", "```{timeline} e.csv\n"
                                   ":class: slide\n\nCaption\n```\n", page="the timeline", slide="the timeline", web="the timeline",
        files={"e.csv": "date,event\n1937,One\n"}, on_slide="One",
    ),
    Fault(
        "A film that is missing", f'{MARK}<video src="none.mp4"></video>\n', page="nothing", slide="a frame that names it",
        message="the file 'none.mp4' is not there", status=1, line=9,
    ),
)  # fmt: skip
