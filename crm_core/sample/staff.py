"""The sixty people of the firm."""

import numpy as np
import pandas as pd

from crm_core.sample.names import people
from crm_core.sample.world import Array, World, numbered

LEFT = 5
ABSENT = 4


def staff(world: World) -> pd.DataFrame:
    """One row per person: person_id, name, team, kind, region, role, manager_id, active and the
    days of a present absence (absent_from, absent_to; NaT for most).

    The first of a team leads it. Some have left and still own customers; some are away.
    """
    dice = world.dice("staff")
    teams = world.firm.teams
    sizes = [team.size for team in teams]
    rows = pd.DataFrame([team.model_dump() for team in teams]).rename(columns={"name": "team"})
    rows = rows.loc[np.repeat(np.arange(len(teams)), sizes)].reset_index(drop=True)
    rows["person_id"] = numbered("", len(rows), 4, first=17)
    rows["name"] = people(world, dice, np.ones(len(rows), dtype=bool))
    leads = ~rows["team"].duplicated()
    heads = rows["person_id"].where(leads).ffill()
    rows["manager_id"] = heads.where(~leads, rows["person_id"].iloc[0])
    rows.loc[0, "manager_id"] = ""
    rows.loc[leads & (rows["kind"] != "management"), "role"] = "Team Lead"
    away = dice.permutation(np.flatnonzero(~leads.to_numpy()))
    rows["active"] = ~rows.index.isin(away[:LEFT])
    return _absences(world, dice, rows, away[LEFT : LEFT + ABSENT])


def _absences(
    world: World, dice: np.random.Generator, rows: pd.DataFrame, away: Array
) -> pd.DataFrame:
    day = np.datetime64(world.until, "D")
    rows["absent_from"] = np.datetime64("NaT", "s")
    rows["absent_to"] = np.datetime64("NaT", "s")
    for row in away:
        rows.loc[row, "absent_from"] = pd.Timestamp(day - int(dice.integers(5, 30)))
        rows.loc[row, "absent_to"] = pd.Timestamp(day + int(dice.integers(3, 40)))
    return rows


def someone(dice: np.random.Generator, people: pd.DataFrame, kind: str, count: int) -> Array:
    """Person ids of the teams of that kind, the first ones busier than the last."""
    ids = people.loc[people["kind"] == kind, "person_id"].to_numpy(dtype=object)
    weights = 1.0 / (np.arange(len(ids)) + 2.0)
    return np.asarray(ids[dice.choice(len(ids), size=count, p=weights / weights.sum())])
