"""The title and the author of a project where ``conf.py`` names neither: nobody reads Sphinx's stand-ins for them."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from sphinx.config import Config
from sphinx.util.osutil import make_filename_from_project

from builder.source.config import words_of_project
from builder.source.formulas import formulas_of, plain_text, readable
from builder.source.internals import given_options

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

NO_HEADING = "<no title>"
"""The title that Sphinx gives to a document without one."""
LONGEST_NAME = 80
"""Letters that the name of a file made of a title may have."""


def setup(app: Sphinx) -> None:
    """Look at title and author when the options are read, and when pages are written."""
    app.connect("config-inited", without_stand_ins)
    app.connect("html-page-context", name_page)


def without_stand_ins(_app: Sphinx, config: Config) -> None:
    """Take Sphinx's stand-ins out of the options: nobody's name for the author, a word of ours for the title."""
    if config.project == Config.config_values["project"].default:
        config["project"] = words_of_project(config)["untitled"]
        if "html_title" not in given_options(config):
            config["html_title"] = config["project"]
    if config.author == Config.config_values["author"].default:
        config["author"] = ""


def title_of(env: BuildEnvironment) -> str:
    """The title of a project, else that of its root document."""
    config = env.config
    own = title_of_document(env, config.root_doc)
    is_named = config.project != words_of_project(config)["untitled"]
    return str(config.project) if is_named or not own else own


def title_of_document(env: BuildEnvironment, docname: str) -> str:
    """The title of a document; '' for one without a heading, to which Sphinx gives a title in its place."""
    title = plain_text(readable(env.titles[docname], formulas_of(env))) if docname in env.titles else ""
    return "" if title == NO_HEADING else " ".join(title.split())


def name_page(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], _doctree: nodes.document | None
) -> None:
    """Give a web page of a project without a title that of its root document."""
    title = title_of(app.env)
    for key in ("project", "docstitle", "shorttitle"):
        if isinstance(context.get(key), str):
            context[key] = context[key].replace(app.config.project, title, 1)


def name_of_file(title: str) -> str:
    """The name of a file for a title, without an ending: as Sphinx makes it of letters of English, else its words with
    hyphens between them, in any script.
    """
    if title.isascii():
        return make_filename_from_project(title)
    kept = "".join(letter if is_kept(letter) else " " if letter.isspace() else "" for letter in title.casefold())
    words = re.sub(r"[\s-]+", "-", unicodedata.normalize("NFC", kept).strip())
    return words[:LONGEST_NAME].strip("-") or make_filename_from_project(title)


def is_kept(letter: str) -> bool:
    """True for letters, the marks on them, digits, hyphen and underscore."""
    return unicodedata.category(letter)[0] in "LMN" or letter in "-_"
