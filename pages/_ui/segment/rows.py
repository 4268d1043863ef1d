"""The rows behind the figures, and from a row to its file and line."""

from typing import Any

import pandas as pd
import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.i18n import DASH
from crm_core.services import segments
from crm_core.services.segments import PAGE, Report
from crm_core.services.segments.words import period_name
from pages._ui import session, workspace
from pages._ui.notices import problem_box
from pages._ui.plain import plain
from pages._ui.segment import data, words
from pages._ui.tables import Column, table

_PLACE = "rows-page"


def open_rows(report: Report) -> None:
    """The dialog with the rows behind what is shown."""
    st.session_state[_PLACE] = 0
    title = plain(session.texts().text("The rows behind the figures"))
    st.dialog(title, width="large", icon=":material/table_rows:")(_show)(report)


def _show(report: Report) -> None:
    text = session.texts().text
    kind, product = _choices(report)
    page = int(st.session_state.get(_PLACE, 0))
    found = segments.rows(
        workspace.store(),
        workspace.actor(),
        report.asked,
        kind,  # type: ignore[arg-type]
        product=product,
        page=page,
        limit=PAGE + 1,
    )
    st.caption(plain(_about(report, kind)))
    if not found:
        st.info(plain(text("There are no such rows.")), icon=":material/info:")
        return
    shown = found[:PAGE]
    chosen = table(
        _frame(shown), _columns(kind), key=f"rows-{kind}-{page}", select=True, height=360
    )
    _turn(page, len(shown), more=len(found) > PAGE)
    if chosen is None:
        st.caption(plain(text("Choose a row to see the line of the file it came from.")))
    else:
        _source(shown[chosen])


def _choices(report: Report) -> tuple[str, str | None]:
    text = session.texts().text
    kinds = {
        "revenue": text("Revenue"),
        "won": text("Won"),
        "lost": text("Lost"),
        "open": text("Open"),
    }
    if report.basis == "opportunities":
        del kinds["won"]
    products = data.mix(report.asked, None).products
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = st.segmented_control(
            text("Rows"),
            list(kinds),
            default="revenue",
            required=True,
            format_func=lambda code: kinds.get(code, str(code)),
            key="rows-kind",
            on_change=_first_page,
        )
        place = st.selectbox(
            text("Product"),
            range(len(products)),
            index=None,
            placeholder=text("All products"),
            format_func=lambda at: words.product(products[at]),
            key="rows-product",
            on_change=_first_page,
            width=260,
        )
    product = None if place is None else products[place] or segments.UNCLASSIFIED
    return kind if kind in kinds else "revenue", product


def _about(report: Report, kind: str) -> str:
    text, asked = session.texts().text, report.asked
    period = text("As of now") if kind == "open" else period_name(session.texts(), report.period)
    filters = [asked.region, asked.team, report.currency]
    if asked.segment is not None:
        filters.insert(0, words.name(asked.segment))
    return " · ".join([period, *(part for part in filters if part), text("the latest first")])


def _first_page() -> None:
    st.session_state[_PLACE] = 0


def _turn(page: int, count: int, *, more: bool) -> None:
    """Earlier and later pages; which rows are shown."""
    text = session.texts().text
    with st.container(horizontal=True, vertical_alignment="center"):
        first = page * PAGE + 1
        st.caption(
            plain(text("Rows {first} to {last}", first=first, last=first + count - 1)),
            width="stretch",
        )
        for step, label, icon, possible in (
            (-1, text("Back"), ":material/chevron_left:", page > 0),
            (1, text("Further"), ":material/chevron_right:", more),
        ):
            st.button(
                label,
                key=f"rows-turn-{step}",
                icon=icon,
                type="tertiary",
                disabled=not possible,
                on_click=_go,
                args=(page + step,),
            )


def _go(page: int) -> None:
    st.session_state[_PLACE] = page


def _frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    frame["segment"] = [words.name(row["segment"]) for row in rows]
    frame["date"] = pd.to_datetime(frame["date"], errors="coerce")
    return frame


def _columns(kind: str) -> list[Column]:
    text = session.texts().text
    columns = [
        Column("date", text("Created") if kind == "open" else text("Date"), "day"),
        Column("id", text("Number")),
        Column("customer", text("Customer"), width="medium"),
        Column("segment", text("Segment")),
        Column("product", text("Product")),
        Column("amount", text("Amount"), "money"),
        Column("currency", text("Currency")),
        Column("returned", text("Returned"), "flag"),
        Column("owner", text("Owner")),
        Column("source_file", text("File")),
        Column("source_line", text("Line"), "number"),
    ]
    return [column for column in columns if column.name != "returned" or kind == "revenue"]


def _source(row: dict[str, Any]) -> None:
    """The raw line beside what became of it."""
    text = session.texts().text
    try:
        traced = segments.trace(
            workspace.store(), workspace.actor(), row["entity"], int(row["row_id"])
        )
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    where = [
        traced.source_file,
        text("sheet {sheet}", sheet=traced.sheet) if traced.sheet else "",
        text("line {line}", line=traced.line),
    ]
    st.markdown(f"**{plain(' · '.join(part for part in where if part))}**")
    frame = pd.DataFrame(
        [
            {
                "header": cell.header,
                "raw": cell.raw or None,
                "field": words.label(cell.field) if cell.field else text("kept as it is"),
                "clean": _written(cell.clean),
            }
            for cell in traced.cells
        ]
    )
    table(
        frame,
        [
            Column("header", text("Column in the file")),
            Column("raw", text("As it stands in the file")),
            Column("field", text("Read as")),
            Column("clean", text("Cleaned")),
        ],
        key=f"line-{row['row_id']}",
    )


def _written(value: Any) -> str | None:
    """A cleaned value in full precision."""
    formats = session.formats()
    if value is None:
        return None
    if isinstance(value, str):
        return value
    if hasattr(value, "year"):
        return formats.day(value)
    if isinstance(value, bool):
        return session.texts().text("yes") if value else session.texts().text("no")
    return formats.number(value.normalize() if hasattr(value, "normalize") else value) or DASH
