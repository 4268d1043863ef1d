"""What evaluators say: how much criteria weigh, and how well vendors meet them."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from crm_core.domain.actor import Actor
from crm_core.domain.choice import BEST_SCORE, MOST_TIMES
from crm_core.domain.problems import Refused
from crm_core.domain.registers import LONGEST
from crm_core.reports.cells import one_line, printable
from crm_core.store import Change, Store

AREA = "vendor"
MOST_POINTS = 100.0
LONGEST_NAME = 200
_TABLE = "programme.judgement"
Kind = Literal["points", "pair", "score"]
Key = tuple[str, str]
"""Criterion, and of a pair the other criterion, of a score the vendor; else ""."""
_RANGES: dict[Kind, tuple[float, float]] = {
    "points": (0.0, MOST_POINTS),
    "pair": (1 / MOST_TIMES, MOST_TIMES),
    "score": (0.0, BEST_SCORE),
}


@dataclass(frozen=True)
class Judgement:
    """What somebody says of one criterion, pair of criteria, or criterion of a vendor."""

    value: float
    """Points 0 … 100; how many times as important as the other, 1/9 … 9; score 0 … 10."""
    note: str = ""


Said = Mapping[Key, Judgement]


def judgements(store: Store, _actor: Actor) -> dict[str, dict[Kind, dict[Key, Judgement]]]:
    """Everything that was said, by evaluator and kind."""
    with store.read() as cursor:
        rows = cursor.execute(
            f"SELECT evaluator, kind, one, other, value, note FROM {_TABLE}"
            " ORDER BY lower(evaluator), one, other"
        ).fetchall()
    found: dict[str, dict[Kind, dict[Key, Judgement]]] = {}
    for evaluator, kind, one, other, value, note in rows:
        of_kind = found.setdefault(evaluator, {}).setdefault(kind, {})
        of_kind[one, other] = Judgement(value, note)
    return found


def weigh(
    store: Store,
    actor: Actor,
    evaluator: str,
    kind: Literal["points", "pair"],
    said: Said,
    seen: Said,
) -> None:
    """Keep how much criteria weigh to somebody, by points or by pairs, instead of what they said
    before in either way; `seen` is what the writer saw of that.

    The same again changes nothing. Refused: item_required for no name; judgement_value,
    judgement_unknown, judgement_itself; judgement_changed where it is another than was seen.
    """
    with store.change(actor, "judgement.weigh", area=AREA) as change:
        name = _named(change, evaluator)
        criteria = _ids(change, "criterion")
        for one, other in said:
            _require_row(one, criteria)
            if kind == "pair":
                _require_row(other, criteria)
                if one == other:
                    raise Refused("judgement_itself", id=one)
        condition = "evaluator = ? AND kind IN ('points', 'pair')"
        _replace(change, name, kind, said, seen, (condition, [name]))


def score(store: Store, actor: Actor, evaluator: str, vendor: str, said: Said, seen: Said) -> None:
    """Keep how well a vendor meets criteria in somebody's eyes. Refused as `weigh`."""
    with store.change(actor, "judgement.score", area=AREA, subject=vendor) as change:
        name = _named(change, evaluator)
        criteria = _ids(change, "criterion")
        _require_row(vendor, _ids(change, "vendor"))
        for one, other in said:
            _require_row(one, criteria)
            if other != vendor:
                raise Refused("judgement_unknown", id=other)
        condition = "evaluator = ? AND kind = 'score' AND other = ?"
        _replace(change, name, "score", said, seen, (condition, [name, vendor]))


def _replace(
    change: Change,
    evaluator: str,
    kind: Kind,
    said: Said,
    seen: Said,
    held: tuple[str, list[str]],
) -> None:
    condition, params = held
    rows = change.cursor.execute(
        f"SELECT kind, one, other, value, note FROM {_TABLE} WHERE {condition}", params
    ).fetchall()
    now = {(one, other): Judgement(value, note) for _, one, other, value, note in rows}
    clean = {key: _checked(kind, one) for key, one in said.items()}
    if clean == now and {row[0] for row in rows} <= {kind}:
        return
    if now != dict(seen):
        raise Refused("judgement_changed", name=evaluator)
    change.retire(_TABLE, condition, params)
    for (one, other), each in clean.items():
        change.cursor.execute(
            f"INSERT INTO {_TABLE} VALUES (?, ?, ?, ?, ?, ?, ?)",
            [evaluator, kind, one, other, each.value, each.note, change.change_id],
        )
    change.detail = {"evaluator": evaluator, "kind": kind, "rows": len(clean)}


def _checked(kind: Kind, said: Judgement) -> Judgement:
    least, most = _RANGES[kind]
    if not math.isfinite(said.value) or not least <= said.value <= most:
        shown = 0 if kind == "pair" else least
        raise Refused("judgement_value", value=said.value, least=shown, most=most)
    if len(said.note) > LONGEST:
        raise Refused("item_text", limit=LONGEST)
    return Judgement(float(said.value), printable(said.note).strip())


def as_known(known: Iterable[str], evaluator: str) -> str:
    """The evaluator's name as it was written first: names are told apart without case."""
    name = one_line(evaluator)
    return next((one for one in known if one.lower() == name.lower()), name)


def _named(change: Change, evaluator: str) -> str:
    rows = change.cursor.execute(f"SELECT DISTINCT evaluator FROM {_TABLE}").fetchall()
    name = as_known((known for (known,) in rows), evaluator)
    if not name:
        raise Refused("item_required")
    if len(name) > LONGEST_NAME:
        raise Refused("item_text", limit=LONGEST_NAME)
    return name


def _ids(change: Change, register: str) -> set[str]:
    return {
        key for (key,) in change.cursor.execute(f"SELECT id FROM programme.{register}").fetchall()
    }


def _require_row(key: str, known: set[str]) -> None:
    if key not in known:
        raise Refused("judgement_unknown", id=key)
