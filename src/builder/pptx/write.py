"""Fitted deck + template → the bytes of a .pptx. Pure: the same deck and template give the same bytes.

Parts are numbered and shape ids counted here, since python-pptx searches the whole package for a free
name at every new part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Any

from lxml import etree
from pptx.opc.constants import CONTENT_TYPE as CT
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml.ns import qn

from builder.deck.accents import ground_of
from builder.deck.barrier import Barrier
from builder.deck.blocks import Columns, Equation
from builder.deck.blocks.columns import is_comparison
from builder.deck.furniture import jump_targets
from builder.deck.geometry import Geometry, Look, TextLook
from builder.deck.lines import Typeface
from builder.deck.model import ALONE, LAYOUTS, Deck, FittedDeck, FittedSlide, Run, Slide, all_placed
from builder.deck.notes import notes_of
from builder.deck.openings import LINE, lines_beside, size_in
from builder.deck.progress import Progress, has_strip, progress_of
from builder.deck.steps import reveal_of
from builder.deck.surroundings import foot_of, section_above
from builder.errors import AuthorError
from builder.pptx import diagrams, nested, tables, texts  # noqa: F401 - register their writers
from builder.pptx.blocks import write_block
from builder.pptx.embedding import embed_fonts
from builder.pptx.feet import marked, write_foot
from builder.pptx.notes import add_notes
from builder.pptx.package.serialize import DECLARATION, Written, package_bytes, parts_of, written
from builder.pptx.parts import DeckParts, SlideParts
from builder.pptx.presentation import add_application, add_mark, add_thumbnail, finish_presentation, set_properties
from builder.pptx.progress import write_progress
from builder.pptx.sections import list_sections
from builder.pptx.shapes import PlaceStyle, ShapeWriter
from builder.pptx.template.layouts import kind_of
from builder.pptx.template.looks import PLACES
from builder.pptx.template.reading import Template
from builder.pptx.template.writable import FixedLayout, all_layouts
from builder.pptx.text import UNLISTED, TextContext, run_properties, text_run
from builder.pptx.timing import revealed, timing, transition
from builder.pptx.visuals import write_full_bleed
from builder.pptx.xml import NAMESPACES, P14, TREE_HEAD, SlideIds, attribute, background_of, number_from
from builder.store.text import escaped
from builder.typeset.contrast import faint
from builder.typeset.math.formulas import pictures
from builder.typeset.scripts import runs_from_right

FIRST_SLIDE_ID = 256
ANCHORS = {"top": "t", "middle": "ctr", "bottom": "b"}


@dataclass(frozen=True, slots=True)
class DeckContext:
    """The deck that a slide belongs to, its template, and the barrier round its blocks."""

    deck: Deck
    template: Template
    barrier: Barrier


@dataclass(frozen=True, slots=True)
class SlideContext:
    """The surroundings of one slide: its layout, the context of its text, its parts, and where we are."""

    layout: FixedLayout
    text: TextContext
    parts: SlideParts
    progress: Progress | None


def write_deck(
    fitted: FittedDeck, template: Template, typeface: Typeface, web_url: str = "", thumbnail: bytes = b""
) -> tuple[bytes, list[AuthorError]]:
    """The whole deck as a .pptx file, and an error for each block that could not be written.

    ``web_url`` is the address of the web book, ``thumbnail`` a JPEG of the first slide.
    """
    deck, formulas = fitted.deck, typeface.formulas
    where = deck.style.template_slides
    presentation = template.open(keep_slides=where != "drop")
    package = presentation.part.package
    taken = frozenset(str(part.partname) for part in package.iter_parts())
    parts = DeckParts(package, formula_pictures(fitted, typeface, template.colours["dk1"]), taken)
    parts.ink = template.repainted.get("tx1", "").lstrip("#").upper()
    layouts = [FixedLayout(layout) for layout in all_layouts(presentation)]
    slide_parts: list[Part] = []
    ids = presentation.element.get_or_add_sldIdLst()
    theirs = [str(entry.get("id")) for entry in ids]
    first_id = max([FIRST_SLIDE_ID - 1, *map(int, theirs)]) + 1
    name = 0
    for number, slide in enumerate(fitted.slides):
        name = parts.free(name, "/ppt/slides/slide{}.xml", "/ppt/notesSlides/notesSlide{}.xml")
        part = Part(PackURI(f"/ppt/slides/slide{name}.xml"), CT.PML_SLIDE, package)
        part.rels.get_or_add(RT.SLIDE_LAYOUT, layouts[index_of(slide, template)].part)
        rid = presentation.part.rels.get_or_add(RT.SLIDE, part)
        ids.append(_slide_id(first_id + number, rid))
        slide_parts.append(part)
    jumps = jump_targets(fitted)
    places = progress_of(fitted)
    barrier = Barrier(template.geometry, typeface)
    whole = DeckContext(deck, template, barrier)
    notes_master = presentation.notes_master.part
    for number, (slide, part) in enumerate(zip(fitted.slides, slide_parts, strict=True)):
        one = SlideContext(
            layouts[index_of(slide, template)],
            TextContext(
                deck.lang,
                formulas,
                typeface,
                _linker(part, slide_parts, jumps, number, web_url),
                link_ink=template.repainted.get("hlink", "").lstrip("#"),
            ),
            SlideParts(parts, part, slide_parts),
            places[number],
        )
        part.blob = DECLARATION.encode() + barrier.slide(slide, partial(_slide_xml, whole, one))
        with barrier.around("the notes of this slide", "none", slide.slide.source):
            if notes := notes_of(slide.slide):
                ids_of_notes = SlideIds(deck.name, f"{slide.slide.key}/notes")
                add_notes(part, notes_master, notes, ids_of_notes, deck.lang)
    finish_presentation(presentation, notes_master)
    if deck.style.embed_fonts:
        embed_fonts(presentation, (template.geometry.title_font, template.geometry.font))
    own = [str(entry.get("id")) for entry in ids][len(theirs) :]
    front = template.in_front(where)
    for entry in list(ids)[front : len(theirs)]:
        ids.append(entry)
    with barrier.around("the list of this deck's sections", "none", fitted.slides[0].slide.source):
        list_sections(presentation.element, fitted, own, theirs[:front], theirs[front:])
    with barrier.around("the properties of this deck", "none", fitted.slides[0].slide.source):
        set_properties(presentation, fitted)
    add_application(package)
    shown = {part.partname: written(part) for part in parts_of(package) if not part.partname.startswith("/docProps/")}
    shown.pop(add_mark(package, digest(shown)), None)
    if thumbnail:
        add_thumbnail(package, thumbnail)
    return package_bytes(package, shown), barrier.errors


def digest(shown: Mapping[str, Written]) -> str:
    """A digest of all that a deck shows: two builds have one mark only where they gave the same deck."""
    found = sha256()
    for name, (content, rels) in shown.items():
        found.update(f"{name}\n".encode())
        found.update(content)
        found.update(rels)
    return found.hexdigest()[:16]


def formula_pictures(fitted: FittedDeck, typeface: Typeface, colour: str) -> dict[tuple[str, float], bytes]:
    """The fallback pictures of all displayed formulas of a deck, in the colour of its text."""
    shown = ((placed.block, placed.size) for slide in fitted.slides for placed in all_placed(slide.placed))
    wanted = [(block.latex, size) for block, size in shown if isinstance(block, Equation)]
    return pictures(wanted, typeface.formulas, colour, typeface.others)


def role_of(slide: FittedSlide, template: Template) -> str:
    """Return which of the template's layouts a slide uses."""
    if slide.slide.layout in ("title", "section", *ALONE):
        return slide.slide.layout
    columns = [placed.block for placed in slide.placed if isinstance(placed.block, Columns)]
    if "comparison" in template.layouts and len(columns) == 1 and is_comparison(columns[0]):
        return "comparison"
    return "content" if any(placed.role == "body" for placed in slide.placed) else "title_only"


