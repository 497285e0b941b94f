"""Images and figures."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from string import ascii_uppercase

from docutils import nodes

from builder.book.translate import Translator, renders
from builder.charts.maps import draw_map
from builder.charts.svg import draw_chart
from builder.errors import warn
from builder.source.ancestors import ancestors
from builder.source.annotations.data_figures import alternative
from builder.source.config import words_of_project
from builder.source.formulas import plain_text
from builder.source.numbers import NUMBER_OF
from builder.source.pictures.marks import short_name
from builder.source.pictures.names import in_line
from builder.source.sub_figures import letter_and_words, sub_pictures
from builder.typeset.escape import array, call, markup, string

LENGTH = re.compile(r"^\s*(?P<number>[\d.]+)\s*(?P<unit>px|pt|cm|mm|in|em|%|)\s*$")
TO_TYPST = {"px": ("pt", 0.75), "": ("pt", 0.75), "%": ("%", 1.0)}


def length(value: str) -> str:
    """A docutils length as Typst writes it; '' when it is not one. A px is 0.75 pt (CSS 2.1, 4.3.2)."""
    match = LENGTH.match(value or "")
    if not match:
        return ""
    unit, factor = TO_TYPST.get(match["unit"], (match["unit"], 1.0))
    return f"{float(match['number']) * factor:g}{unit}"


@renders(nodes.image, "imgsgnode")
def image(t: Translator, node: nodes.Element) -> str:
    """The picture, at its width, at most as wide as the text; in a line of text, at most as high as the line."""
    inline = in_line(node)
    file = t.picture_file(node["uri"])
    if file is None:
        words = markup(node.get("alt") or short_name(node.get("named") or node["uri"]))
        return words if isinstance(node.parent, nodes.TextElement) else call("missing", words)
    arguments = {"file": string(f"images/{file}"), "alt": string(described(node))}
    for side in ("width", "height"):
        measure = length(str(node.get(side, "")))
        if measure and not (side == "height" and measure.endswith("%")):
            arguments[side] = measure
    if node.get("scale") and "width" not in arguments:
        arguments["scale"] = f"{float(node['scale']):g}%"
    if node.get("align") in ("left", "center", "right"):
        arguments["at"] = node["align"]
    picture = call("inline-picture" if inline else "picture", **arguments)
    return picture if inline else f"\n\n{t.anchors(node)}{picture}\n\n"


def described(node: nodes.Element) -> str:
    """Alternative text of a picture, or what can stand for it, with a warning."""
    alt = node.get("alt") or _caption_text(node)
    if not alt:
        link = node.parent if isinstance(node.parent, nodes.reference) else None
        named = short_name(node.get("named") or node["uri"])
        alt = named.rsplit("/", 1)[-1] if link is None else link.get("refuri", named)
        if is_drawn_by_cell(node):
            warn_of_cells(node)
        else:
            lacks = f"the image '{PurePosixPath(named).name}' has no alternative text"
            warn(f"{lacks}; write what it shows in its :alt: option.", node, "alt")
    return str(alt)


def is_drawn_by_cell(node: nodes.Element) -> bool:
    """True for a picture that a cell of a notebook has drawn."""
    return any(above.get("nb_element") for above in ancestors(node))


def warn_of_cells(node: nodes.Element) -> None:
    """Warn once of all pictures of a document that cells have drawn and nobody described, at the first one."""
    whole = list(ancestors(node))[-1]
    drawn = [
        image
        for image in whole.findall(nodes.image)
        if is_drawn_by_cell(image) and not (image.get("alt") or _caption_text(image))
    ]
    if node is drawn[0]:
        more = len(drawn) - 1
        others = f", nor {'has 1 other' if more == 1 else f'have {more} others'} of this notebook" if more else ""
        lacks = f"the picture that this cell draws has no alternative text{others}"
        warn(f"{lacks}; write what each shows in its cell's metadata, as mystnb: image: alt.", node, "alt")


def _caption_text(node: nodes.Element) -> str:
    parent = node.parent
    while parent is not None and not isinstance(parent, nodes.figure):
        parent = parent.parent
    if parent is None:
        return ""
    return next((plain_text(child) for child in parent.children if isinstance(child, nodes.caption)), "")


@renders(nodes.figure)
def figure(t: Translator, node: nodes.Element) -> str:
    """A picture with its number and caption; it may float, unless it ``stays`` in the text."""
    caption = next((child for child in node.children if isinstance(child, nodes.caption)), None)
    legend = next((child for child in node.children if isinstance(child, nodes.legend)), None)
    content = [child for child in node.children if child not in (caption, legend)]
    body = (sub_figures(t, node) or "".join(map(t.render, content))).strip()
    below = call("legend", t.children(legend).strip()) if legend is not None else ""
    if caption is None:
        return f"\n\n{t.anchors(node)}{body}{below}\n\n"
    words, listed, labels = t.caption_words(caption)
    number = t.numbers.of_float(t.docname, node, "figure")
    label = t.float_label(node, "figure", number, listed)
    arguments = {
        "kind": string("figure"), "number": string(number), "caption": f"[{words}{below}]", "lbl": string(label),
    }  # fmt: skip
    if NUMBER_OF in node:
        arguments["listed"] = "false"
    body = labels + t.anchors(node, skip=1) + body
    if isinstance(node.parent, nodes.section) and not node.get("stays"):
        arguments["floating"] = "true"
        t.floats[label] = tuple(t.sections)
    return f"\n\n{call('numbered', body, **arguments)}\n\n"


def sub_figures(t: Translator, figure: nodes.Element) -> str:
    """The pictures of a figure that has several, beside each other with letters; '' for other content.

    They stand as the directive ``subfigure`` of sphinx-subfigure lays them out, else in one row of up to three.
    """
    pictures = sub_pictures(figure)
    if not pictures:
        return ""
    letters = ascii_uppercase[: len(pictures)]
    layouts: dict[str, list[list[str]]] = figure.attributes.get("layout") or {}
    layout = layouts.get("default", [])
    if not set(letters) <= {area for row in layout for area in row}:
        layout = even_layout(letters)
    captions = figure.get("subcaptions")
    cells = []
    for number, (letter, picture) in enumerate(zip(letters, pictures, strict=True)):
        places = [(x, y) for y, row in enumerate(layout) for x, area in enumerate(row) if area == letter]
        x, y = min(places)[0], min(place[1] for place in places)
        spans = (max(place[0] for place in places) - x + 1, max(place[1] for place in places) - y + 1)
        below = markup(letter_and_words(figure, number, picture))
        cells.append(
            f"(x: {x}, y: {y}, columns: {spans[0]}, rows: {spans[1]}, caption: [{below}], "
            f"picture: [{t.render(picture).strip()}])"
        )
    return call(
        "sub-figures", columns=str(len(layout[0])), above=str(captions == "above").lower(), pictures=array(cells)
    )


def even_layout(letters: str) -> list[list[str]]:
    """Rows of up to three areas, named by the letters; ``.`` is an empty one."""
    columns = 2 if len(letters) in (2, 4) else 3
    names = letters + "." * (-len(letters) % columns)
    return [list(names[start : start + columns]) for start in range(0, len(names), columns)]


@renders("chart")
def chart(t: Translator, node: nodes.Element) -> str:
    """A vector chart."""
    svg = draw_chart(node["data"], t.context.drawing)
    return call("drawing", svg=string(svg), alt=string(alternative(node, words_of_project(t.env.config))))


@renders("place_map")
def place_map(t: Translator, node: nodes.Element) -> str:
    """A vector map."""
    svg = draw_map(node["map"], t.context.drawing)
    return call("drawing", svg=string(svg), alt=string(alternative(node, words_of_project(t.env.config))))


@renders("timeline")
def timeline(t: Translator, node: nodes.Element) -> str:
    """A chronology in two columns."""
    events = [f"({string(event.date)}, {string(event.text)})" for event in node["events"]]
    return call("chronology", events=array(events))


@renders(nodes.caption)
def caption(t: Translator, node: nodes.Element) -> str:
    """A heading that is not in the contents."""
    return f"\n\n{call('rubric', t.children(node))}\n\n"


@renders(nodes.legend)
def legend(t: Translator, node: nodes.Element) -> str:
    """Small type below the caption."""
    return t.children(node)
