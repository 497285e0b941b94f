"""What a formula is where it cannot be set: a line of Unicode, and how one says it."""

# One formula and its words stand on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.typeset.math.formulas import Formulas
from builder.typeset.math.linear import LOWERED, RAISED, linear
from builder.typeset.math.macros import Macro, Macros
from builder.typeset.math.meaning import LOCALES
from builder.typeset.math.signs import LANGUAGES, SIGNS
from builder.typeset.math.speech import spoken

IN_A_LINE = {
    # scripts
    r"\chi^2_{n-1}": "χ²ₙ₋₁", r"x_i^2": "xᵢ²", r"\hat{\beta}_1": "β̂₁", r"x_{\max}": "xₘₐₓ", r"x_{\text{low}}": "x_low",
    r"e^{-x^2/2}": "e^(−x²/2)", r"A^\top A": "AᵀA", r"10^{-3}": "10⁻³", r"90^\circ": "90°", r"x^{y^z}": "x^(yᶻ)",
    r"f''(x)": "f″(x)", r"f^{-1}(x)": "f⁻¹(x)", r"\ce{SO4^2-}": "SO₄²⁻", r"{}^{14}_{6}C": "₆¹⁴C", r"x_{i_j}": "x_(iⱼ)",
    r"\left(\frac{a}{b}\right)^2": "(a/b)²", r"\frac{1}{2}^2": "(1/2)²", r"\sqrt{x}^2": "(√x)²", r"U^\dagger": "U†", r"V^\perp": "V^⊥",
    # fractions
    r"\frac{11.98}{2}": "11.98/2", r"\frac{a+b}{c}": "(a + b)/c", r"\frac{x_1}{2n}": "x₁/(2n)", r"\frac{a}{\frac{b}{c}}": "a/(b/c)",
    r"\frac{1}{2}x": "(1/2)x", r"y\frac{1}{2}": "y(1/2)", r"\frac{\partial^2 u}{\partial x^2}": "∂²u/∂x²", r"\dfrac12": "1/2",
    r"\text{mean} = \frac{\text{sum}}{n}": "mean = sum/n", r"\frac{f(x)}{g(x)}": "f(x)/g(x)", r"\frac{(x-1)^2}{n}": "(x − 1)²/n", r"\binom nk": "(n over k)", r"\frac{-b\pm\sqrt{b^2-4ac}}{2a}": "(−b ± √(b² − 4ac))/(2a)",
    # roots, accents, bars
    r"\sqrt{n}": "√n", r"\sqrt[3]{x+1}": "∛(x + 1)", r"\sqrt[n]{x}": "ⁿ√x", r"\bar{x}_n": "x̄ₙ", r"\vec v": "v⃗", r"\ddot x": "ẍ",
    r"\widehat{ab}": "(ab)̂", r"\overline{AB}": "A̅B̅", r"\underline{x}": "x̲", r"\cancel{x}": "x̸", r"\tilde X": "X̃",
    # operators and spaces
    r"R^2 \le 1": "R² ≤ 1", r"-x+(-y)": "−x + (−y)", r"f\colon A\to B": "f: A → B", r"P(A\mid B)": "P(A | B)", r"a\bmod b": "a mod b",
    r"a\backslash b": "a∖b", r"\mathcal{N}(0,1)": "N(0, 1)", r"x\in\mathbb{R}^n": "x ∈ ℝⁿ", r"\mathbb{E}[X]": "E[X]", r"\|x\|": "‖x‖",
    r"x\,y\!z\quad w": "x yz w", r"\left(\frac ab\middle|c\right)": "(a/b | c)", r"\overset{d}{=}": "=ᵈ", r"\xrightarrow{f}": "→ᶠ",
    r"|\psi\rangle": "|ψ⟩", r"\left.x\right|_0^1": "x|₀¹", r"\underbrace{a+b}_{n}": "a + b [n]", r"x\phantom{y}": "x", r"\boxed{y}": "y",
    # functions, sums, integrals, limits
    r"\sin x\log_2 n": "sin x log₂ n", r"\sin^2 x+\cos^2 x=1": "sin² x + cos² x = 1", r"\log\frac ab": "log(a/b)", r"\det(A-\lambda I)": "det(A − λI)",
    r"\sum_{i=1}^n x_i^2": "∑ᵢ₌₁ⁿ xᵢ²", r"\int_0^1 f(x)\,dx": "∫₀¹ f(x) dx", r"\lim_{x\to0}x": "lim_(x → 0) x", r"\operatorname{Var}(X)": "Var(X)",
    # rows and matrices
    r"\begin{pmatrix}a&b\\c&d\end{pmatrix}": "(a, b; c, d)", r"\begin{vmatrix}a&b\\c&d\end{vmatrix}": "|a, b; c, d|", r"a\\b": "a; b",
    r"\begin{cases}x&x>0\\y\end{cases}": "{x, x > 0; y", r"\begin{aligned}a&=b+c\\&=d\end{aligned}": "a = b + c; = d", r"a &= b \\ c &= d": "a = b; c = d",
    # text, chemistry, units, and what nobody knows
    r"\text{if $x>0$ then}": "if x > 0 then", r"\ce{CO2 + H2O <=> H2CO3}": "CO₂ + H₂O ⇌ H₂CO₃", r"\SI{3}{m/s}": "3 m/s",
    r"\foo{x}": "foox", r"x \tag{2}\label{eq:x}": "x", r"\class{red}{x}": "x", r"": "", r"\,": "",
}  # fmt: skip


