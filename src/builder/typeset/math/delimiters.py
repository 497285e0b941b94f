"""Delimiters of LaTeX as Typst names them, with the class that each command gives them."""

from __future__ import annotations

DELIMITERS = {
    "(": r"\(", ")": r"\)", "[": r"\[", "]": r"\]", r"\{": r"\{", r"\}": r"\}", r"\lbrace": r"\{", r"\rbrace": r"\}",
    r"\lbrack": r"\[", r"\rbrack": r"\]", r"\lparen": r"\(", r"\rparen": r"\)", "|": "bar.v", r"\vert": "bar.v",
    r"\lvert": "bar.v", r"\rvert": "bar.v", r"\|": "bar.v.double", r"\Vert": "bar.v.double", r"\lVert": "bar.v.double",
    r"\rVert": "bar.v.double", r"\langle": "chevron.l", r"\rangle": "chevron.r", "<": "chevron.l", ">": "chevron.r",
    r"\lfloor": "floor.l", r"\rfloor": "floor.r", r"\lceil": "ceil.l", r"\rceil": "ceil.r", "/": r"\/",
    r"\backslash": r"\\", r"\uparrow": "arrow.t", r"\downarrow": "arrow.b", r"\updownarrow": "arrow.t.b",
    r"\Uparrow": "arrow.t.double", r"\Downarrow": "arrow.b.double", r"\Updownarrow": "arrow.t.b.double",
    r"\lgroup": r"\⟮", r"\rgroup": r"\⟯", r"\lmoustache": r"\⎰", r"\rmoustache": r"\⎱", r"\ulcorner": r"\⌜",
    r"\urcorner": r"\⌝", r"\llcorner": r"\⌞",
    "⟨": "chevron.l", "⟩": "chevron.r", "‖": "bar.v.double", "∥": "bar.v.double", "∣": "bar.v", "⌊": "floor.l",
    "⌋": "floor.r", "⌈": "ceil.l", "⌉": "ceil.r", "⟦": r"\⟦", "⟧": r"\⟧",
    r"\lt": "chevron.l", r"\gt": "chevron.r", r"\arrowvert": r"\⏐", r"\Arrowvert": "bar.v.double",
    r"\bracevert": r"\⎪", "⏐": r"\⏐", "⎪": r"\⎪",
    r"\lrcorner": r"\⌟", r"\llbracket": r"\⟦", r"\rrbracket": r"\⟧",
    r"\lBrack": r"\⟦", r"\rBrack": r"\⟧", r"\lang": "chevron.l", r"\rang": "chevron.r",
}  # fmt: skip

SIZES = {
    f"{name}{side}": (size, kind)
    for name, size in (("big", 1.2), ("Big", 1.8), ("bigg", 2.4), ("Bigg", 3.0))
    for side, kind in (("", "normal"), ("l", "opening"), ("r", "closing"), ("m", "relation"))
}
"""A command without its backslash → the height of its delimiter in em, and the class."""

BARS = {
    "|": ("bar.v", "normal"), r"\vert": ("bar.v", "normal"), r"\|": ("bar.v.double", "normal"),
    r"\Vert": ("bar.v.double", "normal"), r"\lvert": ("bar.v", "opening"), r"\rvert": ("bar.v", "closing"),
    r"\lVert": ("bar.v.double", "opening"), r"\rVert": ("bar.v.double", "closing"),
}  # fmt: skip
"""A bar → its name in Typst and its class, which it has by its place alone."""


def of_class(kind: str, body: str) -> str:
    """``body`` of Typst with a class given."""
    return f'class("{kind}", {body})'
