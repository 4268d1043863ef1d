"""Checklists and assessments as files: taken away, filled in or changed, and brought back."""
