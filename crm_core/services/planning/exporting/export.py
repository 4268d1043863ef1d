"""A kept plan written as a file."""

from collections.abc import Callable
from pathlib import PurePath

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts
from crm_core.reports import roadmap
from crm_core.services import settings
from crm_core.services.ended import ended
from crm_core.services.planning.exporting.book import as_workbook
from crm_core.services.planning.exporting.days import as_calendar
from crm_core.services.planning.exporting.drawing import drawing
from crm_core.services.planning.exporting.told import Agreed, Told, told
from crm_core.services.planning.plans import once_agreed, standing, whole
from crm_core.store import Store


def _as_pdf(said: Told, texts: Texts) -> bytes:
    return roadmap.pdf(drawing(said, texts), texts.language)


def _as_svg(said: Told, texts: Texts) -> bytes:
    return roadmap.svg(drawing(said, texts), texts.language)


def _as_png(said: Told, texts: Texts) -> bytes:
    return roadmap.png(drawing(said, texts), texts.language)


FORMATS: dict[str, Callable[[Told, Texts], bytes]] = {
    ".pdf": _as_pdf,
    ".xlsx": as_workbook,
    ".ics": as_calendar,
    ".svg": _as_svg,
    ".png": _as_png,
}
"""What a plan can be written as, by the file's ending."""


def form_of(name: str) -> str:
    """The format that a file's name asks for. Refused("plan_form")."""
    ending = PurePath(name).suffix.lower()
    if ending not in FORMATS:
        raise Refused("plan_form", path=name, known=", ".join(FORMATS))
    return ending


def export(store: Store, actor: Actor, plan_id: int, form: str, texts: Texts) -> bytes:
    """The plan as a file of that format (of FORMATS), compared with the plan that was agreed last.

    Refused: plan_unknown_plan; plan_nothing_in_it.
    """
    plan = whole(store, actor, plan_id)
    if not plan.spans:
        raise Refused("plan_nothing_in_it", id=plan_id)
    with store.snapshot() as cursor:
        currency = settings.read_from(cursor)["home_currency"]
        over = ended(cursor)
        [(begun,)] = cursor.execute("SELECT min(committed_at) FROM app.change").fetchall()
    agreed = Agreed(standing(store, actor), once_agreed(store, actor, plan_id), over.keys())
    return FORMATS[form](told(plan, agreed, texts, currency, begun.isoformat()), texts)
