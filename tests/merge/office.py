"""Runs under a Python that has LibreOffice's bridge: makes edits with LibreOffice itself, in one session, and saves the
decks.

``python3 office.py FOLDER`` reads ``jobs.json`` there: for each job the deck as built (``base``), the deck with the
edit made before (``made``), which is only opened and saved where LibreOffice has no way of its own to make it, and
where to save (``out``).
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

import collections
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import uno
from com.sun.star.awt import Point, Size
from com.sun.star.beans import PropertyValue

HUNDREDTHS = 360
"""English Metric Units in a hundredth of a millimetre."""


def value(name, content):
    found = PropertyValue()
    found.Name, found.Value = name, content
    return found


def pages(document):
    found = document.DrawPages
    return [found.getByIndex(number) for number in range(found.Count)]


def shapes(page):
    return [page.getByIndex(number) for number in range(page.Count)]


def text_of(shape):
    return shape.String if shape.supportsService("com.sun.star.drawing.Text") else ""


class MissingError(Exception):
    """The open document does not hold what every deck of these tests holds: LibreOffice is not well."""


def only(found, wanted, document):
    """The first of *found*.

    Raises:
        MissingError: there is none; the message shows what the document holds.
    """
    for item in found:
        return item
    held = [[text_of(shape) for shape in shapes(found)] for found in pages(document)]
    raise MissingError(f"no {wanted} in {held}")


def page(document, title):
    found = (found for found in pages(document) if any(text_of(shape) == title for shape in shapes(found)))
    return only(found, f"page with {title!r}", document)


def bullets(document):
    """The shape with the bullets."""
    every = (shape for found in pages(document) for shape in shapes(found))
    return only((shape for shape in every if text_of(shape).startswith("The first bullet")), "bullets", document)


def paragraph(shape, number):
    found = shape.createEnumeration()
    for _ in range(number):
        found.nextElement()
    return found.nextElement()


def word(document, text):
    """A cursor on a word of the bullets."""
    shape = bullets(document)
    start = shape.String.index(text)
    cursor = shape.createTextCursor()
    cursor.gotoStart(False)
    cursor.goRight(start, False)
    cursor.goRight(len(text), True)
    return cursor


def new_shape(document, found, kind, x, y, width, height):
    shape = document.createInstance(kind)
    shape.Position, shape.Size = Point(x, y), Size(width, height)
    found.add(shape)
    return shape


def picture(document):
    found = shapes(page(document, "Picture"))
    return only((shape for shape in found if shape.ShapeType.endswith("GraphicObjectShape")), "picture", document)


def title(document, text):
    found = (shape for shape in shapes(page(document, text)) if text_of(shape) == text)
    return only(found, f"shape with {text!r}", document)


def table(document):
    found = shapes(page(document, "Table"))
    return only((shape for shape in found if shape.ShapeType.endswith("TableShape")), "table", document).Model


def set_bullet(document):
    paragraph(bullets(document), 0).String = "HAND words stand here"


def set_title(document):
    title(document, "Bullets").String = "HAND title"


def set_notes(document):
    found = shapes(page(document, "Bullets").NotesPage)
    shape = only((shape for shape in found if text_of(shape).startswith("Say it slowly.")), "notes", document)
    paragraph(shape, 0).String = "HAND notes."


def set_cell(document):
    table(document).getCellByPosition(1, 1).String = "HAND ten"


def set_caption(document):
    found = shapes(page(document, "Picture"))
    only((shape for shape in found if "A field" in text_of(shape)), "caption", document).String = "HAND caption"


def bold_word(document):
    word(document, "grain").CharWeight = 150.0


def colour_word(document):
    word(document, "grain").CharColor = 0x123456


def size_paragraph(document):
    word(document, "The third bullet is about grain").CharHeight = 31.0


def add_bullet(document):
    shape = bullets(document)
    cursor = shape.createTextCursor()
    cursor.gotoEnd(False)
    shape.insertControlCharacter(cursor, 0, False)
    shape.insertString(cursor, "HAND bullet", False)


def delete_bullet(document):
    shape = bullets(document)
    cursor = shape.createTextCursor()
    start = shape.String.index("The second")
    cursor.gotoStart(False)
    cursor.goRight(start, False)
    cursor.goRight(shape.String.index("The third") - start, True)
    cursor.String = ""


def add_link(document):
    field = document.createInstance("com.sun.star.text.TextField.URL")
    field.URL, field.Representation = "https://example.org/hand", "grain"
    bullets(document).insertTextContent(word(document, "grain"), field, True)


def move_title(document):
    shape = title(document, "Last words")
    shape.Position, shape.Size = Point(1000, 2000), Size(20000, 2000)


def resize_picture(document):
    picture(document).Size = Size(2000, 1000)


def rotate_picture(document):
    picture(document).RotateAngle = 33000


def add_box(document):
    shape = new_shape(document, page(document, "Chart"), "com.sun.star.drawing.TextShape", 2540, 15240, 7620, 1270)
    shape.String = "HAND box"


def add_shape(document):
    shape = new_shape(
        document, page(document, "Table"), "com.sun.star.drawing.RectangleShape", 22860, 12700, 2540, 2540
    )
    shape.FillColor = 0xABCDEF


def delete_picture(document):
    page(document, "Picture").remove(picture(document))


def set_alt(document):
    picture(document).Description = "HAND description"


def add_row(document):
    model = table(document)
    model.Rows.insertByIndex(model.Rows.Count, 1)
    model.getCellByPosition(0, model.Rows.Count - 1).String = "HAND row"


def add_slide(document):
    document.DrawPages.insertNewByIndex(document.DrawPages.Count - 1)
    found = pages(document)[-1]
    found.Layout = 1
    shapes(found)[0].String = "HAND slide"


def copy_slide(document):
    found = document.duplicate(page(document, "Last words"))
    shape = only((shape for shape in shapes(found) if text_of(shape).startswith("A last bullet")), "bullet", document)
    paragraph(shape, 0).String = "HAND copy"


def delete_slide(document):
    document.DrawPages.remove(page(document, "Table"))


def hide(document):
    page(document, "Table").Visible = False


def background(document):
    found = page(document, "Last words")
    fill = document.createInstance("com.sun.star.drawing.Background")
    fill.FillStyle = uno.Enum("com.sun.star.drawing.FillStyle", "SOLID")
    fill.FillColor = 0xFEDCBA
    found.Background = fill


def master(document):
    masters = document.MasterPages
    for number in range(masters.Count):
        shape = new_shape(
            document, masters.getByIndex(number), "com.sun.star.drawing.TextShape", 1000, 1000, 9000, 1000
        )
        shape.String = "HAND university"


EDITS = {
    "text of a bullet": set_bullet, "title": set_title, "notes": set_notes, "cell of a table": set_cell, "caption": set_caption,
    "bold word": bold_word, "coloured word": colour_word, "size of a bullet": size_paragraph, "new bullet": add_bullet,
    "deleted bullet": delete_bullet, "link": add_link, "moved title": move_title, "picture of another size": resize_picture,
    "turned picture": rotate_picture, "new box": add_box, "new shape": add_shape, "deleted picture": delete_picture,
    "alternative text": set_alt, "new row": add_row, "new slide": add_slide, "copied slide": copy_slide, "deleted slide": delete_slide,
    "hidden slide": hide, "background": background, "shape on the master": master,
}  # fmt: skip
"""Edits that LibreOffice makes itself. It can insert comments too, but without a window it then goes down one time in
three.
"""


@contextlib.contextmanager
def office():
    """A LibreOffice of our own, as its desktop."""
    pipe = f"edits{os.getpid()}"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            ["soffice", "--headless", "--norestore", f"-env:UserInstallation=file://{profile}", f"--accept=pipe,name={pipe};urp;"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        context = uno.getComponentContext()
        resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
        for attempt in range(150):
            try:
                remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:
                if attempt == 149:
                    raise
                time.sleep(0.2)
        desktop = remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        try:
            yield desktop
        finally:
            with contextlib.suppress(Exception):
                desktop.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def do(desktop, folder, job):
    """One job."""
    own = EDITS.get(job["edit"])
    source = folder / job["base" if own else "made"]
    (folder / f".~lock.{source.name}#").unlink(missing_ok=True)  # left by one that went down
    document = desktop.loadComponentFromURL(source.as_uri(), "_blank", 0, (value("Hidden", True),))
    if document is None:
        raise MissingError(f"{source.name} did not open")
    if own:
        own(document)
    document.storeToURL((folder / job["out"]).as_uri(), (value("FilterName", "Impress MS PowerPoint 2007 XML"),))
    document.close(True)


def main():
    """All jobs. LibreOffice goes down now and then, gives no document or half a one: then a new one tries that job
    again.
    """
    folder = Path(sys.argv[1])
    waiting = json.loads((folder / "jobs.json").read_text())
    failures = collections.Counter()
    while waiting:
        with office() as desktop:
            try:
                while waiting:
                    do(desktop, folder, waiting[0])
                    waiting.pop(0)
            except Exception as error:
                edit = waiting[0]["edit"]
                failures[edit] += 1
                print(f"{edit}: {type(error).__name__}: {error}", file=sys.stderr)
                if failures[edit] == 4:
                    sys.exit("LibreOffice fails at this again and again; what it said stands above")


main()
