"""The rules that raise red flags: data/flags/{rule}.sql, each with a head that describes it."""

from functools import cache

from crm_core.domain.flags import REGISTER, FlagRule
from crm_core.reference.registers import registers
from crm_core.reference.sql_files import described


@cache
def flag_rules() -> dict[str, FlagRule]:
    """Every rule by its id, in alphabetical order."""
    rules = described("flags", FlagRule)
    for rule in rules.values():
        for name in ("category", "severity"):
            if getattr(rule, name) not in registers()[REGISTER].field(name).options:
                raise ValueError(f"{rule.id}: red flags have no such {name}")
    return rules
