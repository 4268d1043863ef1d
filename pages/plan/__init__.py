"""Planning: what is done when, what opens the way, and what came of it."""
