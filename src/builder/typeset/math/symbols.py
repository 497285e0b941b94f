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
    "minuscolon": r"\mathrel{−:}", "ratio": ":", "vcentcolon": ":", "vcentercolon": ":", "ordinarycolon": "{:}",
    "MTThinColon": ":", "dblcolon": "::", "coloneq": ":=", "Coloneq": "::=", "eqcolon": "=:", "Eqcolon": "=::",
    "Coloneqq": "::=", "eqqcolon": "=:", "Eqqcolon": "=::", "approxcolon": "≈:", "colonapprox": ":≈",
    "Colonapprox": "::≈", "colonsim": ":∼", "Colonsim": "::∼", "simcolon": "∼:",
    "dotproduct": "⋅", "crossproduct": "×", "gradientnabla": "∇", "divsymbol": "÷", "divisionsymbol": "÷",
    "real": "ℜ", "imaginary": "ℑ", "surd": "√", "bigcirc": "◯", "And": r"\&", "diagup": "╱", "diagdown": "╲",
    "llless": "⋘", "gggtr": "⋙",
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
    "textasteriskcentered": "*", "textexclamdown": "¡", "textquestiondown": "¿", "textordfeminine": "ª",
    "textordmasculine": "º", "textparagraph": "¶", "textsection": "§", "textperiodcentered": "·",
    "textvisiblespace": "␣", "textblank": "␢", "textacutedbl": "˝", "textasciiacute": "´", "textasciibreve": "˘",
    "textasciicaron": "ˇ", "textasciidieresis": "¨", "textasciimacron": "¯", "textgravedbl": "˵", "texttildelow": "˷",
    "textbaht": "฿", "textcent": "¢", "textcentoldstyle": "¢", "textdollaroldstyle": r"\$", "textcolonmonetary": "₡",
    "textcurrency": "¤", "textdong": "₫", "texteuro": "€", "textflorin": "ƒ", "textguarani": "₲", "textlira": "₤",
    "textnaira": "₦", "textpeso": "₱", "textwon": "₩", "textyen": "¥", "textcircledP": "℗", "textcompwordmark": "",
    "textcopyleft": "🄯", "textcopyright": "©", "textservicemark": "℠", "texttrademark": "™", "textbigcircle": "◯",
    "textbrokenbar": "¦", "textdiscount": "⁒", "textestimated": "℮", "textinterrobang": "‽",
    "textinterrobangdown": "⸘", "textmusicalnote": "♪", "textnumero": "№", "textopenbullet": "◦",
    "textpertenthousand": "‱", "textperthousand": "‰", "textrecipe": "℞", "textreferencemark": "※",
    "textlangle": "⟨", "textrangle": "⟩", "textlbrackdbl": "⟦", "textrbrackdbl": "⟧", "textlquill": "⁅",
    "textrquill": "⁆", "textcelsius": "℃", "textdiv": "÷", "textpm": "±", "textdownarrow": "↓", "textuparrow": "↑",
    "textleftarrow": "←", "textrightarrow": "→", "textfractionsolidus": "⁄", "textlnot": "¬", "textmho": "℧",
    "textminus": "−", "textonehalf": "½", "textonequarter": "¼", "textthreequarters": "¾", "textonesuperior": "¹",
    "texttwosuperior": "²", "textthreesuperior": "³", "textsurd": "√", "textborn": "*", "textdied": "†",
    "textdivorced": "⚮", "textmarried": "⚭",
    **{f"text{name}oldstyle": str(digit) for digit, name in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))},
    "lesseqqgtr": "⪋", "gtreqqless": "⪌", "backepsilon": "∍", "arrowvert": "⏐", "Arrowvert": "‖", "bracevert": "⎪",
    "Simcolon": "∼::", "Approxcolon": "≈::", "colondash": r"\mathrel{:−}", "Colondash": r"\mathrel{::−}",
    "dashcolon": r"\mathrel{−:}", "Dashcolon": r"\mathrel{−::}", "nuparrow": "⤉", "ndownarrow": "⤈",
}  # fmt: skip
CHARACTER_CLASSES = {
    **dict.fromkeys(
        "≤≥≠≡∈∉∋→←⇒⇐⇔↔↦↑↓↕⇑⇓⇕↖↗↘↙↚↛↞↠↢↣↩↪↫↬↭↮↰↱↶↷↺↻↼↽↾↿⇀⇁⇂⇃⇄⇆⇇⇈⇉⇊⇋⇌⇍⇎⇏⇚⇛⇝⇠⇢⥂⥄⟵⟶⟷⟸⟹⟺⟼⤉⤈"
        "∝∣∤∥∦∴∵∼∽≁≂≃≅≇≈≊≍≎≏≐≑≒≓≔≕≖≗≜≦≧≨≩≪≫≬≮≯≰≱≲≳≶≷≺≻≼≽≾≿⊀⊁⊂⊃⊄⊅⊆⊇⊈⊉⊊⊋⊏⊐⊑⊒⊢⊣⊧⊨⊩⊪⊬⊭⊮⊯⊲⊳⊴⊵⊸⋈⋍⋐⋑⋔⋖⋗"
        "⋘⋙⋚⋛⋞⋟⋠⋡⋦⋧⋨⋩⋪⋫⋬⋭⌢⌣⟂⩴⩽⩾⪅⪆⪇⪈⪉⪊⪋⪌⪕⪖⪯⪰⪵⪶⪷⪸⪹⪺⫅⫆⫋⫌∍",
        "relation",
    ),
    **dict.fromkeys("−×·±∓∔÷∗∘∙⋅⋆∖≀∧∨∩∪⊎⊓⊔⊕⊖⊗⊘⊙⊚⊛⊝⊞⊟⊠⊡⊺⊻⊼⋄⋇⋉⋊⋋⋌⋎⋏⋒⋓△▽▹◃◯†‡⨿⩞", "binary"),
    **dict.fromkeys("∑∏∐∫∬∭⨌∮∯∰∱∲∳⋀⋁⋂⋃⨀⨁⨂⨄⨆⨉", "operator"), **dict.fromkeys("…⋯⋰⋱", "inner"),
}  # fmt: skip
"""Characters that stand as themselves → their classes."""
_COMMAND = re.compile(rf"\\({'|'.join(sorted(SYMBOLS, key=len, reverse=True))})(?![a-zA-Z])")


def with_symbols(latex: str) -> str:
    """``latex`` with the commands of `SYMBOLS` as their characters."""
    return _COMMAND.sub(lambda match: SYMBOLS[match[1]], latex)
