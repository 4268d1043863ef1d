"""The app's pages, run without a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).resolve().parents[2]

Open = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def no_components_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit asks every installed package for components whenever an app is opened here, which
    takes ten times as long as a page."""
    monkeypatch.setattr(manifest_scanner, "scan_component_manifests", list)


@pytest.fixture
def open_app(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settle_sample: Callable[[Path], None]
) -> Iterator[Open]:
    """Open the app, on an empty store, as a reader of a language: open_app("zh", page=…)."""
    monkeypatch.setenv("CRM_HOME", str(tmp_path))
    monkeypatch.setenv("CRM_STORE", str(tmp_path / "crm.duckdb"))
    monkeypatch.chdir(ROOT)
    settle_sample(tmp_path)
    _forget()

    def start(language: str | None = None, page: str | None = None) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        if language:
            app.query_params["lang"] = language
        app.run()
        return app.switch_page(page).run() if page else app

    yield start
    _forget()


def _forget() -> None:
    st.cache_data.clear()
    st.cache_resource.clear()
