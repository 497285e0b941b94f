"""Commands of LaTeX that take arguments, and what they are in Typst."""

from __future__ import annotations

WHOLE = 'text(top-edge: "bounds", bottom-edge: "bounds", '
"""What stands before a formula in a box that is as high as the formula."""
STYLES = {
    "displaystyle": "display", "textstyle": "inline", "scriptstyle": "script", "scriptscriptstyle": "sscript",
}  # fmt: skip
"""A switch that holds to the end of its group → the function of Typst."""
LETTER_SIZES = {
    "Tiny": 0.5, "tiny": 0.6, "scriptsize": 0.7, "SMALL": 0.7, "footnotesize": 0.8, "Small": 0.8, "small": 0.9,
    "normalsize": 1.0, "large": 1.095, "Large": 1.2, "LARGE": 1.44, "huge": 1.728, "Huge": 2.074, "HUGE": 2.488,
}  # fmt: skip
"""A switch that holds to the end of its group → the size of letters in em."""
LAPS = {
    "mathclap": (0.5, 0.5), "clap": (0.5, 0.5), "mathllap": (1, 0), "llap": (1, 0), "mathrlap": (0, 1), "rlap": (0, 1),
}  # fmt: skip
"""A command whose argument takes no width → which parts of it reach to the left and to the right."""
SCRIPT_SCALE = 0.7
"""The size of scripts in that of what they belong to."""
FRACTIONS = {
    "dfrac": ("display", r"\frac"), "tfrac": ("inline", r"\frac"), "dbinom": ("display", r"\binom"),
    "tbinom": ("inline", r"\binom"), "cfrac": ("display", r"\frac"),
}  # fmt: skip
"""A fraction of a given style → the function of Typst and the command."""
CLASSED = {
    "mathrel": "relation", "mathbin": "binary", "mathord": "normal", "mathopen": "opening", "mathclose": "closing",
    "mathpunct": "punctuation",
}  # fmt: skip
"""A command that gives its argument a class → the class."""
WRAPPED = {
    "phantom": ("#hide($", "$)"), "hphantom": ("#hide($", "$)"), "mathinner": ("", ""),
    "mathsf": ("upright(sans(", "))"), "mathsfit": ("italic(sans(", "))"),
    "overparen": ("limits(overparen(", "))"), "underparen": ("limits(underparen(", "))"),
    "overbracket": ("limits(overbracket(", "))"), "underbracket": ("limits(underbracket(", "))"),
    "boxed": (f"#box(stroke: 0.5pt, inset: 3pt, {WHOLE}$display(", ")$))"),
    "overrightarrow": ("accent(", ", arrow.r, size: #100%)"), "overleftarrow": ("accent(", ", arrow.l, size: #100%)"),
    "overleftrightarrow": ("accent(", ", arrow.l.r, size: #100%)"),
    "underrightarrow": ("attach(limits(", "), b: stretch(arrow.r, size: #1.5em))"),
    "underleftarrow": ("attach(limits(", "), b: stretch(arrow.l, size: #1.5em))"),
    "underleftrightarrow": ("attach(limits(", "), b: stretch(arrow.l.r, size: #1.5em))"),
}  # fmt: skip
"""A command of one argument → what stands before and behind it in Typst."""
ARROWS = {
    "xlongrightarrow": "arrow.r", "xlongleftarrow": "arrow.l", "xLongrightarrow": "arrow.r.double",
    "xLongleftarrow": "arrow.l.double",
    "xrightarrow": "arrow.r", "xleftarrow": "arrow.l", "xRightarrow": "arrow.r.double", "xLeftarrow": "arrow.l.double",
    "xleftrightarrow": "arrow.l.r", "xLeftrightarrow": "arrow.l.r.double", "xmapsto": "arrow.r.bar",
    "xhookrightarrow": "arrow.r.hook", "xhookleftarrow": "arrow.l.hook", "xrightharpoonup": "harpoon.rt",
    "xrightharpoondown": "harpoon.rb", "xleftharpoonup": "harpoon.lt", "xleftharpoondown": "harpoon.lb",
    "xrightleftharpoons": "harpoons.rtlb", "xleftrightharpoons": "harpoons.ltrb", "xlongequal": "eq",
    "xtwoheadrightarrow": "arrow.r.twohead", "xtwoheadleftarrow": "arrow.l.twohead", "xtofrom": "arrows.rl",
    "xrightequilibrium": "⥂", "xleftequilibrium": "⥄", "xrightleftarrows": "arrows.rl", "xleftrightarrows": "arrows.lr",
}  # fmt: skip
"""Arrows that grow with what stands over them."""
LETTERS = {"backslash": r"\\", "triangle": "triangle.stroked.t"}
"""A sign that is like a letter in TeX → its name in Typst, where it has another class."""
IN_NAMES = {",": "\u2009", ";": "\u2004", ":": "\u2005", " ": "\u00a0"}
"""Spaces in the name of an operator."""
OF_ONE_LETTER = {
    "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "mathbb", "mathfrak", "mathscr", "boldsymbol", "bm",
    "operatorname", "hat", "bar", "vec", "tilde", "dot", "ddot", "sqrt", "overline", "underline",
}  # fmt: skip
"""Other commands that take one argument, also where they are a script without braces."""
