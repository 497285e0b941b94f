project = "Cases in negligence"
author = "A. Teacher"
html_title = project
numfig = True
builder_preset = "report"
builder_accent = "#27405e"
builder_deck = {"template": "seminar", "agenda": False}
