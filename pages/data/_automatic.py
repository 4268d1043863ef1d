"""What cleaning does to each column by itself: what it is, what it changed, and its switch."""

import streamlit as st

from crm_core.i18n import cleaning
from crm_core.pipeline.automatic import Automatic
from crm_core.services.imports import edit
from crm_core.services.imports.jobs import ImportJob
from crm_core.services.imports.preview import Preview
from crm_core.services.imports.upload import Table
from pages._ui import session
from pages._ui.plain import plain
from pages.data import _acting, _samples


def show(job: ImportJob, one: Table, seen: Preview) -> None:
    """The columns that something was done to or that are switched off; the others folded away."""
    texts = session.texts()
    told = [step for step in seen.automatic if step.effect.lines or not step.on]
    idle = [step for step in seen.automatic if step not in told]
    if told:
        title = texts.text("Done by itself")
        st.markdown(f"**{plain(title)}**")
        st.caption(plain(texts.text("Switched off, a column is kept as the file has it.")))
    with st.container(gap="xxsmall"):
        for step in told:
            _row(job, one, step)
    if idle:
        label = texts.plural("{n} column needed nothing", "{n} columns needed nothing", len(idle))
        folded = st.expander(plain(label), icon=":material/check:")
        with folded, st.container(gap="xxsmall"):
            for step in idle:
                _row(job, one, step)


def _row(job: ImportJob, one: Table, step: Automatic) -> None:
    texts = session.texts()
    said = plain(cleaning.standard(texts, step.standard, step.title))
    key = f"import-auto-{one.raw.data.parent.name}-{step.column}"
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-row"):
        if step.can_stay:
            st.session_state[key] = step.on
            st.toggle(
                said,
                key=key,
                on_change=lambda: _acting.change(
                    job, edit.standardise, one, step.column, st.session_state[key]
                ),
            )
        else:
            # As large as a switch's label; without one, since these cells have to be read.
            st.markdown(f":material/check: :small[{said}]")
        _samples.popover(step.effect, texts.text("as in the file") if not step.on else None)
