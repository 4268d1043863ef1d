"""What a form offers where a goal is to be measured by the data."""

from dataclasses import dataclass

from crm_core.domain.actor import Actor
from crm_core.services.registers.measures import columns
from crm_core.store import Store

_MOST = 50
# The values that rows of metrics are told by most often; others are typed.
_ROWS = f"""
WITH told AS (
    SELECT 'segment=' || segment AS said FROM crm.customer WHERE segment IS NOT NULL
    UNION ALL SELECT 'segment=' || segment FROM crm.opportunity WHERE segment IS NOT NULL
    UNION ALL SELECT 'currency=' || currency FROM crm.opportunity WHERE currency IS NOT NULL
    UNION ALL SELECT 'currency=' || currency FROM crm.sale WHERE currency IS NOT NULL
    UNION ALL SELECT 'team=' || team FROM staging.owner WHERE team IS NOT NULL
)
SELECT said FROM told GROUP BY said ORDER BY count(*) DESC, said LIMIT {_MOST}
"""


@dataclass(frozen=True)
class Offered:
    """What a goal's field `metric` may say, and its field `metric_rows`."""

    metrics: tuple[str, ...]
    rows: tuple[str, ...]


def offered(store: Store, _actor: Actor) -> Offered:
    """What there is to choose from."""
    found = columns()
    choices = {
        f"{parameter.name}={choice}": None
        for spec, _ in found.values()
        for parameter in spec.parameters
        for choice in parameter.choices
    }
    with store.read() as cursor:
        rows = [said for (said,) in cursor.execute(_ROWS).fetchall()]
    return Offered(tuple(found), (*rows, *choices))
