"""A document of another tool as MyST, and what a person must look at in it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import yaml
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

from builder.commands.new.bookdown_text import with_formulas, with_statements
from builder.commands.new.boxes import CODE, below_tags, outside_code
from builder.commands.new.existing import PART, front_matter
from builder.commands.new.frozen import named_language, rendered_pictures
from builder.commands.new.headings import (
    first_heading,
    has_heading,
    heading_and_rest,
    is_first,
    without_gaps,
    without_rules_at_edges,
)
from builder.commands.new.links_to_headings import with_links_to_headings
from builder.commands.new.markdown_text import of_markdown
from builder.commands.new.mdbook_text import of_mdbook
from builder.commands.new.mkdocs_text import of_mkdocs
from builder.commands.new.picture_names import with_names_of_pictures
from builder.commands.new.quarto import root_of, value_of
from builder.commands.new.remarks import Remark, told
from builder.errors import AuthorError, Source
from builder.source.yaml_settings import names
from builder.typeset.pandoc import run_pandoc
from builder.typeset.wording import fixed_words

NOTEBOOK = ".ipynb"
LIMIT = 60
"""Seconds after which a document that is being converted is given up."""

READS = "markdown-smart+lists_without_preceding_blankline"
WRITES = (
    "markdown-smart-simple_tables-multiline_tables-grid_tables-header_attributes-citations-fenced_divs"
    "-fenced_code_attributes-raw_attribute+pipe_tables-link_attributes-table_captions-example_lists-fancy_lists-startnum"
    "-superscript-subscript-strikeout-line_blocks"
)
"""Pandoc's Markdown without what MyST reads in another way."""
FILTERS = tuple(f"--lua-filter={Path(__file__).parent / name}" for name in ("cells.lua", "myst.lua"))


@dataclass(frozen=True, slots=True)
class Converted:
    """The MyST of a document, and what has to be looked at."""

    text: str
    look_at: tuple[Remark, ...] = ()


def convert(tool: str, path: Path, text: str, referred: frozenset[str], root: Path | None = None) -> Converted:
    """Return a document of ``tool``, in the folder ``root``, as MyST; ``referred`` are labels that any document refers
    to. A chapter without a heading gets one.

    Raises:
        AuthorError: pandoc cannot read it.
    """
    if path.suffix == NOTEBOOK:
        return of_notebook(path, text, referred)
    converted = of_document(tool, path, text, referred, root or path.parent)
    converted = replace(converted, text=with_names_of_pictures(converted.text, path.parent))
    if tool != "mdBook" and not is_first(path):
        head, left = front_matter(text)[0], list(converted.look_at)
        title = SHORTCODE.sub(lambda found: shortcode(found, path, head, left), names(head.get("title"))).strip()
        stands = tool == "Quarto" or not first_heading(converted.text)
        parts = heading_and_rest(converted.text, path, title if stands else "")
        converted = replace(converted, text="\n\n".join(filter(None, parts)), look_at=tuple(left))
    converted = looked_through(converted)
    return replace(converted, text=without_rules_at_edges(without_gaps(converted.text)))


def convert_part(tool: str, path: Path, text: str, root: Path) -> Converted:
    """Return a document that others include as MyST.

    Raises:
        AuthorError: pandoc cannot read it.
    """
    return looked_through(of_document(tool, path, text, frozenset(), root))


def of_document(tool: str, path: Path, text: str, referred: frozenset[str], root: Path) -> Converted:
    """Return a document that is no notebook as MyST."""
    if tool in ("Quarto", "bookdown"):
        return of_pandoc(path, text, referred, bookdown=tool == "bookdown")
    if tool == "mdBook":
        return Converted(*of_mdbook(path, text))
    return Converted(*(of_mkdocs if tool == "MkDocs" else of_markdown)(path, text, root))


# --- Quarto and bookdown, by pandoc

