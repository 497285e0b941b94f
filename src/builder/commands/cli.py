"""The command ``builder``."""

from __future__ import annotations

import argparse
import gc
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TextIO

from builder import __version__
from builder.build.request import TARGETS, Request
from builder.build.wording import counted

FINE, SOURCE_HAS_ERRORS, CONFLICTS = 0, 1, 3
"""Exit statuses; argparse itself ends a wrong call with 2. With conflicts everything is written, but somebody must look
at a deck.
"""

DECK_ENDINGS = (".pptx", ".potx", ".ppsx", ".pptm", ".potm", ".ppsm")
"""Files that ``builder check`` takes for a deck or template."""

GARBAGE = (100_000, 20, 100)
"""How seldom Python looks for garbage (`gc.set_threshold`): doctrees are many objects of which none is garbage, and a
fifth of a build went into looking.
"""


def parser() -> argparse.ArgumentParser:
    """The command's arguments."""
    top = argparse.ArgumentParser(
        prog="builder", description="One annotated MyST source becomes a web book, a printed book and lecture decks."
    )
    top.add_argument("--version", action="version", version=f"builder {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    project = argparse.ArgumentParser(add_help=False)
    project.add_argument(
        "source", nargs="?", metavar="SOURCE", help="folder of the sources (default: book/ beside conf.py, else .)"
    )
    project.add_argument("-c", dest="config", metavar="DIR", help="folder of conf.py (default: SOURCE, else .)")
    project.add_argument("-o", dest="output", metavar="DIR", default="_build", help="output folder (default: _build)")
    project.add_argument("-q", dest="quiet", action="store_true", help="no progress, only warnings and errors")
    project.add_argument("--debug", action="store_true", help="show tracebacks")
    named = argparse.ArgumentParser(add_help=False)  # of commands whose own argument is something else
    named.add_argument(
        "-s", dest="source", metavar="DIR", help="folder of the sources (default: book/ beside conf.py, else .)"
    )
    named.add_argument("-c", dest="config", metavar="DIR", help="folder of conf.py (default: DIR of -s, else .)")
    named.add_argument("-o", dest="output", metavar="DIR", default="_build", help="output folder (default: _build)")
    named.add_argument("--debug", action="store_true", help="show tracebacks")
    build = commands.add_parser("build", parents=[project], help="build everything, or what --to names")
    build.add_argument(
        "--to", metavar="LIST", default="html,pdf,pptx", help="what to build, of html,pdf,pptx (default: all)"
    )
    build.add_argument(
        "--fresh-decks",
        action="store_true",
        help="make decks anew; those that were changed by hand are moved aside, not merged",
    )
    build.add_argument("--deck", metavar="NAME", default="", help="write only this deck")
    build.add_argument(
        "-W",
        dest="warnings_are_errors",
        action="store_true",
        help="publish nothing, and exit with 1, when there are warnings",
    )
    check = commands.add_parser(
        "check",
        parents=[project],
        help="read and report only: what warns, what is wrong, what runs into the margin; SOURCE may be a .pptx file",
    )
    check.add_argument(
        "--reproduce",
        action="store_true",
        help="build once more, elsewhere, and compare with what lies in the output folder",
    )
    check.add_argument("--template", metavar="FILE", help="say which layouts of a template serve for which slides")
    serve = commands.add_parser(
        "serve", parents=[project], help="show the outputs in the browser, and bring them up to date after each edit"
    )
    serve.add_argument(
        "--port", type=int, default=8765, help="port on this machine (default: 8765; 0: any that is free)"
    )
    serve.add_argument("--no-browser", dest="browser", action="store_false", help="open no browser")
    diff = commands.add_parser(
        "diff",
        parents=[named],
        help="show what changed in text, slides and pages since a git revision, or against another build",
    )
    diff.add_argument(
        "revision",
        nargs="?",
        default="HEAD",
        metavar="REV",
        help="a revision, two as A..B, or the output folder of another build (default: HEAD)",
    )
    diff.add_argument("--json", action="store_true", help="print what changed as JSON")
    pull = commands.add_parser(
        "pull",
        parents=[named],
        help="take the texts that were changed by hand in a deck back into the sources; shows a patch first",
    )
    pull.add_argument(
        "decks",
        nargs="+",
        metavar="DECK.pptx",
        help="a deck as it was left, in the output folder or elsewhere; several are taken back together",
    )
    pull.add_argument("--apply", action="store_true", help="write the changes into the sources")
    pull.add_argument(
        "--from",
        dest="revision",
        metavar="REV",
        default="",
        help="the git revision that the deck was built from (default: the last build)",
    )
    pull.add_argument(
        "--deck",
        dest="lecture",
        metavar="NAME",
        default="",
        help="which of the decks it is, where its file has another name",
    )
    clean = commands.add_parser("clean", help="remove what the builder made")
    clean.add_argument("-o", dest="output", metavar="DIR", default="_build", help="output folder (default: _build)")
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status. Wrong calls exit with 2 and the usage."""
    gc.set_threshold(*GARBAGE)
    open_streams()
    take_any_character(sys.stdout, sys.stderr)
    top = parser()
    given = top.parse_args(arguments)
    if given.command == "clean":
        return run_clean(Path(given.output))
    if given.command == "check" and given.template:
        return guarded(given.debug, lambda: run_check_template(given.template))
    if given.command == "check" and Path(given.source or "").suffix.lower() in DECK_ENDINGS:
        return guarded(given.debug, lambda: run_check_deck(Path(given.source)))
    source, config, output = folders(given, top)
    if given.command == "check" and given.reproduce:
        request = Request(source, config, output, quiet=True, debug=given.debug)
        return guarded(given.debug, lambda: run_reproduce(request))
    if given.command == "check":
        return guarded(
            given.debug, lambda: run_check(Request(source, config, output, quiet=given.quiet, debug=given.debug))
        )
    if given.command == "diff":
        request = Request(source, config, output, quiet=True, debug=given.debug)
        return guarded(given.debug, lambda: run_diff(request, given.revision, given.json))
    if given.command == "pull":
        request = Request(source, config, output, quiet=True, debug=given.debug)
        return guarded(
            given.debug,
            lambda: run_pull(request, list(map(Path, given.decks)), given.lecture, given.revision, given.apply),
        )
    if given.command == "serve":
        request = Request(source, config, output, quiet=True, debug=given.debug)
        return guarded(given.debug, lambda: run_serve(request, given.port, given.browser))
    request = Request(
        source,
        config,
        output,
        targets(given, top),
        given.deck,
        given.warnings_are_errors,
        given.quiet,
        given.debug,
        given.fresh_decks,
    )
    return guarded(given.debug, lambda: run_build(request))


def take_any_character(*streams: TextIO | None) -> None:
    """Have terminals show an escape for a character that their encoding lacks (cp1252 on Windows), where they would
    raise an error.
    """
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def write_data(text: str) -> None:
    """Write what other programs read to the standard output: UTF-8 with line feeds, whatever the terminal's
    encoding.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    sys.stdout.write(text)
    sys.stdout.flush()


def open_streams() -> None:
    """Give a process that was started without a standard input, output or error (``>&-``) one that leads nowhere, or
    the next file would become it.
    """
    while (descriptor := os.open(os.devnull, os.O_RDWR)) <= 2:
        pass
    os.close(descriptor)
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115


def project_folders(given: argparse.Namespace) -> tuple[Path, Path]:
    """(source, folder of conf.py) that a call means."""
    here = Path.cwd()
    if given.source is None and given.config is None and (here / "conf.py").is_file() and (here / "book").is_dir():
        return here / "book", here
    source = Path(given.source or ".").resolve()
    if given.config:
        return source, Path(given.config).resolve()
    return source, source if has_settings(source) else here


def folders(given: argparse.Namespace, top: argparse.ArgumentParser) -> tuple[Path, Path, Path]:
    """(source, folder of conf.py, output folder) of a call; a call that means none ends with the usage."""
    source, config = project_folders(given)
    if not source.is_dir():
        top.error(f"there is no folder {source}")
    if not has_settings(config):
        below = next((path.parent for path in sorted(config.glob("*/conf.py"))), None)
        hint = f"{below} has one: builder {given.command} {below}" if below else "name its folder with -c DIR"
        top.error(f"there is no conf.py in {config}, nor a Jupyter Book's _config.yml and _toc.yml; {hint}")
    output = Path(given.output).resolve()
    if output in (source, config) or output in source.parents or output in config.parents:
        top.error(f"the output folder {output} would hold the sources; choose another with -o")
    return source, config, output


def targets(given: argparse.Namespace, top: argparse.ArgumentParser) -> tuple[str, ...]:
    """The outputs that ``--to`` names."""
    named = tuple(dict.fromkeys(name.strip() for name in given.to.split(",") if name.strip()))
    unknown = [name for name in named if name not in TARGETS]
    if unknown or not named:
        top.error(f"--to names {', '.join(unknown) or 'nothing'}; write any of {','.join(TARGETS)}")
    return named


def has_settings(folder: Path) -> bool:
    """True if a folder has a ``conf.py``, or the two files of a Jupyter Book."""
    from builder.source.jupyter_book import is_jupyter_book

    return (folder / "conf.py").is_file() or is_jupyter_book(folder)


def run_build(request: Request) -> int:
    """``builder build``."""
    from builder.commands.serve.handover import handed_over

    found = handed_over(request)
    if found is None:
        from builder.build.session import run

        report = run(request)
        found = report.status, report.outputs
    status, outputs = found
    if not request.quiet:
        print()
    for output in outputs:
        print(output.line(Path.cwd()))
    if status:
        end = "all else was made" if outputs else "nothing was published"
        print(f"builder: there were errors, see above; {end}", file=sys.stderr)
        return SOURCE_HAS_ERRORS
    conflicts = sum(len(output.conflicts) for output in outputs)
    if conflicts:
        edits = counted(
            conflicts, "edit by hand and in the sources conflicts", "edits by hand and in the sources conflict"
        )
        print(f"builder: {edits}; the decks have comments there", file=sys.stderr)
    return CONFLICTS if conflicts else FINE


def run_check(request: Request) -> int:
    """``builder check``."""
    from builder.commands.check import check

    found = check(request)
    for review in found.reviews:
        print("\n".join(review.lines()))
    print(found.line())
    return FINE if found.fine else SOURCE_HAS_ERRORS


def run_diff(request: Request, revision: str, as_json: bool) -> int:
    """``builder diff``."""
    from builder.commands.diff.run import diff
    from builder.store.files import seen_from

    found, files = diff(request, revision)
    if as_json:
        write_data(json.dumps(found.content(), ensure_ascii=False, indent=1) + "\n")
    else:
        print(found.summary())
        for path in files:
            print(seen_from(path))
    return FINE


def run_pull(request: Request, paths: list[Path], lecture: str, revision: str, apply: bool) -> int:
    """``builder pull``: the patch goes to the standard output, all else to the standard error."""
    from builder.commands.pull.run import pull

    found = pull(request, paths, lecture=lecture, revision=revision, apply=apply)
    write_data(found.patch)
    for line in found.lines(Path.cwd()):
        print(line, file=sys.stderr)
    return CONFLICTS if found.refused or found.conflicts else FINE


def run_serve(request: Request, port: int, opens_browser: bool) -> int:
    """``builder serve``."""
    from builder.commands.serve.run import serve

    serve(request, port, opens_browser=opens_browser)
    return FINE


def run_reproduce(request: Request) -> int:
    """``builder check --reproduce``."""
    from builder.build.reproduce import outputs, reproduce

    found = reproduce(request)
    for sentence in found:
        print(sentence)
    count = len(outputs(request))
    print(
        f"{len(found)} of {counted(count, 'file')} {'differs' if len(found) == 1 else 'differ'}"
        if found
        else f"{counted(count, 'file is', 'files are')} what the sources give, byte for byte"
    )
    return SOURCE_HAS_ERRORS if found else FINE


def run_check_deck(path: Path) -> int:
    """``builder check deck.pptx``."""
    from builder.commands.check import check_deck

    found = check_deck(path)
    for sentence in found:
        print(f"{path}: {sentence}")
    print(
        f"{path.name}: {counted(len(found), 'thing')} that some program refuses or repairs"
        if found
        else f"{path.name}: opens everywhere"
    )
    return SOURCE_HAS_ERRORS if found else FINE


def run_check_template(name: str) -> int:
    """``builder check --template FILE``."""
    from builder.commands.check import check_template

    print("\n".join(check_template(name, Path.cwd())))
    return FINE


def guarded(debug: bool, command: Callable[[], int]) -> int:
    """Run a command, and turn what goes wrong into a message and a status."""
    from sphinx.errors import SphinxError

    from builder.errors import AuthorError
    from builder.store.files import NO_MORE, not_written

    try:
        return command()
    except (AuthorError, SphinxError) as error:
        if debug:
            raise
        print(f"builder: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("builder: stopped; the files of the last good build stay as they were", file=sys.stderr)
    except Exception as error:
        if debug:
            raise
        if isinstance(error, OSError) and error.errno in NO_MORE:
            place = f"{error.filename}: " if error.filename else ""
            print(f"builder: {place}{not_written(error)}", file=sys.stderr)
            return SOURCE_HAS_ERRORS
        whose = "This is a bug of the builder" if raised_here(error) else "It was raised by the project or an extension"
        print(f"builder: {type(error).__name__}: {error}\n{whose}; --debug shows where.", file=sys.stderr)
    return SOURCE_HAS_ERRORS


def raised_here(error: BaseException) -> bool:
    """True if ``error`` comes out of the builder's own code."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace is not None and Path(__file__).parents[1] in Path(trace.tb_frame.f_code.co_filename).parents


def run_clean(output: Path) -> int:
    """``builder clean``."""
    from builder.commands.clean import clean

    removed, kept = clean(output.resolve())
    print(
        f"removed {counted(len(removed), 'file or folder', 'files and folders')} from {output}"
        if removed
        else f"nothing of the builder's in {output}"
    )
    for path in kept:
        print(f"kept {path.name}: the builder did not make it, or it was changed by hand")
    return FINE


if __name__ == "__main__":
    sys.exit(main())
