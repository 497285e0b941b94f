"""Whatever is done to sources, outputs and intermediate files, the next build gives what a clean build of the same
sources gives.

A machine of Hypothesis edits, replaces by older files, touches, swaps, deletes, takes back, kills builds, damages
outputs and caches, and compares after each step. ``SOAK_MINUTES`` says how long `make soak` lets it go on.
"""

# One case, one call or one line of a source stands on a line, however long.
# ruff: noqa: E501

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
import time
from pathlib import Path
from typing import ClassVar

import builds
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from small_project import MAY_COME, MAY_GO, contents, write_project
from whole_book import outputs as all_outputs
from whole_book import same

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="builds are killed in processes that are forked")

OLD = 1_000_000_000
"""A time in 2001, in seconds."""
ASIDE = re.compile(r"\d{4}-\d{2}-\d{2}-\d{6}")
"""What stands in the names of files that a build moved aside."""
Sources = dict[str, tuple[bytes, int]]
"""Name of each source → its content and its time in nanoseconds."""


class CleanBuilds:
    """What clean builds of sources give, each built once."""

    made: ClassVar[dict[str, tuple[int, dict[str, bytes]]]] = {}

    @classmethod
    def of(cls, sources: Sources) -> tuple[int, dict[str, bytes]]:
        """Status and outputs."""
        key = hashlib.sha256(
            repr(sorted((name, content) for name, (content, _) in sources.items())).encode()
        ).hexdigest()
        if key not in cls.made:
            with tempfile.TemporaryDirectory() as folder:
                project = Path(folder) / "clean"
                for name, (content, _) in sources.items():
                    (project / name).parent.mkdir(parents=True, exist_ok=True)
                    (project / name).write_bytes(content)
                status, said = builds.build(project, project / "_build")
                assert status == 0, said
                cls.made[key] = status, outputs(project / "_build")
        return cls.made[key]


def outputs(folder: Path) -> dict[str, bytes]:
    """All outputs that people see, but those that were moved aside."""
    return {
        name: content
        for name, content in all_outputs(folder).items()
        if not name.startswith(".work") and not ASIDE.search(name)
    }