def index_of(slide: FittedSlide, template: Template) -> int:
    """Index of the template's layout that a slide uses: the one that its author named, else the one of its kind."""
    named = template.geometry.named.get(slide.slide.layout.casefold()) if slide.slide.layout not in LAYOUTS else None
    return named.index if named is not None else template.layouts[role_of(slide, template)]


SLIDE_ID, RELATIONSHIP_ID = qn("p:sldId"), qn("r:id")


def _slide_id(number: int, rid: str) -> Any:
    element = etree.Element(SLIDE_ID)
    element.set("id", str(number))
    element.set(RELATIONSHIP_ID, rid)
    return element


def _linker(
    part: Part, slides: list[Part], jumps: dict[str, int], here: int, web_url: str
) -> Callable[[str], tuple[str, bool] | None]:
    """Return where a link of a run leads: a slide of this deck, the web book, an address, or nowhere."""

    def link(target: str) -> tuple[str, bool] | None:
        if not target.startswith("#"):
            return part.rels.get_or_add_ext_rel(RT.HYPERLINK, target), False
        index = jumps.get(target[1:])
        if index is not None and index != here:
            return part.relate_to(slides[index], RT.SLIDE), True
        if web_url and index is None:
            docname, _, identifier = target[1:].partition(":")
            address = f"{web_url.rstrip('/')}/{docname}.html#{identifier}"
            return part.rels.get_or_add_ext_rel(RT.HYPERLINK, address), False
        return None

    return link


