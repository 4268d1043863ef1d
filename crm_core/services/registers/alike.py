"""Lines of a file that have no number, but the title of exactly one row that is there."""

from collections import Counter
from collections.abc import Mapping, Sequence

from crm_core.domain.registers import Register, RegisterField
from crm_core.reference import plain_key
from crm_core.services.registers.named import Named
from crm_core.services.registers.rows import Row
from crm_core.services.registers.values import read

Said = Mapping[str, str]
"""A line of a file: field, or `id`, -> its cell."""
_OWN = ("title", "owner")


def alike(
    register: Register, rows: Sequence[Row], lines: Sequence[Said], named: Mapping[str, Named]
) -> dict[int, Row]:
    """Position of a line -> the row that it is taken to be.

    What must be said of a row, or parts the list (team, department), says otherwise where both say
    it and differ; so does another line that is or names the same row. `named` finds the rows that
    a field that links calls by name.
    """
    title = register.titled_by if any(register.titled_by in said for said in lines) else "title"
    told = [one for one in register.fields if _tells(one) and one.name not in (*_OWN, title)]
    titled: dict[str, list[Row]] = {}
    for row in rows:
        titled.setdefault(plain_key(str(row.values.get(title or ""))), []).append(row)

    def row_of(said: Said) -> Row | None:
        key = plain_key(said.get(title or "", ""))
        fits = [row for row in titled.get(key, []) if _agree(told, said, row, named)]
        return fits[0] if key and len(fits) == 1 and not said.get("id", "").strip() else None

    found = {at: one for at, said in enumerate(lines) if (one := row_of(said))}
    claimed = Counter(row.id for row in found.values())
    claimed.update(said["id"].strip() for said in lines if "id" in said)
    return {at: row for at, row in found.items() if claimed[row.id] == 1}


def _tells(field: RegisterField) -> bool:
    return field.required or field.filtered


def _agree(told: Sequence[RegisterField], said: Said, row: Row, named: Mapping[str, Named]) -> bool:
    """Whether nothing that tells rows apart differs between the line and the row."""
    for field in told:
        value = read(field, said.get(field.name, ""))
        if isinstance(value, tuple) and field.name in named:
            value = tuple(named[field.name].id(one) or one for one in value)
        held = row.values.get(field.name)
        if value is not None and held is not None and _key(value) != _key(held):
            return False
    return True


def _key(value: object) -> object:
    return plain_key(value) if isinstance(value, str) else value
