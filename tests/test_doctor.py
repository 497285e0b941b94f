"""What is installed, what would be better with what, which fonts stand in, and the completion of shells."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from builder.commands import doctor
from builder.commands.cli import main


def test_what_is_here_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor"]) == 0
    said = capsys.readouterr().out
    for words in ("builder ", "Python 3", "sphinx 9", "python-pptx", "templates: "):
        assert words in said


def test_what_is_not_here_says_what_would_be_better(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    lines = list(doctor.helpers())
    assert "dot              not here; with it graphs of sphinx.ext.graphviz are drawn: install Graphviz" in lines


def test_why_a_face_is_taken_is_said() -> None:
    assert doctor.reason("Fira Sans") == "itself"
    assert doctor.reason("Arial") == "Arimo, which has the same metrics"
    assert "builder_fonts" in doctor.reason("Aptos")


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_shells_complete_commands_and_options(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert "serve" in script
    assert "builder" in script


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_completes_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    main(["completion", "bash"])
    script = capsys.readouterr().out + (
        "\nCOMP_WORDS=(builder bu); COMP_CWORD=1; _shtab_builder; printf '%s\\n' \"${COMPREPLY[@]}\"\n"
    )
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert "build" in done.stdout.split()
