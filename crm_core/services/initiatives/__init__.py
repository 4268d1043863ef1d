"""Initiatives: made in one step from what was found, and what none answers yet."""

from crm_core.services.initiatives.finding import answering, made_from
from crm_core.services.initiatives.making import Source
from crm_core.services.initiatives.unanswered import Open, Unanswered, unanswered

__all__ = ["Open", "Source", "Unanswered", "answering", "made_from", "unanswered"]
