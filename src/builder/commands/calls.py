"""What a call means: which folders, which outputs; a call that means none ends with the usage."""

from __future__ import annotations

import argparse
from pathlib import Path

from builder.build.request import TARGETS, Request
from builder.errors import asked


def quiet_request(given: argparse.Namespace, top: argparse.ArgumentParser) -> Request:
    """The request of a command that shows no progress of builds, and concerns one edition at most."""
    source, config, output = folders(given, top)
    editions = given.editions or [""]
    if len(editions) > 1:
        top.error(f"builder {given.command} takes one --edition")
    return Request(source, config, output, quiet=True, debug=given.debug).of_edition(editions[0])


def folders(given: argparse.Namespace, top: argparse.ArgumentParser) -> tuple[Path, Path, Path]:
    """(source, folder of conf.py, output folder) of a call; a call that means none ends with the usage."""
    source, config = project_folders(given)
    if source.is_file():
        top.error(f"{source} is a file; name the folder of the book: builder {given.command} {named(source.parent)}")
    if not source.is_dir():
        hint = f"; outputs are named in one word: --to html,{given.source}" if str(given.source) in TARGETS else ""
        top.error(f"there is no folder {source}{hint}")
    if not has_settings(config):
        above = next((folder for folder in source.parents if has_settings(folder)), None)
        if above is not None and given.config is None:
            top.error(
                f"the settings of this book are in {above}: builder {given.command} {named(above)}, or, for the "
                f"documents of {named(source)} alone, builder {given.command} {named(source)} -c {named(above)}"
            )
        below = next((path.parent for path in sorted(config.glob("*/conf.py"))), None)
        if kind := kind_of_other(config):
            top.error(
                f"{named(config) if config != Path.cwd() else 'this folder'} is a {kind}, and has no conf.py; "
                f"'builder new NEW --from {named(config)}' makes a book of it in the folder NEW"
            )
        usual = "or name its folder with -c DIR; 'builder new DIR' writes a small book to begin with"
        hint = f"and {below} has one: builder {given.command} {below}" if below else usual
        others = "nor the settings of a Jupyter Book (_config.yml and _toc.yml, or myst.yml)"
        missing = f"there is no conf.py in {config}, {others}"
        top.error(f"{missing}; an empty one will do, {hint}")
    output = Path(given.output).resolve()
    if output in (source, config) or output in source.parents or output in config.parents:
        top.error(f"the output folder {output} would hold the sources; choose another with -o")
    return source, config, output


def named(folder: Path) -> str:
    """Return a folder as one names it here."""
    here = Path.cwd()
    return str(folder.relative_to(here)) if folder.is_relative_to(here) else str(folder)


def project_folders(given: argparse.Namespace) -> tuple[Path, Path]:
    """(source, folder of conf.py) that a call means."""
    here = Path.cwd()
    if given.source is None and given.config is None and (here / "conf.py").is_file() and (here / "book").is_dir():
        return here / "book", here
    source = Path(given.source or ".").resolve()
    if given.config:
        return source, Path(given.config).resolve()
    if has_settings(source):
        return (source / "book" if is_above_its_book(source) else source), source
    return source, here


def is_above_its_book(folder: Path) -> bool:
    """True for a folder with ``conf.py`` as ``builder new`` writes it: the first document stands in ``book/``, and none
    beside ``conf.py``.
    """
    is_project = (folder / "conf.py").is_file() and any((folder / "book").glob("index.*"))
    return is_project and not any(folder.glob("index.*"))


def has_settings(folder: Path) -> bool:
    """True if a folder has a ``conf.py``, or the settings of a Jupyter Book 1 or 2."""
    if (folder / "conf.py").is_file():
        return True
    from builder.source.jupyter_book import is_jupyter_book  # Sphinx, which takes long to load
    from builder.source.mystmd import is_mystmd

    return is_jupyter_book(folder) or is_mystmd(folder)


OF_OTHERS = {
    "_quarto.yml": "Quarto project", "_quarto.yaml": "Quarto project", "_bookdown.yml": "bookdown book",
    "book.toml": "book of mdBook", "mkdocs.yml": "site of MkDocs", "mkdocs.yaml": "site of MkDocs",
}  # fmt: skip
"""File of settings → whose it is, of the tools whose books are taken over and not built as they are."""


def kind_of_other(folder: Path) -> str:
    """What a folder holds that another tool makes; '' for none."""
    return next((kind for name, kind in OF_OTHERS.items() if (folder / name).is_file()), "")


def targets(given: argparse.Namespace, top: argparse.ArgumentParser) -> tuple[str, ...]:
    """The outputs that ``--to`` names, once or several times; all without it."""
    names = ",".join(given.to or TARGETS).split(",")
    named = tuple(dict.fromkeys(name.strip().lower() for name in names if name.strip()))
    unknown = [name for name in named if name not in TARGETS]
    if unknown or not named:
        question = asked(unknown[0], TARGETS) if unknown else ""
        top.error(f"--to names {', '.join(unknown) or 'nothing'}; write any of {','.join(TARGETS)}.{question}")
    return named
