"""What loads tell of records that are there already, kept for when those are taken back."""

from collections.abc import Sequence

from crm_core.pipeline.rows import TECHNICAL, Incoming, Source, Writer, apply


def keep(
    change: Writer, entity: str, fields: Sequence[str], source: Source, referring: dict[str, str]
) -> None:
    """Note what the temporary table `told` says of records that this load has not brought itself.

    `referring`: field -> the loaded entity, which refers to `entity` by it; what none of the load's
    rows refers to is not kept, so that a file that comes twice leaves nothing.
    """
    brought = f"SELECT row_key FROM crm.{entity} WHERE batch_id = {source.batch_id}"
    known = f"FROM temp.told WHERE row_key NOT IN ({brought})"
    if not change.cursor.execute(f"{known} LIMIT 1").fetchone():
        return
    said = ", ".join(f"'{field}', {field}::VARCHAR" for field in fields)
    used = " OR ".join(
        f"row_key IN (SELECT {field} FROM crm.{loaded} WHERE batch_id = {source.batch_id})"
        for field, loaded in referring.items()
    )
    change.cursor.execute(
        f"""
        INSERT INTO crm.told
        SELECT {source.batch_id}, {source.file_id}, $source, line, '{entity}', row_key,
            json_merge_patch('{{}}', json_object({said}))
        {known} AND ({used})
        """,
        {"source": source.name},
    )


def names(entity: str) -> str:
    """SQL: the names that records with a key of their own go by as well."""
    return f"SELECT name FROM crm.{entity} WHERE name IS NOT NULL AND row_key <> name"


def restore(change: Writer, entity: str) -> bool:
    """Make the records anew that standing loads tell of and that are gone; whether any were."""
    change.cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE orphan AS
        SELECT told.* FROM crm.told JOIN crm.batch USING (batch_id)
        WHERE entity = '{entity}' AND undone_by IS NULL
          AND row_key NOT IN (SELECT row_key FROM crm.{entity})
          AND row_key NOT IN ({names(entity)})
        """
    )
    told = change.cursor.execute(
        "SELECT DISTINCT batch_id, file_id, source_file FROM orphan ORDER BY ALL"
    ).fetchall()
    for batch_id, file_id, name in told:
        fields = _present(change, entity, file_id)
        apply(
            change,
            Incoming("incoming_told", entity, fields, "derived"),
            Source(batch_id, file_id, name),
        )
    return bool(told)


def _present(change: Writer, entity: str, file_id: int) -> list[str]:
    """The temporary table `incoming_told` of what a table of a load tells; its fields."""
    described = change.cursor.execute(f"DESCRIBE crm.{entity}").fetchall()
    types = {row[0]: row[1] for row in described if row[0] not in TECHNICAL}
    values = ", ".join(f"(said->>'$.{name}')::{kind} AS {name}" for name, kind in types.items())
    change.cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE incoming_told AS
        SELECT row_key, source_line AS line, nextval('crm.row_id') AS row_id, NULL::JSON AS extra,
            {values}
        FROM orphan WHERE file_id = {file_id}
        """
    )
    # A record that tells no name goes by its key, unless another load has told one.
    change.cursor.execute(
        "UPDATE incoming_told SET name = row_key WHERE name IS NULL"
        f" AND row_key NOT IN (SELECT row_key FROM crm.{entity})"
    )
    return list(types)
