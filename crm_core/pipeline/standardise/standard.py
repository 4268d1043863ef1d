"""What a standardiser answers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Standard:
    """A value in its usual writing; where there is none it is as written, with a code."""

    value: str
    code: str | None = None
    """What is wrong with it, such as phone_invalid; None: nothing."""
    suggestion: str | None = None
    """What it may have been meant to be; never applied by itself."""