@pytest.mark.parametrize(("latex", "line"), IN_A_LINE.items(), ids=IN_A_LINE)
def test_a_formula_in_one_line(latex: str, line: str) -> None:
    assert linear(latex) == unicodedata.normalize("NFC", line)


SAID = {
    r"\chi^2_{n-1}": ("chi sub n minus 1 squared", "Chi Index n minus 1 Quadrat", "khi indice n moins 1 au carré"),
    r"\hat{\beta}_1": ("beta hat sub 1", "Beta Dach Index 1", "bêta chapeau indice 1"),
    r"\frac{a}{b}": ("a over b", "a durch b", "a sur b"),
    r"\frac{a+b}{c}": ("fraction, a plus b, over c, end fraction", "Bruch, a plus b, durch c, Ende des Bruchs", "fraction, a plus b, sur c, fin de la fraction"),
    r"\frac{1}{2}": ("1 over 2", "ein halb", "un demi"),
    r"\sqrt{n}": ("square root of n", "Quadratwurzel aus n", "racine carrée de n"),
    r"R^2 \le 1": ("R squared is less than or equal to 1", "R Quadrat ist kleiner oder gleich 1", "R au carré est inférieur ou égal à 1"),
    r"3.5": ("3.5", "3,5", "3,5"),
    r"x\in\mathbb{R}": ("x is in the real numbers", "x ist Element von R", "x appartient à R"),
    r"p\lor\neg q": ("p or not q", "p oder nicht q", "p ou non q"),
    r"f\colon x\mapsto y": ("f colon x maps to y", "f Doppelpunkt x wird abgebildet auf y", "f deux-points x a pour image y"),
    r"A\otimes B": ("A tensor product B", "A Tensorprodukt B", "A produit tensoriel B"),
    r"\begin{pmatrix}a&b\\c&d\end{pmatrix}": ("matrix 2 by 2: row 1: a, b; row 2: c, d", "Matrix 2 mal 2: Zeile 1: a, b; Zeile 2: c, d", "matrice 2 par 2: ligne 1: a, b; ligne 2: c, d"),
    r"a\backslash b": ("a without b", "a ohne b", "a privé de b"),
    r"\ce{H2O}": ("H sub 2 O", "H Index 2 O", "H indice 2 O"),
    r"\ce{Fe^3+ + e- -> Fe^2+}": ("F e 3 plus plus e minus yields F e 2 plus", "F e 3 plus plus e minus ergibt F e 2 plus", "F e 3 plus plus e moins donne F e 2 plus"),
    r"\mathring{A}": ("A ring", "A Ring", "A rond en chef"),
    r"\mathrm{Hom}^*": ("Hom star", "Hom Stern", "Hom étoile"),
r"\|Ax\|_2 \le \|A\|": ("norm of, A x, end norm sub 2 is less than or equal to norm of A", "Norm von, A x, Ende der Norm Index 2 ist kleiner oder gleich Norm von A", "norme de, A x, fin de la norme indice 2 est inférieur ou égal à norme de A"),
    r"||a| - |b||": ("absolute value of, absolute value of a minus absolute value of b, end absolute value", "Betrag von, Betrag von a minus Betrag von b, Ende des Betrags", "valeur absolue de, valeur absolue de a moins valeur absolue de b, fin de la valeur absolue"),
    r"P(A \mid B)": ("P open paren A given B close paren", "P Klammer auf A gegeben B Klammer zu", "P ouvre la parenthèse A sachant B ferme la parenthèse"),
    r"\{x \mid y\}": ("open brace x such that y close brace", "geschweifte Klammer auf x für die gilt y geschweifte Klammer zu", "ouvre l'accolade x tels que y ferme l'accolade"),
    r"p \mid q": ("p divides q", "p teilt q", "p divise q"), r"p \nmid q": ("p does not divide q", "p teilt nicht q", "p ne divise pas q"),
    r"X \perp\!\!\!\perp Y \mid Z": ("X is independent of Y given Z", "X ist unabhängig von Y gegeben Z", "X est indépendant de Y sachant Z"),
    r"\left. x \right|_{1}^{2}": ("x evaluated from 1 to 2", "x in den Grenzen von 1 bis 2", "x évalué de 1 à 2"), r"f\big|_{a}": ("f evaluated at a", "f an der Stelle a", "f évalué en a"),
    r"f\colon A \to B": ("f colon A to B", "f Doppelpunkt A nach B", "f deux-points A vers B"), r"n \to \infty": ("n tends to infinity", "n geht gegen unendlich", "n tend vers infini"),
    r"\mathbf{x}^T A^{\mathsf{T}}": ("x transposed A transposed", "x transponiert A transponiert", "x transposée A transposée"), r"A^\dagger": ("A dagger", "A Kreuz", "A croix"),
    r"\mathbb{E} X": ("E X", "E X", "E X"), r"\overset{!}{=}": ("equals with exclamation mark above", "ist gleich mit Ausrufezeichen darüber", "égale avec point d’exclamation au-dessus"),
    r"\ce{A <=>> B}": ("A is in equilibrium with, mostly to the right, B", "A ist im Gleichgewicht, das rechts liegt, mit B", "A est en équilibre, déplacé vers la droite, avec B"),
    r"\lvert\psi\rangle = \lvert": ("bar psi right angle bracket equals bar", "Strich Psi spitze Klammer zu ist gleich Strich", "barre psi chevron fermant égale barre"),
    r"a \gtrsimple \Upgamma": ("a gtrsimple capital gamma", "a gtrsimple großes Gamma", "a gtrsimple gamma majuscule"),
    # what an operator is taken over, products of vectors, sizes of matrices
    r"\max_{x \in X} f(x)": ("maximum over x is in X of f open paren x close paren", "Maximum über x ist Element von X von f Klammer auf x Klammer zu", "maximum sur x appartient à X de f ouvre la parenthèse x ferme la parenthèse"),
    r"\min_i^n x": ("minimum over i to the n x", "Minimum über i hoch n x", "minimum sur i puissance n x"),
    r"\arg\min_\theta L": ("arg min over theta of L", "Arg Min über Theta von L", "arg min sur thêta de L"),
    r"\underset{x}{\max} = \sup_n": ("maximum over x equals supremum over n", "Maximum über x ist gleich Supremum über n", "maximum sur x égale borne supérieure sur n"),
    r"\varliminf_{n \to \infty} a_n": ("limit inferior as n tends to infinity of a sub n", "Limes inferior für n geht gegen unendlich von a Index n", "limite inférieure quand n tend vers infini de a indice n"),
    r"\nabla \cdot \mathbf{E}": ("nabla dot E", "Nabla Punkt E", "nabla scalaire E"), r"\nabla\times\vec B": ("nabla cross vector B", "Nabla Kreuz Vektor B", "nabla vectoriel vecteur B"),
    r"2 \cdot \mathbf{a}_i \cdot \mathbf{b}": ("2 times a sub i dot b", "2 mal a Index i Punkt b", "2 fois a indice i scalaire b"),
    r"\mathbb{R}^{m \times n}": ("the real numbers to the power, m by n, end exponent", "R hoch, m mal n, Ende des Exponenten", "R puissance, m par n, fin de l'exposant"),
    r"\Delta G^\circ_f": ("capital delta G sub f circle", "großes Delta G Index f Kreis", "delta majuscule G indice f rond"), r"x^{\prime\prime}": ("x double prime", "x zwei Strich", "x seconde"),
    # units in letters
    r"9.81\,\mathrm{kg\,m/s^2}": ("9.81 kilogram meters per second squared", "9,81 kg m geteilt durch s Quadrat", "9,81 kg m divisé par s au carré"),
    r"[v] = \mathrm{m\,s^{-1}}": ("open bracket v close bracket equals meters per second", "eckige Klammer auf v eckige Klammer zu ist gleich m geteilt durch s", "ouvre le crochet v ferme le crochet égale m divisé par s"),
    r"20\,^\circ\mathrm{C}": ("20 degrees Celsius", "20 Grad Celsius", "20 degrés Celsius"), r"4\,\mathrm{d}x": ("4 d x", "4 d x", "4 d x"), r"6\,\text{ft}": ("6 ft", "6 ft", "6 ft"),
    r"f \in \mathrm{C^1}": ("f is in C to the 1", "f ist Element von C hoch 1", "f appartient à C puissance 1"), r"4\,\mathrm{d^2}y": ("4 d squared y", "4 d Quadrat y", "4 d au carré y"),
    r"\qty{2}{\metre\per\second}": ("2 meters per second", "2 m geteilt durch s", "2 m divisé par s"),
    r"\begin{array}{cc}\multicolumn{2}{c}{a}\\b&c\end{array}": ("a; b, c", "a; b, c", "a; b, c"),
}  # fmt: skip


