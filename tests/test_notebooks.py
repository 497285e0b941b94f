"""Notebooks of strangers: pictures that are pasted into cells, files that are no JSON, halves of characters."""

from __future__ import annotations

import base64
import json
import re
import signal
import time

import pytest
from builds import Command

from builder.deck.cut import is_echo
from builder.source.pictures.marks import file_in_short

from conftest import PNG, Book, Result, notes
from pdf_text import pages_of

CONF = """
project = "A small book"
extensions = ["myst_nb"]
nb_execution_mode = "off"
"""


def build(book: Book) -> Result:
    """Build in a process of its own: MyST-NB stays registered in the one that it was loaded in."""
    command = Command(book.folder, "build", "-q")
    return Result(command.wait(), command.said, "", book.folder)


def notebook(*cells: str, attachments: dict[str, object] | None = None) -> str:
    """A notebook of cells of Markdown; the last one has the attachments."""
    found = [{"cell_type": "markdown", "id": f"c{n}", "metadata": {}, "source": text} for n, text in enumerate(cells)]
    found[-1] |= {"attachments": attachments} if attachments else {}
    return json.dumps({"cells": found, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def test_a_picture_pasted_into_a_cell_is_on_page_slide_and_web(book: Book) -> None:
    book.write("conf.py", CONF)
    pasted = {"shot.png": {"image/png": base64.b64encode(PNG).decode()}}
    book.write("chapter.ipynb", notebook("# One", "Text.\n\n![a shot](attachment:shot.png)", attachments=pasted))
    result = build(book)
    assert result.status == 0
    assert "attachment" not in result.errors
    page = (book.folder / "_build/html/chapter.html").read_text()
    name = re.search(r'src="(_images/[^"]+)"', page)
    assert name is not None
    assert (book.folder / "_build/html" / name[1]).read_bytes() == PNG
    assert "images/" in result.typst()
    assert any(shape.shape_type == 13 for slide in result.deck().slides for shape in slide.shapes)


def test_an_attachment_that_is_not_there_has_a_mark(book: Book) -> None:
    book.write("conf.py", CONF)
    book.write("chapter.ipynb", notebook("# One", "Text.\n\n![a shot](attachment:shot.png)"))
    result = build(book)
    assert result.status == 0
    assert "the picture 'attachment:shot.png' does not exist" in result.errors
    assert "ashot" in "".join(pages_of(result.pdf)).replace(" ", "")


@pytest.mark.slow
def test_a_notebook_that_is_no_json_costs_its_page(book: Book) -> None:
    book.write("conf.py", CONF)
    book.write("index.md", "# Root\n\n```{toctree}\nchapter\nother\n```\n")
    book.write(
        "other.md",
        "# Other\n\nSound words. They say enough of the port and its tides for a page to have a deck of its own.\n",
    )
    book.write("chapter.ipynb", "{broken")
    for _ in range(2):
        result = build(book)
        assert result.status == 1
        assert "chapter.ipynb:1: ERROR: this notebook cannot be read: it is no JSON" in result.errors
        assert "Sound words." in " ".join(pages_of(result.pdf))
        assert len(result.deck("other").slides) == 2


def test_half_a_character(book: Book) -> None:
    book.write("conf.py", CONF)
    book.write("chapter.ipynb", notebook("# One", "A \ud83d half and \U0001f600 whole"))
    result = build(book)
    assert result.status == 0
    assert "halves of characters" in result.errors
    assert "A \ufffd half and \U0001f600 whole" in (book.folder / "_build/html/chapter.html").read_text()


def test_tags_say_which_part_of_a_cell_is_shown(book: Book) -> None:
    """A kernel may cut what a cell writes in pieces, in the midst of a line."""
    cells = [
        {
            "cell_type": "code",
            "id": tag,
            "metadata": {"tags": [tag]},
            "source": "print(6 * 7)",
            "execution_count": 1,
            "outputs": [
                {"output_type": "stream", "name": "stdout", "text": piece} for piece in (f"{tag} gi", "ves 42\n")
            ],
        }
        for tag in ("slide", "slide-code", "slide-result")
    ]
    shown = shown_of(book, cells)
    assert shown.count("print(6 * 7)") == 2
    assert re.findall(r"(.*) gives 42", shown) == ["slide", "slide-result"]


@pytest.mark.parametrize("is_printed", [True, False])
def test_code_that_pages_fold_away_is_printed_or_not(book: Book, is_printed: bool) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": "forty-two\n"}
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "# One"}]
    for tags in (["hide-input"], ["hide-cell"], ["hide-output"], []):
        source = f"print('{''.join(tags) or 'plain'}')"
        cell = {"cell_type": "code", "metadata": {"tags": tags}, "execution_count": 1, "outputs": [output]}
        cells.append(cell | {"source": source})
    book.write("conf.py", f"{CONF}builder_folded_code = {is_printed}\n")
    book.write("chapter.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}))
    printed = " ".join(pages_of(build(book).pdf))
    assert printed.count("forty-two") == 4
    shown = ["hide-input", "hide-cell"] if is_printed else []
    assert re.findall(r"print\('([\w-]+)'\)", printed) == [*shown, "hide-output", "plain"]


def shown_of(book: Book, cells: list[dict[str, object]]) -> str:
    """The words of the deck of a notebook with these cells."""
    whole = json.loads(notebook("# One"))
    whole["cells"] += cells
    whole["metadata"] = {"language_info": {"name": "python", "pygments_lexer": "python"}}
    book.write("conf.py", CONF)
    book.write("chapter.ipynb", json.dumps(whole))
    result = build(book)
    assert not re.search("WARNING|ERROR", result.errors), result.errors
    shapes = [shape for slide in result.deck().slides for shape in slide.shapes if shape.has_text_frame]
    return "\n".join(shape.text_frame.text for shape in shapes)


def test_neither_the_name_of_what_a_cell_draws_nor_its_warnings_are_on_its_slide(book: Book) -> None:
    """The warnings stand in its notes, and plain text for what a reader of the page may unfold."""
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": base64.b64encode(PNG).decode()}}
    names = ["<BarContainer object of 3 artists>", "[<matplotlib.lines.Line2D at 0x7fa>]", "<Response [200]>"]
    names += ["[Text(0.5, 1.0, 'Tides (m)'), Text(0, 0.5, 'm')]", "(<Figure size 9x4 with 1 Axes>, <Axes: >)"]
    cells: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {"tags": ["slide-result"], "mystnb": {"image": {"alt": "A dot"}}},
            "source": "draw()",
            "execution_count": 1,
            "outputs": [
                {"output_type": "stream", "name": "stderr", "text": "FutureWarning: it changes soon\n"},
                picture,
                {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": name}},
            ],
        }
        for number, name in enumerate(names)
    ]
    unfolded = "<ul><li><input type='checkbox'><label>posterior</label><div>9990 9991</div></li></ul>"
    folded = {"text/html": unfolded, "text/plain": "Inference data with groups:\n\t> posterior"}
    data = {"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": folded}
    cells.append(cells[0] | {"id": "folded", "metadata": {"tags": ["slide-result"]}, "outputs": [data]})
    shown = shown_of(book, cells)
    noted = [line for slide in Result(0, "", "", book.folder).deck().slides for line in notes(slide)]
    assert noted.count("FutureWarning: it changes soon") == len(names)
    assert "Inference data with groups:" in shown
    assert "☐" not in shown
    assert "BarContainer" not in shown
    assert "FutureWarning" not in shown
    assert not any(name in shown for name in ("Line2D", "Text(", "Axes"))
    assert "<Response [200]>" in shown


