"""How a delimited text is written: found on a sample, by what most lines agree on."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from io import StringIO
from itertools import chain

from crm_core.domain.blanks import RULING
from crm_core.sources.shape import END, Shape, strictly
from crm_core.sources.table import Dialect

DELIMITERS = ",;\t|"
# Looked at where none of those makes columns.
_RARE = "^~¦§¬\x01\x1e\x1f，；、"
# What a delimiter of several characters may be made of.
_DOUBLED = "|;^~"
_GROWN = "|~^;,:#@*&!<>=§¦\t"
# Of a sample's records, how many must have the same number of cells for a plain decision.
_AGREED = 0.8
_AGREED_IN_RARE = 0.9
# Excel's own first line, which states the delimiter.
_STATED = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
# Line breaks in a cell by which a quote is told that few cells have.
_MOST_BREAKS = 3
_CLEVER_SAMPLE = 1 << 14
_RULING = re.compile(rf"(?m)^(?=.){RULING}$\n?".replace(r"\s", r" \t"))


@dataclass(frozen=True)
class _Fit:
    shape: Shape
    agreed: float


def shape_of(sample: str) -> Shape:
    """The dialect of a sample of complete lines; one column when no delimiter fits.

    Lines that are drawn tell nothing of it.
    """
    sample = _RULING.sub("", sample)
    first, _, rest = sample.partition("\n")
    stated = _STATED.fullmatch(first)
    if stated:
        return replace(_fit(rest, stated[1]).shape, stated=True)
    fits = _fits(sample, DELIMITERS)
    plain = [fit for fit in fits if fit.agreed >= _AGREED]
    if len(plain) == 1:
        found = plain[0].shape
    else:
        found = (None if plain else _rare(sample)) or _clever(sample, fits)
    return _grown(sample, found)


def measured(sample: str, shape: Shape) -> Shape:
    """The same dialect with the width that most of the sample's records have."""
    return _measured(sample, shape).shape


def _fits(sample: str, delimiters: str) -> list[_Fit]:
    """What each delimiter would make of the sample, where it makes columns at all."""
    fits = (_fit(sample, delimiter) for delimiter in delimiters if delimiter in sample)
    return [fit for fit in fits if fit.shape.width > 1]


def _rare(sample: str) -> Shape | None:
    """A shape with an uncommon delimiter: one that nearly all lines agree on, or a blank."""
    fits = [fit for fit in _fits(sample, _RARE) if fit.agreed >= _AGREED_IN_RARE]
    best = max(fits, key=lambda fit: (fit.agreed, fit.shape.width), default=None)
    if best:
        return best.shape
    # In lines of words a blank is no delimiter; quotes that stand beside it say that it is one.
    blank = _fit(sample, " ")
    quote = blank.shape.dialect.quote
    usual = 2 * (sample.count(" " + quote) + sample.count(quote + " ")) > sample.count("\n")
    return blank.shape if usual and blank.shape.width > 1 else None


def _clever(sample: str, fits: list[_Fit]) -> Shape:
    """The delimiter that CleverCSV finds, unless another makes more lines agree."""
    if not fits:
        return Shape(Dialect(","), 1)
    import clevercsv  # a fifth of a second, and seldom needed

    cut = sample[:_CLEVER_SAMPLE]
    cut = cut[: cut.rfind("\n") + 1] or cut
    try:
        found = clevercsv.Detector().detect(cut, delimiters=list(DELIMITERS))
    except Exception:  # noqa: BLE001 - such as a character that it has no place for
        found = None
    first = [fit for fit in fits if found and fit.shape.dialect.delimiter == found.delimiter]
    return max([*first, *fits], key=lambda fit: fit.agreed).shape


def _grown(sample: str, shape: Shape) -> Shape:
    """The shape with a delimiter of several characters, where the one found never stands alone."""
    delimiter = shape.dialect.delimiter
    pairs, single = sample.count(delimiter * 2), sample.count(delimiter)
    if delimiter in _DOUBLED and shape.width > 2 and 2 * pairs == single:
        delimiter *= 2
    for char in _GROWN:
        for left, right in ((char, ""), ("", char)):
            longer = left + delimiter + right
            if shape.width > 1 and sample.count(longer) == sample.count(delimiter):
                delimiter = longer
    if delimiter == shape.dialect.delimiter:
        return shape
    dialect = replace(shape.dialect, delimiter=delimiter)
    return _measured(sample, replace(shape, dialect=dialect)).shape