@pytest.mark.parametrize(("latex", "said"), SAID.items(), ids=SAID)
def test_a_formula_as_one_says_it(latex: str, said: tuple[str, ...]) -> None:
    assert tuple(spoken(latex, language) for language in ("en", "de", "fr")) == said


def test_regions_of_a_language_are_read_in_its_words_and_other_languages_as_a_line_of_unicode() -> None:
    assert spoken(r"x^2", "pt_BR") == spoken(r"x^2", "pt") == "x ao quadrado"
    assert spoken(r"\frac{x^2}{y}", "mn") == "x²/y"


def test_a_sign_without_words_has_its_unicode_name_in_english_and_is_left_to_the_voice_elsewhere() -> None:
    assert spoken(r"\curvearrowright", "en") == "clockwise top semicircle arrow"
    assert spoken(r"\curvearrowright", "de") == "↷"


def test_every_sign_has_a_word_in_each_language_of_the_table() -> None:
    assert set(LANGUAGES) <= LOCALES.keys()
    assert not [sign for sign, words in SIGNS.items() if len(words) != len(LANGUAGES) or not all(words)]


def test_signs_above_and_below_the_line_are_those_of_unicode() -> None:
    """Each is the raised or lowered form of its sign by Unicode's own decompositions, but for those that have none."""
    own = {"−": "-", "∗": "*", "∘": "°", "⊤": "T"}
    for signs in (RAISED, LOWERED):
        for sign, script in signs.items():
            plain = unicodedata.normalize("NFKD", script).replace("\u2212", "-")
            assert plain[:1] in (own.get(sign, sign), unicodedata.normalize("NFKD", sign)[:1]), sign


