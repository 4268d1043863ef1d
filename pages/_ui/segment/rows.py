"""The rows behind the figures, and from a row to its file and line."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import streamlit as st

from crm_core.services import segments
from crm_core.services.segments import PAGE, Asked, By, Kind, Mix, Part, Report, Rows
from crm_core.services.segments.words import period_name, places
from pages._ui import session, workspace
from pages._ui.plain import plain
from pages._ui.segment import words
from pages._ui.segment.source import source_line
from pages._ui.tables import Column, table

_PLACE = "rows-page"
_OPENED = "rows-opened"
MOST_CHOICES = 200
Mixes = Mapping[By, Mix]


@dataclass(frozen=True)
class RowsCell:
    """A cell of the product mix: its segment ("" unclassified), its column and what that is."""

    segment: str
    column: str | None
    by: By
    part: Part


def open_rows(report: Report, mixes: Mixes, cell: RowsCell | None = None) -> None:
    """The dialog with the rows behind what is shown, or behind a cell of the product mix."""
    st.session_state[_PLACE] = 0
    st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + 1
    title = plain(session.texts().text("The rows behind the figures"))
    st.dialog(title, width="large", icon=":material/table_rows:")(_show)(report, mixes, cell)


def _show(report: Report, mixes: Mixes, cell: RowsCell | None) -> None:
    text = session.texts().text
    asked = replace(report.asked, segment=cell.segment) if cell else report.asked
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kind = _kind(report)
        part = cell.part if cell else _part(mixes)
    page = int(st.session_state.get(_PLACE, 0))
    found = segments.rows(workspace.store(), workspace.actor(), asked, kind, part=part, page=page)
    if found.count:
        st.markdown(f"**{plain(_sum(report, found))}**")
    st.caption(plain(_about(report, asked, kind, cell)))
    if not found.count:
        st.info(plain(text("There are no such rows.")), icon=":material/info:")
        return
    chosen = table(
        _frame(found.lines), _columns(kind), key=_key(f"{kind}-{page}"), select=True, height=360
    )
    _turn(page, len(found.lines), found.count)
    if chosen is None:
        st.caption(plain(text("Choose a row to see the line of the file it came from.")))
    else:
        source_line(found.lines[chosen])


def _kind(report: Report) -> Kind:
    text = session.texts().text
    kinds: dict[Kind, str] = {
        "revenue": text("Revenue"),
        "won": text("Won"),
        "lost": text("Lost"),
        "open": text("Open"),
    }
    if report.basis == "opportunities":
        del kinds["won"]
    kind = st.segmented_control(
        text("Rows"),
        list(kinds),
        default="revenue",
        required=True,
        format_func=lambda code: kinds.get(code, str(code)),
        key=_key("kind"),
        on_change=_first_page,
    )
    return kind if kind in kinds else "revenue"


def _part(mixes: Mixes) -> Part:
    """A family, if there are any, and a product to narrow the rows to."""
    text = session.texts().text
    family: tuple[str, ...] = ()
    if "family" in mixes:
        family = _narrowed(text("Product family"), text("All families"), mixes["family"])
    product = _narrowed(text("Product"), text("All products"), mixes["product"])
    return Part(products=product, families=family)


def _narrowed(label: str, every: str, mix: Mix) -> tuple[str, ...]:
    """The family or product that was chosen, if any."""
    names = mix.all_columns[:MOST_CHOICES]
    place = st.selectbox(
        label,
        range(len(names)),
        index=None,
        placeholder=every,
        format_func=lambda at: words.product(names[at]),
        key=_key(mix.by),
        on_change=_first_page,
        width=220,
    )
    return () if place is None else (names[place] or segments.UNCLASSIFIED,)


def _about(report: Report, asked: Asked, kind: str, cell: RowsCell | None) -> str:
    """What the rows are limited to."""
    texts = session.texts()
    now = texts.text("As of now")
    parts = [now if kind == "open" else period_name(texts, report.period)]
    if asked.segment is not None:
        parts.insert(0, words.name(asked.segment))
    if cell:
        parts.insert(1, words.product(cell.column))
    parts += [places(texts, chosen) for chosen in (asked.regions, asked.teams) if chosen]
    return " · ".join([*parts, texts.text("the latest first")])


def _sum(report: Report, found: Rows) -> str:
    texts = session.texts()
    rows = texts.plural("{n} row", "{n} rows", found.count)
    amount = session.formats().money(found.amount, report.currency)
    return texts.text("{rows}, together {amount}", rows=rows, amount=amount)


def _key(name: str) -> str:
    """A widget's key of its own each time the dialog opens: nothing is chosen at first."""
    return f"rows-{st.session_state.get(_OPENED, 0)}-{name}"


def _first_page() -> None:
    st.session_state[_PLACE] = 0


def _turn(page: int, shown: int, count: int) -> None:
    """Earlier and later pages, where there are any; which rows are shown."""
    if count <= PAGE:
        return
    text = session.texts().text
    with st.container(horizontal=True, vertical_alignment="center"):
        first = page * PAGE + 1
        st.caption(
            plain(
                text(
                    "Rows {first} to {last} of {count}",
                    first=first,
                    last=first + shown - 1,
                    count=count,
                )
            ),
            width="stretch",
        )
        for step, label, icon, possible in (
            (-1, text("Previous page"), ":material/chevron_left:", page > 0),
            (1, text("Next page"), ":material/chevron_right:", first + shown <= count),
        ):
            st.button(
                label,
                key=_key(f"turn-{step}"),
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
        Column("family", text("Product family")),
        Column("amount", text("Amount"), "money"),
        Column("currency", text("Currency")),
        Column("returned", text("Returned"), "flag"),
        Column("owner", text("Owner")),
        Column("source_file", text("File")),
        Column("source_line", text("Line"), "identifier"),
    ]
    return [column for column in columns if column.name != "returned" or kind == "revenue"]
