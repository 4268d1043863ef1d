"""Settings and the audit trail."""
