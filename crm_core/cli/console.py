"""Where a command prints: results to one stream, messages to the other."""

import csv
import io
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import simplejson
from rich.console import Console as RichConsole
from rich.table import Table

from crm_core.domain.problems import Problem, Refused
from crm_core.i18n import Texts, mark

Write = Callable[[str], object]


@dataclass
class Console:
    """Prints results with `out` and messages with `say`, in one language and format."""

    texts: Texts
    write_out: Write = field(default=lambda text: sys.stdout.write(text))
    write_err: Write = field(default=lambda text: sys.stderr.write(text))
    format: str = "table"

    def say(self, sentence: str) -> None:
        """A message to the person, never part of the result."""
        self.write_err(sentence + "\n")

    def tell(self, problem: Problem, about: str = "") -> None:
        """One line: what was refused, or what was odd, and why."""
        sentence = self.texts.problem(problem).replace("\n", " ")
        if about:
            sentence = self.texts.text(mark("{name}: {reason}"), name=about, reason=sentence)
        self.say(sentence)

    def rows(self, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> None:
        """A result of rows, as a table, a JSON array of objects or CSV."""
        if self.format == "json":
            self.document([dict(row) for row in rows])
        elif self.format == "csv":
            self.write_out(_csv(rows, columns))
        else:
            self.write_out(_table(rows, columns))

    def document(self, value: Any) -> None:
        """A result as JSON, whatever the format."""
        self.write_out(to_json(value) + "\n")


def put(path: Path, content: bytes) -> None:
    """Write a file that a command makes. Refused("report_unwritten")."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise Refused("report_unwritten", path=str(path), reason=error.strerror) from error


def to_json(value: Any) -> str:
    """JSON with exact decimal numbers, without needless zeros, and ISO dates."""
    return simplejson.dumps(
        _plain(value), ensure_ascii=False, use_decimal=True, default=str, ignore_nan=True
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return shortest(value)
    return value.isoformat() if isinstance(value, date) else value


def shortest(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent."""
    return Decimal(f"{value.normalize():f}")


def _cell(value: Any) -> str:
    plain = _plain(value)
    return "" if plain is None else str(plain)


def _csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_cell(row[column]) for column in columns] for row in rows)
    return text.getvalue()


def _table(rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> str:
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        numeric = any(isinstance(row[column], int | float | Decimal) for row in rows)
        table.add_column(column, justify="right" if numeric else "left", no_wrap=True)
    for row in rows:
        table.add_row(*(_cell(row[column]) for column in columns))
    text = io.StringIO()
    # Cells are data: a sheet called [Orders] is no markup, and :id: no picture.
    console = RichConsole(file=text, width=4000, color_system=None, markup=False, emoji=False)
    console.print(table)
    return "\n".join(line.rstrip() for line in text.getvalue().splitlines()) + "\n"
