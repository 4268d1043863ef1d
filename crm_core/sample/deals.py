"""Opportunities: what was offered, for how much, and how it ended."""

import numpy as np
import pandas as pd

from crm_core.sample.calendar import later
from crm_core.sample.customers import Buyers, demand
from crm_core.sample.products import mixed
from crm_core.sample.world import Array, World, among, draw, numbered

OPPORTUNITIES = 9_000
BEGUN = 1.12  # against those that were still open when the three years began, or began later
LATE = 0.05  # of the won ones: typed in when everything was over
FORGOTTEN = 0.03  # never closed by anybody
NO_CUSTOMER = 0.05  # of the open ones


def opportunities(
    world: World, buyers: pd.DataFrame, prospects: pd.DataFrame, products: pd.DataFrame
) -> pd.DataFrame:
    """One row per opportunity, sorted by created_at; `buyer` is a position in the customers'
    table, closed_at NaT while it is open, amount in the row's currency.

    A few won ones were created on the day they closed; a few open ones name no customer yet.
    """
    dice = world.dice("opportunities")
    count = round(world.count(OPPORTUNITIES) * BEGUN)
    segments, days = demand(world, dice, count, world.longer_calendar)
    rows = pd.DataFrame({"segment": segments, "created_at": days})
    rows["buyer"] = Buyers(buyers).choose(dice, segments, days)
    for column in ("customer_id", "owner_id", "region", "channel", "currency"):
        rows[column] = buyers[column].to_numpy()[rows["buyer"]]
    rows["product"] = mixed(world, dice, products, segments)
    _outcome(world, dice, rows)
    rows = rows[~(rows["closed_at"] < pd.Timestamp(world.calendar.start))]
    rows = rows.sort_values("created_at", kind="stable", ignore_index=True)
    rows.insert(0, "opportunity_id", numbered("SJ", len(rows), 7))
    rows["amount"] = _amounts(world, dice, rows, buyers["size"].to_numpy()[rows["buyer"]])
    rows["name"] = _titles(dice, rows, buyers, products)
    _links(dice, rows, prospects)
    return rows


def _outcome(world: World, dice: np.random.Generator, rows: pd.DataFrame) -> None:
    """Decided after the segment's usual cycle, won at the segment's and the seller's rate."""
    shapes = world.firm.segments
    cycle = np.array([shape.cycle for shape in shapes])[rows["segment"]]
    chance = np.array([shape.win for shape in shapes])[rows["segment"]]
    sellers, seller = np.unique(rows["owner_id"].to_numpy(dtype=object), return_inverse=True)
    chance = np.clip(chance * dice.uniform(0.75, 1.25, len(sellers))[seller], 0.05, 0.9)
    won = dice.random(len(rows)) < chance
    closed = later(dice, rows["created_at"].to_numpy(), cycle * np.where(won, 0.95, 1.1))
    forgotten = dice.random(len(rows)) < FORGOTTEN
    is_open = forgotten | (closed > np.datetime64(world.until, "D"))
    rows["expected_close_at"] = later(dice, rows["created_at"].to_numpy(), cycle)
    rows["closed_at"] = np.where(is_open, np.datetime64("NaT"), closed).astype("datetime64[s]")
    stage = draw(dice, dict.fromkeys(world.firm.stages, 1.0), len(rows))
    rows["stage"] = np.where(is_open, stage, np.where(won, "赢单", "输单"))
    late = (rows["stage"] == "赢单") & (dice.random(len(rows)) < LATE)
    rows["created_at"] = rows["created_at"].astype("datetime64[s]")
    rows.loc[late, "created_at"] = rows.loc[late, "closed_at"]
    rows.loc[late, "expected_close_at"] = rows.loc[late, "closed_at"]
    rows["probability"] = rows["stage"].map({**world.firm.stages, "赢单": 1.0, "输单": 0.0})
    rows["late"] = late


def _amounts(world: World, dice: np.random.Generator, rows: pd.DataFrame, size: Array) -> pd.Series:
    """Skewed, by segment and the customer's size; most sellers write round figures."""
    shapes = world.firm.segments
    median = np.array([shape.deal for shape in shapes])[rows["segment"]]
    sigma = np.array([shape.sigma for shape in shapes])[rows["segment"]]
    amount = median * np.sqrt(size) * np.exp(dice.normal(0.0, sigma))
    amount = np.maximum(amount, 2_000)
    amount = np.where(rows["currency"] == "USD", amount / world.firm.yuan_per_dollar, amount)
    step = np.where(dice.random(len(rows)) < 0.7, 1_000.0, 0.01)
    return pd.Series(np.maximum(np.round(amount / step) * step, step)).round(2)


def _titles(
    dice: np.random.Generator, rows: pd.DataFrame, buyers: pd.DataFrame, products: pd.DataFrame
) -> Array:
    family = products["family"].to_numpy(dtype=object)[rows["product"]]
    brand = buyers["brand"].to_numpy(dtype=object)[rows["buyer"]]
    kinds = ["采购项目", "改造项目", "年度框架", "扩产配套", "试用转正式"]
    return np.asarray(brand + " " + family + among(dice, kinds, len(rows)))


def _links(dice: np.random.Generator, rows: pd.DataFrame, prospects: pd.DataFrame) -> None:
    """The first deal of a converted lead names the lead; some open deals name only a lead."""
    converted = prospects[prospects["converted_customer_id"] != ""]
    lead_of = converted.set_index("converted_customer_id")["lead_id"]
    first = ~rows["customer_id"].duplicated()
    rows["lead_id"] = rows["customer_id"].where(first).map(lead_of).fillna("")
    bare = rows["closed_at"].isna() & (dice.random(len(rows)) < NO_CUSTOMER)
    qualified = prospects.loc[prospects["status"] == "已确认", "lead_id"]
    rows.loc[bare, "lead_id"] = among(dice, qualified, int(bare.sum()))
    rows.loc[bare, "customer_id"] = ""
