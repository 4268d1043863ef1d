"""A register's file that comes back, or cells pasted from a spreadsheet: what they would change."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from crm_core.domain.actor import Actor
from crm_core.domain.planning import entry
from crm_core.domain.problems import Problem, Refused
from crm_core.domain.registers import Register, Value
from crm_core.reference import plain_key
from crm_core.reports.cells import meant, printable
from crm_core.services import brought
from crm_core.services.brought import Lines
from crm_core.services.registers import waiting
from crm_core.services.registers.alike import alike
from crm_core.services.registers.heads import Head, Meant, head_line, heads
from crm_core.services.registers.history import Difference, differences, taken_out
from crm_core.services.registers.named import Named
from crm_core.services.registers.rows import Row, known, listed
from crm_core.services.registers.save import ItemRefused, Write, checked, is_id, write
from crm_core.services.registers.values import Values, filled, read
from crm_core.services.registers.workbook import HEADS
from crm_core.sources import RawTable
from crm_core.store import Store

MOST_ROWS = 50_000
_ABOVE = 40
"""Lines above the rows that a file may have besides."""


@dataclass(frozen=True)
class Wrong:
    """A cell that cannot be taken; `column` as the file writes it."""

    line: int
    column: str
    value: str
    problem: Problem


@dataclass
class Preview:
    """What a file would change. Nothing of it is kept before `apply`."""

    register: str
    file: str
    added: list[Write] = field(default_factory=list)
    changed: list[tuple[Write, tuple[Difference, ...]]] = field(default_factory=list)
    same: int = 0
    absent: int = 0
    """Rows that a file with numbers says nothing of; they stay as they are."""
    wrong: list[Wrong] = field(default_factory=list)
    heads: list[Head] = field(default_factory=list)
    """The columns of the file that have a head."""
    alike: list[str] = field(default_factory=list)
    """Titles of lines without a number that can be taken for the one row that has the title."""
    twice: list[str] = field(default_factory=list)
    """Titles of new rows that a row has already, or an earlier line of the file."""
    dead_ends: list[str] = field(default_factory=list)
    """What links name and no row is; it is kept as it stands."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """Heads that mean nothing here."""
        return tuple(head.text for head in self.heads if head.code is None)


@dataclass(frozen=True)
class Brought:
    """A file as it was read: the lines of its tables that are not blank. It can be held against a
    register again and again."""

    file: str
    tables: tuple[Lines, ...]


def preview(
    store: Store,
    actor: Actor,
    name: str,
    path: Path,
    meaning: Meant | None = None,
    *,
    by_title: bool = True,
) -> Preview:
    """Read a file and hold it against the register. Refused as `brought_file` and `held`."""
    return held(store, actor, name, brought_file(path), meaning, by_title=by_title)


def pasted(
    store: Store,
    actor: Actor,
    name: str,
    text: str,
    meaning: Meant | None = None,
    *,
    by_title: bool = True,
) -> Preview:
    """The same for cells copied from a spreadsheet with their heads."""
    return held(store, actor, name, brought_cells(text), meaning, by_title=by_title)


def brought_file(path: Path) -> Brought:
    """Read a file. Refused: what it cannot be read for."""
    found = (_filled(table, every) for table, every in brought.tables(path, MOST_ROWS + _ABOVE))
    return Brought(path.name, tuple(lines for lines in found if lines))


def brought_cells(text: str) -> Brought:
    """The same for cells copied from a spreadsheet."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pasted.tsv"
        path.write_text(text, encoding="utf-8")
        return brought_file(path)


