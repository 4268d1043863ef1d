"""Team and training: each view says first what is missing, and a starter set begins it."""

from datetime import date, timedelta

import own_store
import pytest
from own_store import Open, open_own
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import registers, stores
from crm_core.services.registers import Write

__all__ = ["open_own"]

PAGE = "pages/assess/team.py"
HOSTILE = 'Clerk "<b>$x$</b>"'


@pytest.fixture
def filled(open_own: Open) -> None:  # noqa: ARG001, where the reader's own store lies
    past = date.today() - timedelta(days=40)
    form = {"did": "Saved", "expected": "Kept", "happened": "Blank page", "screen": "Visit"}
    rows = {
        "stakeholder_group": [{"title": "Finance", "kind": "department"}],
        "person": [{"title": "Ann", "competence_technical": "with_help"}],
        "team": [{"title": "Lead <b>group</b>", "lead": "Ann"}],
        "duty": [{"title": "Decide", "responsible": ("Ann",)}, {"title": "<i>Teach</i>"}],
        "application": [{"title": "CRM"}],
        "process": [{"title": "Quote"}],
        "process_step": [
            {
                "process": ("PR-1",),
                "team": "N",
                "order": 1,
                "what": "W",
                "who": HOSTILE,
                "tool": "A-1",
            }
        ],
        "training": [{"title": "Calls", "role": "Agent", "kind": "daily", "held": past}],
        "problem_report": [form | {"reported_by": "Ann", "reported_on": past}],
    }
    store = holding.hold(stores.own_path())
    for name, every in rows.items():
        registers.write(store, LOCAL, name, [Write(None, row) for row in every])


def shown(app: AppTest) -> str:
    """All that is read, without spaces, which stand around Chinese letters as type wants them."""
    tables = "".join(str(one.proto.body) for one in app.get("html"))
    return "".join((own_store.shown(app) + tables).split())


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("language", "view", "sentences"),
    [
        ("en", "people", ("1 of 1 departments has nobody", "Every working group has a lead")),
        ("zh", "people", ("1 个部门中有 1 个没有代表：Finance", "每个工作组都有组长")),
        ("en", "duties", ("2 of 2 duties have nobody", "✕ Nobody answers for it", "Responsible")),
        ("zh", "duties", ("2 项职责中有 2 项没有唯一的最终负责方", "✕ 无人最终负责", "执行")),
        ("en", "training", ("1 role works in the system", "✕ Never trained", "No proof")),
        ("zh", "training", ("1 个岗位使用系统却从未培训", "✕ 从未培训", "缺证明", "✕ 无人受训")),
        ("en", "problems", ("1 of 1 problem reports waits for an answer",)),
        ("zh", "problems", ("1 份问题报告中有 1 份等待答复",)),
    ],
)
def test_each_view_says_first_what_is_missing(
    open_own: Open, language: str, view: str, sentences: tuple[str, ...]
) -> None:
    said = shown(open_own(language, PAGE, view=view))
    for sentence in sentences:
        assert "".join(sentence.split()) in said


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("view", ["duties", "training"])
def test_names_in_a_matrix_are_text_and_never_markup(open_own: Open, view: str) -> None:
    app = open_own("en", PAGE, view=view)
    tables = "".join(str(one.proto.body) for one in app.get("html"))
    assert "<b>group" not in tables and "<i>Teach" not in tables and "<b>$x" not in tables
    assert "&lt;" in tables


@pytest.mark.usefixtures("filled")
def test_a_cell_leads_to_its_row_which_opens_in_the_same_view(open_own: Open) -> None:
    app = open_own("en", PAGE, view="training")
    tables = "".join(str(one.proto.body) for one in app.get("html"))
    assert "view=training&amp;item=TR-1" in tables
    opened = open_own("en", PAGE, view="training", item="TR-1")
    assert "Calls" in [one.value for one in opened.text_input]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_empty_store_is_filled_by_the_starter_set_in_one_step(
    open_own: Open, language: str
) -> None:
    app = open_own(language, PAGE)
    app.button(key="open-starter").click().run()
    app.button(key="starter-take").click().run()
    assert not app.exception and app.success
    store = holding.hold(stores.own_path())
    counts = [registers.listed(store, LOCAL, name)[1] for name in ("team", "duty", "training")]
    assert counts == [4, 13, 9]
    assert "open-starter" not in [one.key for one in app.run().button]


def test_courses_that_are_only_planned_have_trained_nobody(open_own: Open) -> None:
    store = holding.hold(stores.own_path())
    for role, held in (("Agent", None), ("Clerk", date.today() - timedelta(days=1))):
        course = {"title": "Calls", "role": role, "kind": "daily"}
        registers.add(store, LOCAL, "training", course | ({"held": held} if held else {}))
    app = open_own("en", PAGE, view="training")
    figures = {one.label: one.value for one in app.metric}
    assert figures["Roles trained"] == "1 of 2"


@pytest.mark.parametrize("view", ["people", "duties", "training", "problems"])
def test_without_rows_a_view_teaches_how_to_begin(open_own: Open, view: str) -> None:
    assert "####" in shown(open_own("en", PAGE, view=view))


def test_a_problem_report_asks_for_no_title_that_it_takes_from_what_happened(
    open_own: Open,
) -> None:
    app = open_own("en", PAGE, view="problems")
    app.button(key="register-add").click().run()
    title = next(one for one in app.text_input if (one.key or "").endswith("-title"))
    assert (title.label, title.placeholder) == ("Title", "Blank: taken from What happened")
    screen = next(one for one in app.text_input if (one.key or "").endswith("-screen"))
    assert screen.label == "Screen \\*"
