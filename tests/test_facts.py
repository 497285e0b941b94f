"""Every claim of the book rests on the facts that its paragraph names: ids exist, numbers and dates are found in them.

Each paragraph of a chapter stands below a comment ``% facts: F087 D02``. The facts and disputes are in ``book/facts``.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

BOOK = Path(__file__).parent.parent / "book"
CHAPTERS = sorted(BOOK.glob("[0-9]*.md"))
HELD = [*CHAPTERS, BOOK / "g-answers.md"]
"""What is held against the facts: the chapters, and the answers to their exercises."""
WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12,
}  # fmt: skip
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?!\d*s\b)")
"""A number as it is printed; a decade (1920s) is none."""
HOUSEKEEPING = re.compile(
    r"```\{index\}.*?```|\{(?:numref|eq|cite:\w+|ref|doc|term)\}`[^`]*`|:[\w-]+:.*|\(\w[\w-]*\)=|\[\^\w+\]|<[^>`]*>(?=`)",
    re.DOTALL,
)


@dataclass(frozen=True)
class Paragraph:
    file: str
    line: int
    facts: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


def table(name: str) -> list[dict[str, str]]:
    with (BOOK / "facts" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def facts() -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in [*table("facts.csv"), *table("disputes.csv")]}


@cache
def data() -> frozenset[str]:
    """Numbers of the book's data files, and of its formulas' results, which follow from numbers beside them."""
    paths = [path for path in BOOK.glob("data/*.csv") if not path.name.startswith("places-")]
    return frozenset(number for path in paths for cell in cells(path) for number in numbers(cell))


def cells(path: Path) -> list[str]:
    """All cells of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return [cell for row in csv.reader(file) for cell in row]


def is_table(name: str) -> bool:
    """A paragraph may name a table of the appendix, as ``rehabilitation.csv``, beside its facts."""
    return name.endswith(".csv")


def words_of(name: str) -> str:
    """All that a fact, a dispute or a table says."""
    return " ".join(cells(BOOK / "tables" / name)) if is_table(name) else " ".join(facts()[name].values())


def paragraphs() -> list[Paragraph]:
    """What stands below each comment with facts, up to the next blank line that prose follows."""
    found = []
    for path in HELD:
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, start=1):
            if line.startswith("% facts:"):
                body: list[str] = []
                for other in lines[number:]:
                    if not other.strip() or other.startswith("% facts:"):
                        break
                    body.append(other)
                found.append(Paragraph(path.name, number, tuple(line[8:].split()), "\n".join(body)))
    return found


def numbers(text: str) -> set[str]:
    """Numbers of a text without separators of thousands."""
    return {match.group().replace(",", "").rstrip(".") for match in NUMBER.finditer(text)}


def prose(text: str) -> str:
    return HOUSEKEEPING.sub(" ", text)


@pytest.mark.parametrize("paragraph", paragraphs(), ids=str)
def test_a_paragraph_rests_on_facts_that_exist_and_may_be_printed(paragraph: Paragraph) -> None:
    assert paragraph.facts, "name at least one fact"
    named = [name for name in paragraph.facts if not is_table(name)]
    unknown = [name for name in named if name not in facts()]
    assert unknown == []
    low = [name for name in named if facts()[name].get("confidence") == "low"]
    assert low == [], "facts of low confidence are not printed"


@pytest.mark.parametrize("paragraph", paragraphs(), ids=str)
def test_numbers_and_dates_are_those_of_its_facts(paragraph: Paragraph) -> None:
    known = " ".join(words_of(name) for name in paragraph.facts)
    allowed = numbers(known) | numbers(re.sub(r"[-/.–]", " ", known)) | data()
    allowed |= {str(int(n)) for n in re.findall(r"(?<=-)0\d\b", known)}
    allowed |= {century + end for century, end in re.findall(r"\b(\d\d)\d\d-(\d\d)\b", known)}
    told = numbers(prose(paragraph.text)) - allowed - FRAME - cited(paragraph.text)
    assert told == set(), (
        "name the fact that this number is in, or put the number into a data file that shows how it was made"
    )


