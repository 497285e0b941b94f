"""Lists of every kind."""

from __future__ import annotations

from docutils import nodes
from sphinx import addnodes

from builder.book.translate import Translator, renders
from builder.source.html import BOXES
from builder.source.listings import grammar_of
from builder.typeset.escape import call, code, string

ENUMERATIONS = {"arabic": "1", "loweralpha": "a", "upperalpha": "A", "lowerroman": "i", "upperroman": "I"}


def items(t: Translator, node: nodes.Element) -> list[str]:
    """Markup of the items of a list, without the blank lines at their ends."""
    out = []
    for child in node.children:
        if isinstance(child, nodes.Element):
            body = (t.anchors(child) + t.children(child)).strip()
            out.append(f"#enum.item({child['value']})[{body}]" if "value" in child else body)
    return out


def is_tight(node: nodes.Element) -> bool:
    """True if every item is one paragraph (and lists below it)."""
    return all(
        sum(not isinstance(block, nodes.bullet_list | nodes.enumerated_list) for block in item.children) <= 1
        for item in node.children
        if isinstance(item, nodes.Element)
    )


def block_call(function: str, entries: list[str], **arguments: str) -> str:
    """A list function over one content block for each entry."""
    return f"\n\n{call(function, *entries, **arguments)}\n\n" if entries else ""


@renders(addnodes.compact_paragraph)
def compact_paragraph(t: Translator, node: nodes.Element) -> str:
    """Its content."""
    return t.children(node) + "\n\n"


@renders(nodes.bullet_list)
def bullet_list(t: Translator, node: nodes.Element) -> str:
    """A list with bullets; tasks have boxes."""
    if not (node.children and all(item.astext().startswith(BOXES) for item in node.children)):
        return t.anchors(node) + block_call("list", items(t, node), tight=str(is_tight(node)).lower())
    shown = node.deepcopy()
    shown.parent = node.parent
    signs = [taken_box(item) for item in shown.children]
    entries = [f"#task({string(sign)})[{body}]" for sign, body in zip(signs, items(t, shown), strict=True)]
    look = {"marker": "[]", "body-indent": "0pt"}
    return t.anchors(node) + block_call("list", entries, tight=str(is_tight(node)).lower(), **look)


def taken_box(item: nodes.Node) -> str:
    """Take the box of a task out of its item, in the place of whose bullet it stands; returns its sign."""
    text = next(iter(item.findall(nodes.Text)))
    sign = next(box for box in BOXES if text.startswith(box))
    text.parent.replace(text, nodes.Text(text.removeprefix(sign)))
    return sign.strip()


@renders(nodes.enumerated_list, "steps_list")
def enumerated_list(t: Translator, node: nodes.Element) -> str:
    """A numbered list, with its own numerals and start."""
    pattern = (
        f"{node.get('prefix', '')}{ENUMERATIONS.get(node.get('enumtype', 'arabic'), '1')}{node.get('suffix', '.')}"
    )
    return t.anchors(node) + block_call(
        "enum",
        items(t, node),
        tight=str(is_tight(node)).lower(),
        start=str(node.get("start", 1)),
        numbering=string(pattern),
    )


@renders(nodes.definition_list, addnodes.glossary)
def definition_list(t: Translator, node: nodes.Element) -> str:
    """Terms with their definitions indented."""
    if isinstance(node, addnodes.glossary):
        return t.children(node)
    entries = []
    for item in node.children:
        assert isinstance(item, nodes.Element)
        terms = ", ".join(
            t.anchors(child) + t.children(child) for child in item.children if isinstance(child, nodes.term)
        )
        qualifiers = "".join(
            f" : {t.children(child)}" for child in item.children if isinstance(child, nodes.classifier)
        )
        body = "".join(t.children(child) for child in item.children if isinstance(child, nodes.definition))
        entries.append(call("definition", terms + qualifiers, body.strip()))
    return f"\n\n{t.anchors(node)}" + "\n".join(entries) + "\n\n"


@renders(nodes.field_list, nodes.docinfo)
def field_list(t: Translator, node: nodes.Element) -> str:
    """Names with their values indented."""
    entries = []
    for item in node.findall(nodes.field):
        name, body = item.children
        assert isinstance(name, nodes.Element)
        assert isinstance(body, nodes.Element)
        entries.append(call("definition", t.children(name), t.children(body).strip()))
    return "\n\n" + "\n".join(entries) + "\n\n"


@renders(nodes.option_list)
def option_list(t: Translator, node: nodes.Element) -> str:
    """Options in code with their descriptions."""
    entries = []
    for item in node.children:
        assert isinstance(item, nodes.Element)
        group, description = item.children
        assert isinstance(description, nodes.Element)
        options = ", ".join(code(option.astext()) for option in group.children)
        entries.append(call("definition", options, t.children(description).strip()))
    return "\n\n" + "\n".join(entries) + "\n\n"


@renders(addnodes.hlist)
def hlist(t: Translator, node: nodes.Element) -> str:
    """Columns."""
    columns = [t.children(column).strip() for column in node.children if isinstance(column, nodes.Element)]
    return f"\n\n#columns({max(len(columns), 1)})[{'#colbreak();'.join(columns)}];\n\n"


@renders(addnodes.hlistcol, addnodes.acks)
def transparent_list(t: Translator, node: nodes.Element) -> str:
    """Its content."""
    return t.children(node)


@renders(addnodes.productionlist)
def productionlist(t: Translator, node: nodes.Element) -> str:
    """A grammar in code."""
    return f"\n\n{t.anchors(node)}#plain-code(source: {string(grammar_of(node))});\n\n"
