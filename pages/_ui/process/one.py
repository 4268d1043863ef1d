"""One process: teams side by side, the flow, where customers suffer, and the steps of a team."""

import pandas as pd
import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.services import processes
from crm_core.services.processes import Compared, Team
from pages._ui import dialogs, filters, kept, links, session
from pages._ui.head import page_head, section
from pages._ui.notices import empty_state, problem_box
from pages._ui.plain import plain
from pages._ui.process import acts, catalogue, enter, flow, mine, table, words
from pages._ui.register import form
from pages._ui.tables import Column
from pages._ui.tables import table as rows_table

_THEN, _TEAM = "then", "team"
PAGE = "pages/assess/processes.py"


def show(key: str) -> None:
    """The page of the process with this id."""
    try:
        found = kept.read(processes.compared, key)
    except Refused as refusal:
        problem_box(refusal.problem)
        links.page_link(PAGE, session.texts().text("All processes"), ":material/arrow_back:")
        return
    one = found.process
    page_head(one.title, one.purpose, _facts(found))
    form.show_done()
    _actions(found)
    if found.comparison is None:
        _empty()
    else:
        _comparison(found)
    _dialog(found)


def _comparison(found: Compared) -> None:
    then, team = _filters(found)
    _side_by_side(found, then)
    picture, pains = st.columns([2, 3], gap="large")
    with picture:
        _flow(found, team)
    with pains:
        _hurting(found)
    _rows(found, team)


def _facts(found: Compared) -> list[str]:
    """What the page rests on, and what is agreed."""
    texts = session.texts()
    text = texts.text
    one = found.process
    hour = words.cost(one.hour_cost, found.currency)
    agreed = text("agreed best practice: {team}", team=one.best_practice)
    told = text("should hear of it: {names}", names=text("; ").join(one.share_with))
    return [
        one.function,
        texts.plural("{n} team", "{n} teams", len(found.teams)) if found.teams else "",
        agreed if found.agreed else text("no best practice agreed yet"),
        told if found.agreed and one.share_with else "",
        text("an hour costs {cost}", cost=hour) if hour else text("cost of an hour not set"),
    ]


def _actions(found: Compared) -> None:
    text = session.texts().text
    with st.container(horizontal=True):
        dialogs.offer(text("Enter steps"), "steps", type="primary", icon=":material/edit_note:")
        dialogs.offer(text("From an event log"), "log", icon=":material/timeline:")
        if found.teams:
            agree = text("Agree on the best practice")
            dialogs.offer(agree, "agree", icon=":material/handshake:")
            dialogs.offer(text("Keep as baseline"), "baseline", icon=":material/bookmark_add:")
        if st.button(text("Edit the process"), type="tertiary", icon=":material/edit:"):
            form.open_row("process", found.process.id)


def _dialog(found: Compared) -> None:
    """The one that is open."""
    match dialogs.opened():
        case "steps":
            enter.dialog(found.process, st.query_params.get(_TEAM))
        case "log":
            mine.dialog(found.process)
        case "agree" if found.teams:
            acts.agree(found)
        case "baseline" if found.teams:
            acts.baseline(found)


def _empty() -> None:
    text = session.texts().text
    empty_state(
        text("No team has told its steps yet"),
        text("Write down what a team does, a line per step: what, who, tool, minutes."),
        icon=":material/format_list_numbered:",
    )


def _filters(found: Compared) -> tuple[Team | None, Team | None]:
    """What is looked at: another process, the baseline that is looked back to, one of the teams."""
    texts = session.texts()
    one = found.process
    every = {"": texts.text("All processes")}
    every |= {it.id: it.title for it in kept.read(processes.processes)}
    then = {f"{it.name}@{it.day}": it for it in kept.read(processes.baselines, one)}
    days = {"": texts.text("Teams today")} | {
        code: texts.text("{team}: {day} and today", team=base.name, day=base.day)
        for code, base in then.items()
    }
    teams = {team.name: team for team in found.teams}
    with filters.filter_row():
        filters.select(texts.text("Process"), every, name=catalogue.PROCESS, width=280)
        day = filters.select(texts.text("Compare"), days, name=_THEN, width=280) if then else ""
        team = filters.select(
            texts.text("Team"),
            {"": texts.text("All teams")} | {name: name for name in teams},
            name=_TEAM,
        )
    return then.get(day), teams.get(team)


def _side_by_side(found: Compared, then: Team | None) -> None:
    text = session.texts().text
    if then is not None and then.day:
        seen = kept.read(processes.then_and_now, found.process.id, then.name, then.day)
        section(words.changed(seen, then.name), words.legend())
        day = session.formats().day(then.day)
        table.show(seen, text("baseline"), [day, text("Today")][: len(seen.teams)])
        return
    section(words.finding(found), words.legend())
    nearest = text("nearest to all") if len(found.teams) > 1 else ""
    reference = text("best practice") if found.agreed else nearest
    table.show(found, reference, [team.name for team in found.teams])
    logs = [f"{team.name}: {words.log(team.logged)}" for team in found.teams if team.logged]
    if logs:
        st.caption(plain(" · ".join(logs)))


def _flow(found: Compared, team: Team | None) -> None:
    """The picture of all teams, or of one."""
    text = session.texts().text
    seen = found.comparison
    assert seen is not None
    if team is None and len(found.teams) > 1:
        section(
            text("What follows what"),
            text("The thicker a line, the more teams go that way; orange with a face: it hurts."),
        )
        name, dot, count = found.process.title, flow.of_all(seen), len(seen.rows)
    else:
        one = (team or found.teams[0]).variant()
        section(
            text("How {team} works", team=one.name),
            text("An arrow with a name: the work changes hands; orange with a face: it hurts."),
        )
        name, dot, count = one.name, flow.of_one(one), len(one.steps)
    flow.show(dot, text("Flow of {name}: {steps}", name=name, steps=words.steps(count)))


def _hurting(found: Compared) -> None:
    """Where customers suffer or work is wasted, the worst first."""
    texts = session.texts()
    seen = found.comparison
    assert seen is not None
    held = [
        (step, variant.name) for variant in seen.variants for step in variant.steps if step.hurts
    ]
    if not held:
        return
    held.sort(key=lambda one: (one[0].experience or 6, one[0].what))
    said = texts.plural(
        "Customers suffer or work is wasted in {n} step",
        "Customers suffer or work is wasted in {n} steps",
        len(held),
    )
    section(said)
    rows = pd.DataFrame(
        [
            (step.what, team, step.experience, texts.text("; ").join(step.waste), step.tool)
            for step, team in held
        ],
        columns=["what", "team", "experience", "waste", "tool"],
    )
    heads = [
        Column("what", texts.text("Step"), width="medium"),
        Column("team", texts.text("Team")),
        Column("experience", texts.text("Experience (1 to 5)"), "number"),
        Column("waste", texts.text("Waste")),
        Column("tool", texts.text("Tool")),
    ]
    rows_table(rows, heads, key="process-hurting")


def _rows(found: Compared, chosen: Team | None) -> None:
    """The steps of a team, or of all, to open and change one by one."""
    text = session.texts().text
    teams = [chosen] if chosen else found.teams
    section(text("The steps as they are kept"), text("A click opens a step with its history."))
    held = [(team.name, step) for team in teams for step in team.steps]
    at = enter.steps_table(
        [step for _, step in held],
        f"process-steps-{chosen.name if chosen else ''}",
        teams=[name for name, _ in held],
        select=True,
    )
    if at is not None:
        rows = [row for team in teams for row in team.rows]
        form.open_row("process_step", rows[at].id)
