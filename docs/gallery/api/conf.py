import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "turtle_path"
author = "A. Programmer"
html_title = project
extensions = ["builder", "myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence"]
builder_preset = "manual"
builder_deck = {"template": "plain", "agenda": False}
