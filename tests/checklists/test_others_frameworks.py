"""Libraries of frameworks and lists of questions that others wrote, made checklists."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter

from crm_core.domain.actor import LOCAL
from crm_core.domain.checklist_mistakes import mistakes
from crm_core.domain.checklists import Checklist, ItemKind
from crm_core.domain.problems import FileRefused, Refused
from crm_core.i18n import LANGUAGES, Texts
from crm_core.reference.checklists import read_checklist, written
from crm_core.services.checklists.exchange import files
from crm_core.store import Store

HEAD = """
urn: urn:them:risk:library:ripe
locale: en
name: Ripe
version: 3
provider: Them
objects:
  framework:
    urn: urn:them:risk:framework:ripe
    ref_id: RIPE
    name: Ripeness
"""
SCALE = """
    min_score: 1
    max_score: 3
    scores_definition:
    - {score: 3, name: Good, description: Always}
    - {score: 1, name: Bad, description: Never}
    - score: 2
      name: Fair
      description: Now and then
      translations: {zh: {name: 尚可, description: 偶尔}}
"""
NODES = """
    requirement_nodes:
    - {urn: 'urn:them:risk:req_node:ripe:gv', assessable: false, depth: 1, ref_id: GV, name: Govern}
    - urn: urn:them:risk:req_node:ripe:gv.oc
      assessable: false
      depth: 2
      parent_urn: urn:them:risk:req_node:ripe:gv
      name: Context
      description: What surrounds it
      translations: {zh-CN: {name: 背景, description: 周围环境}}
    - urn: urn:them:risk:req_node:ripe:gv.oc-01
      assessable: true
      depth: 3
      parent_urn: urn:them:risk:req_node:ripe:gv.oc
      ref_id: GV.OC-01
      description: The mission is understood
      implementation_groups: [basic]
      typical_evidence: A paper
      translations: {zh-CN: {description: 理解使命, typical_evidence: 文件}}
    - urn: urn:them:risk:req_node:ripe:gv.oc-02
      assessable: true
      depth: 3
      parent_urn: urn:them:risk:req_node:ripe:gv.oc
      name: Passwords
      description: Are there rules?
      weight: 5
      annotation: |-
        1: None.
        2: Some
          rules.
        3: For all.
    - urn: urn:them:risk:req_node:ripe:aside
      assessable: true
      depth: 1
      ref_id: '9'
      questions:
        urn:them:risk:req_node:ripe:aside:question:1:
          type: unique_choice
          text: How many?
          choices:
          - {urn: 'urn:them:aside:choice:1', value: None, add_score: 0}
          - {urn: 'urn:them:aside:choice:2', value: Some, add_score: 1}
          - {urn: 'urn:them:aside:choice:3', value: Many, add_score: 3}
        urn:them:risk:req_node:ripe:aside:question:2:
          type: text
          text: Which?
          depends_on:
            question: urn:them:risk:req_node:ripe:aside:question:1
            answers: ['urn:them:aside:choice:3']
            condition: any