def held(
    store: Store,
    actor: Actor,
    name: str,
    given: Brought,
    meaning: Meant | None = None,
    *,
    by_title: bool = True,
) -> Preview:
    """Hold a file against the register; an unchanged export is all the same, and so is a list
    without numbers that is brought once more: `by_title` takes lines for the rows of their titles.

    The heads may stand below a title; `meaning` says what those mean that the register does not
    know. A row with a known id changes that row, one without is new. A column that the file has
    not stays as it is. A link may name a row by its title. Refused: register_unknown;
    item_too_many; item_no_rows.
    """
    register = known(name)
    sheets = [(head_line(register, lines, meaning or {}), lines) for lines in given.tables]
    found = [
        (heads(register, lines[at][1], meaning or {}), lines[at + 1 :]) for at, lines in sheets
    ]
    if not found:
        raise Refused("item_no_rows", file=given.file)
    columns, lines = max(found, key=lambda one: sum(head.code is not None for head in one[0]))
    if len(lines) > MOST_ROWS:
        raise Refused("item_too_many", file=given.file, limit=MOST_ROWS)
    return _Held(store, actor, register, given.file, columns).against(lines, by_title=by_title)


def apply(store: Store, actor: Actor, found: Preview) -> list[str]:
    """Keep what the preview says, all or nothing; the ids. Refused("item_preview_wrong") while
    something is wrong in it, and as save.write where the rows have changed since."""
    if found.wrong:
        raise Refused("item_preview_wrong", count=len(found.wrong))
    writes = [*found.added, *(one for one, _ in found.changed)]
    return write(store, actor, found.register, writes) if writes else []


