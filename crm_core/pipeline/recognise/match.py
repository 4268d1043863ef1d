"""Which fields of an entity a column may fill, and how surely."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from crm_core.domain.entities import Kind
from crm_core.domain.plan import Evidence
from crm_core.pipeline.recognise.fit import confirms, fit
from crm_core.pipeline.recognise.headers import Header
from crm_core.pipeline.recognise.profile import Profile
from crm_core.pipeline.recognise.vocabulary import Target, is_known, known_headers, vocabulary
from crm_core.reference import entities, header_words, word_key

SURE_NEAR = 0.78
"""A header that is nearly a known one, its cells agreeing, or cells that say it alone."""
UNSURE = 0.65
"""Worth asking, not worth loading unasked."""
DOUBTED = 0.7
"""What a doubtful header keeps when its cells do not confirm it."""
MOSTLY = 0.5
"""The share of known segments among the cells that settles a doubtful header."""

_CHECKED = frozenset(
    (Kind.DATE, Kind.MONEY, Kind.NUMBER, Kind.INTEGER, Kind.EMAIL, Kind.CURRENCY, Kind.BOOLEAN)
)
"""Kinds of which cells of another kind are told by their form."""


@dataclass(frozen=True)
class Column:
    """A source column: its position, its header, and what its cells look like."""

    index: int
    header: Header
    profile: Profile


@dataclass(frozen=True)
class Claim:
    """A column may fill a field with this confidence (0 … 1)."""

    column: Column
    target: Target
    confidence: float
    evidence: Evidence
    key: str = ""
    """The header key that it rests on; "" where the cells alone say it."""

    @property
    def exact(self) -> bool:
        """Whether the header is the very word for the field."""
        header = self.column.header
        return header.forced or any(key == self.key for key, _ in header.words)


def claims(entity: str, column: Column) -> list[Claim]:
    """Every field of `entity` that `column` may fill, the most likely first."""
    found: dict[str, Claim] = {}
    for claim in (*_by_header(entity, column), *_by_content(entity, column)):
        before = found.get(claim.target.name)
        if claim.confidence > 0 and (not before or before.confidence < claim.confidence):
            found[claim.target.name] = claim
    return sorted(found.values(), key=lambda claim: -claim.confidence)


def _by_header(entity: str, column: Column) -> Iterator[Claim]:
    if column.header.forced:
        yield from _own_id(entity, column)
        return
    exact = False
    for key, weight in column.header.words:
        for target, standing in vocabulary(entity).get(key, ()):
            exact = True
            yield _claim(column, target, weight * standing, key)
    if not exact and not any(is_known(key) or _is_other(key) for key, _ in column.header.words):
        yield from _by_near_header(entity, column)


def _own_id(entity: str, column: Column) -> Iterator[Claim]:
    """ "(Do Not Modify) Account": the id of the account that the line is, never its name."""
    spec, key = entities()[entity], column.header.key
    if spec.key and key in map(word_key, spec.synonyms):
        target = Target(spec.field(spec.key))
        # No entity but this one knows the header so: it tells more than the word alone.
        header = word_key(column.header.text)
        yield Claim(column, target, fit(target.field.kind, column.profile), "header", header)


def _claim(column: Column, target: Target, standing: float, key: str) -> Claim:
    kind = target.field.kind
    factor = fit(kind, column.profile)
    if key in header_words().doubtful and not _agrees(kind, column.profile):
        factor = min(factor, DOUBTED)
    if key in header_words().ambiguous and kind is Kind.REFERENCE:
        factor = min(factor, UNSURE)
    return Claim(column, target, standing * factor, "header", key)


def _agrees(kind: Kind, profile: Profile) -> bool:
    """Whether the cells bear out a doubtful header, so far as cells can."""
    if kind in _CHECKED:
        return profile.cells > 0 and fit(kind, profile) == 1
    if kind is Kind.SEGMENT:
        return profile.segments >= MOSTLY and profile.distinct >= 2
    if kind in (Kind.STAGE, Kind.COUNTRY):
        return confirms(kind, profile)
    return kind in (Kind.ID, Kind.NAME, Kind.REFERENCE, Kind.TEXT)


def _by_near_header(entity: str, column: Column) -> Iterator[Claim]:
    for known, likeness in _near(column.header.key):
        for target, standing in vocabulary(entity).get(known, ()):
            kind, profile = target.field.kind, column.profile
            typo = likeness >= 1 and (kind not in _CHECKED or profile.cells > 0)
            certain = confirms(kind, profile) or typo
            score = (SURE_NEAR if certain else UNSURE) + (standing - 1) / 50
            yield Claim(column, target, score * fit(kind, profile), "header", known)


@lru_cache(maxsize=10_000)
def _near(key: str) -> tuple[tuple[str, float], ...]:
    """Known headers that `key` nearly is: with 1 a slip of the pen, with less a part of it."""
    if key.isascii() and len(key) >= 6:
        near = process.extract(key, known_headers(), scorer=fuzz.ratio, score_cutoff=90, limit=3)
        digits = [character for character in key if character.isdigit()]
        slips = [name for name, _, _ in near if [c for c in name if c.isdigit()] == digits]
        if slips:
            return tuple((name, 1.0 if len(key) >= 8 else 0.9) for name in slips)
        if turned := _turned(key):
            return tuple((name, 1.0) for name in turned)
    least = 6 if key.isascii() else 2
    parts = [name for name in known_headers() if len(name) >= least and key.endswith(name)]
    if key.isascii() and not parts:
        parts = [name for name in known_headers() if len(name) >= least and key.startswith(name)]
    longest = max(map(len, parts), default=0)
    return tuple((name, 0.8) for name in parts if len(name) == longest)


def _turned(key: str) -> list[str]:
    """Known headers where two neighbours changed places, sooner a slip than another letter is."""
    near = process.extract(key, known_headers(), scorer=OSA.distance, score_cutoff=1, limit=None)
    return [name for name, _, _ in near if sorted(name) == sorted(key)]


def _by_content(entity: str, column: Column) -> Iterator[Claim]:
    """Fields that the cells alone speak for, where the header is unknown or blank.

    Or is that of the amount, which some exports write over its currency as well.
    """
    if confirms(Kind.CURRENCY, column.profile) and _means_money(entity, column):
        yield from (
            Claim(column, Target(field), SURE_NEAR, "content")
            for field in entities()[entity].fields
            if field.kind is Kind.CURRENCY
        )
    if any(is_known(key) or _is_other(key) for key, _ in column.header.words):
        return
    for field in entities()[entity].fields:
        if confirms(field.kind, column.profile):
            yield Claim(column, Target(field), SURE_NEAR, "content")


def _means_money(entity: str, column: Column) -> bool:
    known = vocabulary(entity)
    return any(
        target.field.kind is Kind.MONEY
        for key, _ in column.header.words
        for target, _ in known.get(key, ())
    )


def _is_other(key: str) -> bool:
    return key in header_words().other
