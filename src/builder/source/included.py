"""Files that documents include."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from sphinx.environment import BuildEnvironment


def files_of_several(env: BuildEnvironment) -> set[str]:
    """The files, relative to the sources, that several documents are made of: marks in them would be marks of all."""
    return {name for name, count in uses_of_files(env).items() if count > 1}


def uses_of_files(env: BuildEnvironment) -> Counter[str]:
    """File, relative to the sources → how many documents include it, or are made of it in another way."""
    return uses_in(included_files(env))


def uses_in(included: Mapping[str, set[str]]) -> Counter[str]:
    """File → how many documents include it, of the files that each does."""
    return Counter(name for names in included.values() for name in names)


def included_files(env: BuildEnvironment) -> dict[str, set[str]]:
    """Document → the files, relative to the sources, that it is made of beside its own."""
    folder = os.fspath(env.srcdir)
    found = {doc: {os.path.join(folder, str(name)) for name in names} for doc, names in env.dependencies.items()}
    return {doc: {Path(os.path.relpath(path, folder)).as_posix() for path in paths} for doc, paths in found.items()}


def files_not_its_own(env: BuildEnvironment) -> dict[str, list[str]]:
    """Document → those of the files that it includes that are documents themselves, or that others include as well;
    none for most.
    """
    included = included_files(env)
    uses = uses_in(included)
    sources = {env.doc2path(name, base=False).as_posix() for name in env.found_docs}
    found = {
        doc: sorted(name for name in names if uses[name] > 1 or name in sources) for doc, names in included.items()
    }
    return {doc: names for doc, names in found.items() if names}
