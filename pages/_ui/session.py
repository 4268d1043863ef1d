"""What a session remembers across pages. Widget keys vanish on a page switch; these do not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from functools import cache
from typing import TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

from crm_core.domain.problems import Problem
from crm_core.i18n import LANGUAGES, Formats, Texts, choose
from crm_core.services.clock import utc_now

COOKIE = "crm_language"
_LANGUAGE = "_language"
_CHOSEN = "_language_chosen"
_Made = TypeVar("_Made")


def language() -> str:
    """The reader's language: the address, then this session, this browser's last choice, its own.

    `?lang=zh` in the address is a choice: it lasts for the session and is kept by the browser.
    """
    wished = st.query_params.get("lang")
    if wished in LANGUAGES:
        st.session_state[_CHOSEN] = True
    st.session_state[_LANGUAGE] = choose(
        wished,
        st.session_state.get(_LANGUAGE),
        st.context.cookies.get(COOKIE),
        st.context.locale,
    )
    return str(st.session_state[_LANGUAGE])


def set_language(wished: str) -> None:
    """The reader chooses a language; the address says so too, so that the view stays a link."""
    st.session_state[_LANGUAGE] = wished
    st.query_params["lang"] = wished


def language_was_chosen() -> bool:
    """Whether the language is a choice rather than the browser's own."""
    return bool(st.session_state.get(_CHOSEN))


def texts() -> Texts:
    """The texts in the reader's language."""
    return _texts(str(st.session_state.get(_LANGUAGE) or language()))


def formats() -> Formats:
    """Numbers, money and dates in the reader's language."""
    return texts().formats


def local(moment: datetime) -> datetime:
    """A moment of the store (UTC) on the reader's own clock; UTC where the browser has none."""
    try:
        zone = ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):  # whatever a browser sends
        zone = ZoneInfo("UTC")
    return moment.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def problem(found: Problem) -> str:
    """What a problem says in the reader's language, its moments on the reader's clock."""
    params = {
        name: local(value) if isinstance(value, datetime) else value
        for name, value in found.params.items()
    }
    return texts().problem(Problem(found.code, params))


def today() -> date:
    """The day on the reader's own clock."""
    return local(utc_now()).date()


def later(make: Callable[[], _Made]) -> Callable[[], _Made]:
    """The same for a thread outside of this run, as a file is made in when its button is pressed:
    it knows the reader still."""
    context = get_script_run_ctx()

    def made() -> _Made:
        with ThreadPoolExecutor(
            1, initializer=add_script_run_ctx, initargs=(None, context)
        ) as thread:
            return thread.submit(make).result()

    return made


@cache
def _texts(language: str) -> Texts:
    return Texts(language)
