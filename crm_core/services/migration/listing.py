"""What stands in each file of a run: the tables, and the lists beside them."""

from collections.abc import Mapping, Sequence

from crm_core.domain.target import Format
from crm_core.services.migration.compute import Counted
from crm_core.services.migration.files import Rows, guarded
from crm_core.services.migration.sql import literal


def table_rows(one: Counted, form: Format) -> Rows:
    """A table of the target: those records of it that this run writes."""
    numbers = frozenset(
        cell.number
        for cell in one.cells
        if cell.column.type in ("integer", "decimal") and form.decimal == "."
    )
    return Rows(
        heads=[cell.column.name for cell in one.cells],
        texts=[cell.text for cell in one.cells],
        of=f"cells_{one.number} AS c JOIN row_{one.number} AS w USING (key)"
        " WHERE written ORDER BY depth, w.new_id",
        numbers=numbers,
    )


def crosswalk(tables: list[Counted]) -> Rows:
    """Every row of the store, what became of it, and which id of the target it has now."""
    heads = ["entity", "table", "source_file", "source_line", "source_id", "row_id"]
    heads += ["new_id", "merged_into", "state"]
    of = " UNION ALL ".join(_of_table(one) for one in tables)
    named = ", ".join(f'"{head}"' for head in heads)
    return Rows(
        heads=heads,
        texts=[f'"{head}"::VARCHAR' for head in heads],
        of=f"(SELECT {named} FROM ({of}) ORDER BY number, new_id NULLS LAST, rank, row_id)",
    )


def _of_table(one: Counted) -> str:
    entity = one.table.entity
    return f"""
        SELECT {one.number} AS number, m.rank, '{entity}' AS entity,
            {literal(one.table.name)} AS "table", c.source_file, c.source_line,
            m.id AS source_id, m.row_id,
            CASE WHEN i.kept THEN i.new_id END AS new_id,
            CASE WHEN m.row_id <> i.row_id THEN i.row_id END AS merged_into,
            CASE WHEN p.state <> 'accepted' THEN p.state WHEN w.written THEN 'written'
                ELSE 'unchanged' END AS state
        FROM temp.member AS m
        JOIN crm.{entity} AS c ON c.row_id = m.row_id
        JOIN ids_{one.number} AS i ON i.key = m.key
        JOIN placed_{one.number} AS p ON p.key = m.key
        LEFT JOIN row_{one.number} AS w ON w.key = m.key
        WHERE m.entity = '{entity}'
    """


def broken(name: str, tables: list[Counted], why: Mapping[str, Sequence[str]]) -> Rows:
    """The list `bad` or `altered`, with where each record comes from and why in both languages."""
    rules = ", ".join(
        f"({literal(rule)}, {literal(en)}, {literal(zh)})" for rule, (en, zh) in why.items()
    )
    heads = ["table", "new_id", "source_file", "source_line", "source_id", "column", "value"]
    heads += ["rule", "limit", "suggestion", "why", "原因"]
    texts = [f'"{head}"::VARCHAR' for head in heads[:6]]
    texts += [guarded("value"), "rule", '"limit"', guarded("suggestion"), "why", "zh"]
    return Rows(
        heads=heads,
        texts=texts,
        of=f"""
        (
            FROM (
                SELECT b.*, o.number, o.source_file, o.source_line, o.source_id, y.why, y.zh
                FROM {name} AS b
                JOIN ({_origins(tables)}) AS o ON o."table" = b."table" AND o.key = b.key
                JOIN (VALUES {rules}) AS y(rule, why, zh) USING (rule)
            )
            ORDER BY number, new_id, "column", rule
        )
        """,
    )


def _origins(tables: list[Counted]) -> str:
    return " UNION ALL ".join(
        f'SELECT {one.number} AS number, {literal(one.table.name)} AS "table", i.key,'
        f" i.source_id, c.source_file, c.source_line FROM ids_{one.number} AS i"
        f" JOIN crm.{one.table.entity} AS c ON c.row_id = i.row_id"
        for one in tables
    )


def totals(tables: list[Counted]) -> Rows:
    """The sums of the store to hold against the target's, which a person fills in."""
    lines: list[tuple[str | None, ...]] = []
    for one in tables:
        lines.append((one.table.name, "rows", None, str(one.accepted)))
        lines += [
            (one.table.name, found.column, found.currency, f"{found.accepted.normalize():f}")
            for found in one.sums
        ]
    values = ", ".join(
        f"({at}, {', '.join(literal(cell) for cell in line)})" for at, line in enumerate(lines)
    )
    heads = ["table", "measure", "currency", "source", "target"]
    return Rows(
        heads=heads,
        texts=['"table"', "measure", "currency", "source", "NULL::VARCHAR"],
        of=f'(FROM (VALUES {values}) AS t(place, "table", measure, currency, source)'
        " ORDER BY place)",
    )
