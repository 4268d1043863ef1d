"""Where rows have several ids, the one counts by which the other tables know them."""

from collections.abc import Iterable
from itertools import permutations
from pathlib import Path

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import imports
from crm_core.store import Store

COUNT = 9


def table(header: str, rows: Iterable[str]) -> str:
    return "\n".join([header, *rows]) + "\n"


PRODUCTS = table(
    "产品编码,物料编号,产品名称,标价",
    (f"CP{n:03},30.01.{n},离心泵{n}型,{n}00" for n in range(COUNT)),
)
PRICES = table("物料编号,标价,币种", (f"30.01.{n},{n}50,CNY" for n in range(COUNT)))
SALES = table(
    "明细编号,订单编号,物料编号,数量,销售金额,订单日期",
    (f"M{n},SO{n},30.01.{n % COUNT},1,100,2025-03-0{n % 9 + 1}" for n in range(30)),
)
ERP = {"产品.csv": PRODUCTS, "价格表.csv": PRICES, "销售明细.csv": SALES}
ACCOUNTS = table(
    "Id,Name,AccountNumber,Industry,ParentId",
    (f"0015g0{n},Alder {n} Ltd,AN-{n},Technology," for n in range(COUNT)),
)
DEALS = table(
    "Id,AccountId,Name,StageName,Amount,CloseDate",
    (f"006{n},0015g0{n % COUNT},Deal {n},Closed Won,10,2025-03-0{n % 9 + 1}" for n in range(30)),
)


def load(store: Store, folder: Path, files: dict[str, str]) -> dict[str, str | None]:
    """Load files together; the header of the column that each has for its key."""
    paths = [folder / name for name in files]
    for path in paths:
        path.write_text(files[path.name], encoding="utf-8")
    with imports.prepare(store, LOCAL, paths) as upload:
        imports.load(store, LOCAL, upload)
        found = {}
        for one in upload.tables:
            key = one.plan.column(f"{one.plan.entity}_id")
            found[one.plan.file] = key.header if key and key.sure else None
        return found


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    with store.read() as cursor:
        return cursor.execute(sql).fetchall()


def products(store: Store) -> list[tuple[object, ...]]:
    return rows(
        store,
        "SELECT product.name, list_price, count(*)"
        " FROM crm.sale JOIN crm.product USING (product_id) GROUP BY ALL ORDER BY ALL",
    )


SOLD = [(f"离心泵{n}型", n * 100 + 50, 4 if n < 3 else 3) for n in range(COUNT)]


def test_the_id_by_which_the_other_files_know_the_rows_is_their_key(
    store: Store, tmp_path: Path
) -> None:
    assert load(store, tmp_path, ERP)["产品.csv"] == "物料编号"
    assert products(store) == SOLD
    assert rows(store, "SELECT DISTINCT extra->>'产品编码' FROM crm.product ORDER BY 1")[0] == (
        "CP000",
    )


@pytest.mark.parametrize("order", list(permutations(ERP)))
def test_products_are_known_by_either_of_their_ids_whichever_file_comes_first(
    store: Store, tmp_path: Path, order: tuple[str, ...]
) -> None:
    for name in order:
        load(store, tmp_path, {name: ERP[name]})
    assert [(name, lines) for name, _, lines in products(store)] == [
        (name, lines) for name, _, lines in SOLD
    ]
    assert rows(store, "SELECT count(*) FROM crm.product WHERE origin = 'own'") == [(COUNT,)]


def test_a_list_of_prices_with_ids_of_its_own_hides_no_id_of_a_product(
    store: Store, tmp_path: Path
) -> None:
    ids = [f"01t5g{n:09}" for n in range(COUNT)]
    files = {
        "Product2.csv": table(
            "Id,Name,ProductCode,Family",
            (f"{one},Pump {n},CP-{n:03},Pumps" for n, one in enumerate(ids)),
        ),
        "PricebookEntry.csv": table(
            "Id,Product2Id,UnitPrice,CurrencyIsoCode",
            (f"01u5g{n:09},{one},{n}50,USD" for n, one in enumerate(ids)),
        ),
        "OrderItem.csv": table(
            "OrderItemNumber,OrderId,Product2Id,Quantity,TotalPrice,ServiceDate",
            (f"O-{n},801{n},{ids[n % COUNT]},1,100,2025-03-0{n % 9 + 1}" for n in range(30)),
        ),
    }
    for name, text in files.items():
        load(store, tmp_path, {name: text})
    assert products(store) == [(f"Pump {n}", n * 100 + 50, 4 if n < 3 else 3) for n in range(COUNT)]


