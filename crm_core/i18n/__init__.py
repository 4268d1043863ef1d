"""Texts, numbers, dates and money in the reader's language; used at the edge only."""
