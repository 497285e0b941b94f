"""What the web folds away as the answer to a question: it stands on no slide of the question."""

from __future__ import annotations

import re

from docutils import nodes

from builder.deck.suggestions.cues import Cues, plain_title
from builder.source.statements import is_hidden, is_solution, title_of_statement

MOST_WORDS = 8
"""Words of the longest title of an answer: *Click here to see the answer*."""
COUNTED = re.compile(r"\W*$|\s*[\d:.–-]")
"""What stands behind the word for a question in its heading: nothing, a number, a sign."""


def is_answer(node: nodes.Element, cues: Cues) -> bool:
    """True for a solution, and for what the web folds away under the title of an answer, or without a title below the
    heading of a question: *Question 2*. A hint is none.
    """
    if is_solution(node):
        return True
    if not is_hidden(node):
        return False
    title = title_of_statement(node)
    words = title.astext() if title is not None else ""
    if words.strip():
        is_short = cues.count(words) <= MOST_WORDS and not words.rstrip().endswith(("?", "？", "؟"))
        return is_short and cues.answers.search(words) is not None
    return is_question(heading_above(node), cues)


def heading_above(node: nodes.Element) -> str:
    """The words of the heading of the section that a block stands in; '' without one."""
    above = node.parent
    while above is not None and not isinstance(above, nodes.section):
        above = above.parent
    heading = above.next_node(nodes.title) if above is not None else None
    return heading.astext() if heading is not None else ""


def is_question(heading: str, cues: Cues) -> bool:
    """True for a heading that only counts a question or an exercise, or names it behind that."""
    small = heading.casefold()
    start = small.find(plain_title(heading))
    match = cues.questions.match(small, start)
    return match is not None and COUNTED.match(small, match.end()) is not None
