"""The planner, on OR-tools CP-SAT: what to do and when, with a reason for each placement."""
