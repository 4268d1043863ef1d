"""`checklist ID`: what an assessment comes to, from the command line."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import answered
import pytest
from run_here import crm

from crm_core.services import stores

ASSESSMENTS: list[dict[str, Any]] = [
    {
        "id": "A-1",
        "checklist": "failure-causes",
        "day": date(2026, 3, 2),
        "people": [
            {"voice": "manager", "answers": {"doers-involved": "shown", "doers-described": "fits"}},
            {"voice": "front_line", "answers": {"doers-involved": "told"}, "note": "never asked"},
        ],
    },
    {
        "id": "A-2",
        "checklist": "failure-causes",
        "day": date(2026, 6, 1),
        "people": [{"voice": "manager", "answers": {"doers-involved": "shaped"}, "note": "tried"}],
    },
]


@pytest.fixture
def run(tmp_path: Path):
    """Run the command on a store with two assessments; status, result, messages."""
    store = stores.open_store(tmp_path / "crm.duckdb")
    answered.put(store, ASSESSMENTS)
    store.close()

    def command(*words: str) -> tuple[int, Any, str]:
        place = ["--store", str(tmp_path / "crm.duckdb"), "--format", "json"]
        done = crm("checklist", *words, *place)
        return done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr

    return command


def test_the_newest_assessment_is_told_with_score_coverage_and_lights(run) -> None:
    status, found, said = run("failure-causes")
    assert (status, said) == (0, "")
    assert (found["assessment"], found["day"], found["score"]) == ("A-2", "2026-06-01", 1)
    assert 0 < found["coverage"] < 0.2
    assert found["light"] == "amber" and found["reasons"][0]["code"] == "open_gate"
    assert found["difference"] is None
    [doers] = [one for one in found["sections"] if one["section"] == "doers"]
    assert (doers["score"], doers["evidence"], doers["by_voice"]) == (1, 0, {"manager": 1})


def test_gaps_steps_and_what_changed_are_told(run) -> None:
    found = run("failure-causes", "--assessment", "A-1")[1]
    assert found["gaps"] == [
        {"item": "doers-involved", "low": "front_line", "high": "manager", "distance": 0.6667}
    ]
    [step] = found["next_steps"]
    assert (step["item"], step["gate"], step["told"], step["people"]) == (
        "doers-involved",
        True,
        1,
        2,
    )
    # It weighs 3 of the 5 that count and is worth a third: 3/5 x 2/3.
    assert step["gain"] == 0.4
    changed = run("failure-causes", "--against", "A-1")[1]["difference"]["changed"]
    assert [one["item"] for one in changed] == ["doers-involved", "doers-described"]
    now = changed[0]["after"]["answers"][0]
    told = (now["value"], now["voice"], now["note"], now["by"])
    assert told == ("shaped", "manager", "tried", "local")


def test_what_was_not_answered_counts_as_it_is_chosen(run) -> None:
    scores = [
        run("failure-causes", "--missing", how)[1]["score"]
        for how in ("left_out", "as_nothing", "as_all")
    ]
    assert scores[0] == scores[2] == 1 > scores[1] > 0


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["readiness"], "Nobody has filled in"),
        (["weather"], "There is no checklist weather"),
        (["failure-causes", "--assessment", "A-9"], "There is no assessment A-9"),
        (["readiness", "--assessment", "A-1"], "A-1 is not by the checklist readiness"),
    ],
)
def test_what_is_not_there_is_refused_in_one_line(run, words: list[str], told: str) -> None:
    status, found, said = run(*words)
    assert (status, found, said.count("\n")) == (1, None, 1)
    assert told in said
