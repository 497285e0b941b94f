"""How a slide is filled, by what it holds: the rules of docs/composition.md."""
