"""Registers: lists that people keep (goals, pain points, applications), one mechanism for all."""

from crm_core.services.registers.history import (
    Conflict,
    Gone,
    Version,
    conflict,
    history,
    restore,
    taken_out,
)
from crm_core.services.registers.rows import Query, Row, answers, known, listed, people, row, table
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
    "Gone",
    "ItemRefused",
    "Query",
    "Row",
    "Version",
    "Write",
    "add",
    "answers",
    "bring_back",
    "change",
    "checked",
    "conflict",
    "history",
    "known",
    "listed",
    "people",
    "remove",
    "restore",
    "row",
    "table",
    "taken_out",
    "write",
]
