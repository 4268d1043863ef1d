"""Who works in the system by team and week, as a field of shares; a click tells the people."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from crm_core.services import adoption
from crm_core.services.adoption import Adoption, TeamWeek
from pages._ui import kept, links, session
from pages._ui.charts import Chosen, cell_of, matrix_chart, show_chart
from pages._ui.plain import plain
from pages._ui.tables import Column, table

_WRITTEN = 13
"""Weeks of which the shares can be written in the cells."""
_CELL = "_adoption_cell"
_WEAK = 0.5


def show(found: Adoption) -> None:
    """The chart under its finding, or what to import for it."""
    text = session.texts().text
    if found.cells is None:
        unknown = text("Who works in the system is not known")
        with st.container(border=True):
            st.markdown(f"**{plain(unknown)}**")
            st.markdown(
                plain(
                    text(
                        "No activities are imported. Import calls, visits, mails and tasks with "
                        "their owner and day."
                    )
                )
            )
            links.page_link(links.IMPORT, text("Import"), ":material/upload_file:")
        return
    teams = _by_team(found.cells)
    names = list(teams)

    def open_cell(chosen: Chosen) -> None:
        if place := cell_of(chosen):
            st.session_state[_CELL] = names[place[0]], found.weeks[place[1]]

    show_chart(
        _matrix(teams, found.weeks),
        key="adoption",
        finding=_finding(teams),
        counted=text(
            "Share of each team's people who noted something in the week, darker where more. "
            "Choose a cell to see who."
        ),
        on_click=open_cell,
    )
    if cell := st.session_state.pop(_CELL, None):
        title = f"{_name(cell[0])} · {session.formats().day(cell[1])}"
        st.dialog(plain(title))(_people)(*cell)


def _by_team(cells: Sequence[TeamWeek]) -> dict[str | None, list[TeamWeek]]:
    found: dict[str | None, list[TeamWeek]] = {}
    for one in cells:
        found.setdefault(one.team, []).append(one)
    return found


def _matrix(teams: Mapping[str | None, Sequence[TeamWeek]], weeks: Sequence[date]) -> go.Figure:
    percent = session.formats().percent
    step = -(-len(weeks) // _WRITTEN)
    heads = [f"{w.month}/{w.day}" if at % step == 0 else "" for at, w in enumerate(weeks)]
    return matrix_chart(
        [_name(team) for team in teams],
        heads,
        [[one.share for one in row] for row in teams.values()],
        [[_told(one) for one in row] for row in teams.values()],
        lambda share: percent(share, 0) if step == 1 else "",
    )


def _told(one: TeamWeek) -> str:
    text = session.texts().text
    people = text("{n} of {all} people", n=one.active, all=one.people)
    week = text("week from {day}", day=one.week)
    return f"{_name(one.team)}\n{week}\n{people}"


def _finding(teams: Mapping[str | None, Sequence[TeamWeek]]) -> str:
    """The team that works least in the system."""
    texts = session.texts()
    shares = {
        team: sum(one.active for one in row) / sum(one.people for one in row)
        for team, row in teams.items()
        if sum(one.people for one in row)
    }
    least = min(shares, key=lambda team: shares[team], default=None)
    if not shares:
        return texts.text("No team has people in the system")
    share = texts.formats.percent(shares[least], 0)
    weak = sum(one < _WEAK for one in shares.values())
    if weak > 1:
        return texts.text(
            "In {n} of {all} teams fewer than half work in the system, least in {team}: {share}",
            n=weak,
            all=len(shares),
            team=_name(least),
            share=share,
        )
    return texts.text(
        "{team} works in the system least: {share} in a usual week", team=_name(least), share=share
    )


def _people(team: str | None, week: date) -> None:
    """Who of the team noted something in the week."""
    text = session.texts().text
    found = kept.read(adoption.team_week, team, week)
    if not found:
        st.info(plain(text("Nobody noted anything in this week.")), icon=":material/info:")
        return
    rows = pd.DataFrame(found, columns=["person", "days", "records"])
    heads = [
        Column("person", text("Person")),
        Column("days", text("Active days"), "number"),
        Column("records", text("Records touched"), "number"),
    ]
    table(rows, heads, key="adoption-week")


def _name(team: str | None) -> str:
    return team or session.texts().text("No team")
