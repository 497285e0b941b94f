"""Each rule of "opens everywhere" holds on decks that we write, and finds the breach when one is made."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import pytest

from builder.pptx.package.conform import problems

from conftest import SVG, built_once

CHAPTER = """# One

[A point with $x^2$ in it]{.point}

{.slide}
| a | b |
|---|---|
| 1 |   |

```{math}
:class: slide
:label: eq
\\frac{a}{b}
```

```{figure} picture.svg
:class: slide
:alt: A bar

Caption & more
```

## Two

```{slide}
:reveal:
```

[First]{.point} and [second]{.point}

{.slide}
```python
print("x")
```

```{chart} data.csv
:x: a
:y: b
:class: slide
:alt: With "quotes" & <sharp> marks

Chart
```

```{timeline} events.csv
:class: slide

Chronology
```
"""


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    data = {"data.csv": "a,b\nx,1\ny,2\n", "events.csv": "date,event\n1930,One\n1931,Two\n"}
    files = {"chapter.md": CHAPTER, "picture.svg": SVG, **data}
    return built_once(tmp_path_factory.mktemp("deck"), files, "--to", "pptx").pptx()


def changed(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """The package with each part passed through ``change``; None leaves a part out."""
    source = zipfile.ZipFile(io.BytesIO(content))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for name in source.namelist():
            data = change(name, source.read(name))
            if data is not None:
                copy.writestr(name, data)
    return out.getvalue()


def replace_in(part: str, old: str, new: str) -> Callable[[str, bytes], bytes]:
    def change(name: str, data: bytes) -> bytes:
        if not re.fullmatch(part, name):
            return data
        text = data.decode()
        return re.sub(old, new, text, count=1, flags=re.DOTALL).encode()

    return change


def test_our_deck_breaks_no_rule(deck: bytes) -> None:
    assert problems(deck) == []


def test_masters_and_layouts_may_have_no_ids(deck: bytes) -> None:
    """A template of Microsoft's has none."""
    for part in ("ppt/presentation.xml", "ppt/slideMasters/slideMaster1.xml"):
        deck = changed(
            deck, lambda name, data, part=part: re.sub(rb' id="21474\d+"', b"", data) if name == part else data
        )
    assert problems(deck) == []


SLIDES = r"ppt/slides/slide\d+\.xml"
BREACHES = {
    "notes master not declared": (
        replace_in("ppt/presentation.xml", "<p:notesMasterIdLst>.*</p:notesMasterIdLst>", ""),
        "no notesMasterIdLst",
    ),
    "size type that is not true": (
        replace_in("ppt/presentation.xml", "<p:sldSz ", '<p:sldSz type="screen4x3" '),
        "sldSz says screen4x3",
    ),
    "notes theme shared": (
        replace_in("ppt/notesMasters/_rels/notesMaster1.xml.rels", "theme2", "theme1"),
        "no theme of its own",
    ),
    "part that does not exist": (lambda name, data: None if name == "ppt/viewProps.xml" else data, "ppt/viewProps.xml"),
    "type for nothing": (
        replace_in(
            r"\[Content_Types\].xml", "<Override", '<Override PartName="/ppt/no.xml" ContentType="x/y"/><Override'
        ),
        "names ppt/no.xml",
    ),
    "default for nothing": (
        replace_in(r"\[Content_Types\].xml", "<Default", '<Default Extension="bin" ContentType="x/y"/><Default'),
        "Default for .bin",
    ),
    "cell without paragraph": (
        replace_in(SLIDES, "(<a:txBody><a:bodyPr/><a:lstStyle/>)<a:p>.*?</a:p>", r"\1"),
        "does not end in a paragraph",
    ),
    "end properties first": (replace_in(SLIDES, "(<a:p>)(<a:pPr.*?)(<a:endParaRPr[^>]*/>)", r"\1\3\2"), "must stand"),
    "shape id twice": (replace_in(SLIDES, '<p:cNvPr id="3"', '<p:cNvPr id="2"'), "is used 2 times"),
    "relationship lost": (
        replace_in(SLIDES, 'r:embed="rId[0-9]+"', 'r:embed="rId99"'),
        "is not among its relationships",
    ),
    "slide id too small": (replace_in("ppt/presentation.xml", 'id="256"', 'id="25"'), "256 or more"),
    "slide in no section": (
        replace_in("ppt/presentation.xml", '<p14:sldId id="256"/>', ""),
        "hold each slide once",
    ),
    "section id twice": (
        replace_in(
            "ppt/presentation.xml",
            r'(<p14:section name="[^"]*" id=)("[^"]*")(.*?<p14:section name="[^"]*" id=)"[^"]*"',
            r"\1\2\3\2",
        ),
        "ids of sections must differ",
    ),
    "layout id twice": (
        replace_in("ppt/slideMasters/slideMaster1.xml", 'id="2147483650"', 'id="2147483648"'),
        "unique across both",
    ),
    "colour of a wrong form": (
        replace_in("ppt/theme/theme1.xml", 'srgbClr val="7A2A25"', 'srgbClr val="#7A2A25"'),
        "not a colour",
    ),
    "length that is no number": (replace_in(SLIDES, 'cx="[1-9][0-9]+"', 'cx="NaN"'), "is not a length"),
    "animation for a lost shape": (
        replace_in(SLIDES, 'spid="[0-9]+"', 'spid="777"'),
        "not on the slide",
    ),
    "effect without preset": (replace_in(SLIDES, ' presetID="1"', ""), "no presetID"),
    "formula without fallback": (replace_in(SLIDES, "<mc:Fallback>.*?</mc:Fallback>", ""), "outside AlternateContent"),
    "chart without workbook": (
        replace_in(r"ppt/charts/_rels/chart1\.xml\.rels", "relationships/package", "relationships/other"),
        "has no embedded workbook",
    ),
    "SVG alone": (
        replace_in(r"ppt/slides/_rels/slide\d+\.xml\.rels", r"media/image\d+\.png", "media/alone.svg"),
        "needs a PNG in its place",
    ),
    "notes without their slide": (
        replace_in(r"ppt/notesSlides/_rels/notesSlide\d+\.xml\.rels", 'relationships/slide"', 'relationships/other"'),
        "must relate to the notes master and to its slide",
    ),
    "two timing trees": (replace_in(SLIDES, "(<p:timing>.*</p:timing>)", r"\1\1"), "2 timing trees"),
    "app properties missing": (
        lambda name, data: None if name == "docProps/app.xml" else data,
        "docProps/app.xml is missing",
    ),
    "slide without a size": (replace_in("ppt/presentation.xml", '(<p:sldSz cx=)"[0-9]+"', r'\1"0"'), "sldSz is 0 × "),
    "size of the notes not there": (replace_in("ppt/presentation.xml", "<p:notesSz[^>]*/>", ""), "has no notesSz"),
    "shape id below nought": (replace_in(SLIDES, '<p:cNvPr id="3"', '<p:cNvPr id="-3"'), "the shape id '-3' is no"),
    "shape id too large": (replace_in(SLIDES, '<p:cNvPr id="3"', '<p:cNvPr id="4294967295"'), "is no whole number"),
    "layout that is a theme": (
        replace_in(r"ppt/slides/_rels/slide1\.xml\.rels", r"slideLayouts/slideLayout\d+\.xml", "theme/theme1.xml"),
        "is a relationship to a slideLayout, and ppt/theme/theme1.xml is application/",
    ),
    "slide of two layouts": (
        replace_in(
            r"ppt/slides/_rels/slide1\.xml\.rels",
            r'(<Relationship )(Id="\w+")([^>]*slideLayout\d+\.xml"[^>]*/>)',
            r'\1\2\3\1Id="rId98"\3',
        ),
        "has 2 relationships to a slideLayout, not one",
    ),
    "printer settings": (lambda name, data: data, ""),
}


