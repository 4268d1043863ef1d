"""The use cases: what a page, the command line and a test all call."""
