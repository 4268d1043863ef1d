"""One column of a target as SQL: what it reads, how it is written, and what the target refuses.

Of column number i the table of cells has `t<i>`, the text as the file gets it, and where that is
not what the source says `s<i>`; a number also stands in `n<i>`, a moment in `d<i>`.
"""

from crm_core.domain.entities import Kind
from crm_core.domain.target import Format, Table
from crm_core.reference import entities
from crm_core.services.migration.cell import Cell, Check
from crm_core.services.migration.records import Needed
from crm_core.services.migration.sql import literal
from crm_core.services.migration.typed import typed


def cell(table: Table, number: int, form: Format, needed: Needed, placed: dict[str, str]) -> Cell:
    """The column of that number; `placed`: table -> temporary table (key, new_id, state)."""
    made = Cell(table.columns[number], number)
    raw, kind = _raw(made, table, needed, placed)
    typed(made, raw, kind, form)
    _finish(made)
    return made


def _raw(
    made: Cell, table: Table, needed: Needed, placed: dict[str, str]
) -> tuple[str, Kind | None]:
    """SQL of what fills the column, and what it holds; None: any text."""
    column, i = made.column, made.number
    if column.id:
        return "i.new_id", Kind.ID
    if column.constant is not None:
        return literal(column.constant), None
    if column.extra is not None:
        return f"r.{needed.extra(table.entity, column.extra)}", None
    name, further = column.path
    spec = entities()[table.entity].field(name)
    if column.reference is None and further is None:
        return f"r.f_{name}", spec.kind
    other = str(spec.refers_to)
    _refer(made, table.entity, name, other)
    if further is None:
        return _new_id(made, placed), Kind.ID
    made.joins.append(f"LEFT JOIN temp.record_{other} AS o{i} ON o{i}.key = {_key(made)}")
    return f"o{i}.f_{further}", entities()[other].field(further).kind


def _refer(made: Cell, entity: str, name: str, other: str) -> None:
    """Resolve the reference: `k<i>` is the record that it means, `f<i>` what the source says."""
    i = made.number
    key = f"v{i}.key"
    made.joins.append(f"LEFT JOIN temp.resolved_{other} AS v{i} ON v{i}.ref = r.f_{name}::VARCHAR")
    if (entity, name) == ("customer", "parent_id"):
        made.joins.append(f"LEFT JOIN temp.parent AS p{i} ON p{i}.key = r.key")
        key = f"coalesce(p{i}.parent, v{i}.key)"
    made.select[f"k{i}"] = f"nullif({key}, r.key)" if other == entity else key
    made.select[f"f{i}"] = f"r.f_{name}::VARCHAR"
    if other == entity:  # a record that was merged with the one it belongs to
        made.checks.append(
            Check("reference_self", f"own{i}", f"f{i}", suggestion="''", altered=True)
        )
        made.select[f"own{i}"] = f"({key}) IS NOT DISTINCT FROM r.key"
    blank = made.column.dangling == "blank"
    lost = f"k{i} IS NULL AND f{i} IS NOT NULL" + (f" AND NOT own{i}" if other == entity else "")
    made.checks.append(
        Check(
            "reference_unknown", lost, f"f{i}", suggestion="''" if blank else "NULL", altered=blank
        )
    )


def _key(made: Cell) -> str:
    return made.select[f"k{made.number}"]


def _new_id(made: Cell, placed: dict[str, str]) -> str:
    """The new id of the record that is referred to, and checks that it is among those written."""
    i, reference = made.number, str(made.column.reference)
    made.joins.append(f"LEFT JOIN {placed[reference]} AS w{i} ON w{i}.key = {_key(made)}")
    made.select[f"state{i}"] = f"w{i}.state"
    blank = made.column.dangling == "blank"
    for state in ("rejected", "left_out"):
        where = f"state{i} = '{state}'"
        empty = "''" if blank else "NULL"
        rule = f"reference_{state}"
        limit = literal(reference)
        made.checks.append(Check(rule, where, f"f{i}", limit, empty, altered=blank))
    return f"CASE WHEN w{i}.state = 'accepted' THEN w{i}.new_id END"


def _finish(made: Cell) -> None:
    """What a blank cell becomes, and whether one may stay blank."""
    i, column = made.number, made.column
    if column.default is not None:
        text = made.select[f"t{i}"]
        made.select[f"t{i}"] = f"coalesce({text}, {literal(column.default)})"
    if column.required or column.id:
        told = " AND ".join(f"NOT ({check.where})" for check in made.checks if not check.altered)
        where = f"t{i} IS NULL" + (f" AND coalesce({told}, true)" if told else "")
        made.checks.append(Check("required", where, made.source))
