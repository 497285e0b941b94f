"""The command ``builder diff``."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from builder.build.request import Request
from builder.build.session import run
from builder.build.web_places import publish_folder
from builder.commands.diff.compare import Comparison, compare
from builder.commands.diff.outputs import Build, read_build
from builder.commands.diff.page import write_page
from builder.commands.diff.revisions import built
from builder.commands.outcome import FINE
from builder.commands.streams import write_data
from builder.errors import AuthorError
from builder.store.files import seen_from
from builder.store.lock import one_at_a_time
from builder.store.published import published_in


def run_diff(request: Request, revision: str, *, as_json: bool) -> int:
    """Compare, and print how much changed and the files that show it, or all of it as JSON; returns the exit status."""
    found, files = diff(request, revision)
    if as_json:
        write_data(json.dumps(found.content(), ensure_ascii=False, indent=1) + "\n")
    else:
        print(found.summary())
        for path in files:
            print(seen_from(path))
    return FINE


def diff(request: Request, asked: str) -> tuple[Comparison, list[Path]]:
    """Compare what ``asked`` names with what is there now; returns that and the files that show it, the page first.

    ``asked`` is a git revision (against the sources as they are), two with ``..`` between them, or the output folder of
    another build.

    Raises:
        AuthorError: it names nothing, or nothing can be made of the sources.
    """
    old, dots, new = asked.partition("..")
    if (Path(asked) / "html").is_dir():
        names = asked, "now"
        before, after = read_build(Path(asked).resolve()), now(request)
    else:
        names = old or "HEAD", (new or "HEAD") if dots else "now"
        before = read_build(built(request, names[0]))
        after = read_build(built(request, names[1])) if dots else now(request)
    found = compare(before, after)
    target = request.output / "diff"
    with tempfile.TemporaryDirectory(dir=request.work) as name:
        made = Path(name)
        pages = [target / path.relative_to(made) for path in write_page(found, before, after, names, made)]
        with one_at_a_time(request.work):
            publish_folder(published_in(request.output), made, target)
    return found, pages


def now(request: Request) -> Build:
    """The outputs of the sources as they are.

    Raises:
        AuthorError: nothing can be made of them.
    """
    if not run(request).outputs:
        raise AuthorError("nothing could be made of the sources, so nothing was compared; see above.")
    return read_build(request.output)
