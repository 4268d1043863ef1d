"""Who buys: firms in four regions and abroad."""

import numpy as np
import pandas as pd

from crm_core.sample.calendar import Calendar, workday
from crm_core.sample.names import companies
from crm_core.sample.world import Array, World, among, draw, numbered

CUSTOMERS = 2_000
OLD = 0.38  # were customers before the three years
ABROAD = 0.22  # of those with an English name
KEY_SIZE = 3.2  # from this size on the key account team looks after a customer


def customers(world: World, people: pd.DataFrame) -> pd.DataFrame:
    """One row per customer, sorted by id; `segment` is the true one, as a position in
    firm.segments, whether or not the exports will tell it; `size` is 1 for the usual customer.

    `left_at` is the day after which nothing more is bought (NaT: still a customer).
    """
    dice = world.dice("customers")
    count = world.count(CUSTOMERS)
    rows = pd.DataFrame({"customer_id": numbered("", count, 6, first=317)})
    rows["segment"] = _segments(world, dice, count)
    rows["chinese"] = dice.random(count) < 0.5
    rows["size"] = np.exp(dice.normal(0.0, 0.75, count))
    _when(world, dice, rows)
    _where(world, dice, rows)
    rows["name"], rows["brand"] = companies(
        world, dice, rows["chinese"].to_numpy(), rows["segment"].to_numpy(), rows["city"].to_numpy()
    )
    _details(world, dice, rows)
    rows["owner_id"] = _owners(dice, rows, people)
    return rows


def _segments(world: World, dice: np.random.Generator, count: int) -> Array:
    shares = {str(i): segment.share for i, segment in enumerate(world.firm.segments)}
    segments = draw(dice, shares, count).astype(int)
    first = np.arange(min(count, len(shares)))
    segments[first] = first  # no segment is empty, however small the company
    return segments


def _when(world: World, dice: np.random.Generator, rows: pd.DataFrame) -> None:
    """When each became a customer, in the order of the ids, and when it left."""
    count, calendar = len(rows), world.calendar
    old = max(round(count * OLD), len(world.firm.segments))
    before = calendar.start - dice.integers(20, 1800, old).astype("timedelta64[D]")
    before = np.minimum(workday(before), calendar.start - 1)
    days = np.concatenate([np.sort(before), np.sort(calendar.draw(dice, count - old, 0.1))])
    growth = np.array([segment.growth for segment in world.firm.segments])
    stays = dice.exponential(2900 * (1.0 + growth[rows["segment"]]), count)
    left = np.maximum(days, calendar.start) + stays.astype("timedelta64[D]")
    rows["created_at"] = days.astype("datetime64[s]")
    gone = left <= np.datetime64(world.until, "D")
    rows["left_at"] = np.where(gone, left, np.datetime64("NaT", "D")).astype("datetime64[s]")


def _where(world: World, dice: np.random.Generator, rows: pd.DataFrame) -> None:
    count, words = len(rows), world.words
    region = draw(dice, world.firm.regions, count)
    abroad = ~rows["chinese"].to_numpy() & (dice.random(count) < ABROAD)
    rows["region"] = np.where(abroad, "海外", region)
    rows["city"] = ""
    for name, cities in words["cities"].items():
        here = (rows["region"] == name).to_numpy()
        rows.loc[here, "city"] = among(dice, cities, int(here.sum()))
    rows["country"] = rows["city"].map(words["countries"]).fillna("中国")
    dollars = abroad & (dice.random(count) < 0.6)
    rows["currency"] = np.where(dollars, "USD", "CNY")


def _details(world: World, dice: np.random.Generator, rows: pd.DataFrame) -> None:
    count, words = len(rows), world.words
    codes = {city: code for cities in words["cities"].values() for city, code in cities.items()}
    area = rows["city"].map(lambda city: codes[city][0]).to_numpy(dtype=object)
    gap = np.where(rows["region"] == "海外", "", "-")
    number = dice.integers(55_500_000, 55_599_999, count).astype(str)
    shape = rows["city"].map(lambda city: (*codes[city], "555#####")[2])
    rows["phone"] = area + gap + list(map(_phone, shape, number))
    post = rows["city"].map(lambda city: codes[city][1]).to_numpy(dtype=object)
    rows["postcode"] = post + numbered("", 1000, 3, first=0)[dice.integers(1000, size=count)]
    house = dice.integers(1, 900, count).astype(str).astype(object)
    zh = among(dice, words["roads"], count) + house + "号"
    en = house + " " + among(dice, words["roads_en"], count)
    rows["street"] = np.where(rows["region"] == "海外", en, zh)
    rows["domain"] = _domains(rows)
    rows["email"] = among(dice, ["info@", "sales@", "purchase@"], count) + rows["domain"]
    rows["employees"] = np.maximum(8, rows["size"] * dice.lognormal(4.6, 0.5, count)).astype(int)
    rows["annual_revenue"] = np.round(rows["employees"] * dice.uniform(30, 95, count))
    rows["channel"] = draw(dice, world.firm.channels, count)
    rows["parent_id"] = _parents(dice, rows)


