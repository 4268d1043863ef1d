"""Columns of text in one writing: quick SQL for usual cells, a map for the distinct odd ones."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import duckdb

from crm_core.domain.plan import ColumnPlan
from crm_core.pipeline.cells import Cells
from crm_core.pipeline.company_column import clean_names
from crm_core.pipeline.lines import quoted
from crm_core.pipeline.rivals import rivals
from crm_core.pipeline.standardise import countries, emails, places, texts
from crm_core.pipeline.standardise.names import names
from crm_core.pipeline.standardise.stages import stages
from crm_core.pipeline.standardise.standard import Standard
from crm_core.pipeline.standardise.words import words
from crm_core.pipeline.vocabulary import ValueMap, distinct, keep_map
from crm_core.reference import lost_values, placeholders, plain_key, written_placeholders
from crm_core.reference.places import Level
from crm_core.reference.scripts import simple, simplified, traditional

Cursor = duckdb.DuckDBPyConnection
_FEW = 5_000
"""So many different texts are looked at one by one."""
_SURNAMES = {"Null", "Nan", "Na", "Nil", "Blank"}
_AMERICA = "NA"
_SHORT_ID = re.compile("[A-Za-z]{2,3}")
Repairs = dict[str, tuple[str, int]]
"""Raw value -> clean value and the lines that hold it."""


@dataclass(frozen=True)
class Doubt:
    """A value that could not be read: it stays as written."""

    raw: str
    code: str
    beside: tuple[int, str] | None = None
    """Index and cell ("" for a blank one) of another column, where only beside it that is so."""


@dataclass(frozen=True)
class Mended:
    """The SQL of a column's clean value over the joined maps, and what was done."""

    sql: str
    joins: tuple[ValueMap, ...] = ()
    repairs: Repairs = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Mender:
    """Mends one column; the raw values in `kept` stay as they are."""

    cursor: Cursor
    cells: Cells
    column: ColumnPlan
    kept: frozenset[str]

    @property
    def cell(self) -> str:
        """The trimmed cell."""
        return f"c{self.column.index}"

    def text(self, *, one_line: bool) -> Mended:
        """Width, invisible characters and spaces; characters that are of another script than
        the rest of their text."""
        lines = self._odd(f"regexp_matches({self.cell}, {quoted(texts.ODD)})")
        tidy = texts.one_line if one_line else texts.tidy
        mixed = self._mixed()
        plain = dict(zip(mixed, simplified(mixed), strict=True))
        return self._mapped(
            {raw: tidy(plain.get(raw, raw)) for raw in lines | mixed}, lines | mixed
        )

    def words(self) -> Mended:
        """Texts of which few serve the column, in their usual spelling; many are texts."""
        return self._spelled(words)

    def stages(self) -> Mended:
        """Sales stages, of which few serve the column."""
        return self._spelled(stages)

    def names(self, entity: str | None, *, people: bool) -> Mended:
        """Names of people or things; `entity`: whose known names decide."""
        found = rivals(self.cursor, self.cells, self.column.index, entity)
        clean = names(found.lines, found.known, people=people, together=found.together)
        return self._mapped(clean, found.lines)

    def companies(self, entity: str | None) -> Mended:
        """Names of companies; `entity`: whose known names decide."""
        found = rivals(self.cursor, self.cells, self.column.index, entity)
        return self._mapped(*clean_names(self.cursor, found))

    def places(self, level: Level) -> Mended:
        """Provinces, states and cities in the column's own style."""
        lines = distinct(self.cursor, self.cells, self.column.index)
        return self._mapped(places.same_style(lines, level), lines)

    def countries(self, chinese: bool) -> Mended:
        """Countries by their names in one language. `chinese`: whether the headers are."""
        lines = distinct(self.cursor, self.cells, self.column.index)
        said = {raw: count for raw, count in lines.items() if not is_blank(raw)}
        clean = countries.same_language(said, chinese)
        unknown = (raw for raw, name in clean.items() if countries.code(name) is None)
        doubts = tuple(Doubt(raw, "country_unknown") for raw in unknown)
        return replace(self._mapped(clean, said), doubts=doubts)

    def emails(self) -> Mended:
        """Addresses in small letters."""
        lines = self._odd(f"NOT {emails.usual(self.cell)}")
        found = {raw: emails.email(raw) for raw in lines if not is_blank(raw)}
        # What stays as it is must be in the map too: the others are put in small letters.
        clean = {raw: found[raw].value if raw in found else raw for raw in lines}
        clean |= {raw: raw for raw in self.kept}
        if not clean:
            return Mended(f"lower({self.cell})")
        index = self.column.index
        words = keep_map(self.cursor, self.cells, index, [*clean], [*clean.values()], "VARCHAR")
        repairs = {raw: (to, lines[raw]) for raw, to in clean.items() if to.lower() != raw.lower()}
        sql = f"coalesce({words.name}.clean, lower({self.cell}))"
        return Mended(sql, (words,), repairs, doubts(found))

    def blanks(
        self, *, people: bool = False, regions: bool = False, ids: bool = False
    ) -> list[str]:
        """The values that say that nothing was entered; not those that say that one is lost,
        except where `ids` should be.

        Of `people` Null and Nan may be the names; among codes of `regions` NA is North America;
        among `ids` a short word that stands once may be one.
        """
        words = written_placeholders() if ids else written_placeholders() - lost_values()
        listed = ", ".join(map(quoted, sorted(words)))
        lines = self._odd(f"lower({self.cell}) IN ({listed})")
        found = set(lines) - self.kept
        if ids:
            found -= {raw for raw in found if lines[raw] == 1 and _SHORT_ID.fullmatch(raw)}
        if people:
            found -= _SURNAMES
        if regions and _AMERICA in found:
            codes = self._odd(f"regexp_full_match({self.cell}, '[A-Z]{{2,5}}')")
            found -= {_AMERICA} if len(codes) > 1 else set()
        return sorted(found)

    def _spelled(self, spell: Callable[[Mapping[str, int]], dict[str, str]]) -> Mended:
        lines = self._few()
        return self.text(one_line=False) if lines is None else self._mapped(spell(lines), lines)

    def _few(self) -> dict[str, int] | None:
        """The column's values with their lines, where there are few of them."""
        count = self.cursor.execute(
            f"SELECT approx_count_distinct({self.cell}) FROM {self.cells.name}"
        ).fetchone()
        few = count is not None and count[0] <= _FEW
        return distinct(self.cursor, self.cells, self.column.index) if few else None

    def _mixed(self) -> dict[str, int]:
        """The values of both scripts with their lines, where most of the column is simplified."""
        both = [f"regexp_matches({self.cell}, {quoted(of())})" for of in (traditional, simple)]
        wide = f"strlen({self.cell}) > length({self.cell})"
        mixed = self._odd(f"CASE WHEN {wide} THEN {both[0]} AND {both[1]} END")
        if not mixed:
            return {}
        counts = ", ".join(f"count_if({one})" for one in both)
        hard, plain = self.cursor.execute(f"SELECT {counts} FROM {self.cells.name}").fetchall()[0]
        return mixed if plain > hard else {}

    def _odd(self, condition: str) -> dict[str, int]:
        """The values that meet an SQL condition, with their lines."""
        rows = self.cursor.execute(
            f"SELECT {self.cell}, count(*) FROM {self.cells.name}"
            f" WHERE {self.cell} IS NOT NULL AND {condition} GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        return dict(rows)

    def _mapped(self, clean: Mapping[str, str], lines: Mapping[str, int]) -> Mended:
        """The cell, or what it was changed to."""
        changed = {
            raw: to for raw, to in clean.items() if to and to != raw and raw not in self.kept
        }
        if not changed:
            return Mended(self.cell)
        index = self.column.index
        found: list[object] = [*changed.values()]
        words = keep_map(self.cursor, self.cells, index, [*changed], found, "VARCHAR")
        repairs = {raw: (to, lines[raw]) for raw, to in changed.items()}
        return Mended(f"coalesce({words.name}.clean, {self.cell})", (words,), repairs)


def is_blank(raw: str) -> bool:
    """Whether a cell says that nothing was entered."""
    return plain_key(raw) in placeholders()


def doubts(found: Mapping[str, Standard]) -> tuple[Doubt, ...]:
    """What the standardisers could not read."""
    return tuple(Doubt(raw, one.code) for raw, one in found.items() if one.code)
