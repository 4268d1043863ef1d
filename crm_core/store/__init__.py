"""The one door to DuckDB: open, migrate, read, write with audit."""

from crm_core.store.change import Change, history_of
from crm_core.store.database import CATALOG, Store
from crm_core.store.rows import as_dicts, state_at, versions

__all__ = ["CATALOG", "Change", "Store", "as_dicts", "history_of", "state_at", "versions"]
