"""Groups of companies: what is suggested and why, what was confirmed, and its figures."""

import zlib
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from crm_core.i18n import mark
from crm_core.services import corporate, figures
from crm_core.services.corporate import Link, Verdict
from pages._ui import filters, kept, session, workspace
from pages._ui.beginning import nothing_yet, sample_banner
from pages._ui.charts import Bar, bar_chart, show_chart
from pages._ui.head import page_head, section
from pages._ui.notices import empty_state
from pages._ui.plain import plain
from pages._ui.segment import words
from pages._ui.tables import Column, table, table_of_several
from pages.data import _acting, _find

text = session.texts().text
_DONE = "_groups_done"
_MOST_BARS = 12
REASONS = {
    "field": mark("its record names the parent"),
    "name": mark("its name begins with the parent's"),
    "domain": mark("both have one mail domain"),
    "address": mark("both have one address"),
}


def page() -> None:
    """The page: suggestions to decide, groups that are confirmed, their figures."""
    page_head(
        text("Groups of companies"),
        text("Subsidiaries and branches under their parents, so that figures add up by group."),
    )
    _acting.show_problem()
    if said := st.session_state.pop(_DONE, None):
        st.success(plain(said), icon=":material/check_circle:")
    if not kept.read(corporate.has_customers):
        nothing_yet()
        return
    sample_banner()
    options = {"suggested": text("Suggested"), "confirmed": text("Confirmed")}
    view = filters.choice(text("View"), options, name="view")
    if view == "suggested":
        _suggested()
    else:
        _confirmed()
        _figures()
    _by_hand()


def _suggested() -> None:
    texts = session.texts()
    with st.spinner(text("Looking for groups")):
        links = kept.read(corporate.suggested)
    if not links:
        empty_state(
            text("Nothing is suggested"),
            text(
                "Companies that name a parent, or share a name, a mail domain or an address with "
                "one, are suggested here. You can add a parent by hand below."
            ),
            icon=":material/account_tree:",
        )
        return
    section(
        texts.plural(
            "{n} company may belong to another", "{n} companies may belong to others", len(links)
        ),
        text("Choose rows, then confirm or refuse them; without a choice it is for all."),
    )
    chosen = [links[at] for at in _links(links, "suggested", strength=True)]
    with st.container(horizontal=True):
        count = len(chosen or links)
        _decide(chosen or links, "confirmed", texts.plural("Confirm {n}", "Confirm {n}", count))
        _decide(chosen or links, "refused", texts.plural("Refuse {n}", "Refuse {n}", count))


def _links(links: Sequence[Link], key: str, *, strength: bool) -> list[int]:
    heads = [
        Column("child", text("Company"), width="medium"),
        Column("parent", text("belongs to"), width="medium"),
        Column("reasons", text("Because"), width="large"),
        *([Column("strength", text("Strength"), "percent")] if strength else []),
    ]
    rows = pd.DataFrame(
        [
            {
                "child": one.child_name,
                "parent": one.parent_name,
                "reasons": _reasons(one),
                "strength": one.strength,
            }
            for one in links
        ]
    )
    ids = ",".join(f"{one.child}-{one.parent}" for one in links)
    return table_of_several(rows, heads, key=f"groups-{key}-{zlib.crc32(ids.encode())}")


def _reasons(one: Link) -> str:
    said = [text(REASONS[reason]) for reason in one.reasons if reason in REASONS]
    return session.formats().listing(said) if said else text("a person said so")


def _decide(links: Sequence[Link], verdict: Verdict, label: str) -> None:
    st.button(
        plain(label),
        key=f"groups-{verdict}",
        type="primary" if verdict == "confirmed" else "secondary",
        icon=":material/check:" if verdict == "confirmed" else ":material/close:",
        on_click=_acting.attempt,
        args=(_keep, list(links), verdict),
    )


def _keep(links: list[Link], verdict: Verdict) -> None:
    # A second click in haste still brings the links of the first: what is decided stays so.
    count = corporate.answer(workspace.store(), workspace.actor(), links, verdict)
    texts = session.texts()
    if verdict == "confirmed":
        said = texts.plural(
            "{n} company was put under its parent.",
            "{n} companies were put under their parents.",
            count,
        )
    else:
        said = texts.plural("{n} suggestion was refused.", "{n} suggestions were refused.", count)
    st.session_state[_DONE] = said


