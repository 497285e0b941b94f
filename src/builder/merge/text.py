"""Paragraphs of a text as last built, as somebody left them, and as they are now → merged paragraphs.

Text changed by hand stays, text changed in the sources follows, text changed in both stays as the hand has it and is a
conflict. Where a program rewrote all formatting, new words take the formatting of those that they stand beside.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from lxml import etree

from builder.merge.align import Matching, aligned, likeness, merged_order
from builder.merge.canonical import equal
from builder.pptx.package.namespaces import A, M

WORD = re.compile(r"\s+|\w+|[^\w\s]")
STYLES = ("b", "i", "u", "strike", "baseline", "cap", "sz")
"""Attributes of a run that the sources decide."""
NO_VALUE = {"b": "0", "i": "0", "u": "none", "strike": "noStrike", "baseline": "0", "cap": "none"}
OBJECT = "\ufffc"
"""Stands for a formula or a field in a paragraph."""

Adopt = Callable[[Any], Any]
"""Makes a copied element of the new deck one of the merged slide."""


@dataclass(frozen=True, slots=True)
class Char:
    """A character: its formatting (``a:rPr``), or what stands in its place."""

    text: str
    look: Any
    atom: Any = None

    def style(self, name: str) -> str:
        """Return the value of an attribute in `STYLES`; '' where it is inherited or has the value that means
        nothing."""
        value = self.look.get(name, "") if self.look is not None else ""
        return "" if value in (NO_VALUE.get(name), "false") else "1" if value == "true" else value

    @property
    def link(self) -> Any:
        """``a:hlinkClick``, or None."""
        return self.look.find(f"{A}hlinkClick") if self.look is not None else None


def chars(paragraph: Any) -> list[Char]:
    """Return a paragraph, character by character."""
    found: list[Char] = []
    for item in paragraph:
        name = etree.QName(item).localname if isinstance(item.tag, str) else ""
        if name == "r":
            look = item.find(f"{A}rPr")
            text = item.findtext(f"{A}t") or ""
            found += [Char(char, look) for char in text]
        elif name == "br":
            found.append(Char("\v", item.find(f"{A}rPr"), item))
        elif name not in ("pPr", "endParaRPr", ""):
            found.append(Char(OBJECT, item.find(f"{A}rPr"), item))
    return found


def plain(paragraph: Any) -> str:
    """Return the words of a paragraph, with formulas and fields as one sign each."""
    return "".join(char.text for char in chars(paragraph))


def visible_text(paragraph: Any) -> str:
    """Return a paragraph as a reader sees it: words and letters of formulas, with single spaces and without word
    joiners."""
    parts = [item.text or "" for item in paragraph.iter(f"{A}t", f"{M}t")]
    return " ".join("".join(parts).replace("\u2060", "").split())


PART = re.compile(r" \(\d+/\d+\)\Z")
"""What the title of a slide that was split ends in."""


TYPED = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "--", "—": "---", "…": "..."})
"""How signs are typed that print makes typographic."""


def words(text: str) -> list[str]:
    """Return a text's words, for comparing."""
    return re.findall(r"\w+|[^\w\s]", text)


def changes(old: Any, new: Any) -> set[tuple[int, int, str]]:
    """Return the changes of a paragraph: from which to which of its words, and the new words.

    The part of a split slide is left out."""
    a, b = (WORD.findall(PART.sub("", visible_text(paragraph)).translate(TYPED)) for paragraph in (old, new))
    codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    return {(i, end_i, "".join(b[j:end_j])) for tag, i, end_i, j, end_j in codes if tag != "equal"}


@dataclass(frozen=True, slots=True)
class Difference:
    """Text changed by hand and in the sources: ``hand`` '' where it was deleted, ``book`` '' where the sources have
    it no more."""

    hand: str
    book: str


def is_nowhere(_text: str) -> bool:
    """Return false: for texts whose paragraphs stay on their slide."""
    return False