@pytest.mark.parametrize("breach", [name for name in BREACHES if name != "printer settings"])
def test_each_rule_finds_its_breach(deck: bytes, breach: str) -> None:
    change, words = BREACHES[breach]
    found = problems(changed(deck, change))
    assert any(words in sentence for sentence in found), found


def test_content_types_come_first_and_no_name_twice(deck: bytes) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        source = zipfile.ZipFile(io.BytesIO(deck))
        for name in reversed(source.namelist()):
            copy.writestr(name, source.read(name))
    assert "[Content_Types].xml must be the first entry" in problems(out.getvalue())


@pytest.mark.parametrize("name", ["ppt/media//a.png", "ppt/./a.png", "ppt/media/a.png."])
def test_names_of_parts_are_whole(deck: bytes, name: str) -> None:
    out = io.BytesIO(deck)
    with zipfile.ZipFile(out, "a") as copy:
        copy.writestr(name, b"x")
    assert f"{name}: a folder or file has no name, or one that ends in a dot" in problems(out.getvalue())


def test_printer_settings_are_not_taken_over(deck: bytes) -> None:
    source = zipfile.ZipFile(io.BytesIO(deck))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for name in source.namelist():
            copy.writestr(name, source.read(name))
        copy.writestr("ppt/printerSettings/printerSettings1.bin", b"x")
    assert any("printerSettings1.bin was taken over" in sentence for sentence in problems(out.getvalue()))


def test_alternative_text_titles_and_language(deck: bytes) -> None:
    from pptx import Presentation

    for number, slide in enumerate(Presentation(io.BytesIO(deck)).slides, start=1):
        assert slide.shapes.title is not None, number
        assert slide.shapes.title.text_frame.text.strip()
        for shape in slide._element.iter("{*}cNvPr"):
            parent = shape.getparent().getparent()
            if parent.tag.rsplit("}", 1)[-1] in ("pic", "graphicFrame", "grpSp"):
                assert shape.get("descr"), (number, shape.get("name"))
        for run in slide._element.iter("{*}r"):
            properties = run.find("{http://schemas.openxmlformats.org/drawingml/2006/main}rPr")
            if properties is not None and run.tag.startswith("{http://schemas.openxmlformats.org/drawingml"):
                assert properties.get("lang") == "en-US"
