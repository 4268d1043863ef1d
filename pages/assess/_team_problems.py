"""What the problem reports say together: how many wait for an answer, and since when."""

from crm_core.services import team
from pages._ui import kept, session
from pages._ui.head import section


def show() -> None:
    """The finding above their list."""
    texts = session.texts()
    found = kept.read(team.waiting)
    if found.since is None:
        section(texts.text("Every problem report has an answer"))
        return
    section(
        texts.plural(
            "{n} of {all} problem reports waits for an answer",
            "{n} of {all} problem reports wait for an answer",
            found.unanswered,
            all=found.every,
        ),
        texts.text("The first of them since {day}", day=found.since),
    )
