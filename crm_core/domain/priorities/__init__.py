"""Which initiatives come first: what they are ranked by, four methods, and how sure a place is."""
