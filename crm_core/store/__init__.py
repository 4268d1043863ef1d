"""The one door to DuckDB: open, migrate, read, write with audit."""
