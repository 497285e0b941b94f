"""Hand edits of a deck → the sources that its text came from."""
