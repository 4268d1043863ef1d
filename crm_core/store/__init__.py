"""The one door to DuckDB: open, migrate, read, write with audit."""

from crm_core.store.change import Change
from crm_core.store.database import Store
from crm_core.store.rows import state_at, versions

__all__ = ["Change", "Store", "state_at", "versions"]
