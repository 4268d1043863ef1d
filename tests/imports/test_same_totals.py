"""Tables that add up to the very same amount tell the same sales: revenue is counted once."""

from decimal import Decimal

from openpyxl import Workbook

from crm_core.domain.actor import LOCAL
from crm_core.services import figures, imports
from crm_core.services.imports.edit import map_column
from crm_core.store import Store

DETAIL = "发运月份,区域,客户名称,产品代码,单价,箱数\n" + "".join(
    f"2024-{n % 3 + 1:02},北,霸州{n % 4}公司,F{n % 5},126.5,{n + 1}\n" for n in range(20)
)
REVENUE = Decimal("126.5") * 210
SUMS = [Decimal("126.5") * sum(n + 1 for n in range(20) if n % 4 == k) for k in range(4)]
BY_CUSTOMER = "订单日期,经销商名称,求和项:金额（元）\n" + "".join(
    f"2024-01-0{k + 1},霸州{k}公司,{total}\n" for k, total in enumerate(SUMS)
)
EUROPEAN = "Date;Customer;Amount\n" + "".join(
    f"2024-01-{n + 1:02};Alder {n} Ltd;{str(Decimal('126.5') * (n + 1)).replace('.', ',')}\n"
    for n in range(20)
)


def revenue(store: Store) -> Decimal:
    rows = figures.metric(store, LOCAL, "segment_overview", {"basis": "sales"}).to_pylist()
    return sum((row["revenue"] for row in rows), Decimal())


def told(result: imports.ImportResult) -> dict[str, list[str]]:
    return {
        file.path.rpartition("/")[2]: [note.code for note in file.notes] for file in result.files
    }


def test_a_summary_beside_its_lines_does_not_count_again(load, store: Store) -> None:
    result = load(detail=DETAIL, summary=BY_CUSTOMER)
    assert told(result) == {"detail.csv": [], "summary.csv": ["same_total"]}
    assert revenue(store) == REVENUE
    [summary] = [file for file in result.files if file.notes]
    assert (summary.loaded, summary.notes[0].params["other"]) == (4, "detail.csv")


def test_amounts_with_a_decimal_comma_are_added_up_too(load, store: Store) -> None:
    result = load(detail=DETAIL, sales=EUROPEAN)
    assert told(result) == {"detail.csv": [], "sales.csv": ["same_total"]}
    assert revenue(store) == REVENUE


def test_it_counts_where_a_person_says_so(store: Store, tmp_path) -> None:
    for name, text in {"detail": DETAIL, "summary": BY_CUSTOMER}.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    with imports.prepare(store, LOCAL, [tmp_path]) as upload:
        [table] = [one for one in upload.tables if one.plan.cautions]
        map_column(store, LOCAL, table, 2, "amount")
        imports.load(store, LOCAL, upload)
    assert revenue(store) == 2 * REVENUE


def test_other_totals_count(load) -> None:
    other = BY_CUSTOMER.replace(str(SUMS[0]), "1")
    result = load(detail=DETAIL, summary=other)
    assert told(result) == {"detail.csv": [], "summary.csv": []}


def test_the_other_table_is_told_with_its_file(store: Store, tmp_path) -> None:
    for name, text in {"detail": DETAIL, "summary": BY_CUSTOMER}.items():
        book = Workbook()
        sheet = book.active
        assert sheet
        for line in text.splitlines():
            sheet.append(line.split(","))
        book.save(tmp_path / f"{name}.xlsx")
    with imports.prepare(store, LOCAL, [tmp_path]) as upload:
        found = [table.plan.cautions for table in upload.tables if table.plan.cautions]
    assert found == [{"same_total": "detail.xlsx [Sheet]"}]
