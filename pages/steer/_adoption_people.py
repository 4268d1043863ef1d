"""Who types deals in only at closing, who sold most first, beside who is exempt."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crm_core.services import adoption
from crm_core.services.adoption import Adoption, Exemption, Seller
from pages._ui import kept, links, session
from pages._ui.head import section
from pages._ui.plain import plain
from pages._ui.register import places
from pages._ui.tables import Column, table, table_to_open

_TOP = 10
"""Best sellers whom the finding looks at."""
_MOST = 0.5
"""Who enters more than this share of the deals at closing goes around the system."""
_ENOUGH = 3
"""Deals from which on that can be said."""
_MOST_DEALS = 200
_PERSON = "person"


def show(found: Adoption) -> None:
    """The table under its finding; a click tells the deals of a person."""
    texts = session.texts()
    with st.container(gap="small"):
        section(
            _finding(found.sellers),
            texts.text("Who sold most first. Choose a person to see the deals."),
        )
        at = table_to_open(_frame(found), _heads(found), key="adoption-people", saved_as="adoption")
    if at is not None:
        st.query_params[_PERSON] = found.sellers[at].person or ""
        st.rerun()
    wished = st.query_params.get(_PERSON)
    if wished is not None and any((one.person or "") == wished for one in found.sellers):
        st.dialog(plain(_name(wished)), width="large", on_dismiss=_closed)(_deals)(found, wished)


def _finding(sellers: Sequence[Seller]) -> str:
    texts = session.texts()
    top = [one for one in sellers if one.won][:_TOP]
    around = [one for one in top if one.dated >= _ENOUGH and (one.at_close_share or 0) > _MOST]
    if not any(one.dated for one in sellers):
        return texts.text("Whether deals are entered only at closing is not known")
    if not around:
        return texts.plural(
            "The best seller does not enter most deals only at closing",
            "None of the {n} best sellers enters most deals only at closing",
            len(top),
        )
    return texts.plural(
        "{n} of the {all} best sellers enters most deals only at closing",
        "{n} of the {all} best sellers enter most deals only at closing",
        len(around),
        all=len(top),
    )


def _heads(found: Adoption) -> list[Column]:
    text = session.texts().text
    amount = text("Won ({currency})", currency=found.currency or "–")
    return [
        Column("person", text("Person"), width=120, pinned=True),
        Column("team", text("Team"), width="small"),
        Column("amount", amount, "money", width=140),
        Column("won", text("Won deals"), "number", width=90),
        Column("at_close", text("Entered at closing"), "percent", width=120),
        Column("exempt", text("Exemption"), width=120),
        Column("unprepared", text("Without an activity"), "percent", width=130),
        Column("days", text("Active days a week"), "number", width=130),
    ]


def _frame(found: Adoption) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "person": _name(one.person),
            "team": one.team,
            "amount": None if one.amount is None else float(one.amount),
            "won": one.won,
            "at_close": one.at_close_share,
            "unprepared": one.unprepared / one.known if one.known else None,
            "days": None
            if one.active_days is None
            else round(one.active_days / len(found.weeks), 1),
            "exempt": _exempt(found.exemption(one)),
        }
        for one in found.sellers
    )


def _exempt(one: Exemption | None) -> str:
    """Until when and by whom; that it has lapsed is said."""
    text = session.texts().text
    if one is None:
        return ""
    if one.expires is None:
        return text("without an end, by {by}", by=one.by)
    if one.has_lapsed:
        return text("lapsed on {day}, by {by}", day=one.expires, by=one.by)
    return text("until {day}, by {by}", day=one.expires, by=one.by)


def _deals(found: Adoption, wished: str) -> None:
    text = session.texts().text
    rows = pd.DataFrame(kept.read(adoption.deals, wished or None, found.weeks, _MOST_DEALS))
    if rows.empty:
        st.info(plain(text("No deal was won in these weeks.")), icon=":material/info:")
        return
    answers = {True: text("yes"), False: text("no")}
    rows["had_prior_activity"] = rows["had_prior_activity"].map(answers)
    rows["amount"] = rows["amount"].astype("float64")
    heads = [
        Column("opportunity_id", text("Number")),
        Column("customer", text("Customer"), width="medium"),
        Column("created_on", text("Entered"), "day"),
        Column("closed_on", text("Closed"), "day"),
        Column("days_open", text("Days between"), "number"),
        Column("had_prior_activity", text("Activity before")),
        Column("amount", text("Amount"), "money"),
        Column("currency", text("Currency")),
    ]
    table(rows, heads, key="adoption-deals", saved_as="adoption-deals")
    if len(rows) == _MOST_DEALS:
        st.caption(text("The latest {n} are shown.", n=_MOST_DEALS))


def _closed() -> None:
    st.query_params.pop(_PERSON, None)


def exemptions(found: Adoption) -> None:
    """The exemptions in the register, those that have lapsed first, each with its row."""
    texts = session.texts()
    lapsed = [one for one in found.exemptions if one.has_lapsed]
    with st.container(gap="small"):
        head = texts.plural(
            "{n} exemption has lapsed", "{n} exemptions have lapsed", len(lapsed)
        ) if lapsed else texts.text("Exemptions")  # fmt: skip
        section(head, texts.text("Each says to the others that the system is optional."))
        if not found.exemptions:
            st.caption(texts.text("Nobody is exempt."))
        for one in found.exemptions:
            said = texts.text("{to}: {exempt}", to=one.to, exempt=_exempt(one))
            icon = ":material/event_busy:" if one.has_lapsed else ":material/event_available:"
            links.address_link(places.address("exemption", one.id), said, icon)


def _name(person: str | None) -> str:
    return person or session.texts().text("No owner")
