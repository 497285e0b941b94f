"""Files that are not in UTF-8: which line and byte say so, and what they seem to be in; documents among them are read
all the same.

Sphinx reads documents with the codec that its settings name. Ours reads as ``utf-8-sig`` does, but for documents that
were looked at before: those in UTF-16 with its mark are read as that, and in others the replacement character stands
for what cannot be read.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from builder.errors import AuthorError, Source, report_error, warn
from builder.source import cited_twice
from builder.store.text import MARKS_OF_UTF16, place, wrong

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

CODEC = "builder_source"
LAST = 900
"""Priority behind those of other extensions."""
USUAL = {"utf-8", "utf-8-sig", "utf8"}


def setup(app: Sphinx) -> None:
    """Look at documents before they are read."""
    documents = Documents()
    app.connect("config-inited", leave_out_names, priority=LAST)
    app.connect("config-inited", tolerate_bibliographies, priority=LAST)
    app.connect("config-inited", cited_twice.gather, priority=LAST)
    app.connect("builder-inited", use_codec)
    app.connect("env-before-read-docs", documents.look)
    app.connect("env-before-read-docs", report_bibliographies)
    app.connect("env-before-read-docs", report_names)
    app.connect("source-read", documents.read_again)


class Documents:
    """Documents that are not in UTF-8, by their names."""

    def __init__(self) -> None:
        self.found: set[str] = set()

    def look(self, app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
        """Report the documents that are to be read and are not in UTF-8."""
        self.found.difference_update(docnames)
        if str(app.config.source_encoding).lower() not in USUAL:
            return
        for docname in docnames:
            path = Path(env.doc2path(docname))
            try:
                content = path.read_bytes()
                content.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                self.found.add(docname)
                TOLERATED.add(content)
                self.report(app, path, content, error)
            except OSError:
                continue  # Sphinx says so

    def report(self, app: Sphinx, path: Path, content: bytes, error: UnicodeDecodeError) -> None:
        """Say what is wrong with a document, and how it is read."""
        if content.startswith(MARKS_OF_UTF16):
            warn(
                f"this file {wrong(content, error)}; it is read as that. Save it as UTF-8.",
                place(path, content, error),
                "encoding",
            )
        else:
            message = f"this file {wrong(content, error)}. Save it as UTF-8; � stands for what cannot be read."
            report_error(app, AuthorError(message, place(path, content, error)))

    def read_again(self, app: Sphinx, docname: str, _content: list[str]) -> None:
        """A document that is not in UTF-8 is read, and reported, at every build."""
        if docname in self.found:
            app.env.note_reread()


# --- bibliographies, which are read when a project is set up


def bibliographies(app: Sphinx) -> Iterator[tuple[Path, bytes, UnicodeDecodeError]]:
    """The bibliography files of a project that are not in UTF-8: path, content and what is wrong."""
    names = getattr(app.config, "bibtex_bibfiles", None) or ()
    for path in (Path(app.confdir) / name for name in names if not is_remote(name)):
        try:
            content = path.read_bytes()
            content.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            yield path, content, error
        except OSError:
            continue  # the citation extension says so


def is_remote(name: str) -> bool:
    """True for an address on the web."""
    return name.startswith(("http:", "https:"))


def tolerate_bibliographies(app: Sphinx, config: Config) -> None:
    """Let the citation extension read what it can of bibliographies that have faults, or are not in UTF-8."""
    if "bibtex_bibfiles" in config:
        from builder.source import bibliographies as reading  # which takes time to load

        reading.use_parser()
    if str(getattr(config, "bibtex_encoding", "")).lower() in {*USUAL, CODEC}:
        config.bibtex_encoding = CODEC
        TOLERATED.update(content for _path, content, _error in bibliographies(app))


def report_bibliographies(app: Sphinx, _env: BuildEnvironment, _docnames: list[str]) -> None:
    """Report the bibliographies that are not in UTF-8, and the faults of others."""
    if "bibtex_bibfiles" in app.config:
        from builder.source import bibliographies as reading  # which takes time to load

        reading.tell(app.env, (Path(app.confdir) / name for name in app.config.bibtex_bibfiles))
    for path, content, error in bibliographies(app):
        message = f"this file {wrong(content, error)}. Save it as UTF-8; � stands for what cannot be read."
        report_error(app, AuthorError(message, place(path, content, error)))


# --- names of files that are not UTF-8, which no page, address or digest can hold


def unreadable_names(app: Sphinx) -> list[str]:
    """Paths below the sources, as the system gives them, of documents whose names are not UTF-8."""
    suffixes = tuple(app.config.source_suffix)
    found = []
    for folder, _, names in os.walk(app.srcdir):
        within = os.path.relpath(folder, app.srcdir)
        paths = (os.path.normpath(os.path.join(within, name)) for name in names if name.endswith(suffixes))
        found += [path for path in paths if shown_name(path) != path]
    return sorted(found)


def shown_name(name: str) -> str:
    """``name`` with its bytes that are not UTF-8 written out."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def leave_out_names(app: Sphinx, config: Config) -> None:
    """Leave out documents whose names are not UTF-8."""
    config.exclude_patterns = [*config.exclude_patterns, *map(escaped, unreadable_names(app))]


def escaped(name: str) -> str:
    """A pattern that matches one path."""
    return re.sub(r"([\[*?])", r"[\1]", name)


def report_names(app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    """Report the documents that are left out for their names."""
    for name in unreadable_names(app):
        message = "the name of this file is not UTF-8, so it is left out; give it another name."
        report_error(app, AuthorError(message, Source(str(Path(app.srcdir) / shown_name(name)))))


# --- the codec

TOLERATED: set[bytes] = set()
"""Contents of documents that were reported: all else is held to UTF-8, such as files that documents include."""


def use_codec(app: Sphinx) -> None:
    """Let Sphinx read documents with our codec, unless the project names another encoding than UTF-8."""
    if str(app.config.source_encoding).lower() in USUAL:
        app.env.settings["input_encoding"] = CODEC


def decode(content: Buffer, errors: str = "strict", /) -> tuple[str, int]:
    """As ``utf-8-sig`` decodes, but for what is `TOLERATED`."""
    given = bytes(content)
    if given not in TOLERATED:
        return given.decode("utf-8-sig", errors), len(given)
    encoding = "utf-16" if given.startswith(MARKS_OF_UTF16) else "utf-8-sig"
    return given.decode(encoding, "replace").replace("\0", "\ufffd"), len(given)


class Decoder(codecs.BufferedIncrementalDecoder):
    """Decodes a file as a whole, when its end is there."""

    def _buffer_decode(self, input: Buffer, errors: str, final: bool) -> tuple[str, int]:
        return decode(input, errors) if final else ("", 0)


def find(name: str) -> codecs.CodecInfo | None:
    """Our codec, by its name."""
    if name != CODEC:
        return None
    encode = codecs.lookup("utf-8-sig").encode
    return codecs.CodecInfo(encode, decode, incrementaldecoder=Decoder, name=CODEC)


codecs.register(find)
