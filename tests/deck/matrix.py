"""What can stand in a book, and what it can stand in: pieces of MyST for the matrix of both.

Words in braces are replaced by words that stand nowhere else; ``{n0}`` to ``{n3}`` by such numbers, for formulas.
"""

# One piece of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from textwrap import indent

ADMONITIONS = ("attention", "caution", "danger", "error", "hint", "important", "tip", "warning")
STATEMENTS = (
    "algorithm", "assumption", "axiom", "conjecture", "corollary", "criterion", "definition", "example", "lemma",
    "notation", "observation", "property", "proposition", "remark",
)  # fmt: skip
RST = "```{{eval-rst}}\n%s\n```"
CONTENTS: dict[str, str] = {
    "paragraph": "{a} **{b}** *{c}* `{d}` {{ref}}`{e} <there>` H~{f}~ $ {n0} $ {g}",
    "bullet_list": "- {a}\n\n  {b}\n- {c}\n  - {d}\n    1. {e}\n- {f}",
    "enumerated_list": "3. {a}\n4. {b}\n\n   ```python\n   {c} = 1\n   ```\n5. {d}",
    "definition_list": "{a}\n: {b}\n\n  - {c}\n\n{d}\n: {e}",
    "field_list": ":{a}: {b}\n:{c}:\n    - {d}\n    - {e}",
    "option_list": RST % "-a, --{a}=FILE  {b}\n\n                      {c}\n-z  {d}",
    "literal_block": "```python\ndef {a}():\n    return {b}\n```",
    "captioned code": "```{{code-block}} python\n:caption: {caption}\n:name: code-N\n\n{a} = 1\n```",
    "doctest_block": RST % ">>> {a}()\n{b}",
    "math_block": "$$\n{n0} + {n1}\n$$",
    "numbered formula": "```{{math}}\n:label: eq-N\n\n{n0}\n```",
    "image": "![alt](pic.png)",
    "figure": "```{{figure}} pic.png\n:alt: alt\n\n{caption}\n\n{b}\n\n- {c}\n```",
    "table": "| {a} | {b} |\n|---|---|\n| {c} | {d} |",
    "list-table": "```{{list-table}} {caption}\n:header-rows: 1\n\n* - {a}\n  - {b}\n* - {c}\n\n    {d}\n  - - {e}\n    - {f}\n```",
    "block_quote": "> {a}\n>\n> - {b}\n>\n> {c}",
    "epigraph": "```{{epigraph}}\n{a}\n\n-- {b}\n```",
    "admonition": "```{{admonition}} {a}\n{b}\n\n- {c}\n\n$$\n{n0}\n$$\n\n{d}\n```",
    "note": "```{{note}}\n{a}\n```",
    "seealso": "```{{seealso}}\n{a}\n```",
    "rubric": "```{{rubric}} {a}\n```",
    "line_block": RST % "| {a}\n|   {b}\n| {c}",
    "container": "```{{div}} wrapper\n{a}\n\n- {b}\n```",
    "hlist": "```{{hlist}}\n- {a}\n- {b}\n```",
    "centered": "```{{centered}} {a}\n```",
    "productionlist": RST % ".. productionlist::\n   {a}: `{b}` {c}",
    "glossary": "```{{glossary}}\n{a}\n  {b}\n```",
    "versionmodified": "```{{versionadded}} 1.0\n{a}\n```",
    "desc": "```{{py:function}} {a}({b}, y=2)\n{c}\n\n:param {d}: {e}\n:returns: {f}\n```",
    "theorem_node": "```{{prf:theorem}} {a}\n:label: t-N\n\n{b}\n\n$$\n{n0}\n$$\n\n{c}\n```",
    "proof_node": "```{{prf:proof}}\n{a}\n\n- {b}\n```",
    "exercise_node": "```{{exercise}} {a}\n:label: e-N\n\n{b}\n```",
    "tab-set": "````{{tab-set}}\n```{{tab-item}} {a}\n{b}\n```\n```{{tab-item}} {c}\n- {d}\n```\n````",
    "card": "```{{card}} {a}\n{b}\n\n- {c}\n```",
    "dropdown": "```{{dropdown}} {a}\n{b}\n```",
    "parsed-literal": "```{{parsed-literal}}\n{a} **{b}**\n```",
    "compound": "```{{compound}}\n{a}\n\n- {b}\n```",
    "solution_node": "```{{exercise}}\n:label: s-N\n\n{a}\n```\n\n```{{solution}} s-N\n{b}\n\n- {c}\n```",
    "classifiers": RST % "{a} : {b} : {c}\n   {d}",
    "words in line": "{{abbr}}`{a} (why)` {b} {{kbd}}`{c}` {{sub}}`{d}` {{sup}}`{e}` {{command}}`{f}` {{guilabel}}`{g}` &amp;{h}",
    **{name: f"```{{{{{name}}}}}\n{{a}}\n```" for name in ADMONITIONS},
    **{f"{name}_node": f"```{{{{prf:{name}}}}} {{a}}\n{{b}}\n```" for name in STATEMENTS},
    "drawing in HTML": '<svg viewBox="0 0 9 9" aria-label="drawn"><path d="M0 0h9v9z"/></svg>\n\n{a}',
    "raw HTML table": "<table><tr><th>{a}</th></tr><tr><td>{b}</td></tr></table>",
}


