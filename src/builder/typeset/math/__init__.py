"""LaTeX math → Typst and OMML."""
