project = "Sounds that agree"
author = "A. Teacher"
html_title = project
numfig = True
builder_accent = "#5b3a78"
builder_deck = {"template": "seminar", "agenda": False}
