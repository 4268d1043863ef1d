"""What an assessment comes to, on its page: read, switched, compared, and made into a red flag."""

import json
from datetime import date
from typing import Any

import answered
import pytest
from own_store import Open, open_own, shown

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.domain.checklists import Checklist
from crm_core.i18n import Texts
from crm_core.services import initiatives, registers, stores
from crm_core.services.checklists import editions, evidence, respondents
from crm_core.services.initiatives import Source
from crm_core.store import Store

__all__ = ["open_own"]

PAGE = "pages/assess/checklists.py"
MANAGER = {"doers-involved": "shown", "roadmap-known": "mine", "adoption-income": "part"}
# Sections: sponsor 1/5 (weighs 2), doers 1/3, roadmap 5/6, adoption 3/4 (weighs 2): 51 %.
FRONT_LINE = {"doers-involved": "told", "roadmap-known": "phases", "sponsor-seen": ["opened"]}


def put(store: Store, *told: dict[str, Any]) -> None:
    kept = {"checklist": "failure-causes", "day": date(2026, 9, 1)}
    answered.put(store, [{"id": f"A-{n}", **kept, **one} for n, one in enumerate(told, 1)])


@pytest.fixture
def own(open_own: Open) -> Store:  # noqa: ARG001
    """Two assessments of the programme, the later by a manager and one of the front line."""
    store = holding.hold(stores.own_path())
    put(
        store,
        {"day": date(2026, 6, 1), "answers": {"doers-involved": "told"}, "state": "approved"},
        {
            "people": [
                {"voice": "manager", "name": "*Ann*", "answers": MANAGER},
                {"voice": "front_line", "name": "Bo", "answers": FRONT_LINE, "note": "never $x$"},
            ]
        },
    )
    return store


def opened(open_own: Open, language: str = "en", **more: str) -> Any:
    return open_own(language, PAGE, assessment="A-2", view="results", **more)


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "en",
            ["✕ Red: 51%; 1 gate is missed", "weakest: The sponsor", "2 of 4 sections",
             "below what must be reached: “How did those who do the work take part",
             "not answered: not counted", "Without a result: "],
        ),
        (
            "zh",
            ["✕ 红灯：51%；1 项门槛未达到", "最薄弱：执行发起人", "4 个章节中有 2 个达标",
             "未达到门槛：“实际执行者是怎样参与系统设计的？”", "未作答：不计入", "暂无结果："],
        ),
    ],
)  # fmt: skip
def test_the_headline_says_the_light_and_why(
    open_own: Open, language: str, told: list[str]
) -> None:
    said = shown(opened(open_own, language))
    for one in told:
        assert one in said


@pytest.mark.usefixtures("own")
def test_what_was_not_answered_counts_as_the_address_says(open_own: Open) -> None:
    app = opened(open_own, missing="as_nothing")
    assert app.metric[0].value.startswith("9%")
    assert "not answered: counts as nothing" in shown(app)


@pytest.mark.usefixtures("own")
def test_the_voices_that_lie_apart_are_named(open_own: Open) -> None:
    said = shown(opened(open_own, part="voices"))
    assert "Manager and Front line lie 67 points apart: “How did those who do the work" in said


@pytest.mark.usefixtures("own")
def test_what_changed_is_told_with_who_and_why(open_own: Open) -> None:
    app = opened(open_own, part="changes")
    assert "0% on Jun 1, 2026, 51% on Sep 1, 2026: 51 points better" in shown(app)
    row = app.dataframe[0].value.iloc[1]
    assert row["before"] == "They were told when it was ready"
    assert "Bo (Front line)" in row["who"] and row["why"] == "never $x$"
    heads = app.dataframe[0].proto.columns
    assert "Answer in A-1" in heads and "Answer in A-2" in heads, (
        "of another vendor none is earlier"
    )
    itself = opened(open_own, part="changes", against="itself")
    assert "6 answers were given or changed" in shown(itself)


def test_of_two_departments_each_answer_stands_below_its_name(open_own: Open) -> None:
    of = {"scope": "department", "state": "approved"}
    sales = of | {"subject": "Sales", "answers": {"doers-involved": "told"}}
    service = of | {"subject": "Service", "answers": {"doers-involved": "shaped"}}
    put(holding.hold(stores.own_path()), sales, service)
    app = opened(open_own, part="changes", against="A-1")
    heads = json.dumps(json.loads(app.dataframe[0].proto.columns), ensure_ascii=False)
    assert "Answer in A-1 · Sales" in heads and "Answer in A-2 · Service" in heads
    assert "1 question is answered otherwise than in A-1 · Sales" in shown(app)


@pytest.mark.usefixtures("own")
def test_a_question_opens_with_its_answers_as_they_were_typed(open_own: Open) -> None:
    app = opened(open_own, part="answers", item="doers-involved")
    said = shown(app)
    assert "*Ann* (Manager)" in said and "never $x$" in said
    assert "Let people who sell and serve try every process" in said
    assert not opened(open_own, item="nowhere").exception


def test_a_file_that_shows_an_answer_can_be_opened_from_the_result(
    open_own: Open, own: Store
) -> None:
    who = next(one for one in respondents.listed(own, LOCAL, "A-2") if one.name == "Bo")
    evidence.add_file(own, LOCAL, who.id, "doers-involved", "minutes.pdf", b"%PDF")
    app = opened(open_own, part="answers", item="doers-involved")
    [file] = app.get("download_button")
    assert "minutes" in file.proto.label


