"""Bibliographies with faults: a work that cannot be read, or that stands there twice, costs only itself."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import sphinxcontrib.bibtex.bibfile
from pybtex.database import BibliographyDataError, InvalidNameString
from pybtex.database.input.bibtex import DuplicateField, Parser, UndefinedMacro
from pybtex.errors import capture
from pybtex.scanner import PrematureEOF, PybtexSyntaxError
from sphinx.environment import BuildEnvironment
from sphinxcontrib.bibtex.domain import BibtexDomain, _FilterVisitor
from sphinxcontrib.bibtex.roles import CiteRole

from builder.errors import Source, warn

ALL_ENTRIES = BibtexDomain.get_filtered_entries
FAULTS = "builder_bibliographies"
"""Attribute of the environment: by file, its faults with their lines, which are told until they are mended."""
FOUND: dict[str, list[tuple[int, str]]] = {}
"""The faults of the files that were read in this process and are not in an environment yet."""
OUTSIDE_BRACES = re.compile(r",(?![^{}]*\})")
"""A comma between works, and not in words beside one."""
WORK = re.compile(r"^[ \t]*@(?P<kind>\w+)\s*[{(]\s*(?P<key>[^,\s}]+)", re.MULTILINE)
TWICE = re.compile(r"entry with key (?P<key>.+) has a duplicate (?P<field>.+) field")
_WORD = r"[^\s,={}]+"
PART = re.compile(
    rf"(?P<part>family|given|prefix|suffix|useprefix)\s*=\s*(?P<words>{_WORD}(?:[ \t]+(?!and ){_WORD})*)\s*"
    r"(?=,|\}|\n| and )"
)
UNNAMED = re.sub(r"\?P<\w+>", "?:", PART.pattern)
IN_PARTS = re.compile(rf"\b{UNNAMED}(?:,\s*{UNNAMED})+")
"""A name whose parts are named (BibLaTeX 3.x, *extended name format*)."""


def use_parser() -> None:
    """Have the citation extension read files by `TolerantParser`, roles without commas that part nothing, and lists
    in a time of their length.
    """
    sphinxcontrib.bibtex.bibfile.Parser = TolerantParser  # type: ignore[attr-defined]
    CiteRole.process_link = without_stray_commas  # type: ignore[method-assign, assignment]
    BibtexDomain.get_filtered_entries = entries_of_list  # type: ignore[method-assign, assignment]


def without_stray_commas(
    role: Any, _env: BuildEnvironment, _node: object, _named: bool, title: str, target: str
) -> Any:
    """Return the words and the works of a citation, and warn where a comma of it parts nothing."""
    works = [work.strip() for work in OUTSIDE_BRACES.split(target)]
    if any(works) and not all(works):
        role.target = target = ",".join(filter(None, works))
        source, line = role.get_source_info()
        warn(f"this citation has a comma too many; write '{target}'.", Source(source, line), "bibliography")
    return title, target


class TolerantParser(Parser):  # type: ignore[misc]
    """A parser of BibTeX that leaves out what it cannot read, and keeps in `FOUND` what that is."""

    def parse_file(self, filename: str | Path, *arguments: Any, **options: Any) -> Any:
        """Read a file's works into those that were read before."""
        known = set(self.data.entries)
        with capture() as errors:
            data = super().parse_file(filename, *arguments, **options)
        text = Path(filename).read_text(encoding="utf-8", errors="replace") if errors else ""
        FOUND[str(filename)] = sorted(set(faults_of(errors, text, known)))
        return data

    def parse_string(self, text: str) -> Any:
        """Read works from a text, in which names may have their parts by name, as BibLaTeX allows."""
        return super().parse_string(IN_PARTS.sub(as_bibtex, text))

    def handle_error(self, error: Any) -> None:
        """Note which work an error of syntax is in; the parser that it has goes on."""
        error.entry_key = getattr(getattr(error, "parser", None), "current_entry_key", None)
        super().handle_error(error)


