"""What a load brings to one writing, what it shows of it, and what it never touches."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_core.store import Store

HEAD = "Customer ID,Customer Name,Industry,Phone,Email,Billing City,Country,Created Date\n"


def rows(store: Store, sql: str) -> list[tuple]:
    with store.read() as cursor:
        return cursor.execute(sql).fetchall()


def test_cells_come_in_one_writing_and_every_mend_is_shown(load, store) -> None:
    text = HEAD + (
        "C1,Acme Inc.,Retail,(212) 555-0123,A@B.com,Boston,United States,2024-03-01\n"
        "C2,Acme Inc.,Retail,+1 212 555 0124,c@d.com,Boston,USA,2024-03-02\n"
        'C3,"ACME, INC",Retail,138 0013 8000,mailto:e@f.com,Boston,China,2024-03-03\n'
    )
    [file] = load(customers=text).files
    assert rows(store, "SELECT name, phone, email, country FROM crm.customer ORDER BY ALL") == [
        ("Acme Inc.", "+12125550123", "a@b.com", "United States"),
        ("Acme Inc.", "+12125550124", "c@d.com", "United States"),
        ("Acme Inc.", "+8613800138000", "e@f.com", "China"),
    ]
    assert sorted(file.repairs) == [
        ("country", "USA", "United States", 1),
        ("email", "mailto:e@f.com", "e@f.com", 1),
        ("name", "ACME, INC", "Acme Inc.", 1),
    ]


def test_what_cannot_be_read_stays_as_it_is_written(load, store) -> None:
    usual = "".join(
        f"C{n},Acme {n},Retail,1380013800{n},a{n}@b.com,Boston,China,2024-03-01\n" for n in range(9)
    )
    load(customers=HEAD + usual + "C9,Last,Retail,1.38E+10,No address,Boston,China,2024-03-01\n")
    found = rows(store, "SELECT phone, email FROM crm.customer WHERE customer_id = 'C9'")
    assert found == [("1.38E+10", "No address")]


def test_a_reference_finds_its_company_under_another_writing(load, store) -> None:
    customers = HEAD + "C1,Acme Company Limited,Retail,,,Boston,China,2024-03-01\n"
    deals = (
        "Opportunity ID,Account Name,Stage,Amount,Created Date\n"
        'O1,"ACME CO., LTD",Won,5,2024-03-01\nO2,Acme LLC,Won,6,2024-03-01\n'
    )
    load(customers=customers, deals=deals)
    found = rows(store, "SELECT opportunity_id, customer_id FROM crm.opportunity ORDER BY 1")
    assert found == [("O1", "Acme Company Limited"), ("O2", "Acme LLC")]


SIGNS = "AaBb019-_./#ＡＺ１張 \u200b\u00e9"
IDS = st.text(st.sampled_from(SIGNS), min_size=1, max_size=8).map(lambda text: f"K{text}7")


@given(st.lists(IDS, min_size=2, max_size=4, unique=True))
@settings(
    deadline=None, max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_identifiers_never_change_a_character(load, store, ids: list[str]) -> None:
    customers = "".join(f'"{one}",Acme {one},Retail,,,,,2024-03-01\n' for one in ids)
    deals = "".join(f'"{one}","{one}",Won,5,2024-03-01\n' for one in ids)
    head = "Opportunity ID,Customer ID,Stage,Amount,Created Date\n"
    load(customers=HEAD + customers, deals=head + deals)
    known = {one for (one,) in rows(store, "SELECT customer_id FROM crm.customer")}
    pairs = set(rows(store, "SELECT opportunity_id, customer_id FROM crm.opportunity"))
    assert set(ids) <= known
    assert {(one, one) for one in ids} <= pairs


def test_an_unknown_id_is_not_taken_for_a_known_one(load, store) -> None:
    deals = (
        "Opportunity ID,Customer ID,Stage,Amount,Created Date\n"
        "O1,c-001,Won,5,2024-03-01\nO2,C001,Won,6,2024-03-01\nO3,AB,Won,6,2024-03-01\n"
        "O4,ab,Won,6,2024-03-01\n"
    )
    load(customers=HEAD + "C001,Acme,Retail,,,,,2024-03-01\n", deals=deals)
    found = rows(store, "SELECT customer_id FROM crm.opportunity ORDER BY opportunity_id")
    assert found == [("c-001",), ("C001",), ("AB",), ("ab",)]
