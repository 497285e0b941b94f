"""A document of MkDocs as MyST: Python-Markdown with its own extensions and those of PyMdown
(https://python-markdown.github.io/extensions/, https://facelessuser.github.io/pymdown-extensions/).
"""

from __future__ import annotations

import re
from pathlib import Path

from builder.commands.new.boxes import CODE, formula, outside, outside_code
from builder.commands.new.existing import front_matter
from builder.commands.new.included import NOT_INCLUDED, not_included, text_included
from builder.commands.new.indented_blocks import with_blocks
from builder.commands.new.markdown_text import of_markdown
from builder.commands.new.mkdocs import project_of
from builder.commands.new.remarks import Remark
from builder.source.yaml_settings import names

SNIPPET = re.compile(r"^(?P<indent>[ \t]*);?-{1,}8<-{1,}[ \t]+[\"'](?P<file>[^\"'\n]+)[\"'][ \t]*$", re.MULTILINE)
SNIPPETS = re.compile(
    r"^(?P<indent>[ \t]*)-{1,}8<-{1,}[ \t]*\n(?P<files>(?:[^\n]*\n)*?)(?P=indent)-{1,}8<-{1,}[ \t]*$", re.MULTILINE
)
SECTION = re.compile(r"^.*-{1,}8<-{1,}[ \t]*\[(?:start|end):[^\]\n]*\].*\n?", re.MULTILINE)
LINES = re.compile(r"[0-9]*:?[0-9]+(?:,[0-9]*:?[0-9]+)*:?")
"""From where to where a file is included, several times."""
FIGURE = re.compile(
    r"^(?P<indent>[ \t]*)<figure\b[^>\n]*>\s*(?P<picture>!\[[^\]\n]*\]\([^)\n]+\)(?:\{[^}\n]*\})?)\s*"
    r"(?:<figcaption\b[^>\n]*>(?P<caption>.*?)</figcaption>\s*)?</figure>[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
PICTURE = re.compile(r"!\[(?P<alt>[^\]\n]*)\]\((?P<file>[^)\s]+)[^)\n]*\)(?:\{(?P<given>[^}\n]*)\})?")
CAPTION = re.compile(
    r"(?P<picture>^[ \t]*!\[[^\]\n]*\]\([^)\n]+\)(?:\{[^}\n]*\})?)[ \t]*\n+[ \t]*///[ \t]*(?:figure-)?caption[ \t]*\n"
    r"(?P<caption>.*?)\n[ \t]*///[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
TAG = re.compile(r"^[ \t]*<(?P<end>/?)(?P<name>div|section|figure|center|span)\b(?P<given>[^>\n]*)>[ \t]*$")
API = re.compile(r"^:::[ \t]+(?P<name>[\w.]+)[ \t]*\n(?:(?:[ ]{4}|\t)[^\n]*\n|[ \t]*\n(?=[ ]{4}|\t))*", re.MULTILINE)
"""What mkdocstrings makes of an object of Python, with its options."""
ABBREVIATION = re.compile(r"^\*\[(?P<short>[^\]\n]+)\]:[^\n]*\n?", re.MULTILINE)
CONTENTS = re.compile(r"^\[TOC\][ \t]*$", re.MULTILINE)
RULE = re.compile(r"^(?:[ ]{4,}|\t[ \t]*)-{3,}[ \t]*$", re.MULTILINE)
"""A line across a card, which is an item of a list."""
ICON = re.compile(r":(?:material|fontawesome|octicons|simple)-[\w-]+:(?:\{[^}\n]*\})?[ \t]?")
EMOJI = re.compile(r"(?<![\w:}])(?P<name>:[a-z][a-z0-9_+-]*:)(?![\w:`])")
KEYS = re.compile(r"\+\+(?P<keys>[\w\"'-]+(?:\+[\w\"'-]+)*)\+\+")
INSERTED = re.compile(r"\^\^(?=\S)([^\^\n]+?)(?<=\S)\^\^")
LOWERED = re.compile(r"(?<![~\\])~(?![~\s])([^~\s]+)~(?!~)")
CRITIC = re.compile(
    r"\{\+\+(?P<added>.+?)\+\+\}|\{--.+?--\}|\{~~.+?~>(?P<new>.*?)~~\}|\{==(?P<marked>.+?)==\}|\{>>.+?<<\}", re.DOTALL
)
"""Corrections that PyMdown's Critic marks: what they lead to."""
DEFINITION = re.compile(r"^ {0,3}\[(?P<name>[^\]\^\n][^\]\n]*)\]:[ \t]+\S[^\n]*\n?", re.MULTILINE)
"""Where the links of a name lead to."""
RAISED = re.compile(r"(?<![\^\\\[])\^(?![\^\s])([^\^\s\]]+)\^(?!\^)")
FORMULA = re.compile(
    r"(?<!\\)\\(?:\((?P<inline>(?:(?!\\\()[^\n])+?)\\\)|\[(?P<display>(?:(?!(?<!\\)\\\[).)+?)\\\])", re.DOTALL
)
MATHEMATICS = re.compile(
    r"\$\$.+?\$\$|\$(?:[^$\n]|\n(?![ \t]*\n))+\$|\\begin\{(?P<name>\w+\*?)\}.+?\\end\{(?P=name)\}", re.DOTALL
)
ATTRIBUTES = re.compile(
    r"(?P<before>(?<![ \t])[ \t]*+)(?<!\{)\{(?P<given>:[^{}\n]*|"
    r"(?:[ \t]+(?:[.#][\w:.-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}]+)))+[ \t]*)\}"
)
"""What attr_list takes for attributes: all that stands behind a colon, else labels, classes and values alone."""
WIDTH = re.compile(r"\bwidth[=:][ \t]*[\"']?(?P<size>\d+(?:%|px|em|rem|pt|cm|mm)?)")
LABEL = re.compile(r"(?:^|\s)#(?P<label>[\w:.-]+)|\bid=[\"']?(?P<given>[\w:.-]+)")
OF_DESIGN = re.compile(
    r"\.(?:md-|annotate|grid|card|center)[\w-]*|\.lg\b"
    r"|\b(?:loading|target|rel|align|tabindex|title|style|data-[\w-]+)(?:=(?:\"[^\"]*\"|'[^']*'|\S+))?"
)
"""Attributes that only a web site needs."""


def of_mkdocs(path: Path, text: str, root: Path) -> tuple[str, tuple[Remark, ...]]:
    """Return the MyST of a document below the folder ``root``, and what has to be looked at; a page without a heading
    has its title in the navigation.
    """
    project, extensions, titles = project_of(path.absolute())
    look_at: list[Remark] = []
    head, body = front_matter(text)
    body = with_snippets(body, project, root, look_at, (path.resolve(),))
    body = without_overridden(body)
    if extensions & {"pymdownx.emoji", "emoji"}:
        signs = (found["name"] for found in EMOJI.finditer(CODE.sub("", body)))
        look_at += [Remark("Emoji by their names: write the signs", f"`{name}`") for name in signs]
    body = without_wrappers(outside_code(body, lambda part: of_blocks(part, look_at)))
    body = outside_code(with_blocks(body), lambda part: of_words(part, extensions, look_at))
    title = names(head.get("title")) or titles.get(path.relative_to(root).as_posix(), "")
    if title and not re.search(r"^# |^=+[ \t]*$", body, re.MULTILINE):
        body = f"# {title}\n\n{body.lstrip(chr(10))}"
    found, of_all = of_markdown(path, body, root)
    return found, (*look_at, *of_all)


def with_snippets(text: str, project: Path, root: Path, look_at: list[Remark], above: tuple[Path, ...]) -> str:
    """Return a text with the files that it includes, which lie in the project; of one that cannot be read its name.
    ``above`` are the files that this text stands in.
    """

    def included(name: str, indent: str) -> str:
        file, _, part = name.strip().partition(":")
        try:
            path = next((folder / file for folder in (project, root) if (folder / file).is_file()), project / file)
            shown = part_of_snippet(text_included(path, project, above), part)
        except NOT_INCLUDED:
            look_at.append(not_included(name))
            return f"{indent}(see {file})"
        shown = with_snippets(shown, project, root, look_at, (*above, path.resolve()))
        return "\n".join(indent + line if line else "" for line in shown.splitlines())

    def several(found: re.Match[str]) -> str:
        wanted = (name.strip() for name in found["files"].splitlines())
        return "\n".join(included(name, found["indent"]) for name in wanted if name and name[0] != ";")

    text = SNIPPETS.sub(several, text)
    return SNIPPET.sub(lambda found: included(found["file"], found["indent"]), text)


def part_of_snippet(text: str, part: str) -> str:
    """Return the lines of a file that ``part`` names, as ``2:10``, ``1:3,8:9``, ``here`` or '' for all, without the
    marks there.

    Raises:
        ValueError: there is no such part.
    """
    if LINES.fullmatch(part):
        lines = text.splitlines()
        ends = (one.partition(":") for one in part.split(","))
        text = "\n".join(
            line for first, _, last in ends for line in lines[max(int(first or 1) - 1, 0) : int(last) if last else None]
        )
    elif part:
        name = re.escape(part)
        found = re.search(
            rf"\[start:{name}\][^\n]*\n(?P<lines>.*?)^[^\n]*\[end:{name}\]", text, re.MULTILINE | re.DOTALL
        )
        if found is None:
            raise ValueError(part)
        text = found["lines"]
    return SECTION.sub("", text).rstrip("\n")


def without_overridden(text: str) -> str:
    """Return a text that says once where the links of a name lead to: in Python-Markdown the last word counts, in MyST
    the first.
    """
    code = [found.span() for found in CODE.finditer(text)]
    found = [one for one in DEFINITION.finditer(text) if not any(start <= one.start() < end for start, end in code)]
    last = {one["name"].casefold(): one.start() for one in found}
    overridden = {one.start() for one in found} - set(last.values())
    return DEFINITION.sub(lambda one: "" if one.start() in overridden else one[0], text)


def of_blocks(text: str, look_at: list[Remark]) -> str:
    """Return a text with figures for pictures with captions, and without what only a web site shows."""

    def figure(found: re.Match[str]) -> str:
        picture = PICTURE.search(found["picture"])
        caption = " ".join((found["caption"] or "").split())
        if picture is None or not caption:
            return str(found["picture"])
        width = WIDTH.search(picture["given"] or "")
        options = [f":alt: {picture['alt']}"] if picture["alt"] else []
        options += [f":width: {size_of(width)}"] if width else []
        return "\n".join([f":::{{figure}} {picture['file']}", *options, "", caption, ":::"])

    def api(found: re.Match[str]) -> str:
        look_at.append(Remark("What mkdocstrings documents is left out: name it with autodoc", f"`{found['name']}`"))
        return f"`{found['name']}`\n\n"

    def abbreviation(found: re.Match[str]) -> str:
        look_at.append(Remark("Abbreviations are left out", f"`{found['short']}`"))
        return ""

    text = RULE.sub("", CAPTION.sub(figure, FIGURE.sub(figure, text)))
    return CONTENTS.sub("", ABBREVIATION.sub(abbreviation, API.sub(api, text)))


def without_wrappers(text: str) -> str:
    """Return a text without the tags of HTML that hold Markdown, each on a line of its own."""
    lines: list[str] = []
    open_tags: list[tuple[str, bool]] = []
    for line in text.splitlines(keepends=True):
        tag = TAG.match(line)
        if tag and not tag["end"]:
            open_tags.append((tag["name"], "markdown" in tag["given"]))
            line = "\n" if open_tags[-1][1] else line
        elif tag and open_tags and open_tags[-1][0] == tag["name"]:
            line = "\n" if open_tags.pop()[1] else line
        lines.append(line)
    return "".join(lines)


def of_words(text: str, extensions: frozenset[str], look_at: list[Remark]) -> str:
    """Return a text without code whose words have the marks of MyST."""

    def left_out(found: re.Match[str]) -> str:
        look_at.append(Remark("Icons are left out", f"`{found[0].strip()}`"))
        return ""

    def keys(found: re.Match[str]) -> str:
        pressed = (key.strip("\"'").replace("-", " ") for key in found["keys"].split("+"))
        return "{kbd}`" + "+".join(key[:1].upper() + key[1:] for key in pressed) + "`"

    def marked(words: str) -> str:
        words = ATTRIBUTES.sub(lambda found: attributes(found, look_at), ICON.sub(left_out, words))
        if "pymdownx.keys" in extensions:
            words = KEYS.sub(keys, words)
        if "pymdownx.caret" in extensions:
            words = RAISED.sub(r"{sup}`\1`", INSERTED.sub(r"*\1*", words))
        return LOWERED.sub(r"{sub}`\1`", words) if "pymdownx.tilde" in extensions else words

    if "pymdownx.critic" in extensions:
        text = CRITIC.sub(lambda found: found["added"] or found["new"] or found["marked"] or "", text)
    has_formulas = any(re.search("arithmatex|math|katex", name) for name in extensions)
    text = FORMULA.sub(formula, text) if has_formulas else text
    return re.sub(r"\n{3,}", "\n\n", outside(MATHEMATICS, text, marked))


def attributes(found: re.Match[str], look_at: list[Remark]) -> str:
    """Return the label and the width of attributes as MyST has them; others are to be looked at."""
    given = found["given"].lstrip(":")
    label, width = LABEL.search(given), WIDTH.search(given)
    left = WIDTH.sub("", LABEL.sub("", OF_DESIGN.sub("", given))).strip(" \t\"';:")
    if left:
        look_at.append(Remark("Attributes are left out", f"`{found[0].strip()}`"))
    if label:
        return f"{found['before']}{{#{label['label'] or label['given']}}}"
    return f"{{width={size_of(width)}}}" if width else ""


def size_of(width: re.Match[str]) -> str:
    """Return a width with its unit."""
    return f"{width['size']}px" if width["size"].isdigit() else str(width["size"])