def test_the_limits_of_axes_that_a_cell_draws_are_not_on_its_slide(book: Book) -> None:
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": base64.b64encode(PNG).decode()}}
    result = {"output_type": "execute_result", "execution_count": 1, "metadata": {}}
    cells: list[dict[str, object]] = [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {"tags": ["slide-result"], "mystnb": {"image": {"alt": "A dot"}}},
            "source": f"draw()\n{last}",
            "execution_count": 1,
            "outputs": [result | {"data": {"text/plain": printed}}, picture],
        }
        for number, (last, printed) in enumerate(
            (("plt.axis('off')  # plain", "(-0.5, 27.5, 27.5, -0.5)"),
             ("ax.set_xlim(0)", "(np.float64(0.0), np.float64(81.25))"),
             ("mean, spread", "(61.5, 0.75)"))
        )
    ]  # fmt: skip
    shown = shown_of(book, cells)
    assert "27.5" not in shown
    assert "81.25" not in shown
    assert "(61.5, 0.75)" in shown


@pytest.mark.parametrize(("behind", "is_name"), [("", True), ("\nThe sum is 7.", False)])
def test_what_follows_many_names_of_objects_is_found_at_once(behind: str, is_name: bool) -> None:
    names = ", ".join(f"Text({number}, 0, 'a ({number})')" for number in range(40))
    assert is_echo(f"[{names}]{behind}") is is_name


