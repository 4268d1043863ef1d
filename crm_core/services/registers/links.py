"""What refers to a row: the way back of every link."""

from dataclasses import dataclass

from crm_core.domain.actor import Actor
from crm_core.reference.registers import registers
from crm_core.services.registers.rows import known
from crm_core.store import Store


@dataclass(frozen=True)
class Reference:
    """A row that refers to another one, and by which of its fields."""

    register: str
    field: str
    id: str
    title: str


def referring(store: Store, _actor: Actor, name: str, key: str) -> list[Reference]:
    """The rows of every register that refer to this one. Refused("register_unknown")."""
    known(name)
    found = []
    with store.snapshot() as cursor:
        for register in registers().values():
            for field in register.fields:
                if field.of == name:
                    rows = cursor.execute(
                        f"SELECT id, title FROM programme.{register.name}"
                        f' WHERE list_contains("{field.name}", ?) ORDER BY length(id), id',
                        [key],
                    ).fetchall()
                    found += [Reference(register.name, field.name, *row) for row in rows]
    return found
