"""How a delimited text is written: found on a sample, by what most lines agree on."""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import StringIO
from itertools import chain

from crm_core.sources.table import Dialect

DELIMITERS = ",;\t|"
# Comes after the last line: a quote that is still open takes it in, and so gives itself away.
END = "\x00end of file"
# Of a sample's records, how many must have the same number of cells for a plain decision.
_AGREED = 0.8
# Excel's own first line, which states the delimiter.
_STATED = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_ODD_QUOTES = re.compile(r"""\\"|(?:^|[,;\t|])'[^'\n]*'(?:[,;\t|]|$)""", re.MULTILINE)
_CLEVER_SAMPLE = 1 << 14


@dataclass(frozen=True)
class Shape:
    """A dialect, and the number of cells that most records have in it.

    `stated`: the file's first line is Excel's own, which states the delimiter, and no record.
    `spaced`: a blank after each delimiter, and quotes only after that, so that it is no content.
    """

    dialect: Dialect
    width: int
    stated: bool = False
    spaced: bool = False


@dataclass(frozen=True)
class _Fit:
    shape: Shape
    agreed: float


def shape_of(sample: str) -> Shape:
    """The dialect of a sample of complete lines; one column when no delimiter fits."""
    first, _, rest = sample.partition("\n")
    stated = _STATED.fullmatch(first)
    if stated:
        return replace(_fit(rest, Dialect(stated[1])).shape, stated=True)
    if not _ODD_QUOTES.search(sample):
        plain = [fit for fit in _fits(sample) if fit.agreed >= _AGREED]
        if len(plain) == 1:
            return plain[0].shape
    return _clever(sample)


def _fits(sample: str) -> list[_Fit]:
    """What each delimiter would make of the sample, where it makes columns at all."""
    fits = (_fit(sample, Dialect(delimiter)) for delimiter in DELIMITERS if delimiter in sample)
    return [fit for fit in fits if fit.shape.width > 1]


def _clever(sample: str) -> Shape:
    """CleverCSV's answer, unless a plain delimiter makes more lines agree."""
    import clevercsv  # a fifth of a second, and seldom needed

    cut = sample[:_CLEVER_SAMPLE]
    cut = cut[: cut.rfind("\n") + 1] or cut
    found = clevercsv.Detector().detect(cut, delimiters=list(DELIMITERS))
    fits = _fits(sample)
    if found and found.delimiter in tuple(DELIMITERS):
        plain = _fit(sample, Dialect(found.delimiter))
        odd = Dialect(found.delimiter, found.quotechar or '"', found.escapechar or None)
        clever = _fit(sample, odd)
        fits.insert(0, clever if clever.agreed > plain.agreed or _is_usual(sample) else plain)
    return max(fits, key=lambda fit: fit.agreed).shape if fits else Shape(Dialect(","), 1)


def _is_usual(sample: str) -> bool:
    """Whether quotes that are not plain ones are on most lines, and not here and there."""
    return 2 * len(_ODD_QUOTES.findall(sample)) > sample.count("\n")


def _fit(sample: str, dialect: Dialect) -> _Fit:
    fit = _measured(sample, Shape(dialect, 1))
    after_blank = sample.count(f"{dialect.delimiter} {dialect.quote}")
    if not after_blank:
        return fit
    spaced = _measured(sample, Shape(dialect, 1, spaced=True))
    usual = 2 * after_blank > sample.count("\n")
    better = spaced.agreed > fit.agreed or (usual and spaced.agreed == fit.agreed)
    return spaced if better else fit


def _measured(sample: str, shape: Shape) -> _Fit:
    widths = Counter(len(cells) for cells in _parsed(sample, shape) if cells)
    if not widths:
        return _Fit(shape, 0.0)
    width, count = max(widths.items(), key=lambda item: (item[1], item[0] > 1))
    return _Fit(replace(shape, width=width), count / widths.total())


def _parsed(sample: str, shape: Shape) -> list[list[str]]:
    """The sample's records, without a last one that an open quote has swallowed."""
    *records, _end = reader(chain(StringIO(sample), [END]), shape)
    return records


def reader(lines: Iterable[str], shape: Shape, *, quoted: bool = True) -> Iterator[list[str]]:
    """Python's reader for a shape; not `quoted`, a quote is a character like any other."""
    return csv.reader(
        lines,
        delimiter=shape.dialect.delimiter,
        quotechar=shape.dialect.quote,
        escapechar=shape.dialect.escape if quoted else None,
        doublequote=True,
        skipinitialspace=shape.spaced,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
