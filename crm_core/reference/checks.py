"""The cross-checks of registers: data/checks/{check}.sql, each with a head that describes it."""

from functools import cache

from crm_core.domain.checks import Check
from crm_core.reference.sql_files import described

_WORST_FIRST = ("high", "medium", "low")


@cache
def checks() -> dict[str, Check]:
    """Every check by its id, the gravest first."""
    found = described("checks", Check)
    return dict(sorted(found.items(), key=lambda one: _WORST_FIRST.index(one[1].severity)))
