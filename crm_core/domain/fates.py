"""What became of a source line: exactly one of five."""

from enum import StrEnum


class Fate(StrEnum):
    """The fate of one line after the header; each line has exactly one."""

    LOADED = "loaded"
    UPDATED = "updated"
    MERGED = "merged"
    QUARANTINED = "quarantined"
    SKIPPED = "skipped"
