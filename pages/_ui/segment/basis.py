"""What the figures rest on: both bases, files, what is unclassified or not dated."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crm_core.domain.actor import Actor
from crm_core.services import loads
from crm_core.services.segments import Cover, Ground, Report
from crm_core.services.segments.words import basis_name, currency_name
from crm_core.store import Store
from pages._ui import kept, session
from pages._ui.charts import Line, line_chart, show_chart
from pages._ui.fates import sum_columns
from pages._ui.head import section
from pages._ui.palette import ACCENT, COLOURS
from pages._ui.plain import plain
from pages._ui.segment import words
from pages._ui.tables import Column, table

MOST_LOADS = 20


def facts(report: Report) -> list[str]:
    """The small type below the title."""
    text, formats, rests_on = session.texts().text, session.formats(), report.ground
    cover = rests_on.cover(report.basis)
    found = [
        text("As of {day}", day=report.as_of) if report.as_of else text("No revenue is dated"),
        text("the last month is still running") if report.is_running else "",
        text("revenue from {basis}", basis=basis_name(session.texts(), report.basis)),
        currency_name(session.texts(), report.currency),
    ]
    if report.revenue_classified is not None:
        found.append(
            text("{share} of revenue classified", share=words.share(report.revenue_classified))
        )
    if report.customers_classified is not None:
        found.append(
            text("{share} of customers classified", share=words.share(report.customers_classified))
        )
    if deals := words.unclassified_deals(report):
        found.append(deals)
    if cover.undated:
        found.append(text("rows without a date: {count}", count=cover.undated))
    if rests_on.loaded_at:
        moment = formats.moment(session.local(rests_on.loaded_at))
        found.append(text("last load {moment}", moment=moment))
    return found


def open_basis(report: Report) -> None:
    """The dialog."""
    title = plain(session.texts().text("What this rests on"))
    st.dialog(title, width="large", icon=":material/foundation:")(_show)(report)


def _show(report: Report) -> None:
    text, rests_on = session.texts().text, report.ground
    st.markdown("\n".join(f"- {plain(each)}" for each in _sentences(report, rests_on)))
    covers = list(rests_on.covers.values())
    section(
        text("What each basis covers"),
        text("Chosen for this store: {basis}.", basis=basis_name(session.texts(), rests_on.basis)),
    )
    _covers(covers)
    section(text("Files"), text("The latest loads and what became of their lines."))
    _files()


def _sentences(report: Report, rests_on: Ground) -> list[str]:
    text = session.texts().text
    cover = rests_on.cover(report.basis)
    currencies = [currency_name(session.texts(), code) for code in cover.currencies]
    found = [
        text("Revenue is counted before returns; what was returned stands beside it.")
        if report.basis == "sales"
        else text("Revenue is the amount of won opportunities, by the day they were closed."),
        text("Currencies in the data: {currencies}; they are never added.", currencies=currencies),
    ]
    if report.revenue_classified is not None:
        found.append(
            text(
                "Without a segment: {share} of revenue and {customers} of customers.",
                share=words.share(1 - report.revenue_classified),
                customers=words.share(1 - (report.customers_classified or 0)),
            )
        )
    found.append(
        text("Rows without a date: {count}. They count in all time only.", count=cover.undated)
        if cover.undated
        else text("Every row of revenue is dated.")
    )
    if rests_on.waiting:
        found.append(
            text("Lines in quarantine that wait for a decision: {count}.", count=rests_on.waiting)
        )
    return found


def _covers(covers: Sequence[Cover]) -> None:
    text = session.texts().text
    frame = pd.DataFrame(
        [
            {
                "basis": basis_name(session.texts(), cover.basis),
                "first": pd.Timestamp(min(cover.months)) if cover.months else pd.NaT,
                "last": pd.Timestamp(max(cover.months)) if cover.months else pd.NaT,
                "months": len(cover.months),
                "rows": cover.rows,
                "undated": cover.undated or None,
            }
            for cover in covers
        ]
    )
    columns = [
        Column("basis", text("Basis")),
        Column("first", text("First month"), "month"),
        Column("last", text("Last month"), "month"),
        Column("months", text("Months with rows"), "number"),
        Column("rows", text("Rows"), "number"),
        Column("undated", text("Without a date"), "number"),
    ]
    table(frame, columns, key="basis-table")
    months = sorted({month for cover in covers for month in cover.months})
    if len(months) < 2:
        return
    colours = dict(zip((cover.basis for cover in covers), (ACCENT, COLOURS[1]), strict=False))
    lines = [
        Line(
            cover.basis,
            basis_name(session.texts(), cover.basis),
            [cover.months.get(month) for month in months],
            colours[cover.basis],
        )
        for cover in covers
    ]
    formats = session.formats()
    show_chart(
        line_chart(months, lines, formats.mark, formats.number, words.month),
        key="basis-months",
        finding=text("Rows by month and basis"),
    )


def _files() -> None:
    text = session.texts().text
    rows = kept.read(_loaded_files)
    frame = pd.DataFrame(rows)
    frame["loaded_at"] = pd.to_datetime(frame["loaded_at"]).map(session.local)
    columns = [
        Column("source_file", text("File"), width="medium"),
        Column("sheet", text("Sheet")),
        Column("loaded_at", text("When"), "moment"),
        *sum_columns(),
    ]
    table(frame, columns, key="basis-files")


def _loaded_files(store: Store, actor: Actor) -> list[dict[str, object]]:
    """The tables of the latest loads that stand."""
    standing = [batch for batch in loads.batches(store, actor) if not batch["undone"]]
    return [
        {name: value for name, value in file.items() if name not in ("plan", "problem", "derived")}
        | {"loaded_at": batch["loaded_at"]}
        for batch in standing[:MOST_LOADS]
        for file in loads.files(store, actor, batch["batch_id"])
    ]
