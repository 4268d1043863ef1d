"""A template's mistakes are told one by one, each with its line; nothing else happens."""

import pytest
from moved_company import TARGET

from crm_core.domain.problems import FileRefused
from crm_core.i18n import LANGUAGES, Texts
from crm_core.reference import entities
from crm_core.services.migration import template
from crm_core.services.migration.meaning import load_order


@pytest.mark.parametrize("name", template.shipped())
def test_the_shipped_templates_are_right(name: str) -> None:
    target = template.load(template.shipped()[name]).target
    assert {table.entity for table in target.tables} <= set(entities())
    assert target.label and target.about


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("entity: customer", "entity: costumer", "template_entity", 5),
        ("from: city", "from: town", "template_field", 10),
        ("from: city", "form: city", "yaml_unknown_key", 10),
        ("from: city", "from: city, length: many", "yaml_value", 10),
        ("from: city", "constant: x, from: city", "template_one_source", 10),
        ("from: city", "from: city, scale: 2", "template_limit", 10),
        ("from: city", "from: city, least: 2", "template_limit", 10),
        ("from: city", "from: city, other: x", "template_not_listed", 10),
        ("from: city", "from: city, picklist: {a: [x], b: [X]}", "template_word_twice", 10),
        ("from: city", "from: city.name", "template_no_reference", 10),
        ("from: city", "from: owner_id.shoe_size", "template_field", 10),
        ("name: City", "name: name", "template_name_twice", 10),
        ("{name: Id, id: true}", "{name: Id, from: name}", "template_one_id", 6),
        ("    entity: customer\n", "", "yaml_lacks", 4),
        ("reference: Account, required", "reference: Acount, required", "template_no_table", 16),
        (
            "from: customer_id, reference: Account",
            "from: name, reference: Account",
            "template_no_reference",
            16,
        ),
        ("name: Small", "name: Small\nname: Big", "yaml_twice", 3),
        ("name: Small", "name: [Small", "yaml_none", 3),
        ("name: Small", "name: &a Small\nlabel: *a", "yaml_alias", 3),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, code: str, line: int) -> None:
    with pytest.raises(FileRefused) as refusal:
        template.read(TARGET.replace(old, new, 1).encode(), "small.yaml")
    problem = refusal.value.problems[0]
    assert (problem.code, problem.params["line"]) == (code, line), refusal.value.problems
    for language in LANGUAGES:
        sentence = Texts(language).problem(problem)
        assert "small.yaml" in sentence and "\n" not in sentence and "{" not in sentence[:5]


def test_every_mistake_is_told_at_once() -> None:
    wrong = TARGET.replace("from: city", "from: town").replace("from: amount", "from: price")
    with pytest.raises(FileRefused) as refusal:
        template.read(wrong.encode(), "small.yaml")
    assert [problem.params["value"] for problem in refusal.value.problems] == ["town", "price"]


CIRCLE = """
name: Circle
tables:
  - name: Company
    entity: customer
    columns: [{name: Id, id: true}, {name: Up, from: parent_id, reference: Group}]
  - name: Group
    entity: customer
    columns: [{name: Id, id: true}, {name: Up, from: parent_id, reference: Company}]
"""


def test_tables_that_refer_to_each_other_in_a_circle_are_refused() -> None:
    with pytest.raises(FileRefused) as refusal:
        template.read(CIRCLE.encode(), "c.yaml")
    [problem] = refusal.value.problems
    assert problem.code == "template_cycle" and "Company" in str(problem.params["tables"])


def test_a_table_comes_after_those_that_it_refers_to() -> None:
    text = CIRCLE.replace(", {name: Up, from: parent_id, reference: Company}", "")
    target = template.read(text.encode(), "c.yaml").target
    assert [table.name for table in load_order(target)] == ["Group", "Company"]


@pytest.mark.parametrize(
    "text", ["", "- a", "name: x", "a: " * 50 + "b", "\x00", "name: 2024-13-45"]
)
def test_what_is_no_template_is_refused(text: str) -> None:
    with pytest.raises(FileRefused):
        template.read(text.encode(), "x.yaml")
