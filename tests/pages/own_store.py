"""A reader's own small store, and the app open on it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import imports, stores
from crm_core.store import Store

ROOT = Path(__file__).resolve().parents[2]
HEAD = "Opportunity ID,Account Name,Industry,Product,Sales Agent,Stage,Amount,Close Date\n"
DEALS = HEAD + (
    "001,Alder,Medical,Scanner,Ann Lee,Closed Won,300.50,2024-06-30\n"
    "002,Birch,*Retail* $x$,Scanner,Ann Lee,Closed Won,100.00,2024-06-28\n"
    "003,Cedar,,Probe,Ann Lee,Closed Won,99.50,2024-05-02\n"
    "004,Alder,Medical,Probe,Ann Lee,Closed Lost,50,2024-06-01\n"
    "005,Alder,Medical,Probe,Ann Lee,Closed Won,200.00,2023-06-15\n"
    "006,Birch,*Retail* $x$,Scanner,Ann Lee,Closed Won,400.00,2022-07-15\n"
)
Open = Callable[..., AppTest]


def load(folder: Path, text: str) -> Store:
    """Import a CSV text into the reader's own store."""
    (folder / "deals.csv").write_text(text, encoding="utf-8")
    store = holding.hold(stores.own_path())
    with imports.prepare(store, LOCAL, [folder / "deals.csv"]) as upload:
        imports.load(store, LOCAL, upload)
    return store


@pytest.fixture
def open_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open a page on the reader's own store: open_own("zh", page, segment="Medical")."""
    monkeypatch.setenv("CRM_HOME", str(tmp_path))
    monkeypatch.setenv("CRM_STORE", str(tmp_path / "crm.duckdb"))
    monkeypatch.chdir(ROOT)
    _forget()

    def start(language: str, page: str | None = None, **address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        asked = {"lang": language, "company": "own"} | address
        app.query_params.update(asked)
        app.run()
        if page:
            app.switch_page(page)
            app.query_params.update(asked)
            app.run()
        assert not app.exception
        return app

    yield start
    _forget()


def _forget() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()
    holding.release()
