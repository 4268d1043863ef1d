"""Calls, mails, visits, meetings, tasks and notes around leads, deals, cases and customers."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from crm_core.sample.calendar import moment, workday
from crm_core.sample.world import Array, World, among, draw, numbered

ACTIVITIES = 30_000
PARTS = {"opportunity": 0.58, "lead": 0.2, "case": 0.14, "customer": 0.08}
KINDS = {"电话": 0.34, "邮件": 0.26, "拜访": 0.12, "会议": 0.08, "任务": 0.12, "备注": 0.08}
IDS = ["customer_id", "lead_id", "opportunity_id", "case_id"]


def activities(
    world: World,
    buyers: pd.DataFrame,
    prospects: pd.DataFrame,
    deals: pd.DataFrame,
    requests: pd.DataFrame,
) -> pd.DataFrame:
    """One row per activity, sorted by happened_at, linked to a deal, lead, case or customer.

    Deals that were typed in at closing have none; some sellers note much less than others.
    Tasks carry due_at and, when they are done, done_at.
    """
    dice = world.dice("activities")
    count = world.count(ACTIVITIES)
    begun = deals[~deals["late"]].rename(columns={"created_at": "from", "closed_at": "to"})
    called = prospects.assign(to=prospects["created_at"] + pd.Timedelta(days=25))
    called = called.rename(columns={"created_at": "from"})
    asked = requests.rename(columns={"opened_at": "from", "closed_at": "to"})
    served = buyers.rename(columns={"created_at": "from", "left_at": "to"})
    rows = pd.concat(
        _around(world, dice, table, kind, round(count * share))
        for table, (kind, share) in zip((begun, called, asked, served), PARTS.items(), strict=True)
    )
    rows = rows.sort_values("happened_at", kind="stable", ignore_index=True)
    rows.insert(0, "activity_id", numbered("", len(rows), 7, first=40))
    rows[IDS] = rows[IDS].fillna("")
    _tasks(world, dice, rows)
    return rows


def _diligence(dice: np.random.Generator, owners: Sequence[object] | Array) -> Array:
    """How much each owner notes down: most do, a few have gone back to the old way."""
    names, who = np.unique(np.asarray(owners, dtype=object), return_inverse=True)
    habit = np.where(dice.random(len(names)) < 0.15, 0.08, dice.uniform(0.7, 1.3, len(names)))
    return np.asarray(habit[who])


def _around(
    world: World, dice: np.random.Generator, table: pd.DataFrame, kind: str, count: int
) -> pd.DataFrame:
    """Activities between a row's beginning and its end, more at the beginning."""
    weights = np.cumsum(_diligence(dice, table["owner_id"].to_numpy(dtype=object)))
    chosen = np.searchsorted(weights, dice.random(count) * weights[-1])
    rows = table.iloc[chosen].reset_index(drop=True)
    begin = rows["from"].to_numpy().astype("datetime64[D]")
    begin = np.maximum(begin, world.calendar.start)
    end = rows["to"].fillna(pd.Timestamp(world.until)).to_numpy().astype("datetime64[D]")
    end = np.clip(end, begin, np.datetime64(world.until, "D"))
    span = (end - begin).astype(float) * dice.beta(0.9, 1.4, count)
    day = workday(begin + span.astype("timedelta64[D]"), "backward")
    day = np.maximum(day, begin)
    rows["happened_at"] = np.maximum(moment(dice, day), rows["from"].to_numpy())
    rows["kind"] = draw(dice, KINDS, count)
    rows["subject"] = among(dice, world.words["activity_subjects"][kind], count)
    links = [name for name in IDS if name in rows.columns]
    kept: pd.DataFrame = rows.loc[:, [*links, "owner_id", "happened_at", "kind", "subject"]]
    return kept


def _tasks(world: World, dice: np.random.Generator, rows: pd.DataFrame) -> None:
    task = (rows["kind"] == "任务").to_numpy()
    day = rows["happened_at"].to_numpy().astype("datetime64[D]")
    due = day + dice.integers(1, 15, len(rows))
    done = moment(dice, due + np.round(dice.normal(-0.5, 2.0, len(rows))).astype(int))
    done = np.maximum(done, rows["happened_at"].to_numpy())
    open_still = ~task | (done > world.end) | (dice.random(len(rows)) < 0.07)
    none = np.datetime64("NaT")
    rows["due_at"] = np.where(task, due.astype("datetime64[s]"), none)
    rows["done_at"] = np.where(open_still, none, done.astype("datetime64[s]"))
