"""One column of a target as SQL: what it reads, how it is written, and what the target refuses.

Of column number i the table of cells has `t<i>`, the text as the file gets it, and where that is
not what the source says `s<i>`; a number also stands in `n<i>`, a moment in `d<i>`.
"""

from dataclasses import dataclass, field

from crm_core.domain.entities import Kind
from crm_core.domain.target import Column, Format, Table
from crm_core.reference import booleans, entities
from crm_core.services.migration.records import Needed
from crm_core.services.migration.sql import literal, literals

NUMBER = "DECIMAL(38, 10)"
_NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER)
_WRITTEN_NUMBER = r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,10})?"


@dataclass(frozen=True)
class Check:
    """What the target refuses, or what is cut: SQL over the table of cells."""

    rule: str
    where: str
    value: str
    limit: str = "NULL"
    suggestion: str = "NULL"
    altered: bool = False
    """Whether the record is written all the same, with `suggestion`, and listed as altered."""


@dataclass
class Cell:
    """A column: `select` for the table of cells, `joins` it needs, its checks."""

    column: Column
    number: int
    select: dict[str, str] = field(default_factory=dict)
    joins: list[str] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text as the file gets it."""
        return f"t{self.number}"

    @property
    def source(self) -> str:
        """What the source says, as text."""
        name = f"s{self.number}"
        return name if name in self.select else self.text

    @property
    def amount(self) -> str | None:
        """The number, where it is a measure that can be summed."""
        return f"n{self.number}" if self.column.cells else None


def cell(table: Table, number: int, form: Format, needed: Needed, placed: dict[str, str]) -> Cell:
    """The column of that number; `placed`: table -> temporary table (key, new_id, state)."""
    made = Cell(table.columns[number], number)
    raw, kind = _raw(made, table, needed, placed)
    _typed(made, raw, kind, form)
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


def _typed(made: Cell, raw: str, kind: Kind | None, form: Format) -> None:
    match made.column.type:
        case "integer" | "decimal":
            _number(made, raw, kind, form)
        case "date" | "datetime":
            _moment(made, raw, kind, form)
        case "boolean":
            _yes_or_no(made, raw, kind, form)
        case _:
            _text(made, _written(raw, kind, form))


def _written(raw: str, kind: Kind | None, form: Format) -> str:
    """Any field as text."""
    if kind in _NUMBERS:
        return _marked(_shortest(f"({raw})::{NUMBER}"), form)
    if kind is Kind.DATE:
        at = f"({raw})::TIMESTAMP"
        day = f"strftime({at}, {literal(form.date)})"
        moment = f"strftime({at}, {literal(form.datetime)})"
        return f"CASE WHEN {at} = date_trunc('day', {at}) THEN {day} ELSE {moment} END"
    if kind is Kind.BOOLEAN:
        return _word_of(raw, form)
    return f"({raw})::VARCHAR"


def _shortest(number: str) -> str:
    """A DECIMAL without needless zeros."""
    return f"rtrim(rtrim(({number})::VARCHAR, '0'), '.')"


def _marked(text: str, form: Format) -> str:
    return text if form.decimal == "." else f"replace({text}, '.', {literal(form.decimal)})"


def _word_of(flag: str, form: Format) -> str:
    yes, no = form.boolean
    return f"CASE WHEN {flag} THEN {literal(yes)} WHEN NOT {flag} THEN {literal(no)} END"


def _text(made: Cell, raw: str) -> None:
    i, column = made.number, made.column
    text = raw
    if column.picklist is not None:
        text = _listed(made, raw)
    if column.length is not None and column.truncate:
        text = f"left({text}, {column.length})"
        _kept(made, raw)
        where = f"length(s{i}) > {column.length} AND t{i} IS NOT NULL"
        if column.picklist is None:
            made.checks.append(
                Check("length", where, f"s{i}", f"'{column.length}'", f"t{i}", altered=True)
            )
    elif column.length is not None:
        where = f"length(t{i}) > {column.length}"
        shorter = f"left(t{i}, {column.length})"
        made.checks.append(Check("length", where, f"t{i}", f"'{column.length}'", shorter))
    made.select[f"t{i}"] = text


def _kept(made: Cell, raw: str) -> None:
    """Keep what the source says beside what is written."""
    made.select[f"s{made.number}"] = raw


def _listed(made: Cell, raw: str) -> str:
    """The target's own value for what the source says."""
    i, column = made.number, made.column
    meant = {word.strip().lower(): theirs for theirs, ours in _words(column) for word in ours}
    rows = ", ".join(f"({literal(word)}, {literal(theirs)})" for word, theirs in meant.items())
    made.joins.append(
        f"LEFT JOIN (VALUES {rows}) AS l{i}(word, theirs) ON l{i}.word = lower(trim({raw}))"
    )
    _kept(made, raw)
    unknown = f"s{i} IS NOT NULL AND NOT known{i}"
    made.select[f"known{i}"] = f"l{i}.theirs IS NOT NULL"
    if column.other is None:
        made.checks.append(Check("picklist", unknown, f"s{i}"))
        return f"l{i}.theirs"
    made.checks.append(
        Check("picklist", unknown, f"s{i}", suggestion=literal(column.other), altered=True)
    )
    return f"coalesce(l{i}.theirs, CASE WHEN ({raw}) IS NOT NULL THEN {literal(column.other)} END)"


