"""A deck as last built, as a lecturer left it, and as the sources give it now → one deck in which no edit by hand is
lost.

`decks` merges decks: it finds slides again (`align`), merges each (`slides`), its objects (`shapes`) and their text
(`text`), in the package that the lecturer saved (`package`); what cannot be merged stays as the lecturer has it, with a
comment (`comments`).
"""
