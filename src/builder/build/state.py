"""The key and the result of the last whole build, so that nothing is printed again when nothing changed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from sphinx.application import Sphinx

from builder.build.logos import logo_files
from builder.build.report import Output, Prints
from builder.build.request import Request
from builder.source.faults import Fault
from builder.source.premises import option_lines
from builder.source.readings import reading_of
from builder.store.files import write_whole
from builder.store.keys import key_of
from builder.store.published import damaged_outputs
from builder.store.stamps import package_stamp, stamp


def fingerprint(app: Sphinx, request: Request) -> str:
    """The key of all that the printed books and the decks are made from."""
    readings = {docname: reading_of(app.env, docname) for docname in app.env.all_docs}
    lectures = Path(app.confdir) / app.config.builder_lectures
    paths = sorted({lectures, *lectures.parent.glob("*.p??x"), *_bibliographies(app), *_own_files(app), *_logos(app)})
    files = [(path.name, stamp(path)) for path in paths]
    time = os.environ.get("SOURCE_DATE_EPOCH", "")
    return key_of(package_stamp(), request.targets, time, readings, list(option_lines(app.config)), files)


def _own_files(app: Sphinx) -> list[Path]:
    """The author's own template, with what stands beside it, fonts and logo for the printed book."""
    from builder.book.options import template_files
    from builder.typeset.fonts import font_files

    confdir = Path(app.confdir)
    own = template_files(confdir / app.config.builder_template, confdir) if app.config.builder_template else ()
    logo = [confdir / app.config.html_logo] if app.config.html_logo else []
    stills = [confdir / name for name in app.config.builder_video_stills.values()]
    return [*own, *logo, *stills, *(font_files(confdir / app.config.builder_fonts) if app.config.builder_fonts else ())]


def _logos(app: Sphinx) -> Iterator[Path]:
    """The files that may be the logos of decks."""
    from builder.deck.declared import declared_lectures

    for lecture in declared_lectures(app)[0]:
        yield from logo_files(lecture, Path(app.confdir), app.config.builder_lectures)


def _bibliographies(app: Sphinx) -> list[Path]:
    return [Path(app.confdir) / name for name in getattr(app.config, "bibtex_bibfiles", ()) or ()]


def state_path(request: Request) -> Path:
    """The file on the last whole build."""
    return request.work / "prints.json"


def remember(app: Sphinx, request: Request, result: Prints) -> None:
    """Record the result of a whole build under its fingerprint."""
    content = {
        "fingerprint": fingerprint(app, request),
        "outputs": [[o.kind, o.path, o.amount, list(o.actions)] for o in result.outputs],
        "warnings": result.warnings,
        "warning_count": result.warning_count,
        "faults": [asdict(fault) for fault in result.faults],
    }
    write_whole(state_path(request), json.dumps(content, indent=1).encode())


def forget(request: Request) -> None:
    """Forget the last whole build when the next one begins: one that is stopped, or fails, leaves nothing that counts
    as whole.
    """
    state_path(request).unlink(missing_ok=True)


def unchanged(app: Sphinx, request: Request) -> Prints | None:
    """The result of the last build, when all it was made from is as it was and its files are as they were published."""
    try:
        state = json.loads(state_path(request).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if request.deck or request.fresh_decks or state["fingerprint"] != fingerprint(app, request):
        return None
    outputs = [
        Output(kind, path, amount, 0.0, True, tuple(actions)) for kind, path, amount, actions in state["outputs"]
    ]
    if damaged_outputs(request.output, ("pdf", "slides")) or not all(Path(output.path).exists() for output in outputs):
        return None
    faults = [Fault(**found) for found in state.get("faults", ())]
    return Prints(outputs, state["warnings"], state["warning_count"], faults=faults)