REPORTED = re.compile(
    r"report|account|\b(?:said|told|tells|quote[sd]?|story|stories|legend|saying|memory|recalled?|rememb\w+|reading|inferred)\b"
    r"|encyclop|popular|article|according|press|text|version|copy|contested|disput|differ|given as|is given|writes?\b"
    r"|page|caption|Wikipedia|usually|exercise|Duan|Kotkin|Baabar|Buyandelger|notice|museum|blog|tables?\b"
)
"""Words that tell the reader that something is known through somebody."""


def uncertain_facts() -> list[tuple[str, str]]:
    """(chapter, fact) for each fact that is contested, or that rests on C and D sources alone."""
    found = set()
    for paragraph in paragraphs():
        for name in paragraph.facts:
            fact = facts().get(name, {})
            if fact.get("confidence") == "contested" or (fact.get("tiers") and set(fact["tiers"]) <= set("CD")):
                found.add((paragraph.file, name))
    return sorted(found)


@pytest.mark.parametrize(("chapter", "fact"), uncertain_facts())
def test_what_is_contested_or_only_reported_is_worded_so(chapter: str, fact: str) -> None:
    """In each chapter that uses it, such a fact stands with its dispute or with who says so; a summary need not repeat
    it.
    """
    told = [paragraph for paragraph in paragraphs() if paragraph.file == chapter and fact in paragraph.facts]
    is_worded = any(
        REPORTED.search(paragraph.text)
        or any(other.startswith("D") and fact in listed(facts()[other]["facts"]) for other in paragraph.facts)
        for paragraph in told
    )
    assert is_worded, f"{fact} is printed as if it were certain, in {', '.join(map(str, told))}"


def listed(facts_of_a_dispute: str) -> set[str]:
    """``F087-F089 F091`` → the four ids."""
    found = set()
    for part in facts_of_a_dispute.split():
        first, _, last = part.partition("-")
        if first[1:].isdigit():
            found |= {f"F{number:03}" for number in range(int(first[1:]), int((last or first)[1:]) + 1)}
    return found


FRAME = {"1937", "1938", "1939"}
"""The years of the book's title, which need no fact."""


@cache
def published() -> dict[str, set[str]]:
    """Key of each work in the bibliography → years in its entry."""
    text = (BOOK / "references.bib").read_text(encoding="utf-8")
    return {
        key: set(re.findall(r"\b(?:19|20)\d\d\b", entry))
        for key, entry in re.findall(r"@\w+\{(\w+),(.*?)\n\}", text, re.DOTALL)
    }


def cited(text: str) -> set[str]:
    """Years of the works that a paragraph cites."""
    keys = {key.strip() for group in re.findall(r"\{cite:\w+\}`([^`]*)`", text) for key in group.split(",")}
    return set().union(*(published().get(key, set()) for key in keys))


def test_every_paragraph_of_a_chapter_names_its_facts() -> None:
    """Prose without a comment above it is a lead, a term, a question, or belongs to a directive."""
    missing = []
    for path in HELD:
        text = path.read_text(encoding="utf-8")
        body = re.split(r"\n## (?:Terms|Questions)\n", text)[0]
        body = re.sub(r"(?ms)^(```+|:::+)\{.*?^\1\s*$", "", body)
        blocks = [block.strip() for block in re.split(r"\n\s*\n", body)]
        for before, block in zip(["", *blocks], blocks, strict=False):
            plain = block.splitlines()[0] if block else ""
            is_prose = bool(re.match(r"[A-Z\[{*“\"]", plain)) and len(block) > 120 and not plain.startswith("{.")
            if is_prose and "% facts:" not in before:
                missing.append(f"{path.name}: {plain[:60]}")
    assert missing == []


