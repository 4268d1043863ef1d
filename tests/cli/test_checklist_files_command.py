"""`checklist ID` and `checklists` with files."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from run_here import crm

from crm_core.domain.actor import LOCAL
from crm_core.reference.checklists import FOLDER
from crm_core.services import stores
from crm_core.services.checklists import answers, assessments, respondents


@pytest.fixture
def path(tmp_path: Path, empty_store: Path) -> Path:
    """A store with an assessment that somebody has begun to answer."""
    path = tmp_path / "crm.duckdb"
    path.write_bytes(empty_store.read_bytes())
    store = stores.open_store(path)
    key = assessments.begin(store, LOCAL, "handoffs", scope="programme", day=date(2026, 3, 2))
    who = respondents.add(store, LOCAL, key, "陈静", "lead")
    answers.save(store, LOCAL, who, "context-measured", "fields", note="since May")
    store.close()
    return path


@pytest.mark.parametrize("form", ["xlsx", "docx", "pdf"])
def test_the_newest_assessment_is_written_in_every_form(form: str, path: Path) -> None:
    out = path.with_suffix(f".{form}")
    done = crm("checklist", "handoffs", "--store", path, "--export", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert out.read_bytes()[:4] in (b"PK\x03\x04", b"%PDF")


def test_a_workbook_that_was_not_changed_changes_nothing(path: Path) -> None:
    out = path.with_suffix(".xlsx")
    crm("checklist", "handoffs", "--store", path, "--export", out)
    done = crm("checklist", "handoffs", "--store", path, "--import", out)
    said = json.loads(done.stdout)
    assert (done.returncode, said["answers"], said["wrong"], said["newer"]) == (0, 0, 0, [])


def test_a_checklist_goes_out_and_comes_back_as_a_new_edition(path: Path) -> None:
    out = path.with_suffix(".yaml")
    assert crm("checklist", "handoffs", "--store", path, "--export", out).returncode == 0
    text = out.read_text(encoding="utf-8")
    text = re.sub(r"weight: \d+", "weight: 7", text.replace("version: 1", "version: 2"), count=1)
    out.write_text(text, encoding="utf-8")
    words = ("checklist", "handoffs", "--store", path, "--import", out)
    for dry in (["--dry-run"], []):
        said = json.loads(crm(*words, *dry).stdout)
        assert said["version"] == 2
        assert [one["what"] for one in said["changes"]] == [["reweighted"]]
    again = json.loads(crm(*words).stdout)
    assert again["changes"] == []


@pytest.mark.parametrize("name", ["x.doc", "x"])
def test_a_form_that_there_is_not_is_refused(name: str, path: Path) -> None:
    done = crm("checklist", "handoffs", "--store", path, "--export", path.parent / name)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)


def test_another_checklist_is_not_taken_for_this_one(path: Path) -> None:
    file = FOLDER / "readiness.yaml"
    done = crm("checklist", "handoffs", "--store", path, "--import", file)
    assert done.returncode == 1
    assert "holds the checklist readiness, not handoffs" in done.stderr


def test_a_list_of_questions_is_converted_and_filled_in(path: Path) -> None:
    own, out = path.with_suffix(".csv"), path.with_suffix(".yaml")
    own.write_text("Area,Question,Level 1,Level 2\nData,Clean?,No,Yes\n", encoding="utf-8")
    done = crm("checklists", "--convert", own, "--out", out)
    assert json.loads(done.stdout)["items"] == 1
    assert crm("checklists", "--check", out).returncode == 0
    done = crm("checklist", "ours", "--store", path, "--import", own)
    assert json.loads(done.stdout)["checklist"] == "ours"
    store = stores.open_store(path)
    key = assessments.begin(store, LOCAL, "ours", scope="programme", day=date(2026, 3, 2))
    who = respondents.add(store, LOCAL, key, "A", "it")
    [item] = answers.filled(store, LOCAL, who).asked
    answers.save(store, LOCAL, who, item, "2")
    store.close()
    done = crm("checklist", "ours", "--store", path, "--format", "json")
    assert json.loads(done.stdout)["assessment"] == key
