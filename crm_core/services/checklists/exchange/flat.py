"""Somebody's own list of questions, by the heads that such lists have, made a checklist."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from crm_core.domain.checklist_mistakes import Place, mistakes
from crm_core.domain.checklists import Checklist
from crm_core.domain.framework_checklists import IN_PLACE
from crm_core.domain.problems import Refused
from crm_core.domain.slugs import slug
from crm_core.domain.untranslated import label
from crm_core.pipeline.recognise.headers import read_header
from crm_core.reference.checklist_heads import Level, heads, level
from crm_core.reference.pinyin import syllables
from crm_core.reference.yaml_models import made_of
from crm_core.services.brought import Lines
from crm_core.services.checklists.exchange.cells import Cell, Cells, filled_lines

_LOOKED_AT = 20
"""Lines from the top among which the heads are looked for, below titles and remarks."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_BETWEEN = re.compile(r"[;；\n]")
_NUMBERED = re.compile(r"^\s*\d{1,2}\s*[-–.:：、)）]\s*")
Columns = dict[int, str | Level]
"""Position of a column -> what stands in it."""


def read(file: str, sheets: Mapping[str, Lines]) -> Checklist:
    """The checklist that the list comes to; levels stand the lowest first, and where there are none
    it is asked whether the thing is in place. Refused: checklist_no_list; FileRefused names every
    mistake: sheet, row, column, value, what to do."""
    for sheet, every in sheets.items():
        lines = filled_lines(every)
        for at, (_, cells) in enumerate(lines[:_LOOKED_AT]):
            columns = _columns(cells)
            if "question" in columns.values():
                return _List(file, sheet, columns, lines[: at + 1]).checklist(lines[at + 1 :])
    raise Refused("checklist_no_list", file=file)


def _columns(cells: Sequence[str]) -> Columns:
    """What each column holds; of two that mean the same the first counts. One level alone is a
    head that happens to be a number."""
    found: Columns = {}
    for at, cell in enumerate(cells):
        keys = (key for key, _ in read_header(cell).words)
        said = next((heads()[key] for key in keys if key in heads()), None) or level(cell)
        if said and said not in found.values():
            found[at] = said
    levels = [one for one in found.values() if isinstance(one, Level)]
    few = len(levels) < 2
    return {at: one for at, one in found.items() if not (few and isinstance(one, Level))}


class _List(Cells):
    """A list on its way to a checklist."""

    def __init__(self, file: str, sheet: str, columns: Columns, above: Lines) -> None:
        super().__init__(file)
        self._sheet, self._columns = sheet, columns
        self._heads = above[-1][1]
        said = [cell for _, cells in above[:-1] for cell in cells if cell.strip()]
        self._title = said[0].strip() if said else PurePath(file).stem
        self._sections: dict[str, dict[str, Any]] = {}
        self._numbers = False

    def checklist(self, lines: Lines) -> Checklist:
        """All of it."""
        rows = [(row, self._said(cells)) for row, cells in lines]
        numbers = [said.get("number", "") for _, said in rows if said.get("question")]
        self._numbers = all(numbers) and len({slug(one) for one in numbers}) == len(numbers)
        section = ""
        for row, said in rows:
            section = said.get("section", "").strip() or section
            if said.get("question", "").strip():
                self._take(row, section, said)
        whole = label(_text(self._title)).model_dump()
        found = {
            "id": _id(PurePath(self.file).stem),
            "version": 1,
            "provider": PurePath(self.file).stem,
            "title": whole,
            "about": whole,
            "scopes": ["programme", "department", "vendor", "phase"],
            "sections": list(self._sections.values()),
        }
        if not self._sections:
            raise Refused("checklist_no_list", file=self.file)
        return made_of(found, self, self.file, Checklist, mistakes)

    def _said(self, cells: Sequence[str]) -> dict[str, str]:
        return {
            one: cells[at].strip() for at, one in self._columns.items() if isinstance(one, str)
        } | {
            f"level {one.number}": cells[at].strip()
            for at, one in self._columns.items()
            if isinstance(one, Level)
        }

    def _take(self, row: int, section: str, said: Mapping[str, str]) -> None:
        title = section or self._title
        there = self._sections.setdefault(
            title, {"id": _id(title), "title": label(_text(title)).model_dump(), "items": []}
        )
        place: Place = ("sections", list(self._sections).index(title), "items", len(there["items"]))
        question = said["question"]
        by_text = hashlib.sha256(f"{section}\n{question}".encode()).hexdigest()[:8]
        item: dict[str, Any] = {
            "id": slug(said["number"]) if self._numbers else f"q-{by_text}",
            "text": label(_text(question)).model_dump(),
            "options": list(self._options(said)),
        }
        item |= {
            name: label(_text(said[name])).model_dump()
            for name in ("help", "evidence")
            if said.get(name)
        }
        if said.get("weight"):
            item["weight"] = said["weight"]
        there["items"].append(item)
        for at, one in self._columns.items():
            name = {"question": "text", "number": "id"}.get(str(one), str(one))
            self.cells[(*place, name)] = Cell(self._sheet, row, self._heads[at])
        self.cells[place] = self.cells[(*place, "text")]

    def _options(self, said: Mapping[str, str]) -> Iterator[dict[str, Any]]:
        """The levels of a question, the lowest first."""
        levels = sorted(one for one in self._columns.values() if isinstance(one, Level))
        texts = [
            " – ".join(part for part in (one.name, said[f"level {one.number}"]) if part)
            for one in levels
        ]
        if not levels:
            parts = _BETWEEN.split(said.get("levels", ""))
            texts = [_NUMBERED.sub("", one).strip() for one in parts]
        filled = [(at, text) for at, text in enumerate(texts) if text]
        if len(filled) < 2:
            yield from (one.model_dump(exclude_defaults=True) for one in IN_PLACE)
            return
        for at, text in filled:
            code = str(levels[at].number if levels else at + 1)
            yield {"code": code, "label": label(_text(text)).model_dump()}


def _id(name: str) -> str:
    """An id that can be read, of a Chinese name as well."""
    return slug(" ".join(syllables(name)))


def _text(said: str) -> dict[str, str]:
    """A text by its language."""
    return {"zh" if _HAN.search(said) else "en": said}
