"""A book's text → files in a folder of its own, from which Typst sets its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from builder.book.binding.composing import Composition
from builder.book.changed_files import copy_changed, write_changed, write_text_changed
from builder.book.fallback_fonts import fallback_fonts
from builder.book.fascicles import HEAD, Fascicle, divide, undivided
from builder.book.text import BookText
from builder.store.files import unwanted
from builder.store.stamps import stamp
from builder.typeset import fonts
from builder.typeset.escape import string


class BookFolder:
    """The folder of a book's Typst text, for builds one after the other in one process.

    A file is written where its content changed; the compilers of its ``composition`` hold the layout of the last build
    where the process ``stays``.
    """

    def __init__(self, path: Path, composed: Path, *, stays: bool = True) -> None:
        self.path, self.stays = path, stays
        self.composition = Composition(path, composed, stays=stays)
        self._written: dict[Path, str] = {}
        """The version of each file that this process wrote last: its text, or the stamp of the file that it was copied
        from.
        """

    def write(self, text: BookText, slide_places: Mapping[str, str]) -> tuple[list[Fascicle], tuple[str, ...]]:
        """Write a book as far as it changed; returns its fascicles, and the folders of the fonts that they are set in.

        ``slide_places`` has, by the label of a section, the slides that its margin names.
        """
        families = fallback_fonts(text, self.path / "fonts.pickle", stays=self.stays)
        text.settings.install(self.path, families, slide_places)
        self._write_pictures(text)
        defined: set[str] = set().union(*(document.defined for document in text.documents.values()))
        for document in text.documents.values():
            missing = sorted(label for label in document.used - defined if label.split(":", 1)[0] == document.docname)
            anchors = "".join(f"#a({string(label)});" for label in missing)
            defined.update(missing)
            content = f"{HEAD}\n{anchors}{document.text}"
            self._put(self.path / document.file, content, partial(write_text_changed, text=content))
        files = {self.path / document.file for document in text.documents.values()}
        for path in unwanted(self.path.glob("doc-*.typ"), files):
            path.unlink()
        dangling = sorted(set().union(*(document.used for document in text.documents.values())) - defined)
        anchors = "".join(f"#a({string(label)});" for label in dangling)
        division = undivided if text.settings.looks_beyond() else divide
        fascicles = division(text.order, text.documents, text.matter(defined), text.surroundings.appendices, anchors)
        own = fonts.typst_font_folders(text.settings.font_folder, text.settings.font_packages)
        return fascicles, (*own, *(fonts.static_folder(family.file) for family in families))

    def write_anew(self) -> None:
        """Forget which versions of files are written: the settings are others, and with them the files of the
        template.
        """
        self._written.clear()

    def _write_pictures(self, text: BookText) -> None:
        folder, surroundings = self.path / "images", text.surroundings
        folder.mkdir(exist_ok=True)
        for document in text.documents.values():
            for uri, name in document.images.items():
                picture = surroundings.folder / uri
                self._put(folder / name, stamp(picture), partial(copy_changed, picture))
            for name, content in document.drawings.items():
                write_changed(folder / name, content)
        if surroundings.logo is not None:
            copy_changed(surroundings.logo, folder / surroundings.logo_name)

    def _put(self, path: Path, version: str, write: Callable[[Path], object]) -> None:
        """Have ``path`` written, unless this process wrote that version of it."""
        if self._written.get(path) != version or not path.exists():
            write(path)
            self._written[path] = version
