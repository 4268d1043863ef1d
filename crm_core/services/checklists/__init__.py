"""Checklists filled in: editions, assessments, the people who answer, answers and what shows them.

Each module is a noun: `answers.save`, `assessments.begin`, `evidence.add_file`.
"""

from crm_core.services.checklists import (
    answers,
    assessments,
    carrying,
    editions,
    evidence,
    inviting,
    links,
    progress,
    respondents,
    states,
    subjects,
)

__all__ = [
    "answers",
    "assessments",
    "carrying",
    "editions",
    "evidence",
    "inviting",
    "links",
    "progress",
    "respondents",
    "states",
    "subjects",
]
