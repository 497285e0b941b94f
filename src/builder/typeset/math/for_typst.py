"""LaTeX → LaTeX that pandoc's Typst writer sets as MathJax does: spaces, classes, sizes, colours, grids.

A formula is read once from left to right, with the class of the last atom in mind, since Typst puts no space of its own
beside a space that is given.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from builder.typeset.math.calls import ARROWS, CLASSED, FRACTIONS, IN_NAMES, OF_ONE_LETTER, STYLES, WRAPPED
from builder.typeset.math.classes import CLASSES, between, is_sign
from builder.typeset.math.colours import colour_of
from builder.typeset.math.delimiters import BARS, DELIMITERS, SIZES, of_class
from builder.typeset.math.environments import ARRAYS, array_style, environment_at, written
from builder.typeset.math.lengths import LENGTH, SPACES, WITH_LENGTH, length_of
from builder.typeset.math.macros import matching_brace
from builder.typeset.math.texts import TEXTS, typst_texts
from builder.typeset.math.verbatim import verbatim

_TOKEN = re.compile(r"\\(?:[a-zA-Z]+|.)|\s+|.", re.DOTALL)


def for_typst(latex: str) -> str:
    """``latex`` without macros as pandoc's Typst writer needs it; `verbatim.restored` ends the work."""
    return Scan(latex).whole()


