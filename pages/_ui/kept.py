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
    versions = tuple(map(store.version, areas))
    name = f"{service.__module__}.{service.__qualname__}"
    answer: Answer = _kept(store, actor, service, name, str(store.path), versions, args, kwargs)
    return answer


@st.cache_data(max_entries=MOST, show_spinner=False)
def _kept(
    _store: Store,
    actor: Actor,
    _service: Callable[..., Any],
    name: str,
    path: str,
    versions: tuple[int, ...],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> Any:
    del name, path, versions  # part of the key only
    return _service(_store, actor, *args, **kwargs)
