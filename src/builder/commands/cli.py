"""The command ``builder``: its arguments, and which function each command is.

What a command needs is imported by its call: ``builder --help`` and shells that complete wait for no library.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

from builder import __version__
from builder.commands.common_arguments import add_output, named_arguments, project_arguments
from builder.commands.outcome import FINE, guarded
from builder.commands.shelf.arguments import add_shelf
from builder.commands.streams import guard_pipe, open_streams, take_any_character
from builder.commands.wrong_calls import ListedParser, check_command, not_taken

DECK_ENDINGS = (".pptx", ".potx", ".ppsx", ".pptm", ".potm", ".ppsm")
"""Files that ``builder check`` takes for a deck or template."""

GARBAGE = (100_000, 20, 100)
"""How seldom Python looks for garbage (`gc.set_threshold`): doctrees are many objects of which none is garbage, and a
fifth of a build went into looking.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status. Wrong calls exit with 2 and the usage."""
    gc.set_threshold(*GARBAGE)
    atexit.register(gc.freeze)  # or the process would look for garbage in all its memory before it gives that back
    open_streams()
    take_any_character(sys.stdout, sys.stderr)
    guard_pipe()
    top = parser()
    check_command(list(sys.argv[1:] if arguments is None else arguments), COMMANDS, top)
    given, unknown = top.parse_known_args(arguments)
    if unknown:
        top.error(not_taken(unknown, given))
    if given.command is None:
        top.print_help()
        return FINE
    return guarded(given.debug, partial(given.call, given, top))


def parser() -> argparse.ArgumentParser:
    """The command's arguments; ``call`` is the function that runs it, from arguments and parser to exit status, and
    ``options`` are the options that it has.
    """
    top = ListedParser(
        prog="builder", description="One annotated MyST source becomes a web book, a printed book and lecture decks."
    )
    top.add_argument("--version", action="version", version=f"builder {__version__}")
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    top.set_defaults(options=top.options())
    for name, add in COMMANDS.items():
        add(commands)
        commands.choices[name].set_defaults(options=commands.choices[name].options())
    return top


# --- the commands


def add_new(commands: Any) -> None:
    """``builder new``."""
    new = commands.add_parser("new", help="write a small project to begin with, into a new folder")
    new.add_argument("folder", metavar="DIR", nargs="?", help="the folder to write")
    new.add_argument(
        "--from",
        dest="taken_from",
        metavar="FOLDER",
        help="take over a book of Quarto, bookdown, mdBook or MkDocs, or a folder of Markdown, which stays as it is",
    )
    new.add_argument("--kind", default="", help="course, textbook, thesis, documentation or talk (default: course)")
    new.add_argument("--title", default="", help="its title (default: the folder's name)")
    new.add_argument("--author", default="", help="who writes it")
    new.add_argument("--language", default="", help="its language, as en, de or pt_BR (default: en)")
    new.add_argument("--template", default="", help="template of the decks: a name, or a .pptx file that is copied")
    new.add_argument("--debug", action="store_true", help="show tracebacks")
    new.set_defaults(call=call_new)


def call_new(given: argparse.Namespace, _top: argparse.ArgumentParser) -> int:
    """Run ``builder new``."""
    from builder.commands.new.run import run_new

    names = ("title", "kind", "author", "language", "template")
    folder = Path(given.folder) if given.folder else None
    taken_from = Path(given.taken_from) if given.taken_from else None
    return run_new(folder, {name: getattr(given, name) for name in names}, taken_from)


def add_build(commands: Any) -> None:
    """``builder build``."""
    build = commands.add_parser("build", parents=[project_arguments()], help="build everything, or what --to names")
    build.add_argument("--to", metavar="LIST", action="append", help="what to build, of html,pdf,pptx (default: all)")
    build.add_argument(
        "--fresh-decks",
        action="store_true",
        help="make decks anew; those that were changed by hand are moved aside, not merged",
    )
    build.add_argument("--deck", metavar="NAME", default="", help="write only this deck")
    build.add_argument(
        "--template", metavar="NAME", default="", help="template of decks whose lecture names none: a name, or a file"
    )
    build.add_argument(
        "-W",
        dest="warnings_are_errors",
        action="store_true",
        help="publish nothing, and exit with 1, when there are warnings",
    )
    build.add_argument(
        "--json", action="store_true", help="print what was made and every warning as JSON, and nothing else"
    )
    build.set_defaults(call=call_build)


def call_build(given: argparse.Namespace, top: argparse.ArgumentParser) -> int:
    """Run ``builder build``."""
    from builder.build.request import Request
    from builder.commands.build import print_reports, run_build
    from builder.commands.calls import folders, targets

    source, config, output = folders(given, top)
    request = Request(
        source,
        config,
        output,
        targets(given, top),
        given.deck,
        given.warnings_are_errors,
        given.quiet or given.json,
        given.debug,
        given.fresh_decks,
        template=given.template,
    )
    requests = [request.of_edition(name) for name in dict.fromkeys(given.editions or [""])]
    if given.json:
        return print_reports(requests)
    return max(map(run_build, requests))


def add_check(commands: Any) -> None:
    """``builder check``."""
    check = commands.add_parser(
        "check",
        parents=[project_arguments()],
        help="read and report only: what warns, what is wrong, what runs into the margin; SOURCE may be a .pptx file",
    )
    check.add_argument(
        "--reproduce",
        action="store_true",
        help="build once more, elsewhere, and compare with what lies in the output folder",
    )
    check.add_argument("--json", action="store_true", help="print every warning and error as JSON, and nothing else")
    check.add_argument("--template", metavar="FILE", help="say which layouts of a template serve for which slides")
    check.set_defaults(call=call_check)


def call_check(given: argparse.Namespace, top: argparse.ArgumentParser) -> int:
    """Run ``builder check`` on a template, a deck or a project."""
    from dataclasses import replace

    from builder.commands import check
    from builder.commands.calls import quiet_request
    from builder.commands.template.report import run_check_template

    if given.template:
        return run_check_template(given.template)
    if Path(given.source or "").suffix.lower() in DECK_ENDINGS:
        return check.run_check_deck(Path(given.source))
    if given.reproduce:
        return check.run_reproduce(quiet_request(given, top))
    if given.json:
        return check.print_findings(quiet_request(given, top))
    return check.run_check(replace(quiet_request(given, top), quiet=given.quiet))


def add_serve(commands: Any) -> None:
    """``builder serve``."""
    serve = commands.add_parser(
        "serve",
        parents=[project_arguments()],
        help="show the outputs in the browser, and bring them up to date after each edit",
    )
    serve.add_argument(
        "--port", type=int, help="port on this machine (default: 8765, or any that is free where that is in use)"
    )
    serve.add_argument(
        "--open",
        "--browser",
        dest="opens",
        action=argparse.BooleanOptionalAction,
        help="open the browser, or do not (default: open it where somebody is at a terminal)",
    )
    serve.add_argument(
        "--remote",
        nargs="?",
        const="",
        metavar="ADDRESS",
        help="let a phone turn the slides that has typed the code in the terminal, at this machine's address on its "
        "network, or another one of its",
    )
    serve.set_defaults(call=call_serve)


def call_serve(given: argparse.Namespace, top: argparse.ArgumentParser) -> int:
    """Run ``builder serve``."""
    from builder.commands.calls import quiet_request
    from builder.commands.serve.run import run_serve

    request = quiet_request(given, top)
    opens = sys.stdout.isatty() if given.opens is None else given.opens
    return run_serve(request, given.port, opens_browser=opens, remote=given.remote)


def add_diff(commands: Any) -> None:
    """``builder diff``."""
    diff = commands.add_parser(
        "diff",
        parents=[named_arguments()],
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
    diff.set_defaults(call=call_diff)


def call_diff(given: argparse.Namespace, top: argparse.ArgumentParser) -> int:
    """Run ``builder diff``."""
    from builder.commands.calls import quiet_request
    from builder.commands.diff.run import run_diff

    request = quiet_request(given, top)
    return run_diff(request, given.revision, as_json=given.json)


def add_pull(commands: Any) -> None:
    """``builder pull``."""
    pull = commands.add_parser(
        "pull",
        parents=[named_arguments()],
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
    pull.set_defaults(call=call_pull)


def call_pull(given: argparse.Namespace, top: argparse.ArgumentParser) -> int:
    """Run ``builder pull``."""
    from builder.commands.calls import quiet_request
    from builder.commands.pull.run import run_pull

    request = quiet_request(given, top)
    decks = list(map(Path, given.decks))
    return run_pull(request, decks, lecture=given.lecture, revision=given.revision, apply=given.apply)


def add_suggest(commands: Any) -> None:
    """``builder suggest``."""
    suggest = commands.add_parser(
        "suggest",
        parents=[named_arguments()],
        help="show the marks that chapters without any would have: their decks are made of these; shows a patch first",
    )
    suggest.add_argument(
        "documents", nargs="*", metavar="SOURCE", help="a document of the book (default: all that have slides)"
    )
    suggest.add_argument("--apply", action="store_true", help="write the marks into the sources")
    suggest.set_defaults(call=call_suggest)


def call_suggest(given: argparse.Namespace, top: argparse.ArgumentParser) -> int:
    """Run ``builder suggest``."""
    from builder.commands.calls import quiet_request
    from builder.commands.suggest.run import run_suggest

    request = quiet_request(given, top)
    return run_suggest(request, list(map(Path, given.documents)), apply=given.apply)


def add_clean(commands: Any) -> None:
    """``builder clean``."""
    clean = commands.add_parser("clean", help="remove what the builder made")
    add_output(clean)
    clean.set_defaults(call=call_clean, debug=False)


def call_clean(given: argparse.Namespace, _top: argparse.ArgumentParser) -> int:
    """Run ``builder clean``."""
    from builder.commands.clean import run_clean

    return run_clean(Path(given.output))


def add_doctor(commands: Any) -> None:
    """``builder doctor``."""
    doctor = commands.add_parser(
        "doctor", help="say what is installed, what would be better with what, and which fonts"
    )
    doctor.add_argument("--fonts", metavar="DIR", default="", help="a folder with font files of your own")
    doctor.set_defaults(call=call_doctor, debug=False)


def call_doctor(given: argparse.Namespace, _top: argparse.ArgumentParser) -> int:
    """Run ``builder doctor``."""
    from builder.commands.doctor import run_doctor

    return run_doctor(given.fonts)


def add_lsp(commands: Any) -> None:
    """``builder lsp``."""
    lsp = commands.add_parser("lsp", help="be a language server for editors, which start it (docs/editors.md)")
    lsp.add_argument("--stdio", action="store_true", help="speak on standard input and output, as it always does")
    lsp.set_defaults(call=call_lsp, debug=False)


def call_lsp(_given: argparse.Namespace, _top: argparse.ArgumentParser) -> int:
    """Run ``builder lsp``."""
    from builder.commands.lsp.run import run_lsp

    return run_lsp()


SHELLS = ("bash", "zsh", "tcsh")


def add_completion(commands: Any) -> None:
    """``builder completion``."""
    completion = commands.add_parser("completion", help="print what has a shell complete commands and options")
    completion.add_argument("shell", choices=SHELLS, help='for bash: eval "$(builder completion bash)"')
    completion.set_defaults(call=call_completion, debug=False)


def call_completion(given: argparse.Namespace, top: argparse.ArgumentParser) -> int:
    """Run ``builder completion``."""
    import shtab

    print(shtab.complete(top, given.shell))
    return FINE


COMMANDS = {
    "new": add_new, "build": add_build, "check": add_check, "serve": add_serve, "diff": add_diff, "pull": add_pull,
    "suggest": add_suggest, "shelf": add_shelf, "clean": add_clean, "doctor": add_doctor, "lsp": add_lsp,
    "completion": add_completion,
}  # fmt: skip
"""Name of a command → what adds its arguments."""


if __name__ == "__main__":
    sys.exit(main())
