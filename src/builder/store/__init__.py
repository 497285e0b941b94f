"""Files whole or not at all, what is known of them, records, locks and processes."""
