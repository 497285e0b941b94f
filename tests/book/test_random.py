"""Random MyST and random doctrees never break the compile, and never lose a word."""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest
from docutils import nodes
from docutils.utils import new_document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sphinx.util.docutils import docutils_namespace, patch_docutils

from builder.book.translate import BookContext, Translator
from builder.build.application import Project
from builder.build.books import BookFolders
from builder.build.flow import Memory, plan
from builder.build.project import read_project
from builder.source.resolver import make_resolver, resolving_with
from builder.typeset.compile import font_book, make_compiler
from builder.typeset.escape import string

from conftest import CONF, examples

WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9)
TEXT = st.lists(
    WORDS | st.sampled_from(["#", "$", "*", "_", "@x", "<y>", "[", "]", "=", "-", "//", "/*", "~", "`", "\\", '"']),
    min_size=1,
    max_size=8,
).map(" ".join)


def unbroken(text: str) -> str:
    """Text without spaces and the typesetter's hyphens, for words that are broken over lines."""
    return re.sub(r"[\s\u00ad\x02\ufffe]", "", text)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory):
    """Sets doctrees in the template of a small book; returns the text of the pages."""
    folder = tmp_path_factory.mktemp("random")
    (folder / "conf.py").write_text(CONF)
    (folder / "index.md").write_text("# Root\n\nText.\n")
    with patch_docutils(str(folder)), docutils_namespace():
        app = Project(str(folder), str(folder), str(folder / "_out"), str(folder / "_dt"), "html", status=None)
        app.build()
        resolver = make_resolver(app, folder / "_pdf")
        with resolving_with(app, resolver):
            memory = Memory(BookFolders(folder / "_pdf"))
            planned = plan(read_project(resolver, with_lectures=False), (), memory)
            (whole,) = planned.contents.texts
            book = memory.folders.of(whole.spec)
            book.write(whole, {})
            context = BookContext(
                app.env,
                frozenset({"index"}),
                resolver.formulas,
                {},
                "en",
                whole.settings.highlighter,
                335.0,
                True,
            )
            main = book.path / "one.typ"

            def set_pages(doctree: nodes.document) -> str:
                document = Translator(context, "index").translate(doctree)
                anchors = "".join(f"#a({string(label)});" for label in sorted(document.used - document.defined))
                text = anchors + document.text
                main.write_text(
                    f'#import "template.typ": *\n#show: book.with(title: "T")\n#show: main-matter\n{text}\n'
                )
                pdf = make_compiler(main, font_book()).compile()
                texts = []
                for number, page in enumerate(pypdfium2.PdfDocument(pdf)):
                    _, bottom, _, top = whole.settings.text_block().within(page, number)  # a word may go on overleaf
                    texts.append(page.get_textpage().get_text_bounded(bottom=bottom - 2, top=top + 2))
                return re.sub(r"-\r?\n|[\x02\ufffe]\s*|\s*↪\s*", "", "\n".join(texts)).lower()

            yield app, set_pages


def words_of(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{2,}", text.lower()))


def letters_of(text: str) -> Counter[str]:
    return Counter(re.findall(r"[a-z]", text.lower()))


def inlines() -> st.SearchStrategy[nodes.Node]:
    text = TEXT.map(nodes.Text)
    kinds = st.sampled_from(
        [nodes.emphasis, nodes.strong, nodes.subscript, nodes.superscript, nodes.inline, nodes.literal]
    )
    return text | st.builds(lambda kind, words: kind(words, words), kinds, TEXT)


def paragraphs() -> st.SearchStrategy[nodes.Element]:
    return st.lists(inlines(), min_size=1, max_size=4).map(lambda found: nodes.paragraph("", "", *found))


def table_of(rows: list[list[nodes.Element]]) -> nodes.table:
    columns = max(map(len, rows))
    group = nodes.tgroup("", *[nodes.colspec(colwidth=1) for _ in range(columns)], cols=columns)
    body = nodes.tbody()
    for row in rows:
        cells = [nodes.entry("", cell) for cell in row] + [nodes.entry() for _ in range(columns - len(row))]
        body += nodes.row("", *cells)
    return nodes.table("", group.__class__("", *group.children, body, cols=columns))


def blocks() -> st.SearchStrategy[nodes.Element]:
    def around(inner: st.SearchStrategy[nodes.Element]) -> st.SearchStrategy[nodes.Element]:
        several = st.lists(inner, min_size=1, max_size=3)
        items = st.lists(several.map(lambda found: nodes.list_item("", *found)), min_size=1, max_size=3)
        boxes = st.sampled_from([nodes.note, nodes.warning, nodes.block_quote, nodes.container, nodes.compound])
        return st.one_of(
            items.map(lambda found: nodes.bullet_list("", *found)),
            items.map(lambda found: nodes.enumerated_list("", *found, enumtype="loweralpha", suffix=")")),
            st.builds(lambda kind, found: kind("", *found), boxes, several),
            st.builds(
                lambda term, found: nodes.definition_list(
                    "", nodes.definition_list_item("", nodes.term(term, term), nodes.definition("", *found))
                ),
                TEXT,
                several,
            ),
            st.lists(st.lists(inner, min_size=1, max_size=3), min_size=1, max_size=3).map(table_of),
        )

    leaves = paragraphs() | TEXT.map(lambda words: nodes.literal_block(words, words, language="python"))
    return st.recursive(leaves, around, max_leaves=8)


@settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(title=TEXT, found=st.lists(blocks(), min_size=1, max_size=5))
def test_any_doctree_is_set_with_all_its_words(bench, title: str, found: list[nodes.Element]) -> None:
    _app, set_pages = bench
    document = new_document("index")
    document += nodes.section("", nodes.title(title, title), *[block.deepcopy() for block in found], ids=["one"])
    wanted = words_of(document.astext())
    text = re.sub(r"\s*\n\s*", " ", set_pages(document))
    missing = {word for word in wanted - words_of(text) if word not in unbroken(text)}
    # Parts of a word that is broken in a cell stand apart, since lines are read across the cells beside it.
    assert not missing or letters_of(document.astext()) <= letters_of(text), (missing, ascii(text))


MYST = st.lists(
    st.sampled_from(["# ", "## ", "- ", "1. ", "> ", "```\n", "`", "*", "**", "[a](b)", "$x$", "$$", "|", "\n", "\n\n", "    ", "<b>", "{ref}`x`", ":::{note}\n", ":::", "![](c)", "\\", "(t)=\n", "[^1]", "{.slide}\n", "- - -"])
    | WORDS,
    max_size=30,
).map("".join)  # fmt: skip


@settings(
    max_examples=examples(30),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(source=MYST)
def test_any_myst_is_set(bench, source: str) -> None:
    app, set_pages = bench
    (Path(app.srcdir) / "index.md").write_text(source, encoding="utf-8")
    app.builder.read_doc("index")
    app.env._pickled_doctree_cache.pop("index", None)
    doctree = app.env.get_doctree("index")
    app.env.apply_post_transforms(doctree, "index")
    set_pages(doctree)