def _confirmed() -> None:
    links = kept.read(corporate.confirmed)
    if not links:
        empty_state(
            text("No group is confirmed"),
            text("Confirm suggestions, or add a parent by hand. Then figures by group stand here."),
            icon=":material/account_tree:",
        )
        return
    section(text("Confirmed groups"), text("Choose rows to take them back."))
    rows = _tree(links)
    heads = [
        Column("name", text("Company"), width="large"),
        Column("reasons", text("Because"), width="large"),
    ]
    shown = pd.DataFrame(
        [
            {
                "name": "　" * depth + ("└ " if depth else "") + name,
                "reasons": _reasons(link) if link else None,
            }
            for depth, name, link in rows
        ]
    )
    ids = ",".join(f"{one.child}-{one.parent}" for one in links)
    at = table_of_several(shown, heads, key=f"groups-tree-{zlib.crc32(ids.encode())}")
    chosen = [link for place in at if (link := rows[place][2])]
    texts = session.texts()
    st.button(
        texts.plural("Take {n} back", "Take {n} back", len(chosen))
        if chosen
        else text("Take back"),
        key="groups-withdraw",
        icon=":material/undo:",
        disabled=not chosen,
        on_click=_acting.attempt,
        args=(_withdraw, chosen),
    )


def _tree(links: Sequence[Link]) -> list[tuple[int, str, Link | None]]:
    """Depth, name and link of each company, members below their heads."""
    below: dict[int, list[Link]] = {}
    for one in links:
        below.setdefault(one.parent, []).append(one)
    children = {one.child for one in links}
    heads = {one.parent: one.parent_name for one in links if one.parent not in children}
    found: list[tuple[int, str, Link | None]] = []
    for head, name in heads.items():
        found.append((0, name or str(head), None))
        waiting = [(1, one) for one in reversed(below[head])]
        while waiting:
            depth, link = waiting.pop()
            found.append((depth, link.child_name or str(link.child), link))
            waiting += [(depth + 1, one) for one in reversed(below.get(link.child, []))]
    return found


def _withdraw(links: list[Link]) -> None:
    for link in links:
        corporate.withdraw(workspace.store(), workspace.actor(), link)
    st.session_state[_DONE] = session.texts().plural(
        "{n} company stands alone again.", "{n} companies stand alone again.", len(links)
    )


def _figures() -> None:
    """What each group brings, all its members together; a chart per currency."""
    rows = kept.read(figures.metric, "group_overview").to_pylist()
    currencies = sorted({row["currency"] for row in rows}, key=lambda one: one or "")
    for currency in currencies:
        _revenue([row for row in rows if row["currency"] == currency and row["revenue"]], currency)
    if rows:
        _rows(rows)


def _revenue(rows: Sequence[dict[str, Any]], currency: str | None) -> None:
    if not rows:
        return
    texts, formats = session.texts(), session.formats()
    unit = formats.unit(currency)
    every = sum(row["revenue"] for row in rows)
    first = max(rows, key=lambda row: row["revenue"])
    bars = [
        Bar(
            row["group"],
            row["group"],
            float(row["revenue"]),
            formats.compact(row["revenue"], currency),
            f"{row['group']}\n{formats.money(row['revenue'], currency)}",
        )
        for row in rows[:_MOST_BARS]
    ]
    show_chart(
        bar_chart(bars),
        key=f"groups-{currency}",
        finding=texts.text(
            "{group} brings {share} of what all groups bring",
            group=first["group"],
            share=formats.percent(first["revenue"] / every, 0),
        ),
        counted=texts.text("Revenue by group of companies, {unit}", unit=unit)
        if unit
        else texts.text("Revenue by group of companies"),
    )


def _rows(rows: Sequence[dict[str, Any]]) -> None:
    heads = [
        Column("group", text("Group"), width="medium"),
        Column("segment", text("Segment")),
        Column("customers", text("Companies"), "number"),
        Column("currency", text("Currency")),
        Column("revenue", text("Revenue"), "money"),
        Column("pipeline_value", text("Pipeline"), "money"),
        Column("won_opportunities", text("Won opportunities"), "number"),
        Column("open_opportunities", text("Open opportunities"), "number"),
    ]
    named = [row | {"segment": words.name(row["segment"])} for row in rows]
    table(pd.DataFrame(named), heads, key="groups-figures")


def _by_hand() -> None:
    """A parent that nothing suggests: found by name, both of them."""
    label = text("Add a parent by hand")
    # Its state is kept: what stands above comes and goes, and would close it.
    with st.expander(label, icon=":material/add:", key="groups-by-hand", on_change="rerun"):
        left, right = st.columns(2)
        with left:
            child = _company(text("Company"), "child")
        with right:
            parent = _company(text("belongs to"), "parent")
        if child is None or parent is None or child == parent:
            return
        link = Link(child, None, parent, None, ())
        st.button(
            text("Put it under this parent"),
            key="groups-add",
            type="primary",
            icon=":material/check:",
            on_click=_acting.attempt,
            args=(_keep, [link], "confirmed"),
        )


def _company(label: str, name: str) -> int | None:
    """A customer, found by a part of its name."""
    return _find.record(
        label,
        "customer",
        f"groups-{name}",
        hint=text("Part of its name"),
        nobody=text("No company is called so."),
        told=lambda one: (one.name, one.place),
    )


page()