def _fit(sample: str, delimiter: str) -> _Fit:
    quote = max(('"', "'"), key=lambda quote: _edges(sample, delimiter, quote))
    usual = 2 * _edges(sample, delimiter, quote) > sample.count("\n")
    fit = _measured(sample, Shape(Dialect(delimiter, quote if usual else '"'), 1))
    if not usual and _edges(sample, delimiter, "'"):
        single = _measured(sample, Shape(Dialect(delimiter, "'"), 1))
        right = _sets_right(sample, single, fit, "'") or _joins(sample, single, fit)
        fit = single if right else fit
    quote = fit.shape.dialect.quote
    if (sign := "\\" + quote) in sample:
        escaped = _measured(sample, Shape(Dialect(delimiter, quote, "\\"), 1))
        better = _is_better(escaped, fit, doubled=quote * 2 in sample)
        better = better or _sets_right(sample, escaped, fit, sign)
        fit = escaped if better and not _strays(sample, escaped, fit, sign) else fit
    after_blank = sample.count(f"{delimiter} {quote}")
    if not after_blank or delimiter == " ":
        return fit
    spaced = _measured(sample, replace(fit.shape, spaced=True))
    usual = 2 * after_blank > sample.count("\n")
    better = spaced.agreed > fit.agreed or (usual and spaced.agreed == fit.agreed)
    return spaced if better else fit


def _is_better(escaped: _Fit, fit: _Fit, *, doubled: bool) -> bool:
    """Whether the escape is one: if it sets most lines right that are wrong without it."""
    if escaped.agreed == fit.agreed:
        return not doubled and fit.agreed >= _AGREED_IN_RARE
    return escaped.agreed > (1 + fit.agreed) / 2


def _sets_right(sample: str, one: _Fit, other: _Fit, sign: str) -> bool:
    """Whether most of the lines with the sign are whole in the first dialect, and fewer in the
    second: few lines may need it, and others be wrong for reasons of their own."""
    lines = [line for line in StringIO(sample) if sign in line]
    right, besides = (sum(_is_whole(line, fit.shape) for line in lines) for fit in (one, other))
    return right > besides and 2 * right > len(lines)


def _joins(sample: str, one: _Fit, other: _Fit) -> bool:
    """Whether the first dialect makes whole records of lines that are none in the second: a header
    may be the only cell with a line break, and so with quotes."""
    found = strictly(chain(StringIO(sample), [END]), one.shape)
    over = [cells for cells in found if cells and any("\n" in cell for cell in cells)]
    whole = all(len(cells) == one.shape.width for cells in over)
    short = all(cell.count("\n") <= _MOST_BREAKS for cells in over for cell in cells)
    return bool(over) and whole and short and one.agreed > other.agreed


def _strays(sample: str, escaped: _Fit, fit: _Fit, sign: str) -> bool:
    """Whether more lines have quotes that should be escaped and are not than lines are set right:
    then one sign is no rule, and what mends such lines must not be bound to it."""
    quoted = [line for line in StringIO(sample) if sign[-1] in line]
    right, besides = (sum(_is_whole(line, one.shape) for line in quoted) for one in (escaped, fit))
    return len(quoted) - right > right - besides


def _is_whole(line: str, shape: Shape) -> bool:
    """Whether the line is a record by itself, as wide as most."""
    found = list(strictly([line, END], shape))
    return len(found) > 1 and len(found[0] or ()) == shape.width


def _edges(sample: str, delimiter: str, quote: str) -> int:
    """How often the quote stands at the edges of cells, where an apostrophe seldom does; one that
    is a cell by itself opens none."""
    delimiter = re.escape(delimiter)
    edges = (rf"(?:^|{delimiter} ?){quote}(?!{delimiter}|$)", rf"{quote}(?:{delimiter}|$)")
    return min(len(re.findall(edge, sample, re.MULTILINE)) for edge in edges)


def _measured(sample: str, shape: Shape) -> _Fit:
    # The last record is the end, or what an open quote has swallowed.
    *found, _end = strictly(chain(StringIO(sample), [END]), shape)
    widths = Counter(len(cells or ()) for cells in found if cells != [])
    if not widths or not max(widths):
        return _Fit(shape, 0.0)
    width, count = max(
        ((width, count) for width, count in widths.items() if width),
        key=lambda item: (item[1], item[0] > 1),
    )
    return _Fit(replace(shape, width=width), count / widths.total())
