"""HTML that a source or a notebook holds → docutils nodes, so that print and slides show what the web page shows.

Scripts and styles are left out; a video or a frame becomes a link to its address; an inline drawing is kept as
SVG. The words of everything else are kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from docutils import nodes
from lxml import etree, html
from sphinx.application import Sphinx

from builder.source.html_drawings import drawing_of, name_of, svg_drawing
from builder.source.html_folded import folded
from builder.source.html_played import PLAYED, played_in, video_in
from builder.source.icons import icon_in_html, is_icon_of_a_set
from builder.source.videos import figure_of, still_of
from builder.store.limits import HTML_DEPTH

INLINE: dict[str, type[nodes.TextElement]] = {
    "b": nodes.strong,
    "strong": nodes.strong,
    "i": nodes.emphasis,
    "em": nodes.emphasis,
    "cite": nodes.emphasis,
    "var": nodes.emphasis,
    "dfn": nodes.emphasis,
    "sub": nodes.subscript,
    "sup": nodes.superscript,
    "code": nodes.literal,
    "tt": nodes.literal,
    "samp": nodes.literal,
    "abbr": nodes.abbreviation,
}
INLINE_WITH_CLASS = {"kbd": "kbd", "u": "underline", "ins": "underline", "s": "strike", "del": "strike", "mark": "mark"}
SILENT = {"script", "style", "head", "title", "meta", "link", "template", "noscript", "input", "button", "canvas"}
BOXES = ("☐ ", "☑ ")
"""What stands for a box that is to be ticked, and for one that is."""
BLOCKS = {
    "p", "div", "table", "ul", "ol", "dl", "pre", "blockquote", "hr", "section", "article", "details", "summary",
    "figure", "figcaption", "center", "h1", "h2", "h3", "h4", "h5", "h6", "header", "footer", "main", "aside", "svg",
    "nav",
}  # fmt: skip
NUMBERS = {"a": "loweralpha", "A": "upperalpha", "i": "lowerroman", "I": "upperroman"}
PARTS = {"option", "legend", "li", "dt", "dd", "td", "th", "tr", "caption", "hgroup", "address", "fieldset", "optgroup"}
"""Elements whose words a browser sets apart, within blocks."""
_TAG = re.compile(r"^\s*<(?P<closing>/?)(?P<name>[a-zA-Z][\w-]*)(?P<rest>[^>]*)>\s*$")
_NEVER_CLOSED = {"br", "img", "hr", "input", "wbr", "source"}


def setup(app: Sphinx) -> None:
    """Register the node of drawings in raw HTML."""
    app.add_node(svg_drawing)


def blocks_of(text: str) -> list[nodes.Node]:
    """Block nodes of a piece of HTML; an empty list when nothing in it can be shown."""
    return list(_blocks(_parse(text)))


def inline_of(text: str) -> list[nodes.Node]:
    """Inline nodes of a piece of HTML."""
    return list(_inline(_parse(text)))


def words_of(text: str) -> str:
    """The words of a text that may hold HTML, as authors write into options of a web page."""
    return str(_parse(text).text_content()).strip() if "<" in text and ">" in text else text


def opened_tag(text: str) -> str:
    """Name of the element that a lone start tag opens, '' for anything else."""
    match = _TAG.match(text)
    if not match or match["closing"] or match["rest"].endswith("/") or match["name"].lower() in _NEVER_CLOSED:
        return ""
    return match["name"].lower()


def closed_tag(text: str) -> str:
    """Name of the element that a lone end tag closes, '' for anything else."""
    match = _TAG.match(text)
    return match["name"].lower() if match and match["closing"] else ""


def inline_tag(text: str) -> nodes.TextElement | None:
    """An empty inline node for a lone start tag, None when it has no look of its own."""
    return inline_element(next(iter(_parse(text)), html.Element("span")))


def inline_element(element: html.HtmlElement) -> nodes.TextElement | None:
    """An empty inline node for an HTML element, None when it has no look of its own and leads nowhere on the web."""
    name = name_of(element)
    if icon := icon_in_html(name, element.get("class", "")):
        return nodes.inline("", "", icon=icon)
    if name == "a" and element.get("href", "").startswith(("http:", "https:", "mailto:")):
        return nodes.reference("", "", refuri=element.get("href"))
    if name in INLINE:
        return INLINE[name]()
    if name in INLINE_WITH_CLASS:
        return nodes.inline(classes=[INLINE_WITH_CLASS[name]])
    return None


def shown_inside(name: str, inside: list[nodes.Node]) -> list[nodes.Node]:
    """What an inline element shows of what it holds: how a word is read stands behind it in parentheses, whether or not
    the author wrote some for browsers that do not know of readings; words of blocks and of their parts stand apart.
    """
    if name in BLOCKS or name in PARTS:
        return [*inside, nodes.Text(" ")]
    if name == "rt":
        return [nodes.Text("("), *inside, nodes.Text(")")]
    return [] if name == "rp" else inside


def has_content(text: str) -> bool:
    """True if some of a piece of HTML can be shown on paper."""
    return any(True for _ in _blocks(_parse(text)))


def is_too_deep(text: str) -> bool:
    """True for HTML with more elements within one another than are read; it is cut there."""
    deepest = depth = 0
    for tag in _ANY_TAG.finditer(text):
        depth += -1 if tag["closes"] else 0 if tag["empty"] or tag["name"].lower() in VOID else 1
        deepest = max(deepest, depth)
    return deepest > HTML_DEPTH.most


_ANY_TAG = re.compile(r"<(?P<closes>/?)(?P<name>[A-Za-z][\w-]*)[^>]*?(?P<empty>/?)>")
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p", "li",
    "td", "tr", "th",
}  # fmt: skip
"""Elements without an end, or of which the end is often left out."""


def _parse(text: str) -> html.HtmlElement:
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        return without_what_has_a_fallback(html.fragment_fromstring(text, create_parent="div", parser=parser))
    except (etree.ParserError, ValueError):
        return html.Element("div")


def without_what_has_a_fallback(element: html.HtmlElement) -> html.HtmlElement:
    """Take out what is hidden beside a text that stands for it where there are no style sheets: arrays of xarray and
    models of scikit-learn are written so.
    """
    for fallback in element.xpath("//*[contains(@class, 'fallback')]"):
        for other in [other for other in fallback.itersiblings() if is_hidden(other)]:
            other.drop_tree()
    return element


def is_hidden(element: html.HtmlElement) -> bool:
    """True for an element that says itself that it is not shown."""
    return "hidden" in element.attrib or re.search(r"display\s*:\s*none", element.get("style", "")) is not None


def _blocks(element: html.HtmlElement) -> Iterator[nodes.Node]:
    """Blocks of the content of ``element``; loose inline content is gathered into paragraphs."""
    loose: list[nodes.Node] = list(_text(element.text))
    for child in element:
        name = name_of(child)
        played = _played(child, name)
        if played or name in PLAYED or name in BLOCKS or _holds_blocks(child):
            yield from _paragraph(loose)
            loose = []
            yield from played or _block(child, name)
        else:
            loose += _inline_one(child, name)
        loose += _text(child.tail)
    yield from _paragraph(loose)


def _played(element: html.HtmlElement, name: str) -> list[nodes.Node]:
    """What is shown of an element that plays something, in the place of the words that it holds for browsers without
    it; nothing of one without an address, and of others.
    """
    video = video_in(element, name) if name in PLAYED else None
    if video is not None:
        return [figure_of(video)]
    return list(_paragraph(played_in(element, name))) if name in PLAYED else []


def _paragraph(loose: list[nodes.Node]) -> Iterator[nodes.Node]:
    if any(isinstance(node, nodes.image) or node.astext().strip() or is_icon_of_a_set(node) for node in loose):
        yield nodes.paragraph("", "", *loose)


def _block(element: html.HtmlElement, name: str) -> Iterator[nodes.Node]:
    if name in SILENT:
        return
    handler = _HANDLERS.get(name)
    if handler is not None:
        yield from handler(element)
    else:
        yield from _blocks(element)


def _heading(element: html.HtmlElement) -> Iterator[nodes.Node]:
    found = list(_inline(element))
    if any(node.astext().strip() for node in found):
        yield nodes.rubric("", "", *found)


def _details(element: html.HtmlElement) -> Iterator[nodes.Node]:
    summary = _first(element, "summary")
    title = list(_inline(summary)) if summary is not None else []
    if summary is not None:
        summary.drop_tree()
    yield folded(title, list(_blocks(element)))


def _list(kind: type[nodes.Element]) -> Callable[[html.HtmlElement], Iterator[nodes.Node]]:
    def build(element: html.HtmlElement) -> Iterator[nodes.Node]:
        items = [nodes.list_item("", *_blocks(child)) for child in element if name_of(child) == "li"]
        if items:
            start, marks = _whole_number(element, "start"), NUMBERS.get(element.get("type"))
            looks = ({} if start is None else {"start": start}) | ({"enumtype": marks} if marks else {})
            if kind is nodes.enumerated_list:
                _number(element, items, start)
            yield kind("", *items, **looks)

    return build


def _number(element: html.HtmlElement, items: list[nodes.list_item], start: int | None) -> None:
    """Give each item its ``value``, if the list runs backwards or one of them has a number of its own."""
    given = [_whole_number(child, "value") for child in element if name_of(child) == "li"]
    is_reversed = "reversed" in element.attrib
    if not is_reversed and not any(value is not None for value in given):
        return
    number = start if start is not None else len(items) if is_reversed else 1
    for item, value in zip(items, given, strict=True):
        number = number if value is None else value
        item["value"] = max(number, 0)
        number += -1 if is_reversed else 1


def _definitions(element: html.HtmlElement) -> Iterator[nodes.Node]:
    found = nodes.definition_list()
    for child in element:
        if name_of(child) == "dt":
            found += nodes.definition_list_item("", nodes.term("", "", *_inline(child)), nodes.definition())
        elif name_of(child) == "dd" and found.children:
            found.children[-1].children[-1].extend(_blocks(child))  # type: ignore[attr-defined]
    if found.children:
        yield found


def _preformatted(element: html.HtmlElement) -> Iterator[nodes.Node]:
    text = element.text_content().strip("\n")
    if text:
        yield nodes.literal_block(text, text, language="none")


def _quotation(element: html.HtmlElement) -> Iterator[nodes.Node]:
    yield nodes.block_quote("", *_blocks(element))


def _drawing(element: html.HtmlElement) -> Iterator[nodes.Node]:
    drawing = drawing_of(element)
    if drawing is not None:
        yield drawing


def _table(element: html.HtmlElement) -> Iterator[nodes.Node]:
    rows = [row for row in element.iter("tr") if _owner(row) is element]
    grid = [[cell for cell in row if name_of(cell) in ("td", "th")] for row in rows]
    columns = max((sum(_span(cell, "colspan") for cell in row) for row in grid), default=0)
    if not columns:
        return
    head_count = 0
    for row, cells in zip(rows, grid, strict=True):
        in_head = name_of(row.getparent()) == "thead" or (cells and all(name_of(cell) == "th" for cell in cells))
        if not in_head:
            break
        head_count += 1
    built = [nodes.row("", *map(_cell, cells)) for cells in grid]
    group = nodes.tgroup(cols=columns)
    group += [nodes.colspec(colwidth=1) for _ in range(columns)]
    if head_count:
        group += nodes.thead("", *built[:head_count])
    group += nodes.tbody("", *built[head_count:])
    caption = _first(element, "caption")
    above = [nodes.title("", "", *_inline(caption))] if caption is not None else []
    yield nodes.table("", *above, group)


def _figure(element: html.HtmlElement) -> Iterator[nodes.Node]:
    """A picture with its caption, as a figure; what else such an element holds, as it stands."""
    caption, picture = _first(element, "figcaption"), next(iter(element.iter("img")), None)
    others = [child for child in element if child is not caption]
    if caption is None or picture is None or len(others) != 1 or others[0].text_content().strip():
        yield from _blocks(element)
        return
    image = _inline_one(picture, "img")
    if image:
        yield nodes.figure("", *image, nodes.caption("", "", *_inline(caption)))


def _first(element: html.HtmlElement, name: str) -> html.HtmlElement | None:
    """The first child of a name."""
    return next((child for child in element if name_of(child) == name), None)


def _cell(element: html.HtmlElement) -> nodes.entry:
    entry = nodes.entry("", *_blocks(element))
    for name, attribute in (("colspan", "morecols"), ("rowspan", "morerows")):
        if _span(element, name) > 1:
            entry[attribute] = _span(element, name) - 1
    if name_of(element) == "th":
        for paragraph in entry.findall(nodes.paragraph):
            paragraph.children = [nodes.strong("", "", *paragraph.children)]
    return entry


def _span(element: html.HtmlElement, name: str) -> int:
    return min(max(_whole_number(element, name) or 1, 1), 100)


def _whole_number(element: html.HtmlElement, name: str) -> int | None:
    """The number in an attribute; None where there is none, or no whole one of a usual size."""
    value = element.get(name, "")
    return int(value) if re.fullmatch(r"[0-9]{1,6}", value) else None


def _owner(row: html.HtmlElement) -> html.HtmlElement | None:
    return next((above for above in row.iterancestors("table")), None)


_HANDLERS: dict[str, Callable[[html.HtmlElement], Iterator[nodes.Node]]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "summary"), _heading),
    "ul": _list(nodes.bullet_list),
    "ol": _list(nodes.enumerated_list),
    "dl": _definitions,
    "pre": _preformatted,
    "blockquote": _quotation,
    "details": _details,
    "hr": lambda element: iter([nodes.transition()]),
    "svg": _drawing,
    "table": _table,
    "figure": _figure,
}


def _inline(element: html.HtmlElement) -> Iterator[nodes.Node]:
    yield from _text(element.text)
    for child in element:
        yield from _inline_one(child, name_of(child))
        yield from _text(child.tail)


def _inline_one(element: html.HtmlElement, name: str) -> list[nodes.Node]:
    if name == "input" and element.get("type") == "checkbox":
        return [nodes.Text(BOXES["checked" in element.attrib])]
    if name in SILENT or not name:
        return []
    if name == "br":
        return [nodes.inline("", "\n", classes=["line-break"])]
    if name == "img":
        source = element.get("src", "")
        if not source:
            return []
        image = nodes.image(uri=source, alt=element.get("alt", ""), candidates={"*": source}, from_html=True)
        image.attributes.update(size_of(element))
        return [image]
    if name in PLAYED:
        video = video_in(element, name)
        return [still_of(video)] if video is not None else played_in(element, name)
    inside = shown_inside(name, list(_inline(element)))
    wrapper = inline_element(element)
    if wrapper is None or not (inside or wrapper.get("icon")):
        return inside
    wrapper += inside
    return [wrapper]


def size_of(element: html.HtmlElement) -> dict[str, str]:
    """The width and height that an element asks for, in its style or its attributes."""
    style = dict(part.split(":", 1) for part in element.get("style", "").split(";") if ":" in part)
    named = {name.strip().lower(): value.strip() for name, value in style.items()}
    found = {side: named.get(side) or element.get(side, "").strip() for side in ("width", "height")}
    return {side: value for side, value in found.items() if value and value != "auto"}


def _text(text: str | None) -> list[nodes.Node]:
    return [nodes.Text(re.sub(r"\s+", " ", text))] if text else []


def _holds_blocks(element: html.HtmlElement) -> bool:
    return name_of(element) not in SILENT and any(name_of(child) in BLOCKS for child in element.iterdescendants())
