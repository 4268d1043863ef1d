"""Control totals of a run, both sides beside each other, and the data owner's signature."""

from decimal import Decimal, InvalidOperation
from typing import Any

import pandas as pd
import streamlit as st

from crm_core.domain.problems import Refused
from crm_core.services.imports import incoming
from crm_core.services.migration import sheet, signing, totals
from crm_core.services.migration.runs import Run
from crm_core.services.migration.totals import Key, Total
from pages._ui import session, workspace
from pages._ui.downloads import download_button
from pages._ui.head import section
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _acting
from pages.data import _migrate_words as words


def show(chosen: Run) -> None:
    """The totals, entering the target's, and signing them."""
    texts = session.texts()
    every = totals.totals(workspace.store(), workspace.actor(), chosen.run)
    section(
        sheet.finding(texts, every),
        texts.text(
            "What the target should have after run {run}, and what it counted.", run=chosen.run
        ),
    )
    _table(every)
    with st.container(horizontal=True):
        _enter(chosen, every)
        _from_file(chosen)
        _sheet(chosen)
    _signature(chosen, every)


def _measure(code: str) -> str:
    return sheet.measure(session.texts(), code)


def _table(every: list[Total]) -> None:
    text = session.texts().text
    rows = pd.DataFrame(
        {
            "table": one.table,
            "measure": _measure(one.measure),
            "currency": one.currency,
            "taken": words.amount(one.taken),
            "rejected": words.amount(one.rejected),
            "source": words.amount(one.source),
            "target": words.amount(one.target),
            "difference": words.amount(one.difference),
            "state": sheet.state(session.texts(), one),
        }
        for one in every
    )
    heads = [
        Column("table", text("Table of the target"), pinned=True),
        Column("measure", text("Total of")),
        Column("currency", text("Currency"), width="small"),
        Column("taken", text("Taken from the store"), "written"),
        Column("rejected", text("Rejected"), "written"),
        Column("source", text("For the target"), "written"),
        Column("target", text("Target"), "written"),
        Column("difference", text("Difference"), "written"),
        Column("state", text("State"), width="small"),
    ]
    table(rows, heads, key="migrate-totals")


def _enter(chosen: Run, every: list[Total]) -> None:
    text = session.texts().text
    if st.button(text("Type in"), icon=":material/edit:", key="migrate-type"):
        st.dialog(text("What the target counted"), width="large")(_typing)(chosen, every)


def _typing(chosen: Run, every: list[Total]) -> None:
    texts = session.texts()
    _acting.show_problem()
    with st.form("migrate-typing", border=False):
        typed = [
            (
                one.key,
                st.text_input(
                    plain(_label(one)),
                    value="" if one.target is None else f"{one.target.normalize():f}",
                    key=f"migrate-total-{chosen.run}-{place}",
                ),
            )
            for place, one in enumerate(every)
        ]
        if st.form_submit_button(texts.text("Save"), type="primary"):
            _acting.attempt(_save, chosen, typed)
            # What was typed stays where one figure is refused.
            st.rerun(scope="fragment" if _acting.refused() else "app")


def _label(one: Total) -> str:
    return " · ".join(filter(None, (one.table, _measure(one.measure), one.currency)))


def _save(chosen: Run, typed: list[tuple[Key, str]]) -> None:
    values = {key: _number(key, text) for key, text in typed if text.strip()}
    totals.enter(workspace.store(), workspace.actor(), chosen.run, values)
    words.say(session.texts().text("Saved."))


def _number(key: Key, written: str) -> Decimal:
    try:
        return Decimal(written.strip().replace(",", ""))
    except InvalidOperation as error:
        raise Refused(
            "migration_total_number", name=key[0], measure=_measure(key[1]), value=written
        ) from error


def _sheet(chosen: Run) -> None:
    """The totals on paper, with lines to sign on."""
    store, actor, texts = workspace.store(), workspace.actor(), session.texts()
    download_button(
        texts.text("Reconciliation sheet (PDF)"),
        f"reconciliation-{chosen.run}.pdf",
        session.later(lambda: sheet.reconciliation(store, actor, texts, chosen.run)),
        key="migrate-sheet",
        icon=":material/picture_as_pdf:",
    )


def _from_file(chosen: Run) -> None:
    text = session.texts().text
    with st.popover(text("From a file"), icon=":material/upload:"):
        st.caption(plain(text("The run's totals.csv with the column target filled in.")))
        file = st.file_uploader(
            text("File of totals"), type=["csv", "xlsx"], key="migrate-totals-file"
        )
        if file is not None and st.button(text("Take in"), type="primary", key="migrate-enter"):
            _acting.attempt(_received, chosen, file)
            st.rerun()


def _received(chosen: Run, file: Any) -> None:
    store, actor = workspace.store(), workspace.actor()
    paths = incoming.receive(store, actor, [(file.name, file)])
    try:
        totals.enter_file(store, actor, paths[0], chosen.run)
    finally:
        incoming.discard(store, paths)
    words.say(session.texts().text("Saved."))


def _signature(chosen: Run, every: list[Total]) -> None:
    text = session.texts().text
    section(text("Signature of the data owner"))
    signed = signing.signature(workspace.store(), workspace.actor(), chosen.run)
    if signed is not None:
        _signed(signed)
    open_ones = sum(not one.agrees for one in every)
    with (
        st.form("migrate-sign", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        name = st.text_input(text("Name of the data owner"), max_chars=200, width=320)
        reason = ""
        if open_ones:
            reason = st.text_input(
                text("Why it is signed although totals differ or are missing"),
                max_chars=1000,
                width=480,
            )
        if st.form_submit_button(text("Sign"), type="primary", icon=":material/draw:"):
            _acting.attempt(_sign, chosen, name, reason)
            st.rerun()


def _signed(signed: signing.Signature) -> None:
    texts = session.texts()
    said = texts.text(
        "Signed by {name}, {at}.", name=signed.name, at=words.moment(signed.signed_at)
    )
    fits = signed.standing == "fits"
    if not fits:
        changed = {
            "totals_changed": texts.text("It no longer fits: totals were changed afterwards."),
            "files_changed": texts.text("It no longer fits: files were changed afterwards."),
        }
        said += " " + changed[signed.standing]
    if signed.reason:
        # Last: people write it, mostly without a full stop.
        said += " " + texts.text("Reason: {reason}", reason=signed.reason)
    if fits:
        st.success(plain(said), icon=":material/verified:")
    else:
        st.warning(plain(said), icon=":material/gpp_maybe:")
    st.caption(f"SHA-256 `{signed.digest}`")


def _sign(chosen: Run, name: str, reason: str) -> None:
    signing.sign(workspace.store(), workspace.actor(), name, run=chosen.run, reason=reason)
    words.say(session.texts().text("Run {run} is signed.", run=chosen.run))
