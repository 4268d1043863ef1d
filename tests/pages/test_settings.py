from decimal import Decimal
from pathlib import Path

import pytest
from own_store import DEALS, Open, load, open_own
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import settings, stores
from crm_core.services.segments import targets

__all__ = ["open_own"]

SETTINGS, AUDIT = "pages/admin/settings.py", "pages/admin/audit.py"


def submit(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_settings_of_an_empty_store_open(open_own: Open, language: str) -> None:
    app = open_own(language, SETTINGS)
    assert not app.exception
    assert app.radio[0].value is None


def test_settings_are_saved_together(open_own: Open, tmp_path: Path) -> None:
    store = load(tmp_path, DEALS)
    app = open_own("en", SETTINGS)
    assert app.radio[0].value == "opportunities"
    app.selectbox(key="settings-month-en").set_value(4)
    app.selectbox(key="settings-currency-en").set_value("CNY")
    app.number_input(key="settings-target-en").set_value(80)
    app.number_input(key="settings-hour-en").set_value(120.5)
    app.number_input(key="settings-factor-en").set_value(30)
    submit(app, "Save")
    assert not app.exception
    assert settings.read(store, LOCAL) == {
        "revenue_basis": "opportunities",
        "fiscal_year_start": 4,
        "home_currency": "CNY",
        "coverage_target": 0.8,
        "hour_cost": 120.5,
        "phasing_out_factor": 0.3,
        "address": None,
        "reminder_webhooks": [],
        "plan_start": None,
        "plan_unit": "quarter",
        "plan_horizon": None,
        "plan_discount": 0.08,
        "rule_severity": {},
    }


def test_a_target_of_the_year_is_saved_for_its_months(open_own: Open, tmp_path: Path) -> None:
    store = load(tmp_path, DEALS)
    app = open_own("en", SETTINGS, currency="USD", year="2026")
    field = next(one for one in app.text_input if str(one.key).endswith("-Medical"))
    field.set_value("1,200")
    submit(app, "Save targets")
    rows = targets.read(store, LOCAL)
    assert {row["amount"] for row in rows} == {Decimal(100)}
    assert len(rows) == 12


def test_a_target_that_is_no_number_is_refused_where_it_was_typed(
    open_own: Open, tmp_path: Path
) -> None:
    store = load(tmp_path, DEALS)
    app = open_own("en", SETTINGS)
    app.text_area(key="targets-pasted").set_value("Medical\t2026-01\tmany")
    submit(app, "Save pasted targets")
    assert app.error
    assert app.text_area(key="targets-pasted").value == "Medical\t2026-01\tmany"
    assert not targets.read(store, LOCAL)


def test_the_audit_tells_loads_and_settings_in_words(open_own: Open, tmp_path: Path) -> None:
    store = load(tmp_path, DEALS)
    settings.write(store, LOCAL, "home_currency", "CNY")
    rows = open_own("en", AUDIT).dataframe[0].value
    assert rows["action"].tolist() == ["Changed a setting"] * 2 + ["Loaded files"]
    assert rows["subject"].tolist()[:2] == ["Home currency", "Revenue basis"]
    assert rows["detail"].tolist()[1] == "– → won opportunities"
    assert "deals.csv" in rows["detail"].tolist()[2]
    rows = open_own("en", AUDIT, area="crm").dataframe[0].value
    assert rows["action"].tolist() == ["Loaded files"]


def test_an_audit_without_changes_says_what_will_stand_there(open_own: Open) -> None:
    holding.hold(stores.own_path())
    app = open_own("zh", AUDIT)
    assert not app.exception
    assert not app.dataframe
