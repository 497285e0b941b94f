"""Arguments that several commands have."""

from __future__ import annotations

import argparse

from builder.source.edition_names import EDITIONS


def project_arguments() -> argparse.ArgumentParser:
    """The arguments of commands whose own argument is the folder of the sources."""
    project = argparse.ArgumentParser(add_help=False)
    project.add_argument(
        "source", nargs="?", metavar="SOURCE", help="folder of the sources (default: book/ beside conf.py, else .)"
    )
    project.add_argument("-c", dest="config", metavar="DIR", help="folder of conf.py (default: SOURCE, else .)")
    add_output(project)
    add_edition(project)
    project.add_argument(
        "-q", "--quiet", dest="quiet", action="store_true", help="no progress, only warnings and errors"
    )
    project.add_argument("--debug", action="store_true", help="show tracebacks")
    return project


def named_arguments() -> argparse.ArgumentParser:
    """The arguments of commands whose own argument is something else."""
    named = argparse.ArgumentParser(add_help=False)
    named.add_argument(
        "-s", dest="source", metavar="DIR", help="folder of the sources (default: book/ beside conf.py, else .)"
    )
    named.add_argument("-c", dest="config", metavar="DIR", help="folder of conf.py (default: DIR of -s, else .)")
    add_output(named)
    add_edition(named)
    named.add_argument("--debug", action="store_true", help="show tracebacks")
    return named


def add_output(command: argparse.ArgumentParser) -> None:
    """The argument ``-o``."""
    command.add_argument(
        "-o", "--output", dest="output", metavar="DIR", default="_build", help="output folder (default: _build)"
    )


def add_edition(command: argparse.ArgumentParser) -> None:
    """The argument ``--edition``."""
    command.add_argument(
        "--edition",
        dest="editions",
        action="append",
        choices=EDITIONS,
        default=None,
        help="an edition, which has an output folder of its own below the output folder; build takes several",
    )
