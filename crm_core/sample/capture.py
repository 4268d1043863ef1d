"""When and by whom the segment of a customer or a lead came on record.

Until the programme starts, half the customers have one; then inside sales, account managers
and the service desk capture it at different speed, and a part stays unclassified.
"""

import numpy as np
import pandas as pd

from crm_core.sample.calendar import workday
from crm_core.sample.staff import someone
from crm_core.sample.world import Array, World

KNOWN_BEFORE = 0.48
CAPTURED = 0.81  # of the rest, by the end of the programme's first ninety days
SLOW_REGION = {"华西": 0.6, "海外": 0.75}
LEADS_BEFORE, LEADS_AFTER = 0.4, 0.92


def capture_customers(
    world: World,
    buyers: pd.DataFrame,
    prospects: pd.DataFrame,
    requests: pd.DataFrame,
    crew: pd.DataFrame,
) -> None:
    """Adds recorded (bool), captured_by and captured_at to the customers.

    Both stay blank for segments that were on record before anybody kept note of it.
    """
    dice = world.dice("capture")
    count = len(buyers)
    before = dice.random(count) < KNOWN_BEFORE
    speed = buyers["region"].map(SLOW_REGION).fillna(1.0).to_numpy()
    during = ~before & (dice.random(count) < CAPTURED * speed)
    buyers["recorded"] = before | during
    buyers["captured_by"], buyers["captured_at"] = "", np.datetime64("NaT", "s")
    _from_leads(buyers, prospects, before)
    _by_programme(world, dice, buyers, during, crew)
    _by_service_desk(world, dice, buyers, during, requests)


def _from_leads(buyers: pd.DataFrame, prospects: pd.DataFrame, before: Array) -> None:
    """What inside sales learned at qualification went along to the customer."""
    known = prospects[prospects["converted_customer_id"] != ""]
    known = known.set_index("converted_customer_id")
    ids = buyers["customer_id"].where(pd.Series(before))
    buyers["captured_by"] = ids.map(known["owner_id"]).fillna("")
    buyers["captured_at"] = ids.map(known["qualified_at"]).astype("datetime64[s]")


def _by_programme(
    world: World, dice: np.random.Generator, buyers: pd.DataFrame, during: Array, crew: pd.DataFrame
) -> None:
    """Account managers bring their customers up to date; inside sales helps by telephone."""
    count = len(buyers)
    after = (dice.beta(1.6, 1.9, count) * 88).astype("timedelta64[D]")
    day = workday(world.programme_start + after)
    day = np.minimum(day, np.datetime64(world.until, "D"))
    day = np.maximum(day, buyers["created_at"].to_numpy().astype("datetime64[D]"))
    helper = np.where(
        dice.random(count) < 0.25,
        someone(dice, crew, "inside", count),
        buyers["owner_id"].to_numpy(dtype=object),
    )
    buyers.loc[during, "captured_by"] = helper[during]
    buyers.loc[during, "captured_at"] = day[during].astype("datetime64[s]")


def _by_service_desk(
    world: World,
    dice: np.random.Generator,
    buyers: pd.DataFrame,
    during: Array,
    requests: pd.DataFrame,
) -> None:
    """It asks whenever a case is opened, so it often comes first."""
    recent = requests[requests["opened_at"] >= pd.Timestamp(world.programme_start)]
    asked = recent[dice.random(len(recent)) < 0.75].drop_duplicates("buyer")
    when = asked["opened_at"].to_numpy().astype("datetime64[D]")
    planned = buyers["captured_at"].to_numpy()[asked["buyer"]].astype("datetime64[D]")
    first = during[asked["buyer"]] & (when < planned)
    rows = asked["buyer"].to_numpy()[first]
    buyers.loc[rows, "captured_by"] = asked["agent"].to_numpy(dtype=object)[first]
    buyers.loc[rows, "captured_at"] = when[first].astype("datetime64[s]")


def capture_leads(world: World, prospects: pd.DataFrame, buyers: pd.DataFrame) -> None:
    """Adds recorded, captured_by and captured_at to the leads: at qualification, by inside sales,
    more and more often since the programme began. A converted lead agrees with its customer."""
    dice = world.dice("lead capture")
    start = world.programme_start
    qualified = prospects["qualified_at"].to_numpy().astype("datetime64[D]")
    since = np.where(np.isnat(qualified), -1, (qualified - start).astype(float))
    learned = np.clip(since / 60, 0, 1)
    chance = LEADS_BEFORE + (LEADS_AFTER - LEADS_BEFORE) * learned
    chance = np.where(np.isnat(qualified), 0.2, chance)
    told = buyers.set_index("customer_id")["captured_at"]
    of_customer = prospects["converted_customer_id"].map(told).to_numpy().astype("datetime64[D]")
    prospects["recorded"] = (dice.random(len(prospects)) < chance) | (of_customer == qualified)
    dated = prospects["recorded"] & prospects["qualified_at"].notna()
    prospects["captured_by"] = prospects["owner_id"].where(dated, "")
    prospects["captured_at"] = prospects["qualified_at"].where(dated)
