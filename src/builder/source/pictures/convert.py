"""Pictures of any kind → PNG, JPEG or SVG, which print and slides show, as a browser would show them: turned as they
say, in sRGB, the first frame.
"""

from __future__ import annotations

import gzip
import io
import shutil
import struct
import subprocess
import tempfile
import warnings
import zlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageCms, ImageFile, ImageOps, UnidentifiedImageError

from builder.source.pictures.resampled import QUALITY as FEWER_QUALITY
from builder.source.pictures.resampled import resampled

MOST_PIXELS = 250_000_000
"""A picture of more is not unpacked."""
PDF_DOTS, PDF_PIXELS = 300, 4000
"""Dots an inch of a page of a PDF file that is drawn as pixels, and its longest side at most."""
PATIENCE = 60
"""Seconds that another program may take over one picture."""
QUALITY = 95
"""The quality of a JPEG that keeps its pixels."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS


class UnusableError(Exception):
    """A picture cannot be shown; the message goes on behind the words 'the picture NAME'."""


def opened(content: bytes) -> Image.Image:
    """A raster picture.

    Raises:
        UnusableError: it is damaged, empty, or larger than can be unpacked.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(content))
    except Image.DecompressionBombError:
        raise UnusableError("has more pixels than can be drawn; save it smaller.") from None
    except UnidentifiedImageError:
        raise UnusableError("is damaged; save it again.") from None
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise UnusableError(f"is damaged ({error}); save it again.") from None
    width, height = picture.size
    if min(width, height) < 1:
        raise UnusableError(f"is empty: {width} × {height} pixels.")
    if width * height > MOST_PIXELS:
        raise UnusableError(f"has {width:,} × {height:,} pixels, more than can be drawn; save it smaller.")
    return picture


def loaded(picture: Image.Image) -> bool:
    """Decode a picture; false when it is cut short, and what is there of it is decoded.

    Raises:
        UnusableError: nothing of it can be decoded.
    """
    try:
        picture.load()
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, OverflowError):
        pass
    else:
        return True
    ImageFile.LOAD_TRUNCATED_IMAGES = True
    try:
        picture.load()
    except Exception as error:
        raise UnusableError(f"is damaged ({error}); save it again.") from None
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = False
    return False


def is_whole(content: bytes, kind: str) -> bool:
    """True if a PNG or JPEG file has its end; of a PNG the parts have the sums of what they hold, and what is packed in
    them is all rows of the picture.
    """
    if kind == "jpg":
        return b"\xff\xd9" in content[-64:]
    if kind != "png" or b"IEND" not in content[-64:]:
        return False
    try:
        Image.open(io.BytesIO(content)).verify()
    except Exception:  # of what is damaged, anything may be raised
        return False
    return has_all_rows(content)


def has_all_rows(content: bytes) -> bool:
    """True if as many bytes can be unpacked as a PNG has; one whose rows are interlaced has more."""
    try:
        return missing(content) <= 0
    except (struct.error, KeyError, zlib.error):
        return False


