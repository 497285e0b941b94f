"""A document of mystmd as MyST-Parser and the extensions read it, line by line, so that places in it stay.

References: https://mystmd.org/guide/directives, https://mystmd.org/guide/roles,
https://mystmd.org/guide/glossaries-and-terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from itertools import takewhile
from types import MappingProxyType
from typing import Any

import yaml

from builder.source.fences import Fence, Fences
from builder.source.mystmd_glossaries import Definitions
from builder.typeset.wording import Words

LABEL = re.compile(r"^(?P<indent>\s*):label:")
LABELLED = ("math", "prf:", "proof", "exercise", "solution", "theorem")
"""Directives whose label is called so here too."""
CITED = re.compile(
    r"\[(?P<several>@[\w:./-]+(?:\s*;\s*@[\w:./-]+)*)\]|(?<![\w`@/\[])@(?P<one>[A-Za-z](?:[\w:./-]*\w)?)"
)
ADDRESS = re.compile(r"https?://(?:doi\.org/)?(?P<words>.+)")
"""The key of a work that is none of the bibliography: mystmd looks it up there."""
XREF = re.compile(r"(?<!`)\[(?P<words>[^\[\]]*)\]\(xref:(?P<site>[\w.-]+)(?P<page>/[^)\s#]*)?(?P<place>#[^)\s]*)?\)")
"""A link into another project, whose address ``references`` of the settings names."""
RAW_ROLE = re.compile(r"\{raw:(?P<format>tex|latex|typst|html)\}(?=`[^`\s][^`]*`)")
BARE_XREF = re.compile(r"(?<!`)<(?P<link>xref:[^<>\s]+)>")
NO_SITES: Mapping[str, str] = MappingProxyType({})
CITING = re.compile(r"(?P<role>\{cite(?::\w+)?\}`)(?P<keys>[^`;]*;[^`]*)`")
"""A role that cites several works, between semicolons."""
BY_DOI = re.compile(r"\{cite(?::\w+)?\}`(?:https?://doi\.org/)?(?P<doi>10\.\d{4,}/[^`\s,;]+)`")
"""A role that cites a work by its DOI, which mystmd looks up."""
BUTTON = re.compile(r"\{button\}`(?P<words>[^`<]+?)\s*<(?P<address>[^`>]+)>`")

INCLUDE = re.compile(r"^(?P<fence>\s*[`:~]{3,}\s*)\{include\}")
INCLUDED_LINES = "include-lines"
"""What includes some lines of a file."""
OTHER_NAMES = {"code": "code-block", "tab": "tab-item"}
"""Directive of mystmd → the one here that takes its options."""
WITHOUT_SPACE = re.compile(r"^(\s*[`:~]{3,}\s*\{[\w:.-]+\})(?=[^\s{])")
"""The opening of a directive that its first word stands directly behind."""
DIRECTIVE = re.compile(r"^(?P<fence>\s*[`:~]{3,}\s*)\{(?P<name>code|tab|proof:(?P<kind>\w+))\}")
FILENAME = re.compile(r"^(?P<indent>\s*):filename:")
CAPTION = re.compile(r"^\s*:(?:caption|filename):")
TITLED = re.compile(
    r"^(?P<fence>\s*[`:~]{3,}\s*)\{(?P<kind>note|tip|hint|warning|caution|danger|attention|important|error|seealso)\}"
    r"(?P<title>[ \t]+\S.*)"
)
OPTION = re.compile(r"^\s*:[\w-]+:")
CLASSES = re.compile(r"^(?P<indent>\s*):(?:class:(?P<classes>[^\n]*)|(?:icon|open|enumerated):[^\n]*)")
"""An option that says how a box looks: its classes, or what only mystmd has."""
ONLY_THERE = re.compile(r"^(?P<indent>\s*):(?:enumerated|enumerator):[ \t]*(?P<value>.*?)[ \t]*$", re.MULTILINE)
"""Options that say whether a formula or a theorem has a number, and which."""
GROUP = re.compile(r"(?<![\w`\]])\[(?P<works>[^\[\]`]*@[^\[\]`]+)\](?!\()")
WORK = re.compile(r"(?P<before>[^@]*?)\s*-?@(?P<key>[\w:./-]*\w)\s*,?\s*(?P<behind>[^@]*)")
LABELLED_FORMULA = re.compile(
    r"^(?P<open>[ \t]*(?:(?:[-*+:]|\d+[.)])[ \t]+)*\$\$)(?P<before>[^$]*?)"
    r"\\label\{(?P<label>[^}\s]+)\}(?P<after>[^$]*?)\$\$[ \t]*$",
    re.MULTILINE,
)
FIRST_LEVEL = re.compile(r"#[ \t]+(?P<words>.*?)[ \t]*$")
TO_LABEL = re.compile(r"(?P<picture>!\[[^\[\]]*)?\]\(#(?P<label>[^)\s]+)\)")
NUMBERED_WORDS = ("%s", "{number}", "{name}")
"""What stands in the words of a link for the number and the title of what it leads to."""
PROOF = re.compile(r"\{(?:prf|proof):\w+\}.*\n(?:[ \t]*:(?!label)[\w-]+:.*\n)*[ \t]*:label:[ \t]*(\S+)")
EQUATION = re.compile(
    r"\$\$[ \t]*\((?P<behind>[^)\s]+)\)[ \t]*$|\\label\{(?P<inside>[^}\s]+)\}"
    r"|\{math\}.*\n(?:[ \t]*:(?!label)[\w-]+:.*\n)*[ \t]*:label:[ \t]*(?P<option>\S+)",
    re.MULTILINE,
)
"""A displayed formula with a label: behind it, within it, or in an option."""
PROVED, NUMBERED, EQUAL = "prf:ref", "numref", "eq"
CAPTIONED = ("figure", "iframe", "table", "list-table", "csv-table", "code", "code-block")
GIVEN = re.compile(r"\s*:(?P<name>[\w-]+):(?P<value>.*)")
PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)(?:\{[^}]*\})?")
LINK_INTO_FILE = re.compile(r"\]\([^)\s#:]+\.(?:md|ipynb)#(?P<label>[^)\s]+)\)")
"""The end of a link to a label in another document, which mystmd knows by its label alone."""
LINK_BY_SIGN = re.compile(r"\]\(@(?P<label>[A-Za-z][\w:./-]*)\)")
"""The end of a link to a label that begins with the sign of references."""
LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]`]*)\]\(#(?P<label>[^)\s]+)\)")


FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<settings>.*?\n)---[ \t]*(?:\n|$)", re.DOTALL)


def settings_of_page(text: str) -> Mapping[str, Any]:
    """Return the YAML at the head of a document, none where it cannot be read."""
    head = FRONT_MATTER.match(text)
    try:
        found = yaml.safe_load(head["settings"]) if head else None
    except yaml.YAMLError:
        found = None
    return found if isinstance(found, Mapping) else {}


BACK = ("acknowledgments", "acknowledgements", "data_availability")
"""Parts of a page in its front matter that stand behind its text."""
FRONT = ("abstract", "plain_language_summary", "summary", "keypoints", "key_points")
"""Parts of a page in its front matter that stand below its title."""
SPELLINGS = {"acknowledgements": "acknowledgments", "keypoints": "key_points"}
"""Parts by another name → their word in our catalogue."""
FRONT_CLASS = "front-part"
"""Class of what was read behind the text and belongs below the title."""
OTHER_PARTS = ("epigraph",)


def back_matter(settings: Mapping[str, Any], words: Words) -> str:
    """Return the parts of a page that its front matter has, each below its name in ``words``; '' for none. They are
    read behind the text, whose lines stay where they are.
    """
    texts = {**parts_in(settings), **settings}
    behind = [
        f"\n\n```{{rubric}} {words[SPELLINGS.get(name, name)]}\n```\n\n{of_part(texts[name])}\n"
        for name in BACK
        if texts.get(name)
    ]
    front = [
        f"\n\n`````{{topic}} {words[SPELLINGS.get(name, name)]}\n:class: {FRONT_CLASS}\n\n"
        f"{of_part(texts[name])}\n`````\n"
        for name in FRONT
        if texts.get(name)
    ]
    return "".join([*behind, *front])


def of_part(text: Any) -> str:
    """Return the text of a part; one of several items is a list."""
    return "\n".join(f"- {item}" for item in text) if isinstance(text, list) else str(text)


def parts_not_shown(settings: Mapping[str, Any]) -> list[str]:
    """Return the names of the parts of a page that stand nowhere."""
    return [
        *(name for name in OTHER_PARTS if settings.get(name)),
        *(name for name in parts_in(settings) if name not in (*BACK, *FRONT)),
    ]


def parts_in(settings: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the table of parts of a page, an empty one where there is none."""
    found = settings.get("parts")
    return found if isinstance(found, Mapping) else {}


