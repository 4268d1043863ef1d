"""Every rule of data/flags by example: cases/<rule>.yaml says what stands on which day."""

import re
from datetime import date
from itertools import pairwise

import pytest
from stories import CASES, evaluate, evening, put, standing, steps

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import DASH, LANGUAGES, Texts
from crm_core.reference.flags import flag_rules
from crm_core.services import flags
from crm_core.services.flags import Wanted, choosing
from crm_core.store import Store

HOLE = re.compile(r"\{(\w+)\}")
LATIN_COMMA = re.compile(r"\D, ")
"""As only a list of another language has it."""
RULES = flag_rules()


@pytest.fixture
def alone(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if there were no other rules, which would take their time."""
    monkeypatch.setattr(choosing, "flag_rules", lambda: {rule: RULES[rule]})


def test_every_rule_has_a_case_that_raises_it_and_clears_it_again() -> None:
    assert {path.stem for path in CASES.glob("*.yaml")} == set(RULES)
    for rule in RULES:
        stood = [bool(step["stands"]) for step in steps(rule)]
        assert (True, False) in pairwise(stood), rule


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("rule", RULES)
def test_a_rule_raises_and_clears_exactly_what_its_case_says_once_and_in_a_replay_too(
    rule: str, store: Store
) -> None:
    for step in steps(rule):
        put(store, step["day"], step["put"])
        done = evaluate(store, step["day"])
        assert done.failed == {}
        assert standing(store, rule) == set(step["stands"])
        assert evaluate(store, step["day"]).done == {}
    for one in flags.listed(store, LOCAL, Wanted(standing=False)):
        _is_well_said(one)
    if not RULES[rule].no_replay:
        _replay_finds_the_same(rule, store)


def _is_well_said(one: flags.Flag) -> None:
    """Each text has all its figures, in both languages."""
    assert one.rule and one.address and "{" not in one.address
    for language in LANGUAGES:
        texts = Texts(language)
        for said in (one.title(texts), one.why(texts), one.clears(texts)):
            assert said and "{" not in said and DASH not in said
            assert language == "en" or not LATIN_COMMA.search(said)
    assert set(HOLE.findall(one.rule.evidence)) <= set(one.facts)


def _replay_finds_the_same(rule: str, store: Store) -> None:
    days = {step["day"]: set(step["stands"]) for step in steps(rule)}
    first, last = min(days), max(days)
    found = flags.replay(store, LOCAL, rule, evening(last), (last - first).days + 1)
    for day, subjects in days.items():
        assert {one.subject for one in found.episodes if one.first <= day <= one.last} == subjects
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize("rule", RULES)
def test_every_text_of_a_rule_is_there_in_both_languages_and_names_the_same_figures(
    rule: str,
) -> None:
    found = RULES[rule]
    for label in (*found.texts, found.label, *(one.label for one in found.thresholds)):
        assert label.en.strip()
        assert any("\u4e00" <= sign <= "\u9fff" for sign in label.zh)
        assert set(HOLE.findall(label.en)) == set(HOLE.findall(label.zh))


@pytest.mark.parametrize(
    ("baseline", "target", "reached", "told"),
    [
        (14_000_000, 24_000_000, 12_628_549.2, ("12,628,549;", "from 14,000,000", "19,000,000.")),
        (0.2, 0.4, 0.2213, ("0.221;", "from 0.2 to 0.4", "0.3.")),
        (100_000, 100_003, 100_000.25, ("100,000.25;", "to 100,003", "100,001.5.")),
    ],
)
def test_a_goal_is_told_with_as_many_digits_as_its_way_is_long(
    baseline: float, target: float, reached: float, told: list[str], store: Store
) -> None:
    day = date(2026, 7, 2)
    way = {"baseline_date": date(2026, 1, 1), "target_date": date(2026, 12, 31), "reached_on": day}
    goal = {"baseline": baseline, "target": target, "reached": reached} | way
    put(store, day, {"goal": [{"id": "G-1", "title": "Win more", **goal}]})
    evaluate(store, day)
    said = {one.rule.id: one.why(Texts("en")) for one in flags.listed(store, LOCAL) if one.rule}
    assert [one for one in told if one not in said["goal_off_line"]] == []


def test_what_has_no_history_says_so_and_is_not_replayed(store: Store) -> None:
    silent = [id for id, one in RULES.items() if one.no_replay]
    assert silent == ["quarantine_old"]
    with pytest.raises(Refused, match="flag_no_replay"):
        flags.replay(store, LOCAL, "quarantine_old", evening(date(2026, 3, 1)))


def test_a_replay_of_an_empty_store_is_one_quiet_day(store: Store) -> None:
    today = date(2026, 3, 1)
    found = flags.replay(store, LOCAL, "goal_without_measure", evening(today), 30)
    assert (found.first, found.last, found.episodes) == (today, today, ())


def test_each_failure_cause_and_danger_signal_has_one_rule_that_reads_answers() -> None:
    read = [cause for rule in RULES.values() for cause in re.findall(r"cause = '(\w+)'", rule.sql)]
    signals = ["A6", "analysis", "it_thin", "reporting", "sponsor_leaves"]
    assert sorted(read) == sorted([*signals, *(f"C{number}" for number in range(1, 8))])
