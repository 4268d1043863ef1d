"""Pages of registers: rows added, changed, taken out, pasted; two people at one row."""

import json
from datetime import date
from decimal import Decimal

import pytest
from own_store import Open, open_own, shown
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL, Actor
from crm_core.services import registers, stores
from crm_core.services.registers import exchange
from crm_core.store import Store

__all__ = ["open_own"]

GOALS = "pages/assess/goals.py"


PAGES = [
    *("goals", "pain_points", "applications", "it_windows", "red_flags", "glossary"),
    "further_lists",
]


def own() -> Store:
    return holding.hold(stores.own_path())


def save(app: AppTest, label: str = "Save") -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_register_teaches_how_to_begin(open_own: Open, page: str, language: str) -> None:
    app = open_own(language, f"pages/assess/{page}.py")
    assert not app.exception and not app.dataframe
    assert "####" in shown(app)


def test_a_link_opens_the_row_and_a_save_keeps_what_was_typed(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "goal", {"title": "Win more", "status": "open"})
    app = open_own("en", GOALS, item="G-1")
    title = next(one for one in app.text_input if one.value == "Win more")
    title.set_value("Win more in Medical")
    save(app)
    row = registers.row(own(), LOCAL, "goal", "G-1")
    assert (row.values["title"], row.version) == ("Win more in Medical", 2)
    assert "is kept" in shown(app)


def test_a_mistake_is_said_below_its_field_and_nothing_typed_is_lost(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "goal", {"title": "Win more"})
    app = open_own("en", GOALS, item="G-1")
    next(one for one in app.text_input if one.label == "Target").set_value("many")
    save(app)
    assert registers.row(own(), LOCAL, "goal", "G-1").version == 1
    app.run()
    assert "many is no number" in shown(app)
    assert next(one for one in app.text_input if one.label == "Target").value == "many"


@pytest.mark.parametrize(
    ("first", "called"), [(Actor("bea", "Bea"), "Bea"), (LOCAL, "Somebody")], ids=["bea", "local"]
)
def test_the_second_of_two_people_chooses_and_loses_nothing(
    open_own: Open, first: Actor, called: str
) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "goal", {"title": "Win more", "measure": "wins"})
    app = open_own("en", GOALS, item="G-1")
    theirs = {"title": "Win a lot", "measure": "wins", "owner": "Bea"}
    registers.change(own(), first, "goal", "G-1", theirs, 1)
    next(one for one in app.text_input if one.value == "Win more").set_value("Win most")
    save(app)
    app.run()
    assert f"{called} saved this row" in "\n".join(str(one.value) for one in app.warning)
    assert f"{called} alone changed what follows, and it is kept: Owner" in shown(app)
    save(app, "Save both")
    row = registers.row(own(), LOCAL, "goal", "G-1")
    assert row.values == {"title": "Win most", "measure": "wins", "owner": "Bea"}


def test_what_was_written_in_a_row_that_was_taken_out_comes_back_with_it(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "goal", {"title": "Win more", "measure": "wins"})
    app = open_own("en", GOALS, item="G-1")
    registers.remove(own(), Actor("bea", "Bea"), "goal", {"G-1": 1})
    next(one for one in app.text_input if one.value == "Win more").set_value("Win most")
    save(app)
    app.run()
    assert "was taken out by Bea" in "\n".join(str(one.value) for one in app.warning)
    assert "Title: Win most" in shown(app)
    save(app, "Put back with what you wrote")
    row = registers.row(own(), LOCAL, "goal", "G-1")
    assert row.values == {"title": "Win most", "measure": "wins"}


def test_a_link_to_a_row_that_was_taken_out_says_who_did_it_and_leads_back(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "goal", {"title": "Win more"})
    registers.remove(own(), Actor("bea", "Bea"), "goal", {"G-1": 1})
    app = open_own("en", GOALS, item="G-1")
    assert "was taken out by Bea" in "\n".join(str(one.value) for one in app.warning)
    save(app, "Put back")
    assert registers.row(own(), LOCAL, "goal", "G-1").values == {"title": "Win more"}


