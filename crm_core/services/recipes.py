"""Mappings kept for the next file of the same kind: YAML, beside the store."""

import logging
from collections.abc import Sequence
from pathlib import Path

from crm_core.domain.actor import Actor
from crm_core.domain.plan import TablePlan
from crm_core.domain.problems import Refused
from crm_core.pipeline import recipe
from crm_core.store import Store

log = logging.getLogger(__name__)

load = recipe.load


def save(plans: Sequence[TablePlan], path: Path) -> None:
    """Write a recipe; a column that nobody was sure of stays a question in it."""
    recipe.save([_settled(plan) for plan in plans if plan.entity], path)


def _settled(plan: TablePlan) -> TablePlan:
    columns = [
        column if column.sure else column.model_copy(update={"field": None, "entity": None})
        for column in plan.columns
    ]
    return plan.model_copy(update={"columns": columns})


def folder(store: Store) -> Path:
    """Where a store's recipes lie."""
    return store.path.with_name(store.path.name + ".recipes")


def kept(store: Store) -> list[TablePlan]:
    """Every mapping kept beside the store, the newest first.

    A file that is no recipe any more is left out: it must not stop an import.
    """
    return [plan for plans in named(store).values() for plan in plans]


def named(store: Store) -> dict[str, list[TablePlan]]:
    """The same by the name of the file that each stands in."""
    found: dict[str, list[TablePlan]] = {}
    for path in sorted(folder(store).glob("*.yaml"), key=lambda p: -p.stat().st_mtime):
        try:
            found[path.name] = recipe.load(path)
        except Refused as refusal:
            log.warning("recipe left out: %s", refusal)
    return found


def keep(store: Store, _actor: Actor, plan: TablePlan) -> Path:
    """Keep the mapping of a table for the next one with the same headers; the file written."""
    folder(store).mkdir(parents=True, exist_ok=True)
    path = folder(store) / f"{plan.entity}-{recipe.fingerprint(plan)}.yaml"
    save([plan], path)
    return path
