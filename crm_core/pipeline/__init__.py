"""From raw tables to clean rows: named steps over DuckDB."""
