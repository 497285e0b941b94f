"""``builder new DIR``: at most four questions, and a project that builds."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from babel import Locale, UnknownLocaleError

from builder.build.wording import counted
from builder.commands.new.converted import NOTEBOOK
from builder.commands.new.files import Wishes, is_file, project_files
from builder.commands.new.kinds import KINDS, ProjectKind
from builder.commands.new.remarks import by_kind
from builder.commands.new.sample_texts import language_of_texts
from builder.commands.new.taken_over import existing_wishes, read_existing, take_over, tool_as_it_is
from builder.commands.outcome import FINE
from builder.errors import AuthorError, asked, settings_file
from builder.pptx.template.reading import BUILT_IN
from builder.source.defaults import OF_MARKS
from builder.source.jupyter_book import is_jupyter_book
from builder.source.languages import no_language
from builder.source.written_in import language_by_words
from builder.store.files import write_whole
from builder.store.text import text_of

Answers = dict[str, str]
"""What was said on the command line or asked for: title, kind, author, language, template; '' was not said."""


def run_new(folder: Path | None, said: Answers, taken_from: Path | None = None) -> int:
    """Write a project into ``folder``, or take over the book in ``taken_from``, and say what to do next; returns the
    exit status.

    Raises:
        AuthorError: the folder holds something already, or an answer cannot be used.
    """
    if taken_from is not None:
        return run_from(folder, taken_from, said)
    if folder is None:
        raise AuthorError("name the folder to write: 'builder new DIR'.")
    check_free(folder)
    answers = asked_for(folder, said) if asks() and not said["kind"] else said
    kind = kind_named(answers["kind"] or "course")
    wishes = checked(Wishes(title_in(answers, folder), answers["author"], answers["language"], answers["template"]))
    files = project_files(wishes, kind)
    write_project(folder, files)
    print(f"{folder}: {kind.words}; {len(files)} files")
    for name in files:
        print(f"  {name}")
    say_what_next(folder)
    if language_of_texts(wishes.language) != wishes.language.partition("_")[0]:
        print("The sample's text is English; what the builder itself writes is in your language.")
    return FINE


def run_from(folder: Path | None, taken_from: Path, said: Answers) -> int:
    """Take over a book of another tool; returns the exit status.

    Raises:
        AuthorError: there is nothing to take over, or no folder to write it into.
    """
    if not taken_from.is_dir():
        raise AuthorError(f"there is no folder {taken_from} to take over.")
    tool = tool_as_it_is(taken_from)
    if tool:
        print(f"{taken_from} is a project of {tool}, which is built as it is; nothing was written.")
        if lacks_syntax(taken_from):
            file = Path(settings_file(taken_from).path).name
            print(f"To mark its text, add {' and '.join(OF_MARKS)} to myst_enable_extensions in its {file}.")
        print(f"\nNow:\n  builder build {quoted(taken_from)}\n  builder suggest {quoted(taken_from)}")
        return FINE
    if folder is None:
        raise AuthorError(f"name a new folder, which becomes the book: 'builder new DIR --from {quoted(taken_from)}'.")
    check_free(folder)
    book = read_existing(taken_from)
    if book.language and not is_language(book.language):
        print(f"Its settings name the language '{book.language}', which is none that is known here.")
        book = replace(book, language="")
    written_in = "" if said["language"] or book.language else language_by_words(taken_from / book.below)
    taken = take_over(taken_from, book, checked(existing_wishes(book, said, written_in)))
    write_project(folder, taken.files)
    chapters = sum(name.startswith("book/") and name.endswith((".md", NOTEBOOK)) for name in taken.files)
    print(f"{folder}: a book of {counted(chapters, 'document')}, from {book.tool}; {taken_from} stays as it is")
    if written_in and written_in != "en":
        name = Locale.parse(written_in).get_display_name("en")
        print(f"It is written in {name}, which its settings do not name: conf.py has language = '{written_in}'.")
    if taken.look_at:
        things = counted(sum(map(len, taken.look_at.values())), "thing")
        print(f"Look at {folder / 'LOOK-AT.md'}: {things} of {counted(len(by_kind(taken.look_at)), 'kind')}")
    say_what_next(folder)
    return FINE


def lacks_syntax(folder: Path) -> bool:
    """Return whether a project has settings for MyST of its own, and these do not name what marks need."""
    conf = folder / "conf.py"
    text = text_of(Path(settings_file(folder).path))
    return ((conf.is_file() and "myst" in text) or is_jupyter_book(folder)) and not all(
        name in text for name in OF_MARKS
    )


def check_free(folder: Path) -> None:
    """Raise where something lies in a folder already.

    Raises:
        AuthorError: it is a file, or holds something.
    """
    if folder.exists() and not folder.is_dir():
        raise AuthorError(f"{folder} is a file; name a folder that does not exist yet.")
    if folder.is_dir() and any(path.name != ".git" for path in folder.iterdir()):
        raise AuthorError(f"{folder} is not empty; name another folder: nothing is written over what lies there.")


def write_project(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files of a project below ``folder``."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)


def say_what_next(folder: Path) -> None:
    """Print the commands that follow."""
    print(
        f"\nNow:\n  cd {quoted(folder)}\n  builder serve      shows web book, pages and slides, and follows your edits"
    )
    print("  builder build      makes all of them, in _build/")


def asks() -> bool:
    """Return whether somebody sits at the terminal."""
    return sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()


def asked_for(folder: Path, said: Answers) -> Answers:
    """Ask for what was not said; an empty answer is the one in brackets."""
    kinds = ", ".join(KINDS)
    questions: dict[str, tuple[str, str, Callable[[str], object]]] = {
        "title": ("Title", title_of(folder), str),
        "author": ("Author", "", str),
        "kind": (f"Kind ({kinds})", "course", kind_named),
        "language": ("Language, as en or de", "en", language_named),
    }
    return said | {name: answer_to(*question) for name, question in questions.items() if not said[name]}


def answer_to(question: str, usual: str, check: Callable[[str], object]) -> str:
    """Return an answer that can be used; after another one its fault is said, and the question asked again."""
    while True:
        answer = input(f"{question} [{usual}]: " if usual else f"{question}: ").strip() or usual
        try:
            check(answer)
        except AuthorError as error:
            print(f"  {error.message}")
        else:
            return answer


def kind_named(kind: str) -> ProjectKind:
    """Return a kind of project.

    Raises:
        AuthorError: there is no such kind.
    """
    if kind not in KINDS:
        raise AuthorError(f"there is no kind '{kind}'; write one of {', '.join(KINDS)}.{asked(kind, KINDS)}")
    return KINDS[kind]


def language_named(language: str) -> str:
    """Return the code of a language as Sphinx writes it.

    Raises:
        AuthorError: there is no such language.
    """
    if not is_language(language):
        raise AuthorError(no_language(language))
    return language.replace("-", "_")


def is_language(language: str) -> bool:
    """Return whether a code is that of a language."""
    try:
        Locale.parse(language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return False
    return True


def checked(wishes: Wishes) -> Wishes:
    """Return what is wished for, with the language as Sphinx writes it.

    Raises:
        AuthorError: there is no such language or template.
    """
    language, template = language_named(wishes.language or "en"), wishes.template
    ours = sorted(path.stem for path in BUILT_IN.glob("*.pptx"))
    if is_file(template) and not Path(template).is_file():
        raise AuthorError(f"there is no template {template}.")
    if template and not is_file(template) and template not in ours:
        raise AuthorError(f"there is no template '{template}'; ours are {', '.join(ours)}.{asked(template, ours)}")
    return replace(wishes, language=language)


def title_in(answers: Answers, folder: Path) -> str:
    """Return the title that was said, in one line, or one made of the name of the folder."""
    return " ".join(answers["title"].split()) or title_of(folder)


def title_of(folder: Path) -> str:
    """Return a title made of the name of a folder: ``my-course`` → ``My course``."""
    name = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    return name[:1].upper() + name[1:]


def quoted(folder: Path) -> str:
    """Return a folder as one types it."""
    return f'"{folder}"' if " " in str(folder) else str(folder)
