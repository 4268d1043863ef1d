"""Leads handed to field sales and cases escalated to the second tier."""

import numpy as np
import pandas as pd

from crm_core.sample.calendar import office
from crm_core.sample.staff import someone
from crm_core.sample.world import Array, World, among, numbered

LEAD_HANDOFFS = 1_500
ESCALATIONS = 600
AGAIN = 0.05  # of the handoffs nobody took up: handed on once more


def _hours(dice: np.random.Generator, median: Array | float, count: int) -> Array:
    """Skewed waiting times in whole minutes."""
    hours = np.exp(dice.normal(np.log(median), 0.9, count))
    return np.asarray((hours * 60).astype("timedelta64[m]"))


def _teams(crew: pd.DataFrame, rows: pd.DataFrame) -> None:
    team = crew.set_index("person_id")["team"]
    rows["from_team"] = rows["from_id"].map(team)
    rows["to_team"] = rows["to_id"].map(team)


def lead_handoffs(world: World, prospects: pd.DataFrame, crew: pd.DataFrame) -> pd.DataFrame:
    """One row per handoff of a qualified lead, sorted by handed_at.

    accepted_at and next_step_at are NaT where nobody took it up; owners who have left or are
    away take up almost nothing. A few of those were handed on to a colleague later.
    """
    dice = world.dice("lead handoffs")
    ready = prospects[prospects["qualified_at"].notna() & (prospects["region"] != "海外")]
    count = min(round(world.count(LEAD_HANDOFFS) / (1 + AGAIN)), len(ready))
    rows = ready.iloc[np.sort(dice.choice(len(ready), count, replace=False))]
    rows = rows[["lead_id", "owner_id", "region", "qualified_at"]].reset_index(drop=True)
    marketing = dice.random(count) < 0.18
    rows["from_id"] = rows["owner_id"].where(~marketing, someone(dice, crew, "marketing", count))
    rows["to_id"] = _receivers(dice, rows, crew)
    rows["handed_at"] = office(dice, rows["qualified_at"].to_numpy() + _hours(dice, 3, count))
    rows = pd.concat([rows, _again(dice, rows, crew)], ignore_index=True)
    rows = rows[rows["handed_at"] <= pd.Timestamp(world.end)]
    rows = rows.sort_values("handed_at", kind="stable", ignore_index=True)
    _taken_up(world, dice, rows, crew)
    rows["context"] = np.where(
        dice.random(len(rows)) < 0.3, "", among(dice, world.words["lead_notes"], len(rows))
    )
    _teams(crew, rows)
    rows.insert(0, "handoff_id", numbered("JJ", len(rows), 5))
    return rows


def _receivers(dice: np.random.Generator, rows: pd.DataFrame, crew: pd.DataFrame) -> Array:
    """Somebody of the region's field team."""
    chosen = np.empty(len(rows), dtype=object)
    for region, team in crew[crew["kind"] == "field"].groupby("region"):
        here = (rows["region"] == region).to_numpy()
        chosen[here] = among(dice, team["person_id"], int(here.sum()))
    return chosen


def _again(dice: np.random.Generator, rows: pd.DataFrame, crew: pd.DataFrame) -> pd.DataFrame:
    more = rows.iloc[np.sort(dice.choice(len(rows), round(len(rows) * AGAIN), replace=False))]
    handed = office(dice, more["handed_at"].to_numpy() + _hours(dice, 70, len(more)))
    return more.assign(from_id=more["to_id"], to_id=_receivers(dice, more, crew), handed_at=handed)


def _taken_up(
    world: World, dice: np.random.Generator, rows: pd.DataFrame, crew: pd.DataFrame
) -> None:
    count = len(rows)
    person = crew.set_index("person_id")
    handed = rows["handed_at"].to_numpy()
    gone = ~rows["to_id"].map(person["active"]).to_numpy(dtype=bool)
    recent = handed > world.end - np.timedelta64(120, "D")
    away = handed >= rows["to_id"].map(person["absent_from"]).to_numpy()
    passed_on = rows.duplicated("lead_id", keep="last").to_numpy()
    chance = np.where((gone & recent) | away | passed_on, 0.05, 0.93)
    accepted = office(dice, handed + _hours(dice, 6, count))
    taken = (dice.random(count) < chance) & (accepted <= world.end)
    step = office(dice, accepted + _hours(dice, 24, count))
    done = taken & (dice.random(count) < 0.9) & (step <= world.end)
    rows["accepted_at"] = np.where(taken, accepted, np.datetime64("NaT"))
    rows["next_step_at"] = np.where(done, step, np.datetime64("NaT"))


def escalations(world: World, requests: pd.DataFrame, crew: pd.DataFrame) -> pd.DataFrame:
    """One row per case that went from the first to the second tier, sorted by handed_at.

    `context` is what went along; a part went along cold, without a word.
    """
    dice = world.dice("escalations")
    second = requests[requests["tier"] == "二线"]
    count = min(world.count(ESCALATIONS), len(second))
    rows = second.iloc[np.sort(dice.choice(len(second), count, replace=False))]
    rows = rows[["case_id", "agent", "owner_id", "opened_at", "closed_at"]]
    rows = rows.rename(columns={"agent": "from_id", "owner_id": "to_id"})
    ends = rows["closed_at"].fillna(pd.Timestamp(world.end)).to_numpy()
    handed = office(dice, rows["opened_at"].to_numpy() + _hours(dice, 1.5, count))
    accepted = office(dice, handed + _hours(dice, 0.8, count))
    step = office(dice, accepted + _hours(dice, 4, count))
    rows["handed_at"] = np.minimum(handed, ends)
    waits = rows["closed_at"].isna().to_numpy() & (dice.random(count) < 0.4)
    rows["accepted_at"] = np.where(waits, np.datetime64("NaT"), np.minimum(accepted, ends))
    no_step = waits | (dice.random(count) < 0.06)
    rows["next_step_at"] = np.where(no_step, np.datetime64("NaT"), np.minimum(step, ends))
    rows["context"] = _contexts(world, dice, count)
    _teams(crew, rows)
    rows = rows.sort_values("handed_at", kind="stable", ignore_index=True)
    rows.insert(0, "handoff_id", numbered("ES", count, 5))
    return rows


def _contexts(world: World, dice: np.random.Generator, count: int) -> Array:
    """Between nothing and everything that the second tier needs to know."""
    parts = np.array(world.words["context_parts"], dtype=object)
    told = dice.random((count, len(parts))) < dice.choice([0.0, 0.4, 0.85], (count, 1))
    return np.array(["；".join(parts[row]) for row in told], dtype=object)
