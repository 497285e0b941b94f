"""Commands of LaTeX and MathJax that pandoc's reader does not know, defined by those that it knows."""

from __future__ import annotations

from builder.typeset.math.greek import SMALL_LETTERS
from builder.typeset.math.macros import Macros

KNOWN = r"""
\newcommand{\smash}[2][]{#2}
\newcommand{\newline}{\\}
\newcommand{\bra}[1]{\langle{#1}|}
\newcommand{\ket}[1]{|{#1}\rangle}
\newcommand{\braket}[1]{\langle{#1}\rangle}
\newcommand{\Braket}[1]{\left\langle #1 \right\rangle}
\newcommand{\class}[2]{#2}
\newcommand{\cssId}[2]{#2}
\newcommand{\style}[2]{#2}
\newcommand{\href}[2]{#2}
\newcommand{\require}[1]{}
\newcommand{\fbox}[1]{\boxed{\text{#1}}}
\newcommand{\mathnormal}[1]{{#1}}
\newcommand{\htmlStyle}[2]{#2}
\newcommand{\htmlClass}[2]{#2}
\newcommand{\htmlId}[2]{#2}
\newcommand{\htmlData}[2]{#2}
\newcommand{\textsc}[1]{\text{#1}}
\newcommand{\mathbbm}[1]{\mathbb{#1}}
\newcommand{\mathds}[1]{\mathbb{#1}}
\newcommand{\mathchoice}[4]{#1}
\newcommand{\injlim}{\operatorname*{inj\,lim}}
\newcommand{\projlim}{\operatorname*{proj\,lim}}
\newcommand{\varprojlim}{\mathop{\underleftarrow{\operatorname{lim}}}}
\newcommand{\varinjlim}{\mathop{\underrightarrow{\operatorname{lim}}}}
\newcommand{\varlimsup}{\mathop{\overline{\operatorname{lim}}}}
\newcommand{\varliminf}{\mathop{\underline{\operatorname{lim}}}}
\newcommand{\iff}{\;⟺\;}
\newcommand{\implies}{\;⟹\;}
\newcommand{\impliedby}{\;⟸\;}
\newcommand{\bmod}{\mathbin{\mathrm{mod}}}
\newcommand{\pmod}[1]{\mspace{18mu}(\mathrm{mod}\mspace{6mu}#1)}
\newcommand{\mod}[1]{\mspace{18mu}\mathrm{mod}\mspace{6mu}#1}
\newcommand{\pod}[1]{\mspace{18mu}(#1)}
\newcommand{\mathstrut}{}
\newcommand{\Bra}[1]{\left\langle #1 \right|}
\newcommand{\Ket}[1]{\left| #1 \right\rangle}
\newcommand{\ketbra}[2]{\left| #1 \right\rangle\left\langle #2 \right|}
\newcommand{\Set}[1]{\left\{\, #1 \,\right\}}
\newcommand{\set}[1]{\{#1\}}
\newcommand{\skew}[1]{}
\newcommand{\eqalign}[1]{\begin{aligned}#1\end{aligned}}
\newcommand{\displaylines}[1]{\begin{gathered}#1\end{gathered}}
\newcommand{\slashed}[1]{\not{#1}}
\newcommand{\operatornamewithlimits}[1]{\operatorname*{#1}}
\newcommand{\strut}{}
\newcommand{\displaylimits}{}
\newcommand{\LaTeX}{\text{LaTeX}}
\newcommand{\TeX}{\text{TeX}}
\newcommand{\symbf}[1]{\mathbf{#1}}
\newcommand{\symup}[1]{\mathrm{#1}}
\newcommand{\symit}[1]{\mathit{#1}}
\newcommand{\symsf}[1]{\mathsf{#1}}
\newcommand{\symtt}[1]{\mathtt{#1}}
\newcommand{\symbb}[1]{\mathbb{#1}}
\newcommand{\symcal}[1]{\mathcal{#1}}
\newcommand{\symscr}[1]{\mathscr{#1}}
\newcommand{\symfrak}[1]{\mathfrak{#1}}
\newcommand{\symbfit}[1]{\boldsymbol{#1}}
\newcommand{\symrm}[1]{\mathrm{#1}}
\newcommand{\symnormal}[1]{{#1}}
\newcommand{\symbfup}[1]{\mathbf{#1}}
\newcommand{\symsfup}[1]{\mathsf{#1}}
\newcommand{\symsfit}[1]{\mathsfit{#1}}
\newcommand{\symbfsf}[1]{\boldsymbol{\mathsf{#1}}}
\newcommand{\symbfsfup}[1]{\boldsymbol{\mathsf{#1}}}
\newcommand{\symbfsfit}[1]{\boldsymbol{\mathsfit{#1}}}
\newcommand{\symbfcal}[1]{\boldsymbol{\mathcal{#1}}}
\newcommand{\symbfscr}[1]{\boldsymbol{\mathscr{#1}}}
\newcommand{\symbffrak}[1]{\boldsymbol{\mathfrak{#1}}}
\newcommand{\mathup}[1]{\mathrm{#1}}
\newcommand{\mathbfup}[1]{\mathbf{#1}}
\newcommand{\mathbfit}[1]{\boldsymbol{#1}}
\newcommand{\mathsfup}[1]{\mathsf{#1}}
\newcommand{\mathbfsf}[1]{\boldsymbol{\mathsf{#1}}}
\newcommand{\mathbfsfup}[1]{\boldsymbol{\mathsf{#1}}}
\newcommand{\mathbfsfit}[1]{\boldsymbol{\mathsfit{#1}}}
\newcommand{\mathbfcal}[1]{\boldsymbol{\mathcal{#1}}}
\newcommand{\mathbfscr}[1]{\boldsymbol{\mathscr{#1}}}
\newcommand{\mathbffrak}[1]{\boldsymbol{\mathfrak{#1}}}
\newcommand{\goodbreak}{}
\newcommand{\badbreak}{}
\newcommand{\break}{}
\newcommand{\nobreak}{}
\newcommand{\nonscript}{}
\newcommand{\vtop}[1]{#1}
\newcommand{\vbox}[1]{#1}
\newcommand{\framebox}[1]{\boxed{\text{#1}}}
\newcommand{\raisebox}[2]{\text{#2}}
\newcommand{\parbox}[2]{\text{#2}}
\newcommand{\makebox}[1]{\text{#1}}
\newcommand{\mmlToken}[2]{\text{#2}}
\newcommand{\data}[2]{#2}
\newcommand{\textllap}[1]{\mathllap{\text{#1}}}
\newcommand{\textrlap}[1]{\mathrlap{\text{#1}}}
\newcommand{\textclap}[1]{\mathclap{\text{#1}}}
\newcommand{\crampedllap}[1]{\mathllap{#1}}
\newcommand{\crampedrlap}[1]{\mathrlap{#1}}
\newcommand{\crampedclap}[1]{\mathclap{#1}}
\newcommand{\crampedsubstack}[1]{\substack{#1}}
\newcommand{\mathmbox}[1]{{#1}}
\newcommand{\xmathstrut}[2][]{}
\newcommand{\vdotswithin}[1]{\mathrel{\vdots}}
\newcommand{\bigtimes}{\mathop{⨉}}
\newcommand{\Ketbra}[2]{\left| #1 \right\rangle\left\langle #2 \right|}
\newcommand{\eqalignno}[1]{\begin{aligned}#1\end{aligned}}
\newcommand{\leqalignno}[1]{\begin{aligned}#1\end{aligned}}
\newcommand{\units}[2][]{#1\,\mathrm{#2}}
\newcommand{\unitfrac}[3][]{#1\,\mathrm{#2}/\mathrm{#3}}
\newcommand{\mathtip}[2]{{#1}}
\newcommand{\texttip}[2]{{#1}}
\newcommand{\mathbbmss}[1]{\mathbb{#1}}
\newcommand{\mathbbmtt}[1]{\mathbb{#1}}
\newcommand{\stackbin}[2]{\mathbin{\overset{#1}{#2}}}
\newcommand{\colonequals}{:=}
\newcommand{\equalscolon}{=:}
"""
UPRIGHT_GREEK = "".join(rf"\newcommand{{\up{name}}}{{\mathrm{{{letter}}}}}" for name, letter in SMALL_LETTERS.items())
CAPITALS = ["Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"]
GREEK_CAPITALS = "".join(
    rf"\newcommand{{\Up{name.lower()}}}{{\mathrm{{\{name}}}}}\newcommand{{\var{name}}}{{\mathit{{\{name}}}}}"
    for name in CAPITALS
)
"""Letters of the package upgreek, and slanted capitals of amsmath."""

