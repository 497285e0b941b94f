"""``builder new``: a small, true project to begin with; ``samples/`` holds its files."""
