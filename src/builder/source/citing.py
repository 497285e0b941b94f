"""Citations by author and year, and a list of sources in one alphabet: a Sphinx extension for books with
sphinxcontrib-bibtex.

``extensions = [..., "builder.source.citing"]``, ``bibtex_reference_style = "author_year_round"`` and
``bibtex_default_style = "one_alphabet"``. In text stands (Kotkin 2017; Kaplonski 2008a). In the list an entry opens as
its citation does: surname and given name, or the field ``key`` of a work without an author, then the year. No field is
printed twice, and a title in round brackets is a description of ours.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass, field
from typing import Any

import pybtex.plugin
import sphinxcontrib.bibtex.plugin
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.richtext import Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.unsrt import Style as Unsorted
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle
from pybtex.style.template import Node
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinxcontrib.bibtex.style.referencing import BaseReferenceStyle, BracketStyle, GroupReferenceStyle
from sphinxcontrib.bibtex.style.referencing.extra_author import ExtraAuthorReferenceStyle
from sphinxcontrib.bibtex.style.referencing.extra_empty import ExtraEmptyReferenceStyle
from sphinxcontrib.bibtex.style.template import entry_label, join, node, post_text, pre_text, reference

from builder.errors import asked, warn
from builder.typeset.wording import fixed_words, joined

WORDS: dict[str, str] = {}
"""The words of the project that is read, by their names in the catalogue: what pybtex calls knows no project."""
ARTICLES = ("the ", "a ", "an ")
"""Words at which no name in the list is sought."""


def people_of(entry: Any) -> list[Any]:
    """Authors of an entry, or its editors."""
    return list(entry.persons.get("author") or entry.persons.get("editor") or [])


def surname(person: Any) -> str:
    """The name under which a person is cited."""
    parts = (*person.rich_prelast_names, *person.rich_last_names) or (*person.rich_first_names,)
    return " ".join(str(part) for part in parts)


def who(entry: Any) -> str:
    """``King``, ``King and Lee`` or ``King et al.``; of a work without an author its ``key``, or its title."""
    names = [surname(person) for person in people_of(entry)]
    if len(names) > 2:
        names = [WORDS["et_al"].replace("{}", names[0])]
    return joined(names, WORDS) or plain(entry.fields.get("key") or entry.fields.get("title") or entry.key)


def when(entry: Any) -> str:
    """The year of a work; ``n.d.`` of one that has an author and none; nothing where the name alone tells it from
    others.
    """
    return str(entry.fields.get("year") or (WORDS["undated"] if people_of(entry) else ""))


def plain(words: str) -> str:
    """A field without its marks of LaTeX."""
    return str(Text.from_latex(words))


def marks(entries: Sequence[Any]) -> list[str]:
    """Return how each entry is cited: author and year, with a letter behind the year of those that would look alike, in
    their order.
    """
    named = [f"{who(entry)} {when(entry)}".strip() for entry in entries]
    often, met = Counter(named), Counter[str]()
    for index, name in enumerate(named):
        if often[name] > 1:
            named[index] = f"{name}{chr(ord('a') + met[name])}"
            met[name] += 1
    return named


def place_in_the_alphabet(entry: Any) -> tuple[str, ...]:
    """Return what the list is sorted by: all names or the ``key``, then year and title; accents, quotes and articles do
    not count.
    """
    people = people_of(entry)
    named = ", ".join(f"{surname(person)} {given(person)}" for person in people) if people else who(entry)
    return letters(named), when(entry), letters(plain(entry.fields.get("title", "")))


def letters(words: str) -> str:
    """Words as they are sorted."""
    base = "".join(c for c in unicodedata.normalize("NFKD", words) if c.isalnum() or c == " ").casefold().strip()
    return next((base.removeprefix(article) for article in ARTICLES if base.startswith(article)), base)


def given(person: Any) -> str:
    """All names of a person that stand before the surname."""
    first, middle, last = person.rich_first_names, person.rich_middle_names, person.rich_last_names
    return " ".join(str(part) for part in (*first, *middle)) if last else ""


class LabelStyle(BaseLabelStyle):  # type: ignore[misc]
    """Labels that are author and year."""

    def format_labels(self, sorted_entries: Iterable[Any]) -> list[str]:
        return marks(list(sorted_entries))


class SortingStyle(BaseSortingStyle):  # type: ignore[misc]
    """One alphabet for persons, institutions and titles."""

    def sorting_key(self, entry: Any) -> tuple[str, ...]:
        return place_in_the_alphabet(entry)


class ListStyle(Unsorted):  # type: ignore[misc]
    """Entries of the list of sources."""

    default_label_style = "author_and_year"
    default_sorting_style = "one_alphabet"

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> Any:
        """The entry below its label, whose year is printed with its letter. A work of a kind that nobody knows, by a
        slip of the pen mostly, is listed as any other.
        """
        if not hasattr(self, f"get_{entry.type}_template"):
            message = f"'{entry.key}' is of a kind that is not known, '@{entry.type}', and is listed as '@misc'."
            warn(f"{message}{asked(entry.type, KINDS)}", None, "citing")
            entry = copy(entry)
            entry.type = "misc"
        below = super().format_entry(label, entry, bib_data=bib_data).text
        return FormattedEntry(entry.key, Text(opening(entry, label), " ", below), label)

    def get_book_template(self, entry: Any) -> Node:
        published = ": ".join(part for part in (text(entry, "address"), text(entry, "publisher")) if part)
        return self.sentences(entry, title_of(entry, of_book=True), editors(entry), text(entry, "series"), published)

    def get_article_template(self, entry: Any) -> Node:
        issue = text(entry, "volume") + (f"({number})" if (number := text(entry, "number")) else "")
        pages = text(entry, "pages").replace("-", "–")
        place = Text(Tag("em", text(entry, "journal")), f" {issue}" if issue else "", f": {pages}" if pages else "")
        return self.sentences(entry, title_of(entry), place)

    def get_incollection_template(self, entry: Any) -> Node:
        before, _, behind = WORDS["in_book"].partition("{}")
        pages = text(entry, "pages").replace("-", "–")
        book = Text(before, Tag("em", text(entry, "booktitle")), behind, Text(", ", pages) if pages else "")
        edited = editors(entry) if entry.persons.get("author") else ""
        published = ": ".join(part for part in (text(entry, "address"), text(entry, "publisher")) if part)
        return self.sentences(entry, title_of(entry), book, edited, published)

    def get_misc_template(self, entry: Any) -> Node:
        return self.sentences(entry, title_of(entry), editors(entry), text(entry, "howpublished"))

    def sentences(self, entry: Any, *parts: Text | str) -> Node:
        """The parts that are there, each a sentence, then its ISBN, how far the work was read and where it is found."""
        isbn = f"ISBN {number}" if (number := text(entry, "isbn")) else ""
        sentences = [Text(part).add_period() for part in (*parts, isbn, text(entry, "note")) if part]
        return toplevel[(*sentences, self.format_web_refs(entry))]


LIKE_A_CHAPTER = ("inbook", "inproceedings")
LIKE_ANY = ("booklet", "manual", "phdthesis", "mastersthesis", "techreport", "unpublished", "online", "dataset")
"""Kinds of works that are listed as another kind is."""
KINDS = ("book", "article", "incollection", "misc", *LIKE_A_CHAPTER, *LIKE_ANY)

for other in LIKE_A_CHAPTER:
    setattr(ListStyle, f"get_{other}_template", ListStyle.get_incollection_template)
for other in LIKE_ANY:
    setattr(ListStyle, f"get_{other}_template", ListStyle.get_misc_template)


def opening(entry: Any, label: str) -> Text:
    """Return how an entry begins: names, the first surname foremost, or the ``key``, and the year as it is cited."""
    dated = label.removeprefix(who(entry)).strip()
    people = people_of(entry)
    if not people:
        names = who(entry)
    else:
        first = ", ".join(part for part in (surname(people[0]), given(people[0])) if part)
        names = joined([first, *map(in_order, people[1:])], WORDS)
        if not entry.persons.get("author"):
            names = WORDS["editors" if len(people) > 1 else "editor"].replace("{}", names)
    return Text(" ").join(Text(part).add_period() for part in (names, dated) if part)


def in_order(person: Any) -> str:
    """A name as it is spoken."""
    return f"{given(person)} {surname(person)}".strip()


def text(entry: Any, name: str) -> str:
    """A field as plain words; nothing where it is missing."""
    return plain(entry.fields.get(name, ""))


def title_of(entry: Any, of_book: bool = False) -> Text | str:
    """The title, in italics or in quotation marks; a description of ours in square brackets; nothing where the entry
    opens with it.
    """
    title = text(entry, "title")
    if not title or (not people_of(entry) and title in who(entry)):
        return ""
    if title.startswith("(") and title.endswith(")"):
        return f"[{title[1:-1]}]"
    return Text(Tag("em", title)) if of_book else Text("“", title, "”")


def editors(entry: Any) -> str:
    """``Edited by A. Translated by B and C``, where the entry does not open with them."""
    edited = entry.persons.get("editor", []) if entry.persons.get("author") else []
    translated = [Person(name) for name in split_name_list(entry.fields.get("translator", ""))]
    parts = [("edited_by", edited), ("translated_by", translated)]
    return ". ".join(
        WORDS[word].replace("{}", joined([in_order(person) for person in people], WORDS))
        for word, people in parts
        if people
    )


@node  # type: ignore[untyped-decorator]
def cited_name(children: Any, data: dict[str, Any]) -> Text:
    """The first part of a citation."""
    return Text(who(data["entry"]))


@node  # type: ignore[untyped-decorator]
def cited_year(children: Any, data: dict[str, Any]) -> Text:
    """The second part of a citation, with its letter."""
    return Text(data["formatted_entry"].label.removeprefix(who(data["entry"])).strip())


@node  # type: ignore[untyped-decorator]
def named_and_dated(children: Any, data: dict[str, Any], brackets: BracketStyle) -> Text:
    """A name and, in brackets, what there is of year and page; the year leads to the list, or else the name."""
    is_dated = bool(str(cited_year.format_data(data)))
    name = cited_name if is_dated else reference[cited_name]
    page = post_text.format_data(data)
    inner = [reference[cited_year].format_data(data)] if is_dated else []
    inner += [page] if str(page) else []
    words = Text(name.format_data(data))
    return words + Text(" ", brackets.left, Text(", ").join(inner), brackets.right) if inner else words


def round_brackets() -> BracketStyle:
    """Round brackets, and a semicolon between two works."""
    return BracketStyle(left="(", right=")", sep="; ")


@dataclass
class InBrackets(BaseReferenceStyle):
    """``(King 2018; Kotkin 2017)``, and without the brackets for ``:cite:alp:``."""

    bracket: BracketStyle = field(default_factory=round_brackets)

    def role_names(self) -> Iterable[str]:
        return ["p", "ps", "alp", "alps", "label", "labelpar"]

    def outer(self, role_name: str, children: list[Any]) -> Node:
        return self.bracket.outer(children, brackets=role_name in ("p", "ps", "labelpar"), capfirst=False)

    def inner(self, role_name: str) -> Node:
        return join[pre_text, join(sep=", ")[reference[entry_label], post_text]]


@dataclass
class InTheSentence(BaseReferenceStyle):
    """``King (2018)``; the year alone for ``:cite:year:``."""

    bracket: BracketStyle = field(default_factory=round_brackets)

    def role_names(self) -> Iterable[str]:
        return ["t", "ts", "ct", "cts", "year", "yearpar"]

    def outer(self, role_name: str, children: list[Any]) -> Node:
        return self.bracket.outer(children, brackets=role_name == "yearpar", capfirst=role_name.startswith("c"))

    def inner(self, role_name: str) -> Node:
        if role_name.startswith("year"):
            return reference[cited_year]
        return named_and_dated(brackets=self.bracket)


@dataclass
class AuthorYear(GroupReferenceStyle):
    """All ways to cite by author and year."""

    def __post_init__(self) -> None:
        self.styles += [
            InBrackets(),
            InTheSentence(),
            ExtraAuthorReferenceStyle(bracket=round_brackets()),
            ExtraEmptyReferenceStyle(),
        ]
        super().__post_init__()  # type: ignore[no-untyped-call]  # not annotated there


def take_words(_app: Sphinx, config: Config) -> None:
    """Take the words of the project's language, and its author's own."""
    WORDS.clear()
    WORDS.update(fixed_words(config.language or "en", getattr(config, "builder_words", {})))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the styles by their names."""
    app.connect("config-inited", take_words)
    pybtex.plugin.register_plugin("pybtex.style.formatting", "one_alphabet", ListStyle)
    pybtex.plugin.register_plugin("pybtex.style.labels", "author_and_year", LabelStyle)
    pybtex.plugin.register_plugin("pybtex.style.sorting", "one_alphabet", SortingStyle)
    sphinxcontrib.bibtex.plugin.register_plugin(
        "sphinxcontrib.bibtex.style.referencing", "author_year_round", AuthorYear
    )
    return {"parallel_read_safe": True, "parallel_write_safe": True}