def as_bibtex(found: re.Match[str]) -> str:
    """A name whose parts are named as BibTeX has it: ``van Hasselt, Hado``."""
    parts = {part["part"]: part["words"] for part in PART.finditer(f"{found[0]}\n")}
    family = f"{parts.get('prefix', '')} {parts.get('family', '')}".strip()
    return ", ".join(filter(None, (family, parts.get("suffix", ""), parts.get("given", ""))))


def faults_of(errors: list[Exception], text: str, known: set[str]) -> Iterator[tuple[int, str]]:
    """Line and message of each error in the text of a file; the works of ``known`` stand in the files before."""
    lines = lines_of_works(text)
    for error in errors:
        if isinstance(error, PybtexSyntaxError):
            key = getattr(error, "entry_key", None) or ""
            begun = next(iter(lines[key.lower()]), 1)
            line = begun if isinstance(error, PrematureEOF) else error.lineno or begun
            yield line, of_syntax(error, key)
        elif isinstance(error, DuplicateField) and (named := TWICE.search(str(error))):
            line = next(iter(lines[named["key"].lower()]), 1)
            yield line, f"the work '{named['key']}' has '{named['field']}' twice; the first is taken"
        elif isinstance(error, InvalidNameString):
            name = str(error).partition(" in ")[2].strip("'\"")
            line = text.count("\n", 0, max(text.find(name), 0)) + 1
            yield line, f"the name '{name}' has too many commas; write ' and ' between two people"
        elif isinstance(error, BibliographyDataError):
            key = str(error).rpartition(": ")[2]
            repeated = lines[key.lower()][0 if key in known else 1 :]
            for line in repeated or [1]:
                yield line, f"the work '{key}' stands in the bibliography a second time; the first is taken"
        else:
            yield 1, str(error)


def lines_of_works(text: str) -> dict[str, list[int]]:
    """The lines in which a work begins, by its key in small letters."""
    found: dict[str, list[int]] = defaultdict(list)
    line, counted = 1, 0
    for work in WORK.finditer(text):
        line, counted = line + text.count("\n", counted, work.start("key")), work.start("key")
        found[work["key"].lower()].append(line)
    return found


def of_syntax(error: PybtexSyntaxError, key: str) -> str:
    """What is wrong with the syntax of a work, and what is left out for it."""
    reason = str(error).rpartition(": ")[2]
    if isinstance(error, UndefinedMacro):
        return f"'{reason}' stands for nothing; put it in braces, or define it with @string"
    work = f"the work '{key}'" if key else "a work"
    return f"{work} cannot be read from here on ({reason}; is there a comma behind each field, a }} for each {{ ?)"


def tell(env: BuildEnvironment, files: Iterable[Path]) -> None:
    """Warn of the faults of the bibliographies of a project."""
    known: dict[str, list[tuple[int, str]]] = env.__dict__.setdefault(FAULTS, {})
    known.update(FOUND)
    FOUND.clear()
    names = {str(file.resolve()) for file in files}
    for file, faults in known.items():
        for line, message in faults if str(Path(file).resolve()) in names else ():
            warn(f"{message}.", Source(file, line), "bibliography")


def entries_of_list(domain: BibtexDomain, bibliography_key: Any) -> Iterator[tuple[str, Any]]:
    """The works of a list, by key. The extension looks at all citations of the project anew for each work of each list,
    a fifth of the time of a book with a list on each of its eighty pages; here they are looked at once a list.
    """
    bibliography = domain.bibliographies[bibliography_key]
    pages: dict[str, set[str]] = defaultdict(set)
    for reference in domain.citation_refs:
        for target in reference.targets:
            pages[target.key].add(reference.docname)
    found = []
    for work in domain.get_entries(bibliography.bibfiles):
        key = f"{bibliography.keyprefix}{work.key}"
        chosen = work.key in bibliography.keys
        looks: Any = _FilterVisitor(work, bibliography_key.docname, pages.get(key, set()))  # type: ignore[no-untyped-call]
        try:
            passes = looks.visit(bibliography.filter_)
        except ValueError:  # no filter that it understands: it says so
            yield from ALL_ENTRIES(domain, bibliography_key)
            return
        found += [(key, work)] if passes or chosen else []
    yield from found
