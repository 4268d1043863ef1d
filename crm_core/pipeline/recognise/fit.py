"""Whether a column's cells can be what its header says: 1 fits, 0 cannot be, between: doubtful."""

from collections.abc import Callable

from crm_core.domain.entities import Kind
from crm_core.pipeline.recognise.profile import Profile

EMPTY = 0.92
"""A column without any value: nothing speaks against it, but a filled one is preferred."""
SOME = 0.2
"""So many written dates say that the counted days beside them are dates as well."""
SERIAL = 0.9
"""A column of days counted as workbooks do (45356), under a header that means a date."""
MOST = 0.65
"""So many cells must be dates or numbers; the others are broken ones, which are set aside."""
MANY = 30
"""From so many cells on it is strange when a list of choices never repeats one."""


def fit(kind: Kind, profile: Profile) -> float:
    """How well cells like those of `profile` fit a field of `kind`, 0 … 1."""
    return _FITS[kind](profile) if profile.cells else EMPTY


def confirms(kind: Kind, profile: Profile) -> bool:
    """Whether the cells alone, without any header, say that this is `kind`."""
    test = _CONFIRMATIONS.get(kind)
    return bool(profile.cells and test and test(profile))


def _graded(share: float, full: float, least: float) -> float:
    return 1.0 if share >= full else 0.7 if share >= least else 0.0


def _is_identifier(profile: Profile) -> bool:
    return profile.share("padded") > 0.2 or profile.share("long") > 0.2


def _date(profile: Profile) -> float:
    written = profile.dates + profile.share("compact") + profile.share("month")
    counted = profile.share("serial")
    if written >= SOME:
        written += counted
    return max(_graded(written, MOST, 0.5), SERIAL if counted >= 0.8 else 0.0)


def _number(profile: Profile) -> float:
    if _is_identifier(profile) or profile.dates >= 0.5:
        return 0.0
    return _graded(profile.share("number"), MOST, 0.5)


def _boolean(profile: Profile) -> float:
    return _graded(profile.booleans, 0.8, 0.5)


def _email(profile: Profile) -> float:
    return _graded(profile.share("email"), 0.7, 0.3)


def _phone(profile: Profile) -> float:
    return 0.0 if profile.dates >= 0.5 else _graded(profile.share("phone"), 0.5, 0.2)


def _currency(profile: Profile) -> float:
    return _graded(profile.currencies, 0.8, 0.5)


def _country(profile: Profile) -> float:
    return 0.0 if profile.share("number") >= 0.5 else 1.0 if profile.countries >= 0.4 else 0.92


def _segment(profile: Profile) -> float:
    if profile.dates >= 0.5 or profile.share("decimal") >= 0.5:
        return 0.0
    if profile.share("number") >= 0.9 or _never_repeats(profile):
        return 0.6
    return 1.0 if profile.segments >= 0.3 else 0.97


def _stage(profile: Profile) -> float:
    if profile.dates >= 0.5 or profile.share("decimal") >= 0.5:
        return 0.0
    if profile.share("number") >= 0.9 or _never_repeats(profile):
        return 0.6
    return 1.0 if profile.stages >= 0.3 else 0.95


def _identifier(profile: Profile) -> float:
    if profile.dates >= 0.5 or profile.share("decimal") >= 0.5:
        return 0.0
    return 0.6 if profile.length > 60 or _says_yes_or_no(profile) else 1.0


def _reference(profile: Profile) -> float:
    if profile.dates >= 0.5 or profile.share("decimal") >= 0.3 or _says_yes_or_no(profile):
        return 0.0
    return 1.0


def _name(profile: Profile) -> float:
    if profile.dates >= 0.5 or _says_yes_or_no(profile):
        return 0.0
    return 0.6 if profile.share("number") >= 0.9 else 1.0


def _text(profile: Profile) -> float:
    return 0.5 if profile.dates >= 0.8 or _says_yes_or_no(profile) else 1.0


def _never_repeats(profile: Profile) -> bool:
    return profile.cells >= MANY and profile.variety > 0.7


def _says_yes_or_no(profile: Profile) -> bool:
    return profile.booleans >= 0.9 and profile.distinct <= 2 < profile.cells


_FITS: dict[Kind, Callable[[Profile], float]] = {
    Kind.ID: _identifier,
    Kind.TEXT: _text,
    Kind.NAME: _name,
    Kind.REFERENCE: _reference,
    Kind.DATE: _date,
    Kind.MONEY: _number,
    Kind.NUMBER: _number,
    Kind.INTEGER: _number,
    Kind.BOOLEAN: _boolean,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.COUNTRY: _country,
    Kind.CURRENCY: _currency,
    Kind.SEGMENT: _segment,
    Kind.STAGE: _stage,
}
_CONFIRMATIONS: dict[Kind, Callable[[Profile], bool]] = {
    Kind.EMAIL: lambda profile: profile.share("email") >= 0.9,
    Kind.SEGMENT: lambda profile: profile.segments >= 0.8 and profile.distinct >= 2,
    Kind.STAGE: lambda profile: profile.stages >= 0.8 and profile.distinct >= 2,
    Kind.CURRENCY: lambda profile: profile.currencies >= 0.95,
    Kind.COUNTRY: lambda profile: profile.countries >= 0.9 and profile.length >= 4,
}
