"""``builder new DIR``: at most four questions, and a project that builds."""

from __future__ import annotations

import sys
from pathlib import Path

from babel import Locale, UnknownLocaleError

from builder.commands.new.files import Wishes, is_file, project_files
from builder.commands.new.kinds import KINDS
from builder.commands.outcome import FINE
from builder.errors import AuthorError, meant
from builder.pptx.template.reading import BUILT_IN
from builder.store.files import write_whole

Answers = dict[str, str]
"""What was said on the command line or asked for: title, kind, author, language, template; '' was not said."""


def run_new(folder: Path, said: Answers) -> int:
    """Write a project into ``folder`` and say what to do next; returns the exit status.

    Raises:
        AuthorError: the folder holds something already, or an answer cannot be used.
    """
    if folder.is_dir() and any(path.name != ".git" for path in folder.iterdir()):
        raise AuthorError(f"{folder} is not empty; name another folder: nothing is written over what lies there.")
    if folder.exists() and not folder.is_dir():
        raise AuthorError(f"{folder} is a file; name a folder that does not exist yet.")
    asked = asks() and not said["kind"]
    answers = asked_for(folder, said) if asked else said
    wishes = checked(answers, folder)
    files = project_files(wishes)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    print(f"{folder}: {KINDS[wishes.kind].words}; {len(files)} files")
    for name in files:
        print(f"  {name}")
    print(
        f"\nNow:\n  cd {quoted(folder)}\n  builder serve      shows web book, pages and slides, and follows your edits"
    )
    print("  builder build      makes all of them, in _build/")
    if wishes.language.split("-")[0].split("_")[0] != "en":
        print("The sample's text is English; what the builder itself writes is in your language.")
    return FINE


def asks() -> bool:
    """Return whether somebody sits at the terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def asked_for(folder: Path, said: Answers) -> Answers:
    """Ask for what was not said; an empty answer is the one in brackets."""
    kinds = ", ".join(KINDS)
    questions = {
        "title": ("Title", title_of(folder)),
        "author": ("Author", ""),
        "kind": (f"Kind ({kinds})", "course"),
        "language": ("Language, as en or de", "en"),
    }
    return said | {
        name: input(f"{question} [{usual}]: " if usual else f"{question}: ").strip() or usual
        for name, (question, usual) in questions.items()
        if not said[name]
    }


def checked(answers: Answers, folder: Path) -> Wishes:
    """Return what is wished for.

    Raises:
        AuthorError: there is no such kind, language or template.
    """
    kind, language, template = answers["kind"] or "course", answers["language"] or "en", answers["template"]
    if kind not in KINDS:
        raise AuthorError(f"there is no kind '{kind}'; write one of {', '.join(KINDS)}.")
    try:
        Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        raise AuthorError(f"there is no language '{language}'; write its code, as en, de or pt_BR.") from None
    ours = sorted(path.stem for path in BUILT_IN.glob("*.pptx"))
    if is_file(template) and not Path(template).is_file():
        raise AuthorError(f"there is no template {template}.")
    if template and not is_file(template) and template not in ours:
        near = f" Did you mean {meant(template, ours)}?" if meant(template, ours) else ""
        raise AuthorError(f"there is no template '{template}'; ours are {', '.join(ours)}.{near}")
    title = " ".join(answers["title"].split()) or title_of(folder)
    return Wishes(title, kind, answers["author"], language.replace("-", "_"), template)


def title_of(folder: Path) -> str:
    """Return a title made of the name of a folder: ``my-course`` → ``My course``."""
    name = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    return name[:1].upper() + name[1:]


def quoted(folder: Path) -> str:
    """Return a folder as one types it."""
    return f'"{folder}"' if " " in str(folder) else str(folder)
