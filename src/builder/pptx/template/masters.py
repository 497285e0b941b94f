"""A template as its package has it: slide masters, their layouts with placeholders, and the parts related to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from builder.pptx.package.namespaces import P, R, qn
from builder.pptx.package.package import Package

SHAPES = {f"{P}{name}" for name in ("sp", "grpSp", "graphicFrame", "cxnSp", "pic", "contentPart")}
BASES = {"ctrTitle": "title", "title": "title", "ftr": "ftr", "sldNum": "sldNum", "dt": "dt"}
"""Type of a layout's placeholder → that of the master's from which it inherits; ``body`` for all others."""


@dataclass(frozen=True, slots=True, eq=False)
class LayoutPlaceholder:
    """A placeholder of a master or layout; ``base`` is the master's from which a layout's one inherits."""

    element: Any
    base: LayoutPlaceholder | None = None

    @property
    def kind(self) -> str:
        """Its type; ``obj`` is the default (ST_PlaceholderType, 19.7.10)."""
        return str(self.element.find(f".//{qn('p:ph')}").get("type", "obj"))

    @property
    def name(self) -> str:
        """Its name, as PowerPoint's selection pane shows it."""
        return str(self.element.find(f".//{qn('p:cNvPr')}").get("name", ""))

    @property
    def chain(self) -> list[Any]:
        """The elements that the placeholder takes its properties from, the nearest first."""
        return [self.element, *(self.base.chain if self.base is not None else [])]

    @property
    def box(self) -> tuple[int, int, int, int] | None:
        """Place and size in EMU; None where neither layout nor master gives them."""
        frames = (found for element in self.chain if (found := element.find(f".//{qn('a:xfrm')}")) is not None)
        frame = next(frames, None)
        if frame is None or frame.find(qn("a:off")) is None:
            return None
        off, ext = frame.find(qn("a:off")), frame.find(qn("a:ext"))
        return int(off.get("x")), int(off.get("y")), int(ext.get("cx")), int(ext.get("cy"))


class Sheet:
    """A slide master or a layout: what slides inherit from."""

    def __init__(self, package: Package, part: str) -> None:
        self.package, self.part = package, part
        self.element = package.xml(part)

    @property
    def shapes(self) -> Any:
        """The tree of its shapes."""
        return self.element.find(f"{qn('p:cSld')}/{qn('p:spTree')}")

    @cached_property
    def placeholders(self) -> tuple[LayoutPlaceholder, ...]:
        """The placeholders that are in no group, from the back."""
        return tuple(LayoutPlaceholder(shape, self.base_of(shape)) for shape in self.shapes if is_placeholder(shape))

    def base_of(self, _shape: Any) -> LayoutPlaceholder | None:
        """Return the placeholder from which one of this sheet inherits; a master's inherits from none."""
        return None

    @property
    def of_theme(self) -> Sheet | None:
        """The theme of this sheet; None for none."""
        found = self.package.related(self.part, "theme")
        return ThemePart(self.package, found[0]) if found else None

    def picture(self, rid: str) -> tuple[str, bytes] | None:
        """Return content type and bytes of the part that a relationship leads to; None where it leads to none."""
        found = self.package.rels(self.part).get(rid)
        if found is None or found.external or found.target not in self.package.parts:
            return None
        return self.package.content_type(found.target), self.package.parts[found.target]


class ThemePart(Sheet):
    """A theme, whose pictures backgrounds may refer to."""


class SlideMaster(Sheet):
    """A slide master."""

    @cached_property
    def theme(self) -> Any | None:
        """The root of its theme; None where it has none."""
        found = self.package.related(self.part, "theme")
        return self.package.read(found[0]) if found else None


class SlideLayout(Sheet):
    """A layout of a slide master."""

    def __init__(self, package: Package, part: str, master: SlideMaster) -> None:
        super().__init__(package, part)
        self.master = master

    @property
    def of_theme(self) -> Sheet | None:
        """The theme of its master."""
        return self.master.of_theme

    @property
    def name(self) -> str:
        """Its name, as people see it."""
        return str(self.element.find(qn("p:cSld")).get("name", ""))

    @property
    def owners(self) -> tuple[SlideMaster | SlideLayout, ...]:
        """Return the sheets whose shapes its slides show, from below: its master, unless it hides that, and itself."""
        return (self.master, self) if self.element.get("showMasterSp") not in ("0", "false") else (self,)

    def base_of(self, shape: Any) -> LayoutPlaceholder | None:
        """Return the placeholder of the master from which one of this layout inherits."""
        wanted = BASES.get(shape.find(f".//{qn('p:ph')}").get("type", "obj"), "body")
        marks = ((base, base.element.find(f".//{qn('p:ph')}")) for base in self.master.placeholders)
        return next((base for base, mark in marks if mark.get("type", "obj") == wanted), None)


@dataclass(frozen=True, slots=True, eq=False)
class TemplateFile:
    """A template's layouts in the order of its masters, the size of its slides in EMU, how many it has, the style of
    its tables, and that of text in boxes."""

    layouts: tuple[SlideLayout, ...]
    width: int
    height: int
    slides: int
    table_style: str
    package: Package
    default_style: Any | None


SIZE = 9_144_000, 6_858_000
"""Width and height of slides, in English Metric Units, where a file names none, as PowerPoint takes them."""


def is_placeholder(shape: Any) -> bool:
    """Return whether an element is a shape that is a placeholder."""
    return shape.tag in SHAPES and len(shape) > 0 and shape[0].find(f"{qn('p:nvPr')}/{qn('p:ph')}") is not None


def read_file(package: Package) -> TemplateFile:
    """Read the masters of a template; ``table_style`` is '' where it names none.

    Raises:
        PackageError: it has no list of slides, or a part that cannot be read.
        LookupError, AttributeError, TypeError, ValueError: it is not built as a template is.
    """
    name = package.presentation
    root = package.read(name)
    masters = listed(package, name, "p:sldMasterIdLst/p:sldMasterId")
    layouts = []
    for master in (SlideMaster(package, part) for part in masters):
        parts = listed(package, master.part, "p:sldLayoutIdLst/p:sldLayoutId")
        layouts += [SlideLayout(package, part, master) for part in parts]
    size = root.find(qn("p:sldSz"))
    width, height = SIZE if size is None else (int(size.get("cx")), int(size.get("cy")))
    styles = package.related(name, "tableStyles")
    return TemplateFile(
        tuple(layouts),
        width,
        height,
        len(root.findall(path("p:sldIdLst/p:sldId"))),
        package.read(styles[0]).get("def", "") if styles else "",
        package,
        root.find(qn("p:defaultTextStyle")),
    )


def listed(package: Package, owner: str, entries: str) -> list[str]:
    """Return the parts that a list in a part names by their relationships, in its order."""
    related = package.rels(owner)
    return [related[entry.get(f"{R}id")].target for entry in package.read(owner).findall(path(entries))]


def path(names: str) -> str:
    """Return a path of names with usual prefixes as lxml takes it."""
    return "/".join(map(qn, names.split("/")))
