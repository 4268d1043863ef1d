from pathlib import Path

import pytest
from own_store import HEAD, Open, load, open_own, shown

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import imports, settings, stores

__all__ = ["open_own"]

PAGE = "pages/data/rules.py"
NEGATIVE = "opportunity_amount_negative"
DEALS = HEAD + (
    "001,Alder,Medical,Scanner,Ann Lee,Closed Won,-3.50,2024-06-30\n"
    "002,Birch,Retail,Scanner,Ann Lee,Closed Won,100.00,2024-06-28\n"
)


@pytest.mark.parametrize(("language", "said"), [("en", "Amount below zero"), ("zh", "金额为负数")])
def test_a_rule_is_told_in_the_readers_language_with_the_rows_that_break_it(
    open_own: Open, tmp_path: Path, language: str, said: str
) -> None:
    load(tmp_path, DEALS)
    app = open_own(language, PAGE, rule=NEGATIVE)
    rules = app.dataframe[0].value
    assert rules.loc[rules["rule"] == said, "rows"].tolist() == [1]
    assert said in shown(app)
    rows = app.dataframe[1].value
    assert (rows["source_file"].tolist(), rows["source_line"].tolist()) == (["deals.csv"], ["2"])
    assert rows["opportunity_id"].tolist() == ["001"]


def test_a_severity_is_kept_as_soon_as_it_is_chosen(open_own: Open) -> None:
    app = open_own("en", PAGE, rule=NEGATIVE)
    app.get("segmented_control")[0].set_value("reject").run()
    assert not app.exception
    store = holding.hold(stores.own_path())
    assert settings.read(store, LOCAL)["rule_severity"] == {NEGATIVE: "reject"}
    rules = app.dataframe[0].value
    assert "Set aside" in rules.loc[rules["rule"] == "Amount below zero", "severity"].tolist()


def test_only_what_is_broken_is_listed_on_demand(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, DEALS)
    app = open_own("en", PAGE, state="broken", entity="opportunity")
    assert set(app.dataframe[0].value["rows"]) == {1}
    app = open_own("en", PAGE, state="broken", entity="handoff")
    assert "No rule fits" in "".join(str(one.value) for one in app.info)


def test_rules_that_rows_break_stand_first(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, DEALS)
    rows = open_own("en", PAGE).dataframe[0].value["rows"].tolist()
    assert rows == sorted(rows, reverse=True) and rows[0] == 1


def test_a_load_tells_which_rules_its_lines_break(open_own: Open, tmp_path: Path) -> None:
    load(tmp_path, DEALS)
    app = open_own("en", "pages/data/loads.py")
    tables = [one.value for one in app.dataframe]
    told = next(one for one in tables if "advice" in one)
    assert told.loc[told["rule"] == "Amount below zero", "lines"].tolist() == [1]


CUSTOMERS = (
    "Customer ID,Customer Name,Phone,Email,Created Date\n"
    "C1,Alder,138 0013 8000 / 139 0013 9000,a@gmial.com,2024-03-01\n"
) + "".join(f"C1{n},Fir {n},1380013800{n},a{n}@b.com,2024-03-06\n" for n in range(9))


def test_what_could_not_be_read_is_told_with_field_file_and_line(
    open_own: Open, tmp_path: Path
) -> None:
    (tmp_path / "customers.csv").write_text(CUSTOMERS)
    store = holding.hold(stores.own_path())
    with imports.prepare(store, LOCAL, [tmp_path / "customers.csv"]) as upload:
        imports.load(store, LOCAL, upload)
    tables = [one.value for one in open_own("en", PAGE, entity="customer").dataframe]
    told = next(one for one in tables if "what" in one)
    said = "Several phone numbers in one cell"
    row = told[told["what"] == said].iloc[0]
    assert (row["file"], row["line"], row["lines"]) == ("customers.csv", "2", 1)
    assert row["field"] == "Customers · Phone"
    tables = [one.value for one in open_own("en", PAGE, entity="handoff").dataframe]
    assert not [one for one in tables if "what" in one]
