"""Numbered migrations, each recorded in the transaction that makes it."""

from pathlib import Path

import duckdb

from crm_core.domain.problems import Refused

MIGRATIONS = Path(__file__).parent / "migrations"


def steps() -> dict[int, Path]:
    """Every migration by number, in order."""
    return {int(path.name[:4]): path for path in sorted(MIGRATIONS.glob("[0-9]*.sql"))}


def level(connection: duckdb.DuckDBPyConnection) -> int:
    """The number of the last migration that was made; 0 for a new file."""
    connection.execute(
        "CREATE TABLE IF NOT EXISTS main.migration (number INTEGER NOT NULL, name VARCHAR NOT NULL,"
        " made_at TIMESTAMP NOT NULL DEFAULT (now() AT TIME ZONE 'UTC'))"
    )
    row = connection.execute("SELECT coalesce(max(number), 0) FROM main.migration").fetchone()
    assert row is not None
    return int(row[0])


def upgrade(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """Make every migration that is missing; the numbers made.

    Refused("store_newer") when the store was written by a newer version of the product.
    """
    known, done = steps(), level(connection)
    if done > max(known):
        raise Refused("store_newer", level=done, known=max(known))
    missing = [number for number in known if number > done]
    for number in missing:
        connection.begin()
        try:
            connection.execute(known[number].read_text(encoding="utf-8"))
            connection.execute(
                "INSERT INTO main.migration (number, name) VALUES (?, ?)",
                [number, known[number].stem],
            )
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
    return missing
