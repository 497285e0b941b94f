"""The deck templates of this project: their designs (`designs`), what these draw (`drawing`), and their files."""
