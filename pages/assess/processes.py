"""Processes: the catalogue, or one of them with its teams side by side."""

import streamlit as st

from crm_core.services import processes, registers
from pages._ui import dialogs, kept, session
from pages._ui.head import page_head
from pages._ui.process import acts, catalogue, one
from pages._ui.register import form, page, places


def _all() -> None:
    texts = session.texts()
    register = registers.known("process")
    _, every = kept.read(registers.listed, register.name, registers.Query(limit=0))
    counted = texts.plural("{n} row", "{n} rows", every)
    page_head(texts.label(register.plural), texts.label(register.about), [counted])
    form.show_done()
    page.actions(register, every, _starter)
    catalogue.show()
    if dialogs.opened() == acts.STARTER:
        acts.starter()


def _starter() -> None:
    text = session.texts().text
    if kept.read(processes.processes):  # an empty catalogue offers it below
        dialogs.offer(text("Starter set"), acts.STARTER, icon=":material/library_add:")


if key := st.query_params.get(catalogue.PROCESS):
    one.show(key)
else:
    _all()
if item := st.query_params.get(places.ITEM):
    form.open_row("process", item)