def label_of_page(text: str) -> str:
    """Return the label that a page has in its front matter; '' for none."""
    return str(settings_of_page(text).get("label") or "")


def roles_of_labels(text: str) -> dict[str, str]:
    """Return the role that refers to each theorem, proof and the like in a document, and to what has a number there: a
    figure, table or code with a caption, a formula.
    """
    equations = {str(found[found.lastgroup or 0]): EQUAL for found in EQUATION.finditer(text)}
    return {**equations, **dict.fromkeys(numbered_labels(text), NUMBERED), **dict.fromkeys(PROOF.findall(text), PROVED)}


def numbered_labels(text: str) -> Iterator[str]:
    """The labels of figures, tables and code that have a caption, and so a number."""
    fences = Fences()
    lines = text.splitlines()
    for number, line in enumerate(lines):
        opened = fences.take(line)
        if opened is None or opened.directive not in CAPTIONED:
            continue
        options = [found for found in map(GIVEN.match, takewhile(OPTION.match, lines[number + 1 :])) if found]
        given = {found["name"]: found["value"].strip() for found in options}
        label = given.get("label") or given.get("name")
        if (
            label
            and given.get("enumerated") != "false"
            and has_caption(opened, given, lines[number + 1 + len(options) :])
        ):
            yield label


def has_caption(opened: Fence, given: Mapping[str, str], below: list[str]) -> bool:
    """Return whether a directive has a caption: in its option, on its first line, or as what stands in it."""
    if opened.directive in ("code", "code-block"):
        return "caption" in given or "filename" in given
    if opened.directive not in ("figure", "iframe"):
        return bool(opened.info.strip().removeprefix(f"{{{opened.directive}}}").strip())
    inside = takewhile(lambda line: not line.strip().startswith(opened.signs), below)
    return any(line.strip() and not PICTURE.fullmatch(line.strip()) for line in inside)


