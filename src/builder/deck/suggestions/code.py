"""Which lines of code a slide shows, and which code it leaves to the page."""

from __future__ import annotations

import re
from collections.abc import Iterable

from docutils import nodes

MOST_LINES = 10
SETUP = re.compile(
    r"\s*(?:(?:>>>|\.\.\.)(?: |$))?\s*"
    r"(?:import\b|from\s+\S+\s+import\b|%|!|#|//|pip\b|conda\b|library\(|require\(|using\s|const\s.*require\("
    r"|plt\.|ax\d?\.|axs?\b.*=|fig\w*\b.*=|fig\.|sns\.set|matplotlib|mpl\.|pd\.set_option|np\.set_printoptions"
    r"|np\.random\.seed|random\.seed|warnings\.|set_matplotlib|style\.|(?:display\()?HTML\(|\"\"\"|'''|$)"
)
"""A line that gets ready for others, or draws what they found."""
COMMENTS = ("#", "//", "!", "%", '"', "'")
"""What begins a line whose brackets open nothing."""
DECORATOR = re.compile(r"\s*@\w")
CLOSING = re.compile(r"\s*(?:[)\]}]|end\b)")
"""A line that closes the block above it."""
CONTINUES = re.compile(r"\s*(?:\{\s*$|\}?\s*(?:else|elif|except|catch|finally)\b)")
"""A line with which the statement above it goes on: the bracket of its block, or a further block."""
NO_CODE = re.compile(r"\"[^\"]*\"|'[^']*'|(?:#|//).*")
"""A text or a comment in a line of code."""
NAME = re.compile(r"[A-Za-z_]\w{2,}")
TRACEBACK = re.compile(r"Traceback \(most recent call last\)|^\w*(?:Error|Exception|Warning)\b", re.MULTILINE)


def listings_in(node: nodes.Element) -> list[nodes.Element]:
    """All code that stands in a block as lines."""
    found = node.findall(lambda one: isinstance(one, nodes.literal_block | nodes.doctest_block))
    return [one for one in found if isinstance(one, nodes.Element)]


def lines_of_code(node: nodes.Element) -> int:
    """Return how many lines all code in a block has."""
    return sum(len(one.astext().rstrip("\n").split("\n")) for one in listings_in(node))


def lines_that_matter(code: str, talked_of: Iterable[str]) -> tuple[int, int] | None:
    """(first, last) line from 1 of the code that the text talks of; None where it is set-up, or longer than a slide.

    ``talked_of`` are names from the text.
    """
    lines = code.rstrip("\n").split("\n")
    doing = lines_that_do(lines)
    if not doing:
        return None
    if doing[-1] - doing[0] < MOST_LINES:
        return doing[0], doing[-1]
    names = set(talked_of)
    named = [number for number in doing if names.intersection(NAME.findall(lines[number - 1]))]
    if not named or named[-1] - named[0] >= MOST_LINES:
        return None
    return whole_statements(lines, named[0], named[-1])


def whole_statements(lines: list[str], first: int, last: int) -> tuple[int, int] | None:
    """(first, last) line from 1 of the statements that lines ``first`` to ``last`` are of, with the decorators above
    the first one and the block or brackets that the last one opens, as far as a slide has room for them; a decorator is
    never the last. None where no whole statement of them has room.
    """
    named, depths = first, depths_behind(lines)
    first = start_of_statement(lines, first, depths)
    end = end_of_statement(lines, last)
    while depths[end] and end < len(lines):
        end += 1
    last = end if end - first < MOST_LINES else min(last, first + MOST_LINES - 1)
    while last > first and (depths[last] or is_beginning(lines[last - 1])):
        last -= 1
    return None if depths[last] or last < named else (first, last)


def is_beginning(line: str) -> bool:
    """True for a line that is no end of a statement: an empty one, a decorator, one that opens a further block."""
    return not line.strip() or any(one.match(line) is not None for one in (DECORATOR, CONTINUES))


def start_of_statement(lines: list[str], number: int, depths: list[int]) -> int:
    """The number of the first line of the statement that line ``number`` is of, with the decorators above it, and with
    what a further block goes on from.
    """
    while number > 1:
        if CONTINUES.match(lines[number - 1]):
            opening = indent_of_line(lines[number - 1])
            number -= 1
            while number > 1 and (not lines[number - 1].strip() or indent_of_line(lines[number - 1]) > opening):
                number -= 1
        elif depths[number - 1] or DECORATOR.match(lines[number - 2]):
            number -= 1
        else:
            break
    return number


def depths_behind(lines: list[str]) -> list[int]:
    """How many brackets are open behind each line, from 0 behind none; those in texts and comments do not count."""
    found = [0]
    for line in lines:
        code = NO_CODE.sub("", line)
        found.append(max(0, found[-1] + sum(map(code.count, "([{")) - sum(map(code.count, ")]}"))))
    return found


def end_of_statement(lines: list[str], number: int) -> int:
    """The number of the last line of what line ``number`` begins: all that stands further in than it, the line
    that closes that, and the blocks with which it goes on; of a decorator, what it decorates.
    """
    while DECORATOR.match(lines[number - 1]) and number < len(lines):
        number += 1
    opening = indent_of_line(lines[number - 1])
    end = number
    for place in range(number + 1, len(lines) + 1):
        line = lines[place - 1]
        if not line.strip():
            continue
        if indent_of_line(line) < opening:
            break
        if indent_of_line(line) == opening and not (CLOSING.match(line) or CONTINUES.match(line)):
            break
        end = place
    return end


def indent_of_line(line: str) -> int:
    """How many characters a line stands in."""
    return len(line) - len(line.lstrip())


def lines_that_do(lines: Iterable[str]) -> list[int]:
    """The numbers, from 1, of lines that are no set-up, nor go on with a statement that is."""
    found: list[int] = []
    is_setup, depth = False, 0
    for number, line in enumerate(lines, 1):
        if depth <= 0:
            is_setup, depth = SETUP.match(line) is not None, 0
        if not is_setup:
            found.append(number)
        elif not line.lstrip().startswith(COMMENTS):
            depth += sum(map(line.count, "([{")) - sum(map(line.count, ")]}"))
    return found


def names_in(texts: Iterable[str]) -> set[str]:
    """The names in code that stands in a text."""
    return {name for text in texts for name in NAME.findall(text)}


def is_failure(output: str) -> bool:
    """True for what a cell prints when it fails, or warns."""
    return TRACEBACK.search(output) is not None