def test_a_module_that_a_cell_lacks_is_named_once(book: Book) -> None:
    book.write("conf.py", CONF)
    error = {
        "output_type": "error", "ename": "ModuleNotFoundError", "evalue": "No module named 'stones'",
        "traceback": ["\x1b[31mModuleNotFoundError\x1b[39m: No module named 'stones'"],
    }  # fmt: skip
    cell = {"cell_type": "code", "metadata": {}, "source": "import stones", "execution_count": 1, "outputs": [error]}
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "# One"}, cell, cell]
    book.write("chapter.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}))
    errors = build(book).errors
    assert errors.count("needs the module 'stones'") == 1
    assert "chapter.ipynb:cell 2" in errors


@pytest.mark.parametrize(("lines", "is_told"), [(499, False), (900, True)])
def test_a_result_of_many_pages_is_told(book: Book, lines: int, is_told: bool) -> None:
    book.write("conf.py", CONF)
    output = {"output_type": "stream", "name": "stdout", "text": "a stone\n" * lines}
    cell = {"cell_type": "code", "metadata": {}, "source": "show()", "execution_count": 1, "outputs": [output]}
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "# One"}, cell]
    book.write("chapter.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}))
    errors = build(book).errors
    assert ("the result of this cell has 900 lines, about 18 pages; have it print less" in errors) == is_told
    assert ("the result of this cell" in errors) == is_told


def test_pictures_of_cells_that_nobody_described_are_told_once(book: Book) -> None:
    book.write("conf.py", CONF)
    picture = {"output_type": "display_data", "metadata": {}, "data": {"image/png": base64.b64encode(PNG).decode()}}
    cell = {"cell_type": "code", "metadata": {}, "source": "draw()", "execution_count": 1, "outputs": [picture]}
    cells = [{"cell_type": "markdown", "metadata": {}, "source": "# One"}, cell, cell, cell]
    book.write("chapter.ipynb", json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 4}))
    errors = build(book).errors
    assert errors.count("alternative text") == 1
    assert "chapter.ipynb:cell 2" in errors
    assert "draws has no alternative text, nor have 2 others of this notebook; write" in errors


@pytest.mark.parametrize("mode", ["auto", "inline"])
def test_a_notebook_without_its_kernel_is_shown_and_not_run(book: Book, mode: str) -> None:
    book.write("conf.py", f"{CONF}nb_execution_mode = '{mode}'\n")
    head = "---\njupytext: {text_representation: {format_name: myst}}\nkernelspec: {name: stones-1.10}\n---\n\n"
    book.write("chapter.md", f"{head}# One\n\nSound words.\n\n```{{code-cell}}\nlay(stones)\n```\n")
    for number in range(2):
        result = build(book)
        assert result.status == 0
        assert ("unchanged" in result.errors) == bool(number)  # it is not read again
        assert "chapter.md:1: WARNING: the kernel 'stones-1.10' is not installed" in result.errors
        assert "lexer" not in result.errors
        text = " ".join(pages_of(result.pdf))
        assert "Sound words." in text
        assert "lay(stones)" in text


