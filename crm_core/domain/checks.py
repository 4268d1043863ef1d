"""Cross-checks: queries that find loose ends in the registers."""

from typing import Literal

from crm_core.domain.described import Described
from crm_core.domain.entities import Label


class Check(Described):
    """A query that gives a row for each loose end.

    Columns: `id` of the row that it leads to, and `register` where that is not always the same one;
    all others are facts that `says` names. Parameter: $today. Beside the registers it reads `link`,
    which is programme.link worked out once for all checks.
    """

    severity: Literal["high", "medium", "low"]
    says: Label
    """One finding in a sentence."""
    why: Label
    """Why that matters."""
    advice: Label
    """What to do about it."""
    of: str | None = None
    """The register of the rows; None: the query names it."""
