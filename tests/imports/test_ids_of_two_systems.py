"""Two systems number their deals from 1: none takes the other's place."""

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import imports
from crm_core.store import Store

OURS = "Deal - ID,Deal - Title,Deal - Value,Deal - Stage,Deal - Status\n" + "".join(
    f"{n},Roof of house {n},{n}00,Proposal,Won\n" for n in range(1, 10)
)
THEIRS = "Id,Deal name,Deal value,Deal stage\n" + "".join(
    f"{n},Yearly service {n},{n}0,Won\n" for n in range(1, 8)
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


HEAD = "Order No,Customer,Order Date,Total\n"
SHOP = HEAD + "".join(f"{n},Guest {n},2024-03-0{n},{n}00\n" for n in range(1, 9))
PLANT = HEAD + "".join(f"{n},Works {n},2024-04-0{n},{n}0\n" for n in range(1, 9))


def sales(store: Store) -> tuple[int, int]:
    with store.read() as cursor:
        return cursor.execute("SELECT count(*), sum(amount) FROM crm.sale").fetchall()[0]


@pytest.mark.parametrize("apart", [False, True])
def test_orders_with_the_numbers_of_another_systems_orders_replace_none(
    apart: bool, load, store: Store
) -> None:
    files = [load(shop=SHOP), load(plant=PLANT)] if apart else [load(plant=PLANT, shop=SHOP)]
    found = [file for result in files for file in result.files]
    assert [told(file) for file in found] == [[], ["same_ids"]]
    assert sales(store) == (16, 3600 + 360)


def test_orders_that_come_again_with_another_amount_are_updated(load, store: Store) -> None:
    ids = "".join(f"K-0000{n},Guest {n}\n" for n in range(1, 9))
    load(customers="Customer No,Customer Name\n" + ids)
    load(shop=SHOP)
    known = SHOP
    for n in range(1, 9):
        known = known.replace(f"Guest {n},", f"K-0000{n},")
    [file] = load(april=known.replace("00\n", "50\n")).files
    assert (told(file), file.updated) == ([], 8)
    assert sales(store) == (8, 3600 + 400)
