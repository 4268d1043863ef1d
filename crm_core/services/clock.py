"""The present moment."""

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""The present moment, UTC without a zone."""


def utc_now() -> datetime:
    """The present moment, UTC without a zone, as the store keeps moments."""
    return datetime.now(UTC).replace(tzinfo=None)
