"""Who acts. Every service that shows or changes something takes an Actor."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """The acting person, as written into the audit trail."""

    id: str
    name: str


LOCAL = Actor("local", "local")
"""The one person of an installation without sign-in."""