class _Held:
    """A file that is held against a register."""

    def __init__(
        self, store: Store, actor: Actor, register: Register, file: str, columns: Sequence[Head]
    ) -> None:
        self._register = register
        self._columns = columns
        self._texts = {head.code: head.text for head in columns if head.code}
        self._rows = {row.id: row for row in listed(store, actor, register.name)[0]}
        self._gone = {one.id.lower(): one for one in taken_out(store, actor, register.name)}
        self._numbers = {key.lower() for key in self._rows}
        # "phone" of one application is another row than "phone" of the next.
        self._telling = ("title", *(one.name for one in register.fields if one.required))
        self._titles = {self._title(row.values) for row in self._rows.values()}
        self._met = set[str]()
        self._written: list[tuple[int, Write]] = []
        linked = [one for one in register.fields if one.of and one.name in self._texts]
        self._named = {
            one.name: Named(store, actor, str(one.of)) for one in linked if not one.means
        }
        self._found = Preview(register.name, file, heads=[head for head in columns if head.text])

    def against(self, lines: Lines, *, by_title: bool) -> Preview:
        """What each line would change; without any column known, nothing."""
        if self._texts:
            codes = [head.code for head in self._columns]
            said = [
                {code: cell for code, cell in zip(codes, cells, strict=True) if code}
                for _, cells in lines
            ]
            met = alike(self._register, list(self._rows.values()), said, self._named)
            self._found.alike = [str(row.values["title"]) for row in met.values()]
            for at, (line, _) in enumerate(lines):
                self._take(line, said[at], met.get(at) if by_title else None)
            if self._register.name == entry.REGISTER:
                self._refuse_waits({line: said[at] for at, (line, _) in enumerate(lines)})
        if "id" in self._texts:
            self._found.absent = len(self._rows.keys() - self._met)
        return self._found

    def _take(self, line: int, said: Mapping[str, str], taken_for: Row | None) -> None:
        """One line of the file: new, changed, the same or wrong."""
        key = taken_for.id if taken_for else said.get("id", "").strip()
        if key and key in self._met:
            return self._refuse(line, said, {"id": Problem("item_twice", {"id": key})})
        self._met.add(key)
        now = self._rows.get(key)
        values, problems = self._values(said, now)
        if key and now is None and (problem := self._wrong_number(key)):
            problems["id"] = problem
        if now is not None and not problems and differences(now.values, values) == ():
            self._found.same += 1
            return None
        stated = said.get("version", "").strip()
        if now is not None and stated and stated != str(now.version):
            problems["id"] = Problem("item_changed", {"id": key, "by": now.by, "at": now.at})
        if problems:
            return self._refuse(line, said, problems)
        self._keep(line, key, values, now)
        return None

    def _wrong_number(self, key: str) -> Problem | None:
        """Why a new row cannot have this number."""
        if gone := self._gone.get(key.lower()):
            return Problem("item_gone", {"id": gone.id, "by": gone.by, "at": gone.at})
        if key.lower() in self._numbers:
            return Problem("item_id_taken", {"id": key})
        return None if is_id(key) else Problem("item_id", {"id": key})

    def _refuse(self, line: int, said: Mapping[str, str], problems: Mapping[str, Problem]) -> None:
        for name, problem in problems.items():
            column = self._texts.get(name, name)
            self._found.wrong.append(Wrong(line, column, said.get(name, ""), problem))

    def _refuse_waits(self, said: Mapping[int, Mapping[str, str]]) -> None:
        """A circle is seen only when all lines are known."""
        held = {key: row.values for key, row in self._rows.items()}
        found = waiting.wrong(held, self._met, self._written)
        for line, problem in found.items():
            self._refuse(line, said[line], {waiting.FIELD: problem})
        self._found.wrong.sort(key=lambda one: one.line)

    def _keep(self, line: int, key: str, values: Values, now: Row | None) -> None:
        found, one = self._found, Write(key or None, values, now.version if now else None)
        self._written.append((line, one))
        if now is not None:
            found.changed.append((one, differences(now.values, values)))
            return
        found.added.append(one)
        if self._title(values) in self._titles:
            found.twice.append(str(values["title"]))
        self._titles.add(self._title(values))

    def _title(self, values: Mapping[str, object]) -> tuple[str, ...]:
        """What tells a row from others: its title, and what must be said of it."""
        return tuple(plain_key(str(values.get(name))) for name in self._telling)

    def _values(
        self, said: Mapping[str, str], now: Row | None
    ) -> tuple[Values, dict[str, Problem]]:
        """The row's values with what the line says, and what is wrong, by field."""
        held = now.values if now else {}
        values: dict[str, Value | None] = dict(held)
        problems: dict[str, Problem] = {}
        for head in self._columns:
            if head.code not in said or head.code in HEADS:
                continue
            one = self._register.field(str(head.code))
            value = read(one, said[one.name])
            if isinstance(value, Problem):
                problems[one.name] = value
            elif isinstance(value, tuple) and one.name in self._named:
                values[one.name] = self._linked(self._named[one.name], value, held.get(one.name))
            else:
                values[one.name] = _scaled(value, head)
        if now is not None and not problems and filled(self._register, values) == now.values:
            return now.values, {}  # what stands there may be older than a rule about it
        try:
            return checked(self._register, values, problems), {}
        except ItemRefused as refused:
            return {}, refused.problems

    def _linked(self, named: Named, said: Sequence[str], held: object) -> tuple[str, ...]:
        """The ids of the rows that are named; what stands in the row already stays as it is."""
        stays = held if isinstance(held, tuple) else ()
        meant = {one: one if one in stays else named.id(one) for one in said}
        self._found.dead_ends += [one for one, key in meant.items() if key is None]
        return tuple(dict.fromkeys(key or one for one, key in meant.items()))


def _scaled(value: Value | None, head: Head) -> Value | None:
    """A number in the unit of its field: where a head says 万元, 1.5 is 15000."""
    if head.scale == 1 or isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    scaled = value * head.scale
    whole = scaled == scaled.to_integral_value()
    return scaled.to_integral_value() if whole else scaled.normalize()


def _filled(table: RawTable, lines: Lines) -> Lines:
    """The lines that are not blank; those of a CSV without their apostrophes."""
    clean = meant if table.sheet is None else str
    found = ((line, [clean(printable(cell)) for cell in cells]) for line, cells in lines)
    return [(line, cells) for line, cells in found if any(cell.strip() for cell in cells)]
