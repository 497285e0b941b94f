"""The base of our builders: resolved doctrees, addresses of the form ``%docname#id``, formulas, pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxParallelError

from builder.errors import AuthorError, Source, report_bug, report_error, source_of, warn
from builder.source.annotations.vocabulary import marks_block, slide
from builder.source.equations import set_formulas
from builder.source.formulas import formulas_of
from builder.source.pictures import names as pictures
from builder.source.pictures.convert import UnusableError
from builder.source.pictures.marks import mark, short_name
from builder.source.pictures.usable import Usable, usable
from builder.source.stumbling import stumbled_over
from builder.source.videos import Video, drawn_still
from builder.store.files import write_whole
from builder.store.processes import apart, spread
from builder.typeset.math import formulas as formula_store
from builder.typeset.math.formulas import Formula
from builder.typeset.math.rows import cells_of

BATCH = 500
"""Formulas that pandoc and Typst take at once; with thousands, both took more memory than all else."""
REFERENCE_MARK = "%"
"""Opens every internal ``refuri``: ``%docname#id``."""


class ResolvedBuilder(Builder):
    """The base of our builders: addresses of the form ``%docname#id`` and pictures that can be embedded."""

    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"]
    supported_remote_images = True  # nothing is fetched while building; `settle_pictures` names them
    versioning_method = "none"
    unsettled: set[str]
    """Documents that are made again by the next build, since a picture of theirs cannot be shown, or is not known to
    Sphinx.
    """

    @property
    def application(self) -> Sphinx:
        """The Sphinx application that this builder belongs to."""
        return self._app

    def begin(self) -> None:
        """Forget what the last build in this process found: its pictures and formulas."""
        self.images = {}
        self.unsettled = set()
        self.__dict__.pop("formulas", None)

    def report(self, error: AuthorError) -> None:
        """Log an error, after which the run ends with status 1."""
        report_error(self._app, error)

    def report_bug(self, lost: str, bug: Exception, source: Source | None = None) -> None:
        """Log a bug of ours that costs what ``lost`` names."""
        report_bug(self._app, lost, bug, source)

    @property
    def has_errors(self) -> bool:
        """True if an error was reported in this run."""
        return bool(self._app.statuscode)

    def note_errors(self, has_errors: bool) -> None:
        """Let the run end with status 1 if another process reported errors."""
        self._app.statuscode = self._app.statuscode or int(has_errors)

    def add_pictures(self, images: Mapping[str, str]) -> None:
        """Know the pictures of documents that are not resolved again, by their names in print."""
        self.images.update(images)

    def get_outdated_docs(self) -> str | Iterable[str]:
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"{REFERENCE_MARK}{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    @cached_property
    def formulas(self) -> formula_store.Formulas:
        """All formulas of the book, converted; those of the last build are not converted again, and those that
        no text has any more go when others come.
        """
        path = Path(self.doctreedir) / "formulas.pickle"
        known = formula_store.load(path)
        readable = formulas_of(self.env)
        known.macros, known.language = readable.macros, readable.language
        found = set_formulas(self.env)
        wanted = [*found, *cells_of(found, known.plain)]
        if new := known.unknown(wanted):
            known.keep(wanted)
            known.take(converted_apart(new))
            formula_store.save(known, path)
        return known

    def resolved(self, docname: str) -> nodes.document:
        """The doctree of one document with all references resolved."""
        return self.resolve(BuildEnvironment.get_doctree(self.env, docname), docname)

    def resolve(self, doctree: nodes.document, docname: str) -> nodes.document:
        """``doctree`` with all references resolved, and pictures that can be shown."""
        self.env.apply_post_transforms(doctree, docname)
        self.unsettled |= stumbled_over(self._app) & {docname}
        self.settle_pictures(doctree, docname)
        return doctree

    @property
    def converted_pictures(self) -> Path:
        """The folder of pictures that were converted, and of marks of those that cannot be shown."""
        return Path(self.doctreedir) / "pictures"

    def settle_pictures(self, doctree: nodes.document, docname: str) -> None:
        """Have each picture of ``doctree`` name a file that print and slides can show, if need be a mark that stands
        for it.

        What cannot be shown is a warning with its place, and an error where it is marked for a slide.
        """
        self.post_process_images(doctree)
        for image in list(doctree.findall(nodes.image)):
            named = pictures.without_work_folder(image["uri"])
            try:
                found = self.shown_picture(image, docname)
            except UnusableError as error:
                self.unsettled.add(docname)
                message = f"the picture '{short_name(named)}' {error}"
                words = pictures.words_of_link(image) if pictures.is_remote(named) else ""
                if words:
                    warn(f"{message} Its link stands in its place, as '{words}'.", image, "picture")
                    pictures.put_words(image, words)
                else:
                    self.report_picture(image, message)
                    self.put_mark(image, named)
                continue
            if found.remark:
                warn(f"the picture '{named}' {found.remark}", image, "picture")
            if found.path != str(Path(self.srcdir) / image["uri"]):
                image["named"], image["uri"] = named, found.path
                if image.get("from_html"):  # Sphinx does not know that the document depends on it
                    self.unsettled.add(docname)
            self.images.setdefault(image["uri"], self.name_in_print(image["uri"], Path(found.path)))

    def shown_picture(self, image: nodes.image, docname: str) -> Usable:
        """The file that shows a picture.

        Raises:
            UnusableError: there is none.
        """
        uri = image["uri"]
        if "video" in image:
            return usable(self.still_of(image["video"]), self.converted_pictures)
        if pictures.is_remote(uri):
            raise UnusableError("is on the web and not in the book; save it in the book's folder and name it here.")
        if uri not in self.images:
            static = [Path(self.confdir) / name for name in self.config.html_static_path]
            image["uri"] = pictures.source_file(uri, docname, Path(self.srcdir), static) or uri
        path = Path(self.srcdir) / image["uri"]
        if not self.is_inside(path):
            raise UnusableError("lies outside the project; copy it into the book's folder.")
        # the size of one that is scaled is counted in its own pixels
        return usable(path, self.converted_pictures, 0 if image.get("scale") else self.config.builder_picture_dpi)

    def still_of(self, video: Video) -> Path:
        """The author's own still of a film on the web, else one that is drawn.

        Raises:
            UnusableError: the author's is not there.
        """
        for name, file in self.config.builder_video_stills.items():
            if name and name in video.address:
                return Path(self.confdir, file)
        drawing = drawn_still(video).encode()
        path = self.converted_pictures / f"video-{hashlib.sha256(drawing).hexdigest()[:16]}.svg"
        if not path.is_file() or path.read_bytes() != drawing:
            write_whole(path, drawing)
        return path

    def name_in_print(self, uri: str, path: Path) -> str:
        """The name of a picture in the folder that Typst reads: the same in whatever order documents are translated,
        and wherever they lie.
        """
        if path.parent == self.converted_pictures:
            return path.name
        return f"{hashlib.sha256(uri.encode()).hexdigest()[:8]}-{path.name}"

    def is_inside(self, path: Path) -> bool:
        """True if a file is in the project: the folder round sources and conf.py."""
        homes = {
            Path(self.srcdir).resolve().parent,
            Path(self.confdir).resolve(),
            Path(self.doctreedir).resolve().parent,
        }
        return any(path.resolve().is_relative_to(home) for home in homes if home != Path(home.anchor))

    def report_picture(self, image: nodes.image, message: str) -> None:
        """Warn of a picture that cannot be shown; where it is marked for a slide, that is an error."""
        if is_on_slide(image):
            self.report(AuthorError(message, source_of(image)))
        else:
            warn(message, image, "picture")

    def put_mark(self, image: nodes.image, named: str) -> None:
        """Put the mark in the place of a picture; in a line of text its description stands for it."""
        self.images.pop(image["uri"], None)
        image["named"], image["lost"] = named, True
        drawing = mark(image.get("alt") or "", named).encode()
        image["alt"] = image.get("alt") or short_name(named)
        if pictures.in_line(image):
            return
        path = self.converted_pictures / f"mark-{hashlib.sha256(drawing).hexdigest()[:16]}.svg"
        if not path.is_file() or path.read_bytes() != drawing:
            write_whole(path, drawing)
        for side in ("width", "height", "scale"):
            image.attributes.pop(side, None)
        image["uri"] = str(path)
        self.images[image["uri"]] = path.name


def converted_apart(latex: Sequence[str]) -> list[Formula]:
    """Formulas converted, many in several processes; in others than this one, since Typst begins threads, and forking
    is over then.
    """
    batches = [list(latex[first : first + BATCH]) for first in range(0, len(latex), BATCH)]
    with suppress(SphinxParallelError):  # then all are converted here, each fault alone
        if found := spread(batches, formula_store.convert, fewest=2, turn=1):
            return [formula for batch in found for formula in batch]
    return apart(lambda: formula_store.convert(list(latex)))


def is_on_slide(image: nodes.Element) -> bool:
    """True for a picture that is marked for a slide, or stands in something that is, or in a slide of its own."""
    node: Any = image
    while node is not None:
        if isinstance(node, slide) or marks_block(node):
            return not isinstance(node, nodes.section)
        node = node.parent
    return False
