"""Loads made again and taken back in any order: as if it had been so at once, or refused and
untouched."""

import csv
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from crm_core.domain.actor import LOCAL
from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.problems import Refused
from crm_core.domain.steps import DropLines
from crm_core.reference import entities
from crm_core.services import imports, stores
from crm_core.services.imports import steps
from crm_core.services.imports.replay import opened, replay

EXAMPLES = int(os.environ.get("CRM_UNDO", "2"))
HEADERS = {
    "customer": ["Customer ID", "Customer Name", "City", "Website"],
    "opportunity": ["Opportunity ID", "Customer ID", "Stage", "Amount"],
}
FIELDS = {
    "customer": ["customer_id", "name", "city", "website"],
    "opportunity": ["opportunity_id", "customer_id", "stage", "amount"],
}
IDS = {"customer": "C-00", "opportunity": "OP-00"}
UNREADABLE = "soon"
"""As an amount; its line is set aside."""
CELLS = {
    "customer": [["Acme", "Bolt"], ["", "Rome", "Oslo"], ["", "a.com", "b.com"]],
    "opportunity": [["C-001", "C-002", "C-009"], ["", "Won", "Lost"], ["", "10", "20", UNREADABLE]],
}
Rows = list[list[str]]
Known = dict[str, dict[str, str]]


def rows_of(entity: str) -> st.SearchStrategy[Rows]:
    """Lines of a file, of one record each or of one several times; one may lack its key."""
    key = st.sampled_from(["1", "2", "3", "4"]).map(IDS[entity].__add__)
    row = st.tuples(key | st.just(""), *map(st.sampled_from, CELLS[entity])).map(list)
    return st.lists(row, min_size=1, max_size=5).filter(lambda rows: any(row[0] for row in rows))


