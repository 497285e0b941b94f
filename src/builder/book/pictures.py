"""Pictures of a resolved document: which files they are, whether they may and can be printed."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from docutils import nodes
from PIL import Image, UnidentifiedImageError

SIGNATURES = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".gif": (b"GIF8",),
    ".webp": (b"RIFF",),
    ".pdf": (b"%PDF",),
}
"""Ending → the bytes that such a file opens with."""

RASTER = {".png", ".jpg", ".jpeg", ".gif", ".webp"}

CONVERTED = {".bmp", ".tif", ".tiff", ".ico", ".ppm", ".pgm", ".avif", ".tga"}
"""Formats that Typst does not read; they are printed as PNG."""


def is_remote(uri: str) -> bool:
    """True for an address on the web or data in the address itself."""
    return "://" in uri or uri.startswith(("data:", "//"))


def source_file(uri: str, docname: str, srcdir: Path, static: Iterable[Path]) -> str:
    """The path below ``srcdir`` (or from it) of a picture that raw HTML names, '' when there is no such file."""
    path = PurePosixPath(uri.partition("?")[0].partition("#")[0])
    folders = [srcdir / PurePosixPath(docname).parent, srcdir]
    if "_static" in path.parts:
        inner = PurePosixPath(*path.parts[path.parts.index("_static") + 1 :])
        folders += [folder.parent / "_static" for folder in static]
        candidates = [folder / inner for folder in static]
    else:
        candidates = []
    candidates += [folder / str(path).lstrip("/") for folder in folders]
    for candidate in candidates:
        if candidate.is_file():
            try:
                return candidate.resolve().relative_to(srcdir.resolve()).as_posix()
            except ValueError:
                return str(candidate.resolve())
    return ""


def problem(path: Path) -> str:
    """Why ``path`` cannot be printed, or ''."""
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError:
        return "does not exist; paths start at the document's folder, or at the book's folder with a leading '/'."
    expected = SIGNATURES.get(path.suffix.lower())
    if expected and not start.startswith(expected):
        return f"is not a {path.suffix[1:].upper()} file; save it again in that format."
    if path.suffix.lower() == ".svg" and b"<svg" not in start:
        return "is not an SVG file; save it again in that format."
    if path.suffix.lower() in RASTER:
        try:
            with Image.open(path) as picture:
                picture.verify()
        except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
            return f"is damaged ({error}); save it again."
    return ""


def printable(path: Path) -> tuple[str, bytes]:
    """(ending, bytes) of a picture as Typst reads it.

    Raises:
        OSError: the file cannot be read as a picture.
    """
    suffix = path.suffix.lower()
    if suffix not in CONVERTED:
        return suffix, path.read_bytes()
    try:
        with Image.open(path) as picture:
            out = io.BytesIO()
            picture.convert("RGBA" if "A" in picture.getbands() else "RGB").save(out, "PNG")
    except UnidentifiedImageError as error:
        raise OSError(str(error)) from None
    return ".png", out.getvalue()


def in_line(image: nodes.Element) -> bool:
    """True if a picture stands in a line of text: an icon, a badge."""
    parent = image.parent
    if not isinstance(parent, nodes.TextElement):
        return False
    block: nodes.Node = parent
    while isinstance(block, nodes.Inline | nodes.reference) and block.parent is not None:
        block = block.parent
    if not isinstance(block, nodes.TextElement):
        return False
    return bool(block.astext().strip())
