"""A person's name in two columns: the family name in one, the given name in the other."""

from pathlib import Path

import pytest
from raw_tables import column, field, recognise

from crm_core.domain.actor import LOCAL
from crm_core.domain.steps import FullName
from crm_core.services import imports, stores

CONTACTS = """\
Record ID,First Name,Last Name,Email,Company Name,Job Title
501,Ada,Lovelace,ada@engine.example,Engine Ltd,CTO
502,伟,张,wei@hualian.example,Hualian,Buyer
503,,Prince,prince@purple.example,Purple,Owner
504,Cher,,cher@music.example,Music,Singer
"""


@pytest.mark.parametrize(
    ("sheet", "family", "given"),
    [
        (CONTACTS, "Last Name", "First Name"),
        ("联系人编号,姓,名,手机,职位\n1,张,伟,13800138000,经理\n", "姓", "名"),
        ("Contact ID,Vorname,Nachname,Email\n1,Ada,Lovelace,a@b.example\n", "Nachname", "Vorname"),
        (
            "Lead ID,First Name,Last Name,Company,Lead Source\n1,Ada,Lovelace,Engine,Web\n",
            "Last Name",
            "First Name",
        ),
    ],
)
def test_two_halves_of_a_name_are_made_one_and_nothing_is_asked(
    tmp_path: Path, sheet: str, family: str, given: str
) -> None:
    plan = recognise(tmp_path, sheet.replace(",", "|"))
    assert plan.steps == [FullName(column=family, given=given)]
    assert field(column(plan, family)) == "name"
    assert column(plan, family).sure
    assert column(plan, given).candidates == ()


@pytest.mark.parametrize(
    "sheet",
    [
        "Contact ID,Name,First Name,Last Name,Email\n1,Ada King,Ada,Lovelace,a@b.example\n",
        "Contact ID,First Name,Last Name,Email\n1,,Lovelace,a@b.example\n",
        "Customer ID,Customer Name,First Name,Last Name\n1,Engine,Ada,Lovelace\n",
    ],
)
def test_a_whole_name_a_blank_half_and_halves_with_fields_of_their_own_are_left(
    tmp_path: Path, sheet: str
) -> None:
    assert recognise(tmp_path, sheet.replace(",", "|")).steps == []


def test_both_halves_are_kept_beside_the_full_name(tmp_path: Path) -> None:
    path = tmp_path / "contacts.csv"
    path.write_text(CONTACTS, encoding="utf-8")
    store = stores.open_store(tmp_path / "s.duckdb")
    with imports.prepare(store, LOCAL, [path]) as upload:
        imports.load(store, LOCAL, upload)
    with store.read() as cursor:
        rows = cursor.execute(
            "SELECT name, extra->>'First Name' FROM crm.contact ORDER BY contact_id"
        ).fetchall()
    store.close()
    assert rows == [("Ada Lovelace", "Ada"), ("张伟", "伟"), ("Prince", None), ("Cher", "Cher")]


@pytest.mark.parametrize(
    ("given", "family"),
    [("name.first", "name.last"), ("First", "Last"), ("name.given", "name.family")],
)
def test_halves_of_a_nested_name_are_a_name(tmp_path: Path, given: str, family: str) -> None:
    plan = recognise(
        tmp_path,
        f"""id|{given}|{family}|company|email|title
p1|Ada|Moss|Alder Ltd|ada@alder.example.com|Buyer
p2|Bea|Noor|Birch & Co|bea@birch.example.com|CTO""",
        "contacts.csv",
    )
    assert (plan.entity, field(column(plan, family))) == ("contact", "name")
    assert [step.given for step in plan.steps if step.do == "full_name"] == [given]