"""


def converted(folder: Path, text: str, group: str = "") -> Checklist:
    path = folder / "ripe.yaml"
    path.write_text(text, encoding="utf-8")
    found = files.of_file(path, group).checklist
    assert not list(mistakes(found))
    assert read_checklist(written(found), "out.yaml") == found
    return found


def test_requirements_become_items_under_their_nearest_heading(tmp_path: Path) -> None:
    found = converted(tmp_path, HEAD + SCALE + NODES)
    assert (found.id, found.version, found.provider) == ("ripe", 3, "Them")
    assert [(one.id, one.title.en) for one in found.sections] == [
        ("gv-oc", "GV Govern › Context"),
        ("general", "Ripeness"),
    ]
    assert found.sections[0].title.zh == "GV Govern（未译） › 背景"
    assert found.sections[0].about is not None and found.sections[0].about.zh == "周围环境"
    assert [item.id for item in found.items] == [
        *("gv-oc-01", "gv-oc-02", "aside-question-1", "aside-question-2")
    ]


def test_levels_come_from_the_scores_lowest_first_and_texts_in_both_languages(
    tmp_path: Path,
) -> None:
    item = next(converted(tmp_path, HEAD + SCALE + NODES).items)
    assert [(one.code, one.label.en) for one in item.options] == [
        ("1", "Bad – Never"),
        ("2", "Fair – Now and then"),
        ("3", "Good – Always"),
    ]
    assert [one.label.zh for one in item.options][:2] == [
        "Bad（未译） – Never（未译）",
        "尚可 – 偶尔",
    ]
    assert list(item.worths.values()) == [0, Decimal("0.5"), 1]
    assert (item.text.en, item.text.zh) == (
        "GV.OC-01 The mission is understood",
        "GV.OC-01 理解使命",
    )
    assert item.evidence is not None and item.evidence.zh == "文件"


def test_what_a_requirement_says_of_each_score_goes_before_what_holds_for_all(
    tmp_path: Path,
) -> None:
    _, item, *_ = converted(tmp_path, HEAD + SCALE + NODES).items
    assert [one.label.en for one in item.options] == ["None.", "Some rules.", "For all."]
    assert item.weight == 5


def test_questions_with_scores_stand_for_their_requirement(tmp_path: Path) -> None:
    *_, number, which = converted(tmp_path, HEAD + SCALE + NODES).items
    assert number.kind is ItemKind.ONE and which.kind is ItemKind.TEXT
    assert [one.worth for one in number.options] == [0, Decimal("0.3333"), 1]
    assert [(one.item, one.one_of) for one in which.ask_if] == [("aside-question-1", ("3",))]


def test_a_question_without_answers_to_choose_from_is_answered_in_words(tmp_path: Path) -> None:
    first = "urn:them:risk:req_node:ripe:aside:question:1"
    for choices in ("", "{urn: 'urn:them:aside:choice:3', value: Many}"):
        nodes = NODES[: NODES.index("          choices:")] + f"          choices: [{choices}]"
        nodes += NODES[NODES.index(f"\n        {first[:-1]}2:") :]
        *_, number, which = converted(tmp_path, HEAD + SCALE + nodes).items
        assert (number.kind, number.options) == (ItemKind.TEXT, ())
        assert which.ask_if == (), "nobody could fulfil a condition on it"


def test_without_scores_it_is_asked_whether_a_thing_is_in_place(tmp_path: Path) -> None:
    item = next(converted(tmp_path, HEAD + NODES).items)
    assert [one.code for one in item.options] == ["no", "partly", "fully"]


def test_one_implementation_group_can_be_taken_alone(tmp_path: Path) -> None:
    found = converted(tmp_path, HEAD + SCALE + NODES, "basic")
    assert [item.id for item in found.items] == ["gv-oc-01"]
    with pytest.raises(Refused, match="framework_group"):
        converted(tmp_path, HEAD + SCALE + NODES, "deluxe")


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (HEAD, "yaml_lacks", "  framework:"),
        (HEAD + "    requirement_nodes: []\n", "yaml_value", "    requirement_nodes: []"),
        (HEAD + SCALE.replace("{score: 3", "{score: x") + NODES, "yaml_value", "    - {score: x"),
        (HEAD + NODES.replace("weight: 5", "weight: -1"), "yaml_value", "      weight: -1"),
        (HEAD.replace("version: 3", "version: new") + NODES, "yaml_value", "version: new"),
    ],
)
def test_a_mistake_of_a_library_is_told_with_its_line(
    text: str, code: str, line: str, tmp_path: Path
) -> None:
    with pytest.raises(FileRefused) as refusal:
        converted(tmp_path, text)
    [problem, *_] = refusal.value.problems
    at = next(at for at, said in enumerate(text.splitlines(), 1) if said.startswith(line))
    assert (problem.code, problem.params["line"]) == (code, at)
    for language in LANGUAGES:
        assert "ripe.yaml" in Texts(language).problem(problem)


@pytest.mark.parametrize("nodes", ["objects: {}\n", "objects:\n  risk_matrix: []\n"])
def test_a_library_without_a_framework_is_refused(nodes: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="framework_none"):
        converted(tmp_path, HEAD.split("objects:")[0] + nodes)


def listed(
    folder: Path, rows: Sequence[Sequence[object]], name: str = "Reife 2026.xlsx"
) -> Checklist:
    path = folder / name
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Blatt")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    found = files.of_file(path).checklist
    assert not list(mistakes(found))
    return found


def test_a_list_with_a_column_a_level_becomes_a_checklist(tmp_path: Path) -> None:
    found = listed(
        tmp_path,
        [
            ["Our maturity model"],
            [],
            ["Area", "No.", "Question", "Level 0", "Level 1 - Started", "Level 2", "Weight"],
            ["Data", "1.1", "Is it clean?", "No", "Some", "All", 3],
            ["", "1.2", "Is it one?", "No", "", "Yes"],
            ["People", "2.1", "Trained?"],
        ],
    )
    assert (found.id, found.title.en) == ("reife-2026", "Our maturity model")
    assert [(one.id, len(one.items)) for one in found.sections] == [("data", 2), ("people", 1)]
    clean, one, trained = found.items
    assert [option.label.en for option in clean.options] == ["No", "Started – Some", "All"]
    assert [option.label.en for option in one.options] == ["No", "Started", "Yes"]
    assert (clean.id, clean.weight) == ("1-1", 3)
    assert clean.text.zh == "Is it clean?（未译）"
    assert [option.code for option in trained.options] == ["no", "partly", "fully"]


def test_a_chinese_list_with_all_levels_in_one_cell_becomes_a_checklist(tmp_path: Path) -> None:
    rows = [
        ["维度", "评估项", "评分标准"],
        ["数据", "客户是否唯一？", "1. 没有\n2. 部分\n3. 全部"],
        ["数据", "数据是否完整？", "无；有"],
        ["流程", "是否有流程？", ""],
    ]
    found = listed(tmp_path, rows, "成熟度.xlsx")
    assert found.id == "cheng-shu-du"
    assert [one.id for one in found.sections] == ["shu-ju", "liu-cheng"]
    first, second, third = found.items
    assert [one.label.zh for one in first.options] == ["没有", "部分", "全部"]
    assert [one.label.zh for one in second.options] == ["无", "有"]
    assert [one.label.zh for one in third.options] == ["未落实", "部分落实", "完全落实"]
    assert first.text.en == "客户是否唯一？ (not translated)"
    again = listed(tmp_path, [rows[0], rows[2], rows[1], rows[3]], "成熟度.xlsx")
    assert {one.id for one in again.items} == {one.id for one in found.items}


def test_a_mistake_of_a_list_is_told_with_its_cell(tmp_path: Path) -> None:
    with pytest.raises(FileRefused) as refusal:
        listed(tmp_path, [["Question", "Weight"], ["A?", "much"], ["B?", 1], ["B?", 2]])
    told = [(one.code, one.params["row"], one.params["column"]) for one in refusal.value.problems]
    assert told == [("yaml_value", 2, "Weight")]
    with pytest.raises(FileRefused) as refusal:
        listed(tmp_path, [["Question", "Weight"], ["B?", 1], ["B?", 2]])
    assert [(one.code, one.params["row"]) for one in refusal.value.problems] == [
        ("checklist_twice", 3)
    ]


@pytest.mark.parametrize("rows", [[["Name", "Price"], ["A", 3]], [["Question"]]])
def test_what_has_no_questions_is_refused(rows: list[list[object]], tmp_path: Path) -> None:
    with pytest.raises(Refused, match="checklist_no_list"):
        listed(tmp_path, rows)


def test_a_list_that_comes_again_is_a_new_edition_where_it_says_something_else(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    for text, version in (("Question\nA?\n", 1), ("Question\nA?\n", 1), ("Question\nB?\n", 2)):
        path.write_text(text)
        assert files.take(store, LOCAL, files.of_file(path)).version == version
