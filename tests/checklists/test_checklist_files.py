"""Checklists as files: the shipped ones are whole, and mistakes are told with their line."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from crm_core.domain.checklists import CHOSEN, Checklist
from crm_core.domain.entities import Label
from crm_core.domain.problems import FileRefused
from crm_core.i18n import LANGUAGES, Texts
from crm_core.reference.checklists import checklists, read_checklist

SMALL = """id: small
version: 1
provider: us
title: {en: Small, zh: 小}
about: {en: About, zh: 说明}
sections:
  - id: one
    title: {en: One, zh: 一}
    items:
      - id: a
        text: {en: A, zh: 甲}
        gate: 0.5
        options: [{code: x, label: {en: X, zh: 叉}}, {code: y, label: {en: Y, zh: 歪}}]
        leads_to:
          - when: {one_of: [x]}
            recommendation: {en: Do, zh: 做}
      - id: b
        kind: number
        text: {en: B, zh: 乙}
        zero_at: 0
        full_at: 9
        ask_if: [{item: a, below: 0.5}]
"""
HAN = re.compile("[\u4e00-\u9fff]")


def labels(part: object, place: str = "") -> Iterator[tuple[str, Label]]:
    if isinstance(part, Label):
        yield place, part
    elif isinstance(part, BaseModel):
        for name, value in part:
            yield from labels(value, f"{place}.{name}")
    elif isinstance(part, tuple):
        for at, value in enumerate(part):
            yield from labels(value, f"{place}[{at}]")


@pytest.fixture(params=checklists())
def shipped(request: pytest.FixtureRequest) -> tuple[str, Checklist]:
    return request.param, checklists()[request.param]


def test_every_shipped_text_is_there_in_both_languages(shipped: tuple[str, Checklist]) -> None:
    for place, label in labels(shipped[1]):
        is_sign = not re.search(r"[^\W\d_]", label.en)
        assert is_sign or HAN.search(label.zh), (place, label.zh)
        assert not HAN.search(label.en), (place, label.en)


def test_a_shipped_checklist_is_named_as_its_file_and_describes_what_it_asks(
    shipped: tuple[str, Checklist],
) -> None:
    name, checklist = shipped
    assert checklist.id == name
    for section in checklist.sections:
        assert section.covers, section.id
    for item in checklist.items:
        if item.kind in CHOSEN:
            assert len({option.label.en for option in item.options}) == len(item.options), item.id
        if item.gate is not None:
            assert item.leads_to or item.evidence, item.id


def test_readiness_has_eight_areas_with_three_described_questions_and_evidence_each() -> None:
    sections = checklists()["readiness"].sections
    assert len(sections) == 8
    for section in sections:
        assert sum(len(item.options) > 1 for item in section.items) >= 3, section.id
    wanting = [any(item.evidence for item in section.items) for section in sections]
    assert all(wanting), [one.id for one, has in zip(sections, wanting, strict=True) if not has]


@pytest.mark.parametrize(
    ("old", "new", "english", "chinese"),
    [
        ("version: 1", "version: x", "a whole number", "整数"),
        ("version: 1", "version: 0", "1 or more", "不小于 1"),
        ("gate: 0.5", "gate: half", "a number", "数字"),
        ("kind: number", "kind: ladder", "one of scale, one", "以下之一：scale, one"),
        ("id: small", "id: Small One", "the pattern", "格式"),
    ],
)
def test_what_was_expected_is_said_in_the_readers_words(
    old: str, new: str, english: str, chinese: str
) -> None:
    assert old in SMALL
    with pytest.raises(FileRefused) as found:
        read_checklist(SMALL.replace(old, new, 1).encode(), "small.yaml")
    problem = found.value.problems[0]
    assert english in Texts("en").problem(problem)
    assert chinese in Texts("zh").problem(problem)


def test_what_is_right_is_read() -> None:
    found = read_checklist(SMALL.encode(), "small.yaml")
    assert [item.id for item in found.items] == ["a", "b"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("      - id: b", "      - id: a", "checklist_twice", 17),
        ("code: y", "code: x", "checklist_twice", 13),
        ("item: a, below", "item: c, below", "checklist_no_item", 22),
        ("item: a, below", "item: b, below", "checklist_no_item", 22),
        ("item: a, below: 0.5", "item: a", "checklist_no_condition", 22),
        ("one_of: [x]", "one_of: [z]", "checklist_no_answer", 15),
        ("kind: number", "kind: date", "checklist_ends", 17),
        ("full_at: 9", "full_at: 0", "checklist_ends", 17),
        ("        zero_at: 0\n", "", "checklist_ends", 17),
        ("        text: {en: B", "        gate: 1\n        text: {en: B", None, 0),
        (", {code: y, label: {en: Y, zh: 歪}}]", "]", "checklist_options", 10),
        ("about:", "amber_from: 0.9\nabout:", "checklist_lights", 5),
        ("gate: 0.5", "gate: 2", "yaml_value", 12),
        ("gate: 0.5", "gates: 0.5", "yaml_unknown_key", 12),
        ("version: 1", "version: x", "yaml_value", 2),
        ("version: 1\n", "", "yaml_lacks", 1),
        ("zh: 甲", "zhh: 甲", "yaml_lacks", 11),
        ("id: small", "id: [small", "yaml_none", 2),
        ("id: small", "id: small\nid: big", "yaml_twice", 2),
    ],
)
def test_a_mistake_is_told_with_its_line_in_both_languages(
    old: str, new: str, code: str | None, line: int
) -> None:
    assert old in SMALL
    content = SMALL.replace(old, new, 1).encode()
    if code is None:
        assert read_checklist(content, "small.yaml")
        return
    with pytest.raises(FileRefused) as refusal:
        read_checklist(content, "small.yaml")
    problem = refusal.value.problems[0]
    assert (problem.code, problem.params["line"]) == (code, line), refusal.value.problems
    for language in LANGUAGES:
        sentence = Texts(language).problem(problem)
        assert "small.yaml" in sentence and "\n" not in sentence and "{" not in sentence


@pytest.mark.parametrize(
    "text", ["", "- a", "id: x", "a: " * 50 + "b", "\x00", "id: 2024-13-45", "[" * 400_000]
)
def test_what_is_no_checklist_is_refused(text: str) -> None:
    with pytest.raises(FileRefused):
        read_checklist(text.encode(), "x.yaml")


def test_every_mistake_is_told_at_once() -> None:
    wrong: Any = SMALL.replace("item: a, below", "item: c, below").replace(
        "one_of: [x]", "one_of: [z]"
    )
    with pytest.raises(FileRefused) as refusal:
        read_checklist(wrong.encode(), "small.yaml")
    assert [one.code for one in refusal.value.problems] == [
        "checklist_no_answer",
        "checklist_no_item",
    ]