@dataclass(slots=True)
class Scan:
    """The reading of one group or cell: ``last`` is the class of the atom before, ``pending`` the space since it."""

    text: str
    script: bool = False
    position: int = 0
    last: str | None = None
    pending: float | None = None
    out: list[str] = field(default_factory=list)

    def whole(self) -> str:
        """The group rewritten."""
        while self.position < len(self.text):
            token = _TOKEN.match(self.text, self.position)
            assert token is not None
            self.position = token.end()
            self.take(token[0])
        if self.pending:
            self.out.append(verbatim(f"#h({self.pending:g}em/18)"))
        return "".join(self.out)

    def take(self, token: str) -> None:
        """Rewrite what begins with ``token``."""
        name = token[1:]
        if token.isspace():
            self.out.append(" ")
        elif token == "~" or (token[0] == "\\" and (name in SPACES or name in WITH_LENGTH)):
            self.space("space" if token == "~" else name)
        elif token in ("^", "_"):
            self.out.append(token)
            self.script_of()
        elif token == "'" or token == "&":
            self.out.append(token)
        elif token == "{":
            self.group()
        elif token == r"\&":
            self.atom("normal", verbatim(r"\&"))
        elif token in BARS:
            self.atom(BARS[token][1], verbatim(of_class(BARS[token][1], BARS[token][0])))
        elif token[0] == "\\":
            self.command(name)
        else:
            self.sign(token, CLASSES.get(token, "normal"))

    # --- atoms and the space between them

    def atom(self, kind: str, body: str) -> None:
        """An atom of a class, after the space that was given before it."""
        kind = "normal" if kind == "binary" and is_sign(self.last) else kind
        if self.pending is None and self.last is not None and "inner" in (kind, self.last):
            self.pending = 0.0  # Typst has no such class
        if self.pending is not None:
            total = self.pending + between(self.last, kind, script=self.script)
            self.out.append(verbatim(f" #h({total:g}em/18) "))
            self.pending = None
        self.out.append(body)
        self.last = kind

    def sign(self, token: str, kind: str) -> None:
        """A character or a command; a binary operator behind a given space is said to be one."""
        if kind == "binary" and self.pending is not None and not is_sign(self.last):
            self.atom(kind, verbatim('class("binary", ') + token + verbatim(")"))
        else:
            self.atom(kind, token)

    def space(self, name: str) -> None:
        """A command that is a space."""
        width = SPACES.get(name)
        if width is None:
            if self.text.startswith("*", self.position):
                self.position += 1
            match = LENGTH.match(self.text, self.position)
            if match is not None:
                self.position = match.end()
            width = length_of(match[0] if match else self.argument())
        self.pending = (self.pending or 0.0) + (width or 0.0)

    # --- arguments

    def argument(self) -> str:
        """The next group without its braces, or the next token."""
        while self.text[self.position : self.position + 1].isspace():
            self.position += 1
        if self.text.startswith("{", self.position):
            end = matching_brace(self.text, self.position)
            found = self.text[self.position + 1 : end]
            self.position = end + 1
            return found
        token = _TOKEN.match(self.text, self.position)
        if token is None:
            return ""
        self.position = token.end()
        return token[0]

    def option(self) -> str:
        """The next group in square brackets without them, '' where there is none."""
        match = re.compile(r"\s*\[([^\]]*)\]").match(self.text, self.position)
        if match is None:
            return ""
        self.position = match.end()
        return match[1]

    def rest(self) -> str:
        """All that follows in this group."""
        found, self.position = self.text[self.position :], len(self.text)
        return found

    def inner(self, text: str, *, script: bool | None = None) -> str:
        """A group of its own rewritten."""
        return Scan(text, self.script if script is None else script).whole()

    def starred(self) -> bool:
        """True if a star follows, which is taken."""
        found = self.text.startswith("*", self.position)
        self.position += found
        return found

    # --- what begins with each kind of token

    def script_of(self) -> None:
        """The group or token that is a script."""
        while self.text[self.position : self.position + 1].isspace():
            self.position += 1
        if self.text.startswith("{", self.position):
            self.out.append("{" + self.inner(self.argument(), script=True) + "}")
            return
        start = self.position
        token = self.argument()
        name = token[1:]
        if token[:1] == "\\" and token not in BARS:
            arguments = 2 if name in FRACTIONS else name in OF_ONE_LETTER or name in TEXTS or name in WRAPPED
            if not arguments:
                self.out.append(token)  # such as a fraction, whose arguments follow
                return
            for _ in range(arguments):
                self.argument()
            token = self.text[start : self.position]
        self.out.append("{" + self.inner(token, script=True) + "}")

    def group(self) -> None:
        """A group in braces; a lone sign in it is like a letter."""
        self.position -= 1
        body = self.argument()
        if re.fullmatch(r"[-+*=<>,;:/]", body.strip()):
            self.atom("normal", verbatim('class("normal", ') + body + verbatim(")"))
        elif body.strip():
            self.atom("normal", "{" + self.inner(body) + "}")
        else:
            self.atom("normal", "{}")

    def command(self, name: str) -> None:
        """A command with its arguments."""
        handler = _HANDLERS.get(name)
        if handler is not None:
            handler(self, name)
        elif name in WRAPPED:
            before, behind = WRAPPED[name]
            self.atom("normal", verbatim(before) + self.inner(self.argument()) + verbatim(behind))
        elif name in CLASSED:
            kind = "normal" if CLASSED[name] == "binary" and is_sign(self.last) else CLASSED[name]
            self.atom(kind, verbatim(f'class("{kind}", ') + self.inner(self.argument()) + verbatim(")"))
        elif name in TEXTS:
            self.words(name)
        elif name in SIZES:
            self.delimiter(*SIZES[name])
        else:
            self.plain(name)

    def plain(self, name: str) -> None:
        r"""A command that pandoc knows; an operator with ``\limits`` has them where they are asked for."""
        kind = CLASSES.get(name, "normal")
        limits = re.compile(r"\s*\\(no)?limits(?![a-zA-Z])").match(self.text, self.position)
        if limits is None:
            self.sign(f"\\{name}", kind)
            return
        self.position = limits.end()
        self.atom(kind, verbatim("scripts(" if limits[1] else "limits(") + f"\\{name}" + verbatim(")"))

    def words(self, name: str) -> None:
        """Text in a formula, whose own spaces alone stand."""
        body = self.argument()
        texts = typst_texts(TEXTS[name], body, self.inner)
        if texts is None:
            self.atom("normal", rf"\{name}{{{body}}}")
            return
        self.pending = self.pending or 0.0
        self.atom("normal", texts)
        self.pending = 0.0

    def delimiter(self, size: float, kind: str) -> None:
        """A delimiter of a given size."""
        token = self.argument()
        body = DELIMITERS.get(token)
        if body is not None:
            self.atom(kind, verbatim(f"lr(size: #{size:g}em, {of_class(kind, body)})"))

    def fenced(self, _name: str) -> None:
        r"""``\left`` to its ``\right``."""
        opened = self.argument()
        body, start, depth = "", self.position, 1
        for mark in re.compile(r"\\(left|right)(?![a-zA-Z])").finditer(self.text, self.position):
            depth += 1 if mark[1] == "left" else -1
            if depth == 0:
                body, self.position = self.text[start : mark.start()], mark.end()
                break
        else:
            body = self.rest()
        closed = self.argument()
        parts = [
            verbatim(of_class("opening", DELIMITERS[opened])) if opened in DELIMITERS else "",
            self.inner(body),
            verbatim(of_class("closing", DELIMITERS[closed])) if closed in DELIMITERS else "",
        ]
        self.atom("normal", verbatim("lr(") + " ".join(parts) + verbatim(")"))

    def middle(self, _name: str) -> None:
        r"""A delimiter between ``\left`` and ``\right``."""
        name = DELIMITERS.get(self.argument(), "")
        self.atom("normal", verbatim(of_class("normal", f"mid({name})")))

    def operator(self, _name: str) -> None:
        """A named operator; with a star its scripts stand below and above."""
        limits = "true" if self.starred() else "false"
        body = self.argument()
        if re.fullmatch(r"(?:[\w\s-]|\\[,;:! ])*", body, re.ASCII):
            words = "".join(re.sub(r"\\([,;:! ])|\s", lambda space: IN_NAMES.get(space[1], ""), body))
            self.atom("operator", verbatim(f'op("{words}", limits: #{limits})'))
        else:
            self.atom("operator", verbatim("op(upright(") + self.inner(body) + verbatim(f"), limits: #{limits})"))

    def big_operator(self, _name: str) -> None:
        """What is made an operator."""
        body = self.argument()
        self.atom(
            "operator",
            verbatim("op(") + (self.inner(body) if body.strip() else verbatim('""')) + verbatim(", limits: #true)"),
        )

    def environment(self, _name: str) -> None:
        """Rows and columns."""
        found = environment_at(self.text, self.position - len(r"\begin"))
        grid = array_style(found[0], found[1]) if found else None
        if found is None or grid is None:
            self.atom("normal", r"\begin")
            return
        self.position = found[3]
        self.atom("normal", written(grid, found[2], self.inner))

    def stacked(self, name: str) -> None:
        """Lines over each other below a sign."""
        self.atom("normal", written(ARRAYS[name], self.argument(), self.inner))

    def style(self, name: str) -> None:
        """A switch of style."""
        self.atom("normal", verbatim(f"{STYLES[name]}(") + self.inner(self.rest()) + verbatim(")"))

    def coloured(self, name: str) -> None:
        """A colour for an argument, or for the rest of its group."""
        model = self.option()
        colour = colour_of(self.argument(), model)
        body = self.inner(self.argument() if name == "textcolor" else self.rest())
        self.atom(
            "normal", verbatim(f'text(fill: #rgb("{colour}"), ') + body + verbatim(")") if colour else "{" + body + "}"
        )

    def on_ground(self, name: str) -> None:
        """Text on a coloured ground, with a frame or without."""
        frame = f'stroke: 0.5pt + rgb("{colour_of(self.argument()) or "#000000"}"), ' if name == "fcolorbox" else ""
        colour = colour_of(self.argument())
        body = typst_texts(TEXTS["text"], self.argument(), self.inner) or ""
        fill = f'fill: rgb("{colour}"), ' if colour else ""
        self.atom("normal", verbatim(f"#h(3pt)#box({frame}{fill}outset: 3pt, $") + body + verbatim("$)#h(3pt)"))

    def styled_fraction(self, name: str) -> None:
        """A fraction of a given style."""
        function, itself = FRACTIONS[name]
        above, below = self.inner(self.argument()), self.inner(self.argument())
        self.atom("normal", verbatim(f" {function}(") + f"{itself}{{{above}}}{{{below}}}" + verbatim(") "))

    def arrow(self, name: str) -> None:
        """An arrow as long as what stands over or under it."""
        below, above = self.option(), self.argument()
        body = verbatim(f"stretch({ARROWS[name]}, size: #(100% + 0.55em))")
        body += "^{" + self.inner(above, script=True) + "}" if above.strip() else ""
        body += "_{" + self.inner(below, script=True) + "}" if below.strip() else ""
        self.atom("relation", body)

    def stacked_signs(self, name: str) -> None:
        """What stands over and under a sign, which keeps its class."""
        above = self.argument() if name != "underset" else ""
        below = self.argument() if name in ("underset", "overunderset") else ""
        base = self.argument()
        if name == "stackrel":
            body = verbatim('class("relation", limits(') + self.inner(base) + verbatim("))")
        else:
            body = verbatim("limits(") + self.inner(base) + verbatim(")")
        body += "^{" + self.inner(above, script=True) + "}" if above.strip() else ""
        body += "_{" + self.inner(below, script=True) + "}" if below.strip() else ""
        kind = CLASSES.get(base.strip().lstrip("\\").partition("{")[0], "normal")
        self.atom("relation" if name == "stackrel" else "normal" if kind == "binary" else kind, body)

    def corners(self, _name: str) -> None:
        """An operator with scripts at its four corners."""
        left, right, base = self.argument(), self.argument(), self.argument()
        places = [("bl", left, "_"), ("tl", left, "^"), ("br", right, "_"), ("tr", right, "^")]
        given = "".join(
            verbatim(f", {place}: ") + self.inner(found, script=True)
            for place, text, mark in places
            if (found := script_in(text, mark))
        )
        self.atom("operator", verbatim("limits(attach(") + self.inner(base) + given + verbatim("))"))

    def before(self, _name: str) -> None:
        """Scripts before a symbol."""
        above, below, base = self.argument(), self.argument(), self.argument()
        given = (
            verbatim(", tl: ") + self.inner(above, script=True) + verbatim(", bl: ") + self.inner(below, script=True)
        )
        self.atom("normal", verbatim("attach(") + self.inner(base) + given + verbatim(")"))

    def colon(self, _name: str) -> None:
        """A colon that is punctuation."""
        self.atom("punctuation", verbatim('class("punctuation", :)'))

    def fraction(self, _name: str) -> None:
        """A fraction with the delimiters, the rule and the style that are given."""
        opened, closed, rule, style = (self.argument() for _ in range(4))
        above, below = self.inner(self.argument()), self.inner(self.argument())
        if length_of(rule) == 0:
            body = verbatim("mat(delim: #none, row-gap: #0.15em, ") + above + verbatim("; ") + below + verbatim(")")
        else:
            body = rf"\frac{{{above}}}{{{below}}}"
        before, behind = (DELIMITERS.get(one.strip(), "") for one in (opened, closed))
        function = (
            ("display", "inline", "script", "sscript")[int(style)] if style.strip() in tuple("0123") else "display"
        )
        self.atom("normal", verbatim(f"{function}(lr({before} ") + body + verbatim(f" {behind}))"))


def script_in(text: str, mark: str) -> str:
    """The script behind ``mark`` in such a text as ``_a^b``, '' where there is none."""
    place = text.find(mark)
    return Scan(text, position=place + 1).argument() if place >= 0 else ""


def _handlers() -> dict[str, Callable[[Scan, str], None]]:
    found: dict[str, Callable[[Scan, str], None]] = {
        "left": Scan.fenced, "middle": Scan.middle, "operatorname": Scan.operator,
        "mathop": Scan.big_operator,
        "begin": Scan.environment, "substack": Scan.stacked, "color": Scan.coloured,
        "textcolor": Scan.coloured, "colorbox": Scan.on_ground, "fcolorbox": Scan.on_ground,
        "prescript": Scan.before, "sideset": Scan.corners, "colon": Scan.colon, "genfrac": Scan.fraction,
    }  # fmt: skip
    found |= dict.fromkeys(("overset", "underset", "stackrel", "overunderset"), Scan.stacked_signs)
    found |= dict.fromkeys(STYLES, Scan.style) | dict.fromkeys(FRACTIONS, Scan.styled_fraction)
    return found | dict.fromkeys(ARROWS, Scan.arrow)


_HANDLERS = _handlers()
