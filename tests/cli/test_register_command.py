"""`register`: listed, taken away and brought back from the command line."""

import json
from pathlib import Path

import pytest
from run_here import crm


@pytest.fixture
def run(tmp_path: Path):
    """Run a command on a store of its own; status, JSON, messages."""

    def command(*words: str) -> tuple[int, object, str]:
        store = ["--store", str(tmp_path / "crm.duckdb"), "--format", "json"]
        done = crm("register", *words, *store)
        return done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr

    return command


def test_a_file_of_goals_is_kept_listed_and_given_back_unchanged(run, tmp_path: Path) -> None:
    path = tmp_path / "goals.csv"
    path.write_text("title,target,touches\nWin more,0.350,x\n更快报价,,\n", encoding="utf-8")
    status, said, _ = run("goal", "--import", str(path), "--dry-run")
    assert (status, said["added"]) == (0, 2)
    assert run("goal")[1] == []
    status, said, _ = run("goal", "--import", str(path))
    assert (status, said["left_out"]) == (0, ["touches"])
    listed = run("goal")[1]
    assert [(row["id"], row["title"], row["target"]) for row in listed] == [
        ("G-1", "Win more", 0.35),
        ("G-2", "更快报价", None),
    ]
    for form in ("xlsx", "csv"):
        out = tmp_path / f"out.{form}"
        assert run("goal", "--export", str(out))[0] == 0
        said = run("goal", "--import", str(out))[1]
        assert (said["same"], said["changed"], said["added"]) == (2, {}, 0)


def test_a_cell_that_cannot_be_taken_is_one_line_and_nothing_is_kept(run, tmp_path: Path) -> None:
    path = tmp_path / "goals.csv"
    path.write_text("title,target\nWin more,many\n", encoding="utf-8")
    status, said, messages = run("goal", "--import", str(path))
    assert (status, said["wrong"]) == (1, 1)
    assert messages == (
        "goals.csv, line 2, column target, many: many is no number. Write digits, with a point for"
        " decimals, commas for thousands only, and a share as 0.25.\n"
    )
    assert run("goal")[1] == []


@pytest.mark.parametrize(
    "words", [["weather"], ["goal", "--export", "goals.pdf"], ["goal", "--import", "none.csv"]]
)
def test_what_cannot_be_done_is_one_line(run, words: list[str]) -> None:
    status, said, messages = run(*words)
    assert (status, said, messages.count("\n")) == (1, None, 1)


def test_a_template_is_filled_in_and_brought_back(run, tmp_path: Path) -> None:
    path = tmp_path / "term.csv"
    assert run("term", "--template", str(path))[0] == 0
    heads = path.read_text(encoding="utf-8-sig").strip().split(",")
    row = {"word": "customer", "department": "Sales"}
    with path.open("a", encoding="utf-8") as file:
        file.write(",".join(row.get(head, "") for head in heads) + "\n")
    assert run("term", "--import", str(path))[1]["added"] == 1
    assert run("term")[1][0]["title"] == "customer"


def test_processes_and_their_steps_come_and_go_as_files(run, tmp_path: Path) -> None:
    (tmp_path / "processes.csv").write_text("id,title,function\nQ1,Make a quote,Sales\n")
    (tmp_path / "steps.csv").write_text(
        "process,team,order,what,who,tool,minutes,hand_over,experience,waste\n"
        "Q1,Sales,1,Take the call,Rep,Phone,5,,4,\n"
        "Make a quote,Service,1,Type it,Agent,Excel,12.5,Back office,2,waiting; double entry\n"
    )
    assert run("process", "--import", str(tmp_path / "processes.csv"))[1]["added"] == 1
    assert run("process_step", "--import", str(tmp_path / "steps.csv"))[1]["left_out"] == []
    _, second = run("process_step")[1]
    said = [second[name] for name in ("title", "minutes", "hand_over", "experience", "waste")]
    assert said == ["Type it", 12.5, "Back office", 2, "waiting; double entry"]
    for form in ("xlsx", "csv"):
        out = tmp_path / f"out.{form}"
        assert run("process_step", "--export", str(out))[0] == 0
        assert run("process_step", "--import", str(out))[1]["same"] == 2


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "costs.csv, line 3, column most, 80: 80 is less than “At least” says: 100. Mend one of"
            " the two.\n"
            "costs.csv, line 4, column last_year, 2: 2 is less than “First year” says: 3. Mend one"
            " of the two.\n",
        ),
        (
            "zh",
            "costs.csv 第 3 行，most 列，80：80 小于“最低”的值 100，请改正其中一个。\n"
            "costs.csv 第 4 行，last_year 列，2：2 小于“起始年”的值 3，请改正其中一个。\n",
        ),
    ],
)
def test_costs_that_contradict_themselves_are_named_by_line_and_column(
    tmp_path: Path, language: str, said: str
) -> None:
    path = tmp_path / "costs.csv"
    path.write_text(
        "title,vendor,least,most,yearly,first_year,last_year\n"
        "Right,V-1,100,120,yes,1,3\nCrossed,V-1,100,80,,,\nBackwards,V-1,100,,yes,3,2\n",
        encoding="utf-8",
    )
    words = ["register", "vendor_cost", "--store", str(tmp_path / "crm.duckdb")]
    done = crm("--language", language, *words, "--import", str(path))
    assert (done.returncode, json.loads(done.stdout)["wrong"], done.stderr) == (1, 2, said)
    assert crm(*words, "--format", "json").stdout.strip() == "[]"
