"""Targets of revenue per segment: a figure for a fiscal year, or a table pasted month by month."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pandas as pd
import streamlit as st

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.reports import flat
from crm_core.services import segments, targets_by_year
from crm_core.services.segments import targets
from crm_core.services.targets_by_year import YearTarget
from crm_core.store import Store
from pages._ui import filters, session, workspace
from pages._ui import import_currencies as currencies
from pages._ui.downloads import download_button
from pages._ui.head import section
from pages._ui.notices import problem_box
from pages._ui.plain import plain

_NONE = "-"
_MOST_FIELDS = 60
_YEARS = 3
"""Years before and after this one that can be chosen."""
_SAVED = "_targets_saved"


def show(known: dict[str, object], ground: segments.Ground) -> None:
    """The form of a year, and the field to paste into."""
    texts = session.texts()
    section(
        texts.text("Revenue targets by segment"),
        texts.text("A month's target is a twelfth of the year's unless you paste it by month."),
    )
    saved = st.session_state.pop(_SAVED, None)
    if saved is not None:
        said = texts.plural("{n} month was changed.", "{n} months were changed.", saved)
        st.toast(plain(said), icon=":material/check:")
    if not ground.names:
        st.caption(plain(texts.text("Segments appear here once customers are loaded.")))
        return
    with st.container(horizontal=True):
        year = int(filters.select(texts.text("Fiscal year"), _years(known), name="year"))
        currency = filters.select(
            texts.text("Currency"), _currencies(known, ground), name="currency"
        )
    _year(year, None if currency == _NONE else currency, ground)
    _paste(next(iter(ground.names)))


def _years(known: dict[str, object]) -> dict[str, str]:
    """Fiscal years by the one they begin in, this one first."""
    texts, first = session.texts(), int(str(known["fiscal_year_start"]))
    today = session.today()
    now = today.year - (today.month < first)
    order = [now, *range(now + 1, now + _YEARS + 1), *range(now - 1, now - _YEARS - 1, -1)]
    month = texts.formats.month
    return {
        str(year): str(year)
        if first == 1
        else f"{month(date(year, first, 1))} – {month(date(year + 1, first - 1, 1))}"
        for year in order
    }


def _currencies(known: dict[str, object], ground: segments.Ground) -> dict[str, str]:
    """The store's own currencies first; targets without one fit rows without one."""
    held = [code for cover in ground.covers.values() for code in cover.currencies]
    home = [str(known["home_currency"])] if known["home_currency"] else []
    no_currency = session.texts().text("No currency given")
    order = dict.fromkeys([*home, *(code or _NONE for code in held), *currencies.codes(), _NONE])
    return {code: no_currency if code == _NONE else currencies.name(code) for code in order}


def _year(year: int, currency: str | None, ground: segments.Ground) -> None:
    text = session.texts().text
    held = targets_by_year.read(workspace.store(), workspace.actor(), year, currency)
    names = list(ground.names)[:_MOST_FIELDS]
    with st.form(f"targets-{year}-{currency}", border=False):
        grid = st.grid(4, min_column_width=200)
        given = {}
        for name in names:
            with grid:
                label = session.texts().label(ground.names[name])
                given[name] = _field(label, name, held.get(name), f"{year}-{currency}")
        if st.form_submit_button(text("Save targets"), type="primary"):
            _save_year(year, currency, given)
    if len(ground.names) > len(names):
        st.caption(plain(text("The other segments' targets can be pasted below.")))


def _field(label: str, name: str, held: YearTarget | None, where: str) -> str:
    """The target as text: a number field would round what the store keeps exactly."""
    formats = session.formats()
    uneven = held is not None and not held.even
    return st.text_input(
        plain(label),
        value=formats.number(held.amount) if held else "",
        placeholder=session.texts().text("no target"),
        help=session.texts().text("Its months differ; a new sum makes them equal.")
        if uneven
        else None,
        key=f"target-{where}-{name}",
    )


def _save_year(year: int, currency: str | None, given: dict[str, str]) -> None:
    store, actor = workspace.store(), workspace.actor()
    _saved(lambda: targets_by_year.write(store, actor, year, currency, given))


def _paste(example: str) -> None:
    text = session.texts().text
    store, actor = workspace.store(), workspace.actor()
    with st.expander(text("Paste targets by month"), icon=":material/content_paste:"):
        with st.form("targets-paste", border=False, clear_on_submit=False):
            pasted = st.text_area(
                text("A line each: segment, month, amount, currency"),
                placeholder=f"{example}\t{session.today():%Y-%m}\t120000\tCNY",
                help=text("Copy the cells from Excel; tabs, semicolons or commas part them."),
                key="targets-pasted",
            )
            if st.form_submit_button(text("Save pasted targets")) and pasted.strip():
                _saved(lambda: targets_by_year.paste(store, actor, pasted))
        name = text("Targets now (CSV)")
        download_button(name, "targets.csv", partial(_now, store, actor), key="targets-csv")


def _now(store: Store, actor: Actor) -> bytes:
    """Every target as the field to paste into takes it."""
    names = ["segment", "month", "amount", "currency"]
    told = [
        {**row, "month": row["month"].strftime("%Y-%m"), "amount": format(row["amount"], "f")}
        for row in targets.read(store, actor)
    ]
    return flat.as_csv(pd.DataFrame(told, columns=names))


def _saved(act: Callable[[], int]) -> None:
    try:
        changed = act()
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.session_state[_SAVED] = changed
    st.rerun()
