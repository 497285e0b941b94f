project = "Two short poems"
author = "A. Reader"
html_title = project
builder_preset = "novel"
builder_accent = "#3d5a3a"
builder_deck = {"template": "hall", "agenda": False, "progress": False}
