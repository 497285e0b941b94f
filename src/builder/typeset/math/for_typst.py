"""LaTeX → LaTeX that pandoc's Typst writer sets as MathJax does: commands with arguments as calls of Typst."""

from __future__ import annotations

import re

from builder.typeset.math.calls import ARROWS, FRACTIONS, IN_NAMES, LAPS, LETTER_SIZES, SCRIPT_SCALE, STYLES, WHOLE
from builder.typeset.math.classes import CLASSES
from builder.typeset.math.colours import colour_of
from builder.typeset.math.delimiters import DELIMITERS, of_class
from builder.typeset.math.environments import ARRAYS, array_style, environment_at, written
from builder.typeset.math.lengths import length_of
from builder.typeset.math.scan import Scan, command, outermost
from builder.typeset.math.texts import TEXTS, typst_texts
from builder.typeset.math.verbatim import verbatim


def for_typst(latex: str) -> str:
    """``latex`` without macros as pandoc's Typst writer needs it; `verbatim.restored` ends the work."""
    return Scan(latex).whole()


@command("left")
def fenced(scan: Scan, _name: str) -> None:
    r"""``\left`` to its ``\right``; a delimiter that is none is left to the reader, which refuses it."""
    opened = scan.argument()
    body, start, depth = "", scan.position, 1
    for mark in re.compile(r"\\(left|right)(?![a-zA-Z])").finditer(scan.text, scan.position):
        depth += 1 if mark[1] == "left" else -1
        if depth == 0:
            body, scan.position = scan.text[start : mark.start()], mark.end()
            break
    else:
        body = scan.rest()
    closed = scan.argument()
    parts = [delimiter(opened, "opening", "left"), scan.inner(body), delimiter(closed, "closing", "right")]
    scan.atom("normal", verbatim("lr(") + " ".join(parts) + verbatim(")"))


def delimiter(token: str, kind: str, side: str) -> str:
    """A delimiter that grows, with its class; nothing for a dot."""
    if token not in DELIMITERS:
        return "" if token == "." else rf"\{side} {token} "
    return verbatim(of_class(kind, DELIMITERS[token]))


@command("middle")
def middle(scan: Scan, _name: str) -> None:
    r"""A delimiter between ``\left`` and ``\right``."""
    token = scan.argument()
    name = DELIMITERS.get(token, "")
    scan.atom("normal", verbatim(of_class("normal", f"mid({name})")) if name else delimiter(token, "normal", "middle"))


@command("operatorname")
def operator(scan: Scan, _name: str) -> None:
    """A named operator; with a star its scripts stand below and above."""
    limits = "true" if scan.starred() else "false"
    body = scan.argument()
    if re.fullmatch(r"(?:[\w\s-]|\\[,;:! ])*", body, re.ASCII):
        words = "".join(re.sub(r"\\([,;:! ])|\s", lambda space: IN_NAMES.get(space[1], ""), body))
        scan.atom("operator", verbatim(f'op("{words}", limits: #{limits})'))
    else:
        scan.atom("operator", verbatim("op(upright(") + scan.inner(body) + verbatim(f"), limits: #{limits})"))


@command("mathscr")
def script_letters(scan: Scan, _name: str) -> None:
    """Letters of another alphabet than those of ``\\mathcal``."""
    scan.atom("normal", verbatim("scr(") + scan.inner(scan.argument()) + verbatim(")"))


@command("mathop")
def big_operator(scan: Scan, _name: str) -> None:
    """Return what is made an operator."""
    body = scan.argument()
    scan.atom(
        "operator",
        verbatim("op(") + (scan.inner(body) if body.strip() else verbatim('""')) + verbatim(", limits: #true)"),
    )


@command("begin")
def environment(scan: Scan, _name: str) -> None:
    """Rows and columns."""
    found = environment_at(scan.text, scan.position - len(r"\begin"))
    grid = array_style(found[0], found[1]) if found else None
    if found is None or grid is None:
        scan.atom("normal", r"\begin")
        return
    scan.position = found[3]
    scan.atom("normal", written(grid, found[2], scan.inner))


@command("substack")
def stacked(scan: Scan, name: str) -> None:
    """Lines over each other below a sign."""
    scan.atom("normal", written(ARRAYS[name], scan.argument(), scan.inner))


