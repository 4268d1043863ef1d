"""Where each register is looked at."""

from crm_core.services import registers
from crm_core.services.registers.links import Reference
from pages._ui import links, session
from pages._ui.register import words

_PAGES = {
    "process": "processes",
    "goal": "goals",
    "pain_point": "pain_points",
    "application": "applications",
    "it_window": "it_windows",
    "red_flag": "red_flags",
    "term": "glossary",
}
ITEM = "item"
"""The parameter of the address that says which row is open."""
LIST = "list"
"""The parameter of the address that says which of the further lists is shown."""


def reference(found: Reference) -> None:
    """A link to the row, with what it is and by which field it refers."""
    register = registers.known(found.register)
    field = words.label(register.field(found.field))
    said = f"{session.texts().label(register.label)} {found.id}: {found.title} ({field})"
    page = _PAGES.get(found.register)
    address = {ITEM: found.id} | ({} if page else {LIST: found.register})
    links.page_link(f"pages/assess/{page or 'further_lists'}.py", said, **address)
