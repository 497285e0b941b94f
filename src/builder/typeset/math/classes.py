"""Classes of atoms, and the space that TeX puts between two of them (The TeXbook, chapter 18 and appendix B)."""

from __future__ import annotations

from builder.typeset.math.symbols import CHARACTER_CLASSES

_BINARY = (
    "+ - * pm mp times div cdot ast star circ bullet cup cap setminus smallsetminus land lor wedge vee oplus ominus "
    "otimes oslash odot sqcup sqcap uplus amalg dagger ddagger wr diamond ltimes rtimes boxplus boxtimes boxdot "
    "bigtriangleup bigtriangledown triangleleft triangleright barwedge veebar Cap Cup dotplus intercal bmod doublecap "
    "doublecup leftthreetimes rightthreetimes curlywedge curlyvee doublebarwedge boxminus circleddash circledast "
    "circledcirc centerdot divideontimes vartriangle bigcirc"
)
_RELATION = (
    "= < > : neq ne le ge leq geq leqslant geqslant lesssim gtrsim ll gg lll ggg approx sim simeq cong equiv asymp "
    "propto doteq triangleq coloneqq in notin ni subset subseteq supset supseteq subsetneq supsetneq sqsubseteq "
    "sqsupseteq parallel nparallel perp mid nmid vdash dashv models vDash Vdash prec succ preceq succeq to rightarrow "
    "leftarrow gets mapsto Rightarrow Leftarrow Leftrightarrow leftrightarrow iff implies impliedby uparrow downarrow "
    "updownarrow nearrow searrow longrightarrow longleftarrow longmapsto Longrightarrow Longleftrightarrow "
    "hookrightarrow hookleftarrow leadsto rightsquigarrow rightharpoonup rightleftharpoons lessgtr gtrless therefore "
    "because not bowtie smile frown stackrel xrightarrow xleftarrow mathrel upharpoonright upharpoonleft "
    "downharpoonright downharpoonleft restriction leqq geqq eqslantless eqslantgtr lessapprox gtrapprox approxeq "
    "lessdot gtrdot llless gggtr lesseqgtr gtreqless lesseqqgtr gtreqqless doteqdot Doteq eqcirc risingdotseq circeq "
    "fallingdotseq backsim thicksim backsimeq thickapprox subseteqq supseteqq Subset Supset sqsubset sqsupset "
    "preccurlyeq succcurlyeq curlyeqprec curlyeqsucc precsim succsim precapprox succapprox vartriangleleft lhd "
    "vartriangleright rhd trianglelefteq unlhd trianglerighteq unrhd Vvdash smallsmile shortmid smallfrown "
    "shortparallel bumpeq between Bumpeq pitchfork varpropto backepsilon eqsim Join nless ngtr nleq ngeq nleqslant "
    "ngeqslant nleqq ngeqq lneq gneq lneqq gneqq lvertneqq gvertneqq lnsim gnsim lnapprox gnapprox nprec nsucc npreceq "
    "nsucceq precneqq succneqq precnsim succnsim precnapprox succnapprox nsim ncong nshortmid nshortparallel nvdash "
    "nvDash nVdash nVDash ntriangleleft ntriangleright ntrianglelefteq ntrianglerighteq nsubseteq nsupseteq nsubseteqq "
    "nsupseteqq varsubsetneq varsupsetneq subsetneqq supsetneqq varsubsetneqq varsupsetneqq leftleftarrows "
    "rightrightarrows leftrightarrows rightleftarrows Lleftarrow Rrightarrow twoheadleftarrow twoheadrightarrow "
    "leftarrowtail rightarrowtail looparrowleft looparrowright leftrightharpoons curvearrowleft curvearrowright "
    "circlearrowleft circlearrowright Lsh Rsh upuparrows downdownarrows multimap leftrightsquigarrow dashrightarrow "
    "dashleftarrow nleftarrow nrightarrow nLeftarrow nRightarrow nleftrightarrow nLeftrightarrow lt gt Uparrow "
    "Downarrow Updownarrow owns leftharpoonup leftharpoondown rightharpoondown nwarrow swarrow Longleftarrow "
    "longleftrightarrow"
)
_OPERATOR = (
    "sum prod coprod int iint iiint oint oiint bigcup bigcap bigoplus bigotimes bigodot bigvee bigwedge biguplus "
    "bigsqcup lim limsup liminf max min sup inf det dim ker deg gcd hom arg Pr sin cos tan cot sec csc arcsin arccos "
    "arctan sinh cosh tanh coth log ln lg exp operatorname mathop varlimsup varliminf varinjlim varprojlim injlim "
    "projlim iiiint idotsint intop ointop smallint"
)
_OPENING = "( [ { langle lfloor lceil lvert lVert lbrace lbrack lparen lgroup lmoustache ulcorner llcorner"
_CLOSING = ") ] } rangle rfloor rceil rvert rVert rbrace rbrack rparen rgroup rmoustache urcorner lrcorner ! ?"
CLASSES = {
    name: kind
    for kind, names in {
        "binary": _BINARY, "relation": _RELATION, "operator": _OPERATOR, "opening": _OPENING, "closing": _CLOSING,
        "punctuation": ", ; colon cdotp ldotp",
        "inner": "dots ldots cdots ddots dotsc dotsb dotsm dotsi dotso mathellipsis",
    }.items()
    for name in names.split()
} | CHARACTER_CLASSES  # fmt: skip
"""A character or a command without its backslash → its class; all others are normal."""

_KINDS = ("normal", "operator", "binary", "relation", "opening", "closing", "punctuation", "inner")
_BETWEEN = (
    "03450003",
    "33050003",
    "44004004",
    "55005005",
    "00000000",
    "03450003",
    "33033333",
    "33453033",
)
"""For each class on the left, in the order of `_KINDS`, eighteenths of an em before each class on the right."""


def between(left: str | None, right: str, *, script: bool) -> int:
    """The space between atoms of two classes in eighteenths of an em; in scripts only that about operators."""
    if left is None:
        return 0
    found = int(_BETWEEN[_KINDS.index(left)][_KINDS.index(right)])
    return found if not script or (found == 3 and "operator" in (left, right)) else 0


def is_sign(left: str | None) -> bool:
    """True if a binary operator that follows an atom of this class is a sign before a number."""
    return left in (None, "operator", "binary", "relation", "opening", "punctuation")