def rewritten(
    text: str,
    works: Set[str],
    roles: Mapping[str, str] = NO_SITES,
    sites: Mapping[str, str] = NO_SITES,
    pages: Mapping[str, str] = NO_SITES,
) -> str:
    """Return a document as it is read here: labels, citations of ``works`` and references, also by ``roles``, to
    other projects (``sites``) and to labels of ``pages``, names and options of directives, glossaries, headings.
    """
    text = LABELLED_FORMULA.sub(r"\g<open>\g<before>\g<after>$$ (\g<label>)", text)
    lines = list(rewritten_lines(text, works, roles, sites))
    return TO_LABEL.sub(lambda found: to_page(found, pages), "".join(below_title(lines)))


def to_page(found: re.Match[str], pages: Mapping[str, str]) -> str:
    """Return the end of a link to the label of a page as one to its file; other links as they are."""
    return f"]({pages[found['label']]})" if found["label"] in pages and not found["picture"] else found[0]


def below_title(lines: list[str]) -> Iterator[str]:
    """Each line, with headings a level deeper where the title stands in the front matter and headings of the first
    level below it; one that repeats the title goes.
    """
    title = settings_of_page("".join(lines)).get("title")
    fences = Fences()
    heads = []
    for number, line in enumerate(lines):
        is_open = bool(fences.open)
        fences.take(line)
        if title and not is_open and re.match(r"#{1,6}[ \t]", line):
            heads.append(number)
    first = [number for number in heads if FIRST_LEVEL.match(lines[number])]
    repeated = {number for number in first[:1] if FIRST_LEVEL.match(lines[number])["words"] == str(title)}  # type: ignore[index]
    deeper = bool(set(first) - repeated)
    for number, line in enumerate(lines):
        if number in repeated:
            yield "\n"
        else:
            yield f"#{line}" if deeper and number in heads else line


