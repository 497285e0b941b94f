"""``builder check --template``: what a template gives, what becomes of it, and a picture of each kind of slide."""