def test_each_of_the_further_lists_is_kept_like_the_others(open_own: Open) -> None:
    open_own("zh")
    registers.add(own(), LOCAL, "report", {"title": "周报"})
    app = open_own("zh", "pages/assess/further_lists.py", list="report", item="E-1")
    assert app.title[0].value == "报表"
    next(one for one in app.text_input if one.value == "周报").set_value("月报")
    save(app, "保存")
    assert registers.row(own(), LOCAL, "report", "E-1").values == {"title": "月报"}


def test_a_row_that_is_gone_is_said_to_be(open_own: Open) -> None:
    app = open_own("zh", GOALS, item="G-9")
    assert any("G-9" in str(one.value).replace("\\", "") for one in app.error)
    assert not app.exception


def test_history_is_written_the_readers_way_and_leads_back(open_own: Open) -> None:
    open_own("zh")
    registers.add(own(), LOCAL, "goal", {"title": "甲"})
    changed = {"title": "乙", "target_date": date(2026, 3, 1), "product_lines": ("X-1", "X-2")}
    registers.change(own(), LOCAL, "goal", "G-1", changed, 1)
    app = open_own("zh", GOALS, item="G-1")
    next(one for one in app.button_group if "历史" in one.options).set_value("历史").run()
    for said in ("标题：甲 → 乙", "2026年3月1日", "X-1；X-2"):
        assert said in shown(app)
    save(app, "恢复到此版本")
    assert registers.row(own(), LOCAL, "goal", "G-1").values == {"title": "甲"}


def test_filters_and_search_stand_above_the_rows(open_own: Open) -> None:
    open_own("en")
    store = own()
    for title, status in (("Win more", "open"), ("Quote faster", "done")):
        registers.add(store, LOCAL, "goal", {"title": title, "status": status})
    app = open_own("en", GOALS, status="done")
    assert app.dataframe[0].value["title"].tolist() == ["Quote faster"]
    next(one for one in app.text_input if one.label == "Search").set_value("win").run()
    assert not app.dataframe


def test_a_list_is_filtered_by_owner_status_and_team_as_a_link(open_own: Open) -> None:
    open_own("en")
    store, pains = own(), "pages/assess/pain_points.py"
    for title, owner, team, status in (
        ("Typed twice", "Bea", "Sales", "open"),
        ("Slow quotes", "Bea", "Service", "open"),
        ("Old lists", None, "Sales", "done"),
        ("Lost leads", "Cem; $x$", "Sales", "open"),
    ):
        values = {"title": title, "owner": owner, "team": team, "status": status}
        registers.add(store, LOCAL, "pain_point", values)
    for address, titles in (
        ({"owner": "Bea", "team": "Sales"}, ["Typed twice"]),
        ({"owner": ""}, ["Old lists"]),
        ({"owner": "Cem; $x$", "status": "open"}, ["Lost leads"]),
        ({"owner": "nobody there", "team": "Service"}, ["Slow quotes"]),
    ):
        app = open_own("en", pains, **address)
        assert app.dataframe[0].value["title"].tolist() == titles
        assert f"{len(titles)} of 4 rows" in shown(app)
    assert "of 4 rows" not in shown(open_own("en", pains))
    [owner] = [one for one in app.multiselect if one.label == "Owner"]
    assert owner.options == ["none", "Bea", "Cem; $x$"]
    owner.select("Bea").run()
    assert app.query_params["owner"] == "Bea"


def test_a_list_in_which_nobody_named_an_owner_has_no_filter_for_it(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "goal", {"title": "Win more"})
    app = open_own("en", GOALS)
    assert "Owner" not in [one.label for one in app.multiselect]


def _bringing() -> None:
    from crm_core.services import registers
    from pages._ui.register import bring

    bring._body(registers.known("goal"))


