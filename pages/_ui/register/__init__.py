"""One table and one form for every register."""
