"""The page of phases: gates with what is missing, opened by hand and taken back."""

from datetime import date
from decimal import Decimal

import answered
import pytest
from own_store import Open, open_own, shown
from streamlit.testing.v1 import AppTest

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.domain.gates import End, Way
from crm_core.services import gates, registers, stores
from crm_core.services.registers import Write
from crm_core.store import Store

__all__ = ["open_own"]

PAGE = "pages/plan/phases.py"


@pytest.fixture
def own(open_own: Open) -> Store:  # noqa: ARG001, where the reader's own store lies
    store = holding.hold(stores.own_path())
    phase = {
        "title": "Pilot $x$", "starts": date.today().isoformat(), "ends": "2199-12-31",
        "budget": Decimal(100), "kind": "pilot", "entry_checklist": "phase-gates",
    }  # fmt: skip
    initiative = {"title": "Join", "kind": "technology", "cost": Decimal(120), "phase": ("PH-1",)}
    value = {"initiative": ("IN-1",), "group": ("H-1",), "what": "One price"}
    for name, rows in {
        "phase": [phase],
        "stakeholder_group": [{"title": "Sales"}, {"title": "Service"}],
        "initiative": [initiative],
        "stakeholder_value": [value],
    }.items():
        registers.write(store, LOCAL, name, [Write(None, row) for row in rows])
    answers = {"pilot-entry-group": "willing"}
    answered.put(store, [{"id": "A-1", "checklist": "phase-gates", "day": date(2026, 1, 1),
                          "answers": answers}])  # fmt: skip
    return store


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Next: Entry gate of Pilot $x$, 4 things are missing", "One price",
                "Nothing yet for Service", "120 booked, 20 above the budget of 100",
                "Below what must be reached: “Entry: who is in the pilot group?”",
                "No clean data before the roll-out", "Nobody plans the reports"]),
        ("zh", ["下一关：“Pilot $x$”的准入关口，还差 4 项", "One price", "暂无收获：Service",
                "已占用 120，超出预算 100 达 20", "未达到底线：“进入：试点小组由哪些人组成？”",
                "上线推广前没有安排数据清理和迁移", "报表工作无人安排"]),
    ],
)  # fmt: skip
def test_a_phase_says_what_it_costs_whom_it_serves_and_what_its_gates_lack(
    open_own: Open, language: str, said: list[str]
) -> None:
    app = open_own(language, PAGE)
    told = everything(app)
    for sentence in said:
        assert sentence in told


def test_somebody_opens_a_gate_and_takes_it_back(open_own: Open, own: Store) -> None:
    app = open_own("en", PAGE, do="open~PH-1~entry")
    button(app, "Open the gate").click().run()
    assert "Say who opens the gate" in shown(app)
    next(one for one in app.text_area if one.label == "Reason").set_value("The room is free")
    gates.open_by_hand(own, LOCAL, "PH-1", End.ENTRY, "Ann *B*", "The room is free")
    app = open_own("en", PAGE)
    assert "Opened by Ann *B* on" in shown(app) and "The room is free" in shown(app)
    app = open_own("en", PAGE, do="back~PH-1~entry")
    app.button(key="gate-back").click().run()
    assert not app.exception
    assert gates.gates(own, LOCAL)["PH-1", End.ENTRY].verdict.way is Way.CLOSED
    assert "follows its checklist again" in shown(app)


@pytest.mark.usefixtures("own")
def test_the_list_is_the_register_and_its_form_offers_the_checklists(open_own: Open) -> None:
    app = open_own("en", PAGE, view="list", item="PH-1")
    entry = next(one for one in app.selectbox if one.label == "Entry by checklist")
    assert entry.value == "phase-gates" and "Phase gates" in entry.options


@pytest.mark.parametrize(
    "do",
    ["open~PH-1~middle", *(pytest.param(do, marks=pytest.mark.long) for do in ("open", "~~"))],
)
@pytest.mark.usefixtures("own")
def test_an_address_that_names_no_gate_opens_no_dialog(open_own: Open, do: str) -> None:
    assert "Decided by" not in {one.label for one in open_own("en", PAGE, do=do).selectbox}


def test_without_phases_the_page_says_how_to_begin(open_own: Open) -> None:
    assert "####" in shown(open_own("zh", PAGE))


def button(app: AppTest, label: str) -> object:
    return next(one for one in app.button if one.label == label)


def everything(app: AppTest) -> str:
    bars = [one.proto.text for one in app.get("progress")]
    return "\n".join([shown(app), *bars]).replace("\\", "")
