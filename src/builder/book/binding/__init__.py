"""Fascicles of a printed book, set beside one another and bound to one PDF."""
