"""Processes: the catalogue, teams side by side, steps entered as a list and from a log."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from own_store import Open, open_own
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL, Actor
from crm_core.services import processes, registers, settings, stores
from crm_core.store import Store
from pages._ui.dot import quoted

__all__ = ["open_own"]

PAGE = "pages/assess/processes.py"
NASTY = '<img src=x onerror=alert(1)> "]; x [URL="javascript:1"] &lt; \\N *b*'


def own() -> Store:
    return holding.hold(stores.own_path())


def keep(team: str, *names: str, **more: object) -> None:
    steps = [{"what": name} | more for name in names]
    one = processes.process(own(), LOCAL, "PR-1")
    seen = {t.name: t.seen for t in processes.teams(own(), LOCAL, one)}.get(team, {})
    processes.keep_steps(own(), LOCAL, "PR-1", team, steps, seen)


def html(app: AppTest) -> str:
    return "".join(one.proto.body for one in app.get("html"))


def click(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def said(app: AppTest) -> str:
    held = (*app.subheader, *app.markdown, *app.caption, *app.success, *app.error)
    return "\n".join(str(one.value) for one in held).replace("\\", "")


@pytest.fixture
def quoting(open_own: Open) -> Open:
    """Two teams that make quotes in two ways."""
    open_own("en")
    registers.add(own(), LOCAL, "process", {"title": "Make a quote", "function": "Sales"})
    keep("Sales", "Take the call", "Write the quote", "Send it", minutes=Decimal(10), experience=1)
    keep("Service", "Take the call", "Send it", "Type it into Excel", minutes=Decimal(20))
    return open_own


@pytest.mark.parametrize(
    ("language", "button"), [("en", "Take the starter set"), ("zh", "引入起始流程库")]
)
def test_an_empty_catalogue_is_filled_with_the_starter_set(
    open_own: Open, language: str, button: str
) -> None:
    app = open_own(language, PAGE)
    assert "####" in said(app)
    click(app, button)
    next(one for one in app.button if one.key == "starter-take").click().run()
    titles = app.dataframe[0].value["title"].tolist()
    assert len(titles) == len(processes.processes(own(), LOCAL)) >= 30
    assert ("Make a quote" if language == "en" else "制作报价") in titles


def test_the_catalogue_says_where_teams_differ_most(quoting: Open) -> None:
    app = quoting("en", PAGE)
    assert "Make a quote: 50%" in said(app)
    row = app.dataframe[0].value.iloc[0]
    assert (row["steps"], row["minutes"], row["hurting"]) == ("3", "30 – 60", 3)


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", ("extra step", "missing", "other duration")), ("zh", ("多出", "缺少", "用时不同"))],
)
def test_teams_stand_side_by_side_with_what_differs_in_words(
    quoting: Open, language: str, words: tuple[str, ...]
) -> None:
    app = quoting(language, PAGE, process="PR-1")
    assert all(word in html(app) for word in words)
    assert all(word in said(app) for word in words[::2]), "and what the signs mean"
    assert "Service" in app.subheader[0].value
    assert len(app.get("graphviz_chart")) == 1


def test_a_list_that_is_typed_is_looked_at_and_kept(quoting: Open) -> None:
    app = quoting("en", PAGE, process="PR-1", team="Sales")
    click(app, "Enter steps")
    assert app.text_area[0].value.startswith("Take the call |  |  | 10")
    app.text_area[0].set_value("Take the call | Ann | Phone | soon").run()
    assert "soon is no number" in said(app)
    app.text_area[0].set_value("Call back | Ann | Phone | 2").run()
    click(app, "Keep these steps")
    assert "The steps of Sales are kept: 1 step." in said(app)


def test_the_second_of_two_people_sees_both_lists_and_keeps_what_was_typed(quoting: Open) -> None:
    app = quoting("en", PAGE, process="PR-1", team="Sales")
    click(app, "Enter steps")
    app.text_area[0].set_value("Mine").run()
    one = processes.process(own(), LOCAL, "PR-1")
    seen = next(t.seen for t in processes.teams(own(), LOCAL, one) if t.name == "Sales")
    processes.keep_steps(own(), Actor("bea", "Bea"), "PR-1", "Sales", [{"what": "Hers"}], seen)
    click(app, "Keep these steps")
    assert "Bea changed the steps of Sales" in said(app)
    assert "Mine" in html(app) and "Hers" in html(app)
    click(app, "Go on with my list")
    assert app.text_area[0].value == "Mine"
    click(app, "Keep these steps")
    assert [s.what for t in processes.teams(own(), LOCAL, one) for s in t.steps][:1] == ["Mine"]


LOG = b"case,activity,time\n1,Open,2026-03-02 09:00\n1,Close,2026-03-02 10:30\n"


def test_the_steps_of_a_log_say_that_waiting_is_in_them_and_cost_nothing(quoting: Open) -> None:
    settings.write(own(), LOCAL, "hour_cost", 90)
    app = quoting("en", PAGE, process="PR-1")
    click(app, "From an event log")
    app.file_uploader[0].set_value(("log.csv", LOG, "text/csv")).run()
    next(one for one in app.text_input if one.label.startswith("Keep")).set_value("Log").run()
    click(app, "Keep these steps")
    assert "at least 90 min with waiting" in html(app)
    assert html(app).count("costs") == 2, "of the teams whose minutes are work"
    assert "Sales needs 30 min, Service 60 min" in said(app)


def test_steps_that_somebody_typed_meanwhile_do_not_give_way_to_a_log(quoting: Open) -> None:
    app = quoting("en", PAGE, process="PR-1")
    click(app, "From an event log")
    app.file_uploader[0].set_value(("log.csv", LOG, "text/csv")).run()
    next(one for one in app.text_input if one.label.startswith("Keep")).set_value("Log").run()
    keep("Log", "Hers")
    click(app, "Keep these steps")
    assert "changed the steps of Log" in said(app)
    one = processes.process(own(), LOCAL, "PR-1")
    assert next(s.what for t in processes.teams(own(), LOCAL, one) for s in t.steps) == "Hers"


def test_names_and_waste_are_parted_as_chinese_parts_them(quoting: Open) -> None:
    keep("Service", "Take the call", waste=("等待", "返工"))
    processes.agree(own(), LOCAL, "PR-1", 1, "Sales", ["Service", "华北"])
    app = quoting("zh", PAGE, process="PR-1")
    assert "Service；华北" in said(app)
    shown = "".join(frame.value.to_csv() for frame in app.dataframe)
    assert shown.count("等待；返工") == 2 and "等待; 返工" not in shown
    assert "等待；返工" in html(app)


def test_what_only_one_team_does_is_nearest_to_nobody(open_own: Open) -> None:
    open_own("en")
    registers.add(own(), LOCAL, "process", {"title": "Make a quote"})
    keep("Sales", "Take the call")
    app = open_own("en", PAGE, process="PR-1")
    assert "1 team " in said(app) and "1 teams" not in said(app)
    assert "nearest" not in html(app)


def test_a_list_of_one_process_is_never_shown_for_another(quoting: Open) -> None:
    registers.add(own(), LOCAL, "process", {"title": "Take an order"})
    processes.keep_steps(own(), LOCAL, "PR-2", "Sales", [{"what": "Other"}], {})
    app = quoting("en", PAGE, process="PR-1", team="Sales", do="steps")
    assert app.text_area[0].value.startswith("Take the call")
    app.query_params["process"] = "PR-2"
    app.run()
    assert app.text_area[0].value == "Other"


def test_a_way_is_agreed_on_and_the_others_are_to_hear_of_it(quoting: Open) -> None:
    app = quoting("en", PAGE, process="PR-1")
    click(app, "Agree on the best practice")
    next(one for one in app.selectbox if one.key == "agree-team").set_value("Service").run()
    click(app, "Save")
    one = processes.process(own(), LOCAL, "PR-1")
    assert (one.best_practice, one.share_with) == ("Service", ("Sales",))
    assert "should hear of it: Sales" in said(app)


def test_a_baseline_is_kept_and_looked_back_to(quoting: Open) -> None:
    app = quoting("en", PAGE, process="PR-1")
    click(app, "Keep as baseline")
    next(one for one in app.date_input).set_value(date(2026, 1, 31)).run()
    next(one for one in app.button if one.key == "baseline-save").click().run()
    keep("Sales", "Take the call", minutes=Decimal(10))
    app = quoting("en", PAGE, process="PR-1", then="Sales@2026-01-31")
    assert "Sales: 30 min then, 10 min now" in said(app)
    assert "Jan 31, 2026" in html(app)


def test_nothing_that_people_type_becomes_code(quoting: Open) -> None:
    keep(NASTY, NASTY, tool=NASTY, waste=(NASTY,))
    app = quoting("en", PAGE, process="PR-1")
    assert not app.exception
    assert "<img" not in html(app) and "&lt;img" in html(app)
    for name in (None, NASTY):
        app = quoting("en", PAGE, process="PR-1", **({"team": name} if name else {}))
        spec = app.get("graphviz_chart")[0].proto.spec.replace('\\"', "")
        assert not any(line in spec for line in ('"]; x', 'URL="', "&lt;"))


@given(st.text(max_size=20))
def test_a_text_in_the_picture_is_that_text_and_nothing_else(text: str) -> None:
    inside = quoted(text)[1:-1]
    bare = inside.replace("\\\\", "").replace('\\"', "")
    assert "\\" not in bare and '"' not in bare
    plain = re.sub(r"\\(.)", r"\1", inside).replace("&amp;", "&")
    assert plain == " ".join(text.split())


def test_a_process_that_is_gone_is_said_to_be(open_own: Open) -> None:
    app = open_own("zh", PAGE, process="PR-9")
    assert "PR-9" in said(app) and not app.exception