CELL = re.compile(
    r"^(?P<fence>[ \t]*(?:`{3,}|~{3,}))\s*\{(?P<language>[A-Za-z]\w*)(?P<options>[^}\n]*)\}[ \t]*$"
    r"(?P<lines>(?:\n[ \t]*(?:#\||%%\||//\|)[^\n]*)*)(?:\n[ \t]*(?=\n))*",
    re.MULTILINE,
)
"""The head of a cell of code: its language and options, the options on the lines below, and no code behind these."""
NOT_DESCRIBED = "Pictures that code draws and nothing describes: write what each shows in its alternative text"
DIAGRAMS = ("mermaid", "dot")
RUN_BY_READERS = {"webr": "r", "pyodide": "python", "ojs": "javascript"}
"""Engine that runs a cell in the browser → the language of its code."""
SHORTCODE = re.compile(r"\{\{<\s*(?P<name>[\w-]+)\s*(?P<rest>.*?)\s*>\}\}")
LATEX = re.compile(r"\.(?:tex|sty|latex)$")
OPTION = re.compile(r"(?P<key>[\w.-]+)\s*=\s*(?P<value>\"[^\"]*\"|'[^']*'|[^,\s]+)")
REFERENCE = re.compile(r"\\@ref\((?P<label>[^)\s]+)\)")
ROLES = {
    "fig": "numref",
    "tab": "numref",
    "eq": "eq",
    "thm": "prf:ref",
    "lem": "prf:ref",
    "def": "prf:ref",
    "cor": "prf:ref",
    "prp": "prf:ref",
    "cnj": "prf:ref",
    "exm": "prf:ref",
}
"""Kind of a label of bookdown → the role that refers to it."""


def of_pandoc(
    path: Path, text: str, referred: frozenset[str], *, reads: str = READS, bookdown: bool = False
) -> Converted:
    """Return a document that pandoc reads as MyST.

    Headings get the labels that pandoc makes of their words where these are ``referred`` to.
    """
    head, body = front_matter(text)
    look_at: list[Remark] = []
    body = with_statements(body) if bookdown else body
    numbered = partial(cell, unnamed=count(1))
    body = CODE.sub(lambda found: CELL.sub(numbered, found[0], count=1) if CELL.match(found[0]) else found[0], body)
    body = outside_code(body, with_formulas)
    body = outside_code(body, lambda part: re.sub(r"^\. \. \.[ \t]*$\n?", "", part, flags=re.MULTILINE))
    body = SHORTCODE.sub(lambda found: shortcode(found, path, head, look_at), body)
    body = outside_code(body, lambda part: PART.sub("", part))
    body = REFERENCE.sub(lambda found: verbatim(referred_to(found["label"], named_before(found))), body)
    written, remarks = through_pandoc(path, body, referred, f"{reads}+tex_math_single_backslash" if bookdown else reads)
    myst = re.sub(r"\n{3,}", "\n\n", outside_code(written, below_tags)).lstrip("\n")
    return Converted(myst, (*look_at, *remarks))


def through_pandoc(path: Path, body: str, referred: frozenset[str], reads: str) -> tuple[str, list[Remark]]:
    """Return what pandoc writes of a document, and what our filter tells.

    Raises:
        AuthorError: it fails or takes too long.
    """
    ways = ("--from", reads, "--to", WRITES, "--wrap", "preserve", "--sandbox", *FILTERS)
    rendered = (f"{label}={file}" for label, (file, _path) in rendered_pictures(path).items())
    plot = fixed_words(named_language(path), {})["plot"]
    variables = {"REFERRED": " ".join(sorted(referred)), "RENDERED": "\n".join(rendered), "PLOT": plot}
    try:
        written, said = run_pandoc(body.encode(), *ways, seconds=LIMIT, variables=variables)
    except subprocess.CalledProcessError as error:
        cause = " ".join(error.stderr.decode(errors="replace").split())
        raise AuthorError(f"pandoc cannot read it: {cause}", Source(str(path))) from None
    except subprocess.TimeoutExpired:
        raise AuthorError(f"pandoc needs more than {LIMIT} seconds for it.", Source(str(path))) from None
    remarks = [told(line.removeprefix("told: ")) for line in said.splitlines() if line.startswith("told: ")]
    text = written.decode()
    undescribed = re.findall(rf"!\[{re.escape(plot)}\]\(([^)\n]*)\)", text)
    return text, [*remarks, *(Remark(NOT_DESCRIBED, file) for file in undescribed)]


