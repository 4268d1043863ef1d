"""What a column's cells look like, and as what it is measured: text, number, day or flag."""

from collections.abc import Iterable

import duckdb

from crm_core.services.profile.asking import one_row
from crm_core.services.profile.shape import Form

Formed = tuple[Form, dict[str, float]]
"""What a column is measured as, and form -> share of its cells."""

_MOSTLY = 0.9
"""Text that is a number (or a day) in at least this share of its cells is measured as such."""
_NUMBER = r"[-+]?[¥$€£]?\d{1,3}(,?\d{3})*(\.\d+)?%?|[-+]?\d+(\.\d+)?([eE][-+]?\d+)?"
_DATE = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?([ T].*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}([ T].*)?"
_AS_NUMBER = "TRY_CAST(regexp_replace({}, '[,¥$€£%]', '', 'g') AS DOUBLE)"
_WITHIN = (
    "CASE WHEN {0} > '9999-12-31' THEN TIMESTAMP '9999-12-31' WHEN {0} < '0001-01-01'"
    " THEN TIMESTAMP '0001-01-01' ELSE {0} END"
)
"""A store knows days that Python does not."""
_AS_DATE = "TRY_CAST(regexp_replace({}, '[/年月.]', '-', 'g').replace('日', '') AS TIMESTAMP)"


def forms_of(
    cursor: duckdb.DuckDBPyConnection, names: Iterable[str], texts: set[str]
) -> dict[str, Formed]:
    """Column of the table `looked` -> what it looks like; those in `texts` stay texts."""
    types = {row[0]: str(row[1]) for row in cursor.execute("DESCRIBE looked").fetchall()}
    found: dict[str, Formed] = {}
    for name in names:
        if types[name] != "VARCHAR":
            form = _form_of_type(types[name])
            found[name] = form, {form: 1.0}
            continue
        cells, numbers, days = one_row(
            cursor,
            f"SELECT count({name}), count(*) FILTER (WHERE regexp_full_match(trim({name}), $n)),"
            f" count(*) FILTER (WHERE regexp_full_match(trim({name}), $d)) FROM looked",
            {"n": _NUMBER, "d": _DATE},
        )
        shares = {"number": numbers, "date": days, "text": cells - numbers - days}
        mix = {form: count / cells for form, count in shares.items() if count > 0}
        most: Form = "text"
        if name not in texts and mix.get("number", 0) >= _MOSTLY:
            most = "number"
        elif name not in texts and mix.get("date", 0) >= _MOSTLY:
            most = "date"
        found[name] = most, mix
    return found


def _form_of_type(kind: str) -> Form:
    if kind == "BOOLEAN":
        return "flag"
    return "date" if kind.startswith(("DATE", "TIMESTAMP")) else "number"


def measured(place: str, form: Form, text: bool) -> str:
    """SQL of a column as what it is measured as."""
    if form == "number":
        return _AS_NUMBER.format(place) if text else f"{place}::DOUBLE"
    if form == "date":
        return _WITHIN.format(_AS_DATE.format(place) if text else f"{place}::TIMESTAMP")
    return f"{place}::VARCHAR"