def rewritten_lines(text: str, works: Set[str], roles: Mapping[str, str], sites: Mapping[str, str]) -> Iterator[str]:
    """Each line as it is read here."""
    fences, definitions = Fences(), Definitions()
    captions = 0
    lines = text.splitlines(keepends=True)
    for number, line in enumerate(lines):
        opened = fences.take(line)
        name = (fences.open[-1].directive if fences.open else "") or ("code" if fences.are_verbatim else "")
        if opened is not None:
            captions = 0
            lines[number] = WITHOUT_SPACE.sub(r"\1 ", lines[number])
            name_with_title(lines, number)
            name_by_options(lines, number)
            line = DIRECTIVE.sub(renamed, lines[number])
            if any(fence.directive == "grid" for fence in fences.open[-2:-1]):
                line = line.replace("{card}", "{grid-item-card}", 1)
            lines[number] = line
        line = lines[number] if opened is None else line
        captions += bool(CAPTION.match(line))
        if name.startswith("code") and captions == 1:
            line = FILENAME.sub(r"\g<indent>:caption:", line)
        if name.startswith(("math", "prf:", "proof", "exercise")):
            line = without_number(line, name)
        if LABEL.match(line) and name and not name.startswith(LABELLED):
            line = LABEL.sub(r"\g<indent>:name:", line)
        elif not name.startswith("code"):
            line = XREF.sub(lambda found: in_another(found, sites), of_words(line, works, roles))
        yield definitions.read(line, "".join(lines[number + 1 : number + 2])) if name == "glossary" else line


def without_number(line: str, name: str) -> str:
    """Return the option that says that a theorem or exercise has no number, or one without effect; other lines as they
    are.
    """
    found = ONLY_THERE.match(line)
    if not found:
        return line
    is_off = found["value"].lower() == "false" and not name.startswith("math")
    return f"{found['indent']}:nonumber:\n" if is_off else f"{found['indent']}:class: {NO_EFFECT}\n"


NO_EFFECT = "as-it-is"
"""A class that stands for what has no effect, so that lines stay where they are."""


def name_with_title(lines: list[str], number: int) -> None:
    """Change a box with a title at a line of a document to an ``admonition``: here what stands behind ``{note}`` is its
    first paragraph. It has the class of its kind where an option has a line for it.
    """
    found = TITLED.match(lines[number])
    if not found or lines[number + 1 : number + 2] == [found["fence"].rstrip() + "\n"]:  # what it has is no title
        return
    lines[number] = f"{found['fence']}{{admonition}}{found['title']}\n"
    options = takewhile(OPTION.match, lines[number + 1 :])
    place = next((at for at, option in enumerate(options, start=number + 1) if CLASSES.match(option)), None)
    if place is not None:
        lines[place] = CLASSES.sub(rf"\g<indent>:class: {found['kind']}\g<classes>", lines[place])


def name_by_options(lines: list[str], number: int) -> None:
    """Change an ``include`` at a line of a document to what takes its options: code, or chosen lines."""
    found = INCLUDE.match(lines[number])
    options = list(takewhile(OPTION.match, lines[number + 1 :])) if found else []
    given = {option.strip().split(":")[1] for option in options}
    name = ""
    if given & {"literal", "lang"} and not given & {"start-line", "end-line"}:
        name = "literalinclude"
        for at, option in enumerate(options, start=number + 1):
            code = option.replace(":lang:", ":language:", 1)
            lines[at] = re.sub(r":literal:.*", f":class: {NO_EFFECT}", code)
    elif "lines" in given:
        name = INCLUDED_LINES
    if name:
        lines[number] = INCLUDE.sub(rf"\g<fence>{{{name}}}", lines[number])


def renamed(found: re.Match[str]) -> str:
    """Return the opening of a directive with its name here."""
    name = f"prf:{found['kind']}" if found["kind"] else OTHER_NAMES[found["name"]]
    return f"{found['fence']}{{{name}}}"


