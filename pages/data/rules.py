"""Rules: what rows of each entity must keep, how many break it now, and what happens to those."""

import pandas as pd
import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.domain.rules import Severity
from crm_core.i18n import mark
from crm_core.services import rules
from crm_core.services.rules import RuleState
from pages._ui import filters, kept, session, workspace
from pages._ui import import_words as words
from pages._ui.head import page_head, section
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _acting

_ALL, _BROKEN = "", "broken"
SEVERITIES = {
    Severity.REJECT: mark("Set aside"),
    Severity.WARN: mark("Load and count"),
    Severity.OFF: mark("Do not check"),
}


def show() -> None:
    """The page."""
    texts = session.texts()
    text = texts.text
    every = kept.read(rules.overview)
    broken = sum(1 for one in every if one.rows)
    page_head(
        text("Rules"),
        text("What rows must keep, how many in the store do not, and what a load does with them."),
        [
            texts.plural("{n} rule", "{n} rules", len(every)),
            texts.plural("{n} is broken now", "{n} are broken now", broken),
        ],
    )
    _acting.show_problem()
    entity, shown = _filtered(every)
    if shown:
        _one(_list(shown))
    else:
        st.info(plain(text("No rule fits these filters.")), icon=":material/filter_alt:")
    _doubts(entity)


def _filtered(every: tuple[RuleState, ...]) -> tuple[str, list[RuleState]]:
    """The entity that is asked for, and the rules that fit, those that most rows break first."""
    text = session.texts().text
    entities = dict.fromkeys(one.entity for one in every)
    with filters.filter_row():
        entity = filters.select(
            text("Holds"),
            {_ALL: text("All")} | {name: words.entity(name) for name in entities},
            name="entity",
        )
        state = filters.select(
            text("State"), {_ALL: text("All"), _BROKEN: text("Broken now")}, name="state"
        )
    shown = [one for one in every if entity in (_ALL, one.entity)]
    shown.sort(key=lambda one: -one.rows)
    return entity, [one for one in shown if state == _ALL or one.rows]


def _list(shown: list[RuleState]) -> RuleState:
    """The rules; the one that was clicked, else that of the address, else the first."""
    text = session.texts().text
    heads = [
        Column("entity", text("Holds"), width="small"),
        Column("rule", text("Rule"), width="large"),
        Column("rows", text("Rows that break it now"), "number"),
        Column("severity", text("What a load does")),
    ]
    rows = pd.DataFrame(
        {
            "entity": words.entity(one.entity),
            "rule": words.rule(one.id),
            "rows": one.rows,
            "severity": text(SEVERITIES[one.severity]),
        }
        for one in shown
    )
    key = f"rules-{shown[0].id}-{len(shown)}"
    at = table(rows, heads, key=key, select=True, height="auto" if len(shown) < 9 else 370)
    if at is not None:
        filters.put("rule", shown[at].id)
    asked = st.query_params.get("rule")
    return next((one for one in shown if one.id == asked), shown[0])


def _one(one: RuleState) -> None:
    texts = session.texts()
    counted = texts.plural("{n} row breaks it now", "{n} rows break it now", one.rows)
    section(f"{words.entity(one.entity)} · {words.rule(one.id)}", counted)
    st.markdown(plain(words.advice(one.id)))
    _severity(one)
    if one.rows:
        _rows(one)


def _severity(one: RuleState) -> None:
    """What a load does with a row that breaks the rule; kept as soon as it is chosen."""
    text = session.texts().text
    key = f"severity-{one.id}-{session.texts().language}"
    st.session_state[key] = one.severity
    st.segmented_control(
        text("A row that breaks it"),
        list(SEVERITIES),
        format_func=lambda severity: text(SEVERITIES[severity]),
        required=True,
        key=key,
        on_change=_choose,
        args=(one.id, key),
        help=text(
            "From the next load on. Usually: {usual}. Rows that are in the store already stay.",
            usual=text(SEVERITIES[one.usual]),
        ),
    )


def _choose(rule: str, key: str) -> None:
    chosen = str(st.session_state[key])
    _acting.attempt(rules.choose, workspace.store(), workspace.actor(), rule, chosen)


def _rows(one: RuleState) -> None:
    """The rows that break the rule, with the file and line that they come from."""
    texts = session.texts()
    try:
        found = kept.read(rules.broken_rows, one.id)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    said = {"source_file": texts.text("File"), "source_line": texts.text("Line")}
    rows = pd.DataFrame(list(found.rows), columns=list(found.columns))
    rows = rows.astype({"source_line": "Int64"}).astype({"source_line": "str"})
    rows = rows.dropna(axis="columns", how="all")
    needed = [name for name in found.columns if name in rows or name in one.fields]
    heads = [
        Column(name, said.get(name) or words.field(name, one.entity), pinned=place == 0)
        for place, name in enumerate(needed)
    ]
    shown = rows.reindex(columns=needed).map(_written)
    table(shown, heads, key=f"rule-rows-{one.id}", height="auto" if len(rows) < 10 else 370)
    if one.rows > len(rows):
        limit = texts.formats.number(len(rows))
        st.caption(plain(texts.text("The first {limit} rows.", limit=limit)))


def _doubts(entity: str) -> None:
    """What loads could not read as a phone number or an address, with field, file and line."""
    texts = session.texts()
    text = texts.text
    found, every = kept.read(rules.doubts, entity or None)
    if not found:
        return
    section(
        text("Loaded as written"),
        text("Phone numbers and addresses that could not be read, by load; none was guessed."),
    )
    rows = pd.DataFrame(
        {
            "what": words.rule(one.code),
            "field": f"{words.entity(one.entity)} · {words.any_field(one.field, one.entity)}",
            "file": words.sheet_name(one.file, one.sheet),
            "lines": one.lines,
            "line": str(one.line),
            "advice": words.advice(one.code),
        }
        for one in found
    )
    heads = [
        Column("what", text("What is wrong"), width="medium"),
        Column("field", text("Field")),
        Column("lines", text("Lines"), "number"),
        Column("file", text("File")),
        Column("line", text("First line")),
        Column("advice", text("What to do"), width="large"),
    ]
    table(rows, heads, key="rules-doubts", height="auto" if len(rows) < 9 else 370)
    if every > len(found):
        limit = texts.formats.number(len(found))
        st.caption(plain(text("The first {limit} rows.", limit=limit)))


def _written(value: object) -> object:
    """A value of any field as text: a column may hold days in one rule and amounts in another."""
    if value is None or value is pd.NaT or value != value:
        return None
    return str(value)


show()
