"""The options of ``conf.py`` that are the builder's own: a table, from which Sphinx, docs and editors know them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from builder.source.edition_names import EDITIONS


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its name, default, the types it may have, what it may be, and one line of help.

    ``reads`` is ``"env"`` when a change means reading the sources again, ``""`` when only outputs change. A text that
    is given must be like ``pattern``, as ``example`` is.
    """

    name: str
    default: Any
    types: tuple[type, ...]
    help: str
    choices: tuple[str, ...] = ()
    reads: Literal["", "env"] = ""
    pattern: str = ""
    example: str = ""
    least: int = 0
    """The smallest number."""
    holds: type | None = None
    """What the values of a dict are."""


PRESETS = ("textbook", "novel", "manual", "thesis", "report")
"""Kinds of printed book; each is a file in ``book/template/presets``."""

SOLUTIONS = ("after", "hidden", "none")
"""Where the slides of solutions are."""

OPTIONS = (
    Option(
        "builder_lectures", "slides/lectures.toml", (str,), "The file that declares the decks, from conf.py's folder."
    ),
    Option(
        "builder_pdf_name",
        "",
        (str,),
        "Name of the PDF without its ending; else made from the project's name.",
        pattern=r"[^/\\]+",
        example="book",
    ),
    Option("builder_subtitle", "", (str,), "Subtitle on the title page of the printed book."),
    Option("builder_publisher", "", (str,), "Publisher, place or edition line at the foot of the title page."),
    Option(
        "builder_preset",
        "textbook",
        (str,),
        "The printed book's kind: its trim size, margins, type, openings and running heads.",
        choices=PRESETS,
    ),
    Option(
        "builder_trim",
        "",
        (str,),
        "Trim size instead of the preset's: '170x240mm', 'a4', 'a5', 'b5', 'letter', 'trade', ...",
    ),
    Option(
        "builder_margins",
        {},
        (dict,),
        "Margins instead of the preset's: 'top', 'bottom', 'inside', 'outside', as '25mm'.",
    ),
    Option("builder_font_size", 0, (int, float), "Size of the text in points; 0 is the preset's."),
    Option(
        "builder_body_font",
        "",
        (str,),
        "Family of the text; it comes from a pip package fontpkg-NAME or from builder_fonts.",
    ),
    Option("builder_head_font", "", (str,), "Family of headings, captions and tables."),
    Option("builder_code_font", "", (str,), "Family of code."),
    Option(
        "builder_fonts",
        "",
        (str,),
        "Folder with font files of your own, from conf.py's folder: for the book, and for what the theme fonts of "
        "decks are measured with.",
    ),
    Option("builder_accent", "", (str,), "The one colour of the printed book, as '#7a2a25'."),
    Option("builder_colour", True, (bool,), "False prints in black and white: accent, boxes and code without colour."),
    Option(
        "builder_code_style",
        "friendly",
        (str,),
        "Style of Pygments for code in print; colours too pale for paper are darkened.",
    ),
    Option(
        "builder_openings",
        "",
        (str,),
        "Where chapters open: on a recto or on the next page; '' is the preset's.",
        choices=("", "recto", "next"),
    ),
    Option(
        "builder_paragraphs",
        "",
        (str,),
        "Paragraphs indented, or set apart by space; '' is the preset's.",
        choices=("", "indented", "spaced"),
    ),
    Option(
        "builder_template",
        "",
        (str,),
        "A Typst file of yours, from conf.py's folder, whose functions replace the template's. One that looks beyond "
        "a chapter (query, locate, "
        "final) has the book set in one piece, which is slower.",
    ),
    Option(
        "builder_words",
        {},
        (dict,),
        "Words of your own in place of those that the builder writes, for instance {'contents': 'In this book', "
        "'pages': 'pp. {}'}: see [languages](languages.md).",
        holds=str,
    ),
    Option(
        "builder_contents_depth", 2, (int,), "How many levels of headings the printed table of contents shows.", least=1
    ),
    Option(
        "builder_contents_columns", 1, (int,), "In how many columns it is set: a long one is shorter in two.", least=1
    ),
    Option("builder_draft", False, (bool,), "True numbers the lines and prints the date on each page."),
    Option(
        "builder_slide_references",
        False,
        (bool,),
        "True names in the outer margin, beside each section, the slides that show it: 'Lecture 2, slides 14–16'.",
    ),
    Option(
        "builder_folded_code",
        True,
        (bool,),
        "False leaves out of print the code that web pages fold away (cells tagged 'hide-input' or 'hide-cell'); what "
        "it gave is printed.",
    ),
    Option("builder_page_references", False, (bool,), "True adds '(page 31)' to references that lead to another page."),
    Option(
        "builder_link_addresses",
        "none",
        (str,),
        "Print the addresses of links: not at all, behind them, or as footnotes.",
        choices=("none", "inline", "footnote"),
    ),
    Option(
        "builder_pdf_standards",
        ["ua-1"],
        (list, tuple),
        "What the PDF must satisfy, of 'ua-1', 'a-2a', 'a-3a'; one that the content hinders "
        "is left out with a warning.",
    ),
    Option(
        "builder_pdf_strict",
        False,
        (bool,),
        "True makes it an error when a standard cannot be satisfied: the PDF is not published then.",
    ),
    Option(
        "builder_books",
        [],
        (list, tuple),
        "Several printed books, each {'root': document, 'name': of the PDF} with title, subtitle, author and preset "
        "if they differ.",
    ),
    Option(
        "builder_appendices",
        [],
        (list, tuple),
        "Documents that are appendices: in print they open with 'Appendix' for 'Chapter', and everywhere they have "
        "letters for numbers (A, A.1, Table A.1).",
    ),
    Option("builder_imprint", [], (list, tuple), "Paragraphs of the copyright page, below the copyright line."),
    Option(
        "builder_edition",
        "",
        (str,),
        "The edition that is built, as builder build --edition sets it; '' is everything. See [editions](editions.md).",
        choices=("", *EDITIONS),
        reads="env",
    ),
    Option(
        "builder_point_style",
        "bullet",
        (str,),
        "What becomes of a point's text: a capital first and no closing mark, or the words as they stand.",
        choices=("bullet", "verbatim"),
    ),
    Option(
        "builder_solutions",
        "after",
        (str,),
        "Slides of solutions: after their exercises, hidden at the end of the deck, or none; a lecture may have its "
        "own 'solutions'.",
        choices=SOLUTIONS,
    ),
    Option(
        "builder_plan",
        "auto",
        (str,),
        "Suggested slides where a document has no marks (auto), or for each section without marks (outline).",
        choices=("auto", "outline"),
    ),
    Option(
        "builder_deck",
        {},
        (dict,),
        "What every deck has: 'agenda', 'progress', 'references' (true or false), 'sections' "
        "(auto, chapters, sections, none), "
        "'transition' (none, fade, push, ...), 'incremental', 'template_slides' (drop, front, back, around), "
        "'handout' (2, 3, 4 or 6 slides a page), 'notes_pages', 'body_floor', 'table_floor', 'code_floor' (points), "
        "'template' (see [templates](templates.md)), 'embed_fonts' (true or false); a lecture may have its own.",
    ),
    Option(
        "builder_first_sentences",
        False,
        (bool,),
        "Without annotations: the first sentence of each paragraph is a point on its slide.",
    ),
    Option("builder_slide_level", 4, (int,), "Without annotations: the deepest section level that gives a slide."),
    Option("builder_notes_paragraphs", True, (bool,), "Put the book paragraphs that points came from into the notes."),
    Option(
        "builder_earlier_decks",
        200,
        (int,),
        "How many published versions of a deck are remembered; a copy that comes back is merged from the version that "
        "it was made from. The oldest go first.",
    ),
    Option("builder_earlier_decks_size", 200, (int,), "How many megabytes they may take, packed, all decks together."),
    Option(
        "builder_picture_dpi",
        300,
        (int,),
        "Dots an inch that photographs have at most over a whole page of A4, PNG twice as many; print and slides show "
        "smaller copies of those that have more. 0 leaves all pixels in.",
    ),
    Option(
        "builder_video_stills",
        {},
        (dict,),
        "Stills of films on the web, which print and slides show: the film's name at its host, or its address, and a "
        "picture from conf.py's folder. Without one a still is drawn.",
    ),
    Option(
        "builder_web_url",
        "",
        (str,),
        "Address of the web book, for links that leave a deck.",
        pattern=r"(?:https?|file)://\S+",
        example="https://example.org/book/",
    ),
    Option("builder_outputs_note", True, (bool,), "Link the decks and the PDF from each page of the web book."),
)


def default_of(name: str) -> Any:
    """The default of an option."""
    return next(option.default for option in OPTIONS if option.name == name)
