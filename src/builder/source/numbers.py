"""Numbers as Sphinx's environment owns them: sections, figures, tables, equations, as printed text."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_uppercase

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.locale import _

from builder.source.config import words_of_project

KINDS = {
    "figure": ("figure", "Fig. %s"),
    "table": ("table", "Table %s"),
    "code-block": ("listing", "Listing %s"),
    "section": ("section", "Section %s"),
}
"""What Sphinx numbers → its word in our catalogue, and how Sphinx calls it in English."""
NUMBER_OF = "number_of"
"""Attribute of what stands in a document once more: the document and the ids of the one that has the number."""


def setup(app: Sphinx) -> None:
    """Name what is numbered, before Sphinx fills in its own names (at 800)."""
    app.connect("config-inited", name_numbers)


def name_numbers(_app: Sphinx, config: Config) -> None:
    """Give numbers the author's words, or ours where Sphinx has only English; ``numfig_format`` goes first."""
    words = words_of_project(config)
    ours = {
        kind: words[word].replace("{}", "%s")
        for kind, (word, english) in KINDS.items()
        if word in config.builder_words or _(english) == english
    }
    config["numfig_format"] = ours | config.numfig_format


@dataclass(frozen=True, slots=True)
class BookNumbers:
    """Looks numbers up in an environment; '' for what has none."""

    env: BuildEnvironment

    def of_section(self, docname: str, section: nodes.Element) -> str:
        """``3.2``; sections below the depth that ``:numbered:`` gives have none."""
        numbers = self.env.toc_secnumbers.get(docname, {})
        for identifier in section["ids"]:
            if f"#{identifier}" in numbers:
                return ".".join(map(str, numbers[f"#{identifier}"] or ()))
        is_document_title = isinstance(section.parent, nodes.document)
        return ".".join(map(str, numbers[""])) if is_document_title and numbers.get("") else ""

    def of_float(self, docname: str, node: nodes.Element, kind: str) -> str:
        """``Figure 3.1``, in the form that ``numfig_format`` gives."""
        if not self.env.config.numfig:
            return ""
        number = self.plain_float(docname, node, kind)
        return str(self.env.config.numfig_format.get(kind, "%s") % number) if number else ""

    def plain_float(self, docname: str, node: nodes.Element, kind: str) -> str:
        """``3.1``, without the words of ``numfig_format``."""
        docname, identifiers = node.get(NUMBER_OF, (docname, node["ids"]))
        for identifier in identifiers:
            numbers = self.env.toc_fignumbers.get(docname, {}).get(kind, {}).get(identifier)
            if numbers:
                return ".".join(map(str, numbers))
        return ""

    def of_equation(self, docname: str, node: nodes.Element) -> str:
        """``(3.1)``."""
        if not node.get("number"):
            return ""
        if self.env.config.math_numfig and self.env.config.numfig:
            for identifier in node["ids"]:
                numbers = self.env.toc_fignumbers.get(docname, {}).get("displaymath", {}).get(identifier)
                if numbers:
                    return f"({'.'.join(map(str, numbers))})"
        return f"({node['number']})"


def letters(number: int) -> str:
    """1 → ``A``, 26 → ``Z``, 27 → ``AA``."""
    found = ""
    while number > 0:
        number, place = divmod(number - 1, 26)
        found = ascii_uppercase[place] + found
    return found
