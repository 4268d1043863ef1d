"""One small reader per file format behind one protocol; each runs in a child process."""