@pytest.mark.parametrize(
    "uploads", [["accounts deals"], ["accounts", "deals"], ["deals", "accounts"]]
)
def test_deals_find_the_customers_of_an_export_with_two_ids(
    store: Store, tmp_path: Path, uploads: list[str]
) -> None:
    texts = {"accounts": ACCOUNTS, "deals": DEALS}
    for upload in uploads:
        load(store, tmp_path, {f"{name}.csv": texts[name] for name in upload.split()})
    found = rows(
        store,
        "SELECT count(*), count(DISTINCT customer.name), any_value(customer.origin)"
        " FROM crm.opportunity JOIN crm.customer USING (customer_id)"
        " WHERE customer.name LIKE 'Alder%'",
    )
    assert found == [(30, COUNT, "own")]
    assert rows(store, "SELECT count(*) FROM crm.customer") == [(COUNT,)]


def test_a_list_that_comes_again_keeps_the_key_that_its_rows_have(
    store: Store, tmp_path: Path
) -> None:
    load(store, tmp_path, {"产品.csv": PRODUCTS})
    again = load(store, tmp_path, ERP)
    assert again["产品.csv"] == "产品编码"
    assert products(store) == SOLD


def test_without_anything_that_refers_to_it_the_header_tells_the_key(
    store: Store, tmp_path: Path
) -> None:
    assert load(store, tmp_path, {"产品.csv": PRODUCTS}) == {"产品.csv": "产品编码"}


def test_an_id_that_not_every_row_has_is_no_key(store: Store, tmp_path: Path) -> None:
    gaps = PRODUCTS.replace("30.01.3,", ",")
    keys = load(store, tmp_path, ERP | {"产品.csv": gaps})
    assert keys["产品.csv"] == "产品编码"
    assert ("离心泵2型", 250, 4) in products(store)  # it is led there all the same


def test_a_reference_that_two_rows_answer_to_is_left_as_it_is(store: Store, tmp_path: Path) -> None:
    doubled = PRODUCTS.replace("30.01.8", "30.01.7")
    load(store, tmp_path, {"产品.csv": doubled})
    load(store, tmp_path, {"销售明细.csv": SALES})
    left = rows(store, "SELECT DISTINCT product_id FROM crm.sale WHERE product_id LIKE '30%'")
    assert sorted(left) == [("30.01.7",), ("30.01.8",)]


def test_numbers_of_another_system_lead_nowhere(store: Store, tmp_path: Path) -> None:
    load(store, tmp_path, {"产品.csv": PRODUCTS.replace("30.01.", "")})
    sales = table(
        "明细编号,订单编号,物料编号,数量,销售金额,订单日期",
        (f"M{n},SO{n},{n},1,100,2025-03-0{n % 9 + 1}" for n in range(30)),
    )
    load(store, tmp_path, {"销售明细.csv": sales})
    assert rows(store, "SELECT count(*) FROM crm.sale WHERE product_id LIKE 'CP%'") == [(0,)]


def test_a_second_invoice_of_an_order_takes_no_invoices_place(load, store) -> None:
    head = "Invoice Number,Date,Customer Name,Order Number,Net Amount\n"
    first = head + "".join(f"{n},{n + 14}/03/2024,Firm {n % 3},PO{n},{n}0\n" for n in range(1, 7))
    load(march=first)
    [file] = load(april=head + "7,21/04/2024,Firm 3,PO3,5\n8,22/04/2024,Firm 1,PO9,7\n").files
    assert (file.loaded, file.updated) == (2, 0)
    [again] = load(corrected=first.replace("PO3,30", "PO3,31")).files
    assert (again.loaded, again.updated) == (0, 1)
    with store.read() as cursor:
        total = cursor.execute("SELECT sum(amount), count(order_id) FROM crm.sale").fetchall()
    assert total == [(223, 8)]
