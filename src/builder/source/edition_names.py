"""The editions of a book by name: a module without imports, since the command's arguments need no more of this room."""

EDITIONS = ("student", "teacher")
"""Editions of a book, each with what is marked for it; the student's has no solutions and notes."""

EDITION_DIRECTIVE = "edition"
"""The directive whose content some editions have."""
