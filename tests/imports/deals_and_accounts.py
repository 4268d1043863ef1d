"""Three deals of two accounts, and what the store holds of them."""

from typing import Any

from crm_core.store import Store

DEALS = """Opportunity ID,Account Name,Stage,Amount,Close Date,Created Date
001,Alder,Closed Won,100.50,2024-03-01,2024-01-05
002,Birch,Closed Lost,200,2024-03-02,2024-01-06
003,Alder,Prospecting,,,2024-01-07
"""
ACCOUNTS = "Account Name,Industry,Billing City\nAlder,Retail,York\nBirch,Medical,Leeds\n"


def rows(store: Store, sql: str) -> list[Any]:
    with store.read() as cursor:
        return cursor.execute(sql).fetchall()


def everything(store: Store) -> dict[str, list[Any]]:
    """The business content of the store, whatever numbers its rows have."""
    return {
        "customers": rows(
            store, "SELECT row_key, name, segment, city FROM crm.customer ORDER BY 1"
        ),
        "deals": rows(
            store,
            "SELECT opportunity_id, customer_id, outcome, amount, closed_at"
            " FROM crm.opportunity ORDER BY 1",
        ),
    }
