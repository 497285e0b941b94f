"""Classes that are nearly of the annotation language, or have no effect where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from weakref import WeakKeyDictionary

from docutils import nodes
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound
from sphinx.application import Sphinx
from sphinx.util._uri import is_url

from builder.source.annotations.classes import (
    BLOCK,
    CODE,
    COMMON,
    HEADING,
    OF_MINUTES,
    OTHER_SPELLINGS,
    PARAGRAPH,
    PLACES,
    QUOTATION,
    TAGS,
    TAGS_OF_OTHERS,
    WITH_NUMBERS,
    WORDS,
    how_to_write,
    is_lines,
    place_of,
)
from builder.source.annotations.directives import NAMES
from builder.source.annotations.marks import has_marks, sentence_of
from builder.source.annotations.vocabulary import DOTS, MARKS, MINUTES, NUMBERED
from builder.source.edition_names import EDITIONS
from builder.source.near import nearly

OF_BLOCKS = ("slide", "slide-picture", "backup", "unlisted", "next-slide", NUMBERED, *MARKS, *EDITIONS)
"""Classes of which a slip is told wherever it stands."""
OF_OTHER_TOOLS = {"fragment": "step by step", "incremental": "step by step"}
"""Class of other tools' slides → what it does there."""
LAYOUTS_OF_HEADINGS = ("section", "columns", "comparison", "blank", "full-bleed", "before-after", "evidence", "grid")
"""Layouts whose names stand among the classes of a heading by mistake."""
OF_HEADINGS = {
    "hidden": "write {.slide .backup}, and the slide is hidden at the end of the deck",
    "unnumbered": "headings have the numbers that their toctree gives them (:numbered:)",
    "appendix": "name the document among builder_appendices in conf.py",
    "smaller": "slides are fitted by themselves; :layout: and fewer words change them",
    "scrollable": "slides are fitted by themselves; what is too long goes on on the next one",
}
"""Class that headings have in other tools → what to write, or what is so without it."""
WITH_NUMBER = re.compile(r"(?P<stem>[A-Za-z]+)[-_]?(?P<rest>.+)")


OF_DESIGN = "sd-"
"""How classes of sphinx-design begin, which has styles for them."""
CLEAR = ("statement", "assertion", "quotation", "unlisted", "lit", NUMBERED)
"""Classes that are hardly anybody else's, and have no effect in a directive."""


STYLED: WeakKeyDictionary[Sphinx, bool] = WeakKeyDictionary()
IN_TEMPLATE = re.compile(rb"<style\b|\bstylesheet\b")
"""What brings styles into pages."""


def is_styled(app: Sphinx) -> bool:
    """Return whether a project has styles of its own, which its classes may be for; its folders are searched once."""
    if app not in STYLED:
        STYLED[app] = has_styles_of_its_own(app)
    return STYLED[app]


def has_styles_of_its_own(app: Sphinx) -> bool:
    """Return whether options, code of ``conf.py``, templates or files of a project give its pages styles."""
    config = app.config
    if config.html_css_files or config.html_style or config.html_theme_path:
        return True
    if any(is_url(name) for name, _ in app.registry.css_files):
        return True
    templates = (path for folder in config.templates_path for path in Path(app.confdir, folder).rglob("*.html"))
    if any(IN_TEMPLATE.search(path.read_bytes()) for path in templates if path.is_file()):
        return True
    named = (Path(str(path)) for path in config.html_static_path)
    folders = (Path(app.confdir, path) for path in named if not path.is_absolute())  # others are of extensions
    return any(path.suffix == ".css" or (path.is_dir() and any(path.rglob("*.css"))) for path in folders)


def slips_of_classes(node: nodes.Element, has_styles: bool) -> Iterator[str]:
    """A message for each class of a node that is nearly one of ours, or has no effect where it stands."""
    given: list[str] = node.get("classes", [])
    classes = [name for name in given if "{" not in name or not node.get("is_div")]
    place = place_of(node) if classes else ""
    for name in classes:
        message = slip_of_tag(name) or slip_of_number(name, place, classes) or slip_of_class(name, place, has_styles)
        if message:
            yield message
        elif place == HEADING and "slide" in classes and name in LAYOUTS_OF_HEADINGS:
            yield f"a layout is an option; write a ```{{slide}} with ':layout: {name}' below the heading."
    meant = [class_meant(name) for name in classes]
    yield from lacking_another(node, place, meant)
    if DOTS in meant and place != WORDS and not has_styles and not any(map(is_number, node.findall(nodes.inline))):
        yield "'dots' has no effect without a number; write [36 of 51]{.number .dots}."
    if place == HEADING and {"slide", "point"} <= {*classes}:
        yield "'slide' has no effect beside 'point', which has the heading join the slide before; write one of them."
    if node.get("is_div") and (name := next((name for name in classes if of_div(name)), "")):
        directive = of_div(name)
        yield f"'::: {name}' is a box with a class; write ':::{{{directive}}}'."
    elif place in (PARAGRAPH, QUOTATION) and "notes" in classes:
        yield "'notes' is no class but a directive: write ```{notes}."
    if isinstance(node, nodes.literal_block) and is_language_in_braces(str(node.get("language", ""))):
        language = node["language"].strip("{}")
        yield f"'{{{language}' is no language; write that alone behind the fence, and {{.slide}} on the line above."


