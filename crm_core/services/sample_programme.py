"""The sample company's registers, filled in as a programme has them ten months in."""

from datetime import date, datetime

from crm_core.domain.actor import Actor
from crm_core.domain.flags import REGISTER, RULES
from crm_core.sample import UNTIL, programme
from crm_core.services import flags, registers, settings
from crm_core.services.registers import Write
from crm_core.store import Store


def fill(store: Store, actor: Actor, now: datetime, until: date = UNTIL) -> None:
    """Keep every row as people would have, read the goals and raise the flags as of a moment (UTC).

    `until` is the company's last day: the days of the rows are told from it, so that they do not
    depend on the day on which the store is made.
    """
    for key, value in (("home_currency", programme.CURRENCY), ("hour_cost", programme.HOUR_COST)):
        settings.write(store, actor, key, value)
    for name, items in programme.items(until).items():
        registers.write(store, actor, name, [Write(one.id, one.values) for one in items])
    for one in programme.limits():
        flags.choose(store, actor, one.rule, one.limits, one.reason)
    flags.keep_up(store, RULES, now)
    _answer(store, actor)


def _answer(store: Store, actor: Actor) -> None:
    """Write into the flags that rules raised what people do about them."""
    rows, _ = registers.listed(store, actor, REGISTER)
    raised = {(row.values.get("rule"), row.values.get("subject")): row for row in rows}
    writes = [
        Write(row.id, {**row.values, **one.values}, row.version)
        for one in programme.answers()
        if (row := raised.get((one.rule, one.subject)))
    ]
    registers.write(store, actor, REGISTER, writes)
