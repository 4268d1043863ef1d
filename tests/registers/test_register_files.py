"""A register taken away as a file and brought back: what was changed there, and nothing else."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.domain.registers import FieldKind
from crm_core.i18n import Texts
from crm_core.reference.registers import registers
from crm_core.services import registers as kept
from crm_core.services.registers import Write, exchange, save, workbook
from crm_core.services.registers.exchange import Preview
from crm_core.store import Store

ROWS = [
    {
        "title": "=HYPERLINK(1)",
        "team": "Sales",
        "about": "data",
        "affected": ("Sales", "客服"),
        "cost_least": Decimal("1200.50"),
        "said_on": date(2026, 3, 1),
        "turnover": True,
        "complaint": "Typed twice,\nevery day; really",
    },
    {"title": "报价太慢", "about": "process", "affected": ("客服：12",), "status": "in_work"},
]
TEXTS = st.text('ab 0=+-@"\n\t;,|、é中文', max_size=8)
Back = Callable[..., Preview]


@pytest.fixture
def pains(store: Store) -> Store:
    kept.write(store, LOCAL, "pain_point", [Write(None, row) for row in ROWS])
    return store


@pytest.fixture
def bring_back(pains: Store, tmp_path: Path) -> Back:
    """Export, change the text or the cells, and hold the file against the register."""

    def back(form: str, language: str = "en", old: str = "", new: str = "", **how: bool) -> Preview:
        content = workbook.export(pains, LOCAL, "pain_point", Texts(language), form, **how)
        path = tmp_path / f"pains.{form}"
        if form == "csv":
            content = content.decode("utf-8-sig").replace(old, new).encode()
        elif old:
            book = openpyxl.load_workbook(BytesIO(content))
            for cell in (cell for cells in book.active.iter_rows() for cell in cells):
                if cell.value == old:
                    cell.value = new
            book.save(path)
            return exchange.preview(pains, LOCAL, "pain_point", path)
        path.write_bytes(content)
        return exchange.preview(pains, LOCAL, "pain_point", path)

    return back


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("coded", [True, False])
def test_an_unchanged_file_changes_nothing(
    bring_back: Back, form: str, language: str, coded: bool
) -> None:
    found = bring_back(form, language, coded=coded)
    assert (found.same, found.added, found.changed, found.wrong) == (2, [], [], [])


def test_a_row_that_is_older_than_a_rule_about_it_is_refused_only_where_it_changes(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as earlier:
        earlier.setattr(save, "wrong", lambda *_: {})
        kept.add(store, LOCAL, "red_flag", {"title": "Over", "status": "removed"})
    path = tmp_path / "flags.csv"
    path.write_bytes(workbook.export(store, LOCAL, "red_flag", Texts("en"), "csv"))
    found = exchange.preview(store, LOCAL, "red_flag", path)
    assert (found.same, found.wrong) == (1, [])
    path.write_bytes(path.read_bytes().replace(b"Over", b"Gone"))
    [wrong] = exchange.preview(store, LOCAL, "red_flag", path).wrong
    assert wrong.problem.code == "item_reason"


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("register", list(registers()))
def test_every_column_of_a_file_that_was_taken_comes_back(
    store: Store, tmp_path: Path, register: str, language: str
) -> None:
    path = tmp_path / f"{register}.csv"
    path.write_bytes(workbook.export(store, LOCAL, register, Texts(language), "csv"))
    assert exchange.preview(store, LOCAL, register, path).left_out == ()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_exactly_what_was_changed_is_shown_first_and_then_kept(
    pains: Store, bring_back: Back, form: str
) -> None:
    found = bring_back(form, "en", "Sales", "Field sales")
    [(one, changed)] = found.changed
    expected = {"csv": {"team", "affected"}, "xlsx": {"team"}}[form]
    assert (one.id, {field for field, *_ in changed}) == ("P-1", expected)
    assert kept.row(pains, LOCAL, "pain_point", "P-1").values["team"] == "Sales"
    exchange.apply(pains, LOCAL, found)
    assert kept.row(pains, LOCAL, "pain_point", "P-1").values["team"] == "Field sales"
    assert kept.row(pains, LOCAL, "pain_point", "P-2").version == 1


def test_choices_are_chosen_from_a_list_and_help_stands_at_the_head(pains: Store) -> None:
    content = workbook.export(pains, LOCAL, "pain_point", Texts("zh"), "xlsx", empty=True)
    page = openpyxl.load_workbook(BytesIO(content)).active
    lists = [one.formula1 for one in page.data_validations.dataValidation]
    assert '"人员,流程,技术,数据"' in lists
    assert any(cell.comment for cell in page[1])
    assert page.max_row == 1


def test_rows_are_pasted_with_heads_in_either_language(pains: Store) -> None:
    found = exchange.pasted(
        pains, LOCAL, "pain_point", "标题\tIs about\tWeather\nA\t技术\tfine\nB\tpeople\t\n"
    )
    assert found.left_out == ("Weather",)
    assert exchange.apply(pains, LOCAL, found) == ["P-3", "P-4"]
    assert kept.row(pains, LOCAL, "pain_point", "P-3").values == {
        "title": "A",
        "about": "technology",
    }


def test_each_wrong_cell_is_named_and_nothing_is_kept(pains: Store) -> None:
    found = exchange.pasted(
        pains,
        LOCAL,
        "pain_point",
        "No.\tTitle\tSaid on\tIs about\nP-1\t\t2026-13-01\tweather\nP-1\tTwice\t\t\n",
    )
    assert [(one.line, one.column, one.problem.code) for one in found.wrong] == [
        (2, "Title", "item_required"),
        (2, "Is about", "item_option"),
        (2, "Said on", "item_date"),
        (3, "No.", "item_twice"),
    ]
    told = [Texts(language).problem(found.wrong[1].problem) for language in ("en", "zh")]
    assert told == [
        "weather is none of the choices: People, Process, Technology, and Data.",
        "weather 不在可选项之中：人员、流程、技术和数据。",
    ]
    with pytest.raises(Refused, match="item_preview_wrong"):
        exchange.apply(pains, LOCAL, found)


def test_a_file_that_was_taken_before_somebody_elses_change_does_not_undo_it(
    pains: Store, tmp_path: Path
) -> None:
    content = workbook.export(pains, LOCAL, "pain_point", Texts("en"), "csv")
    kept.change(pains, LOCAL, "pain_point", "P-2", ROWS[1] | {"owner": "Bea"}, 1)
    path = tmp_path / "old.csv"
    path.write_bytes(content.replace("报价太慢".encode(), "报价慢".encode()))
    found = exchange.preview(pains, LOCAL, "pain_point", path)
    assert [(one.column, one.problem.code) for one in found.wrong] == [("No.", "item_changed")]


def test_a_change_between_the_preview_and_its_keeping_is_not_lost(
    pains: Store, bring_back: Back
) -> None:
    found = bring_back("csv", "en", "报价太慢", "报价慢")
    kept.change(pains, LOCAL, "pain_point", "P-2", ROWS[1] | {"owner": "Bea"}, 1)
    with pytest.raises(Refused, match="item_changed"):
        exchange.apply(pains, LOCAL, found)


@settings(
    deadline=None,
    max_examples=15,
    phases=set(Phase) - {Phase.shrink},
    suppress_health_check=list(HealthCheck),
)
@given(data=st.data())
def test_whatever_a_row_says_its_file_says_the_same(
    store: Store, tmp_path: Path, data: st.DataObject
) -> None:
    register = registers()["pain_point"]
    cells = {
        FieldKind.NUMBER: st.decimals(0, 10**9, places=2),
        FieldKind.INTEGER: st.integers(0, 10**6),
        FieldKind.DATE: st.dates(date(1901, 1, 1), date(2200, 12, 31)),
        FieldKind.YES_NO: st.booleans(),
        FieldKind.LIST: st.lists(TEXTS, max_size=3).map(tuple),
        FieldKind.LINK: st.lists(TEXTS, max_size=3).map(tuple),
    }
    values = {"title": data.draw(TEXTS.filter(str.strip), "title")}
    for field in register.fields[1:]:
        kind = st.sampled_from([*field.options]) if field.options else TEXTS
        values[field.name] = data.draw(st.none() | cells.get(field.kind, kind), field.name)
    try:
        key = kept.add(store, LOCAL, "pain_point", values)
    except kept.ItemRefused:
        return  # a title of nothing that can be printed
    form = data.draw(st.sampled_from(["csv", "xlsx"]))
    path = tmp_path / f"{key}.{form}"
    path.write_bytes(workbook.export(store, LOCAL, "pain_point", Texts("zh"), form))
    found = exchange.preview(store, LOCAL, "pain_point", path)
    assert (found.changed, found.added, found.wrong) == ([], [], [])