def of_words(line: str, works: Set[str], roles: Mapping[str, str]) -> str:
    """Return a line of text with its citations, references and buttons as they are written here."""
    line = RAW_ROLE.sub(r"{raw-\g<format>}", line)
    line = BARE_XREF.sub(r"[](\g<link>)", line)
    line = LINK_BY_SIGN.sub(r"](#\g<label>)", line)
    line = LINK_INTO_FILE.sub(lambda found: f"](#{found['label']})" if found["label"] in roles else found[0], line)
    line = GROUP.sub(lambda found: cited_with_words(found, works), line)
    line = BY_DOI.sub(r"[\g<doi>](https://doi.org/\g<doi>)", CITED.sub(lambda found: cited(found, works), line))
    line = CITING.sub(lambda found: f"{found['role']}{','.join(map(str.strip, found['keys'].split(';')))}`", line)
    line = LINK.sub(lambda found: referred(found, roles.get(found["label"], "")), line)
    return BUTTON.sub(r"[\g<words>](\g<address>)", line)


def cited_with_words(found: re.Match[str], works: Set[str]) -> str:
    """Return a citation of several works with words before and behind them; what cites others as it is."""
    parts = [WORK.fullmatch(part.strip()) for part in found["works"].split(";")]
    known = [part for part in parts if part and part["key"] in works]
    if len(known) < len(parts) or not (
        "-@" in found["works"] or any(part["before"] or part["behind"] for part in known)
    ):
        return found[0]
    cited = (braced(part["before"]) + part["key"] + braced(part["behind"].strip()) for part in known)
    return f"{{cite:p}}`{','.join(cited)}`"


def braced(words: str) -> str:
    """Return words as they stand beside the key of a work; '' for none."""
    return f"{{{words}}}" if words else ""


def with_number(found: re.Match[str]) -> str:
    """Return the role that refers to something by its number, in the words of a link; other links as they are."""
    words = found["words"]
    if not has_number(words):
        return found[0]
    return f"{{numref}}`{words.replace('%s', '{number}')} <{found['label']}>`"


def has_number(words: str) -> bool:
    """True if the words of a link say where the number of what it leads to stands, or its title."""
    return any(sign in words for sign in NUMBERED_WORDS)


def referred(found: re.Match[str], role: str) -> str:
    """Return the role that refers to a theorem, or by its number to what has one; other links as they are."""
    words, label = found["words"], found["label"]
    if role == PROVED and words:
        return f"{{{role}}}`{words} <{label}>`"
    if role == EQUAL and words:
        number = f"{{{role}}}`{label}`"  # Sphinx shows nothing but that for it, whatever words a link has
        return re.sub(r"\(?(?:%s|\{number\})\)?", lambda _: number, words if has_number(words) else f"{words} %s")
    return f"{{{role}}}`{label}`" if role and not words else with_number(found)


def cited(found: re.Match[str], works: Set[str]) -> str:
    """Return a citation of works, or a reference to a label."""
    keys = [key.strip().lstrip("@") for key in (found["several"] or found["one"]).split(";")]
    if any(ADDRESS.match(key) for key in keys):
        return ", ".join(ADDRESS.sub(r"[\g<words>](\g<0>)", key) for key in keys)
    if all(key in works for key in keys):
        return f"{{cite:{'p' if found['several'] else 't'}}}`{','.join(keys)}`"
    return ", ".join(f"[](#{key})" for key in keys) if found["several"] or "." not in keys[0] else found[0]


def unnamed_projects(text: str, sites: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    """Yield line and name of each project that a document links to, and that has no address in the settings."""
    fences = Fences()
    for number, line in enumerate(text.splitlines(), start=1):
        fences.take(line)
        links = () if fences.are_verbatim else XREF.finditer(BARE_XREF.sub(r"[](\g<link>)", line))
        yield from ((number, found["site"]) for found in links if found["site"] not in sites)


def in_another(found: re.Match[str], sites: Mapping[str, str]) -> str:
    """Return a link to a page of another project, or to its first page where only a place is named: which page that is
    on is known to nobody here. Of one into a project without an address the words remain.
    """
    site, page = found["site"], found["page"]
    if site not in sites:
        return found["words"] or (found["place"] or page or site).lstrip("#/")
    address = f"{sites[site].rstrip('/')}{page}{found['place'] or ''}" if page else sites[site]
    return f"[{found['words'] or site}]({address})"
