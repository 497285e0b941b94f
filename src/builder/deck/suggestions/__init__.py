"""What a chapter that nobody marked shows on slides: marks chosen from its text, as an author would set them."""
