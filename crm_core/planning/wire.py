"""A request to plan and its answer as JSON: between processes, and as a plan is kept."""

import json
import threading
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import TypeAdapter

from crm_core.domain.planning.model import Programme
from crm_core.planning.build import Objective
from crm_core.planning.conflicts import conflict
from crm_core.planning.explain import reasons, tightened
from crm_core.planning.slack import critical, slack
from crm_core.planning.solve import Solved, objective_of, solve


@dataclass(frozen=True)
class Request:
    """What is to be planned, for what, and for how long the search may go on."""

    programme: Programme
    objective: Objective
    seconds: float


_REQUEST = TypeAdapter(Request)


def written(request: Request) -> str:
    """The request as JSON; the same request is the same text, whatever order its sets have."""
    return json.dumps(asdict(request), default=sorted, ensure_ascii=False, sort_keys=True)


def requested(text: str) -> Request:
    """The request that the text says."""
    return _REQUEST.validate_json(text)


def answered(
    request: Request,
    tell: Callable[[Mapping[str, Any]], None],
    stopping: threading.Event | None = None,
) -> dict[str, Any]:
    """The answer: status, objective, bound, items with their reasons, and what is in conflict.

    `tell` hears of each better plan on the way; `stopping` ends the search, and that for
    what is in conflict, with what was found so far.
    """
    programme, objective = request.programme, request.objective
    solved = solve(programme, objective, request.seconds, lambda one: tell(asdict(one)), stopping)
    answer = _said(programme, objective, solved)
    if solved.status == "infeasible":
        found = conflict(programme, objective, request.seconds, stopping)
        answer["conflicts"] = [
            {**one.constraint._asdict(), "without": _short(one.plan)} for one in found
        ]
    return answer


def _said(programme: Programme, objective: Objective, solved: Solved) -> dict[str, Any]:
    has_plan = solved.status in ("optimal", "feasible")
    plan = tightened(programme, solved.spans, objective) if has_plan else {}
    why = reasons(programme, plan, objective) if has_plan else {}
    later, held = slack(programme, plan), critical(programme, plan)
    return _short(solved) | {
        "objective": objective_of(programme, objective, plan) if has_plan else None,
        "is_repeatable": solved.is_repeatable,
        "finish": max((end for _, end in plan.values()), default=0) if has_plan else None,
        "items": [
            {
                "id": one.id,
                "start": plan[one.id][0] if one.id in plan else None,
                "end": plan[one.id][1] if one.id in plan else None,
                "slack": later.get(one.id),
                "critical": one.id in held,
                "reason": {"code": why[one.id].code, "params": dict(why[one.id].params)},
            }
            for one in programme.initiatives
            if has_plan
        ],
        "conflicts": [],
    }


def _short(solved: Solved) -> dict[str, Any]:
    finish = max((end for _, end in solved.spans.values()), default=None)
    return {
        "status": solved.status,
        "objective": solved.objective,
        "bound": solved.bound,
        "finish": finish,
    }
