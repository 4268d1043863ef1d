"""Cross-checks: queries that find loose ends in the registers, and answers that cannot be true."""

from typing import Literal

from crm_core.domain.described import Described
from crm_core.domain.entities import Label

ASSESSMENT = "assessment"
"""What a check is of that holds answers against the rest of the store."""


class Check(Described):
    """A query that gives a row for each loose end.

    Columns: `id` of the row that it leads to, and `register` where that is not always the same one;
    of an assessment its `id` and the `item` that was answered; all others are facts that `says`
    names, a struct of en and zh where they differ by language. Parameter: $today. It may read
    `link` and `claim`: programme.link and checklist.claim, worked out once for all checks.
    """

    severity: Literal["high", "medium", "low"]
    says: Label
    """One finding in a sentence."""
    why: Label
    """Why that matters."""
    advice: Label
    """What to do about it."""
    of: str | None = None
    """The register of the rows, or ASSESSMENT; None: the query names it."""
    against: str | None = None
    """Of an assessment: the address of the page that says otherwise, where one does."""
