"""A workbook of answers that was filled in: what it would change, then kept all or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import cast

from crm_core.domain.actor import Actor
from crm_core.domain.answers import wrong_answer
from crm_core.domain.assessments import OPEN
from crm_core.domain.checklists import Item
from crm_core.domain.entities import Label
from crm_core.domain.problems import Problem, Refused
from crm_core.domain.registers import FieldKind, RegisterField
from crm_core.domain.scoring import Value, part
from crm_core.reference import word_key
from crm_core.reports.cells import printable
from crm_core.services.brought import Lines
from crm_core.services.checklists import answers, assessments, evidence, respondents
from crm_core.services.checklists.answers import Filled, Given, Said
from crm_core.services.checklists.editions import AREA
from crm_core.services.checklists.exchange.answer_cells import SPOKEN, is_same, value_of
from crm_core.services.checklists.exchange.answers_book import ANSWER_HEADS, EVIDENCE_HEADS
from crm_core.services.checklists.exchange.cells import Cell, filled_lines
from crm_core.services.checklists.exchange.files import sheets_of
from crm_core.services.registers.values import read
from crm_core.store import Store

_DAY = RegisterField(name="day", kind=FieldKind.DATE, label=Label(en="", zh=""))
_NEEDED = ("item", "respondent", "answer")
"""Columns without which a sheet is none of answers."""
_Shown = tuple[str, str, str, date | None]
"""Respondent, item, link and last day of a piece of evidence."""


@dataclass(frozen=True)
class Write:
    """An answer that a file gives or takes back."""

    respondent: str
    item: Item
    before: Given | None
    said: Said


@dataclass(frozen=True)
class Link:
    """Evidence that a file adds."""

    respondent: str
    item: Item
    link: str
    title: str
    expires: date | None


@dataclass(frozen=True)
class Wrong:
    """A cell that cannot be taken."""

    cell: Cell
    value: str
    problem: Problem


@dataclass
class Preview:
    """What a file would change. Nothing of it is kept before `apply`."""

    assessment: str
    file: str
    writes: list[Write] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    same: int = 0
    newer: list[Write] = field(default_factory=list)
    """Where the store has an answer that the file was not filled in upon: that one stays."""
    wrong: list[Wrong] = field(default_factory=list)
    met: set[tuple[str, str]] = field(default_factory=set)
    """Respondent and item of the rows that were read."""


def is_answers(path: Path) -> bool:
    """Whether a file is a workbook of answers. Refused: what it cannot be read for."""
    return any(_rows(sheets_of(path), ANSWER_HEADS, _NEEDED))


def preview(store: Store, actor: Actor, key: str, path: Path) -> Preview:
    """Hold a workbook against an assessment; an unchanged one is all the same.

    A blank answer where there was one takes it back. Evidence is added, never taken away. Refused:
    what a file cannot be read for; assessment_unknown, assessment_not_open; answers_no_sheet.
    """
    assessment = assessments.assessment(store, actor, key)
    if assessment.state not in OPEN:
        raise Refused("assessment_not_open", id=key, value=assessment.state)
    sheets = {one.respondent.id: one for one in answers.all_filled(store, actor, key)}
    found = Preview(key, path.name)
    tables = sheets_of(path)
    rows = list(_rows(tables, ANSWER_HEADS, _NEEDED))
    if not rows:
        raise Refused("answers_no_sheet", file=path.name)
    for row in rows:
        _take_answer(found, row, sheets)
    pieces = evidence.of_assessment(store, actor, key)
    shown = {(one.respondent, one.item, one.link, one.expires) for one in pieces}
    for row in _rows(tables, EVIDENCE_HEADS, ("item", "respondent", "link")):
        _take_link(found, row, sheets, shown)
    return found


def apply(store: Store, actor: Actor, found: Preview) -> None:
    """Keep what the preview says, all or nothing. Refused: item_preview_wrong while something is
    wrong in it; answer_changed and others as `answers.save` where answers have changed since."""
    if found.wrong:
        raise Refused("item_preview_wrong", count=len(found.wrong))
    with store.change(actor, "answers.import", area=AREA, subject=found.assessment) as change:
        for who in dict.fromkeys(one.respondent for one in found.writes):
            answers.put(change, who, [one.said for one in found.writes if one.respondent == who])
        for link in found.links:
            place = (change, link.respondent, link.item.id)
            evidence.put_link(*place, link.link, title=link.title, expires=link.expires)
        change.subject = found.assessment
        change.detail = {"answers": len(found.writes), "links": len(found.links)}


@dataclass(frozen=True)
class _Row:
    sheet: str
    number: int
    said: Mapping[str, str]
    heads: Mapping[str, str]
    """What stands in a column -> its head as the file writes it."""

    def __getitem__(self, name: str) -> str:
        return self.said.get(name, "")

    def wrong(self, name: str, problem: Problem) -> Wrong:
        """A cell of this row that cannot be taken."""
        return Wrong(Cell(self.sheet, self.number, self.heads[name]), self[name], problem)


def _rows(
    tables: Mapping[str, Lines], heads: Mapping[str, str], needed: Sequence[str]
) -> Iterator[_Row]:
    """The rows below these heads, on every sheet that has all that are needed: somebody copies one
    and fills in the copy. Refused("answers_column_twice")."""
    known = _known(tuple(heads.items()))
    for sheet, lines in tables.items():
        filled = filled_lines(lines)
        codes = [known.get(word_key(cell), "") for cell in filled[0][1]] if filled else []
        if set(needed) <= set(codes):
            written_as = dict(zip(codes, filled[0][1], strict=True))
            for code in filter(None, codes):
                if codes.count(code) > 1:
                    raise Refused("answers_column_twice", sheet=sheet, column=written_as[code])
            for number, cells in filled[1:]:
                yield _Row(sheet, number, dict(zip(codes, cells, strict=True)), written_as)


@cache
def _known(heads: tuple[tuple[str, str], ...]) -> dict[str, str]:
    said = {word_key(texts.text(head)): code for texts in SPOKEN for code, head in heads}
    return {word_key(code): code for code, _ in heads} | said


def _take_answer(found: Preview, row: _Row, sheets: Mapping[str, Filled]) -> None:
    """One row: the same, another answer, an answer taken back, one that is newer here, or wrong."""
    sheet, item = _place(found, row, sheets)
    if sheet is None or item is None:
        return
    if (sheet.respondent.id, item.id) in found.met:
        found.wrong.append(row.wrong("item", Problem("item_twice", {"id": item.id})))
        return
    found.met.add((sheet.respondent.id, item.id))
    now = sheet.answers.get(item.id)
    said = row["answer"].strip()
    note = printable(row["note"]).strip() if "note" in row.heads else now.note if now else ""
    if is_same(item, now, said, note):
        found.same += 1
        return
    value = value_of(item, said) if said else None
    if problem := _wrong(sheet, item, value, note, is_blank=not said):
        column = "note" if problem.code == "item_reason" and "note" in row.heads else "answer"
        found.wrong.append(row.wrong(column, problem))
        return
    stated = row["version"].strip()
    version = int(stated) if stated.isascii() and stated.isdecimal() else 0
    answer = Said(item.id, cast(Value | None, value), note, version, is_back=not said)
    one = Write(sheet.respondent.id, item, now, answer)
    is_newer = now is not None and version != now.version
    (found.newer if is_newer else found.writes).append(one)


def _place(
    found: Preview, row: _Row, sheets: Mapping[str, Filled]
) -> tuple[Filled | None, Item | None]:
    """Whose row it is, and about what; what is unknown is wrong."""
    who, key = row["respondent"].strip(), row["item"].strip()
    sheet = sheets.get(who)
    if sheet is None:
        found.wrong.append(row.wrong("respondent", Problem("answers_person", {"value": who})))
        return None, None
    if respondents.is_private(sheet.assessment, sheet.respondent):
        found.wrong.append(row.wrong("respondent", Problem("respondent_private")))
        return None, None
    item = next((one for one in part(sheet.checklist, sheet.sheet) if one.id == key), None)
    if item is None:
        found.wrong.append(row.wrong("item", Problem("answer_item", {"value": key})))
    return sheet, item


def _wrong(
    sheet: Filled, item: Item, value: Value | Problem | None, note: str, *, is_blank: bool
) -> Problem | None:
    if sheet.respondent.submitted_at is not None:
        return Problem("answers_handed_in")
    if is_blank:
        is_there = item.id in sheet.answers
        return None if is_there else Problem("answers_note_alone")
    return value if isinstance(value, Problem) else wrong_answer(item, value, note)


def _take_link(found: Preview, row: _Row, sheets: Mapping[str, Filled], shown: set[_Shown]) -> None:
    """One row of evidence: there already, new or wrong. Files do not come with a workbook."""
    link = row["link"].strip()
    if not link:
        return
    sheet, item = _place(found, row, sheets)
    if sheet is None or item is None:
        return
    day = read(_DAY, row["expires"])
    if isinstance(day, Problem):
        found.wrong.append(row.wrong("expires", day))
        return
    one = Link(sheet.respondent.id, item, link, printable(row["title"]).strip(), cast(date, day))
    if (one.respondent, item.id, link, one.expires) in shown:
        return
    given = {(each.respondent, each.item.id) for each in found.writes if not each.said.is_back}
    if item.id not in sheet.answers and (one.respondent, item.id) not in given:
        found.wrong.append(row.wrong("link", Problem("evidence_unanswered")))
    elif problem := evidence.wrong_link(link):
        found.wrong.append(row.wrong("link", problem))
    else:
        found.links.append(one)
