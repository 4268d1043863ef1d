"""Possible customers, from the first word to the first deal."""

import numpy as np
import pandas as pd

from crm_core.sample.calendar import later, moment
from crm_core.sample.customers import demand
from crm_core.sample.names import companies, people
from crm_core.sample.staff import someone
from crm_core.sample.world import Array, World, among, draw, numbered

LEADS = 6_000


def leads(world: World, buyers: pd.DataFrame, crew: pd.DataFrame) -> pd.DataFrame:
    """One row per lead, sorted by created_at; `segment` as in the customers' table.

    qualified_at is NaT and converted_customer_id blank where it has not come to that.
    """
    dice = world.dice("leads")
    converted = _converted(world, dice, buyers)
    others = max(world.count(LEADS) - len(converted), 1)
    rows = pd.concat([converted, _others(world, dice, buyers, others)])
    rows = rows.sort_values("created_at", kind="stable", ignore_index=True)
    count = len(rows)
    rows.insert(0, "lead_id", numbered("L", count, 6))
    rows["name"] = people(world, dice, rows["chinese"].to_numpy(dtype=bool))
    rows["title"] = among(dice, world.words["titles"], count)
    rows["owner_id"] = someone(dice, crew, "inside", count)
    rows["email"] = (
        among(dice, ["contact", "office", "buyer", "team"], count) + "@" + rows["domain"]
    )
    rows["phone"] = "139555" + pd.Series(dice.integers(10_000, 99_999, count)).astype(str)
    return rows


def _converted(world: World, dice: np.random.Generator, buyers: pd.DataFrame) -> pd.DataFrame:
    """Most of the new customers began as leads."""
    first = world.calendar.start + 40
    new = (buyers["created_at"] >= first.astype("datetime64[s]")).to_numpy()
    rows = buyers[new & (dice.random(len(buyers)) < 0.9)].copy()
    rows["converted_customer_id"] = rows["customer_id"]
    days = rows["created_at"].to_numpy().astype("datetime64[D]")
    cycle = np.exp(dice.normal(np.log(24), 0.5, len(rows))).astype("timedelta64[D]")
    begun = np.maximum(days - cycle, world.calendar.start)
    rows["created_at"] = moment(dice, begun)
    middle = begun + ((days - begun) // 2)
    rows["qualified_at"] = np.maximum(moment(dice, middle), rows["created_at"].to_numpy())
    rows["status"] = "已转化"
    known = {**world.firm.sources, "老客户介绍": 0.4}
    rows["source"] = draw(dice, known, len(rows))
    kept: pd.DataFrame = rows.rename(columns={"name": "company"}).loc[:, _COLUMNS]
    return kept


_COLUMNS = [
    "company", "segment", "chinese", "region", "city", "domain", "channel", "source", "status",
    "created_at", "qualified_at", "converted_customer_id",
]  # fmt: skip


def _others(
    world: World, dice: np.random.Generator, buyers: pd.DataFrame, count: int
) -> pd.DataFrame:
    """Leads that have not (or not yet) become customers."""
    segments, days = demand(world, dice, count)
    like = buyers.iloc[dice.integers(len(buyers), size=count)].reset_index(drop=True)
    rows = like[["chinese", "region", "city"]].copy()
    rows["segment"] = segments
    rows["company"], brands = companies(
        world, dice, rows["chinese"].to_numpy(), segments, rows["city"].to_numpy()
    )
    rows["company"] = rows["company"].where(dice.random(count) > 0.02, "")
    host = np.where(rows["chinese"], numbered("xs", count, 5), brands)
    rows["domain"] = pd.Series(host, dtype=str).str.lower() + ".example.com"
    rows["source"] = draw(dice, world.firm.sources, count)
    rows["channel"] = draw(dice, world.firm.channels, count)
    rows["created_at"] = moment(dice, days)
    rows["converted_customer_id"] = ""
    _progress(world, dice, rows)
    return rows.loc[:, _COLUMNS]


def _progress(world: World, dice: np.random.Generator, rows: pd.DataFrame) -> None:
    """Qualified, dropped or still being worked on, by source and age."""
    created = rows["created_at"].to_numpy()
    good = rows["source"].isin(["老客户介绍", "线上研讨会", "官网"]).to_numpy()
    day = later(dice, created, 9)
    qualified = (dice.random(len(rows)) < np.where(good, 0.52, 0.36)) & (day <= world.end)
    when = np.maximum(moment(dice, day), created)
    rows["qualified_at"] = np.where(qualified, when, np.datetime64("NaT"))
    age = (world.end - created).astype("timedelta64[D]").astype(int)
    rows["status"] = np.select(
        [qualified, age < 6, age < 45], ["已确认", "新建", "跟进中"], default="无效"
    )
    unanswered: Array = (rows["status"] == "无效").to_numpy() & (dice.random(len(rows)) < 0.1)
    rows.loc[unanswered, "status"] = "跟进中"
