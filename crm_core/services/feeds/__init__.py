"""Feeds: files that come by themselves are taken when whole, compared, loaded or held."""

from crm_core.services.feeds import words
from crm_core.services.feeds.alarms import OpenAlarm
from crm_core.services.feeds.deciding import Decision, decide
from crm_core.services.feeds.define import Defined, add, change, named, read, remove, set_active
from crm_core.services.feeds.deliveries import COUNTS, Delivery
from crm_core.services.feeds.looking import Look, run, run_overdue
from crm_core.services.feeds.overview import Row, alarm_list, held_list, history, rows
from crm_core.services.feeds.schedule import next_look

__all__ = [
    "COUNTS",
    "Decision",
    "Defined",
    "Delivery",
    "Look",
    "OpenAlarm",
    "Row",
    "add",
    "alarm_list",
    "change",
    "decide",
    "held_list",
    "history",
    "named",
    "next_look",
    "read",
    "remove",
    "rows",
    "run",
    "run_overdue",
    "set_active",
    "words",
]
