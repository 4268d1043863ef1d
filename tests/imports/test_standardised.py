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


def test_a_placeholder_in_any_text_is_blank_and_one_that_a_step_sets_is_not(load, store) -> None:
    text = "Customer ID,Customer Name,Industry,Phone,Email,Region,Website\n"
    text += "C1,Acme,Retail,无,n/a,未知,（空）\nC2,Bolt,Retail,#N/A,?,North,-\n"
    load(customers=text)
    found = rows(store, "SELECT phone, email, region, website FROM crm.customer ORDER BY row_key")
    assert found == [(None,) * 4, (None, None, "North", None)]


def test_na_is_north_america_among_codes_and_null_is_a_surname(load, store) -> None:
    head = "Customer ID,Customer Name,Industry,Region\n"
    load(customers=head + "C1,Acme,Retail,NA\nC2,Bolt,Retail,EMEA\n")
    assert rows(store, "SELECT region FROM crm.customer ORDER BY row_key") == [("NA",), ("EMEA",)]
    load(people="Employee ID,Employee Name,Team\nS1,Null,East\nS2,Unknown,East\n")
    names = rows(store, "SELECT name FROM crm.person WHERE origin = 'own' ORDER BY row_key")
    assert names == [("Null",), (None,)]


def test_an_error_of_a_spreadsheet_is_a_lost_amount_and_no_blank_one(load) -> None:
    deals = "Opportunity ID,Account Name,Stage,Amount,Created Date\n" + "".join(
        f"O{n},Acme,Won,{amount},2024-03-01\n"
        for n, amount in enumerate(["5", "6", "#REF!", "#VALUE!", "-", "#N/A"])
    )
    [file] = load(deals=deals).files
    assert (file.loaded, file.quarantined) == (4, 2)


def test_a_column_of_regions_and_statuses_comes_in_its_usual_spelling(load, store) -> None:
    head = "客户编号,客户名称,所属行业,大区,客户状态\n"
    usual = "".join(f"C{n},北方{n},医疗,华东,已签约\n" for n in range(9))
    load(customers=head + usual + "D1,南山,医疗,华东区,已簽約\nD2,西岭,医疗,華東,已签约\u2060\n")
    found = rows(store, "SELECT DISTINCT region, status FROM crm.customer")
    assert found == [("华东", "已签约")]


def test_company_names_of_a_column_have_one_kind_of_brackets_and_of_each_legal_form(
    load, store
) -> None:
    usual = "".join(
        f"C{n},甲{n}仪器（中国）有限公司,Retail,,,,,\nE{n},Alder{n} Pte Ltd,Retail,,,,,\n"
        for n in range(30)
    )
    odd = "D1,乙仪器(中国)有限公司,Retail,,,,,\nD2,Birch PTE LTD,Retail,,,,,\n"
    load(customers=HEAD + usual + odd)
    found = rows(store, "SELECT name FROM crm.customer WHERE row_key LIKE 'D%' ORDER BY row_key")
    assert found == [("乙仪器（中国）有限公司",), ("Birch Pte Ltd",)]


def test_a_legal_form_is_found_whole_and_brackets_among_latin_letters_stay(load, store) -> None:
    usual = "".join(
        f'C{n},"Alder{n}, Inc.",Retail,,,,,\nE{n},甲{n}仪器（中国）有限公司,Retail,,,,,\n'
        for n in range(40)
    )
    odd = "".join(
        f'D{n},"{name}",Retail,,,,,\n'
        for n, name in enumerate(["Beta Inc", "Acme, Inc", "Société  Générale (Paris)"])
    )
    load(customers=HEAD + usual + odd)
    found = rows(store, "SELECT name FROM crm.customer WHERE row_key LIKE 'D%' ORDER BY row_key")
    assert found == [("Beta, Inc.",), ("Acme, Inc.",), ("Société Générale (Paris)",)]


def test_a_product_with_two_letters_changed_over_is_the_only_one_that_can_be_meant(
    load, store
) -> None:
    products = "Product ID,Product Name,Product Family\n" + "".join(
        f"P{n},{name},A\n"
        for n, name in enumerate(
            [
                "气体传感器 G80",
                "气体传感器 G81",
                "可编程控制器 C1",
                "Field Tester",
                "AB Desk",
                "BA Desk",
            ]
        )
    )
    said = ["气体感传器 G80", "气体传感器 G18", "可控程编制器 C1", "Feild Tester", "Tester Field"]
    deals = "Opportunity ID,Account Name,Product,Stage,Amount,Created Date\n" + "".join(
        f"O{n},Acme,{name},Won,5,2024-03-01\n" for n, name in enumerate(said)
    )
    load(products=products, deals=deals)
    found = rows(store, "SELECT product_id FROM crm.opportunity ORDER BY row_key")
    assert [name for (name,) in found] == [
        "气体传感器 G80", "气体传感器 G18", "可控程编制器 C1", "Field Tester", "Tester Field",
    ]  # fmt: skip


def test_the_yuan_sign_alone_is_a_currency_under_chinese_headers(load, store) -> None:
    deals = "商机编号,客户名称,商机阶段,金额,币种,创建日期\nO1,甲,赢单,5,¥,2024-03-01\n"
    load(deals=deals + "".join(f"P{n},甲,赢单,5,人民币,2024-03-01\n" for n in range(9)))
    assert rows(store, "SELECT DISTINCT currency FROM crm.opportunity") == [("CNY",)]


def test_whoever_confirmed_a_segment_is_found_by_a_number_without_its_zeros(load, store) -> None:
    people = "Employee ID,Employee Name,Team\n" + "".join(
        f"{n:04},Person {n},East\n" for n in range(30)
    )
    text = "Customer ID,Customer Name,Industry,Segment captured by\n"
    load(people=people, customers=text + "C1,Acme,Retail,23\nC2,Bolt,Retail,Web form\n")
    found = rows(store, "SELECT segment_captured_by FROM crm.customer ORDER BY row_key")
    assert found == [("0023",), ("Web form",)]
    assert rows(store, "SELECT count(*) FROM crm.person WHERE origin = 'derived'") == [(0,)]
