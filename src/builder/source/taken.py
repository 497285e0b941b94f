"""What a document takes from the rest of the project, and whether that is as it was: the facades of those that its
references lead to, and who bears the names that they look for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from builder.source.editions.references import lacking
from builder.source.facades import bibliographies_as_read, facades_of
from builder.source.formulas import formulas_of
from builder.source.included import files_not_its_own
from builder.source.premises import option_lines
from builder.source.readings import reading_of, readings_of
from builder.source.sought import sought
from builder.source.unknown import is_known, strangers_take_part
from builder.store.keys import key_of
from builder.store.stamps import package_stamp


@dataclass(frozen=True, slots=True)
class Taken:
    """What a document takes from others beside who bears the names that it looks for: what it shows of ``documents``;
    None where nobody knows.
    """

    documents: tuple[str, ...] | None


ALL_OF_IT = Taken(None)


class Elsewhere:
    """What documents may take from the rest of a project in one build; ``common`` is a digest of what each may."""

    def __init__(self, app: Sphinx, env: BuildEnvironment) -> None:
        self.env, self.facades, self.common = env, facades_of(env), common_digest(env)
        self.has_strangers = strangers_take_part(app)
        self.is_known = not (lacking(env) and any(lacking(env).values())) and not self.has_strangers
        self._shared = files_not_its_own(env)

    @cached_property
    def whole(self) -> str:
        """A digest of all of it; strangers may show of a document what its facade does not."""
        readings = sorted(readings_of(self.env).items()) if self.has_strangers else ()
        return key_of(self.common, [(name, self.facades.of(name)) for name in sorted(self.facades.shown)], readings)

    def key(self, docname: str, taken: Taken) -> str:
        """A digest of a document, as it was read, and of all that it takes."""
        own = reading_of(self.env, docname), self._shared.get(docname, ())
        if taken.documents is None or not self.is_known:
            return key_of(own, self.whole)
        documents = [(name, self.facades.of(name)) for name in (docname, *taken.documents)]
        words = [(word, self.facades.bearing(word)) for word in sorted(sought(self.env).get(docname, ()))]
        return key_of(own, self.common, documents, words)


def common_digest(env: BuildEnvironment) -> str:
    """A digest of what each document may take from outside its doctree, and of what no facade tells."""
    cite: Any = env.domains.get("cite", None)
    return key_of(
        package_stamp(),
        list(option_lines(env.config)),
        sorted(map(repr, formulas_of(env).macros.known.items())),
        sorted(formulas_of(env).macros.declared.items()),
        bibliographies_as_read(env),
        env.domains["citation"].data["citations"],
        cite.citations if cite is not None else (),
    )


def shows_unknown(doctree: nodes.document) -> bool:
    """True if a document that is not resolved yet may take more from others than its references lead to: toctrees have
    titles of those below, and what nodes of unknown extensions show nobody knows.
    """
    kinds = {type(node) for node in doctree.findall(nodes.Element)}
    return addnodes.toctree in kinds or not all(is_known(kind.__module__) for kind in kinds)


def taken_by(doctree: nodes.document, mark: str) -> Taken:
    """What a resolved document, of which all is known, takes; ``mark`` stands before the names of documents in
    addresses.
    """
    uris = (node.get("refuri", "") for node in doctree.findall(nodes.reference))
    found = {uri.removeprefix(mark).partition("#")[0] for uri in uris if uri.startswith(mark)}
    return Taken(tuple(sorted(found)))
