"""Each register as a view of its own name and columns, for SQL of metrics, rules and outsiders;
and all that rows say of other rows as one more, `programme.link`."""

from hashlib import sha256

import duckdb

from crm_core.domain.registers import SEVERAL, FieldKind, Register, RegisterField
from crm_core.reference.registers import registers

_TYPES = {
    FieldKind.NUMBER: "DECIMAL(38, 10)",
    FieldKind.INTEGER: "BIGINT",
    FieldKind.DATE: "DATE",
    FieldKind.YES_NO: "BOOLEAN",
}


_HOW = r"\s*[:：].*$|\s+(FS|SS|FF)?\s*([+-]\s*[0-9]+)?\s*$"
"""What follows the name of a row that is meant: an amount, or how and when something waits."""


def install(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make the views that are missing or were made of another description."""
    there = dict(
        cursor.execute(
            "SELECT view_name, comment FROM duckdb_views()"
            " WHERE database_name = current_database() AND schema_name = 'programme'"
        ).fetchall()
    )
    made = {register.name: _sql(register) for register in registers().values()}
    # A view that reads others must be made anew with them.
    made["link"] = f"{_links()} -- {_digest(''.join(made.values()))}"
    for name, sql in made.items():
        if there.get(name) != _digest(sql):
            cursor.execute(f"CREATE OR REPLACE VIEW programme.{name} AS {sql}")
            cursor.execute(f"COMMENT ON VIEW programme.{name} IS '{_digest(sql)}'")


def _digest(sql: str) -> str:
    return sha256(sql.encode()).hexdigest()


def _sql(register: Register) -> str:
    columns = ", ".join(f'{_value(field)} AS "{field.name}"' for field in register.fields)
    return (
        f"SELECT id, version, change_id, {columns}, data FROM programme.item"
        f" WHERE register = '{register.name}'"
    )


def _links() -> str:
    """Every mention of a row in a field of another one: register, id, field; `target` is the
    register of the row that is meant, `said` what stands there, `to_id` the row, NULL for none;
    `is_link`: whether the field holds nothing but links. What names a row does so by its number,
    its title, or what it is also called, in any case; where it may be of one of two registers it
    is a mention of each."""
    fields = [(one, field) for one in registers().values() for field in one.fields]
    linked = [_mentions(*pair, pair[1].of) for pair in fields if pair[1].of and not pair[1].means]
    named = [_mentions(*pair, meant) for pair in fields for meant in pair[1].means]
    meant = sorted({f"'{name}'" for _, field in fields for name in field.means})
    return f"""
        SELECT m.*, i.id AS to_id
        FROM ({" UNION ALL ".join(linked)}) AS m
        LEFT JOIN programme.item AS i ON i.register = m.target AND i.id = m.said
        UNION ALL
        SELECT m.*, i.id AS to_id
        FROM ({" UNION ALL ".join(named)}) AS m
        LEFT JOIN (
            SELECT DISTINCT
                register, id, lower(trim(unnest(list_concat(
                    [id, data ->> 'title'], {_list("also_called")}
                )))) AS name
            FROM programme.item WHERE register IN ({", ".join(meant)})
        ) AS i ON i.register = m.target AND i.name = lower(trim(m.said))"""


def _mentions(register: Register, field: RegisterField, target: str) -> str:
    said = f'unnest("{field.name}")' if field.kind in SEVERAL else f'"{field.name}"'
    said = f"regexp_replace({said}, '{_HOW}', '')" if field.qualified else said
    return (
        f"SELECT '{register.name}' AS register, id, '{field.name}' AS field,"
        f" '{target}' AS target, {said} AS said, {field.of is not None} AS is_link"
        f' FROM programme.{register.name} WHERE "{field.name}" IS NOT NULL'
    )


def _value(field: RegisterField) -> str:
    if field.kind in SEVERAL:
        return _list(field.name)
    text = f"data ->> '{field.name}'"
    if field.kind is FieldKind.NUMBER:
        # ->> reads a number as a double. What texts say has its quotes escaped.
        found = rf"""regexp_extract(data::VARCHAR, '[{{,] *"{field.name}": *([-+.0-9eE]+)', 1)"""
        text = f"nullif({found}, '')"
    return f"({text})::{_TYPES[field.kind]}" if field.kind in _TYPES else f"({text})"


def _list(name: str) -> str:
    return f"from_json(data -> '{name}', '[\"VARCHAR\"]')"