class TextMerger:
    """One text in three versions: lists of paragraphs."""

    def __init__(
        self,
        base: list[Any],
        mine: list[Any],
        theirs: list[Any],
        adopt: Adopt,
        is_in_sources: Callable[[str], bool] = is_nowhere,
    ) -> None:
        """Align three versions; ``is_in_sources`` is whether some slide of the new deck has a paragraph."""
        self.base, self.mine, self.theirs, self.adopt, self.is_in_sources = base, mine, theirs, adopt, is_in_sources
        self.differences: list[Difference] = []
        self.to_mine = align_paragraphs(base, mine)
        self.to_theirs = align_paragraphs(base, theirs)
        self.same_hand = any(equal(base[b], mine[m]) for b, m in self.to_mine.items())
        """True if the program that saved the text writes as we do."""

    def merged(self) -> list[Any]:
        """Return the merged paragraphs; what could not be merged is in ``differences``."""
        from_mine = {m: b for b, m in self.to_mine.items()}
        from_theirs = {n: b for b, n in self.to_theirs.items()}
        result: dict[Any, Any] = {}
        for m, paragraph in enumerate(self.mine):
            b = from_mine.get(m)
            own_version = paragraph if b is None else self.merge_paragraph(b, m, self.to_theirs.get(b))
            if own_version is not None:
                result["mine", m] = own_version
        for n, paragraph in enumerate(self.theirs):
            b = from_theirs.get(n)
            if b is None:
                if not any(
                    m not in from_mine and visible_text(other) == visible_text(paragraph)
                    for m, other in enumerate(self.mine)
                ):
                    result["theirs", n] = self.add(n)
            elif b not in self.to_mine and visible_text(self.base[b]) != visible_text(paragraph):
                self.differences.append(Difference("", visible_text(paragraph)))
        names = {b: ("mine", m) for b, m in self.to_mine.items()}
        order = merged_order(
            [names.get(b, ("base", b)) for b in range(len(self.base))],
            [("mine", m) for m in range(len(self.mine))],
            [
                names.get(from_theirs[n], ("base", from_theirs[n])) if n in from_theirs else ("theirs", n)
                for n in range(len(self.theirs))
            ],
            set(result),
        )
        return [result[name] for name in order]

    def merge_paragraph(self, b: int, m: int, n: int | None) -> Any:
        """Return a paragraph of the base that ``mine`` has, merged; None where the sources dropped it and nobody
        changed it."""
        base, mine = self.base[b], self.mine[m]
        if n is None:
            if visible_text(base) == visible_text(mine) and (equal(base, mine) or not self.same_hand):
                return None
            if self.is_in_sources(visible_text(mine)):
                return None  # the sources have taken it, and it stands on another slide now
            self.differences.append(Difference(visible_text(mine), ""))
            return mine
        theirs = self.theirs[n]
        if equal(base, theirs):
            return mine
        if equal(base, mine):
            return self.adopt(copy.deepcopy(theirs))
        if visible_text(mine) == visible_text(base):
            return self.follow(base, mine, theirs)
        if visible_text(mine) != visible_text(theirs) and changes(base, mine) <= changes(base, theirs):
            return self.rewritten(mine, chars(mine), chars(mine), chars(theirs))
        if visible_text(base) != visible_text(theirs) and visible_text(mine) != visible_text(theirs):
            self.differences.append(Difference(visible_text(mine), visible_text(theirs)))
        return mine

    def follow(self, base: Any, mine: Any, theirs: Any) -> Any:
        """Return a paragraph whose words are as built, with the words and styles that the sources have now."""
        if plain(mine) != plain(base):
            return self.adopt(copy.deepcopy(theirs))  # formulas that a program could not read
        return self.rewritten(mine, chars(base), chars(mine), chars(theirs))

    def add(self, n: int) -> Any:
        """Return a paragraph that only the sources have, formatted as its like beside it."""
        theirs = self.theirs[n]
        if not self.same_hand:
            like = [
                (abs(n - found), b, found)
                for b, found in self.to_theirs.items()
                if b in self.to_mine and level(self.theirs[found]) == level(theirs)
            ]
            like = [item for item in like if chars(self.base[item[1]]) and chars(self.mine[self.to_mine[item[1]]])]
            if like:
                _, b, _ = min(like)
                mine = self.mine[self.to_mine[b]]
                return self.rewritten(mine, chars(self.base[b])[:1], chars(mine)[:1], chars(theirs))
        return self.adopt(copy.deepcopy(theirs))

    def rewritten(self, paragraph: Any, base: list[Char], mine: list[Char], theirs: list[Char]) -> Any:
        """Return ``paragraph`` with the characters of ``theirs``, each formatted as the same one of ``mine`` or the
        one before it."""
        result = copy.deepcopy(paragraph)
        for item in list(result):
            if not isinstance(item.tag, str) or etree.QName(item).localname not in ("pPr", "endParaRPr"):
                result.remove(item)
        old, new = ("".join(char.text for char in found) for found in (mine, theirs))
        same, before = matched(old, new)
        items: list[Any] = []
        for number, char in enumerate(theirs):
            index = same.get(number, before[number])
            own, built = (
                (mine[index], base[min(index, len(base) - 1)]) if mine and base else (Char("", None), Char("", None))
            )
            if char.atom is not None:
                own_version = own.atom if number in same and own.atom is not None else None
                items.append(
                    copy.deepcopy(own_version) if own_version is not None else self.adopt(copy.deepcopy(char.atom))
                )
                continue
            look = self.look(own, built, char)
            key = etree.tostring(look)
            if items and isinstance(items[-1], tuple) and items[-1][0] == key:
                items[-1][2].append(char.text)
            else:
                items.append((key, look, [char.text]))
        end = result.find(f"{A}endParaRPr")
        for item in items:
            element = run(item[1], "".join(item[2])) if isinstance(item, tuple) else item
            if end is None:
                result.append(element)
            else:
                end.addprevious(element)
        return result

    def look(self, own: Char, built: Char, now: Char) -> Any:
        """Return the formatting of a character: its own by hand, with what the sources changed since it was built.

        A size that was given by hand stays: those of the deck follow from how much is on a slide.
        """
        look = copy.deepcopy(own.look) if own.look is not None else etree.Element(f"{A}rPr")
        for name in STYLES:
            is_by_hand = name == "sz" and own.style(name) != built.style(name)
            if built.style(name) != now.style(name) and not is_by_hand:
                value = now.style(name) or NO_VALUE.get(name, "")
                if value:
                    look.set(name, value)
                elif name in look.attrib:
                    del look.attrib[name]
        if (built.link is None) != (now.link is None):
            for link in look.findall(f"{A}hlinkClick"):
                look.remove(link)
            if now.link is not None:
                link = self.adopt(wrapped(now.link))
                place = next((item for item in look if etree.QName(item).localname in AFTER_LINK), None)
                for item in link:
                    look.append(item) if place is None else place.addprevious(item)
        return look


