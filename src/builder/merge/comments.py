"""Comments on slides: what the sources have where the hand has something else.

A deck has comments of one kind: the first (ECMA-376-1, 19.4), or the threads that newer programs write ([MS-PPTX],
2.16.3).
"""

from __future__ import annotations

import copy
import re
import uuid
from dataclasses import dataclass
from typing import Any

from lxml import etree

from builder.merge.conflicts import Conflict
from builder.merge.slides import creation_of
from builder.pptx.package.namespaces import OFFICE, A, P
from builder.pptx.package.package import Package, Relationship
from builder.store.text import clean

AUTHOR = "Book deck builder"
INITIALS = "BDB"
FIXED = "2000-01-01T00:00:00.000"
"""Comments have a date; one that is always the same makes the same deck of the same things."""
STEP = 60
"""Between the marks of comments, in the units that programs use (1/576 in)."""


SENTENCES = {
    "gone": "{what}: the book does not have this any more. Your version was kept.",
    "deleted": "{what}: you took this out, and the book now says: {book}",
    "changed": "{what}: changed here by hand and in the book. The book now says: {book}",
    "deleted here": "{what}: you took this out, and another copy of this deck says: {book}",
    "changed there": "{what}: changed here by hand and in another copy of this deck. The other copy says: {book}",
}
"""Kind of conflict → the sentence of its comment."""
ON_SLIDE = "what stands on the slide"
OTHER = ("deleted here", "changed there")
"""Conflicts of two copies."""
PATTERNS = {
    kind: re.compile(
        re.escape(text).replace(r"\{what\}", "(?P<what>.*?)").replace(r"\{book\}", "(?P<book>.*)") + r"\Z", re.DOTALL
    )
    for kind, text in SENTENCES.items()
}


def sentence(conflict: Conflict) -> str:
    """Return the words of a comment."""
    if not conflict.book:
        kind = "gone"
    elif conflict.other:
        kind = "changed there" if conflict.hand else "deleted here"
    else:
        kind = "changed" if conflict.hand else "deleted"
    return SENTENCES[kind].format(what=conflict.what, book=conflict.book)


