"""A plan to take along, each format read back by a reader of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from shutil import copytree
from xml.etree import ElementTree

import icalendar
import pytest
from openpyxl import load_workbook
from PIL import Image
from pypdf import PdfReader

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts
from crm_core.reports.roadmap import Bar, Group, Heads, Reason, Roadmap, Strip, pdf
from crm_core.services import planning, registers, settings, stores
from crm_core.services.planning import exporting
from crm_core.services.registers import Write
from crm_core.store import Store

HOSTILE = '=1+2; #panic($x$), \\ *清理* "客户"'
TODAY = date(2026, 1, 5)
A3 = (1190.55, 841.89)


@dataclass(frozen=True)
class Made:
    """A store with an agreed plan, and one that was made after something changed."""

    store: Store
    agreed: int
    later: int


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, empty_store: Path) -> Iterator[Made]:
    home = tmp_path_factory.mktemp("exports") / "store"
    copytree(empty_store.parent, home)
    store = stores.open_store(home / "crm.duckdb")
    for key, value in (("plan_start", "2026-01-01"), ("plan_unit", "month"), ("plan_horizon", 12)):
        settings.write(store, LOCAL, key, value)
    rows: dict[str, dict[str, dict[str, object]]] = {
        "phase": {
            "PH-1": {"title": "打基础", "starts": "1", "ends": "4", "budget": Decimal(100)},
            "PH-2": {"title": "Roll-out", "starts": "5", "ends": "12"},
        },
        "capacity": {"CA-1": {"skill": "it", "amount": Decimal(1)}},
        "it_window": {
            "W-1": {"title": "Freeze", "starts": date(2026, 2, 1), "ends": date(2026, 2, 28),
                    "touches": ("erp",), "effect": "forbid"},
        },
        "initiative": {
            "IN-1": initiative(HOSTILE, cost=60, value=900),
            "IN-2": initiative("Move", cost=40, value=600, touches=("erp",)),
            "IN-3": initiative("Decide", cost=0, value=1) | {"duration": 0},
            "IN-4": initiative("Never", cost=1, value=1) | {"wanted": "never"},
            "IN-5": initiative("Off", cost=0, value=1) | {"duration": 1, "effort": ()},
            "IN-6": initiative("Dropped", cost=0, value=1) | {"duration": 1, "effort": ()},
            "IN-7": initiative("Over", cost=0, value=1) | {"duration": 1, "effort": ()},
        },
    }  # fmt: skip
    for name, items in rows.items():
        registers.write(store, LOCAL, name, [Write(key, one) for key, one in items.items()])
    first = planning.plan(store, LOCAL, TODAY, seconds=5).header.plan_id
    planning.accept(store, LOCAL, first, "board", lambda: datetime(2026, 1, 6, tzinfo=UTC))
    later = initiative("Move", cost=40, value=600, touches=("erp",)) | {"earliest": "8"}
    registers.change(store, LOCAL, "initiative", "IN-2", later, 1)
    off = initiative("Off", cost=0, value=1) | {"duration": 1, "effort": (), "wanted": "never"}
    registers.change(store, LOCAL, "initiative", "IN-5", off, 1)
    for key, title, status in (("IN-6", "Dropped", "dropped"), ("IN-7", "Over", "done")):
        row = initiative(title, cost=0, value=1) | {"duration": 1, "effort": (), "status": status}
        registers.change(store, LOCAL, "initiative", key, row, 1)
    yield Made(store, first, planning.plan(store, LOCAL, TODAY, seconds=5).header.plan_id)
    store.close()


def initiative(
    title: str, *, cost: int, value: int, touches: tuple[str, ...] = ()
) -> dict[str, object]:
    return {
        "title": title, "duration": 2, "effort": ("it: 1",), "cost": Decimal(cost),
        "value_a_year": Decimal(value), "touches": touches, "departments": ("Sales",),
    }  # fmt: skip


def written(made: Made, form: str, language: str = "en", plan: int | None = None) -> bytes:
    return exporting.export(made.store, LOCAL, plan or made.later, form, Texts(language))


def test_a_calendar_has_whole_days_that_end_on_the_day_after(made: Made) -> None:
    calendar = icalendar.Calendar.from_ical(written(made, ".ics"))
    found = {str(one["SUMMARY"]): one for one in calendar.walk("VEVENT")}
    assert set(found) == {
        HOSTILE, "Move", "Decide", "Off", "Dropped", "No work: Freeze",
        "Phase: 打基础", "Phase: Roll-out",
    }  # fmt: skip
    days = {key: (one["DTSTART"].dt, one["DTEND"].dt) for key, one in found.items()}
    assert days[HOSTILE] == (date(2026, 1, 1), date(2026, 3, 1))
    assert days["Move"] == (date(2026, 8, 1), date(2026, 10, 1))
    assert days["Decide"] == (date(2026, 1, 1), date(2026, 1, 2))
    assert days["Phase: 打基础"] == (date(2026, 1, 1), date(2026, 5, 1))
    assert b"DTSTART;VALUE=DATE:20260801\r\n" in written(made, ".ics")
    assert "must not start earlier" in str(found["Move"]["DESCRIPTION"])


def test_a_second_calendar_moves_what_the_first_one_brought(made: Made) -> None:
    first, second = (
        icalendar.Calendar.from_ical(written(made, ".ics", plan=plan)).walk("VEVENT")
        for plan in (made.agreed, made.later)
    )
    before, after = ({str(one["UID"]): one for one in each} for each in (first, second))
    assert set(after) < set(before) and len(before) == 9
    assert [str(before[key]["SUMMARY"]) for key in set(before) - set(after)] == ["Over"]
    called_off = [str(one["SUMMARY"]) for one in second if one.get("STATUS") == "CANCELLED"]
    assert called_off == ["Off", "Dropped"] and not any("STATUS" in one for one in first)
    assert all(after[key]["SEQUENCE"] > before[key]["SEQUENCE"] for key in after)


def test_a_scenario_that_nobody_agreed_to_lies_in_a_calendar_beside_the_plan(made: Made) -> None:
    registers.write(made.store, LOCAL, "scenario", [Write("SC-1", {"title": "More staff"})])
    plan = planning.plan(made.store, LOCAL, TODAY, scenario="SC-1", seconds=5).header.plan_id
    own, proposed = (
        icalendar.Calendar.from_ical(written(made, ".ics", plan=one)).walk("VEVENT")
        for one in (made.later, plan)
    )
    assert proposed and not {str(one["UID"]) for one in own} & {str(one["UID"]) for one in proposed}
    assert not any("STATUS" in one for one in proposed)


def test_a_workbook_has_the_plan_its_staff_its_money_and_what_changed(made: Made) -> None:
    book = load_workbook(BytesIO(written(made, ".xlsx")))
    assert book.sheetnames == ["1 Plan", "2 Staff and change", "3 Phases", "4 Changes"]
    rows = {one[0].value: one for one in book["1 Plan"].iter_rows(min_row=6)}
    assert (rows["IN-1"][1].value, rows["IN-1"][1].data_type) == (HOSTILE, "s")
    assert rows["IN-1"][3].value == datetime(2026, 1, 1)
    assert rows["IN-1"][4].value == datetime(2026, 2, 28)
    assert rows["IN-4"][-1].value == "Left out by hand." and rows["IN-4"][3].value is None
    assert len(book["1 Plan"]._charts) == 1
    staff = list(book["2 Staff and change"].iter_rows(min_row=6, values_only=True))
    assert [row[2] for row in staff][:3] == [1, 1, 0] and {row[3] for row in staff} == {1}
    phases = {row[0]: row for row in book["3 Phases"].iter_rows(min_row=6, values_only=True)}
    assert phases["PH-1"][4:8] == (100, 60, 40, 2)
    changes = {row[0]: row for row in book["4 Changes"].iter_rows(min_row=6, values_only=True)}
    assert changes["IN-1"][6:] == (0, "as agreed")
    assert changes["IN-2"][7] == "ends later" and changes["IN-2"][6] > 100
    assert changes["IN-4"][7] == "left out of both"
    assert changes["IN-5"][7] == "not in the plan any more"
    assert changes["IN-6"][7] == "not in the plan any more" and "IN-7" not in changes


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_to_print_is_one_a3_page_with_the_reasons(made: Made, language: str) -> None:
    pages = PdfReader(BytesIO(written(made, ".pdf", language))).pages
    assert len(pages) == 1
    assert [round(float(side), 2) for side in pages[0].mediabox[2:]] == list(A3)
    text = pages[0].extract_text()
    for said in ("Move", "打基础", "Freeze", {"en": "Why each lies", "zh": "为什么"}[language]):
        assert said in text
    assert "清理" in text and "panic($x$)" in text


def test_sixty_initiatives_are_legible_on_one_a3_page() -> None:
    bars = [
        Bar(f"Initiative {n} with quite a long name that goes on", "Jan 1 – Feb 1, 2026",
            (n / 70, 1.0), windows=[(0.1, 0.2, "forbid")])
        for n in range(60)
    ]  # fmt: skip
    cells = [(n / 24, (n + 1) / 24, n / 24, f"{n}") for n in range(24)]
    asked = Roadmap(
        "Roadmap", "", "All.", [(n / 12, f"M{n}") for n in range(12)],
        [Group(f"Phase {n}", "", bars[20 * n : 20 * n + 20], (0.0, 1.0)) for n in range(3)],
        [(Bar(f"W{n}", "", (0.1, 0.2)), "forbid") for n in range(4)],
        [Strip(f"S{n}", "", cells) for n in range(8)],
        [Reason(bar.name, bar.days, "Waits for something.") for bar in bars],
        Heads("Initiative", "Days", "IT windows", "Staff", "Why", "", "", "", [("forbid", "No")]),
        "Foot",
    )  # fmt: skip
    pages = PdfReader(BytesIO(pdf(asked, "en"))).pages
    sizes: list[float] = []
    text = pages[0].extract_text(
        visitor_text=lambda said, _cm, matrix, _font, size: (
            sizes.append(abs(size * matrix[0])) if said.strip() else None
        )
    )
    assert all(f"Initiative {n} " in text for n in range(60))
    assert "S7" in text and "Waits" not in text and "Waits" in pages[1].extract_text()
    assert min(sizes) >= 6


def test_pictures_are_as_wide_as_the_page_and_not_empty(made: Made) -> None:
    picture = Image.open(BytesIO(written(made, ".png", "zh")))
    assert (picture.format, picture.width) == ("PNG", 2381)
    assert len(picture.convert("RGB").resize((200, 80)).getcolors(16_000) or []) > 100
    root = ElementTree.fromstring(written(made, ".svg", "zh"))
    assert root.tag.endswith("svg") and float(root.get("width", "0pt")[:-2]) == pytest.approx(
        A3[0], 0.01
    )


def test_what_holds_nothing_is_not_written(made: Made) -> None:
    with pytest.raises(Refused, match="plan_unknown_plan"):
        written(made, ".ics", plan=99)
    with pytest.raises(Refused, match="plan_form"):
        exporting.form_of("plan.docx")


def test_the_risk_of_a_kept_plan_is_worked_out_from_what_is_kept(made: Made) -> None:
    found = planning.risk(made.store, LOCAL, made.later)
    assert found.finish.planned == 9 and found.finish.chance == 1.0
    assert set(found.fixed) == {"IN-1", "IN-2", "IN-3"}


def test_what_was_dropped_two_agreed_plans_ago_stays_called_off(made: Made) -> None:
    planning.accept(
        made.store, LOCAL, made.later, "board", lambda: datetime(2026, 2, 6, tzinfo=UTC)
    )
    events = icalendar.Calendar.from_ical(written(made, ".ics")).walk("VEVENT")
    called_off = [str(one["SUMMARY"]) for one in events if one.get("STATUS") == "CANCELLED"]
    assert called_off == ["Off", "Dropped"]
