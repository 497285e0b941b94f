"""A fitted deck as Typst pages: slides, handouts, notes pages."""
