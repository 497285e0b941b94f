"""Text of PDF pages, by the font's own ToUnicode maps, with nothing but pikepdf."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf


def pages_of(path: Path) -> list[str]:
    """The text of each page, in the order it is drawn, hyphenation undone."""
    with pikepdf.open(path) as pdf:
        return [_page_text(page) for page in pdf.pages]


def _page_text(page: pikepdf.Page) -> str:
    text = _content_text(page, page.get("/Resources", pikepdf.Dictionary()))
    text = re.sub(r"-\n(?=[a-z])", "", text)
    return re.sub(r"\s+", " ", text.replace("\u00ad", ""))


def _content_text(stream, resources) -> str:
    fonts = {name: _unicode_map(font) for name, font in resources.get("/Font", {}).items()}
    out: list[str] = []
    current: dict[int, str] = {}
    actual: str | None = None
    for operands, operator in pikepdf.parse_content_stream(stream):
        name = str(operator)
        if name == "Tf":
            current = fonts.get(str(operands[0]), {})
        elif name == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/ActualText" in operands[1]:
            actual = str(operands[1].ActualText)
        elif name == "EMC" and actual is not None:
            out.append(actual)
            actual = None
        elif name in ("Td", "Tm", "T*", "BT"):
            out.append("\n")
        elif name in ("Tj", "TJ") and actual is None:
            out += [_letters(item, current) for item in (operands[0] if name == "TJ" else operands)]
        elif name == "Do":
            inner = resources.get("/XObject", {}).get(str(operands[0]))
            if inner is not None and inner.get("/Subtype") == "/Form":
                out.append(_content_text(inner, inner.get("/Resources", pikepdf.Dictionary())))
    return "".join(out)


def _letters(item, font: dict[int, str]) -> str:
    if not isinstance(item, pikepdf.String):
        return ""
    data = bytes(item)
    return "".join(font.get(int.from_bytes(data[i : i + 2], "big"), "") for i in range(0, len(data), 2))


def _unicode_map(font) -> dict[int, str]:
    found: dict[int, str] = {}
    if "/ToUnicode" not in font:
        return found
    cmap = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(value).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, value in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = int(value, 16)
            for offset in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + offset] = chr(start + offset)
    return found
