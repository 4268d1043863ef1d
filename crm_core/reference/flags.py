"""The rules that raise red flags: data/flags/{rule}.sql, each with a head that describes it."""

from functools import cache
from pathlib import Path

from crm_core.domain.flags import REGISTER, FlagRule
from crm_core.reference.lists import DATA
from crm_core.reference.registers import registers
from crm_core.reference.sql_files import split


@cache
def flag_rules() -> dict[str, FlagRule]:
    """Every rule by its id, in alphabetical order."""
    paths = sorted((DATA / "flags").glob("*.sql"))
    return {rule.id: rule for rule in map(_rule, paths)}


def _rule(path: Path) -> FlagRule:
    head, sql = split(path)
    rule = FlagRule.model_validate(head | {"id": path.stem, "sql": sql})
    for name in ("category", "severity"):
        if getattr(rule, name) not in registers()[REGISTER].field(name).options:
            raise ValueError(f"{path}: red flags have no such {name}")
    return rule
