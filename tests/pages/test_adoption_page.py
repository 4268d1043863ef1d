"""The page of adoption: what is not known is said, exemptions stand beside who goes around."""

from datetime import date
from pathlib import Path

import own_store
import pytest
from own_store import Open, load, open_own
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import registers, stores

__all__ = ["open_own"]

PAGE = "pages/steer/adoption.py"
HEAD = "Opportunity ID,Account Name,Sales Agent,Sales Team,Stage,Amount,Created Date,Close Date\n"
AT_CLOSE = "".join(
    f"{n},Alder,Ann Lee,East,Closed Won,{n}00,2024-06-0{n},2024-06-0{n}\n" for n in range(1, 5)
)
DEALS = HEAD + AT_CLOSE + "9,Alder,Bo Ek,East,Closed Won,50,2024-01-01,2024-06-09\n"


def shown(app: AppTest) -> str:
    return _tight(own_store.shown(app))


def _tight(said: str) -> str:
    return "".join(said.split())


@pytest.mark.parametrize(
    ("language", "unknown", "finding", "lapsed"),
    [
        ("en", "is not known", "1 of the 2 best sellers enters", "lapsed on Jan 31, 2024, by CEO"),
        ("zh", "无法判断谁在使用系统", "业绩前 2 名中有 1 人", "已于2024年1月31日到期，CEO批准"),
    ],
)
def test_who_enters_deals_at_closing_is_told_beside_the_exemption_and_no_activity_is_no_zero(
    open_own: Open, tmp_path: Path, language: str, unknown: str, finding: str, lapsed: str
) -> None:
    load(tmp_path, DEALS)
    exempt = {"granted_to": "ann lee", "granted_by": "CEO", "expires": date(2024, 1, 31)}
    registers.add(holding.hold(stores.own_path()), LOCAL, "exemption", exempt)
    app = open_own(language, PAGE)
    assert _tight(unknown) in shown(app) and _tight(finding) in shown(app)
    rows = app.dataframe[0].value
    assert rows["person"].tolist() == ["Ann Lee", "Bo Ek"]
    assert rows["at_close"].tolist() == [100.0, 0.0]
    assert rows["days"].isna().all() and rows["unprepared"].isna().all()
    assert _tight(rows["exempt"].tolist()[0]) == _tight(lapsed)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_any_data_the_page_says_what_to_import(open_own: Open, language: str) -> None:
    app = open_own(language, PAGE)
    assert "####" in shown(app) and not app.dataframe


def test_a_person_in_the_address_shows_the_deals_behind_the_figure(
    open_own: Open, tmp_path: Path
) -> None:
    load(tmp_path, DEALS)
    app = open_own("en", PAGE, person="Ann Lee")
    assert sorted(app.dataframe[1].value["opportunity_id"]) == ["1", "2", "3", "4"]
