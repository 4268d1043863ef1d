"""What the views of the ranking share: methods, places and remarks in the reader's words."""

from crm_core.domain.priorities.methods import Method
from crm_core.i18n import ranking
from crm_core.services.priorities import Placed
from pages._ui import session
from pages.assess import _phasing_out as phasing_out


def method(one: Method) -> str:
    """A method's name."""
    return ranking.method(session.texts(), one)


def span(one: Placed) -> str | None:
    """Between which places it is in 8 of 10 cases; None for what has no place."""
    if one.low is None or one.high is None:
        return None
    return str(one.low) if one.low == one.high else f"{one.low} – {one.high}"


def remark(one: Placed) -> str:
    """What is missing, and what is being phased out; "" for nothing."""
    texts = session.texts()
    said = [phasing_out.served(one.phasing_out)] if one.phasing_out else []
    if one.missing:
        missing = ranking.missing(texts, one.missing)
        said.append(texts.text("nobody said: {missing}", missing=missing))
    if one.uncounted:
        names = texts.formats.listing(one.uncounted)
        said.append(texts.text("people unknown in: {names}", names=names))
    return " · ".join(said)
