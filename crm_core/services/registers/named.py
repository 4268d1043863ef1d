"""Rows of a register by what people call them: their number, their title, what else they are."""

from crm_core.domain.actor import Actor
from crm_core.reference import plain_key
from crm_core.services.registers.rows import listed
from crm_core.store import Store

_OTHER = "also_called"
"""The field of other names, where a register has one."""


class Named:
    """The rows of a register, to be found by name. Refused("register_unknown")."""

    def __init__(self, store: Store, actor: Actor, register: str) -> None:
        rows, _ = listed(store, actor, register)
        self._ids = {row.id for row in rows}
        self._named: dict[str, set[str]] = {}
        for row in rows:
            other = row.values.get(_OTHER)
            others = other if isinstance(other, tuple) else ()
            for name in (row.id, str(row.values.get("title")), *others):
                self._named.setdefault(plain_key(name), set()).add(row.id)

    def id(self, name: str) -> str | None:
        """The number of the one row that is called so; None where there is none, or several."""
        if name in self._ids:
            return name
        found = self._named.get(plain_key(name), set())
        return next(iter(found)) if len(found) == 1 else None