def _words(column: Column) -> list[tuple[str, tuple[str, ...]]]:
    """Value of the target -> every word that means it, its own last: ours come first."""
    listed = (column.picklist or {}).items()
    return [(theirs, (theirs,)) for theirs, _ in listed] + list(listed)


def _number(made: Cell, raw: str, kind: Kind | None, form: Format) -> None:
    i, column = made.number, made.column
    if kind in _NUMBERS:
        number = f"({raw})::{NUMBER}"
        source = _shortest(f"n{i}")
    else:
        _kept(made, f"({raw})::VARCHAR")
        source = f"s{i}"
        shaped = f"regexp_full_match(trim(s{i}), {literal(_WRITTEN_NUMBER)})"
        number = f"CASE WHEN {shaped} THEN TRY_CAST(replace(trim(s{i}), ',', '') AS {NUMBER}) END"
        made.checks.append(Check("number", f"s{i} IS NOT NULL AND n{i} IS NULL", f"s{i}"))
    made.select[f"n{i}"] = number
    scale = 0 if column.type == "integer" else column.scale
    rounded = f"n{i}" if scale is None else f"round(n{i}, {scale})::DECIMAL(38, {scale})"
    text = _shortest(rounded) if scale is None else f"({rounded})::VARCHAR"
    if scale is not None:
        cut = f"n{i} <> {rounded}"
        made.checks.append(
            Check("scale", cut, source, f"'{scale}'", f"({rounded})::VARCHAR", column.truncate)
        )
    if column.precision is not None:
        most = f"1{'0' * (column.precision - (scale or 0))}::{NUMBER}"
        if column.precision - (scale or 0) < 28:
            where = f"abs({rounded}) >= {most}"
            made.checks.append(Check("precision", where, source, f"'{column.precision}'"))
    made.select[f"t{i}"] = _marked(text, form)


def _moment(made: Cell, raw: str, kind: Kind | None, form: Format) -> None:
    i, column = made.number, made.column
    if kind is Kind.DATE:
        moment = f"({raw})::TIMESTAMP"
    else:
        _kept(made, f"({raw})::VARCHAR")
        moment = f"TRY_CAST(trim(s{i}) AS TIMESTAMP)"
        made.checks.append(Check("date", f"s{i} IS NOT NULL AND d{i} IS NULL", f"s{i}"))
    made.select[f"d{i}"] = moment
    shape = form.date if column.type == "date" else form.datetime
    made.select[f"t{i}"] = f"strftime(d{i}, {literal(shape)})"
    if column.type == "date":
        where = f"d{i} <> date_trunc('day', d{i})"
        made.checks.append(
            Check("time", where, f"d{i}::VARCHAR", suggestion=f"t{i}", altered=column.truncate)
        )


def _yes_or_no(made: Cell, raw: str, kind: Kind | None, form: Format) -> None:
    i = made.number
    flag = raw
    if kind is not Kind.BOOLEAN:
        _kept(made, f"({raw})::VARCHAR")
        word = f"lower(trim(s{i}))"
        meant = (
            f"WHEN list_contains({literals(_said(answer))}, {word}) THEN {answer}"
            for answer in (True, False)
        )
        flag = f"(CASE {' '.join(meant)} END)"
        made.select[f"b{i}"] = flag
        made.checks.append(Check("boolean", f"s{i} IS NOT NULL AND b{i} IS NULL", f"s{i}"))
    made.select[f"t{i}"] = _word_of(flag, form)


def _said(answer: bool) -> list[str]:
    return [word for word, means in booleans().items() if means is answer]


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
