"""Pain points in the reader's words."""

from crm_core.domain.pain_points import REGISTER
from crm_core.services import registers
from crm_core.services.pain_points import TOP
from pages._ui import session
from pages._ui.notices import empty_state


def team(code: str | None) -> str:
    """A team; or that nobody said which."""
    return code or session.texts().text("No team said")


def about(code: str | None) -> str:
    """What a pain point is about; or that nobody said."""
    texts = session.texts()
    options = registers.known(REGISTER).field("about").options
    return texts.label(options[code]) if code in options else texts.text("Not said")


def in_front(share: float) -> str:
    """How sure a place among the first is: "ranks 1st to 3rd in 9 of 10 draws"."""
    text = session.texts().text
    tenths = round(share * 10)
    if tenths == 0:
        return text("hardly ever ranks among the first {top}", top=TOP)
    if tenths == 10:
        return text("practically always ranks among the first {top}", top=TOP)
    return text("ranks among the first {top} in {n} of 10 draws", top=TOP, n=tenths)


def nothing() -> None:
    """There is no pain point to look at."""
    text = session.texts().text
    empty_state(
        text("No pain point stands"),
        text("Add pain points to the list, with team, affected groups and what they cost a year."),
        icon=":material/healing:",
    )


def unit(currency: str | None) -> str:
    """The home currency as a unit; that nobody set it is said."""
    return session.formats().unit(currency) or session.texts().text("home currency not set")
