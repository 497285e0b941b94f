project = "Finding the longitude"
author = "A. Teacher"
html_title = project
numfig = True
builder_slide_references = True
builder_deck = {"template": "course", "agenda": False}
