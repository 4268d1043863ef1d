"""Customer data by application: who keeps which field as what, what is typed again and again."""

from collections.abc import Callable
from decimal import Decimal

from crm_core.domain.applications import Fault, Role
from crm_core.services import applications, registers
from crm_core.services.applications import CustomerData
from pages._ui import kept, links, session
from pages._ui.cards import Card, cards
from pages._ui.head import page_head
from pages._ui.notices import empty_state
from pages._ui.register import places
from pages.assess import _data_findings, _data_flows, _data_matrix, _data_overlap

_ROWS = "pages/assess/further_lists.py"


def show(choose: Callable[[], object]) -> None:
    """The view; `choose` draws the way to the other one."""
    texts = session.texts()
    text = texts.text
    found = kept.read(applications.customer_data, session.today())
    page_head(
        texts.label(registers.known("application").plural),
        text("Which application keeps which customer data, and what is typed more than once."),
        [
            texts.plural("{n} field", "{n} fields", len(found.fields)),
            texts.plural("{n} application", "{n} applications", len(found.applications)),
        ],
    )
    choose()
    if not found.fields:
        empty_state(
            text("Nobody has said yet which application keeps what"),
            text(
                "Add a row for each field of a customer's record in each application: master, "
                "copy or typed by hand, and how long typing it takes."
            ),
            icon=":material/grid_on:",
            actions=_to_rows,
        )
        _data_overlap.show()
        return
    _figures(found)
    _data_matrix.show(found)
    _to_rows()
    _data_findings.show(found)
    _data_flows.show(found)
    _data_overlap.show()


def _to_rows() -> None:
    label = session.texts().text("Add or change fields in applications")
    links.page_link(_ROWS, label, ":material/edit:", **{places.LIST: "application_field"})


def _figures(found: CustomerData) -> None:
    text, formats = session.texts().text, session.formats()
    again = [one for one in found.fields if Fault.TYPED_AGAIN in one.faults]
    known = [one.minutes_again for one in again if one.minutes_again is not None]
    minutes = sum(known, Decimal(0)) if known else None
    unmeasured = sum(one.unmeasured > 0 for one in again)
    cost = found.cost(minutes)
    one_master = sum(one.roles[Role.MASTER] == 1 for one in found.fields)
    whole = text("{n} of {all}", n=one_master, all=len(found.fields))
    cards(
        [
            Card(text("Fields with one master"), whole),
            Card(text("Fields typed again"), formats.compact(len(again))),
            Card(
                text("Typing again, a month"),
                formats.compact(minutes),
                text("minutes"),
                change=text("at least: {n} not measured in full", n=unmeasured)
                if unmeasured
                else "",
                help=text(
                    "With a master, all typing elsewhere. Without one, all but the longest: it has "
                    "to be typed once."
                ),
            ),
            Card(
                text("Its cost, a month"),
                formats.compact(cost),
                formats.unit(found.currency),
                change=_hour(found),
            ),
        ]
    )
    if found.hour_cost is None and minutes:
        said = text("Set what an hour of work costs, to see the cost")
        links.page_link("pages/admin/settings.py", said, ":material/settings:")


def _hour(found: CustomerData) -> str:
    text = session.texts().text
    if found.hour_cost is None:
        return text("cost of an hour not set")
    cost = session.formats().money(found.hour_cost, found.currency)
    return text("an hour costs {cost}", cost=cost)
