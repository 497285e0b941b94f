"""Symbols for which pandoc's reader knows no command, or another sign than MathJax shows: as the character itself."""

from __future__ import annotations

import re

SYMBOLS = {
    "longrightarrow": "⟶", "longleftarrow": "⟵", "longleftrightarrow": "⟷", "longmapsto": "⟼", "Longrightarrow": "⟹",
    "Longleftarrow": "⟸", "Longleftrightarrow": "⟺", "varnothing": "∅", "setminus": "∖", "smallsetminus": "∖",
    "amalg": "⨿", "barwedge": "⊼", "models": "⊧", "preceq": "⪯", "succeq": "⪰", "triangleright": "▹",
    "triangleleft": "◃", "leadsto": "⇝", "Diamond": "◊", "diamond": "⋄", "triangledown": "▽", "lozenge": "◊",
    "square": "□", "Box": "□", "blacksquare": "■", "checkmark": "✓", "maltese": "✠", "circledR": "®", "circledS": "Ⓢ",
    "dag": "†", "ddag": "‡", "pounds": "£", "yen": "¥", "copyright": "©", "S": "§", "P": "¶", "thicksim": "∼",
    "thickapprox": "≈", "shortmid": "∣", "shortparallel": "∥", "doublecap": "⋒", "doublecup": "⋓", "ldotp": ".",
    "iddots": "⋰", "adots": "⋰", "Bbbk": "𝕜", "oiint": "∯", "oiiint": "∰", "idotsint": "∫⋯∫", "eth": "ð", "mho": "℧",
    "degree": "°", "AA": "Å", "ohm": "Ω", "micro": "µ", "perthousand": "‰", "celsius": "℃", "euro": "€",
    "textdegree": "°", "intop": "∫", "ointop": "∮",
    "minuscolon": "−:", "coloneq": ":=", "Coloneqq": "::=", "eqqcolon": "=:", "vcentcolon": ":", "ratio": ":",
    "dblcolon": "::", "approxcolon": "≈:", "ordinarycolon": ":", "colonapprox": ":≈", "Colonapprox": "::≈",
    "colonsim": ":∼", "Colonsim": "::∼", "simcolon": "∼:", "eqcolon": "−:", "Eqqcolon": "=::", "Coloneq": "::−",
    "surd": "√", "bigcirc": "◯", "And": r"\&", "diagup": "╱", "diagdown": "╲", "llless": "⋘", "gggtr": "⋙",
    "nleqq": "≰", "ngeqq": "≱", "lvertneqq": "≨", "gvertneqq": "≩", "nsubseteqq": "⊈", "nsupseteqq": "⊉",
    "leqslant": "⩽", "geqslant": "⩾",
    "smallint": "∫", "varointclockwise": "∲", "ointctrclockwise": "∳", "ointclockwise": "∲", "nobreakdash": "",
    "varsubsetneq": "⊊", "varsubsetneqq": "⫋", "varsupsetneq": "⊋", "varsupsetneqq": "⫌",
    "blacklozenge": "⧫",
    "centerdot": "⋅", "doublebarwedge": "⩞", "nshortparallel": "∦", "nshortmid": "∤", "textdollar": r"\$",
    "textbar": "|", "textbardbl": "‖", "textbraceleft": r"\{", "textbraceright": r"\}", "textdagger": "†",
    "textdaggerdbl": "‡", "textellipsis": "…", "textemdash": "—", "textendash": "–", "textgreater": ">",
    "textless": "<", "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘", "textquoteright": "’",
    "textregistered": "®", "textsterling": "£", "textunderscore": r"\_", "textbackslash": "∖", "textasciitilde": "˜",
    "textasciicircum": "ˆ", "textbullet": "•", "texttimes": "×", "textmu": "µ", "textohm": "Ω",
}  # fmt: skip
CHARACTER_CLASSES = {
    **dict.fromkeys("⟶⟵⟷⟼⟹⟸⟺⊧⪯⪰⇝∼≈∣∥", "relation"), **dict.fromkeys("∖⨿⊼▹◃⋄†‡⋒⋓", "binary"), **dict.fromkeys("∯∰∫∮",
    "operator"),
    **dict.fromkeys("−", "binary"), **dict.fromkeys("≤≥≠≡∈→←⇒⇔↔↦⇌∝⊂⊆⩽⩾⋘⋙≰≱≨≩⊈⊉", "relation"),
    **dict.fromkeys("×·±∘⋅÷∪∩∧∨⊕⊗", "binary"),
}  # fmt: skip
"""Characters that stand as themselves → their classes."""
_COMMAND = re.compile(rf"\\({'|'.join(sorted(SYMBOLS, key=len, reverse=True))})(?![a-zA-Z])")


def with_symbols(latex: str) -> str:
    """``latex`` with the commands of `SYMBOLS` as their characters."""
    return _COMMAND.sub(lambda match: SYMBOLS[match[1]], latex)
