"""``builder shelf``: all books of a press with one command, on as many processors and machines as there are."""
