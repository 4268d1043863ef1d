"""`flags`: evaluated, listed, explained and replayed from the command line."""

import json
from pathlib import Path

import pytest
from run_here import crm

from crm_core.domain.actor import LOCAL
from crm_core.reference.flags import flag_rules
from crm_core.services import registers, stores


@pytest.fixture
def run(tmp_path: Path):
    """Run the command on a store with a goal that cannot be measured; status, JSON, messages."""
    store = stores.open_store(tmp_path / "crm.duckdb")
    registers.add(store, LOCAL, "goal", {"title": "Be liked"})
    registers.add(store, LOCAL, "red_flag", {"title": "The sponsor left", "severity": "high"})
    store.close()

    def command(*words: str) -> tuple[int, list[dict[str, object]], str]:
        place = ["--store", str(tmp_path / "crm.duckdb"), "--format", "json"]
        done = crm("flags", *words, *place)
        return done.returncode, json.loads(done.stdout) if done.stdout else [], done.stderr

    return command


def test_flags_of_people_and_of_rules_are_listed_with_why_and_what_would_clear_them(run) -> None:
    status, found, _ = run()
    assert status == 0
    assert [(one["id"], one["origin"], one["severity"]) for one in found] == [
        ("R-1", "person", "high"),
        ("R-2", "rule", "medium"),
    ]
    assert found[1]["rule"] == "goal_without_measure"
    assert found[1]["evidence"] == "goals?item=G-1"
    assert "Missing: 3 of the three" in found[1]["why"]
    assert run()[1] == found


def test_the_rules_are_listed_with_their_limits(run) -> None:
    status, found, _ = run("--rules")
    assert (status, {one["rule"] for one in found}) == (0, set(flag_rules()))
    [one] = [one for one in found if one["rule"] == "unclassified_revenue"]
    assert (one["limits"], one["replay"]) == ("most_share=0.1; most_share_clears=0.09", None)


def test_a_rule_is_replayed(run) -> None:
    status, found, said = run("--replay", "goal_without_measure")
    assert (status, [one["subject"] for one in found]) == (0, ["G-1"])
    assert "raised 1 times, 0 of them for nothing" in said


@pytest.mark.parametrize(
    "words",
    [
        ["--replay", "weather"],
        ["--replay", "quarantine_old"],
        ["--replay", "feed_late", "--days", "0"],
    ],
)
def test_what_cannot_be_replayed_is_refused_in_one_line(run, words: list[str]) -> None:
    status, found, said = run(*words)
    assert (status, found, said.count("\n")) == (1, [], 1)
