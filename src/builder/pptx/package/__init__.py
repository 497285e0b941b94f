"""Office packages: the one reader, within limits, and the one writer; what opens everywhere, and what runs in a
stranger's file."""
