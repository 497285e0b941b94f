"""Sphinx configuration of the book in this repository."""

project = "The Great Repression in Mongolia, 1937–1939"
author = "The authors of Book-deck-builder"
copyright = "2026, the authors of Book-deck-builder"
language = "en"

extensions = ["builder", "builder.source.citing", "myst_parser", "sphinxcontrib.bibtex"]
root_doc = "index"
exclude_patterns = ["_build", "_static"]
source_suffix = {".md": "markdown"}

myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"]

numfig = True
numfig_format = {"figure": "Figure %s", "table": "Table %s", "code-block": "Listing %s", "section": "Section %s"}
math_numfig = True

bibtex_bibfiles = ["book/references.bib"]
bibtex_reference_style = "author_year_round"
bibtex_default_style = "one_alphabet"

html_theme = "sphinx_book_theme"
html_title = project
html_static_path = ["book/_static"]
html_css_files = ["book.css"]
html_copy_source = False
html_show_sourcelink = False

builder_pdf_name = "great-repression"
builder_subtitle = "Causes, course and memory, in six lectures"
builder_publisher = "First edition, 2026"
builder_appendices = ["a-chronology", "b-persons", "c-words", "d-data", "e-disputes", "f-reading", "g-answers"]
builder_slide_references = True
builder_contents_columns = 2
builder_deck = {"references": False, "agenda": False}  # notes have the works; a lecture opens with its question
builder_imprint = [
    "First edition, 2026, in print, on the web and as slides. "
    "How to cite the book stands in the pages about this book, before the preface.",
    "Text, data tables and drawings may be used under the Creative Commons Attribution 4.0 licence. "
    "The tool that made this book is free software under the BSD licence.",
    "Set in Libertinus Serif and Fira Sans. The web book, this printed book and the lecture slides are made from one "
    "source; numbers, figures and page references agree in all three.",
]