def fenced(head: str) -> Callable[[str], str]:
    """A container in a fence, with words before and behind."""
    return lambda inside: f"::::::{head}\n{{before}}\n\n{inside}\n\n{{behind}}\n::::::"


def item(depth: int, mark: str = "-") -> Callable[[str], str]:
    """An item of a list at a depth, followed by another."""

    def wrapped(inside: str) -> str:
        lines, left = [], ""
        for _level in range(depth):
            lines.append(f"{left}{mark} {{before}}" if not lines else f"{left}{mark} {{before{len(lines)}}}")
            left += " " * (len(mark) + 1)
        return "\n".join([*lines, "", indent(inside, left), "", f"{left[: -len(mark) - 1]}{mark} {{behind}}"])

    return wrapped


CONTAINERS: dict[str, Callable[[str], str]] = {
    "item": item(1),
    "numbered item": item(1, "1."),
    "item of level 2": item(2),
    "item of level 4": item(4),
    "definition": lambda inside: f"{{term}}\n: {{before}}\n\n{indent(inside, '  ')}\n\n  {{behind}}",
    "field": lambda inside: f":{{name}}: {{before}}\n\n{indent(inside, '    ')}",
    "quotation": lambda inside: indent(f"{{before}}\n\n{inside}\n\n{{behind}}", "> ", lambda _line: True),
    "admonition": fenced("{{admonition}} {title}"),
    "exercise": fenced("{{exercise}} {title}"),
    "proof": fenced("{{prf:proof}}"),
    "cell": lambda inside: (
        f":::::::{{{{list-table}}}}\n* - {{before}}\n\n{indent(inside, '    ')}\n\n    {{behind}}\n  - {{beside}}\n:::::::"
    ),
    "tab": lambda inside: f":::::::{{{{tab-set}}}}\n{fenced('{{tab-item}} {title}')(inside)}\n:::::::",
    "card": fenced("{{card}} {title}"),
    "dropdown": fenced("{{dropdown}} {title}"),
    "footnote": lambda inside: f"{{before}}[^N]\n\n[^N]: {{note}}\n\n{indent(inside, '    ')}",
    "legend": lambda inside: (
        f"::::::{{{{figure}}}} pic.png\n:alt: alt\n\n{{caption0}}\n\n{inside}\n\n{{behind}}\n::::::"
    ),
    "notes": fenced("{{notes}}"),
    "div": fenced("{{div}} wrapper"),
}


@dataclass(frozen=True)
class Case:
    """A piece of content in a container: its MyST, its words in their order, and how many pictures it shows.

    ``captions`` are words that stand above or below what they belong to.
    """

    container: str
    content: str
    myst: str
    words: tuple[str, ...]
    captions: tuple[str, ...]
    pictures: int


def case(container: str, content: str, number: int) -> Case:
    """One combination; ``number`` makes its words unlike those of all others."""
    text = CONTAINERS[container](CONTENTS[content]).replace("N", str(number))
    names = list(dict.fromkeys(re.findall(r"(?<!\{)\{(\w+)\}(?!\})", text)))
    words = {name: word(name, number, place) for place, name in enumerate(names)}
    pictures = text.count("pic.png")
    captions = tuple(word for name, word in words.items() if name.startswith("caption"))
    others = tuple(word for word in words.values() if word not in captions)
    return Case(container, content, text.format(**words), others, captions, pictures)


def word(name: str, number: int, place: int) -> str:
    """A word that stands nowhere else, for formulas a number."""
    in_formula = re.fullmatch(r"n\d", name)
    return str(10_000_000 + number * 100 + place) if in_formula else f"q{letters(number)}z{letters(place)}k"


def letters(number: int) -> str:
    """A number in letters, without those that delimit it."""
    return "".join("abcdefghij"[int(digit)] for digit in str(number))