FOR_OFFICE = r"""
\newcommand{\mathsfit}[1]{\mathsf{#1}}
\newcommand{\vphantom}[1]{}
\newcommand{\llap}[1]{#1}
\newcommand{\rlap}[1]{#1}
\newcommand{\mathllap}[1]{#1}
\newcommand{\mathrlap}[1]{#1}
\newcommand{\mathclap}[1]{#1}
\newcommand{\clap}[1]{#1}
\newcommand{\tiny}{}
\newcommand{\huge}{}
\newcommand{\Huge}{}
\newcommand{\LARGE}{}
\newcommand{\footnotesize}{}
\newcommand{\small}{}
\newcommand{\large}{}
\newcommand{\Large}{}
\newcommand{\normalsize}{}
\newcommand{\Tiny}{}
\newcommand{\SMALL}{}
\newcommand{\Small}{}
\newcommand{\HUGE}{}
\newcommand{\scriptsize}{}
\newcommand{\dbinom}{\binom}
\newcommand{\cfrac}{\dfrac}
\newcommand{\hphantom}[1]{\phantom{#1}}
\newcommand{\textcolor}[3][]{#3}
\newcommand{\bigm}{\big}
\newcommand{\Bigm}{\Big}
\newcommand{\biggm}{\bigg}
\newcommand{\Biggm}{\Bigg}
\newcommand{\tbinom}{\binom}
\newcommand{\prescript}[3]{{}^{#1}_{#2}{#3}}
\newcommand{\sideset}[3]{{}#1#3#2}
\newcommand{\underleftrightarrow}[1]{\underset{\leftrightarrow}{#1}}
\newcommand{\textnormal}[1]{\text{#1}}
\newcommand{\textup}[1]{\text{#1}}
\newcommand{\textmd}[1]{\text{#1}}
\newcommand{\nobreakspace}{~}
\newcommand{\hdashline}{}
\newcommand{\overunderset}[3]{\overset{#1}{\underset{#2}{#3}}}
\newcommand{\bbox}[2][]{#2}
\newcommand{\oldstyle}{}
\newcommand{\colorbox}[2]{\text{#2}}
\newcommand{\rule}[3][]{}
\newcommand{\fcolorbox}[3]{\boxed{\text{#3}}}
"""


def known_macros(definitions: str) -> Macros:
    """Commands that the reader does not know, as macros."""
    macros = Macros()
    macros.define(definitions)
    return macros


ALL_MACROS = known_macros(KNOWN + UPRIGHT_GREEK + GREEK_CAPITALS)
OFFICE_MACROS = known_macros(FOR_OFFICE)
