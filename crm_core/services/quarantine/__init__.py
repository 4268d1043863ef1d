"""The lines that were set aside: looked at, corrected, assigned, run again, taken out and back."""
