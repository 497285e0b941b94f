"""Each arrow of `builder.build.flow`, called with values; a project that Sphinx has read where an arrow reads it."""

from __future__ import annotations

import ast
import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from pptx import Presentation
from sphinx.util.docutils import docutils_namespace, patch_docutils

from builder.book.folder import BookFolder
from builder.book.printed import compose_book
from builder.book.settings import Settings
from builder.book.text import BookText, Surroundings
from builder.book.translate import TypstDocument
from builder.build.ahead import decks_ahead, last_pages, note_pages
from builder.build.application import Project
from builder.build.books import BookFolders
from builder.build.decks import DeckMaker
from builder.build.fitting import Fit, fit_deck, slide_places
from builder.build.flow import Memory, deck_or_none, make, make_decks, make_early, plan
from builder.build.ledger import DeckRecord, Ledger
from builder.build.planning import Plan, errors_between
from builder.build.project import ReadProject, read_project
from builder.deck.blocks import Text
from builder.deck.finish import with_pages
from builder.deck.lectures import Lecture
from builder.deck.model import BookPlace, Deck, Notes, Paragraph, Part, Run, Slide
from builder.deck.plan import title_slide
from builder.errors import NOWHERE, Source
from builder.pptx.template.reading import read_template, template_path
from builder.pptx.write import write_deck
from builder.source.books import BookSpec
from builder.source.document_cache import recording
from builder.source.order import BookOrder, Entry
from builder.source.resolved import ResolvedBuilder
from builder.source.resolver import make_resolver, resolving_with
from builder.typeset.highlight import Highlighter
from builder.typeset.math.formulas import Formulas
from builder.typeset.page_map import PageMap, joined
from builder.typeset.wording import fixed_words

from conftest import CONF, bullets, notes

ENGLISH = fixed_words("en", {})
SETTINGS = Settings("textbook", {}, ENGLISH, "en", "", Highlighter("default"), None)


def slide(label: str, *points: str, key: str = "", named: bool = False, decks: tuple[str, ...] = ()) -> Slide:
    """A slide of points that shows a section of the book."""
    section, chapter = Part(label, "1.1", (Run("A section"),)), Part("one:", "1", (Run("One"),))
    place = BookPlace(label, "1.1", "A section", section, chapter)
    text = Text(tuple(Paragraph((Run(point),), 1) for point in points), Source("one.md", 3))
    return Slide(
        key or label, (Run("A section"),), "", (text,), Notes(), place, Source("one.md", 3), named=named, decks=decks
    )  # fmt: skip


def fitted(*slides: Slide) -> Fit:
    """A deck of slides behind a title slide, fitted to our own template."""
    deck = Deck(
        "l", "A lecture", "The book", "Me", "en", (title_slide("l/title", (Run("A lecture"),), "", "The book"), *slides)
    )
    return fit_deck(deck, read_template(template_path("plain", Path(), NOWHERE), NOWHERE), Formulas(), (), NOWHERE)


def words(shown) -> str:
    """All words of a slide of python-pptx."""
    return "\n".join(shape.text_frame.text for shape in shown.shapes if shape.has_text_frame)


def text_of_book(folder: Path, **documents: str) -> BookText:
    """A book of chapters, by their names, each a line of Typst text below a label."""
    order = BookOrder((), tuple(Entry(name, 0) for name in documents))
    files = {name: f"{name}.md" for name in documents}
    about = Surroundings(
        publisher="", imprint=(), contents_depth=2, contents_columns=1, appendices=(), letters=(), logo=None,
        logo_name="", files=files, folder=folder, conf=NOWHERE,
    )  # fmt: skip
    texts = {
        name: TypstDocument(
            name,
            f'#section(level: 1, number: "{number}", lbl: "{name}:top", [{name}])\n\n{words}',
            defined={f"{name}:top"},
        )
        for number, (name, words) in enumerate(documents.items(), start=1)
    }  # fmt: skip
    return BookText(BookSpec("index", "b", "A book"), SETTINGS, order, texts, about)


# --- slides


def test_slides_are_fitted_to_a_template() -> None:
    fit = fitted(slide("one:a", "First", "Second"))
    assert [one.layout for one in fit.fitted.slides] == ["title", "bullets"]
    assert fit.fitted.slides[1].placed[0].size >= 18
    assert not fit.errors


def test_margins_name_the_slides_of_each_lecture_by_their_numbers() -> None:
    first = fitted(slide("one:a", "x"), slide("one:b", "y"), replace(slide("one:b", "z"), key="c"))
    behind = replace(first.fitted, first=3)
    hidden = fitted(replace(slide("one:a", "x"), hidden=True)).fitted
    places = slide_places([first.fitted, None, behind, hidden], ENGLISH)
    assert places == {
        "one:a": "Lecture 1, slide 2; Lecture 3, slide 4",
        "one:b": "Lecture 1, slides 3\u2060–\u20604; Lecture 3, slides 5\u2060–\u20606",
    }


