"""A column of phone numbers in E.164, each read as one of its record's country."""

from collections import Counter
from dataclasses import dataclass

from crm_core.domain.plan import ColumnPlan
from crm_core.pipeline.lines import quoted
from crm_core.pipeline.mending import Doubt, Mended, Mender, is_blank
from crm_core.pipeline.standardise import countries, phones
from crm_core.pipeline.standardise.standard import Standard
from crm_core.pipeline.vocabulary import ValueMap

_SAMPLED = 1_000
_SHARE = 0.2
"""So many numbers of a column must have a country code before theirs stands for the others'."""


@dataclass(frozen=True)
class PhoneColumn:
    """`nation` is the column with the country of each record, if there is one."""

    mender: Mender
    nation: ColumnPlan | None
    chinese: bool
    """Whether the headers are: then the home is China."""

    def mended(self) -> Mended:
        """Only what is more than notation is a repair: every number changes its notation."""
        home = self._majority() or ("CN" if self.chinese else None)
        quick = self._quick(home)
        lines, found = self._looked_up(quick, home)
        changed = {key: one.value for key, one in found.items() if one.value != key[0]}
        repairs = {
            raw: (clean, lines[raw])
            for (raw, _), clean in changed.items()
            if not phones.is_notation(raw)
        }
        left = tuple(
            Doubt(raw, one.code, (self.nation.index, said) if self.nation else None)
            for (raw, said), one in found.items()
            if one.code
        )
        cell, table = self.mender.cell, self._by_country(changed)
        looked = f"{table.name}.by_country[{self._country}], " if table else ""
        return Mended(
            f"coalesce({quick}, {looked}{cell})", (table,) if table else (), repairs, left
        )

    @property
    def _country(self) -> str:
        """SQL: the country that the record's own column names, as written, or ''."""
        return f"coalesce(c{self.nation.index}, '')" if self.nation else "''"

    def _quick(self, home: str | None) -> str:
        cell = self.mender.cell
        kept = ", ".join(quoted(raw) for raw in sorted(self.mender.kept))
        read = phones.Quick(cell, self._is(("CN",), home), self._is(("US", "CA"), home)).sql
        return f"CASE WHEN {cell} NOT IN ({kept}) THEN {read} END" if kept else read

    def _is(self, codes: tuple[str, ...], home: str | None) -> str:
        """SQL: whether a number without code belongs to one of these countries."""
        said = [""] if not self.nation else [*self._countries(), ""]
        words = [raw for raw in said if (countries.code(raw) if raw else home) in codes]
        return f"{self._country} IN ({', '.join(map(quoted, words))})" if words else "false"

    def _countries(self) -> list[str]:
        assert self.nation
        index, name = self.nation.index, self.mender.cells.name
        read = f"SELECT DISTINCT c{index} FROM {name} WHERE c{index} IS NOT NULL ORDER BY ALL"
        return [row[0] for row in self.mender.cursor.execute(read).fetchall()]

    def _looked_up(
        self, quick: str, home: str | None
    ) -> tuple[dict[str, int], dict[tuple[str, str], Standard]]:
        """The lines of every odd cell; and each with its record's country -> its number."""
        cell = self.mender.cell
        rows = self.mender.cursor.execute(
            f"SELECT {cell}, {self._country}, count(*) FROM {self.mender.cells.name}"
            f" WHERE {cell} IS NOT NULL AND ({quick}) IS NULL GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        lines: Counter[str] = Counter()
        found = {}
        for raw, said, count in rows:
            lines[raw] += count
            if not is_blank(raw) and raw not in self.mender.kept:
                found[raw, said] = phones.phone(raw, countries.code(said) if said else home)
        return lines, found

    def _majority(self) -> str | None:
        """The country of most numbers with a code, where there are enough of them."""
        cell, name = self.mender.cell, self.mender.cells.name
        row = self.mender.cursor.execute(
            f"SELECT count(*) FILTER (starts_with({cell}, '+')), count({cell}) FROM {name}"
        ).fetchone()
        if row is None or row[0] == 0 or row[0] < _SHARE * row[1]:
            return None
        sample = self.mender.cursor.execute(
            f"SELECT {cell} FROM {name} WHERE starts_with({cell}, '+') ORDER BY line"
            f" LIMIT {_SAMPLED}"
        ).fetchall()
        votes = Counter(phones.country_of(number) for (number,) in sample)
        country, most = votes.most_common(1)[0]
        return country if 2 * most > len(sample) else None

    def _by_country(self, changed: dict[tuple[str, str], str]) -> ValueMap | None:
        """The map of cells to their numbers, for each country that stands beside them."""
        if not changed:
            return None
        index = self.mender.column.index
        name = f"{self.mender.cells.name}_{index}"
        self.mender.cursor.execute(
            f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT raw,"
            " map_from_entries(list({'k': said, 'v': clean})) AS by_country FROM ("
            " SELECT unnest($raw::VARCHAR[]) AS raw, unnest($said::VARCHAR[]) AS said,"
            " unnest($clean::VARCHAR[]) AS clean) GROUP BY raw",
            {
                "raw": [raw for raw, _ in changed],
                "said": [said for _, said in changed],
                "clean": [*changed.values()],
            },
        )
        return ValueMap(name, index)
