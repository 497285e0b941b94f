"""Packages of Office are opened in one place: whoever reads a deck or template does so within its limits."""

from __future__ import annotations

import re
from pathlib import Path

import builder

ROOT = Path(builder.__file__).parent
ZIPS = {
    "pptx/package/parts.py": "opens packages, within limits",
    "pptx/package/package.py": "writes packages",
    "pptx/package/serialize.py": "writes the packages of python-pptx",
    "store/published.py": "asks whether a published file is whole, before anything reads it",
    "typeset/math/formulas.py": "reads what pandoc has just written",
}
LIBRARY = {
    "pptx/template/writable.py": "opens a template to make a deck on it",
}


def modules_with(pattern: str) -> set[str]:
    found = re.compile(pattern, re.MULTILINE)
    return {
        path.relative_to(ROOT).as_posix()
        for path in ROOT.rglob("*.py")
        if found.search(path.read_text(encoding="utf-8"))
    }


def test_zip_files_are_opened_in_few_modules() -> None:
    assert modules_with(r"\bzipfile\b") == set(ZIPS)


def test_python_pptx_opens_templates_only_to_write() -> None:
    assert modules_with(r"\bPresentation\(|^from pptx import") == set(LIBRARY)


def test_readers_of_templates_and_packages_do_without_python_pptx() -> None:
    readers = {
        name for name in modules_with(r"^\s*(from|import) pptx\b") if re.match(r"pptx/(template|package)/", name)
    }
    assert readers == {*LIBRARY, "pptx/package/serialize.py"}


def test_parts_are_unpacked_by_the_reader_alone() -> None:
    assert modules_with(r"\bopen_parts\(") == {
        "pptx/package/parts.py",
        "pptx/package/package.py",
        "merge/bases.py",
        "build/reproduce.py",
    }