def cell(found: re.Match[str], unnamed: Iterator[int]) -> str:
    """Return the head of a cell of code as pandoc reads attributes; one of R without a label has the name that knitr
    gives it, by the next number of those that are ``unnamed``.
    """
    language, options = found["language"], found["options"].strip().lstrip(",")
    given: dict[str, object] = {
        item["key"].replace(".", "-"): item["value"].strip("\"'") for item in OPTION.finditer(options)
    }
    label = re.match(r"\s*([\w-]+)\s*(?:,|$)", options)
    if label:
        given.setdefault("label", label[1])
    given |= cell_options(found["lines"])
    if language == "r" and not given.get("label"):
        given["chunk"] = f"unnamed-chunk-{next(unnamed)}"
    written = "".join(f' {key}="{attribute(value)}"' for key, value in given.items() if value is not None)
    kind = "" if language in DIAGRAMS else " .cell-source"
    return f"{found['fence']} {{.{RUN_BY_READERS.get(language, language)}{kind}{written}}}"


def cell_options(lines: str) -> dict[str, object]:
    """Return the options that stand as YAML on the first lines of a cell, ``fig.cap`` as ``fig-cap``; none where they
    are no YAML.
    """
    text = "\n".join(re.sub(r"^[ \t]*(?:#|%%|//)\| ?", "", line) for line in lines.splitlines())
    try:
        found = yaml.safe_load(text)
    except yaml.YAMLError:
        return {}
    return {str(key).replace(".", "-"): value for key, value in found.items()} if isinstance(found, dict) else {}


def attribute(value: object) -> str:
    """Return a value as it stands in quotation marks among the attributes of a block."""
    text = " ".join(str(value).split()) if not isinstance(value, bool) else str(value).lower()
    return text.replace("\\", "\\\\").replace('"', '\\"')


def labels_referred_to(text: str) -> set[str]:
    """Return the labels that a document refers to, as bookdown, Quarto and Pandoc write it."""
    return {found["label"] for found in REFERENCE.finditer(text)} | set(re.findall(r"\]\([^)\s]*#([\w:-]+)\)", text))


def verbatim(text: str) -> str:
    """Return MyST that stands in a line as pandoc is to leave it."""
    return f"``{text} ``{{=markdown}}" if text.endswith("`") else f"`{text}`{{=markdown}}"


NAMED = re.compile(r"\b(?:sections?|chapters?|ch\.|sec\.|appendix|appendices|part)[\s~]+\(?$|§\s*$", re.IGNORECASE)
"""What stands before the number of a section."""
LONGEST_NAME = 20


def named_before(found: re.Match[str]) -> str:
    """The words right before a reference."""
    return found.string[max(0, found.start() - LONGEST_NAME) : found.start()]


def referred_to(label: str, before: str) -> str:
    """Return the role that refers to a label of bookdown; of a figure or table it gives the number alone, since the
    author wrote its name before it, and of a section where its kind stands there.
    """
    role = "numref" if role_of(label) == "ref" and NAMED.search(before) else role_of(label)
    return f"{{{role}}}`{{number}} <{label}>`" if role == "numref" else f"{{{role}}}`{label}`"


def role_of(label: str) -> str:
    """Return the role that refers to a label of bookdown."""
    return ROLES.get(label.partition(":")[0] if ":" in label else "", "ref")


def shortcode(found: re.Match[str], path: Path, head: Mapping[str, Any], look_at: list[Remark]) -> str:
    """Return what a shortcode of Quarto becomes: a value of the settings, an included file, a link; what is left out is
    to be looked at.
    """
    name, rest = found["name"], found["rest"].strip("\"'")
    if name in ("var", "meta") and (value := value_of(name, rest, path, head)):
        return value
    if name == "include" and LATEX.search(rest):
        return ""  # macros, which are in the settings
    if name == "include":
        offset = ":heading-offset: 1\n" if head.get("title") and has_own_heading(path, rest) else ""
        return f"\n\n````{{=markdown}}\n```{{include}} {renamed(rest)}\n{offset}```\n````\n\n"
    if name == "video":
        return f"<{rest.split()[0]}>" if rest.startswith("http") else f"[{rest.split()[0]}]({rest.split()[0]})"
    if name == "kbd" and rest:
        return verbatim(f"{{kbd}}`{rest}`")
    if name != "pagebreak":
        look_at.append(Remark("Shortcodes are left out", f"`{found[0]}`"))
    return ""


def has_own_heading(path: Path, name: str) -> bool:
    """Return whether a file that a document includes has a heading of the first level. Its name may begin at the folder
    of the project, outside of which nothing is read.
    """
    root = root_of(path) or path.parent
    file = root / name.lstrip("/") if name.startswith("/") else path.parent / name
    return file.resolve().is_relative_to(root.resolve()) and has_heading(file)


