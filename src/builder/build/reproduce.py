"""Is what lies in the output folder what the sources give? Hashes for the report, and a second build to compare
with.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sphinx.application import Sphinx

from builder.build.request import Request
from builder.errors import AuthorError
from builder.pptx.package.parts import PackageError, open_parts
from builder.store.published import published_in
from builder.store.stamps import digest

PLACES = {"html": "html", "pdf": "pdf", "pptx": "slides"}
"""Target → the folder of its outputs."""


def inputs(app: Sphinx) -> dict[str, str]:
    """Path of each file that the outputs are made of, relative to the sources → its SHA-256."""
    env, source = app.env, Path(app.srcdir)
    names: set[str] = {str(env.doc2path(docname, base=False)) for docname in env.found_docs}
    names |= {str(name) for found in env.dependencies.values() for name in found}
    names.update(str(name) for found in (env.images, env.dlfiles) for name in found)
    paths = {source / name for name in names}
    paths |= {Path(app.confdir) / name for name in ("conf.py", app.config.builder_lectures)}
    return {
        (path.relative_to(source) if path.is_relative_to(source) else Path(path.name)).as_posix(): digest(path)
        for path in sorted(paths)
        if os.path.isfile(path)
    }


def outputs(request: Request) -> dict[str, str]:
    """Path of each output below the output folder → its SHA-256."""
    return {path.relative_to(request.output).as_posix(): digest(path) for path in made(request)}


def made(request: Request) -> Iterator[Path]:
    """The files of all targets of a request that a build made and that are there, in order."""
    published = published_in(request.output)
    for target in request.targets:
        for path in map(published.file, published.names(PLACES[target])):
            if path.is_file() and path.name != ".buildinfo":
                yield path


def reproduce(request: Request) -> list[str]:
    """Build once more, elsewhere; what differs from the outputs that lie there, in sentences.

    Raises:
        AuthorError: nothing was built yet, or nothing can be made of the sources.
    """
    from builder.build.session import run

    there = outputs(request)
    if not there:
        raise AuthorError(f"there is nothing in {request.output} to compare with; run 'builder build' first.")
    with tempfile.TemporaryDirectory() as folder:
        again = replace(request, output=Path(folder) / "again", quiet=True)
        if not run(again).outputs:
            raise AuthorError("nothing could be made of the sources, so nothing was compared; see above.")
        anew = outputs(again)
        return [
            sentence
            for name in sorted(there.keys() | anew.keys())
            if (sentence := difference(name, there, anew, request.output, again.output))
        ]


def difference(name: str, there: dict[str, str], anew: dict[str, str], kept: Path, fresh: Path) -> str:
    """The sentence on a file that differs; '' when it is the same."""
    if name not in anew:
        return f"{name} is there, and the sources do not give it"
    if name not in there:
        return f"{name} is missing"
    if there[name] == anew[name]:
        return ""
    parts = different_parts(kept / name, fresh / name) if name.endswith(".pptx") else ""
    return f"{name} is not what the sources give{parts}"


def different_parts(one: Path, other: Path) -> str:
    """The parts of a deck that differ, as ``: slide3.xml, ...``."""
    try:
        a, b = (open_parts(path.read_bytes()) for path in (one, other))
        different = [name for name in sorted({*a, *b}) if name not in a or name not in b or a[name] != b[name]]
    except PackageError:
        return ": it is no .pptx file any more"
    shown = ", ".join(name.rsplit("/", 1)[-1] for name in different[:5])
    return f": {shown}{', …' if len(different) > 5 else ''}"
