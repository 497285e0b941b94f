"""Results of code that Quarto keeps beside a book, in ``_freeze``: https://quarto.org/docs/projects/code-execution.html."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

from builder.commands.new.bookdown import SETTINGS as BOOKDOWN
from builder.commands.new.existing import front_matter
from builder.commands.new.quarto import SETTINGS, output_of, root_of, value_of
from builder.source.yaml_settings import names, settings_of

FOLDER = "_freeze"
PICTURES = "figure-html"
STALE = "Results in _freeze are older than their document: render it with Quarto, and take the book over again"
PRINTED = re.compile(r"(^:+ \{\.cell-output [^}\n]*\}\n+[ \t]*`{3,})(?=\n)", re.MULTILINE)
"""The fence of what code printed, which has no language."""


def results_of(root: Path, name: str) -> Path:
    """Return the file with the results of the document ``name``, which need not be there."""
    return root / FOLDER / Path(name).with_suffix("") / "execute-results/html.json"


def with_results(root: Path, name: str) -> str:
    """Return a document as Quarto has it when its code has run; '' where no results are kept, or those of another text
    of it.
    """
    try:
        kept = json.loads(results_of(root, name).read_bytes())
        digest = hashlib.md5((root / name).read_bytes(), usedforsecurity=False).hexdigest()
        return PRINTED.sub(r"\1text", kept["result"]["markdown"]) if kept["hash"] == digest else ""
    except (OSError, ValueError, LookupError, TypeError):
        return ""


def rendered_pictures(path: Path) -> dict[str, tuple[str, Path]]:
    """Return, for a document that Quarto or bookdown has rendered, the label of a cell, or the name that knitr gives it
    → how the document names the first picture that it drew, and where that lies.
    """
    folder = next((folder for folder in folders_of_pictures(path) if folder.is_dir()), None)
    found = sorted(folder.glob("*-1.png")) if folder is not None else []
    if folder is not None and not is_of_document(folder, path):
        found = [each for each in found if not each.name.startswith("unnamed-chunk-")]
    return {each.name.removesuffix("-1.png"): (f"{path.stem}_files/{PICTURES}/{each.name}", each) for each in found}


def named_language(path: Path) -> str:
    """Return the language that the settings of a book of Quarto or bookdown name for its document; '' for none."""
    first = path.parent / "index.Rmd"
    head = front_matter(first.read_text(encoding="utf-8", errors="replace"))[0] if first.is_file() else {}
    return value_of("meta", "lang", path, head) or names(head.get("lang"))


def folders_of_pictures(path: Path) -> Iterator[Path]:
    """Yield the folders that may hold what the code of a document drew."""
    if root := root_of(path):
        output = output_of(settings_of(next(root / name for name in SETTINGS if (root / name).is_file())))
        place = path.relative_to(root).with_suffix("")
        yield from (root / name / f"{place}_files" / PICTURES for name in (output, "_book", "_site", "docs") if name)
    elif (path.parent / BOOKDOWN).is_file():
        settings = settings_of(path.parent / BOOKDOWN)
        made_in = path.parent / str(settings.get("output_dir") or "_book")
        whole = settings.get("book_filename") or "_main"
        yield from (made_in / f"{name}_files" / PICTURES for name in (path.stem, str(whole).removesuffix(".Rmd")))


def is_of_document(folder: Path, path: Path) -> bool:
    """Return whether a folder has the pictures of one document: in those of a whole book of bookdown, cells without a
    label are counted through all chapters.
    """
    return folder.parent.name == f"{path.stem}_files"


def pictures_of_results(root: Path, name: str) -> Iterator[tuple[str, bytes]]:
    """Yield the path that a document with results names, from the book's folder, and the content of each picture that
    its code drew.
    """
    folder = results_of(root, name).parent.parent / PICTURES
    place = Path(name).with_suffix("")
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            yield f"{place.as_posix()}_files/{PICTURES}/{path.name}", path.read_bytes()
