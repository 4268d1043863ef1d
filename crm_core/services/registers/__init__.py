"""Registers: lists that people keep (goals, pain points, applications), one mechanism for all."""

from crm_core.services.registers.history import (
    Conflict,
    Version,
    conflict,
    history,
    restore,
)
from crm_core.services.registers.rows import Query, Row, known, listed, row, table
from crm_core.services.registers.save import (
    ItemRefused,
    Write,
    add,
    bring_back,
    change,
    checked,
    remove,
    write,
)

__all__ = [
    "Conflict",
    "ItemRefused",
    "Query",
    "Row",
    "Version",
    "Write",
    "add",
    "bring_back",
    "change",
    "checked",
    "conflict",
    "history",
    "known",
    "listed",
    "remove",
    "restore",
    "row",
    "table",
    "write",
]
