"""``builder new DIR --from FOLDER``: a book of another tool as MyST, written into DIR; FOLDER stays as it is."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path, PurePath, PurePosixPath

from builder.commands.new.bookdown import SETTINGS as BOOKDOWN
from builder.commands.new.bookdown import read_bookdown
from builder.commands.new.converted import NOTEBOOK, convert, convert_part, labels_referred_to, renamed
from builder.commands.new.copied_files import copied_files
from builder.commands.new.existing import OTHERS, ExistingBook, Reader, front_matter, with_numbers_once
from builder.commands.new.files import Wishes, project_files
from builder.commands.new.frozen import STALE, pictures_of_results, rendered_pictures, results_of, with_results
from builder.commands.new.kinds import ProjectKind
from builder.commands.new.macros import as_setting, macros_of
from builder.commands.new.markdown import read_markdown
from builder.commands.new.mdbook import SETTINGS as MDBOOK
from builder.commands.new.mdbook import read_mdbook
from builder.commands.new.mkdocs import SETTINGS as MKDOCS
from builder.commands.new.mkdocs import read_mkdocs
from builder.commands.new.only_there import only_there
from builder.commands.new.quarto import SETTINGS as QUARTO
from builder.commands.new.quarto import read_quarto
from builder.commands.new.remarks import LEFT, SETTINGS, Remark, look_at_page
from builder.source.yaml_settings import names, settings_of
from builder.store.text import text_of

READERS: tuple[tuple[tuple[str, ...], Reader], ...] = (
    (QUARTO, read_quarto),
    ((BOOKDOWN, "index.Rmd"), read_bookdown),
    ((MDBOOK,), read_mdbook),
    (MKDOCS, read_mkdocs),
)
"""What lies in a folder → who reads it; any other folder is one of Markdown."""

AS_IT_IS = {"conf.py": "Sphinx", "_config.yml": "Jupyter Book 1", "myst.yml": "Jupyter Book 2"}
"""Settings of projects that the builder reads themselves → what they are called."""
OF_JEKYLL = ("Gemfile", "_layouts", "_includes", "_posts", "_sass")
"""What lies beside a ``_config.yml`` of Jekyll."""
SETTINGS_OF_JEKYLL = {"theme", "remote_theme", "baseurl", "permalink", "plugins", "markdown", "collections", "minima"}
DOCUMENTS = (".qmd", ".rmd", ".md", ".markdown", ".ipynb")

EXTENSIONS = {
    "{tab-set}": ("sphinx_design", "sphinx-design"),
    "{prf:": ("sphinx_proof", "sphinx-proof"),
    "{exercise}": ("sphinx_exercise", "sphinx-exercise"),
    "{mermaid}": ("sphinxcontrib.mermaid", "sphinxcontrib-mermaid"),
    "{graphviz}": ("sphinx.ext.graphviz", ""),
}
"""What stands in a document → the extension that it needs, and the package of that."""
INCLUDED = re.compile(r"^```\{include\} (\S+\.md)$", re.MULTILINE)
CITED = ("{cite:", "{bibliography}")

LARGEST = 50_000_000
"""Bytes above which a file is not copied."""
TOO_LARGE = f"Files that are larger than {LARGEST // 1_000_000} MB are not copied"
LOST = "References to what is not in the book, or what code makes"
NO_SOURCES = {"_book", "_site", "_freeze", "_bookdown_files", "_build", "site_libs", "node_modules", "renv", "book"}


@dataclass(slots=True)
class TakenOver:
    """A project as it is to be written: its files, and by document what a person must look at."""

    files: dict[str, bytes] = field(default_factory=dict)
    look_at: dict[str, tuple[Remark, ...]] = field(default_factory=dict)

    def note(self, name: str, *remarks: Remark) -> None:
        """Add what a person must look at in a document or file."""
        if remarks:
            self.look_at[name] = tuple(dict.fromkeys((*self.look_at.get(name, ()), *remarks)))


def tool_as_it_is(folder: Path) -> str:
    """Return which tool a folder is for that the builder reads without any change; '' for others."""
    found = next((name for name in AS_IT_IS if (folder / name).is_file()), "")
    return "" if found == "_config.yml" and is_of_others(folder) else AS_IT_IS.get(found, "")


def is_of_others(folder: Path) -> bool:
    """Return whether a ``_config.yml`` is Jekyll's, or lies beside the settings of another tool, and is not that of a
    Jupyter Book.
    """
    if (folder / "_toc.yml").is_file():
        return False
    has_their_files = any((folder / name).exists() for name in (*OF_JEKYLL, *chain(*(names for names, _ in READERS))))
    return has_their_files or not SETTINGS_OF_JEKYLL.isdisjoint(settings_of(folder / "_config.yml"))


def read_existing(folder: Path) -> ExistingBook:
    """Return the book of another tool in ``folder``.

    Raises:
        AuthorError: its settings cannot be read, or there is none.
    """
    read = next((read for names, read in READERS if any((folder / name).is_file() for name in names)), read_markdown)
    return read(folder)


def take_over(folder: Path, book: ExistingBook, wishes: Wishes) -> TakenOver:
    """Return the project that a book becomes.

    Raises:
        AuthorError: a document cannot be converted.
    """
    sources = folder / book.below
    taken = TakenOver()
    book, lacking = only_there(folder, book)
    for name, remark in lacking:
        taken.note(name, remark)
    documents = dict(converted_documents(sources, book, taken))
    chapters = set(documents)
    book = with_numbers_once(book, documents.values())
    included = add_included(sources, book, documents, taken)
    note_unused(sources, book, {*documents, *included}, taken)
    preface = name_of_preface(book, documents)
    if preface:
        documents[preface] = with_heading(documents.pop(renamed(book.first)), sources / book.first)
        documents = {name: with_links_to(preface, renamed(book.first), name, text) for name, text in documents.items()}
    works = list_of_works(book, documents)
    documents |= works
    note_lost_references(documents, {renamed(name): name for name in book.files()}, taken)
    read = {renamed(name): text_of(sources / name) for name in book.files() if (sources / name).is_file()}
    give_labels_once(documents, read)
    add_sections(book, documents)
    documents["index.md"] = index(book, preface, chapters, list(works))
    macros = macros_of((sources / name for name in book.files() if (sources / name).is_file()), folder)
    taken.files |= shared_files(book, documents, wishes, included, as_setting(macros))
    copied = copied_files(documents, sources, folder, DOCUMENTS)
    taken.files |= {f"book/{name}": text.encode() for name, text in documents.items()}
    taken.files |= {f"book/{name}": content for name, content in copies(copied, sources, book, taken)}
    if taken.look_at:
        taken.files["LOOK-AT.md"] = look_at_page(book.tool, taken.look_at).encode()
    return taken


HELD = re.compile(r"\{\{#\w+\s+([^}\s:]+)")
"""A file that a document of mdBook includes."""


def note_unused(sources: Path, book: ExistingBook, written: set[str], taken: TakenOver) -> None:
    """Have a person look at settings without use here, and at documents that are not in the book."""
    for name, settings in book.unused.items():
        taken.note(name, *(Remark(SETTINGS, setting) for setting in settings))
    found = (path.relative_to(sources) for path in sorted(sources.rglob("*")) if path.suffix.lower() in DOCUMENTS)
    names_included = {
        PurePosixPath(name).name for text in map(text_of, sources.rglob("*.md")) for name in HELD.findall(text)
    }
    left = [
        name.as_posix()
        for name in found
        if renamed(name.as_posix()) not in written
        and not (book.tool == "mdBook" and name.name in names_included)
        and name.name not in {*OTHERS, "SUMMARY.md"}
        and not is_made(name, book)
    ]
    for document in left:
        taken.note(document, Remark(LEFT))


def is_made(name: PurePath, book: ExistingBook) -> bool:
    """Return whether a file of a project is hidden, or in a folder that a tool makes."""
    made_in = PurePath(book.made_in).parts
    return any(part.startswith(".") or part in NO_SOURCES for part in name.parts) or (
        bool(made_in) and name.parts[: len(made_in)] == made_in
    )


def with_heading(text: str, source: Path) -> str:
    """Return the text of the first page with a heading: its own, else the title of its source, else ``Preface``."""
    if re.search(r"^(?:# |=+\s*$)", text, re.MULTILINE):
        return text
    return f"# {names(front_matter(text_of(source))[0].get('title')) or 'Preface'}\n\n{text}"


def with_links_to(now: str, before: str, name: str, text: str) -> str:
    """Return the text of the document ``name`` with its links to a document that has another name now."""
    folder = PurePosixPath(name).parent

    def link(found: re.Match[str]) -> str:
        leads = posixpath.normpath(folder / found["file"]) == before
        return f"]({posixpath.relpath(now, folder)}" if leads else found[0]

    return re.sub(r"\]\((?P<file>[^)\s#:]+\.md)(?=[#)])", link, text)


REFERS = re.compile(r"\{(?:numref|ref|eq|prf:ref)\}`(?:[^`<]*<)?(?P<label>[^`>]+)>?`")


def note_lost_references(documents: dict[str, str], written: dict[str, str], taken: TakenOver) -> None:
    """Have a person look at references to what no document has, such as a table that code makes. ``written`` are the
    names of their sources.
    """
    whole = "\n".join(documents.values())
    for name, text in documents.items():
        lost = [label for label in REFERS.findall(text) if not re.search(NAMED.format(re.escape(label)), whole)]
        taken.note(written.get(name, name), *(Remark(LOST, label) for label in lost))


NAMED = r"\({0}\)=|:(?:name|label): {0}\b|\$\$ \({0}\)|#{0}\b|label=\\?\"{0}"
"""How a document gives something a label."""


def converted_documents(sources: Path, book: ExistingBook, taken: TakenOver) -> Iterator[tuple[str, str]]:
    """The name and the MyST of each document; what has to be looked at goes to ``taken``."""
    written = [sources / name for name in book.files()]
    referred = [labels_referred_to(text_of(path)) for path in written if path.is_file()]
    for name in book.files():
        path = sources / name
        text = text_of(path)
        if book.tool == "Quarto" and results_of(sources, name).is_file():
            text = with_results(sources, name) or text
            taken.note(name, *([Remark(STALE)] if text == text_of(path) else []))
            taken.files |= {f"book/{place}": content for place, content in pictures_of_results(sources, name)}
        converted = convert(book.tool, path, text, frozenset[str]().union(*referred), sources)
        taken.note(name, *converted.look_at)
        for file, picture in rendered_pictures(path).values():
            if file in converted.text:
                taken.files[f"book/{(PurePosixPath(name).parent / file).as_posix()}"] = picture.read_bytes()
        yield renamed(name), converted.text


def add_included(sources: Path, book: ExistingBook, documents: dict[str, str], taken: TakenOver) -> list[str]:
    """Convert the documents that others include, which are no chapters, into ``documents``; returns their names."""
    added: list[str] = []
    waiting = list(documents)
    while waiting:
        name = waiting.pop()
        for found in INCLUDED.findall(documents[name]):
            folder = PurePosixPath("/") if found.startswith("/") else PurePosixPath(name).parent
            included = posixpath.normpath(folder / found).lstrip("/")
            path = next((path for path in spellings(sources / included) if path.is_file()), None)
            if included in documents or path is None or not path.resolve().is_relative_to(sources.resolve()):
                continue
            converted = convert_part(book.tool, path, text_of(path), sources)
            taken.note(included, *converted.look_at)
            documents[included] = converted.text
            added.append(included)
            waiting.append(included)
    return sorted(added)


def spellings(path: Path) -> list[Path]:
    """Return the files that may stand behind a document that is named ``.md`` now."""
    return [path.with_suffix(suffix) for suffix in (".qmd", ".Rmd", ".md", ".rmd")]


def name_of_preface(book: ExistingBook, documents: dict[str, str]) -> str:
    """Return the document that the text of the first page becomes; '' where it has none."""
    text = documents.get(renamed(book.first), "") if book.first else ""
    if not text.strip():
        documents.pop(renamed(book.first), None)
        return ""
    folder = PurePosixPath(renamed(book.first)).parent
    taken = {name.casefold() for name in documents}  # many disks do not tell Preface.md from preface.md
    names = ("preface.md", "welcome.md", "first-page.md")
    free = (name for name in names if str(folder / name).casefold() not in taken)
    return str(folder / next(free))


def list_of_works(book: ExistingBook, documents: dict[str, str]) -> dict[str, str]:
    """Return a page with the works cited, where works are cited and no page lists them."""
    whole = "".join(documents.values())
    if book.bibliography and "{cite:" in whole and "{bibliography}" not in whole:
        return {"works-cited.md": "# Sources\n\n```{bibliography}\n```\n"}
    return {}


def index(book: ExistingBook, preface: str, written: set[str], works: list[str]) -> str:
    """Return the first document: the title, and lists of the chapters that were ``written``."""
    text = f"# {book.title}\n"
    if preface:
        text += toctree("", [preface], numbered=False)
    for part in book.parts:
        text += toctree(
            part.caption, [name for name in map(renamed, part.chapters) if name in written], numbered=part.is_numbered
        )
    appendices = [name for name in map(renamed, book.appendices) if name in written]
    return text + toctree("Appendices" if appendices else "", [*appendices, *works], numbered=False)


LABEL = re.compile(r"^\((?P<label>[^)\n]+)\)=\n+(?=#)", re.MULTILINE)


def give_labels_once(documents: dict[str, str], read: dict[str, str]) -> None:
    """Take labels that several headings have from all but one: they are made of words that several chapters use. The
    one that its author gave it (``{#label}`` in the text that was ``read``) has it, else the first.
    """
    places: dict[str, list[str]] = {}
    for name, text in documents.items():
        for label in dict.fromkeys(LABEL.findall(text)):
            places.setdefault(label, []).append(name)
    for label, labelled in places.items():
        given = re.compile(rf"\{{#{re.escape(label)}\b")
        owner = next((name for name in labelled if given.search(read.get(name, ""))), labelled[0])
        for name in (name for name in labelled if name != owner):
            own = rf"^\({re.escape(label)}\)=\n+(?=#)"
            documents[name] = re.sub(own, "", documents[name], flags=re.MULTILINE)


def add_sections(book: ExistingBook, documents: dict[str, str]) -> None:
    """End each document that has others as its sections with a list of them."""
    for name, sections in book.sections.items():
        chapter = renamed(name)
        there = [section for section in map(renamed, sections) if section in documents]
        if chapter in documents and there:
            folder = PurePosixPath(chapter).parent
            names = [posixpath.relpath(section, folder) for section in there]
            documents[chapter] = f"{documents[chapter].rstrip()}\n{toctree('', names, numbered=False)}"


def toctree(caption: str, documents: list[str], *, numbered: bool) -> str:
    """Return a hidden list of chapters; '' for none."""
    if not documents:
        return ""
    options = [":hidden:", *([f":caption: {caption}"] if caption else []), *([":numbered:"] if numbered else [])]
    names = [name.removesuffix(".md").removesuffix(NOTEBOOK) for name in documents]
    return "\n".join(["", "```{toctree}", *options, "", *names, "```", ""])


def shared_files(
    book: ExistingBook, documents: dict[str, str], wishes: Wishes, included: list[str], macros: str
) -> dict[str, bytes]:
    """Return the settings and all that is the same in every project, with the extensions that the documents need; those
    that are ``included`` in others are no pages. ``macros`` is the line of the settings that has those of formulas.
    """
    whole = "".join(documents.values())
    needed = [need for mark, need in EXTENSIONS.items() if mark in whole]
    if len(book.parts) > 1:
        needed.append(
            ("sphinx_multitoc_numbering", "sphinx-multitoc-numbering")
        )  # chapters are counted through all parts
    extensions = tuple(extension for extension, _package in needed)
    settings = f"myst_heading_anchors = 6{macros}"
    if included:
        settings += f"\nexclude_patterns += {json.dumps(included)}"
    appendices = [PurePath(renamed(name)).with_suffix("").as_posix() for name in book.appendices]
    if appendices:
        settings += f"\nbuilder_appendices = {json.dumps(appendices)}"
    if book.subtitle:
        settings += f"\nbuilder_subtitle = {json.dumps(book.subtitle, ensure_ascii=False)}"
    if any(mark in whole for mark in CITED):
        files = json.dumps([f"book/{name}" for name in book.bibliography])
        settings += f"\nbibtex_bibfiles = {files}"
        settings += '\nbibtex_reference_style = "author_year_round"\nbibtex_default_style = "one_alphabet"'
        extensions += ("builder.source.citing", "sphinxcontrib.bibtex")
    packages = "".join(f"{package}\n" for _extension, package in needed if package)
    parser, extra = (
        ("myst_nb", "[jupyter]") if any(name.endswith(NOTEBOOK) for name in documents) else ("myst_parser", "")
    )
    if extra:
        settings += '\nnb_execution_mode = "off"'
    kind = ProjectKind(f"a book that was made with {book.tool}", ("every",), "textbook", extensions, settings, parser)
    files_of_all = project_files(wishes, kind)
    files_of_all["requirements.txt"] = files_of_all["requirements.txt"].replace(b"==", f"{extra}==".encode())
    files_of_all["requirements.txt"] += packages.encode()
    return files_of_all


def copies(files: list[Path], sources: Path, book: ExistingBook, taken: TakenOver) -> Iterator[tuple[str, bytes]]:
    """Path and content of each file that is copied; one that is too large is to be looked at."""
    for path in files:
        name = path.relative_to(sources)
        if is_made(name, book) or not path.is_file():
            continue
        if path.stat().st_size > LARGEST:
            taken.note(name.as_posix(), Remark(TOO_LARGE))
            continue
        yield name.as_posix(), path.read_bytes()


def existing_wishes(book: ExistingBook, said: dict[str, str], written_in: str) -> Wishes:
    """Return what was wished for, and what the book's settings say where nothing was; ``written_in`` is the language of
    one whose settings name none.
    """
    return Wishes(
        said["title"] or book.title,
        said["author"] or book.author,
        said["language"] or book.language or written_in or "en",
        said["template"],
    )
