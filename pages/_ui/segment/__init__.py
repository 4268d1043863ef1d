"""The parts of the segment page and of what the start page shows of it."""