def renamed(name: str) -> str:
    """Return the name of a document as it is written anew."""
    return re.sub(r"\.(qmd|rmd|markdown)$", ".md", name, flags=re.IGNORECASE)


# --- notebooks

WITH_AMSMATH = re.compile(
    r"^\\begin\{(?P<name>(?:equation|align|gather|multline|alignat|flalign|eqnarray)\*?)\}.*?^\\end\{(?P=name)\}",
    re.MULTILINE | re.DOTALL,
)
"""Displayed formulas without dollars, the only LaTeX of text that Jupyter reads."""
CELLS_HAVE_NAMES = 5
"""The minor version of the format 4 of notebooks from which cells have an ``id``."""
BETWEEN = "between-two-cells-of-a-notebook"
"""A paragraph that parts the texts of cells while pandoc reads all of them at once."""


def of_notebook(path: Path, text: str, referred: frozenset[str]) -> Converted:
    """Return a notebook whose texts are MyST; its code and outputs stay.

    Raises:
        AuthorError: it is no notebook.
    """
    try:
        notebook = json.loads(text)
        title = take_title(notebook["cells"])
        cells = [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]
        texts = ["".join(cell["source"]) for cell in cells]
    except (ValueError, KeyError, TypeError) as error:
        raise AuthorError(f"this is no notebook: {error}.", Source(str(path))) from None
    whole = WITH_AMSMATH.sub(lambda found: f"\n````{{=markdown}}\n{found[0]}\n````\n", f"\n\n{BETWEEN}\n\n".join(texts))
    converted = looked_through(of_pandoc(path, f"\n{whole}", referred, reads=f"{READS}-raw_tex-yaml_metadata_block"))
    heading, below = heading_and_rest(converted.text, path, title)
    if heading:
        has_names = notebook.get("nbformat_minor", 0) >= CELLS_HAVE_NAMES
        cells.insert(0, {"cell_type": "markdown", "metadata": {}} | ({"id": "title"} if has_names else {}))
        notebook["cells"].insert(0, cells[0])
        below = f"{heading}\n\n{BETWEEN}\n{below}"
    for cell, myst in zip(cells, without_gaps(below).split(f"{BETWEEN}\n"), strict=False):
        cell["source"] = myst.strip("\n").splitlines(keepends=True)
    return replace(converted, text=json.dumps(notebook, ensure_ascii=False, indent=1) + "\n")


def take_title(cells: list[dict[str, Any]]) -> str:
    """Return the title in the YAML that the first cell of a notebook begins with for Quarto, and take the YAML away; ''
    where there is none.
    """
    if not cells or cells[0]["cell_type"] == "code":
        return ""
    settings, below = front_matter("".join(cells[0]["source"]))
    if "title" not in settings:
        return ""
    cells[:1] = [{**cells[0], "source": below}] if below.strip() else []
    return names(settings["title"])


# --- what holds for all

LANGUAGE = re.compile(r"^(?P<fence>[ \t]*(?:`{3,}|~{3,}))[ \t]*(?P<name>[A-Za-z][\w+#.-]*)[ \t]*$", re.MULTILINE)
ON_THE_WEB = re.compile(r"(?:!\[[^\]]*\]\(<?|\{(?:figure|image)\} )(?P<address>https?://[^)\s>]+)")


def looked_through(converted: Converted) -> Converted:
    """Return a document whose languages of code have colours and whose links to headings lead there; what does not is
    to be looked at.
    """
    look_at = list(converted.look_at)
    text = LANGUAGE.sub(lambda found: coloured(found, look_at), converted.text)
    text = with_links_to_headings(text, look_at)
    look_at += [
        Remark("Pictures on the web: save each in the book's folder, or slides and print lack it", address)
        for address in ON_THE_WEB.findall(text)
    ]
    return Converted(text, tuple(look_at))


def coloured(found: re.Match[str], look_at: list[Remark]) -> str:
    """Return the head of a block of code whose language has a lexer; other code is text."""
    if has_colours(found["name"]):
        return found[0]
    look_at.append(Remark("Code without colours: nothing here knows its language", found["name"]))
    return f"{found['fence']}text"


NO_LEXERS = ("none", "default", "mermaid")
"""Languages of code that Sphinx or an extension knows beside Pygments."""


def has_colours(name: str) -> bool:
    """Return whether code in a language has colours."""
    if name in NO_LEXERS:
        return True
    try:
        find_lexer_class_by_name(name)
    except ClassNotFound:
        return False
    return True