def test_a_step_becomes_a_red_flag_once(open_own: Open, own: Store) -> None:
    app = opened(open_own, part="next")
    assert "The first 2 steps would lift the score from 51% to 89%" in shown(app)
    app.button(key="red_flag-doers-involved-0").click().run()
    assert "R-1 was added: Those who do the work were not involved" in shown(app)
    [row] = registers.listed(own, LOCAL, "red_flag")[0]
    assert row.values["severity"] == "high"
    assert str(row.values["evidence"]).startswith("A-2 · How did those who do the work")
    keys = [one.key for one in app.button]
    assert "red_flag-doers-involved-0" not in keys and "pain_point-doers-involved-0" in keys


def test_what_the_records_contradict_stands_below_the_steps(open_own: Open, own: Store) -> None:
    registers.add(own, LOCAL, "goal", {"title": "Be liked"})
    none: dict[str, Any] = {"people": []}
    put(own, none, none, {"checklist": "readiness", "answers": {"goals-set": "agreed"}})
    app = open_own("en", PAGE, assessment="A-3", view="results", part="next")
    assert "A-3 says that goals can be measured, and 1 of them lack measure" in shown(app)
    app.button(key="red_flag-answer_goals_open-goals-set").click().run()
    assert [row.values["severity"] for row in registers.listed(own, LOCAL, "red_flag")[0]] == [
        "medium"
    ]


@pytest.mark.parametrize(
    ("people", "state", "told"),
    [
        (3, "approved", "fewer than 5 answered it"),
        (9, "draft", "The result shows once it is handed in"),
    ],
)
def test_without_names_few_are_not_shown_and_the_page_says_why(
    open_own: Open, people: int, state: str, told: str
) -> None:
    one = {"name": "Bo", "answers": {"doers-involved": "told"}, "note": "I am Bo"}
    several = [one | {"name": f"Bo {n}"} for n in range(people)]
    put(holding.hold(stores.own_path()), {"is_unnamed": True, "state": state, "people": several})
    for part in ("overview", "next", "voices", "changes", "answers"):
        app = open_own(
            "en", PAGE, assessment="A-1", view="results", part=part, item="doers-involved"
        )
        said = shown(app)
        assert told in said
        assert "Bo" not in said and "0%" not in [one.value for one in app.metric][:1]


def test_what_names_hidden_keep_from_being_compared_is_not_called_alike(open_own: Open) -> None:
    few = {"is_unnamed": True, "state": "approved", "answers": {"doers-involved": "told"}}
    put(holding.hold(stores.own_path()), few, few | {"answers": {"doers-involved": "shaped"}})
    said = shown(opened(open_own, part="changes", against="A-1"))
    assert "Nothing can be compared" in said
    assert "1 is not compared, since names are hidden" in said


def test_an_assessment_without_answers_says_what_belongs_there(open_own: Open) -> None:
    put(holding.hold(stores.own_path()), {"people": []})
    app = open_own("zh", PAGE, assessment="A-1", view="results")
    assert "还没有人作答" in shown(app)


def test_a_step_leads_to_an_initiative_that_does_it_and_then_to_the_one_that_was_made(
    open_own: Open, own: Store
) -> None:
    def ways(app: Any) -> list[str]:
        return [one.proto.label.replace("\\", "") for one in app.get("page_link")]

    app = opened(open_own, part="next")
    assert "Make an initiative" in ways(app)
    made = initiatives.made_from(own, LOCAL, Source.ANSWER, "A-2/doers-involved/0", Texts("en"))
    assert str(made["notes"]).startswith("A-2 · ")
    key = registers.add(own, LOCAL, "initiative", made)
    assert f"Initiative {key}" in ways(opened(open_own, part="next"))


@pytest.mark.usefixtures("own")
def test_the_question_that_was_filled_in_last_does_not_open_over_the_results(
    open_own: Open,
) -> None:
    app = open_own("en", PAGE, assessment="A-2", item="roadmap-known")
    next(one for one in app.get("button_group") if "Results" in one.options).set_value("Results")
    app.run()
    assert "item" not in app.query_params


def test_where_no_question_asks_for_evidence_none_is_called_complete(open_own: Open) -> None:
    store = holding.hold(stores.own_path())
    asked = editions.offered(store, LOCAL)["failure-causes"].checklist
    told = asked.model_dump(mode="json") | {"version": asked.version + 1}
    for part in told["sections"]:
        for item in part["items"]:
            item["evidence"] = None
    editions.bring_in(store, LOCAL, Checklist.model_validate(told))
    put(store, {"answers": {"doers-involved": "told"}})
    app = open_own("en", PAGE, assessment="A-1", view="results")
    assert [one.value for one in app.metric if one.label == "Shown by evidence"] == ["–"]


def test_nothing_is_shown_by_evidence_before_what_wants_some_is_answered(open_own: Open) -> None:
    open_own("en")
    put(holding.hold(stores.own_path()), {"answers": {"doers-released": "kept"}})
    app = open_own("en", PAGE, assessment="A-1", view="results")
    assert [one.value for one in app.metric if one.label == "Shown by evidence"] == ["–"]
