"""What a load tells of itself beside its counts: doubts about values, and notes of the readers."""

from pathlib import Path

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.i18n.rules import ADVICE, RULES
from crm_core.pipeline.standardise.standard import DOUBTS
from crm_core.services import imports, rules
from crm_core.services.imports import FileResult, fates
from crm_core.services.imports.replay import opened, replay
from crm_core.store import Store

HEAD = "Customer ID,Customer Name,Phone,Email,Country,Created Date\n"
CUSTOMERS = (
    HEAD
    + (
        "C1,Alder,1.38E+10,a@gmial.com,China,2024-03-01\n"
        "C2,Birch,138 0013 8000 / 139 0013 9000,b@c.com; d@e.com,China,2024-03-02\n"
        "C3,Cedar,13900139000,no address,China,2024-03-03\n"
        "C4,Dill,138 0013,c@d.com,China,2024-03-04\n"
        "C5,Elm,555 0123,c@d.com,,2024-03-05\n"
    )
    + "".join(f"C1{n},Fir {n},1380013800{n},a{n}@b.com,China,2024-03-06\n" for n in range(9))
)
CUSTOMERS_DOUBTS = {code for code in DOUBTS if code.startswith(("phone", "email"))}


def told(file: FileResult) -> dict[str, tuple[str | None, int, int | None]]:
    return {
        one.rule: (one.field, one.lines, one.line) for one in file.warnings if one.rule in DOUBTS
    }


def test_a_value_that_could_not_be_read_is_a_warning_with_its_field_and_line(load, store) -> None:
    result = load(customers=CUSTOMERS)
    [file] = result.files
    expected = {
        "phone_damaged": ("phone", 1, 2),
        "phone_several": ("phone", 1, 3),
        "phone_invalid": ("phone", 1, 5),
        "phone_no_country": ("phone", 1, 6),
        "email_domain_slip": ("email", 1, 2),
        "email_several": ("email", 1, 3),
        "email_invalid": ("email", 1, 4),
    }
    assert told(file) == expected
    [kept] = fates.results(store, LOCAL, result.batch)
    assert told(kept) == expected


def test_a_cell_that_could_not_be_read_breaks_no_rule_besides(load) -> None:
    [file] = load(customers=CUSTOMERS).files
    assert not [one.rule for one in file.warnings if one.rule.endswith("_malformed")]


def test_a_number_is_doubted_on_the_lines_of_the_country_in_which_it_is_none(load) -> None:
    rows = [("13800138000", "China"), ("13800138000", "Germany"), ("13800138000", "China")]
    lines = "".join(
        f"C{n},Alder {n},{phone},a{n}@b.com,{country},2024-03-01\n"
        for n, (phone, country) in enumerate([*rows, *[("13900139000", "China")] * 9])
    )
    [file] = load(customers=HEAD + lines).files
    assert told(file) == {"phone_invalid": ("phone", 1, 3)}


def test_a_misspelt_country_is_mended_and_an_unknown_one_told(load, store) -> None:
    names = ["Untied States", "Chian", "Freedonia", "Chime", *["United States"] * 8]
    rows = "".join(f"C{n:02},Alder {n},,,{name},\n" for n, name in enumerate(names))
    [file] = load(customers=HEAD + rows).files
    with store.read() as cursor:
        found = cursor.execute("SELECT country FROM crm.customer ORDER BY customer_id LIMIT 4")
        expected = [("United States",), ("China",), ("Freedonia",), ("Chime",)]
        assert found.fetchall() == expected
    assert told(file) == {"country_unknown": ("country", 2, 4)}


DEALS = "Opportunity ID,Account Name,Stage,Amount,Close Date\n" + "".join(
    f"O{n},Alder,Closed Won,5,2024-03-01\n" for n in range(9)
)


def outcomes(store: Store) -> dict[str, tuple[str, str]]:
    with store.read() as cursor:
        rows = cursor.execute("SELECT opportunity_id, stage, outcome FROM crm.opportunity")
        return {name: (stage, outcome) for name, stage, outcome in rows.fetchall()}


def test_a_misspelt_stage_of_a_column_that_has_the_right_one_is_won_and_mended(load, store) -> None:
    [file] = load(deals=DEALS + "W,Birch,closed wonn,7,2024-03-02\n").files
    assert outcomes(store)["W"] == ("Closed Won", "won")
    assert told(file) == {}


