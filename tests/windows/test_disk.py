"""A disk as Windows has: it does not tell upper from lower case, and refuses characters that Windows refuses.

An exFAT image is mounted for it, which takes the program mount.exfat-fuse and the right to mount.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from whole_book import FILES, outputs, same

from conftest import Book

MEGABYTES = 200


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """The folder of such a disk."""
    if not (shutil.which("mount.exfat-fuse") and shutil.which("mkfs.exfat") and Path("/dev/fuse").exists()):
        pytest.skip("there is no mount.exfat-fuse here, or no FUSE")
    image, folder = tmp_path / "disk.img", tmp_path / "disk"
    with image.open("wb") as file:
        file.truncate(MEGABYTES << 20)
    folder.mkdir()
    looped = subprocess.run(["losetup", "-f", "--show", image], capture_output=True, text=True, check=False)
    if looped.returncode:
        pytest.skip(f"there is no loop device to be had: {looped.stderr.strip()}")
    device = looped.stdout.strip()
    try:
        subprocess.run(["mkfs.exfat", device], check=True, capture_output=True)
        mounted = subprocess.run(["mount.exfat-fuse", device, folder], capture_output=True, text=True, check=False)
        if mounted.returncode:
            pytest.skip(f"the disk cannot be mounted: {mounted.stderr.strip()}")
        yield folder
        subprocess.run(["umount", "-l", folder], check=True)
    finally:
        subprocess.run(["losetup", "-d", device], check=True)


@pytest.fixture
def on_disk(disk: Path, capfd: pytest.CaptureFixture[str]) -> Book:
    """The book in which everything depends on something else, on that disk."""
    (disk / "Probe").touch()
    assert (disk / "pROBE").exists()
    book = Book(disk, capfd)
    for name, content in FILES.items():
        book.write(name, content)
    return book


@pytest.mark.slow
def test_outputs_are_those_of_another_disk(on_disk: Book, whole: Book) -> None:
    assert on_disk.build(None, "-W").status == 0
    assert whole.build(None, "-W").status == 0
    same(outputs(on_disk.folder / "_build"), outputs(whole.folder / "_build"))


@pytest.mark.slow
def test_a_document_renamed_in_its_case_alone_keeps_its_page(on_disk: Book) -> None:
    """What was published under the old name is swept away, and it is the new page that such a disk finds under it."""
    on_disk.build()
    (on_disk.folder / "three.md").rename(on_disk.folder / "aside.md")
    (on_disk.folder / "aside.md").rename(on_disk.folder / "Three.md")
    for name in ("index.md", "two.md", "slides/lectures.toml"):
        text = (on_disk.folder / name).read_text(encoding="utf-8")
        on_disk.write(
            name, text.replace("\nthree\n", "\nThree\n").replace('"three"', '"Three"').replace("`three`", "`Three`")
        )
    result = on_disk.build()
    assert (on_disk.folder / "_build/html/Three.html").is_file(), result.errors
    assert (on_disk.folder / "_build/slides/b.pptx").is_file()


@pytest.mark.slow
def test_a_name_that_the_disk_refuses_is_told(on_disk: Book) -> None:
    with pytest.raises(OSError, match="a:b"):
        on_disk.write("a:b.md", "# One\n")
    on_disk.write("conf.py", FILES["conf.py"] + "builder_books = [{'root': 'index', 'name': 'a:b'}]\n")
    result = on_disk.build()
    assert "Windows refuses a name with ':'; give the book another name." in result.errors
    assert "Traceback" not in result.errors
