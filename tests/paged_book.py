"""A book whose every word tells where it belongs, with floats of all kinds: what its outputs say of pages can be held
against its PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count, product

from conftest import CONF

LETTERS = "bcdfgkmnpqrtvwxz"


def tokens(first: str) -> Iterator[str]:
    """Words of four letters that no language hyphenates, each but once."""
    return (f"{first}{a}{b}{c}" for a, b, c in product(LETTERS, repeat=3))


SETTINGS = (
    CONF
    + """
builder_page_references = True
builder_slide_references = True
builder_appendices = ["appendix"]
builder_openings = "recto"
builder_trim = "a5"
builder_margins = {"outside": "27mm", "inside": "15mm"}
myst_heading_anchors = 3
"""
)
INDEX = (
    "# Root\n\n```{toctree}\npreface\n```\n\n```{toctree}\n:numbered:\n:caption: The parts\none\ntwo\nthree\n"
    "four\nappendix\n```\n\n```{toctree}\nafter\n```\n"
)
LECTURES = """
[[lecture]]
name = "order"
title = "Out of order"
documents = ["one", "four", "two"]

[[lecture]]
name = "parts"
title = "Sections"
documents = ["three#three-c", "one#one-b", "four/below"]

[[lecture]]
name = "matter"
title = "What stands round the chapters"
documents = ["preface", "appendix", "after"]
"""
SECTIONS = [
    "one#one-a",
    "one#one-b-i",
    "one#one-c",
    "two#two-a",
    "two#two-b",
    *(f"three#three-{letter}" for letter in "abcdefgh"),
    "four#four-a",
]
LECTURES += "".join(
    f'\n[[lecture]]\nname = "section-{number}"\ntitle = "A section"\ndocuments = ["{name}"]\n'
    for number, name in enumerate(SECTIONS)
)


class PagedBook:
    """The sources, and what stands in them: words of captions, of index entries, of what references lead to, of
    sections.
    """

    def __init__(self) -> None:
        self.captions: dict[str, str] = {}
        """Word of a caption → its kind: Figures or Tables, '' for one that is in no list."""
        self.entries: list[str] = []
        self.references: dict[str, str] = {}
        """Word before a reference → word of what it leads to."""
        self.sections: dict[str, str] = {}
        """Label of a section → the word that its text is made of."""
        self.headings: dict[str, tuple[int, str]] = {}
        """Word of a heading → its level and the label of its section."""
        self.caption_words, self.heading_words = tokens("Z"), tokens("H")
        self.entry_words, self.reference_words, self.filler_words = tokens("W"), tokens("R"), tokens("x")
        self.last_words = tokens("K")
        self.numbers = count()
        self.files: dict[str, str | bytes] = {"conf.py": SETTINGS, "index.md": INDEX, "slides/lectures.toml": LECTURES}
        for height in (10, 20, 40, 60):
            self.files[f"h{height}.svg"] = (
                f'<svg xmlns="http://www.w3.org/2000/svg" width="400" height="{height * 10}" viewBox="0 0 40 {height}">'
                f'<rect width="40" height="{height}" fill="#7a2a25"/></svg>'
            )
        self.write()

    # --- pieces, each with words of its own

    def heading(self, level: int, label: str, mark: str = "") -> str:
        word = next(self.heading_words)
        self.headings[word] = level, label
        self.sections[label] = next(self.filler_words)
        name = label.partition(":")[2]
        return f"\n({name})=\n{'#' * level} {word}{mark}\n\n"

    def words(self, label: str, paragraphs: int, length: int = 60, entries: bool = True) -> str:
        """Text of a section, with an entry of the index in every paragraph."""
        filler = self.sections[label]
        out = ""
        for number in range(paragraphs):
            text = [filler] * (length + 7 * (number % 5))
            if entries:
                word = next(self.entry_words)
                self.entries.append(word)
                text.insert(len(text) * (number % 7 + 1) // 8, f"{{index}}`{word}`")
            out += " ".join(text) + ".\n\n"
        return out

    def figure(self, height: int, caption: str = "", fence: str = "figure", behind: str = "") -> str:
        word = next(self.caption_words)
        self.captions[word] = "Figures"
        return f"```{{{fence}}} /h{height}.svg\n:name: f{word}\n:alt: Bars\n\n{caption}{word}{behind}\n```\n\n"

    def reference(self, target: str) -> str:
        """A reference to what has a word in its caption."""
        word = next(self.reference_words)
        self.references[word] = target
        return f"See {word} {{numref}}`f{target}` there.\n\n"

    def table(self, rows: int, columns: int = 2, width: str = "cell") -> str:
        """A table that ends with a word of its own."""
        word = next(self.caption_words)
        self.captions[word] = "Tables"
        head = "".join(f"{'*' if not column else ' '} - Head {column}\n" for column in range(columns))
        body = "".join(
            f"{'*' if not column else ' '} - {width} {row}\n" for row in range(rows) for column in range(columns)
        )
        last = f"* - {next(self.last_words)}\n" + "  -\n" * (columns - 1)
        return f"```{{list-table}} {word}\n:name: f{word}\n:header-rows: 1\n\n{head}{body}{last}```\n\n"

    def listing(self, lines: int) -> str:
        word = next(self.caption_words)
        self.captions[word] = ""
        code = "\n".join(f"line = {number}" for number in range(lines))
        return f"```{{code-block}} python\n:caption: {word}\n:name: f{word}\n\n{code}\n```\n\n"

    def noted(self) -> str:
        """A figure whose caption has a note and an entry of the index, and text with a note that has an entry."""
        entry, other = next(self.entry_words), next(self.entry_words)
        self.entries += [entry, other]
        notes = f"[^n{entry}]: A note with {{index}}`{other}` in it.\n\n"
        return self.figure(20, f"A caption with {{index}}`{entry}` and a note[^n{entry}] ") + notes

    def long_note(self) -> str:
        """A note that goes on on a page of its own, with an entry of the index at its end."""
        word = next(self.entry_words)
        self.entries.append(word)
        return f"The end.[^long]\n\n[^long]: {'Many words of a note. ' * 300}{{index}}`{word}` is the last.\n"

    # --- documents

    def write(self) -> None:
        self.files["preface.md"] = self.preface()
        self.files["one.md"] = self.one()
        self.files["two.md"] = self.two()
        self.files["three.md"] = self.three()
        self.files["four.md"] = self.four()
        self.files["four/below.md"] = (
            self.heading(1, "four/below:below") + self.words("four/below:below", 9) + self.long_note()
        )
        self.files["appendix.md"] = (
            self.heading(1, "appendix:appendix") + self.words("appendix:appendix", 3) + self.table(3)
        )
        self.files["after.md"] = self.heading(1, "after:after") + self.words("after:after", 8)

    def preface(self) -> str:
        return self.heading(1, "preface:preface") + self.words("preface:preface", 9, entries=False)

    def one(self) -> str:
        """Floats one after the other, large ones, and some at the end of the chapter."""
        text = self.heading(1, "one:one") + self.words("one:one", 2)
        text += self.heading(2, "one:one-a") + self.words("one:one-a", 2) + self.figure(40) + self.words("one:one-a", 1)
        text += "".join(self.figure(height) for height in (20, 40, 10, 60)) + self.words("one:one-a", 4)
        text += self.heading(2, "one:one-b") + self.words("one:one-b", 5) + self.noted() + self.words("one:one-b", 3)
        text += (
            self.heading(3, "one:one-b-i")
            + self.words("one:one-b-i", 2)
            + self.figure(20, "The height of ", behind=". Many words" * 60)
        )
        text += self.heading(2, "one:one-c", " $x^2$ *and* `code`") + self.words("one:one-c", 1)
        return text + "".join(self.figure(height) for height in (40, 40, 60))

    def two(self) -> str:
        """Tables: one that breaks over pages, ones that are turned; listings; references to all that came before."""
        text = self.heading(1, "two:two") + self.words("two:two", 3) + self.table(70) + self.words("two:two", 2)
        text += self.heading(2, "two:two-a") + self.words("two:two-a", 3)
        text += self.words("two:two-a", 2) + self.table(4, 9, "aVeryLongWordInACell")
        text += self.heading(2, "two:two-b") + self.listing(80) + self.words("two:two-b", 2) + self.listing(6)
        text += "".join(map(self.reference, list(self.captions)))
        return text + self.table(60, 9, "aVeryLongWordInACell")

    def three(self) -> str:
        """Sections that begin where a page does, and some that hold little but floats."""
        text = self.heading(1, "three:three")
        for name in "abcdefgh":
            label = f"three:three-{name}"
            text += (
                self.heading(2, label) + self.words(label, 2 + ord(name) % 3) + self.figure(20 if name < "d" else 40)
            )
        return text

    def four(self) -> str:
        """A chapter of two documents; the first opens with a wide table."""
        text = self.heading(1, "four:four") + self.table(4, 9, "aVeryLongWordInACell")
        text += self.heading(2, "four:four-a") + self.words("four:four-a", 4)
        text += "".join(map(self.reference, list(self.captions)[-12:]))
        return text + "```{toctree}\nfour/below\n```\n"
