"""A formula read once from left to right, with the class of the last atom in mind.

Typst puts no space of its own beside a space that is given, so the space between two classes is added to that. What a
command with arguments becomes is a function entered with `command`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from builder.typeset.math.braces import matching_brace
from builder.typeset.math.calls import (
    CLASSED,
    FRACTIONS,
    LETTERS,
    OF_ONE_LETTER,
    WRAPPED,
)
from builder.typeset.math.classes import CLASSES, between, is_sign
from builder.typeset.math.delimiters import BARS, DELIMITERS, SIZES, of_class
from builder.typeset.math.lengths import LENGTH, SPACES, WITH_LENGTH, length_of
from builder.typeset.math.texts import TEXTS, typst_texts
from builder.typeset.math.verbatim import verbatim

_TOKEN = re.compile(r"\\(?:[a-zA-Z]+|.)|\s+|.", re.DOTALL)
_FOLLOWING = re.compile(r"\s*(?:\\([a-zA-Z]+)|(\S))")
BOXES = (verbatim("#box("), verbatim("#context box("))
ROOT_SIGNS = "√∛∜"
"""Signs that Typst would draw as roots of what follows; others, such as ½, it would take for a number in text."""


def outermost(text: str) -> Iterator[tuple[int, str]]:
    """The tokens of ``text`` that stand in no group, with their places."""
    depth = 0
    for token in _TOKEN.finditer(text):
        depth += {"{": 1, "}": -1}.get(token[0], 0)
        if depth == 0:
            yield token.start(), token[0]


Command = Callable[["Scan", str], None]
"""Writes what a command of a name becomes, and takes its arguments."""

COMMANDS: dict[str, Command] = {}


def command(*names: str) -> Callable[[Command], Command]:
    """Register what writes commands of some names."""

    def register(write: Command) -> Command:
        COMMANDS.update(dict.fromkeys(names, write))
        return write

    return register


@dataclass(slots=True)
class Scan:
    """The reading of one group or cell: ``first`` and ``last`` are the classes of its first atom and of the one before,
    ``pending`` is the space since that.
    """

    text: str
    script: bool = False
    position: int = 0
    first: str | None = None
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
        elif token == "\\\\":
            self.pending = self.pending or 0.0  # a line cannot end here
        elif token in (r"\&", r"\{", r"\}"):
            self.atom(CLASSES.get(token[1:], "normal"), verbatim(token))  # as it is escaped in Typst too
        elif token in BARS:
            self.atom(BARS[token][1], verbatim(of_class(BARS[token][1], BARS[token][0])))
        elif token[0] == "\\":
            self.named(name)
        else:
            self.sign(token, CLASSES.get(token, "normal"))

    # --- atoms and the space between them

    def atom(self, kind: str, body: str) -> None:
        """An atom of a class, after the space that was given before it."""
        kind = "normal" if kind == "binary" and is_sign(self.last) else kind
        is_box = body.startswith(BOXES)
        if is_box or (self.pending is None and self.last is not None and "inner" in (kind, self.last)):
            self.pending = self.pending or 0.0  # Typst has no such class, and keeps spaces beside boxes
        if self.pending is not None:
            total = self.pending + between(self.last, kind, script=self.script)
            self.out.append(verbatim(f" #h({total:g}em/18) "))
            self.pending = None
        self.out.append(body)
        self.pending = 0.0 if is_box else None
        self.first, self.last = self.first or kind, kind

    def sign(self, token: str, kind: str) -> None:
        """A character or a command; a binary operator behind a given space is said to be one."""
        if token in ROOT_SIGNS or (token.isnumeric() and not token.isascii()):
            self.atom("normal", verbatim(f"\\{token}"))
        elif kind == "binary" and not self.script and not self.text[self.position :].strip():
            self.atom("normal", verbatim('class("normal", ') + token + verbatim(")"))  # nothing stands behind it
        elif kind == "binary" and not is_sign(self.last) and (self.pending is not None or self.last == "inner"):
            self.atom(kind, verbatim('class("binary", ') + token + verbatim(")"))
        elif kind == "relation" and re.compile(r"\s*[\^_]").match(self.text, self.position):
            self.atom(kind, verbatim("scripts(") + token + verbatim(")"))  # Typst has limits there
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
        if re.fullmatch(r"[-+*=<>,;:/≡⋅]", body.strip()):
            self.atom("normal", "{" + verbatim('class("normal", ') + body + verbatim(")") + "}")
        elif body.strip():
            inside = Scan(body, self.script)
            written = inside.whole()
            if {inside.first, inside.last} & {"relation", "punctuation", "operator"}:
                written = verbatim('class("normal", ') + written + verbatim(")")  # no spaces outside of a group
            self.atom("normal", "{" + written + "}")
        else:
            following = _FOLLOWING.match(self.text, self.position)
            kind = CLASSES.get(following[1] or following[2]) if following else None
            has_space = kind in ("binary", "relation", "operator")  # as behind a letter
            self.atom("normal", verbatim('class("normal", "") ') if has_space else "{}")

    def named(self, name: str) -> None:
        """A command with its arguments."""
        handler = COMMANDS.get(name)
        if handler is not None:
            handler(self, name)
        elif name in WRAPPED:
            before, behind = WRAPPED[name]
            self.atom("normal", verbatim(before) + self.inner(self.argument()) + verbatim(behind))
        elif name in CLASSED:
            kind = "normal" if CLASSED[name] == "binary" and is_sign(self.last) else CLASSED[name]
            body = verbatim(f'class("{kind}", ') + self.inner(self.argument()) + verbatim(")")
            self.atom(kind, verbatim("scripts(") + body + verbatim(")") if kind == "relation" else body)
        elif name in TEXTS:
            self.words(name)
        elif name in LETTERS:
            self.atom("normal", verbatim(of_class("normal", LETTERS[name])))
        elif name in SIZES:
            self.delimiter(name)
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

    def delimiter(self, name: str) -> None:
        """A delimiter of a given size; one that is none is left to the reader, which refuses it."""
        size, kind = SIZES[name]
        token = self.argument().strip()
        body = DELIMITERS.get(token)
        if body is not None:
            self.atom(kind, verbatim(f"lr(size: #{size:g}em, {of_class(kind, body)})"))
        elif token != ".":
            self.atom(kind, rf"\{name} {token} ")
