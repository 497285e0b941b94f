"""``builder suggest``: reads chapters that nobody marked, and writes the marks that their decks are made of."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from myst_parser.config.main import MdParserConfig

from builder.build.planning import context_of, plan_options
from builder.build.project import ReadProject
from builder.build.request import Request
from builder.commands.outcome import CONFLICTS, FINE
from builder.commands.pull.markdown import parser_for
from builder.commands.pull.project import ProjectCopy, built_deck, reading
from builder.commands.pull.sources import Sources
from builder.commands.streams import write_data
from builder.commands.suggest.edits import edits
from builder.commands.suggest.report import lines_of
from builder.deck.suggestions.chapter import Suggestions, suggested
from builder.deck.unheaded import sections_of
from builder.errors import AuthorError
from builder.source.annotations.marks import has_marks
from builder.source.defaults import OF_MARKS
from builder.source.included import uses_of_files
from builder.store.files import seen_from


@dataclass
class Suggested:
    """What was found for the documents of a project; ``lines`` are the report."""

    lines: list[str] = field(default_factory=list)
    patch: str = ""
    written: list[Path] = field(default_factory=list)
    is_refused: bool = False


@dataclass(frozen=True)
class Found:
    """What one reading of the project gives: the suggestions of documents, those that are ``marked`` and those that are
    ``shared``, since others include them; the names of decks with theirs, and what MyST lacks to read marks.
    """

    found: dict[str, Suggestions]
    marked: tuple[str, ...]
    shared: tuple[str, ...]
    lectures: dict[str, tuple[str, ...]]
    missing: tuple[str, ...]


def run_suggest(request: Request, paths: Sequence[Path], *, apply: bool) -> int:
    """Suggest, and write the patch to the standard output, all else to the standard error; returns the exit status."""
    found = suggest(request, paths, apply=apply)
    write_data(found.patch)
    for line in found.lines:
        print(line, file=sys.stderr)
    return CONFLICTS if found.is_refused else FINE


def suggest(request: Request, paths: Sequence[Path] = (), *, apply: bool = False) -> Suggested:
    """The marks that chapters could have, as a patch, which ``apply`` writes.

    Raises:
        AuthorError: a path is no document of the project; the sources have errors.
    """
    result = Suggested()
    with reading(request) as project:
        read = project.read({}, lambda read_project: read_suggestions(read_project, paths))
        assert read is not None
        for docname, found in read.found.items():
            result.lines += lines_of(docname, found)
        result.lines += [
            f"{docname}: has marks already, so only its marked sections have slides" for docname in read.marked
        ]
        result.lines += [
            f"{docname}: other documents include it, and its marks would be theirs, so none are suggested"
            for docname in read.shared
        ]
        lacks = lacking(read)
        sources, others = (with_marks(request, read.found), []) if lacks else settled(request, project, read)
        result.patch = sources.patch(request.config)
        result.lines += [*lacks, *others]
        result.is_refused = bool(lacks or others)
        if apply and not lacks:
            result.written = sources.write()
    result.lines += [closing(result, apply=apply)]
    return result


def read_suggestions(project: ReadProject, paths: Sequence[Path]) -> Found:
    """The suggestions of the documents at ``paths``, of all that decks are made of without any.

    Raises:
        AuthorError: one of the paths is no document, and no folder with one.
    """
    planned = dict.fromkeys(item.partition("#")[0] for lecture in project.lectures for item in lecture.documents)
    wanted = [name for path in paths for name in docnames_at(project, path, planned)] or list(planned)
    options = plan_options(project.config)
    found: dict[str, Suggestions] = {}
    marked, shared = [], []
    uses = uses_of_files(project.env)
    for docname in wanted:
        doctree = project.resolver.resolved(docname)
        if has_marks(doctree) and not options.outline:
            marked.append(docname)
            continue
        if uses[Path(project.env.doc2path(docname, base=False)).as_posix()]:
            shared.append(docname)
            continue
        found[docname] = suggested(context_of(project, docname), sections_of(doctree, docname), options)
    lectures = {
        lecture.name: tuple(item.partition("#")[0] for item in lecture.documents) for lecture in project.lectures
    }
    return Found(found, tuple(marked), tuple(shared), lectures, missing_for(project.config, found.values()))


def missing_for(config: Any, found: Iterable[Suggestions]) -> tuple[str, ...]:
    """The extensions of MyST that marks need and that a project has not switched on."""
    if not any(one.document.language == "myst" and one.marks for one in found):
        return ()
    return tuple(name for name in OF_MARKS if name not in getattr(config, "myst_enable_extensions", ()))


def docnames_at(project: ReadProject, path: Path, planned: Iterable[str]) -> list[str]:
    """The name of the document at a path; of a folder, those of the ``planned`` ones in it.

    Raises:
        AuthorError: there is none.
    """
    inside = path.resolve()
    if path.is_dir() and (found := [one for one in planned if Path(project.env.doc2path(one)).is_relative_to(inside)]):
        return found
    docname = project.env.path2doc(str(path.resolve()))
    if docname is None or docname not in project.env.found_docs:
        raise AuthorError(f"{path} is no document of this book.")
    return [docname]


def with_marks(request: Request, found: Mapping[str, Suggestions]) -> Sources:
    """The sources of a project with the marks of documents."""
    sources = Sources((request.source.resolve(),), parser_for(MdParserConfig()))
    for one in found.values():
        for document, inserted in edits(one.document, one.marks) if one.document.language else ():
            file = sources.file(document.path)
            if file is not None and file.before == document.text.replace("\r\n", "\n"):
                file.take(inserted)
    return sources


def lacking(read: Found) -> list[str]:
    """Why nothing may be written: the project would not read marks."""
    names = ", ".join(f'"{name}"' for name in read.missing)
    where = "myst_enable_extensions (of conf.py, or below parse: in _config.yml)"
    return [f"builder: add {names} to {where} first"] if names else []


def settled(request: Request, project: ProjectCopy, read: Found) -> tuple[Sources, list[str]]:
    """The sources with marks that leave each deck as it is, and the decks that would be other ones: into their
    documents none are written.
    """
    found = dict(read.found)
    told: list[str] = []
    before: dict[str, bytes] = {}
    while True:
        sources = with_marks(request, found)
        texts = {file.path: file.text for file in sources.changed()}
        names = [name for name, documents in read.lectures.items() if texts and not set(documents).isdisjoint(found)]
        before = before or contents(project, names, {})
        after = contents(project, names, texts)
        others = [name for name in names if after.get(name) != before[name]]
        if not after and len(names) > 1:
            others = with_errors(project, read, sources) or others
        if not others:
            return sources, told
        for name in others:
            found = {docname: one for docname, one in found.items() if docname not in read.lectures[name]}
            told.append(
                f"builder: the deck {name} would be another one with these marks, so none are written into "
                f"{', '.join(read.lectures[name])} (please report this)"
            )


def with_errors(project: ProjectCopy, read: Found, sources: Sources) -> list[str]:
    """The decks of documents that have more errors with their marks than without, as each has with its marks alone."""
    wrong = {
        file.path for file in sources.changed() if project.read({file.path: file.text}, lambda _project: 0) is None
    }
    paths = {docname: {one.document.path, *one.document.included} for docname, one in read.found.items()}
    return [
        name
        for name, documents in read.lectures.items()
        if any(not wrong.isdisjoint(paths.get(docname, ())) for docname in documents)
    ]


def contents(project: ProjectCopy, names: Sequence[str], texts: dict[Path, str]) -> dict[str, bytes]:
    """The decks, were these the ``texts`` of files, which are read once for all of them; without those that cannot be
    made then.

    Raises:
        AuthorError: one cannot be made of the sources as they are.
    """

    def made(read_project: ReadProject) -> dict[str, bytes]:
        found = {}
        for name in names:
            try:
                found[name] = built_deck(read_project, name).content
            except AuthorError:
                if not texts:
                    raise
        return found

    return (project.read(texts, made) or {}) if names else {}


def closing(result: Suggested, *, apply: bool) -> str:
    """The last line of the report."""
    if result.written:
        names = ", ".join(str(seen_from(path, Path.cwd())) for path in result.written)
        return f"builder: written into {names}; {'their' if result.is_refused else 'the'} decks are as they were"
    if not result.patch:
        return "builder: nothing to write"
    return "builder: nothing is written" if apply else "builder: nothing is written yet; --apply writes it"
