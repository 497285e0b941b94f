project = "Look before you compute"
author = "A. Teacher"
html_title = project
numfig = True
builder_deck = {"template": "course", "agenda": False}
