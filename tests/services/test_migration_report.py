from collections.abc import Callable
from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts
from crm_core.services import imports
from crm_core.services.imports import ImportResult
from crm_core.services.quality import report
from crm_core.services.quality.migration import migration
from crm_core.store import Store

Load = Callable[..., ImportResult]

HEAD = "Opportunity ID,Account Name,Industry,Stage,Amount,Currency,Close Date\n"
FIRST = HEAD + (
    "001,Alder,Technology,Closed Won,100,USD,2024-05-01\n"
    "002,Birch,Technolgy,Closed Won,50,EUR,2024-05-02\n"
    "003,Cedar,Technology,Closed Won,5O,USD,2024-05-03\n"
    "004,Dogwood,,Closed Lost,70,USD,2024-05-03\n"
    ",,,,,,\n"
)
SECOND = HEAD + (
    "001,Alder,Technology,Closed Won,130,USD,2024-05-01\n"
    "005,Elm,Technology,Closed Won,20,USD,2024-06-01\n"
)


def test_the_sums_before_what_is_new_and_what_changed_make_the_sums_after(
    store: Store, load: Load
) -> None:
    first, second = load(deals=FIRST), load(deals=SECOND)
    of_first = {one.currency: one for one in migration(store, LOCAL, first.batch).controls}
    of_second = {one.currency: one for one in migration(store, LOCAL, second.batch).controls}
    now = {one.currency: one for one in migration(store, LOCAL).controls}
    assert of_first["USD"].after == of_second["USD"].before == 100
    walk = of_second["USD"]
    assert (walk.new, walk.changed, walk.after, walk.rows) == (20, 30, 150, 2)
    assert (now["USD"].before, now["USD"].after) == (0, 150)
    assert (of_second["EUR"].before, of_second["EUR"].after) == (50, 50)
    assert all(isinstance(one.after, Decimal) for one in now.values())


def test_every_line_of_the_report_has_one_fate(store: Store, load: Load) -> None:
    result = load(deals=FIRST)
    found = migration(store, LOCAL)
    assert sum(one.lines for one in found.fates) == found.lines("rows_read") == 5
    assert [(one.rule, one.lines, one.example, one.line) for one in found.waiting] == [
        ("number_unreadable", 1, "5O", 4)
    ]
    repair = next(one for one in found.repairs if one.field.endswith("segment"))
    assert repair.examples == (("Technolgy", "Technology"),)
    assert result.files[0].quarantined == 1


def test_loads_that_were_taken_back_are_told_of_only_when_asked_for(
    store: Store, load: Load
) -> None:
    first, second = load(deals=FIRST), load(deals=SECOND)
    imports.undo(store, LOCAL, second.batch or 0)
    assert [one.batch for one in migration(store, LOCAL).batches] == [first.batch]
    assert migration(store, LOCAL, second.batch).batches[0].undone
    with pytest.raises(Refused) as refusal:
        migration(store, LOCAL, 999)
    assert refusal.value.problem.code == "batch_unknown"


def test_an_empty_store_has_nothing_to_report(store: Store) -> None:
    with pytest.raises(Refused) as refusal:
        migration(store, LOCAL)
    assert refusal.value.problem.code == "report_empty"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_report_is_a_pdf_and_a_workbook_in_either_language(
    store: Store, load: Load, language: str
) -> None:
    load(**{"deals #panic($x$) 商机": FIRST})
    made = report.as_pdf(store, LOCAL, Texts(language))
    assert made.startswith(b"%PDF-")
    book = CalamineWorkbook.from_filelike(
        BytesIO(report.as_workbook(store, LOCAL, Texts(language)))
    )
    files = book.get_sheet_by_index(1).to_python()
    assert [row[0] for row in files if "panic" in str(row[0])] == ["deals #panic($x$) 商机.csv"]
    assert len(book.sheet_names) == 9
