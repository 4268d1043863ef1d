"""What was merged, who said so and why, how it is shown, and taking it back."""

import zlib
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.i18n import mark
from crm_core.services import merging
from crm_core.services.merging import shown
from crm_core.services.merging.shown import Member, Shown
from pages._ui import filters, kept, session, workspace
from pages._ui import import_words as words
from pages._ui.head import section
from pages._ui.notices import empty_state, problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table, table_of_several
from pages.data import _acting, _by_hand, _merged_choice, _merged_rules
from pages.data._review_words import place, written

_ANY, _RULE, _PEOPLE = "", "rule", "review"
_DONE = "_unmerged"
WHY = {
    "chosen": mark("chosen by hand"),
    "newest": mark("the newest"),
    "longest": mark("the longest"),
    "source": mark("by the order of sources"),
    "first": mark("the first that is filled"),
}


def show(entity: str) -> None:
    """The merges in force, the one that is open, and the rules of which value is shown."""
    text = session.texts().text
    if (count := st.session_state.pop(_DONE, None)) is not None:
        said = session.texts().plural(
            "{n} merge was taken back; its records are two again.",
            "{n} merges were taken back; their records stand alone again.",
            count,
        )
        st.success(plain(said), icon=":material/check_circle:")
    name, made_by = _filters()
    rows = kept.read(merging.merges, entity, name=name, made_by=made_by or None)
    if rows:
        chosen = [rows[at] for at in _list(rows, entity)]
        _take_back(chosen)
        _open((chosen or rows)[0], entity)
    elif name or made_by:
        st.info(plain(text("No merge fits these filters.")), icon=":material/filter_alt:")
    else:
        _empty()
    _by_hand.show(entity)
    _merged_rules.show(entity)


def _empty() -> None:
    text = session.texts().text
    empty_state(
        text("Nothing is merged"),
        text("What is merged by rule or by people stands here, and can be taken back here."),
        icon=":material/join:",
    )


def _filters() -> tuple[str, str]:
    text = session.texts().text
    options = {_ANY: text("Everybody"), _RULE: text("The rule"), _PEOPLE: text("People")}
    with st.container(horizontal=True):
        made_by = filters.select(text("Merged by"), options, name="by")
        name = st.text_input(text("Name contains"), key="merged-name", width=220)
    return name, made_by


def _list(rows: Sequence[dict[str, Any]], entity: str) -> list[int]:
    """The merges; the positions of those that were chosen."""
    texts = session.texts()
    text = texts.text
    if len(rows) >= merging.MOST_SHOWN:
        said = text(
            "The newest {n} are shown; find older ones by name.",
            n=texts.formats.number(len(rows)),
        )
        st.caption(plain(said))
    heads = [
        Column("record", text("Record"), width="medium"),
        Column("into", text("is one with"), width="medium"),
        Column("by", text("Merged by")),
        Column("at", text("When"), "moment"),
        Column("probability", text("Probability"), "percent"),
        Column("file", text("From")),
        Column("into_file", text("and from")),
    ]
    data = pd.DataFrame([_told(row) for row in rows])
    data["at"] = pd.to_datetime(data["at"])
    ids = ",".join(str(row["merge_id"]) for row in rows)
    key = f"merged-{entity}-{zlib.crc32(ids.encode())}"
    return table_of_several(data, heads, key=key, height="auto" if len(rows) < 9 else 330)


def _told(row: dict[str, Any]) -> dict[str, Any]:
    at = row["committed_at"]
    return {
        "record": row["name"],
        "into": row["into_name"],
        "by": _by(row),
        "at": session.local(at) if at else None,
        "probability": row["probability"],
        "file": _place(row, ""),
        "into_file": _place(row, "into_"),
    }


def _place(row: dict[str, Any], side: str) -> str | None:
    """Where a record stands; the merge is kept for when a load that was taken back comes again."""
    if row[f"{side}row_id"] is None:
        return session.texts().text("its load was taken back")
    return place(row[f"{side}source_file"], row[f"{side}source_line"])


def _by(row: dict[str, Any]) -> str:
    if row["made_by"] == _RULE:
        return session.texts().text("The rule")
    return words.person(row["actor_name"] or "")


def _take_back(chosen: Sequence[dict[str, Any]]) -> None:
    texts = session.texts()
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            texts.plural("Take {n} merge back", "Take {n} merges back", len(chosen))
            if chosen
            else texts.text("Take back"),
            key="unmerge",
            icon=":material/undo:",
            type="primary" if chosen else "secondary",
            disabled=not chosen,
            on_click=_acting.attempt,
            args=(_unmerge, [row["merge_id"] for row in chosen]),
        )
        said = texts.text(
            "Choose rows to take back. The records are two again, as their files tell them."
        )
        st.caption(plain(said))


def _unmerge(merges: list[int]) -> None:
    st.session_state[_DONE] = merging.unmerge(workspace.store(), workspace.actor(), merges)


def _open(row: dict[str, Any], entity: str) -> None:
    """All rows that are one, side by side, with the value that is shown of each field."""
    text = session.texts().text
    row_id = row["into_row_id"] or row["row_id"]
    if row_id is None:
        st.caption(plain(text("The load of both records was taken back.")))
        return
    section(
        text("{name}: what is shown, and where it comes from", name=row["into_name"] or ""),
        text("Every record that is one with it, as its file tells it."),
    )
    try:
        members, fields = kept.read(shown.record, entity, row_id)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    _fields(members, fields, entity)
    _merged_choice.show(members, fields, entity)


def _fields(members: Sequence[Member], fields: Sequence[Shown], entity: str) -> None:
    text = session.texts().text
    rows = pd.DataFrame([_field(members, one, entity) for one in fields])
    heads = [
        Column("field", text("Field"), pinned=True),
        Column("shown", text("Shown"), width="medium"),
        Column("why", text("Why this one")),
        *(
            Column(f"m{at}", place(one.source_file, one.source_line) or "", width="medium")
            for at, one in enumerate(members)
        ),
    ]
    table(rows, heads, key=f"shown-{members[0].row_id}")


def _field(members: Sequence[Member], one: Shown, entity: str) -> dict[str, Any]:
    text = session.texts().text
    values = {member.row_id: member.values[one.field] for member in members}
    different = {str(value) for value in values.values() if value is not None}
    return {
        "field": words.field(one.field, entity),
        "shown": written(one.value),
        "why": text(WHY[one.why]) if len(different) > 1 else text("the only value"),
        **{
            f"m{at}": None if value is None else written(value)
            for at, value in enumerate(values.values())
        },
    }
