"""Lecture decks up to the file format: the Deck model, the plan, the fit. No python-pptx in here."""