def test_what_is_said_of_columns_reads_the_file_no_second_time(
    open_own: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_own("en")
    read, whole = [], exchange.brought_cells
    monkeypatch.setattr(exchange, "brought_cells", lambda text: read.append(text) or whole(text))
    app = AppTest.from_function(_bringing)
    app.query_params["company"] = "own"
    app.run().text_area[0].set_value("Wish\tWeight\nWin more\t3\n").run()
    next(one for one in app.selectbox if one.label == "Wish").set_value("title").run()
    assert "1 new row" in shown(app) and len(read) == 1
    save(app, "Keep this")
    assert registers.row(own(), LOCAL, "goal", "G-1").values["title"] == "Win more"


def test_what_a_row_is_fits_into_its_box_in_the_picture_of_links(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "application", {"title": "Sheet"})
    phone = {"application": ("A-1",), "entity": "customer", "field": "phone"}
    registers.add(own(), LOCAL, "application_field", phone)
    app = open_own("en", "pages/assess/applications.py", item="A-1")
    next(one for one in app.button_group if "Links" in one.options).set_value("Links").run()
    picture = app.get("graphviz_chart")[0].proto.spec
    assert r'label="Field in an\napplication AF-1\nphone"' in picture


def test_amounts_of_the_past_are_written_as_those_of_today(open_own: Open) -> None:
    open_own("en")
    sheet = {"title": "Sheet", "cost_a_year": Decimal("1240000.125"), "critical": True}
    registers.add(own(), LOCAL, "application", sheet)
    app = open_own("en", "pages/assess/applications.py", item="A-1")
    next(one for one in app.button_group if "History" in one.options).set_value("History").run()
    assert "Cost a year: – → 1,240,000.125" in shown(app)
    assert "depends on it: – → yes" in shown(app)


def test_the_head_of_a_column_of_numbers_has_room(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "application", {"title": "Sheet"})
    typed = {"application": ("A-1",), "entity": "customer", "field": "phone"}
    minutes = {"role": "typed", "minutes_a_month": Decimal(5)}
    registers.add(own(), LOCAL, "application_field", typed | minutes)
    app = open_own("en", "pages/assess/further_lists.py", list="application_field")
    column = json.loads(app.dataframe[0].proto.columns)["minutes_a_month"]
    assert column["width"] >= 120, "Minutes a month"


def test_every_choice_that_nobody_made_is_called_the_same(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "pain_point", {"title": "Typed twice"})
    app = open_own("en", "pages/assess/pain_points.py", item="P-1")
    assert {one.placeholder for one in app.selectbox} == {"none"}


def test_what_pasted_cells_would_bring_has_its_numbers_at_the_right(open_own: Open) -> None:
    open_own("en")
    app = AppTest.from_function(_bringing)
    app.query_params["company"] = "own"
    app.run().text_area[0].set_value("Title\tTarget\tTarget date\nWin\t3\t2026-06-01\n").run()
    columns = json.loads(app.dataframe[0].proto.columns)
    right = [name for name, one in columns.items() if one.get("alignment") == "right"]
    assert right == ["target", "target_date"]


def test_why_a_cell_cannot_be_taken_is_read_on_a_phone_before_its_column(open_own: Open) -> None:
    open_own("en")
    app = AppTest.from_function(_bringing)
    app.query_params["company"] = "own"
    app.run().text_area[0].set_value("Title\tTarget\nWin more\tmany\n").run()
    wide, narrow = (list(one.value.columns) for one in app.dataframe[:2])
    assert (wide[-1], narrow[:3]) == ("why", ["line", "value", "why"])


def test_a_form_suggests_whoever_is_named_already(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "goal", {"title": "Win more", "owner": 'Bea "B" <b>'})
    registers.add(own(), LOCAL, "person", {"title": "Ann"})
    app = open_own("en", "pages/assess/pain_points.py")
    next(one for one in app.button if one.label == "Add").click().run()
    [names] = [one for one in app.get("html") if "datalist" in one.proto.body]
    options = '<option value="Ann"></option><option value="Bea &quot;B&quot; &lt;b&gt;"></option>'
    assert options in names.proto.body


def test_what_keeps_a_row_from_being_kept_is_named_beside_the_button(open_own: Open) -> None:
    app = open_own("zh", "pages/assess/team.py", view="problems")
    next(one for one in app.button if one.label == "新增").click().run()
    next(one for one in app.button if one.label == "新增").click()
    next(one for one in app.button if one.label == "保存").click().run()
    [said] = [one.value for one in app.caption if "尚未保存" in one.value]
    assert "界面、报告人、发生日期、做了什么操作、预期结果" in said
