"""Whose data the session looks at: the sample company's or the reader's own, never both."""

from collections.abc import Iterator
from typing import Literal, get_args

import streamlit as st

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL, Actor
from crm_core.i18n import LANGUAGES
from crm_core.services import loads, sample, stores
from crm_core.store import Store
from pages._ui import session
from pages._ui.plain import plain

Company = Literal["sample", "own"]
_COMPANY = "_company"
PARAMETER = "company"


def company() -> Company:
    """Which of the two: the address, then this session, then own data if there are any."""
    wished = st.query_params.get(PARAMETER) or st.session_state.get(_COMPANY)
    if wished not in get_args(Company):
        wished = "own" if _has_own_data() else "sample"
    st.session_state[_COMPANY] = wished
    return "own" if wished == "own" else "sample"


def choose(wished: Company) -> None:
    """Look at the other company's data from now on."""
    st.session_state[_COMPANY] = wished
    st.query_params[PARAMETER] = wished


def store() -> Store:
    """The open store of the session's company. The sample company has one for each language of its
    registers; it is made when it is missing."""
    if company() == "own":
        return holding.hold(stores.own_path())
    texts = session.texts()
    path = stores.sample_path(texts.language)
    if not path.exists():
        with st.spinner(plain(texts.text("Making the sample company"))):
            sample.ensure(path, LOCAL, texts.language)
    return holding.hold(path)


def every_store() -> Iterator[Store]:
    """The reader's own store, then the sample company's that were made: a link says in itself which
    of them it leads to."""
    yield holding.hold(stores.own_path())
    for language in LANGUAGES:
        if (path := stores.sample_path(language)).exists():
            yield holding.hold(path)


def actor() -> Actor:
    """The acting person; one local person until there is a sign-in."""
    return LOCAL


def _has_own_data() -> bool:
    path = stores.own_path()
    return path.exists() and bool(loads.batches(holding.hold(path), LOCAL))
