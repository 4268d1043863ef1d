"""Rows that a sheet tells of besides its own: an order line's customer and product.

A row of the entity's own sheet always wins: it is never changed by what other sheets say, and
when it comes later it takes the place of the derived row.
"""

from crm_core.pipeline import told
from crm_core.pipeline.rows import Incoming, Source, Writer, apply
from crm_core.pipeline.stage import Staged

DERIVABLE = ("customer", "product", "person")
SHARED = ("segment", "region")
"""Fields that a flat sheet fills for its own line and that describe its customer as well."""


def derive(change: Writer, staged: Staged, source: Source) -> dict[str, int]:
    """Write the derived rows; entity -> how many rows are new."""
    counts = {}
    for entity in DERIVABLE:
        references = [
            field.name
            for field in staged.spec.fields
            if field.refers_to == entity and field.name in staged.fields
        ]
        if references and entity != staged.spec.name:
            counts[entity] = _derive(change, staged, entity, references, source)
    return {entity: count for entity, count in counts.items() if count}


def supersede(change: Writer, entity: str) -> None:
    """Retire derived rows that only had a name, once a row of that name has an id of its own."""
    if entity in DERIVABLE:
        change.retire(
            f"crm.{entity}",
            f"origin = 'derived' AND {entity}_id = name AND name IN"
            f" (SELECT name FROM crm.{entity} WHERE origin = 'own' AND row_key <> name)",
        )


def _derive(
    change: Writer, staged: Staged, entity: str, references: list[str], source: Source
) -> int:
    described = list(staged.derived.get(entity, ()))
    shared = [
        name
        for name in SHARED
        if entity == "customer" and name in staged.fields and name not in described
    ]
    columns = [f"{_last(f'{entity}__{name}')} AS {name}" for name in described]
    columns += [f"{_only(name)} AS {name}" for name in shared]
    if "name" not in described:
        columns.append("NULL AS name")
    # Only the first reference is the one that the sheet describes.
    lines = " UNION ALL BY NAME ".join(
        f"SELECT {'*' if reference == references[0] else 'line'}, {reference} AS word"
        f" FROM {staged.name} WHERE fate IS NULL"
        for reference in references
    )
    change.cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE told AS
        SELECT word AS row_key, word AS {entity}_id, max(line) AS line, {", ".join(columns)}
        FROM ({lines}) WHERE word IS NOT NULL GROUP BY word
        """
    )
    change.cursor.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE incoming_derived AS
        SELECT * REPLACE (CASE WHEN row_key IN (SELECT row_key FROM crm.{entity}) THEN name
                               ELSE coalesce(name, row_key) END AS name),
            nextval('crm.row_id') AS row_id, NULL::JSON AS extra
        FROM temp.told
        WHERE row_key NOT IN (SELECT row_key FROM crm.{entity} WHERE origin = 'own')
          AND row_key NOT IN ({told.names(entity)})
        """
    )
    fields = list(dict.fromkeys([f"{entity}_id", *described, *shared, "name"]))
    apply(change, Incoming("incoming_derived", entity, fields, "derived"), source)
    told.keep(change, entity, fields, source, dict.fromkeys(references, staged.spec.name))
    new = change.cursor.execute(
        "SELECT (SELECT count(*) FROM incoming_derived) - (SELECT count(*) FROM temp.known)"
    ).fetchone()
    return int(new[0]) if new else 0


def _last(column: str) -> str:
    """SQL: what the last line says that says anything."""
    return f"arg_max({column}, line) FILTER (WHERE {column} IS NOT NULL)"


def _only(column: str) -> str:
    """SQL: what all lines agree on; lines that differ or say nothing leave it open.

    Else a line that its own sheet leaves unclassified would take over its neighbours' segment.
    """
    same = f"min({column}) = max({column}) AND count({column}) = count(*)"
    return f"CASE WHEN {same} THEN min({column}) END"
