"""The parts of the roadmap's page that tell its risk and hand it on."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crm_core.domain.actor import LOCAL
from crm_core.services import planning, registers, settings, stores
from crm_core.services.registers import Write


def _page() -> None:
    import streamlit as st

    from crm_core.domain.actor import LOCAL
    from crm_core.services import planning
    from pages._ui import workspace
    from pages.plan import _exports, _risk

    plan = planning.whole(workspace.store(), LOCAL, int(st.query_params["plan"]))
    _exports.show(plan)
    _risk.show(plan)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, empty_store: Path) -> Path:
    """A store with three plans: nothing is open, something is, nothing fits."""
    home = tmp_path_factory.mktemp("risk") / "store"
    copytree(empty_store.parent, home)
    store = stores.open_store(home / "crm.duckdb")
    for key, value in (("plan_start", "2026-01-01"), ("plan_unit", "month"), ("plan_horizon", 12)):
        settings.write(store, LOCAL, key, value)
    first = {"title": "Clean $x$ [data]", "duration": 3, "wanted": "always"}
    second = {"title": "Move", "duration": 2, "wanted": "always", "depends_on": ("IN-1",)}
    registers.write(store, LOCAL, "initiative", [Write("IN-1", first), Write("IN-2", second)])
    plan(store)
    registers.change(store, LOCAL, "initiative", "IN-1", first | {"duration_most": 9}, 1)
    plan(store)
    registers.change(store, LOCAL, "initiative", "IN-2", second | {"deadline": "1"}, 1)
    plan(store)
    store.close()
    return home


def plan(store: stores.Store) -> None:
    planning.plan(store, LOCAL, date(2026, 1, 5), seconds=5)


@pytest.fixture(autouse=True)
def on_the_store(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("CRM_HOME", str(home))
    monkeypatch.setenv("CRM_STORE", str(home / "crm.duckdb"))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    st.cache_data.clear()
    st.cache_resource.clear()


def shown(plan_id: int, language: str) -> tuple[AppTest, str]:
    assert os.environ["CRM_STORE"]
    app = AppTest.from_function(_page, default_timeout=60)
    app.query_params.update({"plan": str(plan_id), "lang": language, "company": "own"})
    app.run()
    assert not app.exception
    said = [one.value for kind in ("subheader", "markdown") for one in app.get(kind)]
    return app, "\n".join(said).replace("\\", "")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("chance of being done by May 31, 2026", "drives the end most", "Promise the end ")),
        ("zh", ("2026年5月31日前完成的概率为", "对完成日期影响最大", "如果把完成日期推迟")),
    ],
)
def test_the_finding_is_the_title_and_a_buffer_is_told(language: str, words: tuple[str]) -> None:
    app, said = shown(2, language)
    assert all(one in said for one in words), said
    assert "Clean $x$ [data]" in said
    assert len(app.get("download_button")) == 5
    assert len(app.get("plotly_chart")) == 2


def test_where_nobody_said_what_may_go_otherwise_the_page_says_what_to_do() -> None:
    app, said = shown(1, "en")
    assert "Nobody said what could go otherwise" in said and "how long they take" in said
    assert len(app.get("download_button")) == 5


def test_a_plan_in_which_nothing_lies_has_no_risk_and_no_files() -> None:
    app, said = shown(3, "en")
    assert "No plan, no risk" in said
    assert not app.get("download_button")
