"""A company with duplicates, a template for it, and runs into folders of their own."""

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.services import imports, merging, stores
from crm_core.services.merging import Decision
from crm_core.services.migration import run, template
from crm_core.services.migration.run import Done
from crm_core.store import Store

CUSTOMERS = """Customer ID,Customer Name,Segment,City,Phone,Tax ID,Parent Account,Revenue,Currency
C-001,Acme Ltd,Retail,Rome,,11,,1000.50,EUR
C-002,Milano Foods,,Oslo,+39 06 1234567,11,,,
C-003,Acme Verona,Medical,,,,C-002,,
C-004,Bolt,Finance,Bonn,,22,,20,USD
"""
CONTACTS = """Contact ID,Customer ID,Contact Name,Email,Job Title
P-1,C-001,Ann Lee,ann@acme.it,Buyer
P-2,C-002,Bob Ray,bob@acme.it,
P-3,C-999,Cy Dee,cy@nowhere.it,
"""
DEALS = """Opportunity ID,Opportunity Name,Customer ID,Lead ID,Stage,Amount,Currency,Close Date
O-001,First,C-001,,Won,100.10,EUR,2024-03-01
O-002,Second,C-002,,Won,20,EUR,2024-03-02
O-003,Third,C-003,L-9,Lost,3,EUR,2024-03-03
O-004,=1+1,C-004,,Won,5000,USD,2024-03-04
"""
FILES = {"customers": CUSTOMERS, "contacts": CONTACTS, "opportunities": DEALS}
TARGET = """
name: Small
tables:
  - name: Account
    entity: customer
    columns:
      - {name: Id, id: true}
      - {name: Name, from: name, required: true}
      - {name: Parent, from: parent_id, reference: Account, dangling: blank}
      - {name: City, from: city}
      - {name: Revenue, from: annual_revenue, type: decimal, scale: 2}
  - name: Contact
    entity: contact
    columns:
      - {name: Id, id: true}
      - {name: Account, from: customer_id, reference: Account, required: true}
      - {name: Name, from: name}
  - name: Deal
    entity: opportunity
    columns:
      - {name: Id, id: true}
      - {name: Account, from: customer_id, reference: Account, required: true}
      - {name: Name, from: name}
      - {name: Amount, from: amount, type: decimal, scale: 2}
"""
Same = Callable[..., int]
Run = Callable[..., Done]


def load(store: Store, folder: Path, **files: str) -> None:
    folder.mkdir(exist_ok=True)
    paths = []
    for name, text in files.items():
        paths.append(folder / f"{name}.csv")
        paths[-1].write_text(text, encoding="utf-8")
    with imports.prepare(store, LOCAL, paths) as upload:
        result = imports.load(store, LOCAL, upload)
    assert not [file.problem for file in result.files if file.problem]
    assert sum(file.quarantined for file in result.files) == 0


@pytest.fixture(scope="session")
def loaded_company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed store with all three files loaded."""
    folder = tmp_path_factory.mktemp("company")
    store = stores.open_store(folder / "crm.duckdb")
    load(store, folder / "in", **FILES)
    store.close()
    return folder / "crm.duckdb"


@pytest.fixture
def company(loaded_company: Path, tmp_path: Path) -> Iterator[Store]:
    """The store with all three files loaded, for one test."""
    path = tmp_path / "store" / "crm.duckdb"
    path.parent.mkdir()
    shutil.copy(loaded_company, path)
    shutil.copytree(f"{loaded_company}.files", f"{path}.files")
    store = stores.open_store(path)
    yield store
    store.close()


@pytest.fixture
def same(company: Store) -> Same:
    """Merge two customers, the second into the first where both are filled alike."""

    def merge(left: str, right: str) -> int:
        with company.read() as cursor:
            rows = [
                cursor.execute(
                    "SELECT row_id FROM crm.customer WHERE customer_id = ? AND origin = 'own'",
                    [key],
                ).fetchall()[0][0]
                for key in (left, right)
            ]
        merging.decide(company, LOCAL, "customer", [Decision(*rows, "same", {})])
        return merging.apply(company, LOCAL, "customer")

    return merge


@pytest.fixture
def migrate(company: Store, tmp_path: Path) -> Run:
    """Make a run of TARGET, or of another template, into out/<name>."""

    def make(name: str, text: str = TARGET, **how: Any) -> Done:
        read = template.read(text.encode(), "small.yaml")
        return run.run(company, LOCAL, read, tmp_path / "out" / name, **how)

    return make


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))
