"""Charts and timelines: data read once from CSV, drawn as SVG for the book and natively on the slides."""