def test_a_deck_is_written_with_the_pages_of_the_book() -> None:
    fit = fitted(slide("one:a", "First"), slide("one:b", "Second"))
    deck = with_pages(fit.fitted, {"one:a": "12"}, "Pages 12–14", "")
    content, errors = write_deck(deck, fit.template, fit.typeface)
    title, first, second = Presentation(io.BytesIO(content)).slides
    assert not errors
    assert "Pages 12\u2060–\u206014" in words(title)
    assert bullets(first) == [(1, "First")]
    assert [notes(one) for one in (first, second)] == [["Book § 1.1 A section, p. 12"], ["Book § 1.1 A section"]]


def test_what_is_wrong_between_decks() -> None:
    plans = {
        "one": Plan((slide("one:a", key="same", named=True),)),
        "two": Plan((slide("two:a", key="same", named=True, decks=("l", "gone")),)),
    }
    twice, unknown = errors_between([Lecture("l", "A lecture", ("one", "two"))], plans)
    assert "'same' is used already, in one.md:3" in twice.message
    assert unknown.message == "there is no deck 'gone'; the decks are: l."


# --- pages


def test_the_texts_of_a_book_become_pages_and_a_page_map(tmp_path: Path) -> None:
    text = text_of_book(tmp_path, one="Words.", two="More.")
    book = compose_book(
        text, {}, BookFolder(tmp_path / "typst", tmp_path / "set"), lambda name, *_: text.documents[name]
    )
    assert book.compiled is not None
    assert not book.errors
    pages = joined([book.compiled.page_map])
    assert (pages.folio("one:top"), pages.folio("two:top")) == ("1", "3"), "chapters open on the right-hand side"
    assert pages.spans(["one:"]) == [("1", "1")]


def test_pages_that_slides_name_are_laid_out_without_a_pdf(tmp_path: Path) -> None:
    """Who wants a PDF later gets it from the same folder."""
    text = text_of_book(tmp_path, one="Words.", two="More.")
    made = [
        compose_book(
            text,
            {},
            BookFolder(tmp_path / "typst", tmp_path / "set", stays=False),
            lambda name, *_: text.documents[name],
            wants_pdf=wants_pdf,
        ).compiled
        for wants_pdf in (False, True, False)
    ]
    paged, book, again = made
    assert paged is not None
    assert book is not None
    assert again is not None
    assert paged.page_map == book.page_map == again.page_map
    assert (paged.pdf, book.pdf[:5]) == (b"", b"%PDF-")


def test_the_margin_of_a_section_names_its_slides(tmp_path: Path) -> None:
    text = text_of_book(tmp_path, one="Words.")
    folder = BookFolder(tmp_path / "typst", tmp_path / "set")
    folder.write(text, {"one:top": "Lecture 2, slide 7"})
    assert "Lecture 2, slide 7" in (folder.path / "settings.typ").read_text()


def test_a_document_that_cannot_be_set_is_an_error_at_its_place(tmp_path: Path) -> None:
    text = text_of_book(tmp_path, one='#panic("no")')
    book = compose_book(
        text, {}, BookFolder(tmp_path / "typst", tmp_path / "set"), lambda name, *_: text.documents[name]
    )
    assert book.compiled is None
    assert ["panicked" in error.message and error.source.path for error in book.errors] == ["one.md"]


# --- what reads Sphinx's environment


