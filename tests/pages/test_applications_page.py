"""The page of applications: what is to become of each, and who keeps which customer data."""

from pathlib import Path

import pytest
import simplejson
from own_store import Open, open_own, shown

from crm_core.cli import holding
from crm_core.domain.actor import LOCAL
from crm_core.services import imports, registers, settings, stores
from crm_core.services.registers import Write
from crm_core.store import Store

__all__ = ["open_own"]

PAGE = "pages/assess/applications.py"
HOSTILE = 'List "<b>$x$</b>" \\n'


@pytest.fixture
def own(open_own: Open) -> Store:  # noqa: ARG001, where the reader's own store lies
    """Two applications, one of which should go; a phone number that is typed into the other."""
    store = holding.hold(stores.own_path())
    bad = {"functional_fit": "poor", "technical_fit": "unfit", "currency": "CNY"}
    kept = [{"title": "CRM"}, {"title": HOSTILE, "cost_a_year": 900} | bad]
    registers.write(store, LOCAL, "application", [Write(None, row) for row in kept])
    field = {"entity": "customer", "field": "phone"}
    rows = [
        field | {"application": ("A-1",), "role": "master"},
        field | {"application": ("A-2",), "role": "typed", "minutes_a_month": 90},
    ]
    registers.write(store, LOCAL, "application_field", [Write(None, row) for row in rows])
    settings.write(store, LOCAL, "home_currency", "CNY")
    settings.write(store, LOCAL, "hour_cost", 100)
    return store


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("language", "finding", "verdict"),
    [
        ("en", "1 of 2 applications should go: CN¥900 a year", "Eliminate · 1"),
        ("zh", "2 个应用中有 1 个应淘汰，年成本 ¥900", "淘汰 · 1"),
    ],
)
def test_the_catalogue_says_first_which_applications_should_go(
    open_own: Open, language: str, finding: str, verdict: str
) -> None:
    said = shown(open_own(language, PAGE))
    assert finding in said and verdict in said


@pytest.mark.usefixtures("own")
def test_a_name_opens_its_row_and_a_verdict_without_a_reason_is_refused_there(
    open_own: Open,
) -> None:
    app = open_own("en", PAGE)
    app.button(key="verdict-A-2").click().run()
    next(one for one in app.selectbox if one.label == "Verdict of your own").set_value("invest")
    next(one for one in app.button if one.label == "Save").click().run()
    assert "Say why: this needs a reason" in shown(app.run())


@pytest.mark.usefixtures("own")
@pytest.mark.parametrize(
    ("language", "field", "fault", "sign"),
    [
        ("en", "Customer · Phone", "Typed again", ">T<"),
        ("zh", "客户 · 电话", "重复录入", ">录<"),
    ],
)
def test_what_is_typed_again_is_found_with_its_minutes_and_cost(
    open_own: Open, language: str, field: str, fault: str, sign: str
) -> None:
    app = open_own(language, PAGE, view="data")
    rows = app.dataframe[0].value
    assert rows["field"].tolist() == [field]
    assert rows[["fault", "minutes", "cost"]].values.tolist() == [[fault, 90.0, 150.0]]
    matrix = "".join(str(one.proto.body) for one in app.get("html"))
    assert sign in matrix and "<b>" not in matrix


@pytest.mark.usefixtures("own")
def test_a_finding_leads_to_what_to_do_and_to_its_rows(open_own: Open) -> None:
    app = open_own("en", PAGE, view="data", field="customer phone")
    assert "Let these applications take a copy" in shown(app)


@pytest.mark.usefixtures("own")
def test_names_cannot_break_out_of_the_picture_of_flows(open_own: Open) -> None:
    app = open_own("en", PAGE, view="data")
    [picture] = app.get("graphviz_chart")
    assert '\\"<b>$x$' in picture.proto.spec and "1 typed" in picture.proto.spec


@pytest.mark.parametrize("language", ["en", "zh"])
def test_without_rows_the_view_teaches_how_to_begin(open_own: Open, language: str) -> None:
    app = open_own(language, PAGE, view="data")
    assert "####" in shown(app) and not app.dataframe


@pytest.mark.parametrize(
    ("language", "finding", "head"),
    [
        ("en", "100% of the customers in HOSTILE are in CRM too", "Values in CRM"),
        ("zh", "HOSTILE 中 100% 的客户在 CRM 中也有", "CRM 中的取值数"),
    ],
)
def test_what_two_applications_hold_in_common_is_measured_in_what_they_exported(
    own: Store, open_own: Open, tmp_path: Path, language: str, finding: str, head: str
) -> None:
    for name, lines in (
        ("crm customers", "K1,Alder,a@x.example\nK2,Birch,\n"),
        ("list customers", "K1,Alder,b@x.example\n"),
    ):
        path = tmp_path / f"{name}.csv"
        path.write_text(f"Customer Number,Customer Name,Email\n{lines}")
        with imports.prepare(own, LOCAL, [path]) as upload:
            assert imports.load(own, LOCAL, upload).batch
    for key, title, file in (("A-1", "CRM", "crm*"), ("A-2", HOSTILE, "list*")):
        registers.change(own, LOCAL, "application", key, {"title": title, "extracts": (file,)}, 1)
    app = open_own(language, PAGE, view="data")
    assert finding.replace("HOSTILE", HOSTILE.replace("\\", "")) in shown(app)
    rows = app.dataframe[-1].value
    assert rows["common"].to_list() == [1, 0] and rows["apart"].to_list() == [0, 1]
    heads = simplejson.loads(app.dataframe[-1].proto.columns)
    assert heads["here"]["label"] == head


def test_where_a_field_is_kept_is_read_in_full_and_costs_are_in_the_readers_currency(
    open_own: Open,
) -> None:
    open_own("zh")
    store = holding.hold(stores.own_path())
    settings.write(store, LOCAL, "hour_cost", 120)
    settings.write(store, LOCAL, "home_currency", "CNY")
    names = [f"第{number}号客户资料登记表" for number in "一二三"]
    registers.write(store, LOCAL, "application", [Write(None, {"title": one}) for one in names])
    kept = {"application": ("A-1", "A-2", "A-3"), "entity": "customer", "field": "phone"}
    typed = {"role": "typed", "minutes_a_month": 5}
    registers.write(store, LOCAL, "application_field", [Write(None, kept | typed)])
    table = open_own("zh", PAGE, view="data").dataframe[0].proto
    assert table.row_height == 66
    assert simplejson.loads(table.columns)["cost"]["label"] == "每月成本（元）"
