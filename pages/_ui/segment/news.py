"""What changed since the reader last looked: one sentence, details on demand."""

from datetime import datetime

import pandas as pd
import streamlit as st

from crm_core.services import segments
from crm_core.services.segments import Changed, Report
from pages._ui import kept, session, workspace
from pages._ui.plain import plain
from pages._ui.segment import words
from pages._ui.tables import Column, table

PAGE = "segments"


def news(report: Report) -> None:
    """One line, where revenue changed since the reader last took note; else nothing."""
    store, actor = workspace.store(), workspace.actor()
    latest = kept.read(segments.latest)
    if latest is None:
        return
    seen = segments.last_look(store, actor, PAGE)
    if seen is None:
        segments.look(store, actor, PAGE, latest)
        return
    if seen >= latest:
        return
    changes = kept.read(segments.since, report.basis, seen)
    if not changes:
        segments.look(store, actor, PAGE, latest)
        return
    _line(report, changes, seen, latest)


def _line(report: Report, changes: list[Changed], seen: datetime, latest: datetime) -> None:
    text = session.texts().text
    with st.container(
        key="segment-news", border=True, horizontal=True, vertical_alignment="center"
    ):
        st.markdown(
            ":material/update: "
            + plain(
                text(
                    "Since you last looked ({day}): {changes}.",
                    day=session.formats().day(seen),
                    changes=_told(report, changes),
                )
            ),
            width="stretch",
        )
        if st.button(text("Details"), key="news-details", type="tertiary"):
            title = plain(text("What changed since you last looked"))
            st.dialog(title, width="large")(_details)(changes)
        st.button(
            text("Seen"),
            key="news-seen",
            icon=":material/check:",
            help=text("From now on, only later changes are shown here."),
            on_click=_look,
            args=(latest,),
        )


def _look(latest: datetime) -> None:
    segments.look(workspace.store(), workspace.actor(), PAGE, latest)


def _told(report: Report, changes: list[Changed]) -> str:
    """new 12 rows (+1.2M), corrected 3 rows (−4K)."""
    kinds = segments.by_kind(changes, report.currency)
    if not kinds:
        return session.texts().text("changes in other currencies")
    return session.formats().listing([_kind_told(kind) for kind in kinds])


def _kind_told(change: Changed) -> str:
    texts = session.texts()
    rows = texts.plural("{n} row", "{n} rows", change.rows)
    told = texts.text("{kind} {rows}", kind=kinds()[change.kind], rows=rows)
    if change.kind == "reclassified" or not change.amount:
        return told
    sign = "+" if change.amount > 0 else "-"
    amount = sign + session.formats().compact(abs(change.amount))
    return texts.text("{told} ({amount})", told=told, amount=amount)


def kinds() -> dict[str, str]:
    """The kinds of change in the reader's words."""
    text = session.texts().text
    return {
        "new": text("new"),
        "late": text("late"),
        "corrected": text("corrected"),
        "reclassified": text("reclassified"),
        "removed": text("removed"),
    }


def _details(changes: list[Changed]) -> None:
    text = session.texts().text
    st.caption(
        plain(
            text(
                "New: dated after what was known. Late: added to a time already reported. "
                "Corrected: amount, date or outcome changed. Reclassified: another segment. "
                "Removed: no longer there."
            )
        )
    )
    names = kinds()
    frame = pd.DataFrame(
        [
            {
                "kind": names[change.kind],
                "segment": words.name(change.segment),
                "rows": change.rows,
                "amount": change.amount,
                "currency": change.currency,
            }
            for change in changes
        ]
    )
    columns = [
        Column("kind", text("Change")),
        Column("segment", text("Segment")),
        Column("rows", text("Rows"), "number"),
        Column("amount", text("Difference in revenue"), "money"),
        Column("currency", text("Currency")),
    ]
    table(frame, columns, key="news-table")
