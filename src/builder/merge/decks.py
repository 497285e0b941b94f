"""Three versions of a deck → one. The deck that somebody left is the host: what we do not know stays in it as it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from lxml import etree

from builder.merge.align import merged_order
from builder.merge.comments import SlideComments, comment, comments_of, merge_comments, sentence, settle, withdraw
from builder.merge.compared_shapes import layout_of
from builder.merge.conflicts import Conflict
from builder.merge.deck_file import DeckFile, SlideRef, same_slides
from builder.merge.design import Design, name_of, replace_design
from builder.merge.edits import slide_conflicts
from builder.merge.identities import make_distinct
from builder.merge.inheritance import Inheritance
from builder.merge.notes import merge_notes
from builder.merge.origins import build_of, put_origin
from builder.merge.sections import merge_sections
from builder.merge.shapes import ShapeMerger
from builder.merge.slides import Layouts, merge_slide, readable, same_xml, untouched, words_of
from builder.merge.table_styles import take_table_styles
from builder.merge.text import visible_text
from builder.merge.whole_slides import SlideImporter, strip
from builder.pptx.package.namespaces import OFFICE, A, P, R
from builder.pptx.package.package import Importer, Package, Relationship
from builder.pptx.package.parts import checksums

FIRST_ID = 256


@dataclass(frozen=True, slots=True)
class SlideConflict:
    """A conflict, with the number and title of its slide in the merged deck."""

    number: int
    title: str
    conflict: Conflict

    def __str__(self) -> str:
        return f"slide {self.number} “{self.title}”: {sentence(self.conflict)}"


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged deck; titles of slides that were ``deleted`` by hand; ``keeps_design`` where a new template was not
    taken over."""

    content: bytes
    conflicts: tuple[SlideConflict, ...] = ()
    deleted: tuple[str, ...] = ()
    keeps_design: bool = False


def merge(base: bytes, mine: bytes, theirs: bytes) -> Merged:
    """Merge a deck as last built, as somebody left it, and as the sources give it now.

    Raises:
        AuthorError: ``mine`` is no .pptx file that can be read.
    """
    if base == theirs:
        return Merged(mine)
    if mine == theirs or same_file(base, mine):
        return Merged(theirs)
    return DeckMerger(DeckFile(base), DeckFile(mine), DeckFile(theirs)).merged()


def same_file(a: bytes, b: bytes) -> bool:
    """Return whether two files hold the same parts, however they are packed."""
    if a == b:
        return True
    return checksums(a) == checksums(b) and dict(Package(a).parts) == dict(Package(b).parts)


