"""How far two applications hold the same customers and values: measured in what they exported."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.plan import TablePlan
from crm_core.pipeline.clean import LETTERS
from crm_core.pipeline.references import note_targets, referred
from crm_core.pipeline.segments import SegmentNames
from crm_core.pipeline.stage import Staged, stage
from crm_core.reference import entities
from crm_core.store import Store

ENTITY = "customer"
_FILES = f"""
SELECT a.id, a.title, f.file_id, f.archive, f.plan, f.rows_read
FROM (SELECT id, title, unnest(extracts) AS pattern FROM programme.application) AS a
JOIN crm.batch_file AS f ON lower(f.source_file) GLOB lower(trim(a.pattern))
JOIN crm.batch USING (batch_id)
WHERE undone_by IS NULL AND archive IS NOT NULL AND entity = '{ENTITY}'
ORDER BY f.file_id, a.id
"""
_SAID = """
CREATE OR REPLACE TEMP TABLE said (
    application VARCHAR, customer VARCHAR, field VARCHAR, value VARCHAR, file BIGINT, line BIGINT
)
"""
# What an application said last of a customer is what it holds. Two values are the same if they are
# so in their letters and figures: "Alder Ltd." and "ALDER LTD".
_HELD = f"""
CREATE OR REPLACE TEMP TABLE held AS
SELECT *, coalesce(nullif({LETTERS.format("value")}, ''), value) AS plain
FROM (
    SELECT application, customer, field, arg_max(value, (file, line)) AS value
    FROM said GROUP BY ALL
)
"""
_PAIRS = """
WITH known AS (SELECT DISTINCT application, customer FROM said),
size AS (SELECT application, count(*) AS customers FROM known GROUP BY ALL),
shared AS (
    SELECT one.application AS ours, other.application AS theirs, count(*) AS customers
    FROM known AS one JOIN known AS other USING (customer)
    GROUP BY ALL
)
SELECT a.application, b.application, a.customers, b.customers, coalesce(shared.customers, 0)
FROM size AS a JOIN size AS b ON a.application < b.application
LEFT JOIN shared ON ours = a.application AND theirs = b.application
"""
_FIELDS = """
WITH shared AS (
    SELECT one.application AS ours, other.application AS theirs, field,
        count(*) AS filled, count(*) FILTER (one.plain = other.plain) AS same
    FROM held AS one JOIN held AS other USING (customer, field)
    WHERE one.application < other.application
    GROUP BY ALL
),
worth AS (SELECT DISTINCT application, field, plain FROM held),
size AS (SELECT application, field, count(*) AS worths FROM worth GROUP BY ALL),
common AS (
    SELECT one.application AS ours, other.application AS theirs, field, count(*) AS common
    FROM worth AS one JOIN worth AS other USING (field, plain)
    WHERE one.application < other.application
    GROUP BY ALL
)
SELECT a.application, b.application, field, a.worths, b.worths,
    coalesce(common, 0), coalesce(filled, 0), coalesce(same, 0)
FROM size AS a JOIN size AS b USING (field)
LEFT JOIN common ON common.ours = a.application AND common.theirs = b.application
    AND common.field = a.field
LEFT JOIN shared ON shared.ours = a.application AND shared.theirs = b.application
    AND shared.field = a.field
WHERE a.application < b.application
"""


@dataclass(frozen=True)
class Extract:
    """A table that an application exported and that was loaded."""

    application: str
    title: str
    file_id: int
    archive: str
    plan: str
    rows: int


@dataclass(frozen=True)
class FieldOverlap:
    """A field that both applications export."""

    field: str
    values: tuple[int, int]
    """Different values that each holds."""
    common: int
    """Of these, those that both hold."""
    both: int
    """Customers of whom both say something."""
    same: int
    """Of these, those of whom both say the same."""

    @property
    def share(self) -> float:
        """Of the values of the one that holds fewer, those that the other holds too, 0 … 1."""
        return self.common / min(self.values)


@dataclass(frozen=True)
class Overlap:
    """Two applications, in the order of their ids."""

    applications: tuple[str, str]
    customers: tuple[int, int]
    both: int
    """Customers that both hold: known by one key or name, or merged."""
    fields: tuple[FieldOverlap, ...]
    """Those that share most values first."""


def extracts(store: Store, _actor: Actor) -> tuple[Extract, ...]:
    """The standing loads of customers whose file names the applications of the catalogue claim."""
    with store.read() as cursor:
        found = [Extract(*row) for row in cursor.execute(_FILES).fetchall()]
    return tuple(one for one in found if (store.files / one.archive).exists())


def overlaps(store: Store, _actor: Actor, given: tuple[Extract, ...]) -> tuple[Overlap, ...]:
    """Every two applications of these extracts that have customers in common or hold the same
    values, those that share most customers first.

    The lines are cleaned once more as their loads cleaned them, so that what is compared is what
    the application said and not what another one has filled in since.
    """
    with store.read() as cursor:
        _gather(cursor, store.files, given)
        fields = _fields(cursor)
        pairs = cursor.execute(_PAIRS).fetchall()
    found = [
        Overlap((one, other), (here, there), both, _ranked(fields[one, other]))
        for one, other, here, there, both in pairs
    ]
    return tuple(sorted((one for one in found if one.both or one.fields), key=lambda o: -o.both))


def _gather(cursor: duckdb.DuckDBPyConnection, files: Path, given: tuple[Extract, ...]) -> None:
    """The temporary tables `said` and `held`."""
    cursor.execute(_SAID)
    plans = [TablePlan.model_validate_json(one.plan) for one in given]
    names = SegmentNames.held(cursor)
    note_targets(cursor, referred(plans))
    for number, (one, plan) in enumerate(zip(given, plans, strict=True)):
        _note(cursor, stage(cursor, number, files / one.archive, plan, names), one)
    cursor.execute(_HELD)


def _fields(
    cursor: duckdb.DuckDBPyConnection,
) -> defaultdict[tuple[str, str], list[FieldOverlap]]:
    """Two applications -> the fields in which they have something in common."""
    found = defaultdict[tuple[str, str], list[FieldOverlap]](list)
    for one, other, field, here, there, common, both, same in cursor.execute(_FIELDS).fetchall():
        if common or both:
            found[one, other].append(FieldOverlap(field, (here, there), common, both, same))
    return found


def _note(cursor: duckdb.DuckDBPyConnection, staged: Staged, one: Extract) -> None:
    """Add what the lines of an extract say, each of the customer that it is a line of."""
    told = [f"{name}::VARCHAR AS {name}" for name in staged.fields if name != staged.spec.key]
    cursor.execute(
        f"""
        INSERT INTO said
        SELECT ?, key, field, value, {one.file_id}, line
        FROM (UNPIVOT (SELECT line, {", ".join(told)} FROM {staged.name})
            ON COLUMNS(* EXCLUDE line) INTO NAME field VALUE value)
        JOIN crm.line_fate AS fate USING (line)
        JOIN staging.identity(NULL) AS identity USING (row_id)
        WHERE fate.file_id = {one.file_id} AND entity = '{ENTITY}'
        """,
        [one.application],
    )


def _ranked(fields: Iterable[FieldOverlap]) -> tuple[FieldOverlap, ...]:
    """In the order of the entity's fields where they share alike."""
    order = [field.name for field in entities()[ENTITY].fields]
    return tuple(sorted(fields, key=lambda one: (-one.share, order.index(one.field))))
