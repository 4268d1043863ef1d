"""Flags of rules beside what people write in them; rules changed, switched off, and broken."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from stories import evaluate, evening, put, standing

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.flags import RULES, Act
from crm_core.domain.problems import Refused
from crm_core.domain.registers import MOST_VALUES
from crm_core.i18n import Texts
from crm_core.reference.flags import flag_rules
from crm_core.services import flags, registers
from crm_core.services.flags import Origin, Wanted, evaluating
from crm_core.services.registers.comments import comment
from crm_core.store import Store

DAY = date(2026, 3, 1)
PAIN, GOAL = "pain_point_without_owner", "goal_without_measure"
SHARE = "unclassified_revenue"
COSTLY = {"id": "P-1", "title": "Quotes are slow", "cost_least": 60_000}


@pytest.fixture(autouse=True)
def few_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were no other rules, which would take their time."""
    few = {id: flag_rules()[id] for id in (PAIN, GOAL, SHARE)}
    monkeypatch.setattr(flags.choosing, "flag_rules", lambda: few)


@pytest.fixture
def raised(store: Store) -> Store:
    """A store with one flag, R-1, of a pain point that costs 60,000."""
    put(store, DAY, {"pain_point": [COSTLY]})
    assert evaluate(store, DAY).done == {Act.RAISE: ("R-1",)}
    return store


def change(store: Store, **values: Any) -> None:
    """Let a person write in the flag."""
    row = registers.row(store, LOCAL, "red_flag", "R-1")
    registers.change(store, LOCAL, "red_flag", "R-1", row.values | values, row.version)


def costs(store: Store, cost: int, **values: Any) -> None:
    put(store, DAY, {"pain_point": [COSTLY | {"cost_least": cost} | values]})


def status(store: Store, key: str = "R-1") -> object:
    return registers.row(store, LOCAL, "red_flag", key).values.get("status")


def test_a_flag_is_a_row_that_says_which_rule_found_what_and_what_it_is_about(
    raised: Store,
) -> None:
    values = registers.row(raised, LOCAL, "red_flag", "R-1").values
    assert (values["rule"], values["subject"]) == (PAIN, "P-1")
    assert values["pain_points"] == ("P-1",)
    assert (
        values["title"]
        == "Nobody owns the pain point “Quotes are slow” / 痛点“Quotes are slow”无人负责"
    )
    assert "60K" in str(values["evidence"]) and "6万" in str(values["evidence"])
    assert registers.history(raised, LOCAL, "red_flag", "R-1")[0].by == RULES.name


def test_what_people_wrote_stays_when_the_rule_brings_the_figures_up_to_date(
    raised: Store,
) -> None:
    due = date(2026, 4, 1)
    change(raised, owner="Bea", plan="Ask IT", due=due, status="in_work", severity="high")
    costs(raised, 70_000)
    assert evaluate(raised, DAY).done == {Act.UPDATE: ("R-1",)}
    values = registers.row(raised, LOCAL, "red_flag", "R-1").values
    kept = ("owner", "plan", "due", "status", "severity")
    assert [values[name] for name in kept] == ["Bea", "Ask IT", due, "in_work", "high"]
    assert "70K" in str(values["evidence"])


def test_a_flag_that_is_found_again_is_the_same_row_standing_again(raised: Store) -> None:
    change(raised, owner="Bea")
    costs(raised, 10)
    assert evaluate(raised, DAY).done == {Act.CLEAR: ("R-1",)}
    assert status(raised) == "cleared"
    costs(raised, 80_000)
    assert evaluate(raised, DAY).done == {Act.REOPEN: ("R-1",)}
    assert (status(raised), len(flags.listed(raised, LOCAL))) == ("open", 1)
    versions = registers.history(raised, LOCAL, "red_flag", "R-1")
    assert [one.values.get("status") for one in versions] == ["open", "cleared", "open", "open"]
    assert versions[0].values["owner"] == "Bea"


def test_what_a_person_accepted_is_raised_again_only_if_it_gets_worse(store: Store) -> None:
    def unclassified(share: int) -> None:
        deal = {"outcome": "won", "currency": "CNY", "closed_at": "2026-01-05"}
        rows = [deal | {"segment": "Medical", "amount": 100 - share}, deal | {"amount": share}]
        put(store, DAY, {"crm.opportunity": rows})

    unclassified(20)
    evaluate(store, DAY)
    change(store, status="accepted", decision_reason="small")
    for share in (5, 24):
        unclassified(share)
        assert evaluate(store, DAY).done == {}
        assert status(store) == "accepted"
    unclassified(25)
    assert evaluate(store, DAY).done == {Act.REOPEN: ("R-1",)}
    assert status(store) == "open"
    reopened = registers.row(store, LOCAL, "red_flag", "R-1").values
    assert "decision_reason" not in reopened, "what was accepted was less"


