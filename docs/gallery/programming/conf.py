project = "Small programs, old mistakes"
author = "A. Teacher"
html_title = project
numfig = True
builder_accent = "#8a5a00"
builder_deck = {"template": "dark", "agenda": False}
