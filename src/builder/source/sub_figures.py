"""Figures of several pictures, which stand side by side and have letters.

The directive ``subfigure`` of sphinx-subfigure makes them, and mystmd's ``figure`` with several pictures or figures in
it. Reference: https://mystmd.org/guide/figures.
"""

from __future__ import annotations

from string import ascii_lowercase

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

OWN_WORDS = "subcaption"
"""The attribute of a picture that has its words in a figure of several."""


def sub_pictures(figure: nodes.Element) -> list[nodes.image]:
    """The pictures of a figure that holds two or more and nothing else; [] for another."""
    found: list[nodes.image] = []
    for child in figure.children:
        if isinstance(child, nodes.caption | nodes.legend):
            continue
        inner: list[nodes.Node] = list(child.children) if isinstance(child, nodes.paragraph) else [child]
        others = [one for one in inner if not isinstance(one, nodes.image)]
        if not all(map(shows_nothing, others)):
            return []
        found += [picture for picture in inner if isinstance(picture, nodes.image)]
    return found if 2 <= len(found) <= len(ascii_lowercase) else []


def shows_nothing(node: nodes.Node) -> bool:
    """True for blanks, and for comments and the like that nothing refers to."""
    if isinstance(node, nodes.Text):
        return not node.strip()
    return isinstance(node, nodes.Invisible) and not (isinstance(node, nodes.Element) and node["ids"])


def letter_and_words(figure: nodes.Element, place: int, picture: nodes.image) -> str:
    """What stands below the picture of a place in its figure: its letter, and its words where it has any."""
    words = picture.get(OWN_WORDS) or (picture.get("alt", "") if figure.get("subcaptions") else "")
    return f"({ascii_lowercase[place]}) {words}".rstrip()


class LettersOnPages(SphinxPostTransform):
    """Has the pictures of a figure side by side on web pages, each with its letter; sphinx-subfigure does so itself."""

    default_priority = 198
    formats = ("html",)

    def run(self, **_options: object) -> None:
        """Give each picture a place of a row."""
        for figure in list(self.document.findall(nodes.figure)):
            pictures = [] if figure.get("is_subfigure") else sub_pictures(figure)
            if not pictures:
                continue
            row = nodes.container(classes=["builder-sub-figures"])
            for place, picture in enumerate(pictures):
                words = nodes.inline("", letter_and_words(figure, place, picture), classes=["caption-text"])
                row += nodes.container("", picture.deepcopy(), nodes.paragraph("", "", words))
            rest = [child for child in figure.children if isinstance(child, nodes.caption | nodes.legend)]
            figure.children = []
            figure.extend([row, *rest])