def missing(content: bytes) -> int:
    """How many bytes of its rows a PNG lacks."""
    width, height, depth, colours = struct.unpack_from(">IIBB", content, 16)
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colours]
    left: int = height * (1 + (width * depth * samples + 7) // 8)
    unpacking, start = zlib.decompressobj(), 8  # behind the signature
    while left > 0 and start < len(content):
        length = int.from_bytes(content[start : start + 4])
        if content[start + 4 : start + 8] == b"IDAT":
            left -= len(unpacking.decompress(content[start + 8 : start + 8 + length], left))
        start += length + 12
    return left


def is_plain(picture: Image.Image, kind: str, content: bytes) -> bool:
    """True if a picture is shown alike everywhere as it is: neither turned by EXIF nor in the colours of a printing
    press.
    """
    if kind not in ("png", "jpg"):
        return False
    if kind == "png" and content[24:25] == b"\x10":
        return False  # sixteen bits a channel
    return picture.mode not in ("CMYK", "YCCK", "LAB", "I;16", "I", "F") and orientation(picture) == 1


def orientation(picture: Image.Image) -> int:
    """Return how EXIF says that a picture is turned; 1 when it is not."""
    try:
        return int(picture.getexif().get(0x0112, 1) or 1)
    except Exception:
        return 1


def as_shown(picture: Image.Image, kind: str, share: float) -> tuple[str, bytes]:
    """(ending, bytes) of a decoded picture as a browser shows it, with a ``share`` of the pixels of its sides; in the
    colours of its profile where it has one.
    """
    if orientation(picture) != 1:
        picture = ImageOps.exif_transpose(picture)
    shown = in_srgb(picture)
    profile = picture.info.get("icc_profile") if shown.mode == picture.mode else None
    shown = resampled(shown, share)
    out = io.BytesIO()
    if kind == "jpg" and shown.mode in ("RGB", "L"):
        quality = {"quality": QUALITY, "subsampling": 0} if share >= 1 else {"quality": FEWER_QUALITY}
        shown.save(out, "JPEG", icc_profile=profile, **quality)
        return ".jpg", out.getvalue()
    shown.save(out, "PNG", icc_profile=profile)
    return ".png", out.getvalue()


def in_srgb(picture: Image.Image) -> Image.Image:
    """A picture of any mode as eight bits of sRGB or grey, with its transparency."""
    profile = picture.info.get("icc_profile")
    if picture.mode in ("CMYK", "LAB") and profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            found: Any = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            return found if found is not None else picture.convert("RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return picture.convert("RGB")
    if picture.mode.startswith("I;16"):
        return picture.convert("I").point(lambda value: value / 257).convert("L")
    if picture.mode in ("I", "F"):
        low, high = (float(value) for value in picture.getextrema())  # type: ignore[arg-type]
        span = (high - low) or 1.0
        return picture.convert("F").point(lambda value: value * (255 / span) + (-low * 255 / span)).convert("L")
    transparent = "A" in picture.getbands() or "transparency" in picture.info
    if picture.mode in ("L", "RGB", "RGBA", "LA") and not (transparent and picture.mode in ("L", "RGB")):
        return picture
    return picture.convert("RGBA" if transparent else "L" if picture.mode == "1" else "RGB")


# --- kinds that Pillow does not draw


def pdf_page(content: bytes) -> bytes:
    """The first page of a PDF file as PNG: Typst embeds no PDF file in one that satisfies PDF/UA.

    Raises:
        UnusableError: it cannot be opened, or has no page.
    """
    try:
        with pypdfium2.PdfDocument(content) as document:
            page = document[0]
            scale = min(PDF_DOTS / 72, PDF_PIXELS / max(*page.get_size(), 1.0))
            out = io.BytesIO()
            page.render(scale=scale).to_pil().save(out, "PNG")
            return out.getvalue()
    except (pypdfium2.PdfiumError, IndexError, ValueError, ZeroDivisionError) as error:
        reason = "it is protected by a password" if "password" in str(error).lower() else "it is damaged or has no page"
        raise UnusableError(f"is a PDF file that cannot be drawn: {reason}; save it again, or as PNG or SVG.") from None


def unzipped_svg(content: bytes) -> bytes:
    """The text of a compressed SVG.

    Raises:
        UnusableError: it is no SVG.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            found = file.read(MOST_PIXELS)
    except (OSError, EOFError) as error:
        raise UnusableError(f"is damaged ({error}); save it again.") from None
    if b"<svg" not in found[:4096]:
        raise UnusableError("is a gzip archive and no SVG.")
    return found


def by_ghostscript(content: bytes) -> bytes:
    """An EPS file as PNG, drawn by Ghostscript, which Pillow calls; b'' where that is not there or fails."""
    try:
        picture: Any = Image.open(io.BytesIO(content))
        picture.load(scale=4)
        out = io.BytesIO()
        picture.convert("RGB").save(out, "PNG")
        return out.getvalue()
    except Exception:
        return b""


def by_office(content: bytes, kind: str) -> bytes:
    """A drawing as PNG, drawn by LibreOffice; b'' where that is not there or fails."""
    program = office()
    if not program:
        return b""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / f"picture.{kind}").write_bytes(content)
        call = [
            program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "png",
            "--outdir",
            name,
        ]
        try:
            subprocess.run([*call, str(folder / f"picture.{kind}")], capture_output=True, timeout=PATIENCE, check=False)
            return (folder / "picture.png").read_bytes()
        except (OSError, subprocess.SubprocessError):
            return b""


@cache
def office() -> str:
    """The path of LibreOffice, '' where it is not there."""
    return shutil.which("soffice") or shutil.which("libreoffice") or ""


def drawn(content: bytes, kind: str, *ways: Callable[[], bytes]) -> bytes:
    """Return what the first of ``ways`` that gives something gives.

    Raises:
        UnusableError: none does.
    """
    found = next((made for way in ways if (made := way())), b"")
    if not found:
        raise UnusableError(f"is of the kind {kind.upper()}, which nothing here can draw; save it as PNG, JPEG or SVG.")
    return found
