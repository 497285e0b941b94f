"""Links to headings, which Jupyter and GitHub name in other ways than MyST."""

from __future__ import annotations

import re
from urllib.parse import unquote

from myst_parser.slugs import github_slugify

from builder.commands.new.remarks import Remark

TO_A_PLACE = re.compile(r"\]\((?:#(?P<place>(?:(?!\]\()[^)\s])*))?\)")
HEADING = re.compile(r"^#{1,6}[ \t]+(?P<words>\S.*)$", re.MULTILINE)
CLOSING = re.compile(r"(?<![ \t])[ \t]++#*+[ \t]*+$")
"""What may stand behind the words of a heading."""
TO_ANOTHER = re.compile(r"(?P<file>\]\((?!\w+:)[^()#\s]+\.ipynb)#(?P<place>[^)\sA-Z:%]*+[A-Z:%][^)\s]*+)\)")
"""A link to a heading of another notebook as Jupyter names it: with its capitals."""


def with_links_to_headings(text: str, look_at: list[Remark]) -> str:
    """Return a document whose links to headings lead there; what does not is to be looked at."""
    anchors = {anchor: slug for words in HEADING.findall(text) for anchor, slug in anchors_of(CLOSING.sub("", words))}
    text = TO_ANOTHER.sub(lambda found: f"{found['file']}#{slug_of(found['place'])})", text)
    return TO_A_PLACE.sub(lambda found: to_a_heading(found, anchors, text, look_at), text)


def slug_of(anchor: str) -> str:
    """Return the anchor that MyST gives a heading which Jupyter names by its words with hyphens."""
    return github_slugify(unquote(anchor).replace("-", " "))


def anchors_of(words: str) -> tuple[tuple[str, str], ...]:
    """Return the anchors by which links name a heading, in Jupyter and on GitHub, each with the one that MyST has."""
    slug = github_slugify(words)
    return (words.replace(" ", "-"), slug), (slug, slug)


def to_a_heading(found: re.Match[str], anchors: dict[str, str], text: str, look_at: list[Remark]) -> str:
    """Return a link to a heading as MyST names that; one that leads nowhere is to be looked at."""
    place = found["place"]
    if not place:
        look_at.append(Remark("Links without an address lead nowhere"))
    elif place in anchors:
        return f"](#{anchors[place]})"
    elif f"({place})=" not in text and f"#{place}" not in text.replace(found[0], ""):
        look_at.append(Remark("Links to headings that are not in the document", f"#{place}"))
    return found[0]
