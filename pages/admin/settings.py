"""Settings: what revenue is read from, the calendar, the currency, targets, whose data are seen."""

import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.services import segments, settings
from crm_core.services.segments import Cover
from pages._ui import import_currencies as currencies
from pages._ui import session, workspace
from pages._ui.head import page_head, section
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages.admin import _reaching, _targets

_NONE = ""
_SAVED = "_settings_saved"


def show() -> None:
    """The page."""
    text = session.texts().text
    page_head(
        text("Settings"),
        text("They hold for everybody who looks at this store; every change stands in the audit."),
    )
    if st.session_state.pop(_SAVED, None):
        st.toast(plain(text("Saved.")), icon=":material/check:")
    store, actor = workspace.store(), workspace.actor()
    known = settings.read(store, actor)
    ground = segments.ground(store, actor)
    with st.container(border=True):
        _figures(known, ground)
    with st.container(border=True):
        _targets.show(known, ground)
    with st.container(border=True):
        _reaching.show(known)
    with st.container(border=True):
        _company()


def _figures(known: dict[str, object], ground: segments.Ground) -> None:
    """The form of the settings that figures rest on."""
    text = session.texts().text
    section(text("What figures rest on"))
    with st.form("settings", border=False):
        basis = _basis(known["revenue_basis"], ground)
        with st.container(horizontal=True):
            month = _month(known["fiscal_year_start"])
            currency = _currency(known["home_currency"])
            target = _target(known["coverage_target"])
            hour = _hour(known["hour_cost"])
            factor = _factor(known["phasing_out_factor"])
        if st.form_submit_button(text("Save"), type="primary", shortcut="Ctrl+Enter"):
            wanted: dict[str, object] = {
                "fiscal_year_start": month,
                "home_currency": currency or None,
                "coverage_target": target,
                "hour_cost": hour,
                "phasing_out_factor": factor,
            }
            _save(wanted if basis is None else {"revenue_basis": basis, **wanted})


def _basis(now: object, ground: segments.Ground) -> str | None:
    text = session.texts().text
    options = {"sales": text("Order lines"), "opportunities": text("Won opportunities")}
    said = {
        "sales": text("What was ordered or invoiced, before returns."),
        "opportunities": text("The amount of each deal that was won, in the month it closed."),
    }
    return st.radio(
        text("Revenue is read from"),
        list(options),
        index=list(options).index(str(now)) if now in options else None,
        format_func=lambda code: options.get(code, code),
        captions=[plain(f"{said[code]} {_coverage(ground.covers.get(code))}") for code in options],
        help=text(
            "The first load proposes it; no later load changes it. Both can be asked for on the "
            "segment page."
        ),
        key=f"settings-basis-{session.texts().language}",
    )


def _coverage(cover: Cover | None) -> str:
    """Which months the store's rows of this kind reach over, and how many there are."""
    texts = session.texts()
    if cover is None or not cover.rows:
        return texts.text("There are none yet.")
    rows = texts.plural("{n} row", "{n} rows", cover.rows)
    if not cover.months:
        return texts.text("{rows}, none of them dated.", rows=rows)
    first, last = min(cover.months), max(cover.months)
    months = texts.plural("{n} month has rows", "{n} months have rows", len(cover.months))
    undated = texts.text(", {n} undated", n=cover.undated) if cover.undated else ""
    return texts.text(
        "{rows} from {first} to {last}; {months}{undated}.",
        rows=rows,
        first=texts.formats.month(first),
        last=texts.formats.month(last),
        months=months,
        undated=undated,
    )


def _month(now: object) -> int:
    names = session.formats().locale.months["stand-alone"]["wide"]
    return st.selectbox(
        session.texts().text("First month of the fiscal year"),
        list(range(1, 13)),
        index=int(str(now)) - 1,
        format_func=lambda month: names[month],
        width=240,
        key=f"settings-month-{session.texts().language}",
    )


def _currency(now: object) -> str:
    text = session.texts().text
    codes = [_NONE, *currencies.codes()]
    if now and now not in codes:
        codes.append(str(now))
    return st.selectbox(
        text("Home currency"),
        codes,
        index=codes.index(str(now or _NONE)),
        format_func=lambda code: currencies.name(code) if code else text("None"),
        help=text("Shown first. Amounts in different currencies are never added up."),
        width=280,
        key=f"settings-currency-{session.texts().language}",
    )


def _target(now: object) -> float:
    text = session.texts().text
    return _percent(
        text("Coverage target (%)"),
        now,
        "target",
        text("The share of leads, customers and cases that should have a segment within 60 days."),
        least=1,
    )


def _factor(now: object) -> float:
    text = session.texts().text
    return _percent(
        text("Weight of what phases out (%)"),
        now,
        "factor",
        text(
            "A pain point that serves nothing but product lines and channels which are phasing "
            "out counts so much when pain points are ranked."
        ),
    )


def _percent(label: str, now: object, key: str, told: str, least: int = 0) -> float:
    """A share; asked in whole percent."""
    percent = st.number_input(
        label,
        min_value=least,
        max_value=100,
        value=round(float(str(now)) * 100),
        help=told,
        width=200,
        key=f"settings-{key}-{session.texts().language}",
    )
    return percent / 100


def _hour(now: object) -> float | None:
    text = session.texts().text
    return st.number_input(
        text("Cost of an hour"),
        min_value=0.0,
        max_value=float(settings.MOST_HOUR),
        value=None if now is None else float(str(now)),
        help=text("In the home currency. Steps of processes and typing again are costed with it."),
        width=200,
        key=f"settings-hour-{session.texts().language}",
    )


def _save(wanted: dict[str, object]) -> None:
    try:
        for key, value in wanted.items():
            settings.write(workspace.store(), workspace.actor(), key, value)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    st.session_state[_SAVED] = True
    st.rerun()


def _company() -> None:
    """Whose data are looked at."""
    text = session.texts().text
    section(
        text("Whose data you look at"),
        text("The sample company and your own data lie in two stores and are never mixed."),
    )
    options = {"own": text("My own data"), "sample": text("The sample company")}
    key = f"settings-company-{session.texts().language}"
    now = workspace.company()
    if st.session_state.get(key) != now:
        st.session_state[key] = now
    st.segmented_control(
        text("Data"),
        list(options),
        format_func=lambda code: options.get(code, code),
        label_visibility="collapsed",
        required=True,
        key=key,
        on_change=lambda: workspace.choose(st.session_state[key]),
    )


show()