@pytest.mark.parametrize("path", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_opens_with_what_it_answers_and_closes_with_what_is_open(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"\A\([\w-]+\)=\n\{\.slide\}\n# .+\n\n\{\.lead\}\n.+\?$", text, re.MULTILINE)
    ends = re.findall(r"^## (What is disputed|Terms|Questions|Further reading)$", text, re.MULTILINE)
    assert [end for end in ends if end != "Terms"] == ["What is disputed", "Questions", "Further reading"]
    questions = re.findall(r"^\d\. ", text.split("\n## Questions\n")[1].split("\n## ")[0], re.MULTILINE)
    assert 3 <= len(questions) <= 5


COUNTS = {
    "executed": r"executed|shot\b|killed", "sentenced": r"sentenced|convicted", "arrested": r"arrested",
    "repressed": r"repressed", "rehabilitated": r"rehabilitated|cleared",
}  # fmt: skip
"""The five counts that never share an axis, and the words for each."""


def charts() -> list[tuple[str, str]]:
    found = []
    for path in CHAPTERS:
        for directive in re.findall(r"```\{chart\} .*?\n```\n", path.read_text(encoding="utf-8"), re.DOTALL):
            name = re.search(r"^:name: (.+)$", directive, re.MULTILINE)
            assert name, directive
            found.append((name[1], directive))
    return found


ONE_WHOLE = {"fig-lamas", "fig-outcomes", "fig-party"}
"""Charts of what became of one counted group: their parts are outcomes, and none is an execution beside
another count.
"""


@pytest.mark.parametrize(("name", "directive"), charts(), ids=lambda value: value if value.startswith("fig-") else "")
def test_an_axis_has_one_count(name: str, directive: str) -> None:
    if name in ONE_WHOLE:
        return
    file, y = re.search(r"\{chart\} (\S+)", directive), re.search(r"^:y: (.+)$", directive, re.MULTILINE)
    assert file
    assert y
    words = " ".join([y[1], *cells(BOOK / file[1])]) + directive.rsplit("\n\n", 1)[-1]
    counted = [count for count, pattern in COUNTS.items() if re.search(pattern, words)]
    assert len(counted) <= 1, counted


LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "ye", "ё": "yo", "ж": "j", "з": "z", "и": "i", "й": "i", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "ө": "ö", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ү": "ü", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "ы": "y", "э": "e", "ю": "yu", "я": "ya", "ь": "", "ъ": "",
}  # fmt: skip


def transliterated(word: str) -> set[str]:
    """The spellings that the book's table gives a Mongolian word: е is ye or e."""
    spellings = {""}
    for letter in word.lower():
        latin = LATIN.get(letter, letter)
        spellings = {before + new for before in spellings for new in ({"ye", "e"} if latin == "ye" else {latin})}
    return spellings


def test_the_table_of_letters_is_the_one_that_names_follow() -> None:
    rows = cells(BOOK / "tables" / "letters.csv")[8:]
    printed = dict(zip(rows[::2], rows[1::2], strict=True))
    assert printed.pop("е") == "ye or e"
    assert printed == {letter: LATIN[letter] for letter in printed}


USUAL = {"Чойбалсан", "Жамсрано", "Михаил", "Фриновский", "Николай", "Ежов", "Сергей", "Миронов", "Чопяк", "Голубчик", "Эрхүү", "Дилав", "хаан", "Тайга", "Халхын", "Цэвээн", "Гэндэн"}  # fmt: skip
"""Names that keep a form under which they are known, or that are no Mongolian words."""


def test_names_in_both_scripts_follow_the_table() -> None:
    with (BOOK / "tables" / "persons.csv").open(encoding="utf-8", newline="") as file:
        names = [row["Name"] for row in csv.DictReader(file)]
    checked = 0
    for name in names:
        latin = {word.lower() for word in re.findall(r"[A-Za-zÖÜöü]+", name)}
        for word in re.findall(r"[А-Яа-яЁёӨөҮү]{3,}", name):
            if word not in USUAL:
                checked += 1
                assert transliterated(word) & latin, f"{word} is not written as the table has it: {name}"
    assert checked > 40