def _slide_xml(whole: DeckContext, one: SlideContext, fitted: FittedSlide) -> bytes:
    """The XML of a slide."""
    slide, deck, template = fitted.slide, whole.deck, whole.template
    layout, geometry = one.layout, template.geometry
    writer = _shape_writer(whole, one, fitted)
    asked = ground_of(slide.background, "", template.colours)
    if fitted.layout == "full-bleed":
        shapes = write_full_bleed(writer, fitted, geometry, lambda: _title(writer, fitted, layout, template))
    else:
        shapes = [
            _title(writer, fitted, layout, template),
            *_beside_title(writer, slide, layout, geometry.look(slide.layout).on(asked)),
        ]
        shapes += _content(writer, fitted, whole.barrier)
    look = geometry.look(slide.layout if slide.layout not in LAYOUTS else role_of(fitted, template))
    look = look.on(asked)
    if slide.layout != "title" and fitted.layout != "full-bleed":
        above, place = section_above(slide, look), look.texts.get("section")
        shapes += _extra(writer, layout.placeholder("section"), "Section", above, place)
        shapes += write_foot(writer, layout, foot_of(slide, look, deck.foot), look)
    if one.progress is not None and has_strip(fitted):
        shapes.append(write_progress(writer, one.progress, geometry))
    hidden = ' show="0"' if slide.hidden else ""
    background = repainted(background_of(slide.background), template.repainted)
    what = reveal_of(slide, incremental=deck.style.incremental)
    steps = timing(revealed(writer.steps, what, faint(template.colours["dk1"], template.colours["lt1"])), writer.played)
    creation = (
        f'<p:extLst><p:ext uri="{{BB962C8B-B14F-4D97-AF65-F5344CB8AC3E}}"><p14:creationId xmlns:p14="{P14}" '
        f'val="{number_from(deck.name, slide.key)}"/></p:ext></p:extLst>'
    )
    tree = repainted("".join(shapes), template.repainted)
    return (
        f"<p:sld {NAMESPACES}{hidden}><p:cSld>{background}"
        f"<p:spTree>{TREE_HEAD}{tree}</p:spTree>{creation}</p:cSld>"
        f"{layout.colour_map}{transition(deck.style.transition)}{steps}</p:sld>"
    ).encode()


def repainted(xml: str, colours: Mapping[str, str]) -> str:
    """XML of shapes with what a template has for the colours that slides name: others of its theme, or six digits."""
    for name, colour in colours.items():
        kind, value = ("srgbClr", colour[1:].upper()) if colour.startswith("#") else ("schemeClr", colour)
        xml = xml.replace(f'<a:schemeClr val="{name}"/>', f'<a:{kind} val="{value}"/>')
    return xml


def inherits_text(fitted: FittedSlide, geometry: Geometry) -> bool:
    """True where text as large as that of content need not say so: not in a layout whose own is smaller or larger."""
    own = geometry.look(fitted.slide.layout).texts.get("content") if fitted.slide.layout in ALONE else None
    is_usual = own is None or own.size == geometry.sizes.body
    return geometry.inherits and (is_usual or all(one.size != geometry.sizes.body for one in fitted.placed))


def _shape_writer(whole: DeckContext, one: SlideContext, fitted: FittedSlide) -> ShapeWriter:
    template, geometry = whole.template, whole.template.geometry
    body, role = one.layout.main, role_of(fitted, template)
    styles = template.styles.aligned(geometry.side(role)) if role in ALONE else template.styles
    return ShapeWriter(
        SlideIds(whole.deck.name, fitted.slide.key), one.text, one.parts, geometry.sizes,
        inherits_text(fitted, geometry), geometry.quiet, template.table_style,
        marked(body, "type", "idx") if body is not None else "",
        column_placeholders(one.layout, whole.deck.lang) if role == "comparison" else (),
        geometry.table, styles,
    )  # fmt: skip


def _content(writer: ShapeWriter, fitted: FittedSlide, barrier: Barrier) -> list[str]:
    """The shapes of a slide between its title and its foot."""
    return [barrier.write(placed, fitted.slide.source, partial(write_block, writer)) for placed in fitted.placed]


def _beside_title(writer: ShapeWriter, slide: Slide, layout: FixedLayout, look: Look) -> list[str]:
    """The further lines of a title or section slide."""
    shapes: list[str] = []
    if slide.layout == "title":
        for field, place, text in lines_beside(slide, look):
            shape = layout.placeholder(*PLACES[field])
            shapes += _extra(writer, shape, NAMES_BESIDE.get(field, field.title()), text, place)
    elif slide.layout in ("section", "question"):
        name = "Number" if slide.layout == "section" else "Minutes"
        for _field, place, text in lines_beside(slide, look):
            shapes += _extra(writer, layout.placeholder("body"), name, text, place)
    return shapes


