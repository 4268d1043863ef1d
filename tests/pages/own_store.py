"""A reader's own small store, and the app open on it."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import begun
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.services import stores
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
    """Import a CSV text into the reader's own store, as deals.csv."""
    if not (folder / "deals.csv").exists():
        begun.begin(folder, deals=text)
        return holding.hold(stores.own_path())
    store = holding.hold(stores.own_path())
    begun.load(store, folder, deals=text)
    return store


@pytest.fixture
def open_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_store: Path) -> Iterator[Open]:
    """Open a page on the reader's own store: open_own("zh", page, segment="Medical")."""
    monkeypatch.setenv("CRM_HOME", str(tmp_path))
    monkeypatch.setenv("CRM_STORE", str(tmp_path / "crm.duckdb"))
    monkeypatch.chdir(ROOT)
    shutil.copytree(empty_store.parent, tmp_path, dirs_exist_ok=True)
    _forget()

    def start(language: str, page: str | None = None, **address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params.update({"lang": language, "company": "own"} | address)
        if page:
            # Without them the start page had to be drawn first.
            app._registered_pages = _registered()
            app.switch_page(page)
        app.run()
        assert not app.exception
        return app

    yield start
    _forget()


@cache
def _registered() -> Any:
    """The pages that the app has, by the numbers that Streamlit gives them."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["company"] = "own"
    return app.run()._registered_pages


def _forget() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()
    holding.release()


def shown(app: AppTest) -> str:
    """Every sentence of the page, as it is read: without what keeps Markdown from obeying it."""
    told = (app.markdown, app.caption, app.subheader, app.success, app.info, app.warning, app.error)
    return "\n".join(str(one.value) for kind in told for one in kind).replace("\\", "")
