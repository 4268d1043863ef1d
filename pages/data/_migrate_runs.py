"""The runs: what each wrote, its files to take away, and what is different from another run."""

from functools import partial

import pandas as pd
import streamlit as st

from crm_core.services.migration import package, runs
from crm_core.services.migration.runs import Difference, Run
from pages._ui import filters, session, workspace
from pages._ui.downloads import download_button
from pages._ui.head import section
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _migrate_words as words

_CHANGES = ("added", "changed", "gone")


def show(chosen: Run, every: list[Run]) -> None:
    """The chosen run, and what is different between it and another of its target."""
    _tables(chosen)
    _download(chosen)
    _compare(chosen, [one for one in every if one.target == chosen.target and one != chosen])


def _tables(chosen: Run) -> None:
    text = session.texts().text
    about = [words.kind(chosen.kind), words.moment(chosen.made_at)]
    if chosen.since is not None:
        about.append(text("since run {run}", run=chosen.since))
    section(text("Run {run}: what was written", run=chosen.run), " · ".join(about))
    heads = [
        Column("table", text("Table of the target"), pinned=True),
        Column("file", text("File")),
        Column("rows", text("Records written"), "number"),
        Column("unchanged", text("Unchanged, not written"), "number"),
        Column("rejected", text("Rejected"), "number"),
        Column("left_out", text("Left out by filters"), "number"),
        Column("altered", text("Cells altered"), "number"),
    ]
    table(pd.DataFrame(chosen.tables), heads, key="migrate-run")


def _download(chosen: Run) -> None:
    text = session.texts().text
    store, actor = workspace.store(), workspace.actor()
    if not chosen.folder.is_dir():
        gone = text("The files are no longer in {path}.", path=str(chosen.folder))
        st.caption(plain(gone))
        return
    download_button(
        text("All files (zip)"),
        f"migration-{chosen.run}.zip",
        partial(package.packed, store, actor, chosen.run),
        key="migrate-zip",
        help=text(
            "The tables in load order, the crosswalk from old to new ids, what was rejected and "
            "altered, the totals to fill in, and the manifest."
        ),
    )


def _compare(chosen: Run, others: list[Run]) -> None:
    text = session.texts().text
    if not others:
        return
    section(text("Compared with another run"), text("What the target should have after each."))
    earlier = [one for one in others if one.run < chosen.run]
    options = {str(one.run): words.run_name(one) for one in (*earlier, *others)}
    other = int(filters.select(text("Other run"), options, name="other", width=words.RUN_WIDTH))
    first, last = sorted((other, chosen.run))
    found = runs.compare(workspace.store(), workspace.actor(), first, last)
    st.markdown(f"**{plain(_finding(found, first, last))}**")
    heads = [
        Column("table", text("Table of the target"), pinned=True),
        Column("added", text("Added"), "number"),
        Column("changed", text("Changed"), "number"),
        Column("gone", text("Gone"), "number"),
        Column("same", text("The same"), "number"),
        Column("before", text("Rejected in run {run}", run=first), "number"),
        Column("now", text("Rejected in run {run}", run=last), "number"),
    ]
    table(pd.DataFrame([_row(one) for one in found]), heads, key="migrate-compare")
    _sums(found, first, last)


def _finding(found: list[Difference], first: int, last: int) -> str:
    """What the comparison comes to, in one sentence."""
    text, number = session.texts().text, session.formats().number
    records = {name: sum(getattr(one, name) for one in found) for name in _CHANGES}
    totals = sum(before != now for one in found for *_, before, now in one.sums)
    if not any(records.values()) and not totals:
        return text("Run {first} and run {last} leave the target the same.", first=first, last=last)
    return text(
        "From run {first} to run {last}: {added} records added, {changed} changed, {gone} gone; "
        "totals that differ: {totals}.",
        first=first,
        last=last,
        totals=number(totals),
        **{name: number(count) for name, count in records.items()},
    )


def _row(one: Difference) -> dict[str, object]:
    counts = {name: getattr(one, name) for name in ("table", "added", "changed", "gone", "same")}
    return counts | {"before": one.rejected_before, "now": one.rejected_now}


def _sums(found: list[Difference], first: int, last: int) -> None:
    text = session.texts().text
    rows = [
        {
            "table": one.table,
            "measure": column,
            "currency": currency,
            "before": words.amount(before),
            "now": words.amount(now),
            "difference": words.amount(now - before),
        }
        for one in found
        for column, currency, before, now in one.sums
        if before or now
    ]
    if not rows:
        return
    heads = [
        Column("table", text("Table of the target")),
        Column("measure", text("Sum of")),
        Column("currency", text("Currency")),
        Column("before", text("Run {run}", run=first), "written"),
        Column("now", text("Run {run}", run=last), "written"),
        Column("difference", text("Difference"), "written"),
    ]
    table(pd.DataFrame(rows), heads, key="migrate-sums")
