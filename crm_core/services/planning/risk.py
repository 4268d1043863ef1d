"""The risk of a plan that was kept."""

from crm_core.domain.actor import Actor
from crm_core.domain.planning import risk as planning_risk
from crm_core.domain.planning.risk import Risk
from crm_core.domain.problems import Refused
from crm_core.services.planning.plans import whole
from crm_core.store import Store


def risk(store: Store, actor: Actor, plan_id: int) -> Risk:
    """How probable the plan's dates, budgets and value are. It is worked out from what is kept with
    the plan, so that it is always the same.

    Refused: plan_unknown_plan; plan_nothing_in_it.
    """
    plan = whole(store, actor, plan_id)
    if not plan.spans:
        raise Refused("plan_nothing_in_it", id=plan_id)
    return planning_risk.risk(plan.programme, plan.spans)
