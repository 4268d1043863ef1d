"""Processes: the catalogue, teams side by side, their flow, and the ways to enter steps."""
