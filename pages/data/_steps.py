"""The steps of a sheet's recipe: what each does and to how many lines, on, off, up, down, out."""

import streamlit as st

from crm_core.domain.steps import Step
from crm_core.i18n import cleaning, mark
from crm_core.pipeline.steps import Effect
from crm_core.services.imports import steps
from crm_core.services.imports.jobs import ImportJob
from crm_core.services.imports.preview import LOOKED_AT, Preview
from pages._ui import session
from pages._ui.head import section
from pages._ui.plain import plain
from pages.data import _acting, _automatic, _samples, _step_form, _values


def show(job: ImportJob, place: int, seen: Preview) -> None:
    """The steps in their order, the way to more of them, and what is done without being asked."""
    assert job.upload
    texts = session.texts()
    found = job.upload.tables[place].plan.steps
    section(texts.text("Steps of the recipe"), _said(seen, bool(found)))
    for number, (step, effect) in enumerate(zip(found, seen.effects, strict=True)):
        _row(job, place, number, step, effect)
    if st.button(
        texts.text("Look at a column's values"),
        icon=":material/filter_alt:",
        key=f"import-values-{place}",
    ):
        _values.dialog(job, place)
    _automatic.show(job, job.upload.tables[place], seen)


def _said(seen: Preview, some: bool) -> str:
    text = session.texts().text
    said = [text("Done in this order, before the cells become values.")] if some else []
    said.append(text("Any step can be switched off alone: the others stay."))
    if not seen.whole:
        limit = session.formats().number(LOOKED_AT)
        said.append(text("Counted among the first {limit} lines.", limit=limit))
    return " ".join(said)


def sentence(step: Step) -> str:
    """What a step does, in words."""
    return cleaning.step(session.texts(), step)


def _row(job: ImportJob, place: int, number: int, step: Step, effect: Effect) -> None:
    assert job.upload
    table = job.upload.tables[place]
    texts = session.texts()
    key = f"import-step-{job.upload.folder.name}-{place}-{number}"
    st.session_state[key] = step.on
    with st.container(horizontal=True, vertical_alignment="center", key=f"{key}-row"):
        st.toggle(
            plain(sentence(step)),
            key=key,
            on_change=lambda: _acting.change(
                job, steps.switch, table, number, st.session_state[key]
            ),
        )
        _samples.popover(effect)
        if st.button(
            ":material/edit:",
            help=texts.text("Change the step"),
            type="tertiary",
            key=f"{key}-Change",
        ):
            _step_form.change(job, place, number)
        for icon, label, act in _moves(job, place, number):
            st.button(
                icon,
                help=texts.text(label),
                type="tertiary",
                key=f"{key}-{label}",
                on_click=_acting.change,
                args=(job, *act),
            )


def _moves(job: ImportJob, place: int, number: int) -> list[tuple[str, str, tuple[object, ...]]]:
    """Icon, name and deed of what can be done to a step where it stands."""
    assert job.upload
    table = job.upload.tables[place]
    found: list[tuple[str, str, tuple[object, ...]]] = []
    if number:
        up = (steps.move, table, number, -1)
        found.append((":material/arrow_upward:", mark("Earlier"), up))
    if number + 1 < len(table.plan.steps):
        down = (steps.move, table, number, 1)
        found.append((":material/arrow_downward:", mark("Later"), down))
    found.append((":material/delete:", mark("Take out"), (steps.remove, table, number)))
    return found
