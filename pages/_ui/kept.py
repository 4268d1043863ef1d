"""Reads that are kept until the store changes."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from crm_core.domain.actor import Actor
from crm_core.store import Store
from pages._ui import workspace

Given = ParamSpec("Given")
Answer = TypeVar("Answer")
MOST = 256
AREAS = ("crm", "settings", "programme")


def read(
    service: Callable[Concatenate[Store, Actor, Given], Answer],
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> Answer:
    """What a service answers this session's person, from memory where the store has not changed.

    The arguments must be values that Streamlit can hash. Not for services that write.
    """
    return until(AREAS, service, *args, **kwargs)


def until(
    areas: tuple[str, ...],
    service: Callable[Concatenate[Store, Actor, Given], Answer],
    *args: Given.args,
    **kwargs: Given.kwargs,
) -> Answer:
    """The same, until one of these areas of the store changes: for what takes seconds."""
    store, actor = workspace.store(), workspace.actor()
    name = f"{service.__module__}.{service.__qualname__}"
    versions = tuple(map(store.version, areas))
    key = (name, str(store.path), versions, actor, args, kwargs)
    answer: Answer = _kept(key, lambda: service(store, actor, *args, **kwargs))
    return answer


# One argument for the whole key: Streamlit looks each one up in the signature anew.
@st.cache_data(max_entries=MOST, show_spinner=False)
def _kept(key: tuple[Any, ...], _answer: Callable[[], Any]) -> Any:
    del key
    return _answer()
