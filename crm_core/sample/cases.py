"""Requests for help at the service desk."""

import numpy as np
import pandas as pd

from crm_core.sample.calendar import moment, office
from crm_core.sample.customers import Buyers, demand
from crm_core.sample.staff import someone
from crm_core.sample.world import Array, World, among, draw, numbered

CASES = 5_000
SECOND_TIER = 0.17
HANGS = 0.08  # takes very long


def cases(world: World, buyers: pd.DataFrame, crew: pd.DataFrame) -> pd.DataFrame:
    """One row per case, sorted by opened_at; `buyer` is a position in the customers' table.

    `agent` is who took the call, owner_id who has it now; closed_at is NaT while it is open.
    """
    dice = world.dice("cases")
    count = world.count(CASES)
    segments, days = demand(world, dice, count)
    rows = pd.DataFrame({"buyer": Buyers(buyers).choose(dice, segments, days)})
    rows["customer_id"] = buyers["customer_id"].to_numpy()[rows["buyer"]]
    rows["opened_at"] = moment(dice, days)
    rows = rows.sort_values("opened_at", kind="stable", ignore_index=True)
    rows.insert(0, "case_id", numbered("GD", count, 6))
    rows["subject"] = among(dice, world.words["case_subjects"], count)
    rows["priority"] = draw(dice, {"低": 0.25, "中": 0.5, "高": 0.2, "紧急": 0.05}, count)
    _handling(world, dice, rows, crew)
    return rows


def _handling(
    world: World, dice: np.random.Generator, rows: pd.DataFrame, crew: pd.DataFrame
) -> None:
    count = len(rows)
    urgent = rows["priority"].isin(["高", "紧急"]).to_numpy()
    second = dice.random(count) < np.where(urgent, 1.6, 0.85) * SECOND_TIER
    rows["tier"] = np.where(second, "二线", "一线")
    rows["agent"] = someone(dice, crew, "tier1", count)
    rows["owner_id"] = np.where(second, someone(dice, crew, "tier2", count), rows["agent"])
    hours = np.exp(dice.normal(np.log(np.where(second, 60, 14)), 0.9)) * np.where(urgent, 0.6, 1.0)
    hours *= np.where(dice.random(count) < HANGS, 20, 1)
    closed = rows["opened_at"].to_numpy() + (hours * 60).astype("timedelta64[m]")
    closed = office(dice, closed)
    is_open = closed > world.end
    rows["closed_at"] = np.where(is_open, np.datetime64("NaT"), closed)
    rows["status"] = np.where(is_open, draw(dice, {"处理中": 3, "待客户回复": 1}, count), "已关闭")


def segment_known(rows: pd.DataFrame, buyers: pd.DataFrame) -> Array:
    """Whether the customer's segment was on record on the day when the case was opened."""
    known = buyers["recorded"].to_numpy()[rows["buyer"]]
    captured = buyers["captured_at"].to_numpy()[rows["buyer"]].astype("datetime64[D]")
    opened = rows["opened_at"].to_numpy().astype("datetime64[D]")
    return np.asarray(known & (np.isnat(captured) | (captured <= opened)))
