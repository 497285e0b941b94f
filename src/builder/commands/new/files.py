"""The files of a new project, from the samples."""

from __future__ import annotations

import json
import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from builder import __version__
from builder.commands.new.kinds import ProjectKind
from builder.commands.new.sample_texts import language_of_texts, texts_in
from builder.typeset.scripts import USUAL_ADVICE, advice
from builder.typeset.wording import fixed_words

SAMPLES = Path(__file__).parent / "samples"
HIDDEN, SAMPLE = "dot-", ".sample"
"""What the name of a sample begins with whose file is hidden, since packages leave hidden files out; and what it ends
with where the file is no Python before its places are filled.
"""
PLACE = re.compile(r"@@([a-z-]+)@@")


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a new project shall be; ``template`` is a template of the builder's by name, or a file that is copied."""

    title: str
    author: str = ""
    language: str = "en"
    template: str = ""


def project_files(wishes: Wishes, kind: ProjectKind) -> dict[str, bytes]:
    """Return path below the project's folder → content of each file."""
    words = texts_in(language_of_texts(wishes.language)) | placeholders(wishes, kind)
    found = {}
    for folder in kind.samples:
        root = SAMPLES / folder
        below = Path(*Path(folder).parts[1:])  # "sums/book/data" → "book/data"
        for path in sorted(root.rglob("*")):
            if path.is_file():
                name = (below / path.relative_to(root)).as_posix().replace(HIDDEN, ".").removesuffix(SAMPLE)
                found[name] = filled(path.read_text(encoding="utf-8"), words).encode()
    template = Path(wishes.template)
    if is_file(wishes.template):
        found[f"slides/{template.name}"] = template.read_bytes()
    return dict(sorted(found.items()))


def placeholders(wishes: Wishes, kind: ProjectKind) -> dict[str, str]:
    """Return name → text of what stands between ``@@`` in a sample and is no text of its language."""
    year = time.gmtime(float(os.environ.get("SOURCE_DATE_EPOCH", time.time()))).tm_year
    template = Path(wishes.template).name if is_file(wishes.template) else wishes.template
    settings = {
        "project": wishes.title,
        "by": wishes.author,
        "copyright": f"{year}, {wishes.author}" if wishes.author else str(year),
        "language": wishes.language,
        "preset": kind.preset,
        "extensions": [kind.parser, *kind.extensions],
    }
    words = {name: json.dumps(value, ensure_ascii=False) for name, value in settings.items()}
    words["title"], words["version"] = wishes.title, __version__
    words["preset"] += f"\n{kind.settings}".rstrip()
    words["fonts"] = "".join(f"{package}\n" for package in font_packages(wishes.language))
    words["template"] = f"template = {json.dumps(template, ensure_ascii=False)}\n" if template else ""
    return words


def font_packages(language: str) -> list[str]:
    """Return the packages of fonts that the script of a language needs beside the builder's own faces."""
    written = {*(Locale.parse(language).get_language_name() or ""), *"".join(fixed_words(language, {}).values())}
    return [package for package, _characters in advice(written) if package != USUAL_ADVICE]


def filled(sample: str, words: dict[str, str]) -> str:
    """Return a sample with the words in their places; a line that is left empty at its end goes."""
    return PLACE.sub(lambda place: words[place[1]], sample).rstrip() + "\n"


def is_file(template: str) -> bool:
    """Return whether a template is a file, and not the name of one of ours."""
    return template.lower().endswith((".pptx", ".potx", ".ppsx"))