NAMES_BESIDE = {"extra": "Book"}
"""Place on a title slide → the name of its shape where that is another."""


def column_placeholders(layout: FixedLayout, lang: str) -> tuple[str, ...]:
    """``p:ph`` attributes of a comparison layout's heading and text, of the column that is read first and the other.

    The places of a column need not begin at one edge.
    """
    across = sorted(
        (shape for shape in layout.placeholders if kind_of(shape) in ("body", "obj")),
        key=lambda shape: (shape.left or 0) + (shape.width or 0) / 2,
        reverse=runs_from_right(lang),
    )
    columns = (sorted(half, key=lambda shape: shape.top or 0) for half in (across[:2], across[2:]))
    return tuple(marked(shape, "type", "sz", "idx") for column in columns for shape in column)


def _title(writer: ShapeWriter, fitted: FittedSlide, layout: FixedLayout, template: Template) -> str:
    shape = layout.placeholder("ctrTitle", "title")
    kind = "title" if shape is None else kind_of(shape)
    geometry = template.geometry
    natural = {"title": geometry.opening_title_size, "section": geometry.section_title_size}.get(
        fitted.slide.layout, geometry.sizes.title
    )
    has_small = any(run.small for run in fitted.slide.title)
    if fitted.slide.layout in ALONE:
        natural = 0 if has_small or fitted.title_area is not None else geometry.title_look(fitted.slide.layout).size
    size = 0 if fitted.title_size == natural and geometry.inherits else fitted.title_size

    named, role = fitted.slide.layout, role_of(fitted, template)
    look = geometry.title_look(named if named.casefold() in geometry.named and named not in LAYOUTS else role)
    look = look.on(ground_of(fitted.slide.background, "", template.colours))
    look = look.moved_to(fitted.title_area, template.colours["dk1"]) if fitted.title_area is not None else look
    colour = "FFFFFF" if fitted.layout == "full-bleed" else look.colour.lstrip("#") if look.repainted else ""
    headline = fitted.slide.headline
    ink = look.colour.lstrip("#")
    own = replace(look, area=fitted.title_box) if fitted.title_box is not None else look
    box = own.box if own.moved or fitted.title_box is not None else None
    style = PlaceStyle(template.styles.titles.get(role, ""), ANCHORS[look.anchor], look.insets)

    def make(context: TextContext) -> str:
        context = replace(context, ink=ink)
        words = "".join(text_run(run, context, size, colour) for run in headline)
        given = f' algn="{fitted.title_side[0]}"' if fitted.title_side else ""
        given += ' marL="0" indent="0"' if fitted.title_area is not None and any(look.margins) else ""
        side = f"<a:pPr{given}/>" if given else ""
        body = f"<a:p>{side}{words}<a:endParaRPr lang={attribute(context.lang)}/></a:p>"
        if fitted.title_area is not None:
            return writer.moved_placeholder("Title", f'type="{kind}"', body, fitted.title_area, style.levels)
        return writer.placeholder("Title", f'type="{kind}"', body, box, style)

    return writer.mathematical([headline], make)


def _extra(writer: ShapeWriter, shape: Any | None, name: str, text: str, place: TextLook | None) -> list[str]:
    """A further line of a title or section slide, when there is text for it, in a placeholder of the layout or a box
    where it has none; smaller where it does not fit."""
    if not text or (shape is None and place is None):
        return []
    size = size_in(text, place, writer.text.typeface) if place is not None else 0.0
    colour = place.colour.lstrip("#") if place is not None and (place.repainted or shape is None) else ""
    if shape is None:
        assert place is not None
        return [writer.words(name, place.area, (Run(text),), size, colour)]
    if place is not None and size == place.size and writer.inherits:
        size = 0.0
    lang = attribute(writer.text.lang)
    run = run_properties(Run(text), writer.text, size, colour)
    lines = "<a:br/>".join(f"<a:r>{run}<a:t>{escaped(line)}</a:t></a:r>" for line in text.split(LINE))
    body = f"<a:p>{'' if writer.inherits else UNLISTED}{lines}<a:endParaRPr lang={lang}/></a:p>"
    box = place.box if place is not None and place.moved else None
    style = PlaceStyle("", ANCHORS[place.anchor], place.insets) if place is not None else None
    return [writer.placeholder(name, marked(shape, "type", "idx"), body, box, style)]
