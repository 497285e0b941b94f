"""The book of this repository, from its sources to the three outputs, and how they agree."""

from __future__ import annotations

import html
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest
import quotations
from finished import Finished, read_finished
from pptx import Presentation

from builder.pptx.package.conform import problems

from conftest import Once, notes, titles
from pdf_text import pages_of

pytestmark = pytest.mark.slow

MINUTES = re.compile(r"[\d.]+–[\d.]+ min")
"""What notes of a slide without words of the book hold."""

ROOT = Path(__file__).parent.parent


def copy_of_the_book(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("book", "slides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "conf.py", folder)
    return folder


def build(folder: Path, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "builder", "build", "-q", *options],
        cwd=folder, capture_output=True, text=True, env={**os.environ, **environment}, timeout=300,
    )  # fmt: skip


@pytest.fixture(scope="module")
def made(once: Once) -> Path:
    def fill(folder: Path) -> None:
        done = build(copy_of_the_book(folder), "-W")
        assert done.returncode == 0, done.stderr + done.stdout

    return once("the book", fill) / "_build"


@pytest.fixture(scope="module")
def pages(made: Path) -> list[str]:
    return pages_of(next((made / "pdf").glob("*.pdf")))


@pytest.fixture(scope="module")
def folios(made: Path) -> list[str]:
    with pikepdf.open(next((made / "pdf").glob("*.pdf"))) as pdf:
        return [page.label for page in pdf.pages]


def decks(made: Path) -> list[Path]:
    return sorted((made / "slides").glob("*.pptx"))


def squeezed(text: str) -> str:
    """Letters and digits only, so that line breaks, hyphens and small capitals do not matter."""
    return re.sub(r"[\W_]+", "", text).lower()


def test_the_lectures_are_there_with_their_titles(made: Path) -> None:
    assert [path.stem for path in decks(made)] == [f"lecture-{number}" for number in range(1, 7)]
    assert [titles(Presentation(str(path)))[0] for path in decks(made)] == [
        "Names and numbers",
        "From uprising to rehearsal",
        "Stalin, Genden and the machine",
        "Trials and monasteries",
        "Army, party, minorities",
        "The end and the memory",
    ]


def test_book_is_pdf_ua_with_outline_and_labels(made: Path, folios: list[str]) -> None:
    with pikepdf.open(next((made / "pdf").glob("*.pdf"))) as pdf:
        assert pdf.open_metadata().get("pdfuaid:part") == "1"
        assert len(pdf.open_outline().root) >= 6
    assert "v" in folios
    assert "1" in folios


def test_page_in_the_notes_is_the_page_in_the_pdf(made: Path, pages: list[str], folios: list[str]) -> None:
    checked = 0
    for path in decks(made):
        for slide in Presentation(str(path)).slides:
            written = notes(slide)
            if not written or MINUTES.fullmatch(written[-1]):
                continue
            place = re.fullmatch(r"Book (?:§ ([\d.]+) )?(.+), p\. (\w+)", written[-1])
            assert place, written
            number, title, folio = place.groups()
            text = squeezed(pages[folios.index(folio)])
            assert squeezed(title) in text, (path.name, title, folio)
            assert squeezed(number or "") in text
            checked += 1
    assert checked > 20


def test_each_figure_on_a_slide_has_the_number_and_words_of_the_book(made: Path, pages: list[str]) -> None:
    everything = squeezed(" ".join(pages))
    found = 0
    for path in decks(made):
        for slide in Presentation(str(path)).slides:
            for shape in slide.shapes:
                if shape.has_text_frame and re.match(r"(Figure|Table) \d+\.\d+ · ", shape.text_frame.text):
                    assert squeezed(shape.text_frame.text) in everything, shape.text_frame.text
                    found += 1
    assert found >= 12


def is_made(slide) -> bool:
    """True for agenda and references, whose lines are titles and entries, broken elsewhere in print."""
    return slide.shapes.title.text_frame.text.startswith(("Overview", "References"))


def test_each_number_on_a_slide_stands_in_the_book(made: Path, pages: list[str]) -> None:
    everything = " ".join(pages).replace("\u202f", " ")
    for path in decks(made):
        for number, slide in enumerate(Presentation(str(path)).slides):
            if number == 0 or is_made(slide):
                continue
            for shape in slide.shapes:
                if shape.has_text_frame and not shape.name.startswith(("Slide number", "Footer")):
                    for value in re.findall(r"\d[\d,.]*\d|\d", shape.text_frame.text):
                        assert value in everything, (path.name, number, value)


def test_long_bullets_are_sentences_of_the_book(made: Path) -> None:
    web = squeezed(" ".join(re.sub(r"<[^>]+>", "", path.read_text()) for path in (made / "html").glob("[01g]*.html")))
    total = same = 0
    for path in decks(made):
        for slide in Presentation(str(path)).slides:
            has_minutes = slide.slide_layout.name == "Question"  # in the place of its body
            is_read = is_made(slide) or has_minutes or slide._element.get("show") == "0"
            for shape in () if is_read else slide.placeholders:
                if shape.placeholder_format.idx == 1:
                    for paragraph in shape.text_frame.paragraphs:
                        total += 1
                        same += squeezed(paragraph.text) in web
    assert total > 50
    assert same / total > 0.5  # the others are short forms, which stand beside their sentence in the source


def test_decks_break_no_rule_of_what_opens_everywhere(made: Path) -> None:
    for path in decks(made):
        assert problems(path.read_bytes()) == []


def test_decks_as_pdf_have_a_page_for_each_shown_slide(made: Path) -> None:
    for path in decks(made):
        shown = [slide for slide in Presentation(str(path)).slides if slide._element.get("show") != "0"]
        with pikepdf.open(path.with_suffix(".pdf")) as pdf:
            assert len(pdf.pages) == len(shown)
            assert pdf.open_metadata().get("pdfuaid:part") == "1"


def test_web_book_has_the_drawings_and_no_marks(made: Path) -> None:
    page = (made / "html/01-counting.html").read_text()
    assert page.count("builder-drawing") == 2
    assert 'class="point"' not in page
    assert "facts:" not in page
    assert 'href="downloads/lecture-1.pptx"' in page


@pytest.fixture(scope="module")
def elsewhere(once: Once) -> Path:
    def fill(folder: Path) -> None:
        copy = copy_of_the_book(folder / "a longer" / "way down")
        done = build(copy, TZ="Asia/Ulaanbaatar", PYTHONHASHSEED="7", LC_ALL="C")
        assert done.returncode == 0, done.stderr

    return once("the book elsewhere", fill) / "a longer/way down/_build"


@pytest.mark.slow
def test_two_builds_in_two_places_are_the_same_bytes(made: Path, elsewhere: Path) -> None:
    for path in [*decks(made), *(made / "slides").glob("*.pdf"), *(made / "pdf").glob("*.pdf")]:
        assert path.read_bytes() == (elsewhere / path.relative_to(made)).read_bytes(), path.name


def test_no_path_of_this_machine_is_in_the_outputs(made: Path) -> None:
    for path in decks(made):
        archive = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
        assert not any(str(made.parent).encode() in archive.read(name) for name in archive.namelist())
    for path in [*(made / "slides").glob("*.pdf"), *(made / "pdf").glob("*.pdf")]:
        assert str(made.parent).encode() not in path.read_bytes()


@pytest.mark.slow
@pytest.mark.parametrize("delay", [1.2, 2.3])
def test_killed_build_leaves_the_last_good_files(elsewhere: Path, tmp_path: Path, delay: float) -> None:
    folder = tmp_path / "killed"
    shutil.copytree(elsewhere.parent, folder)
    output = folder / "_build"
    kept = [*decks(output), *(output / "pdf").glob("*.pdf"), *(output / "html").glob("*.html")]
    before = {path: path.read_bytes() for path in kept}
    chapter = folder / "book/03-left-course.md"
    chapter.write_text(chapter.read_text().replace("the ruling party banned", "that party banned"))
    process = subprocess.Popen(
        [sys.executable, "-m", "builder", "build", "-q"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    time.sleep(delay)
    process.kill() if sys.platform == "win32" else os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for path, content in before.items():
        now = path.read_bytes()
        if path.suffix == ".pptx":
            assert problems(now) == []
        elif path.suffix == ".pdf":
            assert now.rstrip().endswith(b"%%EOF")
        else:
            assert now == content or b"</html>" in now
    done = build(folder)
    assert done.returncode == 0, done.stderr
    assert "that party" in (output / "html/03-left-course.html").read_text()
    assert not list(output.rglob("*-edited-*"))


def test_the_index_has_more_than_four_hundred_entries_in_both_scripts(made: Path) -> None:
    index = (made / "html/genindex.html").read_text(encoding="utf-8")
    entries = re.findall(r'<a href="[\w-]+\.html#', index)
    assert len(entries) >= 400
    assert "Хорлоогийн Чойбалсан" in index
    assert "see also" in index


def test_each_lecture_has_its_length_its_questions_and_a_hidden_answer(made: Path) -> None:
    for path in decks(made):
        slides = list(Presentation(str(path)).slides)
        assert 22 <= sum(slide._element.get("show") != "0" for slide in slides) <= 28, path.name
        texts = [" ".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in slides]
        questions = [slide for slide in slides if slide.slide_layout.name == "Question"]
        assert len(questions) + sum("to the room" in text.lower() for text in texts) >= 4, path.name
        hidden = [text for slide, text in zip(slides, texts, strict=True) if slide._element.get("show") == "0"]
        assert any(text.startswith("Exercise") for text in hidden), path.name
        assert any(text.startswith("One answer") for text in hidden), path.name
        assert (
            sum(
                "Princeton University Press" in "".join(notes(slide)) or "Read" in "".join(notes(slide))
                for slide in slides
            )
            > 5
        )


# --- page numbers, held against the finished PDF


@pytest.fixture(scope="module")
def finished(made: Path) -> Finished:
    return read_finished(next((made / "pdf").glob("*.pdf")))


@pytest.mark.parametrize(("kind", "word"), [("Figures", "Figure"), ("Tables", "Table")])
def test_lists_name_the_pages_where_captions_stand(finished: Finished, kind: str, word: str) -> None:
    listed = re.findall(rf"({word} [\dA-G]+\.\d+) (.+?) (\d+)(?=(?: [xvi]+)?(?: {word} |$))", finished.list_text(kind))
    assert len(listed) > 20
    for number, caption, folio in listed:
        start = re.escape(squeezed(number + caption)[:40])
        stands = [finished.folios[page] for page in finished.main if re.search(start, squeezed(finished.texts[page]))]
        assert folio in stands, (number, folio, stands)


def test_contents_and_bookmarks_name_the_pages_of_headings(finished: Finished) -> None:
    listed = squeezed(finished.list_text("Contents"))
    numbered = [mark for mark in finished.bookmarks if re.match(r"[\dA-G][\d.]* ", mark[1])]
    assert len(numbered) > 100
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "book").glob("*.md")]
    titles = [re.findall(r"^\{\.unlisted\}\n#+ (.+)$", text, re.MULTILINE) for text in sources]
    unlisted = {squeezed(title) for found in titles for title in found}
    for level, title, page in numbered:
        words = squeezed(title.partition(" ")[2])
        assert words in squeezed(finished.texts[page]), (title, finished.folios[page])
        if level < 2 and not {words, squeezed(title)} & unlisted:
            assert f"{squeezed(title)}{finished.folios[page]}" in listed, title


def test_running_heads_name_a_section_of_the_page(finished: Finished) -> None:
    """Rectos: the last section that begins there, else the one that goes on from the page before."""
    chapter = section = ""
    checked = 0
    for page in finished.main:
        begun = [(level, title) for level, title, other in finished.bookmarks if other == page and level < 2]
        for level, title in begun:
            chapter, section = (title, title) if level == 0 else (chapter, title)
        if any(level == 0 for level, _ in begun) or not finished.heads[page]:
            continue
        words = section if page % 2 == 0 else chapter
        words = words if re.match(r"[\dA-G]+\.", words) else re.sub(r"^(\d+|[A-G]) ", "", words)
        assert squeezed(words) in squeezed(finished.heads[page]), (finished.folios[page], finished.heads[page], words)
        checked += 1
    assert checked > 60


def test_title_slides_name_the_pages_of_their_chapters(made: Path, finished: Finished) -> None:
    opens = [page for level, _, page in finished.bookmarks if level == 0 and page >= finished.main[0]]
    numbers = {title.split()[0]: page for level, title, page in finished.bookmarks if level == 0}
    for path in decks(made):
        words = " ".join(
            shape.text_frame.text for shape in Presentation(str(path)).slides[0].shapes if shape.has_text_frame
        )
        found = re.search(r"Chapters (\d+) and (\d+), pages (\d+)–(\d+)", words)
        assert found, words
        last = min(page for page in opens if page > numbers[found[2]]) - 1
        while not finished.texts[last]:
            last -= 1
        assert [found[3], found[4]] == [finished.folios[numbers[found[1]]], finished.folios[last]], words


def test_folios_in_lists_and_index_are_those_of_the_pages_that_they_lead_to(finished: Finished) -> None:
    """Words of each link that are a number at its end: the label of the page where the link leads."""
    checked = 0
    with pikepdf.open(finished.path) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        places = {str(name): pages[place[0].objgen] for name, place in pikepdf.NameTree(pdf.Root.Names.Dests).items()}
        for number in finished.matter("Index"):
            for link in pdf.pages[number].get("/Annots", []):
                words = str(link.Contents).split()
                assert words[-1] == finished.folios[places[str(link.Dest)]], words
                checked += 1
    assert checked > 400


# --- quotation marks and old wordings

BLOCKS = re.compile(
    r"</?(?:p|li|dt|dd|td|th|h[1-6]|figcaption|caption|summary|blockquote|text|title|div|section|tr)\b[^>]*>"
)


def shown_on_pages(made: Path) -> dict[str, list[str]]:
    """Name of each web page → its blocks of words, without the frame of the page and the list of sources."""
    found = {}
    for path in sorted((made / "html").glob("*.html")):
        page = path.read_text(encoding="utf-8")
        if path.stem not in ("genindex", "search", "sources") and "<article" in page:
            article = re.sub(
                r"<(script|style).*?</\1>",
                "",
                page.split("<article", 1)[1].split(">", 1)[1].split("</article>")[0],
                flags=re.S,
            )
            blocks = [html.unescape(re.sub(r"<[^>]+>", "", block)) for block in BLOCKS.split(article)]
            found[path.name] = [block for block in blocks if block.strip()]
    return found


def shown_on_slides(made: Path) -> dict[str, list[str]]:
    """Name of each deck → paragraphs on its slides and in its notes, without the works cited there."""
    works = {squeezed(html.unescape(re.sub(r"<[^>]+>", "", entry))) for entry in re.findall(
        r'<div class="citation"[^>]*>.*?<p>(.*?)</p>', (made / "html/sources.html").read_text(encoding="utf-8"), re.S
    )}  # fmt: skip
    found = {}
    for path in decks(made):
        said = [line for slide in Presentation(str(path)).slides for line in [*words_on(slide), *notes(slide)]]
        found[path.name] = [line for line in said if squeezed(line) not in works]
    return found


def words_on(slide) -> list[str]:
    """Paragraphs of all shapes and cells of a slide."""
    frames = [shape.text_frame for shape in slide.shapes if shape.has_text_frame]
    tables = [shape.table for shape in slide.shapes if shape.has_table]
    frames += [cell.text_frame for table in tables for row in table.rows for cell in row.cells]
    return [paragraph.text for frame in frames for paragraph in frame.paragraphs]


def test_what_stands_in_quotation_marks_on_pages_and_slides_was_said_or_is_set_apart(made: Path) -> None:
    checked = 0
    for name, blocks in {**shown_on_pages(made), **shown_on_slides(made)}.items():
        for block in blocks:
            assert quotations.unknown(block) == [], (name, block)
            checked += len(quotations.marked(block))
    assert checked > 250


def test_no_old_wording_of_a_corrected_fact_is_left_in_any_output(made: Path, pages: list[str]) -> None:
    outputs = {**shown_on_pages(made), **shown_on_slides(made), "the printed book": pages}
    for name, blocks in outputs.items():
        assert quotations.old_wordings(" ".join(blocks)) == [], name
