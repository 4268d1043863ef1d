"""Two systems number their deals from 1: none takes the other's place."""

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import imports
from crm_core.store import Store

OURS = "Deal - ID,Deal - Title,Deal - Value,Deal - Stage,Deal - Status,Deal - Won time\n" + "".join(
    f"{n},Roof of house {n},{n}00,Proposal,Won,2024-03-05\n" for n in range(1, 10)
)
THEIRS = "Id,Deal name,Deal value,Deal stage,Close date\n" + "".join(
    f"{n},Yearly service {n},{n}0,Won,2024-03-05\n" for n in range(1, 8)
)


def deals(store: Store) -> tuple[int, int]:
    with store.read() as cursor:
        return cursor.execute("SELECT count(*), sum(amount) FROM crm.opportunity").fetchall()[0]


def told(file: imports.FileResult) -> list[str]:
    return [note.code for note in file.notes]


@pytest.mark.parametrize("apart", [False, True])
def test_deals_with_the_ids_of_another_systems_deals_replace_none(
    apart: bool, load, store: Store
) -> None:
    files = [load(ours=OURS), load(theirs=THEIRS)] if apart else [load(ours=OURS, theirs=THEIRS)]
    found = [file for result in files for file in result.files]
    assert [(file.loaded, file.updated) for file in found] == [(9, 0), (7, 0)]
    assert [told(file) for file in found] == [[], ["same_ids"]]
    assert deals(store) == (16, 4500 + 280)
    load(theirs=THEIRS)
    assert deals(store) == (16, 4500 + 280)


def test_the_id_is_asked(store: Store, tmp_path, load) -> None:
    load(ours=OURS)
    (tmp_path / "theirs.csv").write_text(THEIRS)
    with imports.prepare(store, LOCAL, [tmp_path / "theirs.csv"]) as upload:
        [table] = upload.tables
        assert imports.unanswered(upload)
        assert [column.header for column in table.plan.columns if not column.sure] == ["Id"]


def test_deals_of_one_system_are_updated_also_where_some_have_a_new_name(load, store) -> None:
    load(ours=OURS)
    [file] = load(
        april=OURS.replace("Roof", "roof").replace("house 3", "barn").replace("900", "950")
    ).files
    assert (told(file), file.updated) == ([], 9)
    assert deals(store) == (9, 4550)


def month(number: int, rows: int = 30, first: int = 1) -> str:
    """The sales of a month, numbered from `first`."""
    return "id,date,customer,product,quantity,amount\n" + "".join(
        f"{first + n},2024-{number:02}-{n % 28 + 1:02},Alder {n % 3} Ltd,Pump,{n % 5 + 1},{n}\n"
        for n in range(rows)
    )


def sold(store: Store) -> tuple[object, ...]:
    with store.read() as cursor:
        sql = "SELECT count(*), count(DISTINCT month(ordered_at)), sum(amount)::INT FROM crm.sale"
        found = cursor.execute(sql).fetchone()
    assert found
    return found


def test_months_whose_sales_count_from_one_each_do_not_replace_each_other(
    load, store: Store
) -> None:
    result = load(january=month(1), february=month(2), march=month(3, 20))
    assert sold(store) == (80, 3, 2 * sum(range(30)) + sum(range(20)))
    assert [file.updated for file in result.files] == [0, 0, 0]
    assert sum(note.code == "same_ids" for file in result.files for note in file.notes) == 2
    again = load(january=month(1), february=month(2), march=month(3, 20))
    assert {(file.loaded, file.updated) for file in again.files} == {(0, 0)}


def test_nor_those_of_an_earlier_load(load, store: Store) -> None:
    load(january=month(1))
    [file] = load(february=month(2)).files
    assert ([note.code for note in file.notes], file.updated) == (["same_ids"], 0)
    assert sold(store) == (60, 2, 2 * sum(range(30)))


def test_sales_that_come_again_with_other_amounts_are_updated(load) -> None:
    load(january=month(1))
    [file] = load(january=month(1).replace(",29\n", ",30\n")).files
    assert ([note.code for note in file.notes], file.updated) == ([], 1)
    again = month(1).replace("2024-01-", "01/").replace(",Alder", "/2024,Alder")
    [file] = load(again=again).files
    assert ([note.code for note in file.notes], file.loaded) == ([], 0)


def test_ids_of_orders_replace_no_lines_of_an_earlier_load(load, store: Store) -> None:
    load(
        order_items="id,order_id,product_id,quantity,unit_price\n"
        + "".join(f"{n},{n // 2},{n % 4},{n % 3 + 1},10\n" for n in range(1, 21))
    )
    orders = "id,customer_id,status,created_at,amount\n" + "".join(
        f"{n},{n % 3},paid,2024-01-{n:02},100\n" for n in range(1, 11)
    )
    [file] = load(orders=orders).files
    assert file.updated == 0
    assert sold(store)[0] == 30


HEAD = "Order No,Customer,Order Date,Total\n"
SHOP = HEAD + "".join(f"{n},Guest {n},2024-03-0{n},{n}00\n" for n in range(1, 9))
PLANT = HEAD + "".join(f"{n},Works {n},2024-04-0{n},{n}0\n" for n in range(1, 9))


@pytest.mark.parametrize("apart", [False, True])
def test_orders_with_the_numbers_of_another_systems_orders_replace_none(
    apart: bool, load, store: Store
) -> None:
    files = [load(shop=SHOP), load(plant=PLANT)] if apart else [load(plant=PLANT, shop=SHOP)]
    found = [file for result in files for file in result.files]
    assert [told(file) for file in found] == [[], ["same_ids"]]
    assert sold(store) == (16, 2, 3600 + 360)


def test_orders_that_come_again_with_another_amount_are_updated(load, store: Store) -> None:
    ids = "".join(f"K-0000{n},Guest {n}\n" for n in range(1, 9))
    load(customers="Customer No,Customer Name\n" + ids)
    load(shop=SHOP)
    known = SHOP
    for n in range(1, 9):
        known = known.replace(f"Guest {n},", f"K-0000{n},")
    [file] = load(april=known.replace("00\n", "50\n")).files
    assert (told(file), file.updated) == ([], 8)
    assert sold(store) == (8, 1, 3600 + 400)
    [file] = load(may=SHOP).files
    assert (told(file), file.updated) == ([], 8), "names, as the first time"
