project = "Kitchen chemistry"
author = "A. Teacher"
html_title = project
numfig = True
math_numfig = True
builder_accent = "#1f6f5c"
builder_deck = {"template": "plain", "agenda": False}