class Anything(RuleBasedStateMachine):
    """A project in a folder of its own; each rule does one thing to it, after which it is built and compared."""

    @initialize()
    def begin(self) -> None:
        self.place = Path(tempfile.mkdtemp(prefix="anything"))
        self.folder, self.output = self.place / "project", self.place / "project" / "_build"
        self.folder.mkdir()
        write_project(self.folder)
        self.past: list[Sources] = [self.sources()]
        self.steps: list[str] = []

    def teardown(self) -> None:
        if os.environ.get("SOAK_MINUTES"):
            print(len(getattr(self, "steps", ())), "steps", len(CleanBuilds.made), "clean builds", flush=True)
        if hasattr(self, "place"):
            shutil.rmtree(self.place, ignore_errors=True)

    # --- sources

    def sources(self) -> Sources:
        paths = (path for path in self.folder.rglob("*") if path.is_file())
        found = {path.relative_to(self.folder).as_posix(): path for path in paths}
        ours = ("_build", "__pycache__")
        return {
            name: (path.read_bytes(), path.stat().st_mtime_ns)
            for name, path in found.items()
            if not any(part.startswith(ours) for part in Path(name).parts)
        }

    def restore(self, sources: Sources) -> None:
        """Bring sources back as they were, with their times, as a checkout or a backup does."""
        for name in self.sources().keys() - sources.keys():
            (self.folder / name).unlink()
        for name, (content, modified) in sources.items():
            self.replace(name, content, modified)

    def replace(self, name: str, content: bytes, modified: int) -> None:
        """Move a file that was made elsewhere, with its own time, over another one."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        new = self.place / "new"
        new.write_bytes(content)
        os.utime(new, ns=(modified, modified))
        os.replace(new, path)

    @rule(
        name=st.sampled_from(sorted(contents())),
        which=st.integers(0, 4),
        how=st.sampled_from(["written", "older", "same time", "newer"]),
    )
    def edit(self, name: str, which: int, how: str) -> None:
        several = contents()[name]
        content, path = several[which % len(several)], self.folder / name
        self.steps.append(f"{name} is {how}: {which % len(several)}")
        if how == "written" or not path.is_file():
            path.write_bytes(content)
        else:
            now = path.stat().st_mtime_ns
            self.replace(name, content, {"older": OLD * 10**9, "same time": now, "newer": time.time_ns()}[how])

    @rule(name=st.sampled_from(sorted(contents())), when=st.sampled_from([OLD, None]))
    def touch(self, name: str, when: int | None) -> None:
        self.steps.append(f"{name} is touched: {when}")
        if (self.folder / name).is_file():
            os.utime(self.folder / name, (when, when) if when else None)

    @rule(name=st.sampled_from(MAY_GO))
    def delete(self, name: str) -> None:
        self.steps.append(f"{name} is deleted")
        (self.folder / name).unlink(missing_ok=True)

    @rule(name=st.sampled_from(sorted(MAY_COME)), goes=st.booleans())
    def add(self, name: str, goes: bool) -> None:
        self.steps.append(f"{name} {'goes' if goes else 'comes'}")
        if goes:
            (self.folder / name).unlink(missing_ok=True)
        else:
            (self.folder / name).write_bytes(MAY_COME[name])

    @rule(
        pair=st.sampled_from(
            [("figure.png", "raw.png"), ("figure.png", "logo.png"), ("raw.png", "logo.png"), ("part.md", "two.txt")]
        )
    )
    def swap(self, pair: tuple[str, str]) -> None:
        self.steps.append(f"{pair} are swapped")
        one, other = (self.folder / name for name in pair)
        if one.is_file() and other.is_file():
            one.rename(self.place / "third")
            other.rename(one)
            (self.place / "third").rename(other)

    @rule(back=st.integers(1, 4))
    def undo(self, back: int) -> None:
        self.steps.append(f"{back} steps are taken back")
        self.restore(self.past[-min(back, len(self.past))])

    # --- builds, outputs, intermediate files

    @rule(
        at=st.integers(1, 400),
        name=st.sampled_from(sorted(contents())),
        which=st.integers(1, 4),
        goes_back=st.booleans(),
    )
    def kill(self, at: int, name: str, which: int, goes_back: bool) -> None:
        before = self.sources()
        self.edit(name, which, "written")
        self.steps.append(f"a build is killed at {at}, sources go back: {goes_back}")
        builds.build(self.folder, self.output, at)
        if goes_back:
            self.restore(before)

    @rule(
        which=st.integers(0, 9999), area=st.sampled_from(["html", "html/_static", "html/_images", "html/_downloads", "html/downloads", "pdf", "slides"]),
        damage=st.sampled_from(["deleted", "emptied", "cut", "zeroed", "appended to", "garbage"]),
    )  # fmt: skip
    def damage_output(self, which: int, area: str, damage: str) -> None:
        self.damage(which, [self.output / area], damage)

    @rule(
        which=st.integers(0, 9999), area=st.sampled_from(["", "doctrees", "doctrees", "html", "html/_images", "typstpdf"]),
        damage=st.sampled_from(["deleted", "emptied", "cut", "zeroed", "appended to", "garbage", "a folder", "zeroed at the same time"]),
    )  # fmt: skip
    def damage_cache(self, which: int, area: str, damage: str) -> None:
        self.damage(which, [self.output / ".work" / area], damage)

    def damage(self, which: int, folders: list[Path], damage: str) -> None:
        """Harm one file; it is not drawn from those there are, which killed builds and a slow machine decide."""
        found = sorted(
            path
            for folder in folders
            for path in folder.glob("*" if folder.name != "typstpdf" else "**/*")
            if path.is_file()
        )
        owned = ("lock", "published.json", "decks.json", "report.json")
        paths = [path for path in found if path.name not in owned and not ASIDE.search(path.name)]
        if damage == "appended to":  # a deck that can be read still has a hand's edits, which stay
            paths = [path for path in paths if path.suffix != ".pptx"]
        if not paths:
            return
        path = paths[which % len(paths)]
        self.steps.append(f"{path.relative_to(self.output).as_posix()} is {damage}")
        harm(path, damage)

    @rule()
    def lose_all_intermediate_files(self) -> None:
        self.steps.append("all caches go")
        for name in ("doctrees", "html", "typstpdf"):
            for path in (self.output / ".work" / name).glob("*"):
                if not path.name.startswith("decks"):
                    shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)

    # --- the promise

    def build(self) -> tuple[int, str]:
        return builds.build(self.folder, self.output)

    @invariant()
    def equals_a_clean_build(self) -> None:
        sources = self.sources()
        status, clean = CleanBuilds.of(sources)
        found, said = self.build()
        assert found == status, (self.steps, said)
        assert "Traceback" not in said, (self.steps, said)
        try:
            same(outputs(self.output), clean)
        except BaseException:
            print(self.steps, said)
            raise
        self.past.append(sources)


class AnythingWhileServed(Anything):
    """The same in a process that stays."""

    def begin(self) -> None:
        super().begin()
        self.staying = builds.Staying(self.folder, self.output)

    begin = initialize()(begin)  # type: ignore[assignment]

    def teardown(self) -> None:
        if hasattr(self, "staying"):
            self.staying.end()
        super().teardown()

    def build(self) -> tuple[int, str]:
        return self.staying.build()


def harm(path: Path, damage: str) -> None:
    """Damage a file."""
    content, found = path.read_bytes(), path.stat()
    path.unlink()
    if damage == "a folder":
        path.mkdir()
        (path / "x").write_bytes(b"")
    elif damage != "deleted":
        harmed = {
            "emptied": b"",
            "cut": content[: len(content) // 2],
            "appended to": content + b"more",
            "garbage": os.urandom(200),
        }
        path.write_bytes(harmed.get(damage, bytes(len(content))))
    if damage == "zeroed at the same time":
        os.utime(path, ns=(found.st_mtime_ns, found.st_mtime_ns))


def run(machine: type[RuleBasedStateMachine], examples: int, steps: int, **other: object) -> None:
    """Run a machine so often, so many steps each; the first time is the shortest that there is."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=1 + examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck),
            print_blob=False, **other,  # type: ignore[arg-type]
        ),
    )  # fmt: skip


MACHINES = pytest.mark.parametrize("machine", [Anything, AnythingWhileServed])
WITHOUT_MINIMISING = (Phase.explicit, Phase.reuse, Phase.generate)


@pytest.mark.slow
@MACHINES
def test_a_few_steps(machine: type[RuleBasedStateMachine]) -> None:
    run(machine, 1, 5, derandomize=True, database=None, phases=WITHOUT_MINIMISING)


@pytest.mark.slow
@MACHINES
def test_many_steps(machine: type[RuleBasedStateMachine]) -> None:
    run(machine, 2, 15, derandomize=True, database=None, phases=WITHOUT_MINIMISING)


@pytest.mark.skipif("SOAK_MINUTES" not in os.environ, reason="`make soak` asks for it")
@MACHINES
def test_for_minutes(machine: type[RuleBasedStateMachine]) -> None:
    """As long as ``SOAK_MINUTES`` says, half of it for each machine."""
    until = time.monotonic() + float(os.environ["SOAK_MINUTES"]) * 30
    while time.monotonic() < until:
        run(machine, 5, 20, phases=WITHOUT_MINIMISING)
