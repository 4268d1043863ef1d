"""What a plan forgets: training, moving the data, reports; as the rules of red flags find it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from crm_core.domain.actor import Actor
from crm_core.domain.entities import Label
from crm_core.i18n import Texts
from crm_core.reference.flags import flag_rules
from crm_core.services.flags import finding, words
from crm_core.services.flags.choosing import in_force
from crm_core.store import Store

CODES = ("migration_unplanned", "training_unplanned", "reporting_unplanned")
"""The rules that look at what a plan must not forget, the gravest first."""


@dataclass(frozen=True)
class Warned:
    """Something that the plan lacks."""

    code: str
    """The rule that finds it."""
    facts: Mapping[str, Any]
    """What its sentences name."""
    flag: str | None
    """The red flag that says so, if there is one by now."""

    def title(self, texts: Texts) -> str:
        """What is missing, in the reader's language."""
        return self._said(texts, flag_rules()[self.code].title)

    def why(self, texts: Texts) -> str:
        """What shows that it is missing."""
        return self._said(texts, flag_rules()[self.code].why)

    def _said(self, texts: Texts, label: Label) -> str:
        return words.said(texts, label, flag_rules()[self.code], self.facts)


def planning_warnings(store: Store, _actor: Actor, today: date) -> list[Warned]:
    """What initiatives under way and to come lack, the gravest first, from the registers as they
    are, so that plan and red flags never disagree. A rule that is off warns of nothing."""
    with store.read() as cursor:
        flags = {
            (rule, subject): flag
            for rule, subject, flag in cursor.execute(
                "SELECT rule, subject, id FROM programme.flag"
            ).fetchall()
        }
        states = in_force(cursor)
        return [
            Warned(code, one.facts, flags.get((code, one.subject)))
            for code in CODES
            if not states[code].is_off
            for one in finding.run(cursor, states[code], today)[0]
        ]