def _phone(shape: str, number: str) -> str:
    """The last digits of a number in place of the signs # of a shape."""
    start = shape.rstrip("#")
    return start + number[len(start) - len(shape) :]


def _domains(rows: pd.DataFrame) -> Array:
    """Addresses under a domain that is kept free for examples."""
    latin = rows["brand"].where(~rows["chinese"], "kh" + rows["customer_id"]).str.lower()
    return np.asarray((latin + ".example.com").to_numpy(dtype=object))


def _parents(dice: np.random.Generator, rows: pd.DataFrame) -> Array:
    """A few belong to an older customer of the same segment."""
    parents = np.array([""] * len(rows), dtype=object)
    for row in np.flatnonzero(dice.random(len(rows)) < 0.03):
        older = rows.index[(rows["segment"] == rows["segment"][row]) & (rows.index < row)]
        if len(older):
            parents[row] = rows["customer_id"][int(dice.choice(older))]
    return parents


def _owners(dice: np.random.Generator, rows: pd.DataFrame, people: pd.DataFrame) -> Array:
    """Field sales of the region; the key account team for the large ones and abroad."""
    key = (rows["size"] > KEY_SIZE) | (rows["region"] == "海外")
    desk = rows["region"].where(~key, "")
    owners = np.empty(len(rows), dtype=object)
    sellers = people[people["kind"].isin(["field", "key"])]
    for region, team in sellers.groupby("region"):
        here = (desk == region).to_numpy()
        owners[here] = among(dice, team["person_id"], int(here.sum()))
    return owners


class Buyers:
    """Chooses which customer buys: of the segment, already a customer, seldom one that left."""

    def __init__(self, rows: pd.DataFrame) -> None:
        self._created = rows["created_at"].to_numpy().astype("datetime64[D]")
        self._left = rows["left_at"].to_numpy().astype("datetime64[D]")
        size = rows["size"].to_numpy()
        segments = rows["segment"].to_numpy()
        self._members = [np.flatnonzero(segments == s) for s in range(int(segments.max()) + 1)]
        self._weights = [np.cumsum(size[members]) for members in self._members]

    def choose(self, dice: np.random.Generator, segments: Array, days: Array) -> Array:
        """Positions in the customer table, one for every segment and day."""
        chosen = self._once(dice, segments, days)
        for _ in range(4):
            gone = self._left[chosen] < days
            chosen[gone] = self._once(dice, segments[gone], days[gone])
        return chosen

    def _once(self, dice: np.random.Generator, segments: Array, days: Array) -> Array:
        chosen = np.zeros(len(segments), dtype=int)
        for segment, members in enumerate(self._members):
            here = segments == segment
            known = np.searchsorted(self._created[members], days[here], side="right")
            weights = self._weights[segment]
            dart = dice.random(int(here.sum())) * weights[known - 1]
            chosen[here] = members[np.searchsorted(weights, dart)]
        return chosen


def demand(
    world: World, dice: np.random.Generator, count: int, calendar: Calendar | None = None
) -> tuple[Array, Array]:
    """`count` occasions to buy: their segments (positions) and their days, of the three years
    if no other calendar is given."""
    firm, calendar = world.firm, calendar or world.calendar
    shares = {
        str(i): segment.share * calendar.mean_growth(segment.growth)
        for i, segment in enumerate(firm.segments)
    }
    segments = draw(dice, shares, count).astype(int)
    days = np.empty(count, dtype="datetime64[D]")
    for position, segment in enumerate(firm.segments):
        here = segments == position
        days[here] = calendar.draw(dice, int(here.sum()), segment.growth)
    return segments, days
