"""The workbook in which answers are filled in: which columns it has, and how it is written."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_range

from crm_core.domain.checklists import Item, ItemKind
from crm_core.domain.scoring import Value, part
from crm_core.i18n import Texts, mark
from crm_core.reference import plain_key
from crm_core.reports.cells import printable
from crm_core.services.checklists import words
from crm_core.services.checklists.answers import Filled
from crm_core.services.checklists.evidence import Evidence
from crm_core.services.checklists.exchange.sheets import BOOK, Styles, put_number

ANSWERS, EVIDENCE, CHOICES = mark("Answers"), mark("Evidence"), mark("Answers to choose from")
ANSWER_HEADS = {
    "who": mark("Person"),
    "section": mark("Section"),
    "question": mark("Question"),
    "how": mark("How to answer"),
    "answer": mark("Answer"),
    "note": mark("Note"),
    "edition": mark("Answered by version"),
    "item": mark("Question no. (leave as it is)"),
    "version": mark("Version (leave as it is)"),
    "respondent": mark("Person no. (leave as it is)"),
}
EVIDENCE_HEADS = {
    "who": mark("Person"),
    "question": mark("Question"),
    "title": mark("What it is"),
    "link": mark("Link"),
    "expires": mark("Holds until"),
    "file": mark("File, kept in the app (SHA-256)"),
    "item": mark("Question no. (leave as it is)"),
    "respondent": mark("Person no. (leave as it is)"),
}
_CHOICE_HEADS = {
    "item": mark("Question no."),
    "question": mark("Question"),
    "answer": mark("Answer"),
}
_FILLED_IN = ("answer", "note", "title", "link", "expires")
_WIDTHS = {"who": 18, "section": 20, "question": 46, "how": 22, "answer": 40, "note": 36}
_WIDTHS |= {"title": 32, "link": 48, "item": 22, "file": 20}
_NARROW = 14
_PERCENT = "%"
_HOW = {
    ItemKind.SCALE: mark("Choose a level"),
    ItemKind.ONE: mark("Choose one"),
    ItemKind.SEVERAL: mark("Any of those on the sheet “{sheet}”, one a line"),
    ItemKind.NUMBER: mark("A number"),
    ItemKind.DATE: mark("A day, such as 2026-03-31"),
    ItemKind.TEXT: mark("Your own words"),
}


def written(item: Item, value: Value | None, texts: Texts) -> str:
    """An answer as a cell of text, several answers on a line each."""
    if value is None:
        return texts.text(words.NOT_APPLICABLE)
    if item.options:
        chosen = value if isinstance(value, tuple) else (value,)
        return "\n".join(word for code, word in choices(item, texts).items() if code in chosen)
    return f"{value:f}" if isinstance(value, Decimal) else printable(str(value))


def choices(item: Item, texts: Texts) -> dict[str, str]:
    """The words of the answers to choose from, by code; the codes themselves where a word could
    mean another answer, in either language."""
    said = [
        {plain_key(one.code), plain_key(one.label.en), plain_key(one.label.zh)}
        for one in item.options
    ]
    is_clear = sum(map(len, said)) == len(set[str]().union(*said))
    return {
        one.code: texts.label(one.label).strip() if is_clear else one.code for one in item.options
    }


class AnswerBook:
    """Sheets of answers, of evidence, and of what can be chosen."""

    def __init__(self, sheets: Sequence[Filled], shown: Sequence[Evidence], texts: Texts) -> None:
        self._sheets, self._shown, self._texts = sheets, shown, texts
        self._places: dict[str, str] = {}
        """Item -> the cells from which its answers can be chosen."""

    def made(self) -> bytes:
        """The file; `answers_in.preview` takes it back."""
        target = BytesIO()
        with xlsxwriter.Workbook(target, {"in_memory": True, **BOOK}) as book:
            styles = Styles(book)
            names = (ANSWERS, EVIDENCE, CHOICES)
            answers, evidence, lists = (book.add_worksheet(self._text(name)) for name in names)
            self._write_choices(lists, styles)
            self._write_answers(answers, styles)
            self._write_evidence(evidence, styles)
        return target.getvalue()

    def _write_answers(self, page: Any, styles: Styles) -> None:
        at = self._heads(page, ANSWER_HEADS, styles)
        line = 0
        for line, (sheet, section, item) in enumerate(self._items(), 1):
            given = sheet.answers.get(item.id)
            said = {
                "who": self._who(sheet),
                "section": section,
                "question": self._texts.label(item.text),
                "how": self._how(sheet, item),
                "edition": str(given.edition) if given else "",
                "item": item.id,
                "version": str(given.version) if given else "",
                "respondent": sheet.respondent.id,
            }
            self._put(page, line, at, said, styles)
            value = given.value if given else None
            shown = written(item, value, self._texts) if given else ""
            _answer(page, (line, at["answer"]), item, value, shown, styles)
            page.write_string(line, at["note"], given.note if given else "", styles.open)
            if item.id in self._places and item.kind is not ItemKind.SEVERAL:
                source = {"validate": "list", "source": self._places[item.id]}
                page.data_validation(line, at["answer"], line, at["answer"], source)
        page.autofilter(0, 0, max(1, line), len(at) - 1)
        answers = xl_range(1, at["answer"], max(1, line), at["answer"])
        page.ignore_errors({"number_stored_as_text": answers})

    def _write_evidence(self, page: Any, styles: Styles) -> None:
        at = self._heads(page, EVIDENCE_HEADS, styles)
        names = {one.respondent.id: self._who(one) for one in self._sheets}
        questions = {item.id: self._texts.label(item.text) for _, _, item in self._items()}
        for line, one in enumerate(self._shown, 1):
            said = {
                "who": names.get(one.respondent, ""),
                "question": questions.get(one.item, ""),
                "title": one.title,
                "link": one.link,
                "file": one.sha256,
                "item": one.item,
                "respondent": one.respondent,
            }
            self._put(page, line, at, said, styles)
            if one.expires:
                page.write_datetime(line, at["expires"], one.expires, styles.day)

    def _write_choices(self, page: Any, styles: Styles) -> None:
        at = self._heads(page, _CHOICE_HEADS, styles)
        last = 0
        for item in {item.id: item for _, _, item in self._items() if item.options}.values():
            said = list(choices(item, self._texts).values())
            if item.may_not_apply:
                said.append(self._text(words.NOT_APPLICABLE))
            first, last = last + 1, last + len(said)
            for line, one in enumerate(said, first):
                cells = {"item": item.id, "question": self._texts.label(item.text), "answer": one}
                self._put(page, line, at, cells, styles)
            self._places[item.id] = f"='{self._text(CHOICES)}'!$C${first + 1}:$C${last + 1}"

    def _heads(self, page: Any, heads: Mapping[str, str], styles: Styles) -> dict[str, int]:
        """Write the heads; the columns by what stands in them."""
        for at, (name, head) in enumerate(heads.items()):
            page.set_column(at, at, _WIDTHS.get(name, _NARROW))
            page.write_string(0, at, self._text(head), styles.head)
        page.freeze_panes(1, 0)
        return {name: at for at, name in enumerate(heads)}

    def _put(
        self, page: Any, line: int, at: Mapping[str, int], said: Mapping[str, str], styles: Styles
    ) -> None:
        for name, text in said.items():
            style = styles.open if name in _FILLED_IN else styles.quiet
            page.write_string(line, at[name], printable(text), style)

    def _items(self) -> Iterator[tuple[Filled, str, Item]]:
        """Every item of everybody's part, with the title of its section."""
        for sheet in self._sheets:
            titles = {
                item.id: self._texts.label(section.title)
                for section in sheet.checklist.sections
                for item in section.items
            }
            for item in part(sheet.checklist, sheet.sheet):
                yield sheet, titles[item.id], item

    def _who(self, sheet: Filled) -> str:
        voice = self._text(words.VOICES[sheet.respondent.voice])
        return words.with_more(sheet.respondent.name, voice, self._texts)

    def _how(self, sheet: Filled, item: Item) -> str:
        how = self._texts.text(_HOW[item.kind], sheet=self._text(CHOICES))
        if item.unit:
            how = words.with_more(how, self._texts.label(item.unit), self._texts)
        asked = item.id in sheet.asked
        later = self._text(mark("Asked only after other answers"))
        return how if asked else f"{how}\n{later}"

    def _text(self, msgid: str) -> str:
        return self._texts.text(msgid)


def _answer(
    page: Any, place: tuple[int, int], item: Item, value: Value | None, shown: str, styles: Styles
) -> None:
    """Percent stand as text: of "80%" in a cell of numbers a spreadsheet makes 0.8."""
    if isinstance(value, date):
        page.write_datetime(*place, value, styles.open_day)
        return
    is_percent = item.unit is not None and item.unit.en == _PERCENT
    is_kept = (
        isinstance(value, Decimal)
        and not is_percent
        and put_number(page, *place, value, styles.open_number)
    )
    if not is_kept:
        page.write_string(*place, shown, styles.open)
