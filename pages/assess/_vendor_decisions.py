"""Which decisions are to be looked at again: the finding above their list."""

from crm_core.services import vendors
from pages._ui import kept, links, session
from pages._ui.head import section
from pages._ui.register import places

_MOST = 5


def show() -> None:
    """Nothing where no day has come."""
    texts = session.texts()
    due = kept.read(vendors.to_look_at_again, session.today())
    if not due:
        return
    section(
        texts.plural(
            "{n} decision is to be looked at again",
            "{n} decisions are to be looked at again",
            len(due),
        ),
        texts.text("Say what came of it, and write down the next day or none."),
    )
    for one in due[:_MOST]:
        said = texts.text("{title}: since {day}", title=one.title, day=one.since)
        links.address_link(places.address("decision", one.id), said)
