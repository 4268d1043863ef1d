from datetime import date
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from own_store import HEAD, Open, load, open_own, shown
from streamlit.testing.v1 import AppTest

from crm_core.domain.actor import LOCAL
from crm_core.i18n import Texts
from crm_core.services import loads
from crm_core.services.quarantine import correct, worklist
from crm_core.services.quarantine.exchange import export
from crm_core.services.quarantine.waiting import corrections
from crm_core.services.quarantine.worklist import Filter
from crm_core.store import Store

__all__ = ["open_own"]

PAGE = "pages/data/quarantine.py"
BAD = HEAD + (
    "001,*A* <b>lder</b>,Medical,Scanner,Ann Lee,Closed Won,=1+1,2024-06-30\n"
    "002,Birch,Medical,Scanner,Ann Lee,Closed Won,about 200,2024-06-30\n"
    "003,Cedar,Medical,Scanner,Ann Lee,Closed Won,about 200,2024-06-30\n"
    "004,Elm, Inc,Medical,Scanner,Ann Lee,Closed Won,50,2024-06-30\n"
    + "".join(f"1{n:02},Birch,Retail,Probe,Ann Lee,Closed Won,5,2024-06-28\n" for n in range(20))
)


@pytest.fixture
def store(open_own: Open, tmp_path: Path) -> Store:  # noqa: ARG001 - it says whose store it is
    return load(tmp_path, BAD)


def waiting(store: Store) -> dict[int, int]:
    rows = worklist.lines(store, LOCAL, Filter())
    return {row["source_line"]: row["quarantine_id"] for row in rows}


def cell(app: AppTest, number: int, at: int) -> object:
    """The field of a cell."""
    return next(one for one in app.text_input if (one.key or "").startswith(f"cell-{number}-{at}-"))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_broken_cell_stands_first_beside_what_the_file_has(
    open_own: Open, store: Store, language: str
) -> None:
    app = open_own(language, PAGE)
    assert app.dataframe[0].value["line"].tolist() == ["2", "3", "4", "5"]
    first = next(one for one in app.text_input if (one.key or "").startswith("cell-"))
    assert (first.key or "").startswith(f"cell-{waiting(store)[2]}-6-")
    assert first.value == "=1+1" and "=1+1" in shown(app)
    assert "*A* <b>lder</b>" in shown(app)


def test_a_cell_is_corrected_and_the_line_run_again_in_one_go(open_own: Open, store: Store) -> None:
    number = waiting(store)[2]
    app = open_own("en", PAGE)
    cell(app, number, 6).set_value("12")
    app.button(key=f"save-run-{number}").click().run()
    assert not app.exception
    assert "1 line passed" in shown(app)
    assert 2 not in waiting(store)
    assert loads.batches(store, LOCAL)[0]["loaded"] == 1


def test_what_is_saved_waits_as_corrected_until_it_is_run(open_own: Open, store: Store) -> None:
    number = waiting(store)[2]
    app = open_own("en", PAGE)
    cell(app, number, 1).set_value("Alder")
    app.button(key=f"save-{number}").click().run()
    assert corrections(store, [number]) == {number: {1: "Alder"}}
    assert app.dataframe[0].value["corrected"].tolist() == [True, False, False, False]
    app.button(key=f"save-{number}").click().run()
    assert "Nothing is different" in shown(app)


def test_a_suggestion_is_taken_with_one_click(open_own: Open, store: Store) -> None:
    number = waiting(store)[3]
    app = open_own("en", PAGE, rule="number_unreadable")
    app.session_state["_worklist_open"] = number
    app.run()
    app.button(key=f"take-{number}").click().run()
    assert corrections(store, [number]) == {number: {6: "200"}}
    assert cell(app, number, 6).value == "200"


def test_all_suggestions_of_a_rule_are_taken_and_run_again(open_own: Open, store: Store) -> None:
    app = open_own("en", PAGE, rule="number_unreadable")
    app.button(key="worklist-suggestions").click().run()
    app.button(key="worklist-run").click().run()
    assert not app.exception
    assert "2 of 3 lines passed. Still waiting: 1." in shown(app)
    assert list(waiting(store)) == [2, 5]


def test_the_same_value_is_corrected_on_every_line(open_own: Open, store: Store) -> None:
    numbers = waiting(store)
    app = open_own("en", PAGE)
    app.session_state["_worklist_open"] = numbers[3]
    app.run()
    assert "on 2 lines" in app.text_input(key=f"same-value-{numbers[3]}").label
    app.text_input(key=f"same-value-{numbers[3]}").set_value("210")
    app.button(key=f"same-yes-{numbers[3]}").click().run()
    assert corrections(store, list(numbers.values())) == {
        numbers[3]: {6: "210"},
        numbers[4]: {6: "210"},
    }


@pytest.mark.usefixtures("store")
def test_lines_are_handed_out_and_found_by_owner_and_day(open_own: Open) -> None:
    app = open_own("en", PAGE, rule="ragged")
    app.text_input(key="worklist-owner").set_value("Ada")
    app.date_input(key="worklist-due").set_value(date(2020, 1, 1))
    app.button(key="worklist-assign-yes").click().run()
    assert "1 line assigned." in shown(app)
    for address in ({"owner": "Ada"}, {"state": "overdue"}):
        app = open_own("zh", PAGE, **address)
        assert app.dataframe[0].value["line"].tolist() == ["5"]
    app = open_own("en", PAGE, owner="?")
    assert app.dataframe[0].value["line"].tolist() == ["2", "3", "4"]


def test_lines_that_nobody_wants_leave_the_list(open_own: Open, store: Store) -> None:
    app = open_own("en", PAGE, rule="ragged")
    app.button(key="worklist-drop").click().run()
    assert "1 line dropped." in shown(app)
    assert list(waiting(store)) == [2, 3, 4]


def test_a_list_that_was_filled_in_is_brought_back_and_run(open_own: Open, store: Store) -> None:
    data = export(store, LOCAL, Filter(), Texts("zh"), "csv")
    rows = pd.read_csv(BytesIO(data), dtype="str", keep_default_na=False)
    rows.loc[0, ["更正值" if "更正值" in rows else "Correction"]] = ["12"]
    app = open_own("en", PAGE)
    app.get("file_uploader")[0].set_value(
        [("list.csv", rows.to_csv(index=False).encode(), "text/csv")]
    )
    app.run()
    app.button(key="worklist-bring").click().run()
    assert not app.exception
    assert "From the file: 1 line corrected" in shown(app) and "1 line passed" in shown(app)
    assert list(waiting(store)) == [3, 4, 5]


def test_a_list_that_does_not_fit_says_why(open_own: Open, store: Store) -> None:
    app = open_own("en", PAGE)
    app.get("file_uploader")[0].set_value([("other.csv", b"a,b\n1,2\n", "text/csv")])
    app.run()
    app.button(key="worklist-bring").click().run()
    assert "other.csv is no worklist" in shown(app)
    assert len(waiting(store)) == 4


def test_when_the_last_line_passed_the_page_says_so(open_own: Open, store: Store) -> None:
    numbers = waiting(store)
    correct.drop(store, LOCAL, [numbers[line] for line in (3, 4, 5)])
    correct.correct(store, LOCAL, {numbers[2]: {6: "1"}})
    app = open_own("en", PAGE)
    app.button(key="worklist-run").click().run()
    assert "1 line passed" in shown(app) and "Nothing is set aside" in shown(app)
