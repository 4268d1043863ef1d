"""Pages that steer the programme."""
