"""What a standardiser answers."""

from dataclasses import dataclass

DOUBTS = (
    *("email_invalid", "email_several", "email_domain_slip"),
    *("phone_damaged", "phone_several", "phone_no_country", "phone_invalid"),
    *("country_unknown", "stage_unknown"),
)
"""What can be wrong with a value that stays as written."""


@dataclass(frozen=True)
class Standard:
    """A value in its usual writing; where there is none it is as written, with a code."""

    value: str
    code: str | None = None
    """What is wrong with it, one of DOUBTS; None: nothing."""
    suggestion: str | None = None
    """What it may have been meant to be; never applied by itself."""
