"""Making a plan: in a process of its own, then kept with all that it was made from."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import IO, Any

import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.planning.build import Objective
from crm_core.planning.wire import Request, written
from crm_core.services.clock import Clock, utc_now
from crm_core.services.planning import plans
from crm_core.services.planning.plans import Plan
from crm_core.services.planning.reading import read
from crm_core.store import Store

USUAL_SECONDS, MOST_SECONDS = 30.0, 3600.0
_PROJECT = Path(__file__).resolve().parents[3]


def plan(
    store: Store,
    actor: Actor,
    today: date,
    *,
    scenario: str = "",
    objective: Objective = "value",
    seconds: float = USUAL_SECONDS,
    tell: Callable[[Mapping[str, Any]], None] = lambda _: None,
    stop: threading.Event | None = None,
    clock: Clock = utc_now,
) -> Plan:
    """Make a plan of a scenario, by its id or title, and keep it under its id; of the registers as
    they stand where there is no such scenario, kept under the name as it is. `tell` hears of each
    better plan on the way, and `stop` ends the search with the best so far.

    Refused: plan_seconds; plan_value; plan_nothing; planner_failed.
    """
    if not 0 < seconds <= MOST_SECONDS:
        raise Refused("plan_seconds", value=seconds, limit=int(MOST_SECONDS))
    with store.snapshot() as cursor:
        found = read(cursor, today, scenario=scenario, is_whole=objective == "finish")
    if not found.programme.initiatives:
        raise Refused("plan_nothing")
    request = written(Request(found.programme, objective, seconds))
    said = _ask_child(request, tell, stop)
    kept_as = found.scenario or scenario.strip()
    with store.change(actor, "plan.make", area=plans.AREA, subject=kept_as or None) as change:
        change.detail = {"objective": objective, "status": said["status"]}
        plan_id = plans.put(change, found, kept_as, clock(), request, said)
    return plans.whole(store, actor, plan_id)


def answer(request: Request) -> dict[str, Any]:
    """What the planner says, of which nothing is kept. Refused("planner_failed")."""
    return _ask_child(written(request), lambda _: None, None)


def _ask_child(
    request: str, tell: Callable[[Mapping[str, Any]], None], stop: threading.Event | None
) -> dict[str, Any]:
    search = os.pathsep.join(filter(None, (str(_PROJECT), os.environ.get("PYTHONPATH"))))
    child = subprocess.Popen(
        [sys.executable, "-m", "crm_core.planning"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": search, "PYTHONUTF8": "1"},
        text=True,
        encoding="utf-8",
    )
    try:
        return _heard(child, request, tell, stop)
    finally:
        child.kill()
        child.wait()


def _heard(
    child: "subprocess.Popen[str]",
    request: str,
    tell: Callable[[Mapping[str, Any]], None],
    stop: threading.Event | None,
) -> dict[str, Any]:
    assert child.stdin is not None
    assert child.stdout is not None
    _write(child.stdin, request)
    threading.Thread(target=_stop, args=(child, child.stdin, stop), daemon=True).start()
    for line in child.stdout:
        said = simplejson.loads(line)
        if "answer" in said:
            answer: dict[str, Any] = said["answer"]
            return answer
        tell(said["progress"])
    raise Refused("planner_failed")


def _stop(child: "subprocess.Popen[str]", stdin: IO[str], stop: threading.Event | None) -> None:
    """Tell the child to answer with what it has, once the reader wants it to stop."""
    while stop and child.poll() is None:
        if stop.wait(0.2):
            _write(stdin, "stop")
            return


def _write(stdin: IO[str], line: str) -> None:
    with suppress(OSError):  # it ended: what it said before that is read
        stdin.write(line + "\n")
        stdin.flush()
