"""What people type never acts: not as markup on a page, not as a formula or SQL in a file."""

import csv
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest
from hostile_texts import HOSTILE, row_of

from crm_core.domain.actor import LOCAL
from crm_core.i18n import Texts
from crm_core.reference.registers import registers
from crm_core.services import registers as kept
from crm_core.services.registers import Query, Write, exchange, workbook
from crm_core.store import Store

OBEYED = ("=", "@", "+", "-", "\t", "\r")


@pytest.mark.parametrize("name", registers())
def test_no_cell_of_an_export_is_a_formula_or_a_link_and_all_of_them_come_back(
    store: Store, tmp_path: Path, name: str
) -> None:
    rows = [row_of(registers()[name], text) for text in HOSTILE]
    kept.write(store, LOCAL, name, [Write(None, row) for row in rows])
    for form in ("csv", "xlsx"):
        content = workbook.export(store, LOCAL, name, Texts("en"), form)
        if form == "csv":
            cells = [c for row in csv.reader(StringIO(content.decode("utf-8-sig"))) for c in row]
            assert not [cell for cell in cells if cell.startswith(OBEYED)]
        else:
            page = openpyxl.load_workbook(BytesIO(content)).active
            every = [cell for line in page.iter_rows() for cell in line]
            assert not [cell for cell in every if cell.data_type == "f" or cell.hyperlink]
        path = tmp_path / f"{name}.{form}"
        path.write_bytes(content)
        found = exchange.preview(store, LOCAL, name, path)
        assert (found.same, found.changed, found.added, found.wrong) == (len(rows), [], [], [])


@pytest.mark.parametrize("text", HOSTILE)
def test_a_search_or_a_filter_finds_such_a_text_and_does_nothing_else(
    store: Store, text: str
) -> None:
    row = {"title": text, "owner": text, "team": text}
    kept.write(store, LOCAL, "pain_point", [Write(None, row), Write(None, {"title": "Other"})])
    word = max(text.split(), key=len)
    for query in (Query(search=word), Query(where={"owner": (text,), "team": (text,)})):
        [found], count = kept.listed(store, LOCAL, "pain_point", query)
        assert (found.values["title"], count) == (text, 1)
    assert kept.answers(store, LOCAL, "pain_point")["owner"] == ("", text)
    assert kept.listed(store, LOCAL, "pain_point")[1] == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_a_file_may_be_called_so(store: Store, tmp_path: Path, text: str) -> None:
    path = tmp_path / (text.replace("/", "∕") + ".csv")
    path.write_text(f'Title,Owner\n"{text.replace(chr(34), chr(34) * 2)}",Bea\n', encoding="utf-8")
    found = exchange.preview(store, LOCAL, "goal", path)
    [key] = exchange.apply(store, LOCAL, found)
    assert kept.row(store, LOCAL, "goal", key).values == {"title": text, "owner": "Bea"}
