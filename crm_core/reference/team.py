"""What is shipped for the programme's team: the starter set."""

from functools import cache

from crm_core.domain.team_starter import TeamStarter
from crm_core.reference.lists import read_yaml


@cache
def team_starter() -> TeamStarter:
    """The starter set of groups, duties and courses."""
    return TeamStarter.model_validate(read_yaml("reference/team_starter.yaml"))
