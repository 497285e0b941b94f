"""Comments on slides: what the sources have where the hand has something else (ECMA-376-1, 19.4)."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from builder.merge.package import OFFICE, Package, Relationship
from builder.merge.shapes import Conflict, P
from builder.pptx.xml import clean

AUTHOR = "Book deck builder"
INITIALS = "BDB"
COMMENTS = "application/vnd.openxmlformats-officedocument.presentationml.comments+xml"
AUTHORS = "application/vnd.openxmlformats-officedocument.presentationml.commentAuthors+xml"
BOOK_SAYS = re.compile(r"[Tt]he book now says: (.*)\Z", re.DOTALL)
FIXED = "2000-01-01T00:00:00.000"
"""Comments have a date; one that is always the same makes the same deck of the same things."""
STEP = 60
"""Between the marks of comments, in the units that programs use (1/576 in)."""


def sentence(conflict: Conflict) -> str:
    """What a comment says."""
    if not conflict.book:
        return f"{conflict.what}: the book does not have this any more. Your version was kept."
    if not conflict.hand:
        return f"{conflict.what}: you took this out, and the book now says: {conflict.book}"
    return f"{conflict.what}: changed here by hand and in the book. The book now says: {conflict.book}"


def comment(package: Package, slide: str, conflicts: list[Conflict]) -> None:
    """Put a comment on a slide for each conflict; one that stands there already is not put twice."""
    part = next(iter(package.related(slide, "comments")), "")
    if part and package.content_type(part) != COMMENTS:
        return  # of a newer kind, which cannot stand beside these; the report has them
    author = author_of(package)
    if part:
        root = package.xml(part)
    else:
        root = etree.Element(f"{P}cmLst", nsmap={"p": P[1:-1]})
        part = package.free("/ppt/comments/comment1.xml")
        package.add(part, b"", COMMENTS)
        package.relate(slide, Relationship(f"{OFFICE}/comments", part))
    there = {item.findtext(f"{P}text") for item in root.iter(f"{P}cm")}
    number = int(author.get("lastIdx", 0))
    for conflict in conflicts:
        text = clean(sentence(conflict))
        if text in there:
            continue
        number += 1
        item = etree.SubElement(root, f"{P}cm", authorId=author.get("id", "0"), dt=FIXED, idx=str(number))
        etree.SubElement(item, f"{P}pos", x="10", y=str(10 + STEP * (number % 10)))
        etree.SubElement(item, f"{P}text").text = text
    author.set("lastIdx", str(number))
    package.put(part, root)
    package.put(authors_part(package), author.getparent())


def settle(package: Package, slide: str, book: set[str], hand: set[str]) -> None:
    """Take out our comments that have no reason any more: the ``book`` says something else, or what it says stands on the slide (``hand``)."""
    part = next(iter(package.related(slide, "comments")), "")
    if not part or package.content_type(part) != COMMENTS:
        return
    root, ours = package.xml(part), author_of(package).get("id")
    for item in list(root):
        found = BOOK_SAYS.search(item.findtext(f"{P}text") or "")
        if item.get("authorId") == ours and found is not None and (found[1] not in book or found[1] in hand):
            root.remove(item)
    if len(root):
        package.put(part, root)
        return
    known = package.rels(slide)
    for rid in [rid for rid, found in known.items() if found.target == part]:
        del known[rid]


def authors_part(package: Package) -> str:
    """The list of those who comment; made when there is none."""
    found = package.related(package.presentation, "commentAuthors")
    if found:
        return found[0]
    part = package.free("/ppt/commentAuthors.xml")
    package.add(part, b"", AUTHORS)
    package.put(part, etree.Element(f"{P}cmAuthorLst", nsmap={"p": P[1:-1]}))
    package.relate(package.presentation, Relationship(f"{OFFICE}/commentAuthors", part))
    return part


def author_of(package: Package) -> Any:
    """Our entry in the list of those who comment."""
    root = package.xml(authors_part(package))
    found = [item for item in root if item.get("name") == AUTHOR]
    if found:
        return found[0]
    number = max((int(item.get("id", 0)) for item in root), default=-1) + 1
    return etree.SubElement(
        root, f"{P}cmAuthor", id=str(number), name=AUTHOR, initials=INITIALS, lastIdx="0", clrIdx=str(number % 8)
    )
