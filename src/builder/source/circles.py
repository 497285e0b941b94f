"""Tables of contents that lead back to themselves: the step back is taken out of what Sphinx has of them, since it
follows them without end. Sphinx names them where it shows them.
"""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

Contents = dict[str, list[str]]
"""Document → the documents that its tables of contents name."""


def setup(app: Sphinx) -> None:
    """Take circles out before anything follows tables of contents, and put them back before documents are read."""
    app.connect("env-before-read-docs", put_back)
    app.connect("env-updated", take_out, priority=1)


def put_back(_app: Sphinx, env: BuildEnvironment, _docnames: list[str]) -> None:
    """Let the environment have the contents as they were read: an edit elsewhere may have opened a circle."""
    for docname, children in taken(env).items():
        if docname in env.toctree_includes:
            env.toctree_includes[docname] = children
    taken(env).clear()


def take_out(_app: Sphinx, env: BuildEnvironment) -> None:
    """Take each step back out of the environment's contents."""
    contents, done = env.toctree_includes, set[str]()
    for start in (env.config.root_doc, *sorted(contents)):
        follow(start, (), contents, done, taken(env))


def taken(env: BuildEnvironment) -> Contents:
    """The contents of documents from which a step was taken out, as they were read."""
    found: Contents = env.__dict__.setdefault("builder_circles", {})
    return found


def follow(docname: str, path: tuple[str, ...], contents: Contents, done: set[str], before: Contents) -> None:
    """Walk down the contents of a document that ``path`` led to."""
    if docname in done or docname not in contents:
        return
    path, children = (*path, docname), contents[docname]
    for child in children:
        if child not in path:
            follow(child, path, contents, done, before)
    if not set(path).isdisjoint(children):
        before[docname] = children
        contents[docname] = [child for child in children if child not in path]
    done.add(docname)
