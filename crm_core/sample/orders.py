"""Order lines and what came back of them."""

import numpy as np
import pandas as pd

from crm_core.sample.calendar import later, workday
from crm_core.sample.customers import Buyers, demand
from crm_core.sample.products import mixed
from crm_core.sample.world import Array, World, draw

LINES = 30_000
MORE_LINES = 1.6  # a usual order has one line and so many more
REPEAT = 0.22  # what a repeat order is worth against the segment's usual deal
DISCOUNTS = {"0": 0.4, "0.02": 0.12, "0.05": 0.2, "0.08": 0.12, "0.1": 0.1, "0.15": 0.06}


def order_lines(
    world: World, buyers: pd.DataFrame, deals: pd.DataFrame, catalogue: pd.DataFrame
) -> pd.DataFrame:
    """One row per order line, sorted by ordered_at: every won deal becomes an order, the rest
    are repeat orders. Prices and amounts are in the row's currency; shipped_at is NaT until then.
    """
    dice = world.dice("orders")
    heads = pd.concat([_of_deals(world, dice, deals), _repeats(world, dice, buyers, len(deals))])
    heads = heads.sort_values("ordered_at", kind="stable", ignore_index=True)
    heads["order_id"] = _order_ids(heads["ordered_at"])
    for column in ("customer_id", "owner_id", "region", "channel", "currency"):
        heads[column] = buyers[column].to_numpy()[heads["buyer"]]
    heads["shipped_at"] = later(dice, heads["ordered_at"].to_numpy(), 9)
    return _lines(world, dice, heads, catalogue)


def _of_deals(world: World, dice: np.random.Generator, deals: pd.DataFrame) -> pd.DataFrame:
    won = deals[deals["stage"] == "赢单"]
    rows = won[["buyer", "segment", "product", "amount"]].copy()
    wait = dice.integers(0, 12, len(won)).astype("timedelta64[D]")
    rows["ordered_at"] = workday(won["closed_at"].to_numpy().astype("datetime64[D]") + wait)
    rows["amount"] = won["amount"] * dice.normal(1.0, 0.06, len(won)).clip(0.7, 1.2)
    dollars = (won["currency"] == "USD").to_numpy()
    rows["amount"] *= np.where(dollars, world.firm.yuan_per_dollar, 1.0)
    return rows[rows["ordered_at"] <= pd.Timestamp(world.until)]


def _repeats(
    world: World, dice: np.random.Generator, buyers: pd.DataFrame, deals: int
) -> pd.DataFrame:
    """Smaller orders without an opportunity; `amount` in yuan."""
    won = round(deals * 0.345)
    count = max(round(world.count(LINES) / (1 + MORE_LINES)) - won, 5)
    segments, days = demand(world, dice, count)
    rows = pd.DataFrame({"segment": segments, "ordered_at": days})
    rows["buyer"] = Buyers(buyers).choose(dice, segments, days)
    usual = np.array([shape.deal for shape in world.firm.segments])[segments] * REPEAT
    size = buyers["size"].to_numpy()[rows["buyer"]]
    rows["amount"] = usual * np.sqrt(size) * np.exp(dice.normal(0.0, 0.7, count))
    rows["product"] = -1
    return rows


def _order_ids(days: pd.Series) -> Array:
    months = days.dt.strftime("%Y%m")
    running = months.groupby(months).cumcount() + 1
    return np.asarray(("SO" + months + "-" + running.astype(str).str.zfill(4)).to_numpy())


def _lines(
    world: World, dice: np.random.Generator, heads: pd.DataFrame, catalogue: pd.DataFrame
) -> pd.DataFrame:
    lines = 1 + np.minimum(dice.poisson(MORE_LINES, len(heads)), 9)
    rows = heads.loc[np.repeat(np.arange(len(heads)), lines)].reset_index()
    place = rows.groupby("index").cumcount().to_numpy()
    rows["sale_id"] = rows["order_id"] + "-" + pd.Series(place + 1).astype(str).str.zfill(2)
    other = mixed(world, dice, catalogue, rows["segment"].to_numpy())
    asked = (place == 0) & (rows["product"] >= 0).to_numpy()
    rows["product"] = np.where(asked, rows["product"], other)
    part = dice.gamma(1.5, 1.0, len(rows)) + 0.05
    whole = np.bincount(rows["index"], weights=part)
    _prices(world, dice, rows, catalogue, part / whole[rows["index"]])
    rows["shipped_at"] = rows["shipped_at"].where(rows["shipped_at"] <= pd.Timestamp(world.until))
    return rows.drop(columns="index")


def _prices(
    world: World,
    dice: np.random.Generator,
    rows: pd.DataFrame,
    catalogue: pd.DataFrame,
    part: Array,
) -> None:
    """Quantities that come near the order's worth; list prices rise a little every year."""
    years = (rows["ordered_at"] - pd.Timestamp(world.calendar.start)).dt.days / 365.25
    price = catalogue["list_price"].to_numpy()[rows["product"]] * 1.03 ** np.floor(years)
    rows["quantity"] = np.maximum(1, np.round(rows["amount"] * part / price)).astype(int)
    rate = np.where(rows["currency"] == "USD", world.firm.yuan_per_dollar, 1.0)
    rows["unit_price"] = (price / rate).round(2)
    rows["discount"] = draw(dice, DISCOUNTS, len(rows)).astype(float)
    rows["amount"] = (rows["quantity"] * rows["unit_price"] * (1 - rows["discount"])).round(2)
    family = catalogue["family"].map(lambda name: world.firm.families[name].margin).to_numpy()
    margin = family[rows["product"]] - rows["discount"] + dice.normal(0, 0.04, len(rows))
    rows["profit"] = (rows["amount"] * margin).round(2)


def returns(world: World, lines: pd.DataFrame, catalogue: pd.DataFrame) -> pd.DataFrame:
    """One row per returned line: return_id, order_id, sale_id, returned_at, reason."""
    dice = world.dice("returns")
    chance = catalogue["family"].map(lambda name: world.firm.families[name].returned).to_numpy()
    day = lines["shipped_at"] + pd.to_timedelta(dice.integers(4, 45, len(lines)), unit="D")
    back = (dice.random(len(lines)) < chance[lines["product"]]) & (day <= pd.Timestamp(world.until))
    rows = lines.loc[back, ["order_id", "sale_id"]].assign(returned_at=day[back])
    rows = rows.sort_values("returned_at", kind="stable", ignore_index=True)
    rows["reason"] = draw(dice, world.words["return_reasons"], len(rows))
    rows.insert(0, "return_id", [f"RT{n:05d}" for n in range(1, len(rows) + 1)])
    return rows
