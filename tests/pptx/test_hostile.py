"""Whatever a stranger sends as a deck or a template is read within limits, or refused in words: never a traceback,
never all memory.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile import BEYOND, OTHERWISE, SLIDE, damaged, edited, in_slide, packed, parts_of

from builder.build.request import Request
from builder.commands.check import check_deck
from builder.commands.cli import main
from builder.commands.pull.returned import read_returned
from builder.errors import NOWHERE, AuthorError
from builder.merge.decks import merge
from builder.pptx.package.active import disarmed
from builder.pptx.package.conform import problems
from builder.pptx.package.parts import unreadable
from builder.pptx.template.reading import read_template

from conftest import built_once, examples

CHAPTER = """# One

## First

[A point of the prose]{.point} and [another one]{.point}.

{.slide}
| a | b |
|---|---|
| 1 | 2 |

## Second

```{slide}
```

```{notes}
Say it.
```

{.slide}
- one
- two
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Request:
    folder = tmp_path_factory.mktemp("hostile")
    built_once(folder, {"chapter.md": CHAPTER}, "--to", "pptx")
    return Request(folder, folder, folder / "_build")


@pytest.fixture(scope="module")
def deck(project: Request) -> bytes:
    return (project.output / "slides" / "chapter.pptx").read_bytes()


def read_as_template(path: Path, _project: Request) -> None:
    read_template(path, NOWHERE)


def pulled(path: Path, project: Request) -> None:
    read_returned(project, path, "chapter", "")


def checked(path: Path, _project: Request) -> str:
    return "\n".join(check_deck(path))


def disarmed_and_merged(path: Path, project: Request) -> None:
    base = (project.output / "slides" / "chapter.pptx").read_bytes()
    with unreadable(str(path)):  # as when a build meets it: a deck that cannot be merged is moved aside
        mine, _left_out = disarmed(path.read_bytes())
        merge(base, mine, edited(base, SLIDE, "A point", "One point"))


WAYS: dict[str, Callable[[Path, Request], str | None]] = {
    "check": checked,
    "template": read_as_template,
    "pull": pulled,
    "merge": disarmed_and_merged,
}


def outcome(way: str, path: Path, project: Request) -> str:
    """What is said of a file; '' when it is read."""
    try:
        return WAYS[way](path, project) or ""
    except AuthorError as error:
        return str(error)


@pytest.mark.slow
@pytest.mark.parametrize("kind", BEYOND)
def test_what_no_program_writes_is_refused_at_once(kind: str, deck: bytes, project: Request, tmp_path: Path) -> None:
    path = tmp_path / "sent.pptx"
    path.write_bytes(BEYOND[kind](deck))
    for way in WAYS:
        started = time.perf_counter()
        assert "cannot be read" in outcome(way, path, project), way
        assert time.perf_counter() - started < 60


@pytest.mark.slow
@pytest.mark.parametrize("kind", OTHERWISE)
def test_what_other_programs_may_write_is_read_or_refused(
    kind: str, deck: bytes, project: Request, tmp_path: Path
) -> None:
    path = tmp_path / "sent.pptx"
    path.write_bytes(OTHERWISE[kind](deck))
    for way in WAYS:
        started = time.perf_counter()
        outcome(way, path, project)
        assert time.perf_counter() - started < 60, way


@pytest.mark.parametrize("seed", range(8))
def test_damage_at_random_is_read_or_refused(seed: int, deck: bytes, project: Request, tmp_path: Path) -> None:
    path = tmp_path / "sent.pptx"
    for content in damaged(deck, 8, seed):
        path.write_bytes(content)
        for way in WAYS:
            outcome(way, path, project)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 100 + examples(40)))
def test_much_damage_at_random(seed: int, deck: bytes, project: Request, tmp_path: Path) -> None:
    path = tmp_path / "sent.pptx"
    for content in damaged(deck, 40, seed):
        path.write_bytes(content)
        for way in WAYS:
            outcome(way, path, project)


LITTLE = """
import re, sys
from builder.commands.cli import main
status = main(["check", sys.argv[1]])
print(status, int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="where Linux tells how much memory was taken")
@pytest.mark.parametrize(
    "kind", ["a slide of 99 MB", "a slide of many attributes", "too many parts", "a part larger than it says"]
)
def test_a_check_takes_little_memory_and_time(kind: str, deck: bytes, tmp_path: Path) -> None:
    path = tmp_path / "sent.pptx"
    path.write_bytes(BEYOND[kind](deck))
    done = subprocess.run([sys.executable, "-c", LITTLE, str(path)], capture_output=True, text=True, timeout=60)
    status, megabytes = map(int, done.stdout.splitlines()[-1].split())
    assert "Traceback" not in done.stderr
    assert status == 1
    assert megabytes < 300


@pytest.mark.slow
def test_a_deck_near_the_limits_is_checked(deck: bytes) -> None:
    inner = '<p:cNvPr id="9"/><m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"/><a:pPr/>'
    fallback = '<mc:Fallback xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"/>'
    slide = parts_of(in_slide(deck, fallback + "<p:grpSp>" * 90 + inner * 18_000 + "</p:grpSp>" * 90))[SLIDE]
    sent = packed(parts_of(deck) | {f"ppt/slides/slide{number}.xml": slide for number in range(2, 12)})
    found = problems(sent)
    assert f"{SLIDE}: a formula stands outside AlternateContent with a fallback" in found


@pytest.mark.parametrize("name", ["none.pptx", "folder.pptx"])
def test_a_file_that_is_none(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "folder.pptx").mkdir()
    assert main(["check", str(tmp_path / name)]) == 1
    said = capfd.readouterr().err
    assert "cannot be read: " in said
    assert "bug" not in said
