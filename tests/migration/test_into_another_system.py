"""The proof: what is written loads into a schema that another hand wrote, with nothing refused."""

import csv
import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest

from crm_core import sample
from crm_core.domain.actor import LOCAL
from crm_core.services import imports, merging, stores
from crm_core.services.merging import Pair
from crm_core.services.migration import run, template
from crm_core.store import Store

# Written by hand from what such a system documents, not from the template.
SCHEMA = """
CREATE TABLE Account (
    External_Id__c TEXT NOT NULL PRIMARY KEY CHECK (length(External_Id__c) <= 40),
    Name TEXT NOT NULL CHECK (length(Name) BETWEEN 1 AND 255),
    Parent_External_Id__c TEXT REFERENCES Account (External_Id__c),
    AccountNumber TEXT CHECK (length(AccountNumber) <= 40),
    Industry_Segment__c TEXT CHECK (length(Industry_Segment__c) <= 80),
    Phone TEXT CHECK (length(Phone) <= 40),
    Website TEXT CHECK (length(Website) <= 255),
    BillingStreet TEXT CHECK (length(BillingStreet) <= 255),
    BillingCity TEXT CHECK (length(BillingCity) <= 40),
    BillingState TEXT CHECK (length(BillingState) <= 80),
    BillingPostalCode TEXT CHECK (length(BillingPostalCode) <= 20),
    BillingCountry TEXT CHECK (length(BillingCountry) <= 80),
    NumberOfEmployees TEXT CHECK (NumberOfEmployees NOT GLOB '*[^0-9]*'),
    AnnualRevenue TEXT CHECK (AnnualRevenue GLOB '*.[0-9][0-9]'),
    CurrencyIsoCode TEXT CHECK (CurrencyIsoCode IN ('CNY', 'USD', 'EUR')),
    Owner_Email__c TEXT CHECK (Owner_Email__c LIKE '%_@_%')
);
CREATE TABLE Contact (
    External_Id__c TEXT NOT NULL PRIMARY KEY,
    Account_External_Id__c TEXT REFERENCES Account (External_Id__c),
    LastName TEXT NOT NULL CHECK (length(LastName) <= 80),
    Title TEXT, Email TEXT, Phone TEXT
);
CREATE TABLE Lead (
    External_Id__c TEXT NOT NULL PRIMARY KEY CHECK (length(External_Id__c) <= 40),
    LastName TEXT NOT NULL CHECK (length(LastName) <= 80),
    Company TEXT NOT NULL CHECK (length(Company) <= 255),
    Title TEXT, Email TEXT, Phone TEXT CHECK (length(Phone) <= 40),
    Status TEXT NOT NULL CHECK (Status IN ('Open - Not Contacted', 'Working - Contacted',
        'Closed - Converted', 'Closed - Not Converted')),
    Industry_Segment__c TEXT, LeadSource TEXT CHECK (length(LeadSource) <= 40), City TEXT,
    Created_At__c TEXT CHECK (Created_At__c IS NULL OR datetime(Created_At__c) IS NOT NULL),
    Owner_Email__c TEXT
);
CREATE TABLE Opportunity (
    External_Id__c TEXT NOT NULL PRIMARY KEY,
    Account_External_Id__c TEXT NOT NULL REFERENCES Account (External_Id__c),
    Name TEXT NOT NULL CHECK (length(Name) <= 120),
    StageName TEXT NOT NULL CHECK (StageName IN ('Prospecting', 'Closed Won', 'Closed Lost')),
    Stage_Before__c TEXT,
    Amount TEXT CHECK (Amount GLOB '*.[0-9][0-9]'),
    CurrencyIsoCode TEXT CHECK (CurrencyIsoCode IN ('CNY', 'USD', 'EUR')),
    Probability__c TEXT CHECK (CAST(Probability__c AS REAL) BETWEEN 0 AND 1),
    CloseDate TEXT CHECK (date(CloseDate) = CloseDate),
    Expected_Close__c TEXT CHECK (date(Expected_Close__c) = Expected_Close__c),
    Created_At__c TEXT CHECK (Created_At__c IS NULL OR datetime(Created_At__c) IS NOT NULL),
    Owner_Email__c TEXT
);
"""


