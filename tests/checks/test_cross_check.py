"""Every cross-check by example: cases/<check>.yaml says which rows it finds, and which not."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import answered
import pytest
import yaml

from crm_core.domain.actor import LOCAL
from crm_core.domain.checks import ASSESSMENT
from crm_core.domain.flags import RULES
from crm_core.i18n import DASH, LANGUAGES, Texts
from crm_core.reference.checks import checks
from crm_core.reference.registers import registers
from crm_core.services import cross_check, flags
from crm_core.services.registers import Write, write
from crm_core.store import Store

CASES = Path(__file__).parent / "cases"
HOLE = re.compile(r"\{(\w+)\}")
TODAY = date(2026, 6, 1)


def put(store: Store, given: dict[str, list[dict[str, Any]]]) -> None:
    for name, rows in given.items():
        if name == "assessments":
            answered.put(store, rows)
            continue
        if name == "crm.quarantine":
            _set_aside(store, rows)
            continue
        writes = [Write(row.pop("id"), {k: _value(v) for k, v in row.items()}) for row in rows]
        write(store, LOCAL, name, writes)


def _set_aside(store: Store, rows: list[dict[str, Any]]) -> None:
    with store.change(LOCAL, "test.put", area="crm") as change:
        for line, row in enumerate(rows):
            change.cursor.execute(
                "INSERT INTO crm.quarantine BY NAME SELECT $line AS quarantine_id, 1 AS batch_id,"
                " 1 AS file_id, 'customer' AS entity, 'a.csv' AS source_file, $line AS source_line,"
                " 'number_unreadable' AS rule, '{}' AS reason, $status AS status",
                {"line": line, "status": row["status"]},
            )


def _value(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(value)
    return Decimal(str(value)) if isinstance(value, float) else value


@pytest.mark.parametrize("check", checks())
def test_a_check_finds_exactly_the_rows_of_its_case(
    check: str, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cross_check, "checks", lambda: {check: checks()[check]})
    case = yaml.safe_load((CASES / f"{check}.yaml").read_text(encoding="utf-8"))
    put(store, case["given"])
    [found] = cross_check.cross_check(store, LOCAL, TODAY)
    assert {end.id for end in found.ends} == set(case["found"])
    assert found.count == len(case["found"])
    for end in found.ends:
        assert end.register in (*registers(), ASSESSMENT)
        for language in LANGUAGES:
            said = found.sentence(Texts(language), end)
            assert "{" not in said and DASH not in said
            assert language == "en" or ", " not in said


def test_every_check_is_said_in_both_languages_with_the_same_figures() -> None:
    for check in checks().values():
        for label in (check.label, check.says, check.why, check.advice):
            assert label.en.strip() and any("\u4e00" <= sign <= "\u9fff" for sign in label.zh)
            assert set(HOLE.findall(label.en)) == set(HOLE.findall(label.zh))
        assert check.of is None or check.of in (*registers(), ASSESSMENT)


def test_an_empty_company_has_no_loose_end(store: Store) -> None:
    assert cross_check.cross_check(store, LOCAL, TODAY) == []


def test_the_gravest_stand_first_then_the_most_and_all_are_counted(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cross_check, "MOST", 2)
    put(store, {"goal": [{"id": "G-1", "title": "Win more"}]})
    put(store, {"pain_point": [{"id": f"P-{n}", "title": f"Pain {n}"} for n in range(3)]})
    found = cross_check.cross_check(store, LOCAL, TODAY)
    assert found[0].check.id == "goal_unserved"
    assert [one.count for one in found[1:]] == [3] * (len(found) - 1)
    assert all(len(one.ends) == 2 for one in found[1:])


def test_a_flag_that_a_rule_raised_is_named_in_the_readers_language(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        cross_check, "checks", lambda: {"flag_without_owner": checks()["flag_without_owner"]}
    )
    put(store, {"goal": [{"id": "G-1", "title": "Win more"}]})
    flags.evaluate(store, RULES, datetime.combine(TODAY, time(12)))
    [found] = cross_check.cross_check(store, LOCAL, TODAY)
    [english, chinese] = (
        found.sentence(Texts(language), found.ends[0]) for language in ("en", "zh")
    )
    assert "‘Win more’ is reached" in english and "目标" not in english
    assert "目标‘Win more’无法判断" in chinese and "reached" not in chinese