@contextmanager
def project_in(folder: Path, chapters: dict[str, str], conf: str = "") -> Iterator[ReadProject]:
    """A project of chapters that Sphinx has read."""
    (folder / "conf.py").write_text(CONF + conf)
    tree = "```{toctree}\n:numbered:\n\n" + "\n".join(chapters) + "\n```\n"
    (folder / "index.md").write_text(f"# Root\n\n{tree}")
    for name, content in chapters.items():
        (folder / f"{name}.md").write_text(content)
    with patch_docutils(str(folder)), docutils_namespace():
        app = Project(str(folder), str(folder), str(folder / "_html"), str(folder / "_doctrees"), "html", status=None)
        app.build()
        resolver = make_resolver(app, folder / "_print")
        with resolving_with(app, resolver):
            yield read_project(resolver, with_lectures=True)


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that are resolved, in order."""
    names: list[str] = []
    usual = ResolvedBuilder.resolve

    def resolve(self: ResolvedBuilder, doctree, docname: str):
        names.append(docname)
        return usual(self, doctree, docname)

    monkeypatch.setattr(ResolvedBuilder, "resolve", resolve)
    return names


TWO_BOOKS = "builder_books = [{'root': 'index', 'name': 'all'}, {'root': 'two', 'name': 'part'}]\n"


def test_a_document_is_resolved_once_for_all_books_and_decks(tmp_path: Path, resolved: list[str]) -> None:
    chapters = {"one": "# One\n\n[a]{.point}\n", "two": "# Two\n\n[b]{.point}\n"}
    with project_in(tmp_path, chapters, TWO_BOOKS) as project:
        planned = plan(project, project.lectures, Memory(BookFolders(tmp_path / "_print")))
        assert sorted(resolved) == ["one", "two"]
        assert [(text.spec.name, list(text.documents)) for text in planned.contents.texts] == [
            ("all", ["one", "two"]),
            ("part", ["two"]),
        ]
        assert [slide.heading for slide in planned.contents.plans["two"].slides] == ["Two"]
        again = plan(project, project.lectures, Memory(BookFolders(tmp_path / "_print")))
        assert sorted(resolved) == ["one", "two"], "both come from the caches"
        assert again.contents.plans == planned.contents.plans


def test_early_slides_have_the_pages_of_the_last_build_and_are_not_set_again(tmp_path: Path) -> None:
    with project_in(tmp_path, {"one": "# One\n\n[a]{.point}\n"}) as project:
        memory, ledger = Memory(BookFolders(tmp_path / "_print")), Ledger(tmp_path / "decks.json", tmp_path / "slides")
        planned = plan(project, project.lectures, memory)
        assert make_early(planned, ledger, memory) == {}, "no page is known yet"
        (first,) = make(planned, ledger, memory).decks
        early = make_early(planned, ledger, memory)
        assert early["one"].quick == first.key
        (second,) = make(planned, ledger, memory, early).decks
        assert early["one"].papers is not None
        of_early = early["one"].papers[0]
        assert {ending: path.read_bytes() for ending, path in second.papers.items()} == of_early
        ledger.folder.mkdir()
        for name, content in {".pptx": second.pptx, **second.papers}.items():
            shutil.copy(content, ledger.folder / f"one{name}")
        ledger.remember({"one.pptx": second.record})
        assert make_early(planned, ledger, memory)["one"].papers is None, "it is right as it lies there"
        (third,) = make(planned, ledger, memory).decks
        assert (third.pptx, third.record) == (None, second.record)
        assert isinstance(third.record, DeckRecord)


def test_a_deck_made_ahead_holds_where_its_printed_pages_are_those_of_the_last_build(tmp_path: Path) -> None:
    with project_in(tmp_path, {"one": "# One\n\n[a]{.point}\n", "two": "# Two\n\n[b]{.point}\n"}) as project:
        memory, ledger = Memory(BookFolders(tmp_path / "_print")), Ledger(tmp_path / "decks.json", tmp_path / "slides")
        planned = plan(project, project.lectures, memory)
        serial = [(deck.name, deck.pptx.read_bytes()) for deck in make(planned, ledger, memory).decks if deck.pptx]
        pages = memory.pages
        assert pages is not None
        maker = DeckMaker(planned.fits, ledger, pages)
        ahead = decks_ahead(planned.lectures, maker, deck_or_none)
        assert [(name, deck.deck.pptx and deck.deck.pptx.read_bytes()) for name, deck in ahead.items()] == serial
        assert [deck is ahead[deck.name].deck for deck in make_decks(planned, maker, ahead)] == [True, True]
        moved = replace(pages, folios={label: f"1{folio}" for label, folio in pages.folios.items() if "two" in label})
        stretched = DeckMaker(planned.fits, ledger, moved)
        assert [deck is ahead[deck.name].deck for deck in make_decks(planned, stretched, ahead)] == [False, False]
        note_pages(tmp_path / "_print", moved)
        assert last_pages(tmp_path / "_print") == moved


def test_warnings_of_a_deck_that_was_made_ahead_and_does_not_hold_are_told_once(tmp_path: Path) -> None:
    with project_in(tmp_path, {"one": f"# One\n\n{{.slide}}\n$$\n{'x' * 150}\n$$\n"}) as project:
        memory, ledger = Memory(BookFolders(tmp_path / "_print")), Ledger(tmp_path / "decks.json", tmp_path / "slides")
        planned = plan(project, project.lectures, memory)
        ahead = decks_ahead(planned.lectures, DeckMaker(planned.fits, ledger, PageMap({}, 1)), deck_or_none)
        with recording() as recorder:
            made = list(make_decks(planned, DeckMaker(planned.fits, ledger, PageMap({"one:one": "2"}, 2)), ahead))
        assert [deck is ahead[deck.name].deck for deck in made] == [False]
        assert [subtype for _message, _place, subtype in recorder.warnings] == ["formula"]


# --- the rule


def test_nothing_is_set_on_a_builder_from_outside() -> None:
    package = Path(__import__("builder").__file__).parent
    found = []
    for path in sorted(package.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            for target in targets:
                if isinstance(target, ast.Attribute):
                    owner = ast.unparse(target.value).rsplit(".", 1)[-1]
                    found += [f"{path.name}:{target.lineno}"] if "builder" in owner or owner == "resolver" else []
    assert found == []
