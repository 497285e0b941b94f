"""A folder of Jupyter Book 2 or mystmd, with ``myst.yml`` and no ``conf.py``, as a Sphinx project.

Its settings are translated to Sphinx's; its contents become toctrees, and what mystmd writes in another way than
MyST-Parser is rewritten while it is read. References: https://mystmd.org/guide/frontmatter,
https://mystmd.org/guide/table-of-contents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

from builder.errors import AuthorError, Source
from builder.source.jupyter_book import DEFAULTS, JupyterBook, flat, is_there, value_at
from builder.source.mystmd_text import settings_of_page
from builder.source.near import nearly
from builder.source.yaml_settings import names, settings_of
from builder.store.text import text_of

SETTINGS = "myst.yml"
SUFFIXES = (".md", ".ipynb", ".rst")
EXTENSIONS = (
    "myst_nb", "sphinx_design", "sphinx_proof", "sphinx_exercise", "sphinx_copybutton", "sphinxcontrib.mermaid",
    "sphinx_book_theme", "sphinx_multitoc_numbering",
)  # fmt: skip
"""What stands for the directives that mystmd has by itself, where it is installed."""
SYNTAX = ["amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath", "substitution", "tasklist"]

COMMENT = re.compile(r"<!--.*?-->|^%[^\n]*", re.DOTALL | re.MULTILINE)
"""What readers never see of a page."""
SCHEMES: dict[str, str | None] = {
    **dict.fromkeys(("http", "https", "mailto", "ftp")),
    "doi": "https://doi.org/{{path}}",
    "wiki": "https://en.wikipedia.org/wiki/{{path}}",
}
"""What links begin with → the address that is meant (https://mystmd.org/guide/external-references)."""
OPTIONS = {
    "project.title": ("project", "html_title"),
    "project.subtitle": ("builder_subtitle",),
    "project.copyright": ("copyright",),
    "project.exclude": ("exclude_patterns",),
    "project.bibliography": ("bibtex_bibfiles",),
    "project.language": ("language",),
    "site.options.lang": ("language",),
    "site.options.logo": ("html_logo",),
    "site.options.favicon": ("html_favicon",),
}
"""Key of ``myst.yml``, with dots between levels → options of Sphinx."""
HANDLED = (
    "version", "project.toc", "project.authors", "project.author", "project.math", "project.github", "project.id",
    "project.numbering", "project.license", "project.keywords", "project.description", "project.date",
    "project.open_access", "project.venue", "project.references", "project.abbreviations",
    "site.template", "site.options.folders",
)  # fmt: skip
"""Keys that are looked at here, or say nothing of what is built."""


def is_mystmd(folder: Path) -> bool:
    """Return whether a folder has a project of mystmd and no settings of its own for Sphinx or Jupyter Book 1."""
    first_book = all((folder / name).is_file() for name in ("_config.yml", "_toc.yml"))
    return not first_book and not (folder / "conf.py").is_file() and (folder / SETTINGS).is_file()


def read(folder: Path) -> JupyterBook:
    """Return the project in ``folder``.

    Raises:
        AuthorError: the file is no YAML or no mapping, or MyST-NB is missing.
    """
    path = folder / SETTINGS
    content = with_bases(settings_of(path), folder)
    if not is_there("myst_nb"):
        remedy = "run 'pip install \"book-deck-builder[jupyter]\"'."
        raise AuthorError(f"a Jupyter Book needs myst_nb; {remedy}", Source(str(path)))
    book = JupyterBook(dict(DEFAULTS), settings=SETTINGS, sites=sites_in(content))
    book.abbreviations |= texts_at(value_at(content, "project.abbreviations"))
    options = book.options
    for name in ("external_toc_path", "external_toc_exclude_missing", "nb_execution_timeout"):
        options.pop(name)
    options["myst_enable_extensions"] = list(SYNTAX)
    options |= {"myst_title_to_header": True, "myst_heading_anchors": 3, "nb_execution_mode": "off"}
    options["myst_dmath_double_inline"] = True
    options["suppress_warnings"] = [
        "myst.header",
        "design.card_legacy",
        "design.grid",
    ]  # headings of any level, "^^^" and anything in a grid are right there
    for key, value in flat(content):
        if key in OPTIONS:
            options |= dict.fromkeys(OPTIONS[key], value)
        elif not key.startswith(HANDLED):
            book.left_out.append(key)
    book.known = (*OPTIONS, *HANDLED, *OF_ENTRIES)
    book.left_out += unread(value_at(content, "project.toc") or ())
    left_out = set(outside(value_at(content, "project.toc") or (), folder))
    options["exclude_patterns"] = sorted(
        {*DEFAULTS["exclude_patterns"], *(options.get("exclude_patterns") or ()), *left_out}
    )
    options["myst_url_schemes"] = dict(SCHEMES)
    options["author"] = names(value_at(content, "project.authors") or value_at(content, "project.author"))
    contents = value_at(content, "project.toc") or list(implicit(folder))
    macros = macros_in(content, [folder / name for name in files_in(contents)])
    if macros:
        options["mathjax3_config"] = {
            "tex": {"macros": {name.lstrip("\\"): macro(text) for name, text in macros.items()}}
        }
    options["extensions"] = [name for name in EXTENSIONS if is_there(name)]
    if bibliography := bibliographies(content, folder):
        options["bibtex_bibfiles"] = bibliography
        options |= {"bibtex_reference_style": "author_year_round", "bibtex_default_style": "one_alphabet"}
        options["extensions"] += ["builder.source.citing", "sphinxcontrib.bibtex"]
    add_contents(book, folder, contents, numbered=depth_of_numbers(value_at(content, "project.numbering")))
    if bibliography:
        add_works(book, folder, list(files_in(contents)))
    return book


def with_bases(content: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return settings with those of the files that they extend; files on the web are not read, and stay named."""
    named = content.get("extends") or ()
    bases = [named] if isinstance(named, str) else [str(name) for name in named]
    merged: dict[str, Any] = {}
    for name in bases:
        if (folder / name).is_file():
            merged = together(merged, settings_of(folder / name))
    elsewhere = [name for name in bases if not (folder / name).is_file()]
    own = {key: value for key, value in content.items() if key != "extends" or elsewhere}
    return together(merged, own)


def together(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return tables put together, in which ``own`` goes before ``base``."""
    both = {key: together(base[key], own[key]) for key in base if are_tables(base[key], own.get(key))}
    return {**base, **own, **both}


def are_tables(one: object, other: object) -> bool:
    """Return whether both are tables."""
    return isinstance(one, Mapping) and isinstance(other, Mapping)


def texts_at(value: object) -> dict[str, str]:
    """Return a table of texts; none where it is no table."""
    return {str(key): str(text) for key, text in value.items()} if isinstance(value, Mapping) else {}


def macros_in(content: Mapping[str, Any], paths: Sequence[Path]) -> dict[str, Any]:
    """Return the macros of a project and of its pages, those of the project first."""
    tables = [settings_of_page(text_of(path)).get("math") for path in paths if path.suffix == ".md" and path.is_file()]
    macros: dict[str, Any] = {}
    for table in (value_at(content, "project.math"), *tables):
        macros = {**(table if isinstance(table, Mapping) else {}), **macros}
    return macros


def macro(value: object) -> str:
    """Return what a macro of a formula stands for: a text, or a table with ``macro``."""
    return str(value.get("macro", "")) if isinstance(value, Mapping) else str(value)


def bibliographies(content: Mapping[str, Any], folder: Path) -> list[str]:
    """Return the files of works that are named, or all that lie in the folder, as mystmd takes them."""
    named = value_at(content, "project.bibliography")
    if named:
        return [named] if isinstance(named, str) else [str(name) for name in named if (folder / str(name)).is_file()]
    return sorted(path.relative_to(folder).as_posix() for path in folder.glob("**/*.bib") if "_build" not in path.parts)


# --- contents


def implicit(folder: Path) -> Iterator[dict[str, Any]]:
    """The documents of a folder whose contents nothing says: the first page, then all others by name, then those of
    each folder in it as a part of its name.
    """
    names = by_number(path.name for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file())
    first = next((name for name in ("index.md", "index.ipynb", "README.md") if name in names), None)
    for name in dict.fromkeys([*([first] if first else []), *names]):
        yield {"file": name}
    for part in by_number(path.name for path in folder.iterdir() if path.is_dir() and is_read(path)):
        files = [path.relative_to(folder) for path in (folder / part).rglob("*") if path.suffix in SUFFIXES]
        inside = by_number(file.as_posix() for file in files if all(map(is_read, file.parents)))
        if inside:
            yield {"title": re.sub(r"[-_]+", " ", part), "children": [{"file": name} for name in inside]}


def is_read(folder: Path) -> bool:
    """True for a folder of documents: not what is made, hidden or of others."""
    return not folder.name.startswith(("_", ".")) and folder.name != "node_modules"


def depth_of_numbers(numbering: object) -> int:
    """How many levels of titles have numbers, that of pages being the first; none where no headings are to have any.

    The numbers of sections begin anew on each page of mystmd. In a book they need that of the page before them, so the
    titles of pages have numbers wherever headings have.
    """
    items = numbering if isinstance(numbering, Mapping) else {"all": numbering}
    every = is_numbered(items.get("headings", items.get("sections", items.get("all"))))
    has_title = is_numbered(items.get("title", items.get("titles")))
    asked = {
        level: items.get(name, every)
        for level in range(1, 7)
        for name in [next((name for name in (f"h{level}", f"heading{level}") if name in items), f"heading_{level}")]
    }
    deepest = max((level for level, item in asked.items() if is_numbered(item)), default=0)
    return deepest + (not has_title) if deepest else int(has_title)


def is_numbered(item: object) -> bool:
    """Return whether an entry of ``numbering`` asks for numbers: a template or a first number does."""
    if isinstance(item, Mapping):
        return is_numbered(item["enabled"]) if "enabled" in item else bool(item)
    return item not in (None, False, "false", "False")


def by_number(found: Iterable[str]) -> list[str]:
    """Names in order, numbers in them by their size."""
    return sorted(found, key=lambda name: [(int(n or 0), words) for n, words in re.findall(r"(\d*)(\D*)", name)])


def add_contents(book: JupyterBook, folder: Path, listed: Sequence[Any], *, numbered: int) -> None:
    """Set the first document, which is that of a group where none stands above all, and note for each document the
    toctrees that its children become.
    """
    entries = [entry for entry in listed if isinstance(entry, Mapping)]
    if not entries:
        raise AuthorError("the project has no document; name them in its toc.", Source(SETTINGS))
    matching = by_number(
        path.relative_to(folder).as_posix() for name in patterns_in(entries) for path in folder.glob(name)
    )
    at_top = (str(entry["file"]) for entry in entries if "file" in entry)
    root = next(at_top, "") or next(files_in(entries), "") or next(iter(matching), "")
    book.options["root_doc"] = document(root)
    own = [child for entry in entries if entry.get("file") == root for child in entry.get("children", ())]
    add_toctrees(book, document(root), [*own, *without(entries, root)], numbered=numbered)


def without(entries: Sequence[Any], root: str) -> list[Mapping[str, Any]]:
    """Return contents without the entry of a file, in whichever group it stands."""
    kept = [entry for entry in entries if isinstance(entry, Mapping) and entry.get("file") != root]
    return [
        {**entry, "children": without(entry["children"], root)} if entry.get("children") else entry for entry in kept
    ]


def add_toctrees(book: JupyterBook, parent: str, entries: Sequence[Mapping[str, Any]], *, numbered: int = 0) -> None:
    """Note the toctrees of a document: one for what stands alone, one for each group with a title."""
    loose: list[str] = []
    text = ""
    for entry in entries:
        children = [child for child in entry.get("children", ()) if isinstance(child, Mapping)]
        if "file" in entry or "pattern" in entry:
            loose.append(name_in(entry))
            if children:
                add_toctrees(book, loose[-1], children)
        elif "title" in entry and children:
            text += toctree("", loose, numbered=numbered)
            loose = []
            for title, files in groups_in(str(entry["title"]), children):
                text += toctree(title, [name_in(child) for child in files], numbered=numbered)
                for child in files:
                    add_toctrees(book, name_in(child), child.get("children") or ())
    text += toctree("", loose, numbered=numbered)
    if text:
        book.ends[parent] = text


def name_in(entry: Mapping[str, Any]) -> str:
    """Return the document that an entry names, or the pattern of those that it names."""
    return document(str(entry.get("file") or entry["pattern"]))


def groups_in(title: str, entries: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """The files of a group in the contents and those of the groups in it, in their order: here a group holds files
    alone. A group within one that has opened with files of its own has its own title; within another, that of both.
    """
    is_opened = False
    for are_files, run in groupby(entries, key=lambda entry: "file" in entry or "pattern" in entry):
        if are_files:
            is_opened = True
            yield title, list(run)
            continue
        for entry in run:
            inner = [child for child in entry.get("children") or () if isinstance(child, Mapping)]
            own = str(entry.get("title", ""))
            yield from groups_in((own if is_opened or not title else f"{title}: {own}") if own else title, inner)


OF_ENTRIES = tuple(f"project.toc.{key}" for key in ("file", "title", "children", "pattern", "url"))
"""Keys of an entry of contents, as messages name them."""


def unread(entries: Sequence[Any]) -> Iterator[str]:
    """Yield the keys of contents that are nearly ours, and all of an entry that has none of ours."""
    for entry in entries:
        if isinstance(entry, Mapping):
            keys = {f"project.toc.{key}" for key in entry}
            lost = keys - {*OF_ENTRIES}
            yield from sorted(lost if lost == keys else (key for key in lost if nearly(key, OF_ENTRIES)))
            yield from unread(entry.get("children") or ())


def files_in(entries: Sequence[Any]) -> Iterator[str]:
    """The files of contents, in their order."""
    for entry in entries:
        if isinstance(entry, Mapping):
            if "file" in entry:
                yield str(entry["file"])
            yield from files_in(entry.get("children") or ())


def outside(entries: Sequence[Any], folder: Path) -> Iterator[str]:
    """The documents of a folder that are not in its contents: mystmd reads none of them, so of a chapter that lies
    there as notebook and as text that one which is named. Where nothing lists contents, there is none.
    """
    listed = {str(folder / name) for name in files_in(entries)}
    for pattern in patterns_in(entries):
        listed |= {str(path) for path in folder.glob(pattern)}
    if not listed:
        return
    without_ending = {name for name in listed if PurePosixPath(name).suffix not in SUFFIXES}
    for path in folder.rglob("*"):
        name = path.relative_to(folder)
        is_listed = str(path) in listed or document(str(path)) in without_ending
        if path.suffix in SUFFIXES and not name.parts[0].startswith(("_", ".")) and not is_listed:
            yield name.as_posix()


def patterns_in(entries: Sequence[Any]) -> Iterator[str]:
    """The patterns of names of files in contents."""
    for entry in entries:
        if isinstance(entry, Mapping):
            if "pattern" in entry:
                yield str(entry["pattern"])
            yield from patterns_in(entry.get("children") or ())


def add_works(book: JupyterBook, folder: Path, files: Sequence[str]) -> None:
    """Have the last page end with the works cited, unless a page lists them: mystmd lists them by itself."""
    pages = [folder / name for name in files if name.endswith(".md") and (folder / name).is_file()]
    if pages and not any("{bibliography}" in COMMENT.sub("", text_of(page)) for page in pages):
        last = document(pages[-1].relative_to(folder).as_posix())
        works = "\n\n```{rubric} References\n```\n\n```{bibliography}\n```\n"
        book.ends[last] = works + book.ends.get(last, "")


def document(name: str) -> str:
    """Return the name of a document from that of its file."""
    path = PurePosixPath(name)
    return path.with_suffix("").as_posix() if path.suffix in SUFFIXES else name


def toctree(caption: str, names: Sequence[str], *, numbered: int) -> str:
    """Return a hidden toctree as it stands in a document; '' for none."""
    if not names:
        return ""
    options = [
        ":hidden:",
        ":glob:",
        *([f":caption: {caption}"] if caption else []),
        *([f":numbered: {numbered}"] if numbered else []),
    ]
    return "\n".join(["", "", "```{toctree}", *options, "", *(f"/{name}" for name in names), "```", ""])


def sites_in(content: Mapping[str, Any]) -> dict[str, str]:
    """Return the addresses of other projects that the settings name."""
    named = value_at(content, "project.references")
    named = named if isinstance(named, Mapping) else {}
    addresses = {str(name): site.get("url") if isinstance(site, Mapping) else site for name, site in named.items()}
    return {name: str(address) for name, address in addresses.items() if address}