def into_sqlite(folder: Path) -> sqlite3.Connection:
    """Load the numbered files in their order; whatever the schema refuses raises."""
    target = sqlite3.connect(":memory:")
    target.execute("PRAGMA foreign_keys = ON")
    target.executescript(SCHEMA)
    for path in sorted(folder.glob("[0-9][0-9]-*.csv")):
        table = path.stem[3:]
        with path.open(encoding="utf-8", newline="") as stream:
            heads, *lines = csv.reader(stream)
        holes = ", ".join("?" for _ in heads)
        target.executemany(
            f"INSERT INTO {table} ({', '.join(heads)}) VALUES ({holes})",
            [[cell or None for cell in line] for line in lines],
        )
    return target


@pytest.fixture(scope="module", params=["none", pytest.param("heavy", marks=pytest.mark.long)])
def company(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The sample company, clean and dirty, with a hundred customers merged into others."""
    folder = tmp_path_factory.mktemp("company")
    files = sample.write(folder / "in", scale=0.2, level=request.param)
    wanted = ("staff", "客户", "线索", "商机")
    paths = [path for path in files if path.stem in wanted]
    store = stores.open_store(folder / "crm.duckdb")
    request.addfinalizer(store.close)
    with imports.prepare(store, LOCAL, paths) as upload:
        imports.load(store, LOCAL, upload)
    with store.read() as cursor:
        ids = cursor.execute(
            "SELECT row_id FROM crm.customer WHERE origin = 'own' ORDER BY row_id LIMIT 200"
        ).fetchall()
    pairs = [Pair(one[0], other[0]) for one, other in zip(ids[::2], ids[1::2], strict=True)]
    assert merging.by_rule(store, LOCAL, "customer", pairs) > 90
    return store


def test_everything_loads_into_another_schema_and_the_totals_are_equal(
    company: Store, tmp_path: Path
) -> None:
    read = template.load(template.shipped()["salesforce"])
    done = run.run(company, LOCAL, read, tmp_path / "out")
    target = into_sqlite(done.folder)
    assert target.execute("PRAGMA foreign_key_check").fetchall() == []
    counts = {
        table["table"]: target.execute(f"SELECT count(*) FROM {table['table']}").fetchone()[0]
        for table in done.tables
    }
    assert counts == {table["table"]: table["rows"] for table in done.tables}
    rejected = {table["table"]: table["rejected"] for table in done.tables}
    with (done.folder / "rejects.csv").open(encoding="utf-8-sig", newline="") as stream:
        refused = [row["new_id"] for row in csv.DictReader(stream) if row["table"] == "Opportunity"]
    with company.read() as cursor:
        ((customers,),) = cursor.execute("SELECT count(*) FROM mart.customer").fetchall()
        ((deals,),) = cursor.execute("SELECT count(*) FROM crm.opportunity").fetchall()
        money = dict(
            cursor.execute(
                "SELECT currency, coalesce(sum(amount), 0) FROM crm.opportunity"
                " WHERE opportunity_id NOT IN (SELECT unnest(?::VARCHAR[])) GROUP BY currency",
                [refused],
            ).fetchall()
        )
    assert counts["Account"] + rejected["Account"] == customers
    assert counts["Opportunity"] + rejected["Opportunity"] == deals
    assert rejected["Opportunity"] == len(set(refused)) < deals / 20
    found: dict[str | None, Decimal] = {}
    for currency, amount in target.execute("SELECT CurrencyIsoCode, Amount FROM Opportunity"):
        found[currency] = found.get(currency, Decimal(0)) + Decimal(amount or 0)
    assert found == money


def test_deals_of_merged_customers_point_to_the_survivor(company: Store, tmp_path: Path) -> None:
    read = template.load(template.shipped()["salesforce"])
    target = into_sqlite(run.run(company, LOCAL, read, tmp_path / "out").folder)
    with company.read() as cursor:
        merged = cursor.execute(
            "SELECT o.opportunity_id, c.customer_id, s.customer_id FROM crm.merge AS m"
            " JOIN crm.customer AS c ON c.row_key = m.row_key"
            " JOIN crm.customer AS s ON s.row_key = m.into_key"
            " JOIN crm.opportunity AS o ON o.customer_id = c.customer_id"
        ).fetchall()
    assert merged
    for deal, gone, survivor in merged:
        found = target.execute(
            "SELECT Account_External_Id__c FROM Opportunity WHERE External_Id__c = ?", [deal]
        ).fetchall()
        assert found in ([(survivor,)], [])
        assert not target.execute(
            "SELECT 1 FROM Account WHERE External_Id__c = ?", [gone]
        ).fetchall()
