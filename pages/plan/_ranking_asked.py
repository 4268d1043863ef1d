"""How the initiatives are ranked, as the reader chooses it; all of it stands in the address."""

import streamlit as st

from crm_core.domain.priorities.methods import CRITERIA, USUAL_WEIGHTS, Method
from crm_core.i18n import ranking
from crm_core.services.priorities import Asked
from pages._ui import filters, session
from pages._ui.plain import plain
from pages.plan import _ranking_words as words

WEIGHTS = "weights"
_TOPS = (5, 3, 10)
_VALUES = (20, 0, 10, 30, 50)
_FIRM, _USUAL, _LOOSE, _FIXED = "100", "30", "10", "0"
_MOST = 100


def asked() -> Asked:
    """The row of filters, and what is chosen there."""
    text, percent = session.texts().text, session.formats().percent
    method = filters.choice(
        text("Order by"), {one.value: words.method(one) for one in Method}, name="method"
    )
    shown: list[str] = []
    with filters.folding_row(lambda: " · ".join(shown)):
        tops = {str(n): text("the first {n}", n=n) for n in _TOPS}
        top = filters.select(text("In front are"), tops, name="top", width=130)
        values = {str(n): text("± {share}", share=percent(n / 100, 0)) for n in _VALUES}
        value = filters.select(
            text("Values may be off by"),
            values,
            name="value",
            width=190,
            help=text("Any value in between is as likely."),
        )
        firmness = filters.select(
            text("Weights and durations"), _firmness(), name="sure", width=190, help=_help()
        )
        lens = filters.select(text("What is being phased out"), _lens(), name="lens", width=190)
        shown += [tops[top], values[value], _firmness()[firmness]]
    return Asked(
        Method(method),
        _said(),
        int(top),
        int(value) / 100,
        float(firmness) if firmness != _FIXED else None,
        lens != "off",
    )


def _firmness() -> dict[str, str]:
    text = session.texts().text
    return {
        _USUAL: text("move somewhat"),
        _FIRM: text("move a little"),
        _LOOSE: text("move a lot"),
        _FIXED: text("stay as they are"),
    }


def _help() -> str:
    return session.texts().text(
        "Weights of criteria and goals move around those that were chosen (a weight of 20% by "
        "about 4, 7 or 12 points), durations between their least and their most."
    )


def _lens() -> dict[str, str]:
    text = session.texts().text
    return {"on": text("counts less"), "off": text("counts in full")}


def weights(now: Asked) -> None:
    """The form for other weights."""
    text = session.texts().text
    with st.popover(text("Weights"), icon=":material/balance:"), st.form("weights", border=False):
        grid = st.grid(2, min_column_width=150, gap="small")
        said = []
        for one, weight in zip(CRITERIA, now.weights, strict=True):
            with grid:
                key = f"weight-{one}-{now.weights}"
                said.append(_number(text(ranking.INPUTS[one]), weight, key))
        if st.form_submit_button(text("Rank by these"), type="primary"):
            filters.put(WEIGHTS, _written(said))
            st.rerun()


def _number(label: str, now: float, key: str) -> int:
    return st.number_input(plain(label), 0, _MOST, round(now), 5, key=key)


def _written(said: list[int]) -> str | None:
    """As it stands in the address; None for the usual weights, and where all are nothing."""
    is_usual = [float(one) for one in said] == list(USUAL_WEIGHTS) or not any(said)
    return None if is_usual else "-".join(map(str, said))


def _said() -> tuple[float, ...]:
    """The weights that the address names, else the usual ones."""
    parts = st.query_params.get(WEIGHTS, "").split("-")
    if len(parts) == len(CRITERIA) and all(one.isdecimal() for one in parts):
        said = tuple(float(min(int(one), _MOST)) for one in parts)
        if any(said):
            return said
    return tuple(CRITERIA.values())