def test_a_flag_that_was_taken_out_does_not_come_back_by_itself(raised: Store) -> None:
    registers.remove(raised, LOCAL, "red_flag", {"R-1": 1})
    costs(raised, 90_000)
    assert evaluate(raised, DAY).done == {}
    assert flags.listed(raised, LOCAL) == []


def test_a_limit_is_changed_with_a_reason_and_flags_follow(raised: Store) -> None:
    limits = {"least_cost": Decimal(65_000)}
    flags.choose(raised, Actor("bea", "Bea"), PAIN, limits, " too strict ")
    assert evaluate(raised, DAY).done == {Act.CLEAR: ("R-1",)}
    [choice] = flags.choices(raised, LOCAL, PAIN)
    assert (choice.by, choice.reason, choice.limits) == ("Bea", "too strict", limits)
    flags.choose(raised, LOCAL, PAIN, {"least_cost": Decimal(40_000)}, "as strict as it gets")
    assert evaluate(raised, DAY).done == {Act.REOPEN: ("R-1",)}
    assert "40K" in flags.flag(raised, LOCAL, "R-1").why(Texts("en"))
    assert [one.reason for one in flags.choices(raised, LOCAL, PAIN)][-1] == "too strict"


def test_the_limit_at_which_a_flag_clears_is_a_companys_too(store: Store) -> None:
    rule, limits = "unclassified_revenue", {"most_share": Decimal("0.3")}
    flags.choose(store, LOCAL, rule, limits | {"most_share_clears": Decimal("0.2")}, "we are new")
    assert flags.states(store, LOCAL)[rule].clearing == {"most_share": Decimal("0.2")} | {
        "most_share_clears": Decimal("0.2")
    }
    with pytest.raises(Refused, match="flag_clears"):
        flags.choose(store, LOCAL, rule, limits | {"most_share_clears": Decimal("0.4")}, "why not")
    with pytest.raises(Refused, match="flag_limit"):
        flags.choose(store, LOCAL, PAIN, {"least_cost_clears": Decimal(1)}, "there is none")


def test_a_lower_limit_clears_flags_at_itself_where_nobody_said_lower(store: Store) -> None:
    flags.choose(store, LOCAL, "unclassified_revenue", {"most_share": Decimal("0.05")}, "strict")
    assert flags.states(store, LOCAL)["unclassified_revenue"].clearing["most_share"] == Decimal(
        "0.05"
    )


def test_a_rule_that_is_switched_off_clears_its_flags_and_raises_none(raised: Store) -> None:
    flags.choose(raised, LOCAL, PAIN, {}, "owners are named in May", is_off=True)
    assert evaluate(raised, DAY).done == {Act.CLEAR: ("R-1",)}
    assert flags.states(raised, LOCAL)[PAIN].is_off
    flags.choose(raised, LOCAL, PAIN, {}, "it is May")
    assert evaluate(raised, DAY).done == {Act.REOPEN: ("R-1",)}


@pytest.mark.parametrize(
    ("rule", "limits", "reason", "code"),
    [
        ("weather", {}, "x", "flag_rule_unknown"),
        (PAIN, {}, " ", "flag_reason"),
        (PAIN, {"colour": Decimal(1)}, "x", "flag_limit"),
        (PAIN, {"least_cost": Decimal(-1)}, "x", "flag_limit"),
        (PAIN, {"least_cost": Decimal("nan")}, "x", "flag_limit"),
    ],
)
def test_a_choice_that_makes_no_sense_is_refused_and_nothing_is_kept(
    store: Store, rule: str, limits: dict[str, Decimal], reason: str, code: str
) -> None:
    with pytest.raises(Refused, match=code):
        flags.choose(store, LOCAL, rule, limits, reason)
    assert flags.choices(store, LOCAL, PAIN) == []


