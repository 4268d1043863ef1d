"""Migration out: clean records for another system, in load order, with what was rejected."""
