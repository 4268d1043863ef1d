"""Bringing data in, and what became of it."""
