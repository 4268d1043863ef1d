"""Filters whose state is in the address: a view is a link, for a reader of either language.

An option is a code ("quarter", a segment's name) that stands in the address; its text only shows.
Streamlit's own binding writes the shown text there, which no reader of the other language could
open. Here the address alone is the state: a change writes it, a run reads it, and a code in it that
is no option counts as not being there.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages._ui import session
from pages._ui.plain import plain

_WIDTH = 220
_OPEN = "_filters_open"


def filter_row() -> DeltaGenerator:
    """A row of filters that wraps on a narrow screen; use it with `with`."""
    return st.container(horizontal=True, key="crm-filters", vertical_alignment="top")


@contextmanager
def folding_row(summary: Callable[[], str]) -> Iterator[None]:
    """A row of filters; on a narrow screen a button that says what is chosen opens and closes it.

    `summary` is asked after the filters are made. The screen's width is known to the style sheet
    alone: there the button shows or not.
    """
    head = st.container(key="crm-fold")
    is_open = bool(st.session_state.get(_OPEN))
    with st.container(key=f"crm-filters-{'open' if is_open else 'folded'}"), filter_row():
        yield
    head.button(
        plain(summary()),
        key="fold",
        icon=":material/expand_less:" if is_open else ":material/filter_list:",
        width="stretch",
        on_click=_fold,
        args=(not is_open,),
    )


def _fold(is_open: bool) -> None:
    st.session_state[_OPEN] = is_open


def choice(
    label: str,
    options: Mapping[str, str],
    *,
    name: str,
    help: str | None = None,
    leaves: Sequence[str] = (),
) -> str:
    """One of a few options side by side, the first by default; options: code -> text shown.

    `name` is the parameter in the address, unique on the page; `leaves` are parameters that mean
    something under one option only: choosing another takes them out.
    """
    key = _seeded(name, _one(name, options))
    wiring = _wiring(name, key, options)
    wiring["args"] += tuple(leaves)
    st.segmented_control(label, help=help, required=True, **wiring)
    return _one(name, options)


def select(
    label: str,
    options: Mapping[str, str],
    *,
    name: str,
    help: str | None = None,
    width: int = _WIDTH,
) -> str:
    """One of many options, the first by default; options: code -> text shown."""
    key = _seeded(name, _one(name, options))
    st.selectbox(label, help=help, width=width, **_wiring(name, key, options))
    return _one(name, options)


def select_many(
    label: str, options: Mapping[str, str], *, name: str, all_text: str, help: str | None = None
) -> list[str]:
    """Any of many options; [] means all of them, which `all_text` says in the empty field."""
    chosen = [code for code in st.query_params.get_all(name) if code in options]
    key = _seeded(name, chosen)
    st.multiselect(
        label,
        help=help,
        width=_WIDTH,
        placeholder=all_text,
        select_all=False,  # none chosen means all
        **_wiring(name, key, options),
    )
    return chosen


def search(*, name: str = "search", width: int = _WIDTH) -> str:
    """Words to search for; "" for none."""
    key = _seeded(name, st.query_params.get(name, ""))
    st.text_input(
        session.texts().text("Search"),
        key=key,
        width=width,
        icon=":material/search:",
        on_change=_write,
        args=(name, key, ""),
    )
    return st.query_params.get(name, "")


def clear(*names: str) -> None:
    """Take these filters back to what they are without an address (for a button's on_click)."""
    for name in names:
        st.query_params.pop(name, None)


def put(name: str, value: str | None) -> None:
    """Set a filter from elsewhere, a click on a chart; None clears it."""
    if value is None:
        clear(name)
    elif st.query_params.get(name) != value:
        st.query_params[name] = value


def _one(name: str, options: Mapping[str, str]) -> str:
    """The option that the address names, else the first."""
    wished = st.query_params.get(name, "")
    return wished if wished in options else next(iter(options))


def _seeded(name: str, value: str | Sequence[str]) -> str:
    """The widget's key, its state set to what the address says; a widget per language."""
    key = f"filter-{name}-{session.texts().language}"
    if st.session_state.get(key) != value:
        st.session_state[key] = value
    return key


def _wiring(name: str, key: str, options: Mapping[str, str]) -> dict[str, Any]:
    return {
        "options": list(options),
        "format_func": _shown(options),
        "key": key,
        "on_change": _write,
        "args": (name, key, next(iter(options), None)),
    }


def _shown(options: Mapping[str, str]) -> Callable[[str], str]:
    return lambda code: options.get(code, code)


def _write(name: str, key: str, default: str | None, *leaves: str) -> None:
    """The widget changed: say so in the address, which stays short for defaults."""
    value = st.session_state[key]
    clear(*leaves)
    if not value or value == default:
        clear(name)
    else:
        st.query_params[name] = value
