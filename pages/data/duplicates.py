"""Duplicates: pairs to decide, what was merged and how to take it back, where they are born."""

from collections.abc import Callable

import streamlit as st

from crm_core.services import matching
from crm_core.services.matching import jobs
from pages._ui import filters, kept, session, workspace
from pages._ui import import_words as words
from pages._ui.beginning import nothing_yet, sample_banner
from pages._ui.head import page_head
from pages._ui.notices import empty_state
from pages.data import _acting, _born, _matching, _merged, _review

ENTITIES = ("customer", "contact", "lead")
_VIEWS: dict[str, Callable[[str], None]] = {
    "review": _review.show,
    "merged": _merged.show,
    "born": _born.show,
}
text = session.texts().text


def page() -> None:
    """The page: an entity, and one of three views of it."""
    page_head(
        text("Duplicates"),
        text("One customer, once: records that are the same are found, merged, and taken apart."),
    )
    _acting.show_problem()
    sizes = kept.read(matching.sizes)
    if not any(sizes.values()):
        nothing_yet()
        return
    sample_banner()
    filter_row = filters.filter_row()
    with filter_row:
        entity = _entity(sizes)
    job = jobs.current(workspace.store(), entity)
    if job is not None and job.busy and job.step != "teach":
        _matching.show(job)
    elif not kept.read(matching.was_matched, entity):
        _matching.show_done(job)
        _begin(entity, sizes[entity])
    else:
        with filter_row:
            view = filters.choice(text("View"), _names(), name="view")
        _VIEWS[view](entity)


def _entity(sizes: dict[str, int]) -> str:
    """The entities that have records, those with most of them first to be seen."""
    held = [one for one in ENTITIES if sizes.get(one)]
    return filters.choice(text("Records"), {one: words.entity(one) for one in held}, name="entity")


def _names() -> dict[str, str]:
    return {
        "review": text("To decide"),
        "merged": text("Merged"),
        "born": text("Where they are born"),
    }


def _begin(entity: str, records: int) -> None:
    """Never matched: what this does, and the one way to begin."""
    texts = session.texts()
    empty_state(
        texts.text("Nobody has looked for duplicates yet"),
        texts.plural(
            "{n} record is compared by name, number, phone, mail and address. What is sure is "
            "merged and can be taken back; what is not sure waits here for you. Nothing is lost: "
            "every record stays as its file tells it.",
            "{n} records are compared by name, number, phone, mail and address. What is sure is "
            "merged and can be taken back; what is not sure waits here for you. Nothing is lost: "
            "every record stays as its file tells it.",
            records,
        ),
        icon=":material/join:",
        actions=lambda: _find(entity),
    )


def _find(entity: str) -> None:
    label = text("Find duplicates")
    if st.button(label, key="match-find", type="primary", icon=":material/search:"):
        _review.start(entity)
        st.rerun()


page()
