"""Planning: what to do, in which order, and how it goes."""
