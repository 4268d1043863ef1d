"""Effects in the reader's words: differences with their intervals, what can and cannot be told."""

from crm_core.domain.effect import Shift, Unknown, Verdict, mean
from crm_core.i18n import DASH, mark
from crm_core.services.effect import Course, Effect
from pages._ui import session
from pages._ui.register import offers

_VERDICTS = {
    Verdict.BETTER: ("✓", mark("Better")),
    Verdict.WORSE: ("✕", mark("Worse")),
    Verdict.UNTOLD: ("○", mark("Cannot be told")),
}
_UNKNOWN = {
    Unknown.FEW_BEFORE: mark("cannot be told: fewer than 6 periods before"),
    Unknown.FEW_AFTER: mark("cannot be told yet: fewer than 6 periods after"),
    Unknown.NO_OTHERS: mark("nothing of its kind was left alone"),
}
_DIGITS = 3


def verdict(code: Verdict) -> str:
    """What the comparisons say together, as sign and word."""
    sign, word = _VERDICTS[code]
    return f"{sign} {session.texts().text(word)}"


def measured_by(course: Course) -> str:
    """The metric and its column; that people type it where there is none."""
    return offers.metric(course.metric) if course.metric else session.texts().text("typed by hand")


def value(course: Course, number: float) -> str:
    """A value of the goal's measure."""
    formats = session.formats()
    if number != number:
        return DASH
    match course.kind:
        case "ratio":
            return formats.percent(number)
        case "money":
            return formats.mark(number, course.currency)
        case _:
            return formats.number(rounded(number))


def mark_of(course: Course, number: float) -> str:
    """A value for the marks of an axis."""
    is_share = course.kind == "ratio"
    return session.formats().percent(number, 0) if is_share else value(course, number)


def difference(course: Course, number: float) -> str:
    """A difference of two values, with its sign; of shares in points of a hundred."""
    bare = _bare(course, number)
    if course.kind == "ratio":
        return session.texts().text("{n} percentage points", n=bare)
    return bare


def _bare(course: Course, number: float) -> str:
    """The same without its unit, where it has one."""
    sign = "+" if number > 0 else "−" if number < 0 else ""
    if course.kind == "ratio":
        return sign + session.formats().number(abs(rounded(number * 100)))
    return sign + value(course, abs(number))


def rounded(number: float) -> float:
    """To three significant digits, without digits after the point from a hundred on."""
    return float(f"{number:.{_DIGITS}g}") if abs(number) < 10**_DIGITS else float(round(number))


def shift(course: Course, found: Shift | Unknown) -> str:
    """A comparison: the difference and between what it lies in nine cases of ten."""
    text = session.texts().text
    if isinstance(found, Unknown):
        return text(_UNKNOWN[found])
    said = {
        "difference": difference(course, found.difference),
        "low": _bare(course, found.low),
        "high": difference(course, found.high),
    }
    if found.is_told:
        return text("{difference} (90 %: {low} to {high})", **said)
    return text("cannot be told: {difference}, but anything from {low} to {high} fits", **said)


def sides(one: Effect) -> str:
    """The means before and after, and of how many periods they are."""
    texts, course = session.texts(), one.course
    count = len(one.sides.before)
    if not count:
        return ""
    said = {
        "before": value(course, mean(one.sides.before)),
        "after": value(course, mean(one.sides.after)),
    }
    if course.step == "week":
        return texts.plural(
            "{before} in the week before, {after} in the week after",
            "{before} on average in the {n} weeks before, {after} in the {n} weeks after",
            count,
            **said,
        )
    return texts.plural(
        "{before} in the month before, {after} in the month after",
        "{before} on average in the {n} months before, {after} in the {n} months after",
        count,
        **said,
    )


def finding(one: Effect) -> str:
    """What a go-live did to its goal, in one sentence."""
    text = session.texts().text
    found = one.others if isinstance(one.others, Shift) else one.own
    said = {"initiative": one.live.title, "goal": one.course.title}
    if one.verdict is Verdict.UNTOLD or not isinstance(found, Shift):
        return text("Whether “{initiative}” moved this goal cannot be told yet", **said)
    said["difference"] = difference(one.course, found.difference)
    if one.verdict is Verdict.BETTER:
        return text("“{initiative}” moved this goal the right way: {difference}", **said)
    return text("Since “{initiative}” this goal went the wrong way: {difference}", **said)
