"""Merges among loads that come and go: no record changes, and taken apart all is as it was."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from test_undo_in_any_order import Undoing

from crm_core.domain.actor import LOCAL
from crm_core.services import merging
from crm_core.services.merging import Decision, Pair, survivorship
from crm_core.services.merging.survivorship import Survivorship

EXAMPLES = int(os.environ.get("CRM_MERGES", "2"))


class Merging(Undoing):
    def ids(self) -> list[int]:
        with self.store.read() as cursor:
            rows = cursor.execute("SELECT row_id FROM crm.customer ORDER BY row_id").fetchall()
        return [row[0] for row in rows]

    def customers(self) -> list[tuple[object, ...]]:
        """Customers as figures show them: which rows are one, and what wins."""
        with self.store.read() as cursor:
            return cursor.execute(
                "SELECT * EXCLUDE (key) FROM mart.customer ORDER BY ALL"
            ).fetchall()

    def merges(self) -> list[int]:
        return [one["merge_id"] for one in merging.merges(self.store, LOCAL, "customer")]

    @precondition(lambda self: len(self.ids()) > 1)
    @rule(data=st.data(), by_rule=st.booleans())
    def merge(self, data: st.DataObject, *, by_rule: bool) -> None:
        ids = st.sampled_from(self.ids())
        pairs = data.draw(st.lists(st.tuples(ids, ids), min_size=1, max_size=3))
        before, count = self.everything(), len(self.customers())
        if by_rule:
            found = [Pair(left, right, 0.9) for left, right in pairs]
            merged = merging.by_rule(self.store, LOCAL, "customer", found)
        else:
            said = [Decision(left, right, "same", {"city": right}) for left, right in pairs]
            merging.decide(self.store, LOCAL, "customer", said)
            merged = merging.apply(self.store, LOCAL, "customer")
        assert self.everything() == before
        assert len(self.customers()) == count - merged

    @precondition(lambda self: self.merges())
    @rule(data=st.data())
    def unmerge(self, data: st.DataObject) -> None:
        before = self.everything()
        merging.unmerge(self.store, LOCAL, [data.draw(st.sampled_from(self.merges()))])
        assert self.everything() == before

    @rule(of_city=st.sampled_from(survivorship.RULES))
    def another_rule(self, of_city: str) -> None:
        survivorship.choose(self.store, LOCAL, Survivorship({"customer": {"city": of_city}}))

    def teardown(self) -> None:
        before = self.everything()
        if merges := self.merges():
            merging.unmerge(self.store, LOCAL, merges)
        assert self.everything() == before
        with self.store.read() as cursor:
            apart = cursor.execute("SELECT count(*) FROM mart.member").fetchone()
        assert apart == (0,)
        super().teardown()


Merging.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=12,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to shrink takes many loads
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.long
class TestMergesAmongLoadsChangeNoRecord(Merging.TestCase):  # type: ignore[name-defined,misc]
    pass
