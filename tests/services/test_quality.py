from collections.abc import Callable

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import figures, imports, settings
from crm_core.services.imports import ImportResult
from crm_core.services.quality import measure, rows
from crm_core.services.quality.standing import Moment, history, standing
from crm_core.store import Store

Load = Callable[..., ImportResult]

CUSTOMERS = (
    "Customer ID,Customer Name,Email,Employees,Tax ID,Created Date\n"
    "C1,Alder,a@alder.example,12,T1,2024-01-01\n"
    "C2,Birch,not an address,-3,T1,2024-01-01\n"
    "C3,Cedar,c@cedar.example,1,,someday\n"
) + "".join(f"D{n},Firm {n},f{n}@firm.example,{n},D{n},2024-01-01\n" for n in range(20))


def told(store: Store) -> dict[tuple[str, str], dict[str, object]]:
    found = figures.metric(store, LOCAL, "data_quality").to_pylist()
    return {(row["table"], row["column"]): row for row in found}


def scores(moment: Moment) -> dict[str, float | None]:
    return {name: score.completeness for name, score in moment.scores.items()}


def test_broken_rules_and_waiting_cells_are_invalid_and_shared_values_double(
    store: Store, load: Load
) -> None:
    load(customers=CUSTOMERS)
    found = told(store)
    assert found["customer", "email"]["invalid"] == 1
    assert found["customer", "employees"]["invalid"] == 1, "-3, in a row"
    assert found["customer", "created_at"]["invalid"] == 1, "someday, in quarantine"
    assert found["customer", "tax_id"]["duplicates"] == 1
    assert found["customer", "employees"]["duplicates"] is None


def test_a_rule_that_is_switched_off_makes_nothing_invalid(store: Store, load: Load) -> None:
    load(customers=CUSTOMERS)
    settings.write(store, LOCAL, "rule_severity", {"customer_email_malformed": "off"})
    assert told(store)["customer", "email"]["invalid"] == 0


def test_each_load_and_its_undoing_is_measured(store: Store, load: Load) -> None:
    load(customers="Customer ID,Customer Name,Email\nC1,Alder,\nC2,Birch,b@birch.example\n")
    second = load(customers="Customer ID,Customer Name,Email\nC1,Alder,a@alder.example\n")
    imports.undo(store, LOCAL, second.batch or 0)
    course = [scores(moment)["customer"] for moment in history(store, LOCAL)]
    assert course == [5 / 6, 1.0, 5 / 6]


def test_a_table_that_a_load_does_not_touch_stands_as_before(store: Store, load: Load) -> None:
    load(customers="Customer ID,Customer Name,Email\nC1,Alder,\nC2,Birch,b@birch.example\n")
    load(products="Product ID,Product Name,Product Family\nP1,Scanner,Devices\n")
    first, last = history(store, LOCAL)
    assert scores(last)["customer"] == scores(first)["customer"]
    assert scores(last)["product"] == 1.0


def test_what_was_measured_is_what_the_metric_says(store: Store, load: Load) -> None:
    load(customers=CUSTOMERS)
    (moment,) = history(store, LOCAL)
    assert moment.scores == standing(store, LOCAL).scores


def test_a_load_stands_even_if_it_cannot_be_measured(
    store: Store, load: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Refused("disk_full", path="")

    monkeypatch.setattr(measure, "note_broken_values", fail)
    assert load(customers=CUSTOMERS).batch is not None
    assert history(store, LOCAL) == ()


@pytest.mark.parametrize(
    ("field", "what", "numbers"),
    [
        ("tax_id", "missing", []),
        ("email", "invalid", ["C2"]),
        ("tax_id", "duplicates", ["C1", "C2"]),
        ("employees", "invalid", ["C2"]),
    ],
)
def test_the_rows_behind_a_figure_are_found_with_their_lines(
    store: Store, load: Load, field: str, what: rows.What, numbers: list[str]
) -> None:
    load(customers=CUSTOMERS)
    found = rows.behind(store, LOCAL, "customer", field, what)
    assert [row.number for row in found] == numbers
    assert all(row.file == "customers.csv" and row.line for row in found)


@pytest.mark.parametrize(
    ("entity", "field", "what"),
    [
        ("customer; DROP TABLE crm.sale", "email", "missing"),
        ("customer", "email IS NULL OR true --", "missing"),
        ("customer", "email", "all"),
    ],
)
def test_a_forged_column_is_refused(store: Store, entity: str, field: str, what: rows.What) -> None:
    with pytest.raises(Refused) as refusal:
        rows.behind(store, LOCAL, entity, field, what)
    assert refusal.value.problem.code == "column_unknown"
