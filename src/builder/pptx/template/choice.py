"""Which layout of a template serves for which kind of slide: by type, by name, by placeholders, by geometry.

Slides of content come from one slide master and stand on one ground. Layouts whose text runs from top to bottom serve
for nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from builder.pptx.package.namespaces import R, qn
from builder.pptx.template.layouts import (
    LAYOUT_TYPES,
    STAND_INS,
    TEXT_TYPES,
    area_of,
    kind_of,
    kinds,
    mark_of,
    named_role,
    placeholder,
)
from builder.pptx.template.masters import LayoutPlaceholder, SlideLayout, SlideMaster, TemplateFile

LEAST_CONTENT = 0.25
"""What part of a slide the place for content covers at least."""
OPENINGS = ("title", "section")
"""Kinds of slide that may have a ground, or a master, of their own."""
AS_CONTENT = ("comparison", "title_only")
"""Kinds of slide whose ground, and whose place of the title, are those of content."""
HEAD = 0.25
"""What part of a slide is its head."""
SIMILAR = 0.06
"""What part of a slide's height or width titles of two layouts may lie apart."""
UPRIGHT = ("", "horz")
WAYS = ("type", "name", "placeholders", "geometry", "stand-in")


@dataclass(frozen=True, slots=True)
class Match:
    """A layout by its index and name, and ``by`` what it was recognized."""

    index: int
    name: str
    by: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What layouts are chosen from: all of a template, with their places in it."""

    template: TemplateFile

    def ways(self, role: str) -> tuple[tuple[str, Callable[[SlideLayout], bool]], ...]:
        """Return how a layout for a kind of slide is recognized, the surest way first."""
        return (
            ("type", lambda layout: self.type_of(layout) in LAYOUT_TYPES[role] and can_be(role, layout)),
            ("name", lambda layout: named_role(layout) == role and can_be(role, layout)),
            ("placeholders", lambda layout: self.is_free(role, layout) and self.has_places(role, layout)),
            ("geometry", lambda layout: self.is_free(role, layout) and self.has_geometry(role, layout)),
        )

    def type_of(self, layout: SlideLayout) -> str:
        """Return the type of a layout, '' for one that tells nothing: most layouts of the template bear it, and some of
        them have no place for a title, as where Keynote exports its themes."""
        kind = str(layout.element.get("type", ""))
        bearers = [other for other in self.template.layouts if other.element.get("type") == kind]
        is_usual = len(bearers) > len(self.template.layouts) / 2
        is_meant = kind == "blank" or all(can_be("title_only", other) for other in bearers)
        return "" if is_usual and not is_meant else kind

    def is_free(self, role: str, layout: SlideLayout) -> bool:
        """Return whether neither the type nor the name of a layout is that of another kind of slide."""
        types = [kind for kind, names in LAYOUT_TYPES.items() if self.type_of(layout) in names]
        return named_role(layout) in ("", role) and all(kind == role or role == "content" for kind in types)

    def find(self, role: str, layouts: Iterable[int]) -> Match | None:
        """Return the first of ``layouts`` (indices) that is known by the surest way."""
        listed = list(layouts)
        for by, fits in self.ways(role):
            for index in listed:
                layout = self.template.layouts[index]
                if is_upright(layout) and fits(layout):
                    return Match(index, layout.name, by)
        return None

    def has_places(self, role: str, layout: SlideLayout) -> bool:
        """Return whether a layout has just the placeholders of a kind of slide; the title of a section is not at the
        head of its slide, as that of content is."""
        title = placeholder(layout, "title", "ctrTitle")
        box = title.box if title is not None else None
        is_head = box is not None and box[1] + box[3] / 2 < HEAD * self.template.height
        return has_placeholders(role, layout) and not (role == "section" and is_head)

    def has_geometry(self, role: str, layout: SlideLayout) -> bool:
        """Return whether a layout with more than is needed has its large places where a kind of slide has them."""
        if not can_be(role, layout):
            return False
        whole = self.template.width * self.template.height
        if role == "content":
            return any(area >= LEAST_CONTENT * whole for area in areas(layout))
        if role == "title":
            title = placeholder(layout, "title", "ctrTitle")
            box = title.box if title is not None else None
            return box is not None and 0.3 < (box[1] + box[3] / 2) / self.template.height < 0.7
        return False

    def content(self) -> Match | None:
        """Return the layout for content: of the master that has the surest, on the ground that most of its layouts
        have."""
        found: list[tuple[int, int, int, Match]] = []
        for number, indices in enumerate(self.by_master().values()):
            grounds = Counter(ground_of(self.template.layouts[index]) for index in indices)
            usual = [i for i in indices if ground_of(self.template.layouts[i]) == grounds.most_common(1)[0][0]]
            for rank, listed in enumerate((usual, indices)):
                match = self.find("content", sorted(listed, key=self.fewest_places))
                if match is not None:
                    found.append((WAYS.index(match.by), number, rank, match))
        return min(found, default=(0, 0, 0, self.last_resort()), key=lambda one: one[:3])[3]

    def last_resort(self) -> Match | None:
        """Return the layout for content where none is known to be one: one with a title and the largest place for text
        that is called after nothing else, else any with a title; None where there is none."""
        layouts = self.template.layouts
        titled = [index for index, layout in enumerate(layouts) if is_upright(layout) and can_be("title_only", layout)]
        best = max(
            titled,
            key=lambda index: (
                can_be("content", layouts[index]),
                self.is_free("content", layouts[index]),
                max(areas(layouts[index]), default=0),
                -index,
            ),
            default=None,
        )
        return Match(best, layouts[best].name, "stand-in") if best is not None else None

    def fewest_places(self, index: int) -> int:
        """Return how many large places for text and objects a layout has, by which the simplest comes first."""
        return sum(
            area > 0.02 * self.template.width * self.template.height for area in areas(self.template.layouts[index])
        )

    def by_master(self) -> Mapping[SlideMaster, list[int]]:
        """Return slide masters with the indices of their layouts."""
        found: dict[SlideMaster, list[int]] = {}
        for index, layout in enumerate(self.template.layouts):
            found.setdefault(layout.master, []).append(index)
        return found

    def matches(self) -> dict[str, Match]:
        """Return kind of slide → its layout; kinds that the template has nothing for are left out."""
        found: dict[str, Match] = {}
        content = self.content()
        every = range(len(self.template.layouts))
        if content is not None:
            found["content"] = content
            mine = self.by_master()[self.template.layouts[content.index].master]
        else:
            mine = list(every)
        for role in LAYOUT_TYPES:
            taken = {match.index for match in found.values()}
            own = [index for index in mine if index not in taken]
            others = [index for index in every if index not in taken] if role in OPENINGS else []
            if role in AS_CONTENT and content is not None:
                own = [index for index in own if self.is_like(index, content.index)]
            match = found.get(role) or self.find(role, own) or self.find(role, others)
            if match is not None:
                found[role] = match
        return with_stand_ins(found)

    def is_like(self, index: int, content: int) -> bool:
        """Return whether a layout has ground and title where those of content are."""
        one, other = self.template.layouts[index], self.template.layouts[content]
        titles = [placeholder(layout, "title", "ctrTitle") for layout in (one, other)]
        boxes = [title.box for title in titles if title is not None and title.box is not None]
        if ground_of(one) != ground_of(other) or len(boxes) < len(titles):
            return False
        looks = [
            title_looks(layout, title) for layout, title in zip((one, other), titles, strict=True) if title is not None
        ]
        if looks[0] != looks[1]:
            return False
        limits = self.template.width * SIMILAR, self.template.height * SIMILAR
        return all(abs(boxes[0][side] - boxes[1][side]) <= limits[side] for side in (0, 1))


def match_layouts(template: TemplateFile) -> dict[str, Match]:
    """Return kind of slide → its layout. Kinds that a template has nothing for are left out."""
    return Choice(template).matches()


def with_stand_ins(found: dict[str, Match]) -> dict[str, Match]:
    """Return ``found`` with the layouts that serve for kinds of slide which have none of their own."""
    for role, others in STAND_INS.items():
        other = next((found[name] for name in others if name in found), None)
        if role not in found and other is not None:
            found[role] = Match(other.index, other.name, "stand-in")
    return found


def can_be(role: str, layout: SlideLayout) -> bool:
    """Return whether a layout has at least the placeholders that a kind of slide fills."""
    has = kinds(layout)
    if role == "blank":
        return True
    if not (has["title"] or has["ctrTitle"]):
        return False
    if role in ("content", "number", "quote"):
        return bool(has["obj"] or has["body"])
    if role == "picture":
        return bool(has["pic"])
    return role != "title" or bool(has["subTitle"] or has["body"] or has["obj"])


def has_placeholders(role: str, layout: SlideLayout) -> bool:
    """Return whether a layout has just the placeholders of a kind of slide."""
    has = kinds(layout)
    titles = has["title"] + has["ctrTitle"]
    rest = Counter({kind: count for kind, count in has.items() if kind not in ("title", "ctrTitle")})
    wanted = {
        "title": titles == 1 and rest == Counter(subTitle=1),
        "section": titles == 1 and rest == Counter(body=1),
        "content": titles == 1 and rest == Counter(obj=1),
        "comparison": titles == 1 and rest == Counter(body=2, obj=2),
        "title_only": titles == 1 and not rest,
        "blank": not has,
    }
    return wanted.get(role, False)


def areas(layout: SlideLayout) -> list[int]:
    """Return how large the places for text and objects are, as far as the layout or its master gives them."""
    return [area_of(shape.box) for shape in layout.placeholders if kind_of(shape) in TEXT_TYPES]


def is_upright(layout: SlideLayout) -> bool:
    """Return whether the text of a layout runs as usual, and neither from top to bottom nor turned."""
    if str(layout.element.get("type", "")).startswith("vert"):
        return False
    text = [shape for shape in layout.placeholders if kind_of(shape) in ("title", "ctrTitle", "subTitle", *TEXT_TYPES)]
    marks = [mark_of(shape) for shape in text]
    bodies = [next(iter(body_properties(shape.chain)), None) for shape in text]
    return all(mark is None or mark.get("orient") != "vert" for mark in marks) and all(
        body is None or body.get("vert", "") in UPRIGHT for body in bodies
    )


def title_looks(layout: SlideLayout, shape: LayoutPlaceholder) -> tuple[str, ...]:
    """Return how titles are aligned, and whether they are bold or in capitals."""
    styles = [found for element in shape.chain for found in element.iter(qn("a:lvl1pPr"))]
    master = layout.master.element.find(f".//{qn('p:titleStyle')}/{qn('a:lvl1pPr')}")
    styles += [master] if master is not None else []
    runs = [run for style in styles if (run := style.find(qn("a:defRPr"))) is not None]
    side = next((style.get("algn") for style in styles if style.get("algn")), "l")
    return (side, *(next((run.get(name) for run in runs if run.get(name)), "") for name in ("b", "cap")))


def body_properties(chain: Iterable[Any]) -> list[Any]:
    """Return the ``a:bodyPr`` of a placeholder and of those that it inherits from."""
    return [found for element in chain if (found := element.find(f".//{qn('a:bodyPr')}")) is not None]


def ground_of(layout: SlideLayout) -> tuple[str, ...]:
    """Return what tells the ground of a layout from others: its background as XML with the parts that it shows, and the
    colours that it maps anew."""
    found = [layout.element.find(f".//{qn('a:overrideClrMapping')}")]
    owner = layout.part
    background = layout.element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
    if background is None:
        owner = layout.master.part
        background = layout.master.element.find(f"{qn('p:cSld')}/{qn('p:bg')}")
    shown: list[str] = []
    for element in background.iter() if background is not None else ():
        rid = element.get(f"{R}embed")
        related = layout.package.rels(owner).get(rid) if rid else None
        shown += [related.target] if related is not None else []
    texts = [etree.tostring(element, method="c14n").decode() for element in (*found, background) if element is not None]
    return (*texts, *shown)