def conflict_in(text: str) -> Conflict | None:
    """Return the conflict that a comment reports, with `ON_SLIDE` for the hand's version; None for other words."""
    for kind, pattern in PATTERNS.items():
        found = pattern.match(text)
        if found:
            hand = "" if kind.startswith("deleted") else ON_SLIDE
            return Conflict(found["what"], hand, found.groupdict().get("book", ""), kind in OTHER)
    return None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a slide, and who wrote it."""

    element: Any
    text: str
    author: str

    @property
    def ours(self) -> bool:
        """True if we wrote it."""
        return self.author == AUTHOR

    @property
    def key(self) -> tuple[str, str]:
        """Author and words, by which comments are the same."""
        return self.author, self.text


class SlideComments:
    """The comments of a slide, in the kind of its deck."""

    content_type = "application/vnd.openxmlformats-officedocument.presentationml.comments+xml"
    relationship = f"{OFFICE}/comments"
    authors_type = "application/vnd.openxmlformats-officedocument.presentationml.commentAuthors+xml"
    authors_relationship = f"{OFFICE}/commentAuthors"
    authors_name = "/ppt/commentAuthors.xml"
    name = "/ppt/comments/comment1.xml"
    space = P
    author_list = "cmAuthorLst"

    def __init__(self, package: Package, slide: str) -> None:
        self.package, self.slide = package, slide
        self.part = next(iter(package.related(slide, "comments")), "")
        self.root = package.xml(self.part) if self.part else self.list_of("cmLst")
        found = package.related(package.presentation, self.authors_relationship.rsplit("/", 1)[-1])
        self.authors_part = found[0] if found else ""
        self.authors = package.xml(self.authors_part) if found else self.list_of(self.author_list)

    def list_of(self, name: str) -> Any:
        """Return an empty list."""
        return etree.Element(f"{self.space}{name}", nsmap={"p": self.space[1:-1]})

    def items(self) -> list[Comment]:
        """Return all comments of the slide."""
        names = {item.get("id"): item.get("name", "") for item in self.authors}
        found = self.root.iter(f"{self.space}cm")
        return [Comment(item, self.text(item), names.get(item.get("authorId"), "")) for item in found]

    def text(self, item: Any) -> str:
        """Return the words of a comment."""
        return item.findtext(f"{P}text") or ""

    def author(self, name: str = AUTHOR, initials: str = INITIALS) -> Any:
        """Return the entry of a name in the list of authors, which gets one where it has none."""
        found = [item for item in self.authors if item.get("name") == name]
        return found[0] if found else self.new_author(name, initials)

    def new_author(self, name: str, initials: str) -> Any:
        """Return a new entry in that list."""
        number = max((int(item.get("id", 0)) for item in self.authors), default=-1) + 1
        return etree.SubElement(
            self.authors, f"{P}cmAuthor",
            id=str(number), name=name, initials=initials, lastIdx="0", clrIdx=str(number % 8),
        )  # fmt: skip

    def copy(self, found: Comment, theirs: SlideComments, slide_id: str) -> None:
        """Take over a comment from a slide of another package; one of another kind keeps its words and its author."""
        if type(theirs) is not type(self):
            self.add(found.text, slide_id, found.author)
            return
        element = copy.deepcopy(found.element)
        entries = {item.get("id"): item for item in theirs.authors}
        for item in element.iter(etree.Element):
            entry = entries.get(item.get("authorId", ""))
            if entry is not None:
                item.set("authorId", self.author(entry.get("name", ""), entry.get("initials", "")).get("id", ""))
        self.root.append(element)

    def add(self, text: str, _slide_id: str, name: str = AUTHOR) -> None:
        """Add a comment."""
        author = self.author(name, INITIALS if name == AUTHOR else name[:1])
        number = int(author.get("lastIdx", 0)) + 1
        author.set("lastIdx", str(number))
        item = etree.SubElement(self.root, f"{P}cm", authorId=author.get("id", "0"), dt=FIXED, idx=str(number))
        etree.SubElement(item, f"{P}pos", x="10", y=str(10 + STEP * (number % 10)))
        etree.SubElement(item, f"{P}text").text = text

    def save(self) -> None:
        """Write the comments and their authors into the package; a slide without comments gets no part for them."""
        if not len(self.root):
            known = self.package.rels(self.slide)
            for rid in [rid for rid, found in known.items() if found.target == self.part]:
                del known[rid]
            return
        self.part = self.part or self.new_part(self.slide, self.name, self.content_type, self.relationship)
        self.package.put(self.part, self.root)
        if len(self.authors):
            self.authors_part = self.authors_part or self.new_part(
                self.package.presentation, self.authors_name, self.authors_type, self.authors_relationship
            )
            self.package.put(self.authors_part, self.authors)

    def new_part(self, owner: str, name: str, content_type: str, relationship: str) -> str:
        """Return a new part that belongs to another."""
        part = self.package.free(name)
        self.package.add(part, b"", content_type)
        self.package.relate(owner, Relationship(relationship, part))
        return part


class Threads(SlideComments):
    """Comments with answers, as newer programs write them."""

    content_type = "application/vnd.ms-powerpoint.comments+xml"
    relationship = "http://schemas.microsoft.com/office/2018/10/relationships/comments"
    authors_type = "application/vnd.ms-powerpoint.authors+xml"
    authors_relationship = "http://schemas.microsoft.com/office/2018/10/relationships/authors"
    authors_name = "/ppt/authors.xml"
    name = "/ppt/comments/modernComment_1.xml"
    space = "{http://schemas.microsoft.com/office/powerpoint/2018/8/main}"
    author_list = "authorLst"
    command = "{http://schemas.microsoft.com/office/powerpoint/2013/main/command}"

    def list_of(self, name: str) -> Any:
        return etree.Element(f"{self.space}{name}", nsmap={"p188": self.space[1:-1], "a": A[1:-1]})

    def text(self, item: Any) -> str:
        body = item.find(f"{self.space}txBody")
        paragraphs = body.findall(f"{A}p") if body is not None else []
        return "\n".join("".join(text.text or "" for text in paragraph.iter(f"{A}t")) for paragraph in paragraphs)

    def new_author(self, name: str, initials: str) -> Any:
        return etree.SubElement(
            self.authors, f"{self.space}author",
            id=identity(name), name=name, initials=initials, userId=name, providerId="None",
        )  # fmt: skip

    def add(self, text: str, slide_id: str, name: str = AUTHOR) -> None:
        author = self.author(name, INITIALS if name == AUTHOR else name[:1]).get("id", "")
        own = creation_of(self.package.parts[self.slide]) or "0"
        given = identity(f"{slide_id} {own} {text}")
        item = etree.SubElement(self.root, f"{self.space}cm", id=given, authorId=author, created=FIXED)
        place = etree.SubElement(item, f"{self.command}sldMkLst", nsmap={"pc": self.command[1:-1]})
        etree.SubElement(place, f"{self.command}docMk")
        etree.SubElement(place, f"{self.command}sldMk", cId=own, sldId=slide_id)
        body = etree.SubElement(item, f"{self.space}txBody")
        etree.SubElement(body, f"{A}bodyPr")
        etree.SubElement(body, f"{A}lstStyle")
        for line in text.split("\n"):
            run = etree.SubElement(etree.SubElement(body, f"{A}p"), f"{A}r")
            etree.SubElement(run, f"{A}t").text = line


def identity(text: str) -> str:
    """Return an id that is the same for the same text."""
    return f"{{{uuid.uuid5(uuid.NAMESPACE_URL, text)}}}".upper()


def comments_of(package: Package, slide: str) -> SlideComments:
    """Return the comments of a slide, of the kind that the deck has."""
    part = next(iter(package.related(slide, "comments")), "")
    kind = package.content_type(part) if part else ""
    has_threads = bool(package.related(package.presentation, "authors"))
    return (Threads if kind == Threads.content_type or (has_threads and not part) else SlideComments)(package, slide)


def comment(package: Package, slide: str, slide_id: str, conflicts: list[Conflict]) -> None:
    """Put a comment on a slide for each conflict, unless the slide has it."""
    comments = comments_of(package, slide)
    there = {found.text for found in comments.items()}
    for conflict in conflicts:
        text = clean(sentence(conflict))
        if text not in there:
            comments.add(text, slide_id)
    comments.save()


def settle(package: Package, slide: str, book: set[str], hand: set[str]) -> None:
    """Remove our comments on what is settled: the ``book`` has other words, or its words stand on the slide (``hand``).

    One on two copies goes only when the words of the other copy stand on the slide.
    """
    comments = comments_of(package, slide)
    settled = []
    for found in comments.items():
        conflict = conflict_in(found.text) if found.ours else None
        if conflict and conflict.book and (conflict.book in hand or not (conflict.other or conflict.book in book)):
            settled.append(found.element)
    for element in settled:
        comments.root.remove(element)
    if settled:
        comments.save()


def withdraw(package: Package, slide: str, conflict: Conflict) -> None:
    """Remove our comment on a conflict that is settled."""
    comments = comments_of(package, slide)
    obsolete = [found.element for found in comments.items() if found.ours and found.text == clean(sentence(conflict))]
    for element in obsolete:
        comments.root.remove(element)
    if obsolete:
        comments.save()


def merge_comments(base: SlideComments | None, mine: SlideComments, theirs: SlideComments, slide_id: str) -> None:
    """Take over the comments that only ``theirs`` has, and remove ours that only ``base`` and ``mine`` have."""
    old = {found.key for found in base.items()} if base is not None else set()
    new = {found.key: found for found in theirs.items()}
    own = {found.key: found for found in mine.items()}
    fresh = [found for key, found in new.items() if key not in old and key not in own]
    gone = [found for key, found in own.items() if found.ours and key in old and key not in new]
    for found in fresh:
        mine.copy(found, theirs, slide_id)
    for found in gone:
        mine.root.remove(found.element)
    if fresh or gone:
        mine.save()


def open_conflicts(package: Package, slide: str) -> list[Conflict]:
    """Return the conflicts that comments on a slide report."""
    if not package.related(slide, "comments"):
        return []
    conflicts = (conflict_in(found.text) for found in comments_of(package, slide).items() if found.ours)
    return [conflict for conflict in conflicts if conflict is not None]
