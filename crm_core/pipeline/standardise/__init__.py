"""Standardisers: one writing for what is written in many ways; what cannot be mended stays."""
