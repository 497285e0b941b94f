"""The builder imports nothing that only POSIX has, and opens no text without saying its encoding."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import builder

MODULES = sorted(Path(builder.__file__).parent.rglob("*.py"))
ONLY_POSIX = {
    "crypt",
    "curses",
    "fcntl",
    "grp",
    "nis",
    "posix",
    "pty",
    "pwd",
    "readline",
    "resource",
    "syslog",
    "termios",
    "tty",
}


def calls_without_encoding(tree: ast.AST) -> list[int]:
    """Lines that read or write text in the encoding of the machine."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            named = {keyword.arg for keyword in node.keywords}
            mode = node.args[0] if isinstance(node.func, ast.Attribute) and node.args else ast.Constant("")
            opens_text = name in ("open", "fdopen") and not (isinstance(mode, ast.Constant) and "b" in str(mode.value))
            reads_text = name in ("read_text", "write_text") or (name in ("run", "Popen") and "text" in named)
            if (
                reads_text or (opens_text and isinstance(mode, ast.Constant) and mode.value)
            ) and "encoding" not in named:
                found.append(node.lineno)
    return found


def catches_missing_modules(node: ast.AST) -> bool:
    """True for a ``try`` that goes on where a module is not there."""
    return isinstance(node, ast.Try) and any(
        isinstance(handler.type, ast.Name) and handler.type.id == "ImportError" for handler in node.handlers
    )


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_modules_are_of_every_system(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tried = {inner for node in ast.walk(tree) if catches_missing_modules(node) for inner in ast.walk(node)}
    imported = {
        name.partition(".")[0]
        for node in set(ast.walk(tree)) - tried
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert not imported & ONLY_POSIX
    assert not calls_without_encoding(tree)
