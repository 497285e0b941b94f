"""Documents that are read in several processes, where all extensions allow it: each process reads neighbouring
documents, and what they leave is joined in the order in which one process would have read them.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxParallelError
from sphinx.events import EventManager
from sphinx.util import logging
from sphinx.util.console import color_terminal

from builder.source.same_names import given_apart, late_sharers
from builder.store.processes import spread

logger = logging.getLogger(__name__)

FEWEST = 10
"""Documents from which it pays."""
SHARES = 8
"""Shares at least, whatever number of processors there is: pages are the same everywhere."""
LARGEST = 16
"""Documents of a share, in the mean, at most: progress is told when one is read."""
BESIDES = 2_000
"""Bytes of text that take as long as all that is done for a document besides reading its text."""
SAY_NOTHING = ("sphinxcontrib.log_cabinet",)
"""Extensions that do not say whether documents may be read so, and look at none while they are read."""
SIMPLE = (bool, int, float, str, bytes, tuple, list, dict, set, frozenset)


class ReadsApart:
    """What makes a builder read documents in several processes; it stands before Sphinx's own class."""

    _app: Sphinx
    env: BuildEnvironment
    events: EventManager

    def read(self) -> list[str]:
        """Read what is new or changed; where that gives names that others have, read all of these once more, in their
        order.
        """
        found: list[str] = super().read()  # type: ignore[misc]
        if late_sharers(self.env, found):
            found = sorted({*found, *super().read()})  # type: ignore[misc]
        return found

    def _read_serial(self, docnames: list[str]) -> None:
        """Read documents in this process; what all of them gave goes before the first of them is read."""
        self.forget(docnames)
        super()._read_serial(docnames)  # type: ignore[misc]

    def forget(self, docnames: Sequence[str]) -> None:
        """Take documents that are going to be read again out of the environment."""
        for docname in docnames:
            self.events.emit("env-purge-doc", self.env, docname)
            self.env.clear_doc(docname)

    def _read_parallel(self, docnames: list[str], nproc: int) -> None:
        """Read documents, in several processes where they are many; Sphinx calls this where they may be."""
        if len(docnames) < FEWEST or not self.read_apart(docnames):
            self._read_serial(docnames)

    def read_apart(self, docnames: list[str]) -> bool:
        """Read documents in several processes; false where it was not possible, and they are to be read here."""
        self.forget(docnames)
        sizes = [Path(self.env.doc2path(docname)).stat().st_size for docname in docnames]
        shares = shared(sizes, max(SHARES, len(docnames) // LARGEST))

        def read(numbers: range) -> tuple[bytes, int]:
            for number in numbers:
                tell(docnames[number], number + 1, len(docnames))
                self.read_doc(docnames[number], _cache=False)  # type: ignore[attr-defined]
            if noted_outside(self._app) != before:
                raise RuntimeError("something was noted that other processes do not see")
            return pickle.dumps(self.env, pickle.HIGHEST_PROTOCOL), self._app.statuscode

        before = noted_outside(self._app)
        try:
            found = spread(shares, read, fewest=2, turn=1)
        except SphinxParallelError:
            return False
        for numbers, (content, status) in zip(shares, found, strict=False):
            self.env.merge_info_from([docnames[number] for number in numbers], pickle.loads(content), self._app)
            self._app.statuscode = self._app.statuscode or status
        if found and (apart := given_apart(self.env, [[docnames[number] for number in numbers] for numbers in shares])):
            self._read_serial(apart)
        return bool(found)


def shared(sizes: Sequence[int], count: int) -> list[range]:
    """The numbers of documents of some ``sizes``, in bytes, in ``count`` shares of neighbours that are about alike."""
    ends, read = [0], 0
    whole = sum(sizes) + BESIDES * len(sizes)
    for number, size in enumerate(sizes):
        weight = size + BESIDES
        if ends[-1] < number and read + weight / 2 > whole * len(ends) / count:
            ends.append(number)
        read += weight
    return [range(begin, end) for begin, end in zip(ends, [*ends[1:], len(sizes)], strict=True)]


def tell(docname: str, number: int, count: int) -> None:
    """Say which document is read, in the words of Sphinx, as the ``number``th of ``count``."""
    erased, end = ("\x1b[2K", "\r") if color_terminal() else ("", "\n")
    logger.info(f"{erased}reading sources... [{number / count: >4.0%}] {docname}{end}", nonl=True)


def noted_outside(app: Sphinx) -> dict[str, str]:
    """The variables of ``conf.py``, in which its functions may gather something while documents are read."""
    variables: dict[str, Any] = getattr(app.config.setup, "__globals__", {})
    return {name: repr(value) for name, value in variables.items() if type(value) in SIMPLE and name[:2] != "__"}


def may_be_read_apart(app: Sphinx) -> bool:
    """True if all extensions say that documents may be read in several processes, and can join what these read; not
    where code in documents runs, which may write files that the code of others reads.
    """
    if "myst_nb" in app.extensions and app.config.nb_execution_mode != "off":
        return False
    if any(type(domain).merge_domaindata is Domain.merge_domaindata for domain in app.env.domains.sorted()):
        return False
    allowed = {name: extension.parallel_read_safe for name, extension in app.extensions.items()}
    return all(allows or (allows is None and name in SAY_NOTHING) for name, allows in allowed.items())
