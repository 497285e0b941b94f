"""What text takes over from a template that the fit does not measure, and the list styles that put it right.

Text of slides begins where lines begin, upright and without capitals, with no space after paragraphs: emphasis is the
author's. Titles have the look of the template, but for the distance of letters and lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from builder.pptx.package.namespaces import qn
from builder.pptx.template.layouts import kind_of, main_place
from builder.pptx.template.looks import level_styles
from builder.pptx.template.masters import LayoutPlaceholder, SlideLayout, TemplateFile
from builder.pptx.xml import attribute, solid

LEVELS = range(1, 6)
NEUTRAL = {
    "b": ("0", "false"), "i": ("0", "false"), "u": ("none",), "strike": ("noStrike",), "cap": ("none",), "spc": ("0",),
    "baseline": ("0",),
}  # fmt: skip
"""Attribute of text (CT_TextCharacterProperties, 21.1.2.3.9) → its values that change nothing."""
BODY_NEUTRAL = {
    "vert": ("horz",), "wrap": ("square",), "numCol": ("1",), "rot": ("0",), "anchorCtr": ("0", "false"),
    "upright": ("0", "false"),
}  # fmt: skip
"""Attribute of a text body (CT_TextBodyProperties, 21.1.2.1.1) → its values that change nothing."""
ALIGNED = {"left": "l", "center": "ctr", "right": "r"}


@dataclass(frozen=True, slots=True)
class TextStyles:
    """What slides write so that text is set as it was measured; '' where a template has it by itself.

    ``text`` and ``box`` are the list styles of text in placeholders and in boxes; ``body`` attributes of the
    ``a:bodyPr`` of both placeholders and titles; ``titles`` the list styles of titles by kind of slide.
    """

    text: str = ""
    box: str = ""
    body: str = ""
    titles: Mapping[str, str] = field(default_factory=dict)

    is_bare: bool = False
    """True if placeholders for text have a fill or line in the template, which slides do not take over: it would end
    where their text does."""

    def aligned(self, side: str) -> TextStyles:
        """Return the same for text whose lines are at the left, center or right."""
        return replace(self, text=self.text.replace('algn="l"', f'algn="{ALIGNED[side]}"'))


PLAIN_STYLES = TextStyles()


def differs(layout: SlideLayout, shape: LayoutPlaceholder) -> bool:
    """Return whether the text of a placeholder is set otherwise than the fit measures it."""
    return any(is_changed(list(level_styles(layout, shape, level))) for level in LEVELS)


def is_changed(styles: list[Any]) -> bool:
    """Return whether the styles of one level, the nearest first, change more than size, colour, face and indent."""
    runs = [run for style in styles if (run := style.find(qn("a:defRPr"))) is not None]
    values = {name: next((run.get(name) for run in runs if run.get(name)), "") for name in NEUTRAL}
    if any(value and value not in NEUTRAL[name] for name, value in values.items()):
        return True
    side = next((style.get("algn") for style in styles if style.get("algn")), "l")
    from_right = next((style.get("rtl") for style in styles if style.get("rtl")), "0") in ("1", "true")
    return side != ("r" if from_right else "l") or has_space_after(styles)


def has_space_after(styles: Iterable[Any]) -> bool:
    """Return whether the nearest style that says so puts space after paragraphs."""
    after = next((found for style in styles if (found := style.find(qn("a:spcAft"))) is not None), None)
    return after is not None and any(child.get("val", "0") not in ("0", "0%") for child in after)


def plain_style(face: str = "", ink: str = "") -> str:
    """Return a list style that sets text as it is measured, in a ``face`` and the colour ``ink`` (``#rrggbb``) where
    they are given."""
    inside = (solid(ink.lstrip("#")) if ink else "") + (f"<a:latin typeface={attribute(face)}/>" if face else "")
    run = f'<a:defRPr b="0" i="0" u="none" strike="noStrike" cap="none" spc="0" baseline="0">{inside}</a:defRPr>'
    after = '<a:spcAft><a:spcPts val="0"/></a:spcAft>'
    return "".join(f'<a:lvl{level}pPr algn="l">{after}{run}</a:lvl{level}pPr>' for level in LEVELS)


def text_placeholders(layout: SlideLayout) -> Iterator[LayoutPlaceholder]:
    """Yield the placeholders of a layout that slides fill with lists: those for objects, or the largest for text."""
    objects = [shape for shape in layout.placeholders if kind_of(shape) == "obj"]
    main = main_place(layout)
    yield from objects or ([main] if main is not None else [])


def title_style(layout: SlideLayout, shape: LayoutPlaceholder) -> str:
    """Return a list style for titles whose letters or lines stand wider apart than the fit measures, or whose lines do
    not all begin in one place; '' for others."""
    styles = list(level_styles(layout, shape, 1))
    runs = [run for style in styles if (run := style.find(qn("a:defRPr"))) is not None]
    apart = next((int(run.get("spc")) for run in runs if run.get("spc", "").lstrip("-").isdigit()), 0)
    lines = next((found for style in styles if (found := style.find(qn("a:lnSpc"))) is not None), None)
    percent = next((child.get("val", "") for child in lines), "") if lines is not None else ""
    is_wide = lines is not None and (not percent.isdigit() or int(percent) > 100_000 or lines[0].tag == qn("a:spcPts"))
    indent = next((style.get("indent") for style in styles if style.get("indent")), "0")
    if apart <= 0 and not is_wide and indent == "0" and not has_space_after(styles):
        return ""
    begins = ' marL="0" indent="0"' if indent != "0" else ""
    line = '<a:lnSpc><a:spcPct val="100000"/></a:lnSpc>' if is_wide else ""
    after = '<a:spcAft><a:spcPts val="0"/></a:spcAft>'
    letters = ' spc="0"' if apart > 0 else ""
    return f"<a:lvl1pPr{begins}>{line}{after}<a:defRPr{letters}/></a:lvl1pPr>"


def body_attributes(shape: LayoutPlaceholder) -> str:
    """Return attributes of ``a:bodyPr`` that let text run as the fit measures it, where a placeholder inherits others;
    '' where it inherits none."""
    bodies = [body for element in shape.chain if (body := element.find(f".//{qn('a:bodyPr')}")) is not None]
    found = {name: next((body.get(name) for body in bodies if body.get(name)), "") for name in BODY_NEUTRAL}
    changed = {name: values[0] for name, values in BODY_NEUTRAL.items() if found[name] and found[name] not in values}
    return "".join(f' {name}="{value}"' for name, value in changed.items())


def named_face(layout: SlideLayout, shape: LayoutPlaceholder) -> str:
    """Return the face that the first level of a placeholder names: ``+mn-lt`` and ``+mj-lt`` are those of the theme;
    '' for none."""
    runs = (style.find(qn("a:defRPr")) for style in level_styles(layout, shape, 1))
    faces = (run.find(qn("a:latin")) for run in runs if run is not None)
    return next((str(face.get("typeface")) for face in faces if face is not None and face.get("typeface")), "")


def default_differs(file: TemplateFile, layout: SlideLayout) -> bool:
    """Return whether text in boxes is set otherwise than the fit measures it: by the presentation or by the master."""
    others = layout.master.element.find(f".//{qn('p:otherStyle')}")
    for level in LEVELS:
        names = (f"a:lvl{level}pPr", "a:defPPr")
        for style in (file.default_style, others):
            if style is not None and is_changed([found for name in names for found in style.findall(qn(name))]):
                return True
    return False


def has_ground(shape: LayoutPlaceholder) -> bool:
    """Return whether a placeholder has a fill or a line of its own."""
    for element in shape.chain:
        properties = element.find(qn("p:spPr"))
        for name in ("a:solidFill", "a:gradFill", "a:blipFill", "a:pattFill", "a:ln"):
            found = properties.find(qn(name)) if properties is not None else None
            if found is not None and (name != "a:ln" or (len(found) > 0 and found.find(qn("a:noFill")) is None)):
                return True
    return False
