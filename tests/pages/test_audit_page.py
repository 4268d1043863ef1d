"""The audit trail says in words what was done."""

import ast
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crm_core.i18n import Texts
from crm_core.services.audit import Entry
from pages._ui import session
from pages.admin import _audit_words as words

SERVICES = Path(__file__).parents[2] / "crm_core" / "services"
OWNERS = ("customer", "goal", "process_step", "submitted", "confirmed")
"""What stands in a hole of a code: an entity, registers, a state, a verdict."""


def codes() -> Iterator[str]:
    """What the code writes into the trail, as `store.change(actor, code, …)` has it."""
    for path in SERVICES.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        kept = {
            ast.unparse(one.targets[0]): one.value
            for one in tree.body
            if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
        }
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("store.change"):
                code = call.args[1]
                yield from _said(kept.get(ast.unparse(code), code))


def _said(code: ast.expr) -> Iterator[str]:
    match code:
        case ast.Constant(value=str(said)):
            yield said
        case ast.JoinedStr(values=[*_, ast.Constant(value=str(end))]):
            yield f"{{}}{end}"
        case ast.JoinedStr(values=[ast.Constant(value=str(first)), *_]):
            yield f"{first}{{}}"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_whatever_is_written_into_the_trail_has_words(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "texts", lambda: Texts(language))
    found = sorted(set(codes()))
    assert len(found) > 60
    silent = [
        code
        for code in found
        if all(words.action(code.format(one)) == code.format(one) for one in OWNERS)
    ]
    assert silent == []


def details() -> set[str]:
    """What the code says of a change, by name."""
    return {
        str(key.value)
        for path in SERVICES.rglob("*.py")
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]).endswith("change.detail")
        for said in ast.walk(one.value)
        if isinstance(said, ast.Dict)
        for key in said.keys
        if isinstance(key, ast.Constant)
    }


def test_whatever_a_change_says_of_itself_has_a_name_in_words() -> None:
    told_whole = {"after", "loaded", "quarantined", "updated"}
    for_the_machine = {"proposed", "records", "respondent", "sha256"}
    assert details() - told_whole - for_the_machine <= words.DETAILS.keys()


def test_the_state_that_an_assessment_left_is_said_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(session, "texts", lambda: Texts("zh"))
    detail = {"before": "submitted", "reason": "还差一项"}
    at = datetime(2026, 1, 1, tzinfo=UTC)
    entry = Entry(1, at, "local", "checklist", "assessment.returned", "A-1", detail)
    assert words.detail(entry) == "原状态：已提交 · 理由：还差一项"


def test_what_was_merged_or_said_of_records_stands_there_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(session, "texts", lambda: Texts("en"))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    detail = {"merged": 1, "by": "review", "records": ["Acme Ltd → Acme"]}
    entry = Entry(1, at, "local", "crm", "customer.merge", "customer", detail)
    assert words.subject(entry) == "Acme Ltd → Acme"
    assert words.detail(entry) == "merged: 1 · by: People"
    chosen = {"values": {"city": "Oslo"}, "records": ["Acme"]}
    entry = Entry(2, at, "local", "crm", "customer.choose", "customer", chosen)
    assert words.detail(entry) == "values: City Oslo"


def test_what_a_migration_did_is_said_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(session, "texts", lambda: Texts("zh"))
    at = datetime(2026, 1, 1, tzinfo=UTC)

    def said(code: str, detail: dict[str, object]) -> str:
        entry = Entry(1, at, "local", "migration", code, "4", detail)
        return f"{words.subject(entry)} | {words.detail(entry)}"

    assert said("migration.run", {"target": "Mine", "kind": "cut-over"}) == (
        "批次 4 | 目标系统：Mine · 类型：正式切换"
    )
    assert said("migration.totals", {"totals": 5}) == "批次 4 | 合计：5"
    assert said("migration.rejects", {"file": "a.csv", "new": 2, "solved": 1}) == (
        "批次 4 | 文件：a.csv · 新增：2 · 已解决：1"
    )
    assert said("migration.assign", {"rejects": 3}) == "批次 4 | 被拒记录：3"
    signed = {"by": "Ada", "digest": "9ac5", "differences": 0}
    assert said("migration.sign", signed) == "批次 4 | 由：Ada · SHA-256：9ac5 · 不一致：0"


def test_a_load_taken_back_names_its_rows_as_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "texts", lambda: Texts("zh"))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    entry = Entry(1, at, "local", "crm", "batch.undo", "29", {"rows": {"customer": 7}})
    assert words.detail(entry) == "行数：客户 7"


def test_why_a_message_was_not_sent_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "texts", lambda: Texts("zh"))
    at = datetime(2026, 1, 1, tzinfo=UTC)
    detail = {"channel": "mail", "code": "mail_failed"}
    entry = Entry(1, at, "local", "message", "message.failed", "7", detail)
    assert words.detail(entry) == "方式：电子邮箱 · 原因：邮件服务器没有接收"
    outbox = SERVICES / "outbox"
    written = "".join((outbox / f"{one}.py").read_text() for one in ("mail", "sending", "webhook"))
    assert set(re.findall(r'(?:Refused|Problem)\("(\w+)"', written)) <= words.NOT_SENT.keys()