@command(*LETTER_SIZES)
def sized(scan: Scan, name: str) -> None:
    """A switch of the size of letters, which holds to the next one."""
    body = scan.rest()
    following = next((place for place, token in outermost(body) if token[1:] in LETTER_SIZES), len(body))
    scan.position -= len(body) - following
    letters = scan.inner(body[:following])
    scan.atom("normal", verbatim(f"text(size: #{LETTER_SIZES[name]:g}em, ") + letters + verbatim(")"))


@command("oldstyle")
def old_figures(scan: Scan, _name: str) -> None:
    """Figures with descenders, to the end of the group; the faces of formulas have none."""
    call = f'text(font: "{OLD_FIGURES}", number-type: "old-style", "{{}}")'
    shown = re.sub(r"\d+", lambda figures: "{" + verbatim(call.format(figures[0])) + "}", scan.rest())
    scan.atom("normal", scan.inner(shown))


OLD_FIGURES = "Libertinus Serif"
"""A face with such figures, which Typst brings."""


@command(*LAPS)
def without_width(scan: Scan, name: str) -> None:
    """What takes no width, and reaches to one side or to both."""
    left, right = LAPS[name]
    scale = SCRIPT_SCALE if scan.script else 1
    sides = [f"h(-measure(it).width * {scale * part:g})" for part in (left, right)]
    body = scan.inner(scan.argument())
    scan.atom(
        "normal",
        verbatim(f"#context {{ let lap(it) = {sides[0]} + it + {sides[1]}; lap($") + body + verbatim("$) };"),
    )


@command("vphantom")
def without_ink(scan: Scan, _name: str) -> None:
    """The height of what is not shown."""
    body = scan.inner(scan.argument())
    scan.atom("normal", verbatim(f"#box(width: 0pt, {WHOLE}hide($") + body + verbatim("$)));"))


@command(*STYLES)
def style(scan: Scan, name: str) -> None:
    """A switch of style."""
    scan.atom("normal", verbatim(f"{STYLES[name]}(") + scan.inner(scan.rest()) + verbatim(")"))


@command("color", "textcolor")
def coloured(scan: Scan, name: str) -> None:
    """A colour for an argument, or for the rest of its group."""
    model = scan.option()
    colour = colour_of(scan.argument(), model)
    body = scan.inner(scan.argument() if name == "textcolor" else scan.rest())
    scan.atom(
        "normal", verbatim(f'text(fill: #rgb("{colour}"), ') + body + verbatim(")") if colour else "{" + body + "}"
    )


@command("colorbox", "fcolorbox")
def on_ground(scan: Scan, name: str) -> None:
    """Text on a coloured ground, with a frame or without."""
    frame = f'stroke: 0.5pt + rgb("{colour_of(scan.argument()) or "#000000"}"), ' if name == "fcolorbox" else ""
    colour = colour_of(scan.argument())
    body = typst_texts(TEXTS["text"], scan.argument(), scan.inner) or ""
    fill = f'fill: rgb("{colour}"), ' if colour else ""
    scan.atom("normal", verbatim(f"#box({frame}{fill}inset: 3pt, {WHOLE}$") + body + verbatim("$))"))


@command("bbox")
def on_box(scan: Scan, name: str) -> None:
    """A formula of MathJax's ``\\bbox``: its ground, its padding and its frame."""
    given = [part.strip() for part in scan.option().split(",")]
    ground = next((f'fill: rgb("{colour}"), ' for part in given if (colour := colour_of(part))), "")
    border = next((part.removeprefix("border:") for part in given if part.startswith("border:")), "")
    colours = [colour for word in border.split() if (colour := colour_of(word))]
    frame = f'stroke: 0.5pt + rgb("{colours[0] if colours else "#000000"}"), ' if border else ""
    padding = next((length for part in given if (length := length_of(part)) is not None), 0.0)
    body = scan.inner(scan.argument())
    scan.atom(
        "normal", verbatim(f"#box({frame}{ground}inset: {padding:g}em/18, {WHOLE}$display(") + body + verbatim(")$))")
    )


@command(*FRACTIONS)
def styled_fraction(scan: Scan, name: str) -> None:
    """A fraction of a given style."""
    function, itself = FRACTIONS[name]
    above, below = scan.inner(scan.argument()), scan.inner(scan.argument())
    scan.atom("normal", verbatim(f" {function}(") + f"{itself}{{{above}}}{{{below}}}" + verbatim(") "))