AFTER_LINK = ("hlinkMouseOver", "rtl", "extLst")


def wrapped(element: Any) -> Any:
    """Return a copy of an element inside of another, so that it may be taken out."""
    holder = etree.Element(f"{A}rPr")
    holder.append(copy.deepcopy(element))
    return holder


def run(look: Any, text: str) -> Any:
    """Return ``a:r``."""
    element = etree.Element(f"{A}r")
    element.append(look)
    etree.SubElement(element, f"{A}t").text = text
    return element


def level(paragraph: Any) -> tuple[str, bool]:
    """Return the level of a paragraph, and whether it is numbered."""
    properties = paragraph.find(f"{A}pPr")
    if properties is None:
        return "0", False
    return properties.get("lvl", "0"), properties.find(f"{A}buAutoNum") is not None


def align_paragraphs(old: list[Any], new: list[Any]) -> dict[int, int]:
    """Return index in ``old`` → index in ``new`` of the same paragraphs."""
    return aligned(old, new, Matching(visible_text, paragraph_likeness, least=0.4, by_place=True))


def paragraph_likeness(a: Any, b: Any) -> float:
    """Return how many words two paragraphs have in common: 0 to 1."""
    return likeness(words(visible_text(a)), words(visible_text(b)))


def matched(old: str, new: str) -> tuple[dict[int, int], list[int]]:
    """Return index in ``new`` → index in ``old`` of the characters in common words, and by index that of the one
    before."""
    a, b = WORD.findall(old), WORD.findall(new)
    starts_a, starts_b = [0], [0]
    for token in a:
        starts_a.append(starts_a[-1] + len(token))
    for token in b:
        starts_b.append(starts_b[-1] + len(token))
    same: dict[int, int] = {}
    before = [0] * len(new)
    for tag, i, end_i, j, end_j in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        for offset, number in enumerate(range(starts_b[j], starts_b[end_j])):
            if tag == "equal":
                same[number] = starts_a[i] + offset
            before[number] = max(min(starts_a[i] if end_i > i else starts_a[i] - 1, len(old) - 1), 0)
    return same, before
