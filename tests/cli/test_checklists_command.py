"""`checklists`: what is asked, and the mistakes of a file from the command line."""

import json
from pathlib import Path

from run_here import crm

from crm_core.reference.checklists import FOLDER, checklists


def test_every_question_is_listed_in_the_readers_language() -> None:
    done = crm("checklists", "--format", "json", language="zh")
    rows = json.loads(done.stdout)
    asked = [(name, item.id) for name, one in checklists().items() for item in one.items]
    assert [(row["checklist"], row["id"]) for row in rows] == asked
    assert rows[0]["section"] == "各阶段资金"


def test_a_file_of_ones_own_is_checked(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    text = (FOLDER / "readiness.yaml").read_text(encoding="utf-8")
    own.write_text(text, encoding="utf-8")
    assert crm("checklists", "--check", own).returncode == 0
    own.write_text(text.replace("id: goals-few", "id: goals-set"), encoding="utf-8")
    done = crm("checklists", "--check", own)
    line = text.splitlines().index("      - id: goals-few") + 1
    said = f"own.yaml, line {line}: goals-set stands here twice. Rename one.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", said)


def test_a_file_that_is_not_there_is_said_in_one_line(tmp_path: Path) -> None:
    done = crm("checklists", "--check", tmp_path / "none.yaml")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert "none.yaml cannot be read" in done.stderr
