"""Document structure and plain blocks: sections, paragraphs, quotations, rules."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from builder.book.translate import LISTED_LEVELS, Translator, renders
from builder.typeset.escape import call, markup, string

SMALL_CAPS_WORDS = 3


@renders(nodes.section)
def section(t: Translator, node: nodes.Element) -> str:
    """A level of the outline."""
    t.level += 1
    depth = len(t.sections)
    out = t.children(node)
    del t.sections[depth:]
    t.level -= 1
    return out


@renders(nodes.title)
def title(t: Translator, node: nodes.Element) -> str:
    """A heading with its number; a chapter opens on a recto. One of class ``unlisted`` is not in the contents."""
    parent = node.parent
    if not isinstance(parent, nodes.section):
        return f"\n\n{call('rubric', t.children(node))}\n\n"
    if not node.astext().strip():
        return t.anchors(parent)
    number = t.numbers.of_section(t.docname, parent)
    label = t.listed_label(parent)
    t.sections.append(label)
    arguments = {"level": str(max(t.level, 1)), "number": string(number), "lbl": string(label)}
    if t.front:
        arguments["front"] = "true"
    anchors = t.anchors(parent, skip=1)
    body, labels = t.heading_words(node)
    if "unlisted" in parent["classes"]:
        arguments["listed"] = "false"
    elif t.level <= LISTED_LEVELS:
        t.list_line("listed-heading", label, body, level=arguments["level"], number=arguments["number"])
    t.opening = t.level == 1
    document = t.label("")
    if t.level == 1 and document not in t.defined:
        t.defined.add(document)
        anchors = f"#a({string(document)});{anchors}"
    anchors += labels
    marks = call("unlisted", anchors) if anchors else ""
    return f"\n\n{call('section', marks + body, **arguments)}\n\n"


@renders(nodes.subtitle)
def subtitle(t: Translator, node: nodes.Element) -> str:
    """A line below the title."""
    return f"\n\n{call('subtitle', t.children(node))}\n\n"


@renders(nodes.paragraph)
def paragraph(t: Translator, node: nodes.Element) -> str:
    """A paragraph; the first one of a chapter opens in small capitals."""
    anchors = t.anchors(node)
    if "lead" in node["classes"]:
        return f"\n\n{call('lead', anchors + t.prose(node))}\n\n"
    if t.opening and isinstance(node.parent, nodes.section):
        t.opening = False
        return f"{anchors}{opening_paragraph(node, t)}\n\n"
    return f"{anchors}{t.prose(node)}\n\n"


def opening_paragraph(node: nodes.Element, t: Translator) -> str:
    """The first paragraph of a chapter: its first words in small capitals, when it opens with enough plain words."""
    first = node.children[0] if node.children else None
    words = first.astext().split(" ") if isinstance(first, nodes.Text) else []
    if len(words) <= SMALL_CAPS_WORDS:
        return t.prose(node)
    head, tail = " ".join(words[:SMALL_CAPS_WORDS]), " ".join(words[SMALL_CAPS_WORDS:])
    rest = "".join(map(t.render, node.children[1:]))
    return call("opening-paragraph", markup(tail), rest, words=string(head), plain=string(tail))


@renders(nodes.block_quote)
def block_quote(t: Translator, node: nodes.Element) -> str:
    """A quotation or an epigraph, with its source at the right."""
    attribution = next((child for child in node.children if isinstance(child, nodes.attribution)), None)
    body = "".join(t.render(child) for child in node.children if child is not attribution)
    kind = next((name for name in ("epigraph", "pull-quote") if name in node["classes"]), "quotation")
    by = f"[{t.children(attribution)}]" if attribution is not None else "none"
    return f"\n\n{call(kind, t.anchors(node) + body, by=by)}\n\n"


@renders(addnodes.toctree)
def toctree(t: Translator, node: nodes.Element) -> str:
    """Its documents, where the page goes on behind it; they follow the page elsewhere. The contents stand in front."""
    return t.anchors(node) + t.documents_within(node["includefiles"])


@renders(nodes.transition)
def transition(t: Translator, node: nodes.Element) -> str:
    """A centred ornament; nothing where it parts nothing, at the beginning or the end of a document."""
    return "" if "footnotes" in node["classes"] or not _parts(node) else "\n\n#transition();\n\n"


def _parts(node: nodes.Element) -> bool:
    """True if something is seen on both sides of a transition."""
    beside, place = node.parent.children, node.parent.index(node)
    return all(
        any(not (is_unseen(one) or isinstance(one, nodes.transition)) for one in side)
        for side in (beside[:place], beside[place + 1 :])
    )


@renders(nodes.rubric)
def rubric(t: Translator, node: nodes.Element) -> str:
    """A heading that is not in the contents; nothing above footnotes alone, which stand at the foot of their pages."""
    if "footnotes" in node["classes"] or not _followed(node):
        return ""
    return f"\n\n{t.anchors(node)}{call('rubric', t.children(node))}\n\n"


def _followed(node: nodes.Element) -> bool:
    """True if something other than footnotes follows a rubric; where nothing follows in its section, MyST has the
    footnotes at the end of the document. One that stands in something else heads what is in there.
    """
    if not isinstance(node.parent, nodes.section | nodes.document):
        return True
    place: nodes.Element | None = node
    while place is not None and place.parent is not None:
        after = place.parent.children[place.parent.index(place) + 1 :]
        if following := [sibling for sibling in after if not is_unseen(sibling)]:
            return any(not isinstance(sibling, nodes.footnote) for sibling in following)
        place = place.parent
    return True


def is_unseen(node: nodes.Node) -> bool:
    """True for what prints nothing: comments, and the rule that MyST draws above footnotes."""
    return isinstance(node, nodes.Invisible) or (isinstance(node, nodes.transition) and "footnotes" in node["classes"])


@renders(addnodes.centered)
def centered(t: Translator, node: nodes.Element) -> str:
    """A centred line."""
    return f"\n\n#align(center)[{t.children(node)}];\n\n"


@renders(nodes.compound, nodes.decoration, addnodes.only, nodes.option_string)
def block_container(t: Translator, node: nodes.Element) -> str:
    """Its content."""
    return t.anchors(node) + t.children(node)


@renders(nodes.target)
def target(t: Translator, node: nodes.Element) -> str:
    """A place that links lead to."""
    return t.anchors(node) + t.children(node)


@renders(addnodes.start_of_file, nodes.document)
def document(t: Translator, node: nodes.Element) -> str:
    """Its content."""
    return t.children(node)
