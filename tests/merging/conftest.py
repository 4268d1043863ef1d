"""A store with a few customers, deals and leads, and words to merge them with."""

from collections.abc import Callable

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import merging
from crm_core.services.merging import Decision
from crm_core.store import Store

CUSTOMERS = """Customer ID,Customer Name,Segment,City,Phone,Tax ID
C-001,Acme Ltd,Retail,Rome,,11
C-002,ACME Trading Limited,,Oslo,+39 06 1234567,11
C-003,Acme,Medical,,,
C-004,Bolt,Finance,Bonn,,22
"""
DEALS = """Opportunity ID,Customer ID,Stage,Amount,Close Date
O-001,C-001,Won,100,2024-03-01
O-002,C-002,Won,20,2024-03-02
O-003,C-003,Won,3,2024-03-03
O-004,C-004,Won,5000,2024-03-04
"""
LEADS = """Lead ID,Lead Name,Company,Segment,Email,Region
L-001,Ann Lee,Acme,Retail,ann@acme.it,
L-002,Ann Lee,Acme Ltd,,ann@acme.it,North
L-003,Bob Ray,Bolt,Finance,bob@bolt.de,South
"""


@pytest.fixture
def company(store_of: Callable[..., Store]) -> Store:
    """The store with all three files loaded, which lie beside it."""
    return store_of(customers=CUSTOMERS, opportunities=DEALS, leads=LEADS)


@pytest.fixture
def row(company: Store) -> Callable[[str], int]:
    """The id of the row with this key (`C-001` …)."""

    def find(key: str) -> int:
        table = "lead" if key.startswith("L") else "customer"
        with company.read() as cursor:
            found = cursor.execute(
                f"SELECT row_id FROM crm.{table} WHERE {table}_id = ? AND origin = 'own'", [key]
            ).fetchone()
        assert found
        return int(found[0])

    return find


@pytest.fixture
def same(company: Store, row: Callable[[str], int]) -> Callable[..., int]:
    """Decide that two records are one, and merge them."""

    def merge(left: str, right: str, **chosen: str) -> int:
        entity = "lead" if left.startswith("L") else "customer"
        picked = {name: row(key) for name, key in chosen.items()}
        decision = Decision(row(left), row(right), "same", picked)
        merging.decide(company, LOCAL, entity, [decision])
        return merging.apply(company, LOCAL, entity)

    return merge
