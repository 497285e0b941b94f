"""Writes the lists of languages and words in docs/languages.md from the catalogue."""

from __future__ import annotations

from pathlib import Path

from babel import Locale

from builder.typeset.wording import KEYS, LANGUAGES, words_of

TARGET = Path(__file__).parent.parent / "docs" / "languages.md"
HEAD = "| word | in English |\n|---|---|\n"


def page() -> str:
    """The text above the table, as it is in the page, and the table anew."""
    above = TARGET.read_text(encoding="utf-8").partition("<!-- words -->")[0]
    english = words_of("en")
    names = sorted(f"{Locale.parse(name).english_name} (`{name}`)" for name in LANGUAGES)
    rows = "".join(f"| `{key}` | `{english[key]}` |\n" for key in KEYS)
    return f"{above}<!-- words -->\n\nThe languages are {', '.join(names)}.\n\n{HEAD}{rows}"


if __name__ == "__main__":
    TARGET.write_text(page(), encoding="utf-8")
