"""A register's file that comes back, or cells pasted from a spreadsheet: what they would change."""

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Problem, Refused
from crm_core.domain.registers import Register, RegisterField, Value
from crm_core.i18n import LANGUAGES, Texts
from crm_core.reference import plain_key
from crm_core.reports.cells import meant, printable
from crm_core.services import brought
from crm_core.services.brought import Lines
from crm_core.services.registers.history import Difference, differences
from crm_core.services.registers.rows import Row, known, listed
from crm_core.services.registers.save import ItemRefused, Write, checked, write
from crm_core.services.registers.values import Values, read
from crm_core.services.registers.workbook import HEADS
from crm_core.sources import RawTable
from crm_core.store import Store

MOST_ROWS = 50_000


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
    wrong: list[Wrong] = field(default_factory=list)
    left_out: tuple[str, ...] = ()
    """Heads that mean nothing here."""


def preview(store: Store, actor: Actor, name: str, path: Path) -> Preview:
    """Hold a file against the register; an unchanged export is all the same.

    A row with a known id changes that row, one without is new. A column that the file has not
    stays as it is. Refused: what a file cannot be read for; register_unknown; item_no_columns;
    item_too_many.
    """
    register = known(name)
    for table, every in brought.tables(path, MOST_ROWS + 2):
        lines = _filled(table, every)
        if lines and any(_codes(register, lines[0][1])):
            rows = {row.id: row for row in listed(store, actor, name)[0]}
            return _held_against(register, path.name, lines, rows)
    raise Refused("item_no_columns", file=path.name, columns=", ".join(_said(register)))


def pasted(store: Store, actor: Actor, name: str, text: str) -> Preview:
    """The same for cells copied from a spreadsheet, their heads in the first line."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pasted.tsv"
        path.write_text(text, encoding="utf-8")
        return preview(store, actor, name, path)


def apply(store: Store, actor: Actor, found: Preview) -> list[str]:
    """Keep what the preview says, all or nothing; the ids. Refused("item_preview_wrong") while
    something is wrong in it, and as save.write where the rows have changed since."""
    if found.wrong:
        raise Refused("item_preview_wrong", count=len(found.wrong))
    writes = [*found.added, *(one for one, _ in found.changed)]
    return write(store, actor, found.register, writes) if writes else []


def _held_against(register: Register, file: str, lines: Lines, rows: dict[str, Row]) -> Preview:
    (_, heads), *rest = lines
    if len(rest) > MOST_ROWS:
        raise Refused("item_too_many", file=file, limit=MOST_ROWS)
    codes = _codes(register, heads)
    left_out = (head for head, code in zip(heads, codes, strict=True) if head and not code)
    found = Preview(register.name, file, left_out=tuple(left_out))
    titles = {code: head for head, code in zip(heads, codes, strict=True) if code}
    met: set[str] = set()
    for line, cells in rest:
        said = {code: cell for code, cell in zip(codes, cells, strict=True) if code}
        _take(found, register, line, said, titles, rows, met)
    return found


def _take(
    found: Preview,
    register: Register,
    line: int,
    said: Mapping[str, str],
    titles: Mapping[str, str],
    rows: Mapping[str, Row],
    met: set[str],
) -> None:
    """One line of the file: new, changed, the same or wrong."""

    def refuse(name: str, problem: Problem) -> None:
        found.wrong.append(Wrong(line, titles.get(name, name), said.get(name, ""), problem))

    key = said.get("id", "").strip()
    if key and key in met:
        return refuse("id", Problem("item_twice", {"id": key}))
    met.add(key)
    now = rows.get(key)
    values, problems = _values(register, said, now)
    if now is not None and not problems and differences(now.values, values) == ():
        found.same += 1
        return None
    stated = said.get("version", "").strip()
    if now is not None and stated and stated != str(now.version):
        problems["id"] = Problem("item_changed", {"id": key, "by": now.by, "at": now.at})
    if problems:
        for name, problem in problems.items():
            refuse(name, problem)
        return None
    one = Write(key or None, values, now.version if now else None)
    if now is None:
        found.added.append(one)
    else:
        found.changed.append((one, differences(now.values, values)))
    return None


def _values(
    register: Register, said: Mapping[str, str], now: Row | None
) -> tuple[Values, dict[str, Problem]]:
    """The row's values with what the line says, and what is wrong, by field."""
    values: dict[str, Value | None] = dict(now.values) if now else {}
    problems: dict[str, Problem] = {}
    for one in register.fields:
        if one.name in said:
            value = read(one, said[one.name])
            if isinstance(value, Problem):
                problems[one.name] = value
            else:
                values[one.name] = value
    try:
        return checked(register, values, problems), {}
    except ItemRefused as refused:
        return {}, refused.problems


def _codes(register: Register, heads: Sequence[str]) -> list[str | None]:
    """What each head means; of two alike the first counts."""
    known_heads, taken = _said(register), set[str]()
    found: list[str | None] = []
    for head in heads:
        code = known_heads.get(plain_key(head))
        found.append(None if code in taken else code)
        taken |= {code} if code else set()
    return found


def _said(register: Register) -> dict[str, str]:
    """Every way to write a head, in either language or as its code -> its code."""
    texts = [Texts(language) for language in LANGUAGES]
    own = {plain_key(one.text(head)): code for one in texts for code, head in HEADS.items()}
    named = {plain_key(one.label(f.label)): f.name for one in texts for f in register.fields}
    codes = {plain_key(code): code for code in ("id", "version", *_names(register.fields))}
    return named | own | codes


def _names(fields: Sequence[RegisterField]) -> list[str]:
    return [one.name for one in fields]


def _filled(table: RawTable, lines: Lines) -> Lines:
    """The lines that are not blank; those of a CSV without their apostrophes."""
    clean = meant if table.sheet is None else str
    found = ((line, [clean(printable(cell)) for cell in cells]) for line, cells in lines)
    return [(line, cells) for line, cells in found if any(cell.strip() for cell in cells)]
