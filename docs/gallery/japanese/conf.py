project = "俳句を読む"
author = "教師"
html_title = project
language = "ja"
numfig = True
builder_pdf_name = "haiku"
builder_accent = "#2f5d50"
builder_deck = {"template": "seminar", "agenda": False}
