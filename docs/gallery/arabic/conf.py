project = "الجبر والمقابلة"
author = "معلّم"
html_title = project
language = "ar"
numfig = True
builder_pdf_name = "algebra"
builder_deck = {"template": "course", "agenda": False}