def lacking_another(node: nodes.Element, place: str, classes: Sequence[str]) -> Iterator[str]:
    """A message for each class that only has an effect beside another, or on what holds a picture."""
    if place == HEADING and "next-slide" in classes and "point" not in classes:
        yield (
            "'next-slide' has no effect on a heading without 'point'; write {.slide} for a slide of this section, or "
            "{.point .next-slide} for a further one of the section round it."
        )
    if place != WORDS and "slide" not in classes:
        has_no_slides = place == HEADING and not has_marks(node)
        alone = [name for name in classes if name == "backup" or (name == NUMBERED and has_no_slides)]
        yield from (f"'{name}' has no effect without 'slide'; write {{.slide .{name}}}." for name in alone)
    if place == CODE and "slide" not in classes and (lines := next(filter(is_lines, classes), "")):
        yield f"'{lines}' has no effect without 'slide'; write {{.slide .{lines}}}."
    if place in (PARAGRAPH, QUOTATION) and not any(map(sentence_of, node.findall())):
        yield from (f"'{name}' has no effect here; {OF_MINUTES}." for name in classes if MINUTES.fullmatch(name))
    if "slide-picture" in classes and place in (PARAGRAPH, BLOCK) and not any(True for _ in node.findall(nodes.image)):
        yield f"'slide-picture' has no effect on {place} without a picture; write it above the picture."


def is_number(node: nodes.inline) -> bool:
    """Return whether words are a number, or nearly marked so."""
    return any(nearly(name, ("number",)) for name in node["classes"])


def is_language_in_braces(name: str) -> bool:
    """Return whether the language of a block of code stands in braces, as the names of directives do."""
    if not name.startswith("{") or "}" in name[:-1]:
        return False
    try:
        find_lexer_class_by_name(name.strip("{}").lstrip("."))
    except ClassNotFound:
        return False
    return True


def of_div(name: str) -> str:
    """Return the directive that a class behind three colons was meant for; '' for a class of others."""
    return name if name in NAMES[1:] else nearly(name, ("notes", "columns"))


def is_others_style(name: str, place: str, has_styles: bool) -> bool:
    """Return whether a class may be meant for a style of the project or of an extension."""
    if name.startswith(OF_DESIGN):
        return True
    if place:
        return name in COMMON and has_styles
    return name not in MARKS and (has_styles or name not in CLEAR)


@lru_cache(maxsize=1024)
def slip_of_class(name: str, place: str, has_styles: bool) -> str:
    """Return what is to be said of a class at a place, '' for one that is right, none of ours or for a style."""
    if name in PLACES:
        if place in PLACES[name] or is_others_style(name, place, has_styles):
            return ""
        return f"the class '{name}' has no effect on {place or 'this'}; {how_to_write(name)}."
    if name in OF_OTHER_TOOLS and place:
        does = OF_OTHER_TOOLS[name]
        return (
            f"the class '{name}' is of another tool; a slide is shown {does} by the option ':reveal:' of ```{{slide}}."
        )
    if place and name in WITHOUT_NUMBER:
        return f"the class '{name}' has no effect without a number; write it like '{name}-3'."
    if place == HEADING and name in OF_HEADINGS:
        return f"the class '{name}' has no effect; {OF_HEADINGS[name]}."
    known = OF_BLOCKS if not place else [one for one in PLACES if place == WORDS or one not in COMMON]
    if found := nearly(name.strip("{.}"), known):
        return f"the class '{name}' has no effect; did you mean '{found}'?"
    parts = re.split(r"[-_]", name)
    if len(parts) > 1 and all(part in OF_BLOCKS for part in parts):
        written = " ".join(f".{part}" for part in sorted(parts, key=OF_BLOCKS.index))
        return f"the class '{name}' has no effect; write {{{written}}}."
    if place and (name == "full-bleed" or name.startswith("slide-")):
        return f"the class '{name}' has no effect; layouts and other options are written below a ```{{slide}}."
    return ""


@lru_cache(maxsize=1024)
def class_meant(name: str) -> str:
    """Return the class of ours that a name is nearly, or the name itself."""
    return nearly(name, [*PLACES]) or name


WITHOUT_NUMBER = ("minutes", "lines")


def slip_of_tag(name: str) -> str:
    """Return what is to be said of the tag of a notebook's cell, of which MyST-NB makes a class; '' for no slip."""
    tag = name.removeprefix("tag_")
    found = nearly(tag, (*OTHER_SPELLINGS, *TAGS, *TAGS_OF_OTHERS)) if tag != name else tag
    return f"the tag '{tag}' has no effect; did you mean '{found}'?" if found not in ("", tag) else ""


def slip_of_number(name: str, place: str, classes: Sequence[str]) -> str:
    """Return what is to be said of a class with numbers; '' for one that is right or none of ours."""
    match = WITH_NUMBER.fullmatch(name.removeprefix("tag_"))
    found = nearly(match["stem"], WITH_NUMBERS) if match and place else ""
    if not match or not found or not (match["rest"][0].isdigit() or match["stem"] == found):
        return ""
    pattern, places, example = WITH_NUMBERS[found]
    if pattern.fullmatch(name.removeprefix("tag_")):
        if place in places:
            return ""
        if found == "minutes":
            return f"'{name}' has no effect here; {OF_MINUTES}."
        return f"'{name}' has no effect on {place}; it says which lines of code a slide shows."
    is_likely = place in places or "slide" in classes
    return f"the class '{name}' has no effect; write it like '{example}'." if is_likely else ""