@dataclass
class DeckMerger:
    """Merges one deck. Where ``theirs`` has edits by hand as well, ``book`` is the deck as the sources give it now."""

    base: DeckFile
    mine: DeckFile
    theirs: DeckFile
    book: DeckFile | None = None
    conflicts: dict[str, list[Conflict]] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    dropped: set[str] = field(default_factory=set)
    keeps_design: bool = False

    def merged(self) -> Merged:
        """Return the merged deck."""
        base, mine, theirs = self.base, self.mine, self.theirs
        self.match()
        self.inheritance = Inheritance(theirs.package, mine.package)
        self.importer = Importer(theirs.package, mine.package, self.counterparts())
        self.slide_importer = SlideImporter(mine, theirs, self.importer, self.inheritance)
        self.merge_design()
        from_theirs = {slide.part for slide in self.to_theirs.values()}
        fresh = [slide for slide in theirs.slides if slide.part not in from_theirs]
        fresh = [slide for slide in fresh if not self.is_restored(slide)]
        self.slide_importer.reserve(fresh)
        for slide in base.slides:
            self.merge_one(slide, self.to_mine.get(slide.part), self.to_theirs.get(slide.part))
        for slide in fresh:
            self.slide_importer.fill(slide)
        self.order_slides(fresh)
        self.unlink()
        self.thumbnail()
        take_table_styles(theirs.package, mine.package)
        self.merge_comments()
        self.conflicts = {
            part: [self.with_owner(found) for found in conflicts] for part, conflicts in self.conflicts.items()
        }
        for part, conflicts in self.conflicts.items():
            comment(mine.package, part, self.ids[part], conflicts)
        mine.package.put(mine.package.presentation, mine.root)
        make_distinct(mine.package)
        put_origin(mine.package, build_of(theirs.package))
        return Merged(mine.package.content(), tuple(self.numbered_conflicts()), tuple(self.deleted), self.keeps_design)

    def match(self) -> None:
        """Find the slides of the base in the other two decks."""
        self.to_mine = {b.part: self.mine.slides[m] for b, m in self.pairs(self.mine)}
        self.to_theirs = {b.part: self.theirs.slides[n] for b, n in self.pairs(self.theirs)}

    def is_restored(self, slide: SlideRef) -> bool:
        """Return whether the sources had dropped a slide and have it again, and its edited version stayed.

        Every difference becomes a conflict then."""
        known = {own.part for own in self.to_mine.values()}
        own = next((own for own in self.mine.slides if own.creation == slide.creation and own.part not in known), None)
        if own is None or not slide.creation:
            return False
        self.importer.known[slide.part] = own.part
        withdraw(self.mine.package, own.part, Conflict("Slide", own.words[0], ""))
        self.conflicts[own.part] = slide_conflicts(slide, own)
        return True

    def with_owner(self, conflict: Conflict) -> Conflict:
        """Return a conflict, marked where it is not the book that has the second version, but another copy."""
        says_other = bool(conflict.book) and self.book is not None and conflict.book not in self.source_texts
        return replace(conflict, other=says_other)

    @cached_property
    def source_texts(self) -> set[str]:
        """All texts of slides as the sources give them."""
        found: set[str] = set()
        for slide in self.book.slides if self.book is not None else ():
            found |= readable(slide.deck.layouts.page(slide.part))
        return found

    def merge_comments(self) -> None:
        """Take over comments on slides of the new deck, which has some where it was changed by hand."""
        to_base = {slide.part: part for part, slide in self.to_theirs.items()}
        for slide in self.theirs.slides:
            own, b = self.importer.known.get(slide.part, ""), to_base.get(slide.part)
            has = self.theirs.package.related(slide.part, "comments") or (
                b and self.base.package.related(b, "comments")
            )
            if has and own in self.ids:
                old = self.comments_before(b) if b is not None else None
                mine, theirs = comments_of(self.mine.package, own), comments_of(self.theirs.package, slide.part)
                merge_comments(old, mine, theirs, self.ids[own])

    def comments_before(self, slide: str) -> SlideComments | None:
        """Return the comments on a slide of the base."""
        return comments_of(self.base.package, slide)

    def pairs(self, deck: DeckFile) -> list[tuple[SlideRef, int]]:
        """Return slides of the base with the index of the same one in ``deck``."""
        return [(self.base.slides[b], index) for b, index in same_slides(self.base.slides, deck.slides).items()]

    # --- what of the new deck is in the host already

    def counterparts(self) -> dict[str, str]:
        """Return parts of the new deck → those of the host that stand for them; '' for what is left out."""
        theirs, mine = self.theirs.package, self.mine.package
        found = {theirs.presentation: mine.presentation}
        for slide in self.base.slides:
            new = self.to_theirs.get(slide.part)
            if new is not None:
                own = self.to_mine.get(slide.part)
                found[new.part] = own.part if own is not None else ""
        own_master, new_master = (package.related(package.presentation, "notesMaster") for package in (mine, theirs))
        if own_master and new_master:
            found[new_master[0]] = own_master[0]
        return found | self.layout_counterparts()

    def layout_counterparts(self) -> dict[str, str]:
        """Return layout of the new deck → that of the host for the same slides, or of the same name and
        placeholders."""
        base, mine, theirs = self.base.package, self.mine.package, self.theirs.package
        used: dict[str, Counter[str]] = {}
        for slide in self.base.slides:
            own = self.to_mine.get(slide.part)
            if own is not None:
                used.setdefault(name_of(base, layout_of(base, slide.part)), Counter())[layout_of(mine, own.part)] += 1
        named = {name_of(mine, layout): layout for layout in Design(mine).layouts}
        found = {}
        for layout in Design(theirs).layouts:
            name = name_of(theirs, layout)
            if name in used:
                found[layout] = used[name].most_common(1)[0][0]
            elif name in named and self.inheritance.fits(layout, named[name]):
                found[layout] = named[name]
        return found

    def merge_design(self) -> None:
        """Take the design that the sources have now where it changed, unless it was changed by hand."""
        old, own, new = (Design(deck.package) for deck in (self.base, self.mine, self.theirs))
        if old.same(new):
            return
        if not old.same(own):
            self.keeps_design = True
            return
        layouts = {}
        for slide in self.base.slides:
            mine, theirs = self.to_mine.get(slide.part), self.to_theirs.get(slide.part)
            if mine is not None and theirs is not None and self.has_its_layout(slide, mine):
                layouts[mine.part] = layout_of(self.theirs.package, theirs.part)
        self.inheritance = self.slide_importer.inheritance = Inheritance(self.theirs.package, self.mine.package)
        replace_design(self.mine.root, self.importer, [slide.part for slide in self.mine.slides], layouts)
        self.mine.layouts = Layouts(self.mine.package)

    def has_its_layout(self, base: SlideRef, mine: SlideRef) -> bool:
        """Return whether a slide has the layout that it was built with."""
        old, own = (name_of(slide.deck.package, layout_of(slide.deck.package, slide.part)) for slide in (base, mine))
        return old == own

    # --- slides

    def merge_one(self, base: SlideRef, mine: SlideRef | None, theirs: SlideRef | None) -> None:
        """Merge a slide of the base."""
        if mine is None:
            if theirs is not None:
                self.deleted.append(theirs.words[0] or base.words[0])
            return
        versions = self.base.layouts.page(base.part), self.mine.layouts.page(mine.part)
        if theirs is None:
            if untouched(*versions):
                self.dropped.add(mine.part)
            else:
                self.conflicts[mine.part] = [Conflict("Slide", mine.words[0], "")]
            return
        if self.is_same(base.part, theirs.part):
            return
        self.merge_layout(base, mine, theirs)
        page = self.theirs.layouts.page(theirs.part)
        if same_xml(*versions):
            self.slide_importer.take(mine.part, theirs.part)
            found = merge_notes(*versions, page, self.importer)
        else:
            found = merge_slide(ShapeMerger(*versions, page, self.importer, self.inheritance, self.is_in_sources))
        if found:
            self.conflicts[mine.part] = found
        if self.mine.package.related(mine.part, "comments"):
            in_book = readable(page) if self.book is None else self.source_texts
            settle(self.mine.package, mine.part, in_book, readable(versions[1]))

    def is_same(self, base: str, theirs: str) -> bool:
        """Return whether the sources give a slide as they gave it."""
        old, new = self.base.package, self.theirs.package
        if old.digest(base) != new.digest(theirs) or old.rels(base).keys() != new.rels(theirs).keys():
            return False
        return all(self.is_same_target(a, new.rels(theirs)[rid]) for rid, a in old.rels(base).items())

    def is_same_target(self, old: Relationship, new: Relationship) -> bool:
        """Return whether two relationships lead to the same content."""
        if old.kind != new.kind or old.external != new.external:
            return False
        if old.external:
            return old.target == new.target
        if old.type == "slide":
            there = self.to_theirs.get(old.target)
            return there is not None and there.part == new.target
        if old.type == "slideLayout":
            return name_of(self.base.package, old.target) == name_of(self.theirs.package, new.target)
        if self.base.package.digest(old.target) != self.theirs.package.digest(new.target):
            return False
        if old.type == "chart":
            parts = zip(
                self.base.package.related(old.target, "package"),
                self.theirs.package.related(new.target, "package"),
                strict=False,
            )
            return all(self.base.package.digest(a) == self.theirs.package.digest(b) for a, b in parts)
        return True

    def is_in_sources(self, text: str) -> bool:
        """Return whether some slide of the new deck has a paragraph."""
        return text in self.new_texts

    @cached_property
    def new_texts(self) -> set[str]:
        """All paragraphs of the new deck."""
        package = self.theirs.package
        return {visible_text(item) for slide in self.theirs.slides for item in package.read(slide.part).iter(f"{A}p")}

    def merge_layout(self, base: SlideRef, mine: SlideRef, theirs: SlideRef) -> None:
        """Give a slide the layout that the sources have now, unless it was changed by hand."""
        old, own, new = (layout_of(slide.deck.package, slide.part) for slide in (base, mine, theirs))
        before, after = name_of(self.base.package, old), name_of(self.theirs.package, new)
        if before == after:
            return
        layouts = Design(self.theirs.package).layouts
        named = (layout for layout in layouts if name_of(self.theirs.package, layout) == before)
        if own != next(map(self.importer.known.get, named), ""):
            return
        known = self.mine.package.rels(mine.part)
        for rid, found in list(known.items()):
            if found.type == "slideLayout":
                known[rid] = Relationship(found.kind, self.slide_importer.layout(new))

    def order_slides(self, fresh: list[SlideRef]) -> None:
        """Write the list of slides."""
        names = {
            slide.part: self.importer.known[slide.part]
            for slide in self.theirs.slides
            if self.importer.known.get(slide.part)
        }
        own = {base: slide.part for base, slide in self.to_mine.items()}
        keep: set[Any] = {slide.part for slide in self.mine.slides if slide.part not in self.dropped} | {
            names[slide.part] for slide in fresh
        }
        order = merged_order(
            [own.get(slide.part, slide.part + " gone") for slide in self.base.slides],
            [slide.part for slide in self.mine.slides],
            [names.get(slide.part, slide.part + " deleted") for slide in self.theirs.slides],
            keep,
        )
        listed = self.mine.root.find(f"{P}sldIdLst")
        if listed is None:
            listed = etree.Element(f"{P}sldIdLst")
            self.mine.root.find(f"{P}sldMasterIdLst").addnext(listed)
        entries = {slide.part: slide.entry for slide in self.mine.slides}
        number = max([FIRST_ID - 1, *(int(entry.get("id", 0)) for entry in entries.values())])
        package = self.mine.package
        for part in map(str, order):
            if part not in entries:
                number += 1
                entry = etree.Element(f"{P}sldId", id=str(number))
                entry.set(f"{R}id", package.relate(package.presentation, Relationship(f"{OFFICE}/slide", part)))
                entries[part] = entry
        for entry in list(listed):
            listed.remove(entry)
        listed.extend(entries[str(part)] for part in order)
        self.sequence = [str(part) for part in order]
        self.ids = {part: entries[part].get("id", "") for part in self.sequence}
        merge_sections(self.base.root, self.mine.root, self.theirs.root, self.same_ids(entries))
        for part in self.dropped:
            for rid, found in list(package.rels(package.presentation).items()):
                if found.target == part:
                    del package.rels(package.presentation)[rid]

    def same_ids(self, entries: dict[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
        """Return two maps: ids of slides in the base, and in the new deck → those in the host."""
        of_base = {
            slide.entry.get("id"): entries[own.part].get("id")
            for slide in self.base.slides
            if (own := self.to_mine.get(slide.part)) is not None
        }
        of_theirs = {
            slide.entry.get("id"): entries[name].get("id")
            for slide in self.theirs.slides
            if (name := self.importer.known.get(slide.part, "")) in entries
        }
        return of_base, of_theirs

    def unlink(self) -> None:
        """Take out links to slides that are gone."""
        package = self.mine.package
        for part in self.sequence:
            known = package.rels(part)
            dead = [rid for rid, found in known.items() if found.type == "slide" and found.target in self.dropped]
            for rid in dead:
                del known[rid]
            if dead:
                strip(self.mine.package, part)

    def thumbnail(self) -> None:
        """Take the new thumbnail of the file, unless another program has written its own."""
        base, mine, theirs = (deck.package.related("/", "thumbnail") for deck in (self.base, self.mine, self.theirs))
        if base and mine and theirs and self.base.package.digest(base[0]) == self.mine.package.digest(mine[0]):
            self.mine.package.parts[mine[0]] = self.theirs.package.parts[theirs[0]]

    def numbered_conflicts(self) -> list[SlideConflict]:
        """Return the conflicts, in the order of the slides."""
        found = []
        for number, part in enumerate(self.sequence, start=1):
            if part in self.conflicts:
                title = words_of(self.mine.layouts.page(part))[0]
                found += [SlideConflict(number, title, item) for item in self.conflicts[part]]
        return found
