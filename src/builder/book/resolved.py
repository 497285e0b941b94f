"""What our two builders share: resolved doctrees, addresses of the form ``%docname#id``, formulas, pictures."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from builder import formulas as formula_store
from builder.book import pictures
from builder.book.translate import REFERENCE_MARK
from builder.errors import AuthorError, report_error, source_of, warn
from builder.macros import configured, defined_in
from builder.rows import cells_of


class ResolvedBuilder(Builder):
    """What our two builders share: addresses of the form ``%docname#id`` and pictures that can be embedded."""

    supported_image_types = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"]
    supported_remote_images = True  # nothing is fetched while building; `check_images` names them
    versioning_method = "none"

    def begin(self) -> None:
        """Forget what the last build in this process found: its pictures and formulas."""
        self.images = {}
        self.__dict__.pop("formulas", None)

    def get_outdated_docs(self) -> str | Iterable[str]:
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        return f"{REFERENCE_MARK}{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        return self.get_target_uri(to, typ)

    @cached_property
    def formulas(self) -> formula_store.Formulas:
        """All formulas of the book, converted; those of the last build are kept."""
        path = Path(self.doctreedir) / "formulas.pickle"
        known = formula_store.load(path)
        known.macros = configured(self.config)
        found = sorted({latex for texts in getattr(self.env, "builder_formulas", {}).values() for latex in texts})
        defined_in(found, known.macros)
        if known.add([*found, *cells_of(found, known.plain)]):
            formula_store.save(known, path)
        return known

    def resolved(self, docname: str) -> nodes.document:
        """The doctree of one document with all references resolved."""
        return self.resolve(BuildEnvironment.get_doctree(self.env, docname), docname)

    def resolve(self, doctree: nodes.document, docname: str) -> nodes.document:
        """``doctree`` with all references resolved."""
        self.env.apply_post_transforms(doctree, docname)
        return doctree

    def path_problem(self, uri: str) -> str:
        """Why a picture's path is refused, or '': it must stay in the project (the folder round sources and conf.py)."""
        path = (Path(self.srcdir) / uri).resolve()
        homes = {
            Path(self.srcdir).resolve().parent,
            Path(self.confdir).resolve(),
            Path(self.doctreedir).resolve().parent,
        }
        inside = any(path.is_relative_to(home) for home in homes if home != Path(home.anchor))
        return "" if inside else "lies outside the project; copy it into the book's folder."

    def check_images(self, doctree: nodes.document, docname: str) -> None:
        """Note the pictures of ``doctree``.

        One that a source names and that cannot be read is an error with its place; one on the web, or that only raw HTML
        names, is a warning.
        """
        self.post_process_images(doctree)
        for image in list(doctree.findall(nodes.image)):
            uri = image["uri"]
            if pictures.is_remote(uri):
                warn(
                    f"the picture '{uri}' is on the web and not in the book; save it in the book's folder and name it here. "
                    "Its alternative text is printed.",
                    image,
                    "remote_image",
                )
                continue
            if uri not in self.images and not self.note_picture(image, docname):
                continue
            problem = self.path_problem(image["uri"]) or pictures.problem(Path(self.srcdir) / image["uri"])
            if problem:
                self.images.pop(image["uri"], None)
                report_error(self._app, AuthorError(f"the picture '{uri}' {problem}", source_of(image)))

    def note_picture(self, image: nodes.image, docname: str) -> bool:
        """Give a name to a picture that Sphinx does not know: one that raw HTML or an extension put in; false if not there."""
        static = [Path(self.confdir) / name for name in self.config.html_static_path]
        found = pictures.source_file(image["uri"], docname, Path(self.srcdir), static)
        if not found and image.get("from_html"):
            warn(f"the picture '{image['uri']}' is not there; its alternative text is printed.", image, "image")
            return False
        if not found:
            return True  # the check that follows says what is wrong with it
        image["uri"] = found
        mark = hashlib.sha256(found.encode()).hexdigest()[
            :8
        ]  # the same name in whatever order documents are translated
        self.images.setdefault(found, f"{mark}-{Path(found).name}")
        return True


def collect_formulas(app: Any, doctree: nodes.document) -> None:
    """At reading: note the formulas of a document, so that all are converted in one batch."""
    env = app.env
    if not hasattr(env, "builder_formulas"):
        env.builder_formulas = {}
    found = {node.astext() for node in doctree.findall(lambda n: isinstance(n, nodes.math | nodes.math_block))}
    env.builder_formulas[env.docname] = sorted(found)


def forget_formulas(app: Any, env: Any, docname: str) -> None:
    """When a document is read again or removed, its formulas go."""
    getattr(env, "builder_formulas", {}).pop(docname, None)


def merge_formulas(app: Any, env: Any, docnames: list[str], other: Any) -> None:
    """After parallel reading: take over what another process noted."""
    if not hasattr(env, "builder_formulas"):
        env.builder_formulas = {}
    for docname in docnames:
        env.builder_formulas[docname] = getattr(other, "builder_formulas", {}).get(docname, [])
