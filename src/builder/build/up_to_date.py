"""Whether the last build is up to date, which is known before Sphinx sets anything up.

A build that ends well records what it was made from: the versions of all files in the folders of the project, and of
those elsewhere that it asked for; what ``conf.py`` gives when it is executed; the packages. Where all of this is as it
was, outputs are as they were published and intermediate files as they were sealed, there is nothing to do. A project of
which that says too little (an extension may decide at each build what it does) has no record.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.build.places import placed, saved_since_replaced, taken_out
from builder.build.report import Output, Report, outputs_in, unchanged_content
from builder.build.request import Request
from builder.source.faults import ESCAPES
from builder.source.made_from import decides_anew, paths_read, values_now
from builder.store.files import sweep_parts
from builder.store.keys import key_of
from builder.store.lock import one_at_a_time
from builder.store.published import Published, State, published_in
from builder.store.records import read_json, write_json
from builder.store.seal import WARNED, is_sealed, remove
from builder.store.stamps import Version, load_digests, package_stamp, version
from builder.store.trees import versions_in

if TYPE_CHECKING:
    from builder.build.application import Project


@dataclass(frozen=True, slots=True)
class Beginning:
    """When a build began, and the folders of its project then: what changes while it runs may have been read or not."""

    began_ns: int
    tree: str


def record_of(request: Request) -> Path:
    """The file that says what the last build was made from; there is none while one is at work."""
    return request.work / "made-from.json"


def forget(request: Request) -> None:
    """Forget what the last build was made from, since another one begins."""
    remove(record_of(request))


def begin(request: Request) -> Beginning:
    """Note the folders of the project as a build finds them."""
    return Beginning(time.time_ns(), tree_of(request))


def record(app: Project, request: Request, report: Report, beginning: Beginning, said: str) -> None:
    """Record what a build was made from, where the next one need do nothing if that is the same. ``said`` are the
    warnings of each build of the project, whatever it reads and writes.

    Raises:
        AuthorError: the folder of intermediate files cannot be written.
    """
    from builder.build.state import state_path

    is_whole = report.outputs and not report.status and not request.deck
    has_prints = request.targets == ("html",) or state_path(request).exists()
    if not (is_whole and has_prints) or app.env.reread_always or decides_anew(app):
        return
    files = dict(versions_in(folders(request)))
    if key_of(files) != beginning.tree:
        return
    paths = [path for path in paths_read(app) if str(path) not in files and not path.is_relative_to(request.output)]
    if any(found is not None and found.changed_ns > beginning.began_ns for _, found in versions_at(paths)):
        return
    content = {"key": key(request), "values": app.given, "tree": beginning.tree, "said": said}
    write_json(record_of(request), content | {"paths": list(map(str, paths)), "elsewhere": stamp_of(paths)})


def outputs_again(request: Request) -> list[Output] | None:
    """The outputs of the last build, where it is up to date, after what each build of the project says; None where it
    may not be.

    Raises:
        AuthorError: the report cannot be written.
    """
    if request.deck or request.fresh_decks or request.debug or not record_of(request).is_file():
        return None
    started = time.perf_counter()
    with one_at_a_time(request.work):
        load_digests(request.work / "digests.json")
        known, published = read_json(record_of(request)), published_in(request.output)
        if known is None or not (is_as_left(request, published) and is_made_from_the_same(request, known)):
            return None
        sweep_parts(request.output)
        path = request.output / "report.json"
        content = unchanged_content(path.read_bytes(), time.perf_counter() - started)
        with placed(published, {path: content}):
            pass
    sys.stderr.write(known["said"] if sys.stderr.isatty() else ESCAPES.sub("", known["said"]))
    return outputs_in(content, request.output)


def is_made_from_the_same(request: Request, known: dict[str, Any]) -> bool:
    """True if all that the last build was made from is as it was; ``conf.py`` is executed only when all else is."""
    if known["key"] != key(request) or known["tree"] != tree_of(request):
        return False
    if known["elsewhere"] != stamp_of(map(Path, known["paths"])):
        return False
    return bool(known["values"] == values_now(request.config, request.source, request.edition))


def is_as_left(request: Request, published: Published) -> bool:
    """True if outputs and intermediate files are as the last build left them, and ``-W`` does not ask to hear its
    warnings again.
    """
    if request.warnings_are_errors and (request.work / WARNED).exists():
        return False
    if published.intended or published.waiting or saved_since_replaced(request.output) or taken_out(request.output):
        return False
    return is_sealed(request.work) and all(
        published.state(path) is State.OURS for path in map(published.file, published.names(""))
    )


def key(request: Request) -> str:
    """The key of what a build is asked for, and of the surroundings that it is made in."""
    asked = (str(request.source), str(request.config), request.targets, request.edition, request.template)
    return key_of(package_stamp(), asked, os.environ.get("SOURCE_DATE_EPOCH", ""), os.environ.get("PATH", ""))


def folders(request: Request) -> list[Path]:
    """The folders of the project."""
    return sorted({request.source.resolve(), request.config.resolve()})


def tree_of(request: Request) -> str:
    """A digest of the versions of all files in the folders of the project."""
    return key_of(dict(versions_in(folders(request))))


def versions_at(paths: Iterable[Path]) -> Iterator[tuple[str, Version | None]]:
    """The versions of files, and of all files in folders; None for one that is not there."""
    for path in paths:
        if os.path.isdir(path):
            yield from versions_in([path])
        else:
            yield str(path), version(path)


def stamp_of(paths: Iterable[Path]) -> str:
    """A digest of `versions_at` paths."""
    return key_of(list(versions_at(paths)))