def test_a_rule_that_cannot_be_run_is_named_and_the_others_go_on(
    raised: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = flag_rules()[PAIN].model_copy(update={"sql": "SELECT nothing FROM nowhere"})
    rules = {PAIN: broken, GOAL: flag_rules()[GOAL]}
    monkeypatch.setattr(flags.choosing, "flag_rules", lambda: rules)
    put(raised, DAY, {"goal": [{"id": "G-1", "title": "Be liked"}]})
    done = evaluate(raised, DAY)
    assert list(done.failed) == [PAIN] and "nowhere" in done.failed[PAIN]
    assert standing(raised, GOAL) == {"G-1"}
    assert standing(raised, PAIN) == {"P-1"}


def test_a_flag_about_more_than_a_cell_holds_is_raised_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = {"no_master": flag_rules()["no_master"]}
    monkeypatch.setattr(flags.choosing, "flag_rules", lambda: rules)
    many = range(1, MOST_VALUES + 2)
    held = {"entity": "customer", "field": "phone", "role": "copy"}
    put(
        store,
        DAY,
        {
            "application": [{"id": f"A-{n}", "title": f"{n} {'x' * 99}"} for n in many],
            "application_field": [
                {"id": f"AF-{n}", "application": [f"A-{n}"]} | held for n in many
            ],
        },
    )
    assert evaluate(store, DAY).done == {Act.RAISE: ("R-1",)}


def test_a_rule_that_is_there_no_more_leaves_no_flag_standing(
    raised: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = {GOAL: flag_rules()[GOAL]}
    for module in (flags.choosing, evaluating, flags.listing):
        monkeypatch.setattr(module, "flag_rules", lambda: rules)
    assert evaluate(raised, DAY).done == {Act.CLEAR: ("R-1",)}
    [one] = flags.listed(raised, LOCAL, Wanted(standing=False))
    assert one.title(Texts("zh")).startswith("Nobody owns")


def test_flags_of_people_and_rules_stand_in_one_list_the_gravest_first(raised: Store) -> None:
    mine = {"title": "The sponsor left", "severity": "high", "evidence": "Said so"}
    registers.add(raised, LOCAL, "red_flag", mine)
    registers.add(raised, LOCAL, "red_flag", {"title": "Old", "status": "cleared"})
    found = flags.listed(raised, LOCAL)
    assert [one.id for one in found] == ["R-2", "R-1"]
    assert (found[0].why(Texts("zh")), found[0].clears(Texts("zh"))) == ("Said so", "")
    asked = [
        (Wanted(origin=Origin.PERSON), ["R-2"]),
        (Wanted(origin=Origin.RULE), ["R-1"]),
        (Wanted(severity=("medium",)), ["R-1"]),
        (Wanted(search="报价 QUOTES"), []),
        (Wanted(search="痛点 QUOTES"), ["R-1"]),
        (Wanted(standing=False), ["R-2", "R-1", "R-3"]),
    ]
    for wanted, expected in asked:
        assert [one.id for one in flags.listed(raised, LOCAL, wanted)] == expected


@pytest.mark.parametrize("acts", [True, False])
def test_a_flag_in_which_somebody_wrote_was_not_for_nothing(raised: Store, acts: bool) -> None:
    if acts:
        comment(raised, LOCAL, "red_flag", "R-1", "I ask around")
        with raised.read() as cursor:
            cursor.execute(
                "UPDATE app.change SET committed_at = '2026-03-02 10:00'"
                " WHERE change_id = (SELECT max(change_id) FROM programme.comment)"
            )
    put(raised, date(2026, 3, 4), {"pain_point": [COSTLY | {"owner": "Bea"}]})
    found = flags.replay(raised, LOCAL, PAIN, evening(date(2026, 3, 9)), 30)
    [one] = found.episodes
    assert (one.first, one.last, one.acted) == (DAY, date(2026, 3, 3), acts)
    assert found.for_nothing == (0 if acts else 1)


def test_rules_are_evaluated_again_only_after_a_change_of_store_or_day(
    raised: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = []
    monkeypatch.setattr(
        flags.keeping_up,
        "evaluate",
        lambda *given: runs.append(given[3:]) or evaluating.evaluate(*given),
    )
    for _ in range(3):
        flags.keep_up(raised, RULES, evening(DAY))
    assert len(runs) == 1
    costs(raised, 70_000)
    for _ in range(4):
        flags.keep_up(raised, RULES, evening(DAY))
    # Once for the change, once for the change of the flag that follows it.
    assert runs == [(), ({"programme"},), ({"programme"},)]
    flags.keep_up(raised, RULES, evening(date(2026, 3, 2)))
    assert len(runs) == 4
