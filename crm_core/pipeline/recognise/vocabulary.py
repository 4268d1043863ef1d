"""Which headers mean which field, per entity, in the order in which they win."""

from dataclasses import dataclass
from functools import cache

from crm_core.domain.entities import EntitySpec, FieldSpec
from crm_core.reference import entities, foreign_headers, word_key

LOWEST_STANDING = 0.82
"""What the last synonym of a field stands for, the first being 1; decides between two columns."""
DERIVED_LOSS = 0.01
"""A sheet's own field is preferred to one of a derived entity."""
DERIVED_WEIGHT = 0.4
"""How much a derived field speaks for a sheet's entity, against an own field."""


@dataclass(frozen=True)
class Target:
    """A field that a column may fill."""

    field: FieldSpec
    entity: str | None = None
    """None: the sheet's own; else the derived entity."""

    @property
    def name(self) -> str:
        """The field's name; of a derived entity written entity.field."""
        return f"{self.entity}.{self.field.name}" if self.entity else self.field.name

    @property
    def weight(self) -> float:
        """How strongly the field speaks for the sheet's entity."""
        return self.field.weight * (DERIVED_WEIGHT if self.entity else 1.0)


Vocabulary = dict[str, list[tuple[Target, float]]]


@cache
def vocabulary(entity: str) -> Vocabulary:
    """Header key -> the fields it means on a sheet of `entity`, each with its standing (0 … 1)."""
    spec = entities()[entity]
    index: Vocabulary = {}
    for field in spec.fields:
        _add(index, Target(field), _own_words(field), 0.0)
    for derivation in spec.derives:
        derived = entities()[derivation.entity]
        for name, words in derivation.synonyms.items():
            _add(index, Target(derived.field(name), derived.name), words, DERIVED_LOSS)
    return index


@cache
def spread(key: str) -> int:
    """How many entities know the header `key` as a field of their own: few is telling."""
    return sum(_is_own(spec, key) for spec in entities().values())


@cache
def known_headers() -> tuple[str, ...]:
    """Every header key of any entity."""
    return tuple(dict.fromkeys(key for entity in entities() for key in vocabulary(entity)))


@cache
def _headers() -> frozenset[str]:
    return frozenset(known_headers())


def is_known(key: str) -> bool:
    """Whether `key` is a header of any entity."""
    return key in _headers()


def _is_own(spec: EntitySpec, key: str) -> bool:
    return any(target.entity is None for target, _ in vocabulary(spec.name).get(key, ()))


def _own_words(field: FieldSpec) -> tuple[str, ...]:
    return (*field.synonyms, field.name, field.label.en, field.label.zh)


def _add(index: Vocabulary, target: Target, words: tuple[str, ...], loss: float) -> None:
    keys = list(dict.fromkeys(map(word_key, words)))
    for rank, key in enumerate(keys):
        standing = 1 - (1 - LOWEST_STANDING) * rank / len(keys) - loss
        for said in (key, *foreign_headers().get(key, ())):
            meant = index.setdefault(said, [])
            if all(target != other for other, _ in meant):
                meant.append((target, standing))
