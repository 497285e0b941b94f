"""Descriptions of objects on slides and in print: signatures, fields, versions, options, terms, grammars."""

from __future__ import annotations

import pypdfium2
import pytest

from conftest import Book
from slide_texts import texts_of

CONF = 'project = "API"\nextensions = ["myst_parser"]\nbuilder_deck = {"template": "plain"}\n'
TEMPLATE = ".. cpp:class:: template<typename T, int N = 16> Ring\n\n   A ring.\n"
OPTIONAL = ".. js:function:: get(href, callback[, errback[, more]])\n"
CONFVAL = ".. confval:: rate\n   :type: int\n   :default: ``8000``\n\n   The rate.\n"
FIELDS = """.. c:function:: int run(int flags)

   :param flags: one of

      * FAST
      * SLOW
   :returns: 0, or an error

      ===== =========
      -1    no memory
      ===== =========
"""
GRAMMAR = '.. productionlist::\n   try: "try" ":" `suite`\n      : "finally" ":" `suite`\n'
SHAPES = ("Box", "Text", "Code")


def build(book: Book, source: str) -> list[str]:
    """The lines of all shapes on the last slide of an automatic deck."""
    book.write("conf.py", CONF)
    book.write("chapter.rst", f"Chapter\n=======\n\nSection\n-------\n\n{source}")
    result = book.build(None, "--to", "pptx,pdf")
    assert (result.status, result.errors) == (0, "")
    slide = result.deck().slides[-1]
    return [line for name in SHAPES for text in texts_of(slide, name) for line in text.split("\n")]


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        (TEMPLATE, ["template<typename T, int N = 16>", "class Ring", "A ring."]),
        (OPTIONAL, ["get(href, callback[, errback[, more]])"]),
        (".. py:function:: f([a, b[, c]]) -> int\n", ["f([a, b[, c]]) → int"]),
        (".. py:function:: f(a)\n                 f(a, *, b)\n\n   Text.\n", ["f(a)", "f(a, *, b)", "Text."]),
        (CONFVAL, ["rate", "Type: int", "Default: 8000", "The rate."]),
        (".. option:: --rate <hz>, -r <hz>\n\n   Rate.\n", ["--rate <hz>, -r <hz>", "Rate."]),
        (".. versionadded:: 1.2\n   The option.\n", ["Added in version 1.2: The option."]),
        (".. deprecated:: 2.0\n", ["Deprecated since version 2.0."]),
        (".. glossary::\n\n   mean\n   average\n     The sum.\n", ["mean", "average", "The sum."]),
        ("-a, --all   Output all.\n", ["-a, --all", "Output all."]),
        (GRAMMAR, ['try ::= "try" ":" suite', '        "finally" ":" suite']),
        (".. parsed-literal::\n\n   for *name* in\n     this\n", ["for name in", "  this"]),
    ],
)
def test_an_object_is_whole_on_its_slide(book: Book, source: str, lines: list[str]) -> None:
    assert build(book, source) == lines


def test_lists_and_tables_in_fields_are_there(book: Book) -> None:
    shown = build(book, FIELDS)
    assert [line for line in shown if line.endswith(("of", "AST", "LOW"))] == [
        "flags – one of",
        "FAST",
        "SLOW",
    ]
    table = next(s.table for s in book.build(None, "--to", "pptx").deck().slides[-1].shapes if s.has_table)
    assert [cell.text for cell in table.rows[0].cells] == ["-1", "no memory"]


BARE_VERSIONS = """
from docutils.parsers.rst import Directive
from sphinx import addnodes

class Bare(Directive):
    has_content, required_arguments = True, 1

    def run(self):
        node = addnodes.versionmodified(type=self.name, version=self.arguments[0])
        self.state.nested_parse(self.content, self.content_offset, node)
        return [node]

def setup(app):
    app.add_directive("versionadded", Bare, override=True)
    app.add_directive("versionchanged", Bare, override=True)
"""


def test_a_version_whose_words_only_a_writer_of_html_knows_is_said(book: Book) -> None:
    book.write("conf.py", CONF + BARE_VERSIONS)
    marked = ["Section\n-------", ".. versionadded:: 5.2", ".. versionchanged:: 5.3\n\n   Faster."]
    book.write("chapter.rst", "Chapter\n=======\n\n" + "".join(f".. rst-class:: slide\n\n{one}\n\n" for one in marked))
    slide = book.build(None, "--to", "pptx").deck().slides[-1]
    shown = [text for name in SHAPES for text in texts_of(slide, name)]
    assert "\n".join(shown).split("\n") == ["Added in version 5.2.", "Changed in version 5.3: Faster."]


def test_signatures_in_print_have_the_lines_and_brackets_of_the_web(book: Book) -> None:
    build(book, f"{TEMPLATE}\n{OPTIONAL}")
    pages = pypdfium2.PdfDocument(book.call("build", "-q", "--to", "pdf").pdf)
    lines = [line for page in pages for line in page.get_textpage().get_text_bounded().splitlines()]
    assert {"template<typename T, int N = 16>", "class Ring", "get(href, callback[, errback[, more]])"} <= set(lines)


HEADS = """.. list-table::
   :header-rows: 2

   * - A
     - B
   * - a
     - b
   * - 1
     - 2
"""


def test_all_head_rows_look_like_heads(book: Book) -> None:
    build(book, HEADS)
    rows = next(s.table for s in book.build(None, "--to", "pptx").deck().slides[-1].shapes if s.has_table)._tbl.tr_lst
    fills = [row.xpath(".//a:tcPr/a:solidFill/a:schemeClr/@val") for row in rows]
    assert fills == [[], ["accent1", "accent1"], []]
    assert [bool(row.xpath(".//a:rPr[@b='1']")) for row in rows] == [True, True, False]