class Undoing(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.store = stores.open_store(self.folder / "store" / "crm.duckdb")
        self.loads: dict[int, tuple[str, Rows]] = {}
        self.replaced: dict[int, tuple[int, tuple[str, Rows]]] = {}
        """Load -> the one that it has taken the place of."""
        self.start = self.everything()

    def everything(self) -> dict[str, list[Any]]:
        """All rows in force and what waits, without the number of the change that wrote them."""
        with self.store.read() as cursor:
            found = {
                name: cursor.execute(
                    f"SELECT * EXCLUDE (change_id) FROM crm.{name} ORDER BY row_key"
                ).fetchall()
                for name in entities()
            }
            waiting = "SELECT quarantine_id FROM crm.quarantine WHERE status = 'open' ORDER BY 1"
            return {**found, "waiting": cursor.execute(waiting).fetchall()}

    def told(self, entity: str) -> Known:
        """The entity's own rows as the store has them: by key, the fields that are filled."""
        fields = ", ".join(FIELDS[entity])
        with self.store.read() as cursor:
            rows = cursor.execute(
                f"SELECT {fields} FROM crm.{entity} WHERE origin = 'own'"
            ).fetchall()
        return {row[0]: said(entity, list(row)) for row in rows}

    def expected(self, entity: str) -> Known:
        """The same as the loads that stand tell it, one after the other."""
        known: Known = {}
        for _, (kind, rows) in sorted(self.loads.items()):
            for row in rows:
                if kind == entity and row[0] and UNREADABLE not in row:
                    known.setdefault(row[0], {}).update(said(entity, row))
        return known

    def waiting(self) -> set[str]:
        """Keys of the lines that wait."""
        with self.store.read() as cursor:
            rows = cursor.execute(
                "SELECT row_key FROM crm.quarantine WHERE status = 'open' AND row_key IS NOT NULL"
            ).fetchall()
        return {row[0] for row in rows}

    def newest(self) -> dict[str, bool]:
        """Key -> whether its lines in the load that told of it last cannot be read.

        Left out: a key with lines of both kinds there, or with one that had come before, as all
        those of a load made again have, and may have been seen to then.
        """
        found: dict[str, bool] = {}
        before: Rows = []
        for batch, (_, rows) in sorted(self.loads.items()):
            seen = rows if batch in self.replaced else before
            for key in {row[0] for row in rows} - {""}:
                told = [row for row in rows if row[0] == key]
                broken = {UNREADABLE in row for row in told}
                found.pop(key, None)
                if len(broken) == 1 and not any(row in seen for row in told):
                    found[key] = broken.pop()
            before += rows
        return found

    def check(self) -> None:
        for entity in HEADERS:
            assert self.told(entity) == self.expected(entity)
        waiting = self.waiting()
        for key, broken in self.newest().items():
            assert (key in waiting) == broken, (key, broken)

    @rule(data=st.data(), entity=st.sampled_from(list(HEADERS)))
    def load(self, data: st.DataObject, entity: str) -> None:
        rows = data.draw(rows_of(entity))
        path = self.folder / f"{entity}.csv"
        with path.open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([HEADERS[entity], *rows])
        with imports.prepare(self.store, LOCAL, [path], recipe=[plan_of(entity)]) as upload:
            found = imports.load(self.store, LOCAL, upload)
        assert found.batch is not None
        assert found.files[0].rows_read == len(rows)
        self.loads[found.batch] = (entity, rows)
        self.check()

    @precondition(lambda self: self.loads)
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        batch = data.draw(st.sampled_from(list(self.loads)))
        with self.unless_built_upon(batch):
            imports.undo(self.store, LOCAL, batch)
            self.take_away(batch)
            self.check()

    @precondition(lambda self: self.loads)
    @rule(data=st.data(), key=st.sampled_from(["1", "2", "3", "4"]))
    def make_again(self, data: st.DataObject, key: str) -> None:
        """Without the lines of a key."""
        batch = data.draw(st.sampled_from(list(self.loads)))
        entity, rows = self.loads[batch]
        gone = IDS[entity] + key
        with self.unless_built_upon(batch), opened(self.store, LOCAL, batch) as upload:
            steps.add(upload.tables[0], DropLines(column=HEADERS[entity][0], values=(gone,)))
            made = replay(self.store, LOCAL, batch, upload).batch
            assert made is not None
            self.replaced[made] = batch, self.loads.pop(batch)
            self.loads[made] = entity, [row for row in rows if row[0] != gone]
            self.check()

    @contextmanager
    def unless_built_upon(self, batch: int) -> Iterator[None]:
        before = self.everything()
        try:
            yield
        except Refused as refused:
            assert refused.problem.code == "batch_built_upon"
            later = {int(name) for name in str(refused.problem.params["later"]).split(", ")}
            assert later <= {other for other in self.loads if other > batch}
            assert self.everything() == before

    def take_away(self, batch: int) -> None:
        del self.loads[batch]
        if batch in self.replaced:
            earlier, told = self.replaced.pop(batch)
            self.loads[earlier] = told

    def teardown(self) -> None:
        try:
            while self.loads:
                batch = max(self.loads)
                imports.undo(self.store, LOCAL, batch)
                self.take_away(batch)
                self.check()
            assert self.everything() == self.start
        finally:
            self.store.close()
            shutil.rmtree(self.folder)


def plan_of(entity: str) -> TablePlan:
    """What a person has said once that such a file is, so that few lines need not tell it."""
    columns = [
        ColumnPlan(index=index, header=header, field=field, confidence=1.0)
        for index, (header, field) in enumerate(zip(HEADERS[entity], FIELDS[entity], strict=True))
    ]
    return TablePlan(file="", entity=entity, confidence=1.0, columns=columns)


def said(entity: str, row: list[Any]) -> dict[str, str]:
    texts = {name: str(cell or "") for name, cell in zip(FIELDS[entity], row, strict=True)}
    return {name: text.removesuffix(".0000000000") for name, text in texts.items() if text}


Undoing.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes many loads
    suppress_health_check=list(HealthCheck),
)


class TestLoadsAreTakenBackInAnySafeOrder(Undoing.TestCase):  # type: ignore[name-defined,misc]
    pass
