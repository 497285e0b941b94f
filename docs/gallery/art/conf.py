project = "Drawing what is far"
author = "A. Teacher"
html_title = project
numfig = True
builder_deck = {"template": "gallery", "agenda": False}
