"""The programme's people: who speaks for whom, who does what, who was trained in what."""

from crm_core.services.team.duties import Duty, Matrix, duties
from crm_core.services.team.problems import Waiting, waiting
from crm_core.services.team.starting import Offered, offered, take_over
from crm_core.services.team.training import Plan, plan
from crm_core.services.team.voices import Department, departments

__all__ = [
    "Department",
    "Duty",
    "Matrix",
    "Offered",
    "Plan",
    "Waiting",
    "departments",
    "duties",
    "offered",
    "plan",
    "take_over",
    "waiting",
]
