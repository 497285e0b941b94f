"""A picture file → a file that print and slides can both show: itself, or what it was converted to, which is cached by
its digest.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from PIL import Image

from builder.source.pictures import convert
from builder.source.pictures.convert import UnusableError
from builder.source.pictures.drawings import checked_svg
from builder.source.pictures.kinds import ENDINGS, START, absence, kind_of, other_kind_of
from builder.source.pictures.resampled import FEWER_PIXELS, share_kept
from builder.store.files import write_whole
from builder.store.stamps import Version, digest, package_stamp, version

WORTH_BYTES = 0.9
"""A picture with fewer pixels is taken where it takes at most this share of the bytes."""
CUT_SHORT = "is cut short; what is there of it is shown. Save it again."


@dataclass(frozen=True, slots=True)
class Usable:
    """What can be shown: the file ``path``.

    ``remark`` is what its author should know, '' when there is nothing; it goes on behind 'the picture NAME'.
    """

    path: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of looking at a picture: the ``ending`` of what it became ('' when it is shown as it is), with that
    file's digest.

    ``problem`` is why it cannot be shown.
    """

    ending: str = ""
    sha256: str = ""
    remark: str = ""
    problem: str = ""


def usable(path: Path, cache: Path, dpi: int = 0) -> Usable:
    """The file that shows a picture; conversions are cached in the folder ``cache``. With ``dpi`` it has at most as
    many pixels as `share_kept` says.

    Raises:
        UnusableError: it is not there, is no picture, or cannot be drawn.
    """
    if not os.path.exists(path):  # which takes a name that no file can have
        raise UnusableError(absence(path))
    if not path.is_file():
        raise UnusableError("is a folder; name a file in it." if path.is_dir() else "is no file.")
    try:
        outcome, converted = _outcome(path, cache, dpi, version(path))
    except OSError as error:
        raise UnusableError(f"cannot be read: {error.strerror or error}.") from None
    if outcome.problem:
        raise UnusableError(outcome.problem)
    return Usable(converted or str(path), outcome.remark)


@lru_cache(maxsize=4096)
def _outcome(path: Path, cache: Path, dpi: int, _version: Version | None) -> tuple[Outcome, str]:
    """The result for a picture, and the path of its converted file; read again from ``cache`` where that is whole."""
    ending = path.suffix.lower()
    key = hashlib.sha256(f"{package_stamp()}\0{digest(path)}\0{ending}\0{dpi}".encode()).hexdigest()[:24]
    record = cache / f"{key}.json"
    outcome = _read(record)
    if outcome is not None and (not outcome.ending or _holds(cache / f"{key}{outcome.ending}", outcome.sha256)):
        return outcome, str(cache / f"{key}{outcome.ending}") if outcome.ending else ""
    outcome, content = found(path.read_bytes(), ending, dpi)
    if content:
        write_whole(cache / f"{key}{outcome.ending}", content)
    write_whole(record, json.dumps(asdict(outcome)).encode())
    return outcome, str(cache / f"{key}{outcome.ending}") if content else ""


def _read(record: Path) -> Outcome | None:
    try:
        return Outcome(**json.loads(record.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _holds(path: Path, sha256: str) -> bool:
    """True if a file is whole."""
    try:
        return digest(path) == sha256
    except OSError:
        return False


def found(content: bytes, ending: str, dpi: int) -> tuple[Outcome, bytes]:
    """The result for a picture of these bytes and this ending, and its converted bytes, b'' when it is
    shown as it is.
    """
    kind = kind_of(content[:START])
    try:
        made, suffix, remark = converted(content, kind, dpi)
    except UnusableError as error:
        return Outcome(problem=str(error)), b""
    except Exception as error:
        return Outcome(problem=f"cannot be drawn ({type(error).__name__}: {error}); save it as PNG, JPEG or SVG."), b""
    if not made and ending not in ENDINGS[kind]:
        made, suffix = content, ENDINGS[kind][0]
    sha256 = hashlib.sha256(made).hexdigest() if made else ""
    return Outcome(suffix if made else "", sha256, remark), made


def converted(content: bytes, kind: str, dpi: int) -> tuple[bytes, str, str]:
    """The converted bytes of a picture (b'' when it is shown as it is), the ending of that, and a remark.

    Raises:
        UnusableError: it cannot be drawn.
    """
    if not content:
        raise UnusableError("is empty (0 bytes); save it again.")
    if not kind:
        raise UnusableError(f"is {other_kind_of(content[:START])}.")
    if kind in ("svg", "svgz"):
        text = convert.unzipped_svg(content) if kind == "svgz" else content
        made, remark = checked_svg(text)
        return made or (text if kind == "svgz" else b""), ".svg", remark
    if kind == "pdf":
        return convert.pdf_page(content), ".png", ""
    if kind in ("emf", "wmf"):
        return convert.drawn(content, kind, lambda: convert.by_office(content, kind)), ".png", ""
    if kind == "eps":
        ways = (lambda: convert.by_ghostscript(content), lambda: convert.by_office(content, kind))
        return convert.drawn(content, kind, *ways), ".png", ""
    if kind in ("heic", "jxl"):
        raise UnusableError(f"is of the kind {kind.upper()}, which nothing here can draw; save it as PNG or JPEG.")
    with convert.opened(content) as picture:
        return shown(picture, content, kind, share_kept(picture.size, kind, dpi))


def shown(picture: Image.Image, content: bytes, kind: str, share: float) -> tuple[bytes, str, str]:
    """As `converted`, of a picture of pixels that keeps a ``share`` of its sides."""
    plain = convert.is_plain(picture, kind, content)
    if plain and share >= 1 and convert.is_whole(content, kind):
        return b"", "", ""
    whole = convert.loaded(picture) and (kind != "png" or convert.has_all_rows(content))
    if whole and plain and share >= 1 and kind == "jpg":
        return b"", "", ""
    suffix, made = convert.as_shown(picture, kind, share)
    is_huge = picture.width * picture.height > FEWER_PIXELS
    if whole and plain and not is_huge and len(made) > WORTH_BYTES * len(content):
        return b"", "", ""  # fewer pixels take more room, as in drawings of few colours
    return made, suffix, "" if whole else CUT_SHORT
