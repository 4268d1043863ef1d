"""Ids as spreadsheets damage them: given back where one known row is meant, else set aside."""

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import loads

CUSTOMERS = ["Customer ID,Customer Name,Industry"]
CUSTOMERS += [f"{n:06},Firm {n},Retail" for n in (45, 401, 575, *range(600, 640))]
CASES = "Case ID,Customer ID,Subject,Opened At"


def cases(*customer_ids: str) -> str:
    rows = [f"C{n},{known},Jam,2024-03-01" for n, known in enumerate(customer_ids)]
    return "\n".join([CASES, *rows, *(f"D{n},{n:06},Jam,2024-03-01" for n in range(600, 612))])


def column(store, sql: str) -> list:
    with store.read() as cursor:
        return [row[0] for row in cursor.execute(sql).fetchall()]


REFERENCES = "SELECT customer_id FROM crm.support_case WHERE case_id LIKE 'C%' ORDER BY case_id"


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("575", "000575"),
        ("45.0", "000045"),
        ("'000401", "000401"),
        ("4.01E+02", "000401"),
        ('="000401"', "000401"),
    ],
)
def test_a_damaged_reference_to_a_known_row_is_set_right_and_reported(
    load, store, damaged: str, meant: str
) -> None:
    result = load(customers="\n".join(CUSTOMERS), cases=cases(damaged))
    assert column(store, REFERENCES) == [meant]
    repairs = [repair for file in result.files for repair in file.repairs]
    assert ("customer_id", damaged, meant, 1) in repairs


@pytest.mark.parametrize("damaged", ["4.0E+02", "999.0", "12", "'t Hart"])
def test_a_reference_that_could_mean_no_row_or_several_stays_as_written(
    load, store, damaged: str
) -> None:
    result = load(customers="\n".join(CUSTOMERS), cases=cases(damaged))
    assert column(store, REFERENCES) == [damaged]
    [warned] = result.files[1].warnings
    assert (warned.rule, warned.field, warned.lines) == ("case_customer_unknown", "customer_id", 1)


def test_a_short_id_that_still_has_its_zeros_is_not_damaged(load, store) -> None:
    ids = [f"006{n}" for n in (1, 23, *range(1000, 1040))]
    lines = [f"{one},Firm {one},Retail" for one in (*ids, "9999")]
    load(customers="\n".join(["Customer ID,Customer Name,Industry", *lines]))
    assert column(store, "SELECT customer_id FROM crm.customer ORDER BY 1") == sorted(ids)
    assert column(store, "SELECT value FROM crm.quarantine") == ["9999"]


def test_ids_that_are_all_written_as_formulas_are_the_texts_of_them(load, store) -> None:
    lines = [f'="34567890123456789{n:02}",Firm {n},Retail' for n in range(4)]
    load(customers="\n".join(["Customer ID,Customer Name,Industry", *lines]))
    found = column(store, "SELECT customer_id FROM crm.customer ORDER BY 1")
    assert found == [f"34567890123456789{n:02}" for n in range(4)]


def test_two_known_ids_of_one_number_are_not_chosen_from(load, store) -> None:
    load(customers="\n".join([*CUSTOMERS, "0575,Another,Retail"]), cases=cases("575"))
    assert column(store, REFERENCES) == ["575"]


def test_one_marked_id_does_not_spread_its_mark_to_clean_ones(load, store) -> None:
    customers = "\n".join(CUSTOMERS).replace("000401", "'000401")
    load(customers=customers, cases=cases("000401"))
    assert column(store, REFERENCES) == ["000401"]
    assert "000401" in column(store, "SELECT customer_id FROM crm.customer")


def test_signs_that_most_of_a_column_has_are_part_of_its_ids(load, store) -> None:
    ids = [f"'{n:06}" for n in range(600, 640)]
    load(customers="\n".join(["Customer ID,Customer Name", *(f"{one},Firm {one}" for one in ids)]))
    assert column(store, "SELECT customer_id FROM crm.customer ORDER BY 1") == ids


@pytest.mark.parametrize("damaged", ["620.0", "77", "1.2E+05"])
def test_a_damaged_id_of_a_new_row_waits_for_a_person(load, store, damaged: str) -> None:
    load(customers="\n".join([*CUSTOMERS, f"{damaged},Newcomer,Retail"]))
    [item] = loads.quarantine(store, LOCAL)
    assert (item["rule"], item["column"], item["value"]) == ("id_damaged", "Customer ID", damaged)
    assert column(store, "SELECT count(*) FROM crm.customer") == [len(CUSTOMERS) - 1]


def test_a_damaged_id_of_a_row_known_from_before_is_that_row(load, store) -> None:
    load(customers="\n".join(CUSTOMERS))
    later = [line.replace("000575,Firm 575,Retail", "575,Firm 575,Energy") for line in CUSTOMERS]
    load(customers="\n".join(later))
    found = "SELECT segment FROM crm.customer WHERE customer_id = '000575'"
    assert column(store, found) == ["Energy"]
    assert column(store, "SELECT count(*) FROM crm.customer") == [len(CUSTOMERS) - 1]


def test_ids_of_different_lengths_are_not_damaged(load, store) -> None:
    ids = [str(n) for n in range(1, 40)]
    load(customers="\n".join(["Customer ID,Customer Name", *(f"{one},Firm {one}" for one in ids)]))
    assert sorted(column(store, "SELECT customer_id FROM crm.customer"), key=int) == ids


def test_a_parent_in_the_same_list_is_found_by_its_damaged_id(load, store) -> None:
    lines = [f"{line}," for line in CUSTOMERS[1:]]
    lines[3] = lines[3] + "45"
    load(customers="\n".join([f"{CUSTOMERS[0]},Parent Customer ID", *lines]))
    found = "SELECT parent_id FROM crm.customer WHERE parent_id IS NOT NULL"
    assert column(store, found) == ["000045"]


def test_a_mark_before_a_number_is_taken_off(load, store) -> None:
    rows = [f"S{n},000600,2024-03-0{n},{n}00" for n in range(1, 8)]
    rows[2] = rows[2].replace(",300", ",'300")
    load(sales="\n".join(["Sale ID,Customer ID,Order Date,Amount", *rows]))
    assert column(store, "SELECT amount::INT FROM crm.sale WHERE sale_id = 'S3'") == [300]


@pytest.mark.parametrize("untidy", ["GTX\u200e Pro", "GTX\u00a0Pro", "+GTX Pro", "-GTX Pro"])
def test_an_untidy_name_takes_no_tidy_ones_place(load, store, untidy: str) -> None:
    products = f"Product ID,Product Name\nP1,{untidy}\nP2,MG Special"
    sales = (
        "Sale ID,Product,Order Date,Amount\nS1,GTX Pro,2024-03-01,10\nS2,MG Special,2024-03-02,5"
    )
    load(products=products, sales=sales)
    assert column(store, "SELECT product_id FROM crm.sale ORDER BY sale_id")[0] == "GTX Pro"


def test_a_column_of_references_without_a_cell_is_loaded(load, store) -> None:
    load(cases="\n".join([CASES, *(f"C{n},,Jam,2024-03-01" for n in range(3))]))
    assert column(store, "SELECT customer_id FROM crm.support_case") == [None] * 3
