"""``builder suggest``: the marks that a chapter without any would have, written into its source."""
