"""Each register as a view of its own name and columns, for SQL of metrics, rules and outsiders."""

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


def install(cursor: duckdb.DuckDBPyConnection) -> None:
    """Make the views that are missing or were made of another description."""
    there = dict(
        cursor.execute(
            "SELECT view_name, comment FROM duckdb_views()"
            " WHERE database_name = current_database() AND schema_name = 'programme'"
        ).fetchall()
    )
    for register in registers().values():
        sql = _sql(register)
        digest = sha256(sql.encode()).hexdigest()
        if there.get(register.name) != digest:
            cursor.execute(f"CREATE OR REPLACE VIEW programme.{register.name} AS {sql}")
            cursor.execute(f"COMMENT ON VIEW programme.{register.name} IS '{digest}'")


def _sql(register: Register) -> str:
    columns = ", ".join(f'{_value(field)} AS "{field.name}"' for field in register.fields)
    return (
        f"SELECT id, version, change_id, {columns}, data FROM programme.item"
        f" WHERE register = '{register.name}'"
    )


def _value(field: RegisterField) -> str:
    if field.kind in SEVERAL:
        return f"from_json(data -> '{field.name}', '[\"VARCHAR\"]')"
    text = f"data ->> '{field.name}'"
    return f"({text})::{_TYPES[field.kind]}" if field.kind in _TYPES else f"({text})"
