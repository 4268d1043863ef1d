"""What can go wrong with the roadmap."""

from crm_core.i18n.catalogue import mark

PLANNING: dict[str, str] = {
    "plan_dependency": mark("{value} says nothing to wait for. Write it as IN-1, or as IN-2 SS+2."),
    "plan_unknown": mark("There is no initiative {value} to wait for. Add it first."),
    "plan_itself": mark("{value} cannot wait for itself."),
    "plan_circle": mark("These wait for each other in a circle: {value}. Take one link out."),
    "plan_amount": mark("{value} says no amount. Write it as integration: 0.5."),
    "plan_period": mark("{value} is no period. Write a day as 2026-03-31, or a period's number."),
    "plan_least": mark(
        "The shortest duration, {value}, is longer than the usual one, {usual}. Make it {usual} "
        "or less."
    ),
    "plan_most": mark(
        "The longest duration, {value}, is shorter than the usual one, {usual}. Make it {usual} "
        "or more."
    ),
    "plan_form": mark("{path}: a plan can be written as {known}. Choose one of these endings."),
    "plan_nothing_in_it": mark("Nothing lies in plan {id}, so there is nothing to work out."),
    "plan_start": mark("{value} says no start. Write it as IN-3: 2027-04-01."),
    "plan_unknown_plan": mark("There is no plan {id}."),
    "plan_not_one": mark("Plan {id} found nothing that fits. Only a plan can be agreed."),
    "plan_reason": mark("Say why this plan is agreed."),
    "plan_value": mark(
        "{id}: {field} says {value}, which cannot be read. Mend it in the register."
    ),
    "plan_seconds": mark("{value} is no time to search: from above 0 to {limit} seconds."),
    "plan_window": mark(
        "This forbids all work from {first} to {last}, which is all that the roadmap looks at. "
        "Name what it touches, or shorten it."
    ),
    "plan_running": mark("A plan of this scenario is being made. Wait for it, or stop it."),
    "plan_nothing": mark(
        "No initiative is open, so there is nothing to plan. Add initiatives first."
    ),
    "plan_agreed": mark(
        "Somebody else agreed a plan meanwhile. Nothing was changed; look at the roadmap again, "
        "then decide."
    ),
    "plan_moved": mark(
        "Somebody else moved {title} meanwhile. Nothing was changed; look at it again, then decide."
    ),
    "gate_by": mark("Say who opens the gate. Nothing was changed."),
    "gate_not_open": mark("Nobody had opened this gate by hand. Nothing was changed."),
    "planner_failed": mark("The planner ended without an answer. Nothing was kept; try again."),
}
