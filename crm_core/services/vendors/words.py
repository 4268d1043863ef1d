"""What a comparison of vendors says, in the reader's language."""

from crm_core.i18n import Texts
from crm_core.services.vendors.comparing import Comparison


def score(texts: Texts, value: float) -> str:
    """A score or value, 0 to 10, with one decimal."""
    return texts.formats.number(value, 1)


def criteria(found: Comparison) -> dict[str, str]:
    """Id -> title."""
    return {one.id: one.title for one in found.criteria}


def names(found: Comparison) -> dict[str, str]:
    """Id -> title of the vendors, the best first."""
    return {one.id: one.title for one in found.vendors}


def finding(texts: Texts, found: Comparison) -> str:
    """Who leads, and by how much."""
    values = [
        (one.title, value)
        for one in found.vendors
        if not found.failed[one.id] and (value := found.placed[one.id].value) is not None
    ]
    if not values:
        return texts.text("Every vendor stays below a least score")
    if len(values) == 1:
        return texts.text("{vendor} alone meets every least score", vendor=values[0][0])
    (first, one), (second, two) = values[:2]
    if score(texts, one) == score(texts, two):
        return texts.text("{first} and {second} are level", first=first, second=second)
    lead = score(texts, one - two)
    return texts.text(
        "{first} leads {second} by {lead} points", first=first, second=second, lead=lead
    )


def flip_points(texts: Texts, found: Comparison) -> str:
    """How many percentage points the weight must change that takes the first place away."""
    if found.flip is None:
        return texts.text("none")
    points = abs(found.flip.after - found.flip.before) * 100
    return texts.formats.number(round(points, _digits(found) or None))


def flip(texts: Texts, found: Comparison) -> str:
    """The smallest change of one weight that takes the first place away."""
    if found.flip is None:
        return texts.text("No single weight can take the first place away.")
    return texts.text(
        "{criterion} at {after} instead of {before}: {option} draws level.",
        criterion=criteria(found)[found.flip.criterion],
        after=texts.formats.percent(found.flip.after, _digits(found)),
        before=texts.formats.percent(found.flip.before, _digits(found)),
        option=names(found)[found.flip.option],
    )


def _digits(found: Comparison) -> int:
    """A change of less than a percentage point is told to a tenth of one."""
    return int(found.flip is not None and abs(found.flip.after - found.flip.before) < 0.01)
