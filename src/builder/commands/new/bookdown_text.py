"""What bookdown adds to pandoc's Markdown, written as pandoc reads it: formulas with numbers, captions that stand
elsewhere, theorems (https://bookdown.org/yihui/bookdown/markdown-extensions-by-bookdown.html).
"""

from __future__ import annotations

import re

STATEMENTS = {
    "theorem": "thm", "lemma": "lem", "corollary": "cor", "proposition": "prp", "conjecture": "cnj",
    "definition": "def", "example": "exm", "exercise": "exr", "hypothesis": "hyp", "proof": "", "remark": "",
    "solution": "",
}  # fmt: skip
"""Kind of a statement → what its label begins with."""
TEXT = re.compile(r"^\(ref:(?P<name>[\w-]+)\)[ \t]+(?P<text>.+(?:\n(?!\s*\n|\(ref:).+)*)$", re.MULTILINE)
"""A text that is used by its name."""
CHUNK = re.compile(
    rf"^(?P<fence>`{{3,}})\s*\{{(?P<kind>{'|'.join(STATEMENTS)})(?P<given>[^}}\n]*)\}}[ \t]*\n(?P<body>.*?)"
    r"^(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
DIV = re.compile(
    rf"^(?P<head>:{{3,}}[ \t]*\{{)(?P<given>[^}}\n]*\.(?P<kind>{'|'.join(STATEMENTS)})\b[^}}\n]*)\}}", re.MULTILINE
)
NAME = re.compile(r"name\s*=\s*[\"'](?P<name>[^\"']*)[\"']")
IF_HTML = re.compile(r"^`r if \(knitr::is_html_output\(\)\) ['\"](?P<text>#[^'\"\n]+)['\"]`$", re.MULTILINE)
FORMULA = re.compile(
    r"^[ \t]*\\begin\{(?P<name>(?:equation|align|gather|multline|alignat|flalign|eqnarray)(?P<star>\*?))\}(?P<body>.*?)"
    r"\\end\{(?P=name)\}[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
LABEL = re.compile(r"\s*(?:\(\\#(?P<bookdown>eq:[\w:/-]+)\)|\\label\{(?P<latex>[^}]+)\})")


def with_statements(text: str) -> str:
    """Return a text of bookdown whose texts with names stand where they are used, and whose statements are boxes with
    whole labels.
    """
    texts = {found["name"]: " ".join(found["text"].split()).replace('"', "”") for found in TEXT.finditer(text)}
    text = TEXT.sub("", text)
    for name, words in texts.items():
        text = text.replace(f"(ref:{name})", words)
    text = IF_HTML.sub(r"\g<text>", text)
    return DIV.sub(labelled, CHUNK.sub(statement, text))


def statement(found: re.Match[str]) -> str:
    """Return a statement in a block of code as a box."""
    given = found["given"].strip().lstrip(",").strip()
    label = re.match(r"(?:label\s*=\s*[\"']?)?([\w-]+)[\"']?\s*(?:,|$)", given)
    name = NAME.search(given)
    attributes = f" #{label[1]}" if label and STATEMENTS[found["kind"]] else ""
    attributes += f' name="{name["name"]}"' if name else ""
    return f"::: {{.{found['kind']}{attributes}}}\n{found['body']}:::"


def labelled(found: re.Match[str]) -> str:
    """Return the head of a box whose label says what kind of statement it is, as references do."""
    prefix = STATEMENTS[found["kind"]]
    given = re.sub(r"#(?![\w-]*:)([\w-]+)", rf"#{prefix}:\1", found["given"]) if prefix else found["given"]
    return f"{found['head']}{given}}}"


def with_formulas(text: str) -> str:
    """Return a text whose formulas in environments of LaTeX pandoc leaves as they are; one with a label has it as
    MyST's formulas do.
    """
    return FORMULA.sub(formula, text)


def formula(found: re.Match[str]) -> str:
    """Return a formula in an environment as MyST that pandoc does not look into."""
    labels = [label["bookdown"] or label["latex"] for label in LABEL.finditer(found["body"])]
    name, body = found["name"], LABEL.sub("", found["body"]).strip("\n")
    if not labels:
        return f"\n````{{=markdown}}\n{found[0].strip()}\n````\n"
    plain = {"equation": "", "gather": "gathered", "multline": "multlined"}.get(name.rstrip("*"), "aligned")
    inner = f"\\begin{{{plain}}}\n{body}\n\\end{{{plain}}}" if plain else body
    return f"\n````{{=markdown}}\n$$\n{inner}\n$$ ({labels[0]})\n````\n"