COMMANDS = [
    r"pm",
    r"mp",
    r"times",
    r"div",
    r"cdot",
    r"ast",
    r"star",
    r"circ",
    r"bullet",
    r"oplus",
    r"ominus",
    r"otimes",
    r"oslash",
    r"odot",
    r"dagger",
    r"ddagger",
    r"cap",
    r"cup",
    r"uplus",
    r"sqcap",
    r"sqcup",
    r"vee",
    r"wedge",
    r"setminus",
    r"leq",
    r"geq",
    r"neq",
    r"ll",
    r"gg",
    r"prec",
    r"succ",
    r"preceq",
    r"succeq",
    r"subset",
    r"supset",
    r"subseteq",
    r"supseteq",
    r"nsubseteq",
    r"subsetneq",
    r"sqsubseteq",
    r"in",
    r"ni",
    r"notin",
    r"vdash",
    r"dashv",
    r"models",
    r"perp",
    r"mid",
    r"nmid",
    r"parallel",
    r"nparallel",
    r"sim",
    r"simeq",
    r"approx",
    r"cong",
    r"equiv",
    r"asymp",
    r"doteq",
    r"propto",
    r"bowtie",
    r"leftarrow",
    r"rightarrow",
    r"leftrightarrow",
    r"Leftarrow",
    r"Rightarrow",
    r"Leftrightarrow",
    r"mapsto",
    r"longmapsto",
    r"iff",
    r"uparrow",
    r"downarrow",
    r"Uparrow",
    r"Downarrow",
    r"nearrow",
    r"searrow",
    r"hookrightarrow",
    r"rightharpoonup",
    r"rightleftharpoons",
    r"leadsto",
    r"forall",
    r"exists",
    r"nexists",
    r"neg",
    r"top",
    r"bot",
    r"emptyset",
    r"infty",
    r"partial",
    r"nabla",
    r"hbar",
    r"ell",
    r"Re",
    r"Im",
    r"aleph",
    r"wp",
    r"angle",
    r"triangle",
    r"square",
    r"blacksquare",
    r"diamondsuit",
    r"heartsuit",
    r"clubsuit",
    r"spadesuit",
    r"ldots",
    r"cdots",
    r"vdots",
    r"ddots",
    r"langle",
    r"rangle",
    r"lfloor",
    r"rfloor",
    r"lceil",
    r"rceil",
    r"sum",
    r"prod",
    r"coprod",
    r"int",
    r"iint",
    r"oint",
    r"bigcap",
    r"bigcup",
    r"bigoplus",
    r"therefore",
    r"because",
    r"lesssim",
    r"gtrsim",
    r"leqslant",
    r"geqslant",
    r"ltimes",
    r"rtimes",
    r"boxtimes",
    r"complement",
    r"checkmark",
    r"coloneqq",
    r"nsim",
    r"ncong",
    r"nleq",
    r"Vdash",
    r"multimap",
    r"twoheadrightarrow",
    r"lhd",
    r"rhd",
    r"natural",
    r"flat",
    r"sharp",
    r"alpha",
    r"beta",
    r"gamma",
    r"epsilon",
    r"varepsilon",
    r"zeta",
    r"eta",
    r"theta",
    r"vartheta",
    r"iota",
    r"kappa",
    r"lambda",
    r"mu",
    r"nu",
    r"xi",
    r"pi",
    r"varpi",
    r"rho",
    r"varrho",
    r"sigma",
    r"varsigma",
    r"tau",
    r"upsilon",
    r"phi",
    r"varphi",
    r"chi",
    r"psi",
    r"omega",
    r"Gamma",
    r"Delta",
    r"Theta",
    r"Omega",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sign_is_said_in_words(language: str) -> None:
    """Of 190 commands none leaves a sign that a voice may pass over."""
    said = {command: spoken(rf"a \{command} b", language) for command in COMMANDS}
    assert {command: words for command, words in said.items() if not re.fullmatch(r"[\w ,;:.()'’-]+", words)} == {}


def test_macros_of_the_project_are_read_as_what_they_stand_for() -> None:
    formulas = Formulas(
        macros=Macros({"RR": Macro(r"\mathbb{R}"), "norm": Macro(r"\left\|#1\right\|", 1)}), language="de"
    )
    assert formulas.text(r"\norm{x}\in\RR") == "‖x‖ ∈ ℝ"
    assert formulas.spoken(r"\norm{x}") == "Norm von x"
    assert formulas.text(r"\newcommand{\E}{\mathbb{E}}\E") == "E"


@pytest.mark.parametrize(
    "latex", [*IN_A_LINE, *SAID, r"\frac{", r"\\\\", r"\begin{", "{" * 500, r"\sqrt{" * 90, "x" * 30_000, r"\left"]
)
@pytest.mark.parametrize("language", ["en", "de", "ar", "mn"])
def test_no_command_is_read_aloud(latex: str, language: str) -> None:
    assert "\\" not in linear(latex) + spoken(latex, language)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=r"ab\{}&^_ $\frac\sqrt\left1", max_size=40))
def test_any_text_has_its_words(text: str) -> None:
    assert "\\" not in linear(text) + spoken(text, "fr")
