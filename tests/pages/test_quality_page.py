from pathlib import Path

import pytest
from own_store import DEALS, HEAD, Open, load, open_own, shown

__all__ = ["open_own"]

PAGE = "pages/data/quality.py"
WORSE = (
    HEAD
    + "".join(f"1{n:02},Birch,,,,Closed Won,5,2024-06-28\n" for n in range(20))
    + "200,Elm,,,,Closed Won,x,2024-06-28\n"
)


def test_an_empty_store_teaches_how_to_begin(open_own: Open) -> None:
    app = open_own("en", PAGE)
    assert "####" in shown(app)
    assert not app.dataframe


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_tells_what_is_filled_wrong_and_worst(
    open_own: Open, tmp_path: Path, language: str
) -> None:
    load(tmp_path, DEALS)
    load(tmp_path, WORSE)
    app = open_own(language, PAGE)
    assert len(app.metric) == 5
    tables = app.dataframe[0].value
    deals = tables[tables["rows"] == 26].iloc[0]
    assert (deals["waiting"], deals["invalid"]) == (1, 1)
    assert deals["change"] < 0


def test_the_last_load_is_named_as_what_made_it_worse(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, DEALS)
    load(tmp_path, WORSE)
    assert "got worse with the last load" in shown(open_own("en", PAGE))


def test_one_load_has_no_course_yet(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, DEALS)
    assert "one measurement so far" in shown(open_own("en", PAGE))


def test_the_address_chooses_the_profile_and_a_forged_one_none(
    open_own: Open, tmp_path: Path
) -> None:
    load(tmp_path, DEALS)
    named = open_own("en", PAGE, look="table-customer").dataframe[-1].value["name"].tolist()
    assert "Customer name" in named
    forged = open_own("en", PAGE, look="table-x; DROP TABLE crm.sale", measure="'", batch="x")
    assert forged.dataframe[-1].value["name"].tolist()


def test_outcomes_are_named_in_the_language_of_the_page(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, DEALS)
    shown = open_own("zh", PAGE, look="table-opportunity").dataframe[-1].value
    [frequent] = shown.loc[shown["name"] == "结果", "frequent"]
    assert "赢单 (" in frequent
    assert "won" not in frequent