def test_a_reader_that_is_not_installed_is_named_and_its_files_are_read_without_it(book: Book) -> None:
    """As in a Jupyter Book whose notebooks are to be read by jupytext."""
    formats = 'nb_custom_formats = {".md": ["nosuchreader.reads", {"fmt": "md:myst"}], ".Rmd": "nosuchreader.reads"}\n'
    book.write("conf.py", CONF + formats)
    book.write("chapter.md", "# One\n\nA sentence of it.\n")
    result = build(book)
    assert result.status == 0
    assert "conf.py:5: WARNING: files that end in .md are to be read by 'nosuchreader.reads'" in result.errors
    assert "Is 'nosuchreader' installed?" in result.errors
    assert "A sentence of it." in "".join(pages_of(result.pdf))


READER = """
import nbformat


def reads(text):
    cells = [nbformat.v4.new_markdown_cell(part) for part in text.split("# %%\\n")[1:]]
    return nbformat.v4.new_notebook(cells=[*cells, nbformat.v4.new_code_cell("!ls")])
"""


def test_slips_in_notebooks_that_another_package_reads_are_named_with_their_cell(book: Book) -> None:
    book.write("reader_of_parts.py", READER)
    extended = CONF.replace("myst_parser", "myst_nb")
    formats = 'nb_execution_mode = "off"\nnb_custom_formats = {".lpy": "reader_of_parts.reads"}\n'
    book.write("conf.py", f"import sys\nsys.path.insert(0, {str(book.folder)!r})\n{extended}{formats}")
    book.write("parts.lpy", "# %%\n# Parts\n# %%\nWords\nand {piont}`some` words.\n")
    book.write("chapter.md", "# Chapter\n\n```{toctree}\nparts\n```\n")
    result = build(book)
    assert "parts.lpy:cell 2:2: WARNING: Unknown interpreted text role" in result.errors
    assert "parts.lpy:cell 3:2: WARNING: this notebook names no language" in result.errors


def heed_interrupts() -> None:
    """A process in the background ignores them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.slow
def test_an_interrupt_ends_a_build_that_executes_a_notebook_in_one_sentence(book: Book) -> None:
    book.write("conf.py", CONF.replace('"off"', '"force"'))
    whole = json.loads(notebook("# One"))
    source = f"import time\nopen({str(book.folder / 'begun')!r}, 'w').close()\ntime.sleep(100)"
    cell = {"cell_type": "code", "id": "long", "metadata": {}, "execution_count": None, "outputs": []}
    whole["cells"].append(cell | {"source": source})
    whole["metadata"] = {"kernelspec": {"name": "python3", "display_name": "Python", "language": "python"}}
    book.write("chapter.ipynb", json.dumps(whole))
    building = Command(book.folder, "build", "-q", prepare=heed_interrupts)
    end = time.monotonic() + 60
    while not (book.folder / "begun").exists():
        assert time.monotonic() < end, building.said
        time.sleep(0.05)
    building.send_signal(signal.SIGINT)
    assert building.wait(30) == 130
    assert building.said.splitlines()[-1].startswith("builder: stopped;")
    assert not re.search("KeyboardInterrupt|Traceback|ERROR", building.said)


def test_a_picture_without_a_description_is_called_the_same_wherever_the_project_lies() -> None:
    name = f"{'0123456789abcdef' * 4}.png"
    called = {file_in_short(f"{folder}/_build/jupyter_execute/{name}") for folder in ("/a", "/a/much/longer/folder")}
    assert called == {file_in_short(name)}
    assert called.pop().endswith("cdef.png")
