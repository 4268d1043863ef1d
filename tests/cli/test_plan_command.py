"""`plan`: from registers brought as files to a plan with its reasons."""

import json
from pathlib import Path

import pytest
from run_here import crm

INITIATIVES = (
    "id,title,duration,depends_on,effort,deadline\n"
    "I1,First,2,,R1:1,\n"
    "I2,Second,3,,R1:1,{deadline}\n"
    "I3,Third,1,I1; I2 SS+1,R1:1,\n"
)
CAPACITY = "id,skill,from_period,to_period,amount\nK1,R1,1,20,1\n"


@pytest.fixture
def run(tmp_path: Path):
    """Bring the registers in and plan them; status, JSON, messages."""

    def command(deadline: str, *words: str, language: str = "en"):
        store = ["--store", str(tmp_path / "crm.duckdb"), "--format", "json"]
        for name, text in (("initiatives", INITIATIVES), ("capacity", CAPACITY)):
            path = tmp_path / f"{name}.csv"
            path.write_text(text.format(deadline=deadline), encoding="utf-8")
            assert crm("register", name, "--import", path, *store).returncode == 0
        done = crm("plan", "--objective", "finish", *words, *store, language=language)
        return done.returncode, json.loads(done.stdout) if done.stdout else {}, done.stderr

    return command


def test_a_plan_has_status_bound_finish_and_a_reason_for_each_item(run) -> None:
    status, found, said = run("3")
    assert (status, found["status"], found["objective"], found["bound"]) == (0, "optimal", 6, 6)
    items = {one["id"]: (one["start"], one["end"]) for one in found["items"]}
    assert items == {"I2": (0, 3), "I1": (3, 5), "I3": (5, 6)}
    why = {one["id"]: one["why"] for one in found["items"]}
    assert why["I2"] == "Starts at once: nothing holds it back."
    assert why["I3"] == "Waits for First."
    assert why["I1"].startswith("One period earlier 1 more of R1 would be needed in period 3")
    assert "Found one worth 6" in said


def test_where_nothing_fits_the_conflict_is_told_in_the_readers_language(run) -> None:
    status, found, said = run("2", language="zh")
    assert (status, found["status"], found["items"]) == (1, "infeasible", [])
    assert [(one["kind"], one["of"]) for one in found["conflicts"]] == [("deadline", "I2")]
    assert "“Second”有最晚完成时间。" in said
    assert "去掉此限制即有方案" in said


def test_no_time_is_no_time_to_search(run) -> None:
    status, _, said = run("", "--seconds", "0")
    assert status == 1
    assert "from above 0 to 3,600 seconds" in said


def test_a_plan_is_written_to_a_file_as_its_ending_says(run, tmp_path: Path) -> None:
    status, _, said = run("", "--export", str(tmp_path / "plan.ics"), "--language", "zh")
    assert status == 0 and "计划已写入" in said
    assert (tmp_path / "plan.ics").read_bytes().startswith(b"BEGIN:VCALENDAR")


def test_an_ending_that_is_not_known_is_refused_before_anything_is_planned(
    run, tmp_path: Path
) -> None:
    status, found, said = run("", "--export", str(tmp_path / "plan.docx"))
    assert (status, found.get("items")) == (1, None)
    assert "plan.docx: a plan can be written as .pdf, .xlsx, .ics, .svg, .png." in said
    assert "Found one" not in said