def test_a_stage_that_nobody_knows_is_open_and_told(load, store) -> None:
    [file] = load(deals=DEALS + "N,Birch,Nearly there,7,\nM,Birch,Nearly there,7,\n").files
    assert outcomes(store)["N"] == ("Nearly there", "open")
    assert told(file) == {"stage_unknown": ("stage", 2, 11)}


def test_a_stage_beside_a_known_outcome_is_not_doubted(load, store) -> None:
    head, *lines = DEALS.splitlines()
    more = ["N,Birch,Nearly there,7,,Won", "M,Birch,Nearly there,7,,", "X,Birch,Closed Won,7,,Odd"]
    text = [f"{head},Outcome", *(f"{line},Won" for line in lines), *more]
    [file] = load(deals="\n".join(text) + "\n").files
    found = outcomes(store)
    assert [found[name][1] for name in "NMX"] == ["won", "open", "won"]
    assert told(file) == {"stage_unknown": ("stage", 1, 12)}


def test_a_line_that_is_set_aside_raises_no_doubt_besides(load) -> None:
    [file] = load(customers=CUSTOMERS.replace("2024-03-01", "someday")).files
    assert file.quarantined == 1
    assert "phone_damaged" not in told(file)


def test_doubts_are_told_of_loads_in_force_only(load, store: Store) -> None:
    batch = load(customers=CUSTOMERS).batch
    found, every = rules.doubts(store, LOCAL)
    assert every == len(found)
    assert {one.code for one in found} == CUSTOMERS_DOUBTS
    assert {(one.entity, one.file, one.batch) for one in found} == {
        ("customer", "customers.csv", batch)
    }
    imports.undo(store, LOCAL, batch)
    assert rules.doubts(store, LOCAL) == ((), 0)


def test_the_doubts_of_one_entity_are_found_behind_many_of_another(
    load, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads = "Lead ID,Company,Phone,Country,Created Date\n" + "".join(
        f"L{n},Fir {n},{'1.38E+10' if n == 3 else f'1380013800{n}'},China,2024-03-01\n"
        for n in range(9)
    )
    load(leads=leads)
    load(customers=CUSTOMERS)
    monkeypatch.setattr(rules, "MOST_ROWS", 3)
    [lead], every = rules.doubts(store, LOCAL, "lead")
    assert (lead.code, every) == ("phone_damaged", 1)
    shown, every = rules.doubts(store, LOCAL)
    assert (len(shown), every) == (3, len(CUSTOMERS_DOUBTS) + 1)


def test_what_a_sheet_tells_of_another_record_is_doubted_as_that_ones_field(load) -> None:
    orders = "Order ID,Customer Name,Customer Phone,Order Date,Sales\n" + "".join(
        f"O{n},Alder {n},{'1.38E+10' if n == 3 else f'1380013800{n}'},2024-03-01,5\n"
        for n in range(9)
    )
    [file] = load(orders=orders).files
    assert [one.field for one in file.warnings if one.rule == "phone_damaged"] == ["customer.phone"]


@pytest.mark.parametrize("code", DOUBTS)
def test_every_doubt_has_a_text_and_an_advice(code: str) -> None:
    assert code in RULES and code in ADVICE


def test_what_the_reader_noted_is_kept_with_the_load_and_with_the_next_making(
    store: Store, tmp_path: Path
) -> None:
    path = tmp_path / "customers.csv"
    whole = "客户编号,客户名称,城市\n" + "".join(f"C{n},北方机械{n}厂,上海\n" for n in range(400))
    path.write_bytes(whole.encode() + b"C400,\xff\xfe,York\n")
    with imports.prepare(store, LOCAL, [path]) as upload:
        result = imports.load(store, LOCAL, upload)
    assert result.batch
    [noted] = result.files[0].notes
    assert (noted.code, noted.params) == ("bytes_damaged", {"count": 1, "line": 402})
    assert fates.results(store, LOCAL, result.batch)[0].notes == [noted]
    with opened(store, LOCAL, result.batch) as upload:
        again = replay(store, LOCAL, result.batch, upload)
    assert again.batch
    assert fates.results(store, LOCAL, again.batch)[0].notes == [noted]
