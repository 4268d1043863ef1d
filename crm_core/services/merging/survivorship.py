"""Which of merged records' values is shown, field by field."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from crm_core import metrics
from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.pipeline.rows import TECHNICAL, columns_of
from crm_core.services import settings
from crm_core.services.merging.merge import AREA
from crm_core.services.merging.records import check
from crm_core.store import Store

KEY = "survivorship"
RULES = ("newest", "longest", "source")


@dataclass(frozen=True)
class Survivorship:
    """`rules`: entity -> field -> one of RULES; a field without one shows the first filled cell.

    What others were merged into comes first. `sources`: the best first, each a file's name with #
    for the numbers in it, as in crm_export_#.csv.
    """

    rules: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sources: tuple[str, ...] = ()


def read(store: Store, actor: Actor) -> Survivorship:
    """The rules in force."""
    held = settings.read(store, actor).get(KEY, {})
    return Survivorship(held.get("rules", {}), tuple(held.get("sources", ())))


def choose(store: Store, actor: Actor, chosen: Survivorship) -> None:
    """Set the rules; figures follow at once. Refused: entity_not_merged, setting_value."""
    before = asdict(read(store, actor))
    with store.change(actor, "setting.set", area=AREA, subject=KEY) as change:
        for entity, rules in chosen.rules.items():
            check(entity)
            fields = set(columns_of(change.cursor, entity)) - TECHNICAL
            for name, rule in rules.items():
                if name not in fields or rule not in RULES:
                    raise Refused("setting_value", key=f"{entity}.{name}", value=rule)
        value: dict[str, Any] = asdict(chosen)
        settings.put(change, KEY, value)
        metrics.refresh(change.cursor)
        change.detail = {"before": before, "after": value}


def sources(store: Store, _actor: Actor, entity: str) -> list[str]:
    """The sources that the entity's rows come from, as `Survivorship.sources` names them."""
    check(entity)
    with store.read() as cursor:
        rows = cursor.execute(
            r"SELECT DISTINCT regexp_replace(source_file, '\d+', '#', 'g') AS source"
            f" FROM crm.{entity} WHERE source_file IS NOT NULL ORDER BY source"
        ).fetchall()
    return [row[0] for row in rows]
