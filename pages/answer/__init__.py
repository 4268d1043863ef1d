"""What is shown to people outside: one page behind a link."""
