"""Typesetting: Typst, fonts, scripts, measuring, contrast, formulas."""
