"""How a value is written as the type of the target's column, and what does not fit that type."""

from collections.abc import Iterator

from crm_core.domain.entities import Kind
from crm_core.domain.target import Column, Format
from crm_core.reference import booleans
from crm_core.services.migration.cell import Cell, Check
from crm_core.services.migration.sql import literal, literals

NUMBER = "DECIMAL(38, 10)"
_NUMBERS = (Kind.MONEY, Kind.NUMBER, Kind.INTEGER)
_WRITTEN_NUMBER = r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,10})?"


def typed(made: Cell, raw: str, kind: Kind | None, form: Format) -> None:
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
    made.checks += _range(column, f"n{i}", source)
    made.select[f"t{i}"] = _marked(text, form)


def _range(column: Column, number: str, source: str) -> Iterator[Check]:
    least, most = column.least, column.most
    limit = literal(f"{'' if least is None else least} … {'' if most is None else most}".strip())
    for beyond, bound in (("<", least), (">", most)):
        if bound is not None:
            yield Check("range", f"{number} {beyond} {bound}::{NUMBER}", source, limit)


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
