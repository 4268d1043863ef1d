"""Checklists being filled in: shared by their own page and by that behind a respondent's link."""