@command(*ARROWS)
def arrow(scan: Scan, name: str) -> None:
    """An arrow as long as what stands over or under it."""
    below, above = scan.option(), scan.argument()
    body = verbatim(f"stretch({ARROWS[name]}, size: #(100% + 0.55em))")
    body += "^{" + scan.inner(above, script=True) + "}" if above.strip() else ""
    body += "_{" + scan.inner(below, script=True) + "}" if below.strip() else ""
    scan.atom("relation", body)


@command("overset", "underset", "stackrel", "overunderset")
def stacked_signs(scan: Scan, name: str) -> None:
    """Return what stands over and under a sign, which keeps its class."""
    above = scan.argument() if name != "underset" else ""
    below = scan.argument() if name in ("underset", "overunderset") else ""
    base = scan.argument()
    if name == "stackrel":
        body = verbatim('class("relation", limits(') + scan.inner(base) + verbatim("))")
    else:
        body = verbatim("limits(") + scan.inner(base) + verbatim(")")
    body += "^{" + scan.inner(above, script=True) + "}" if above.strip() else ""
    body += "_{" + scan.inner(below, script=True) + "}" if below.strip() else ""
    kind = CLASSES.get(base.strip().lstrip("\\").partition("{")[0], "normal")
    scan.atom("relation" if name == "stackrel" else "normal" if kind == "binary" else kind, body)


@command("sideset")
def corners(scan: Scan, _name: str) -> None:
    """An operator with scripts at its four corners."""
    left, right, base = scan.argument(), scan.argument(), scan.argument()
    places = [("bl", left, "_"), ("tl", left, "^"), ("br", right, "_"), ("tr", right, "^")]
    given = "".join(
        verbatim(f", {place}: ") + scan.inner(found, script=True)
        for place, text, mark in places
        if (found := script_in(text, mark))
    )
    scan.atom("operator", verbatim("limits(attach(") + scan.inner(base) + given + verbatim("))"))


@command("prescript")
def before(scan: Scan, _name: str) -> None:
    """Scripts before a symbol."""
    above, below, base = scan.argument(), scan.argument(), scan.argument()
    given = verbatim(", tl: ") + scan.inner(above, script=True) + verbatim(", bl: ") + scan.inner(below, script=True)
    scan.atom("normal", verbatim("attach(") + scan.inner(base) + given + verbatim(")"))


@command("not")
def negated(scan: Scan, _name: str) -> None:
    """A sign with a stroke through it, which keeps its class."""
    base = scan.argument()
    kind = "relation" if CLASSES.get(base.lstrip("\\")) == "relation" else "normal"
    scan.sign(rf"\not {base}" if base.startswith("\\") or len(base) == 1 else rf"\not{{{base}}}", kind)


@command("limits", "nolimits")
def nothing(scan: Scan, _name: str) -> None:
    """A command that asks for what is so already."""


@command("colon")
def colon(scan: Scan, _name: str) -> None:
    """A colon that is punctuation."""
    scan.atom("punctuation", verbatim('class("punctuation", :)'))


@command("rule")
def rule(scan: Scan, _name: str) -> None:
    """A filled box, raised by what is given before its width and height."""
    raised = length_of(scan.option()) or 0.0
    width, height = (max(length_of(scan.argument()) or 0.0, 0.0) for _ in range(2))
    box = f"box(width: {width:g}em/18, height: {height:g}em/18, baseline: {-raised:g}em/18, fill: text.fill)"
    scan.atom("normal", verbatim(f"#context {box};"))


@command("genfrac")
def fraction(scan: Scan, _name: str) -> None:
    """A fraction with the delimiters, the rule and the style that are given."""
    opened, closed, rule, style = (scan.argument() for _ in range(4))
    above, below = scan.inner(scan.argument()), scan.inner(scan.argument())
    if length_of(rule) == 0:
        body = verbatim("mat(delim: #none, row-gap: #0.15em, ") + above + verbatim("; ") + below + verbatim(")")
    else:
        body = rf"\frac{{{above}}}{{{below}}}"
    before, behind = (DELIMITERS.get(one.strip(), "") for one in (opened, closed))
    function = ("display", "inline", "script", "sscript")[int(style)] if style.strip() in tuple("0123") else "display"
    scan.atom("normal", verbatim(f"{function}(lr({before} ") + body + verbatim(f" {behind}))"))


def script_in(text: str, mark: str) -> str:
    """The script behind ``mark`` in such a text as ``_a^b``, '' where there is none."""
    text = text.replace("'", r"^{\prime}") if "^" not in text else text
    place = text.find(mark)
    return Scan(text, position=place + 1).argument() if place >= 0 else ""
