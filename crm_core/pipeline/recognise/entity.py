"""What a sheet is: the entity whose fields its columns fill best."""

import re
from collections.abc import Sequence
from functools import cache

from crm_core.domain.plan import SURE
from crm_core.pipeline.recognise.assign import LEAST_VARIETY, Assignment, assign
from crm_core.pipeline.recognise.match import UNSURE, Column, claims
from crm_core.pipeline.recognise.vocabulary import spread
from crm_core.reference import entities, plain_key, word_key

NAMED = 1.5
"""What a word in the file's or sheet's name counts, against a telling field's 2 to 3."""
CERTAIN = 3.5
"""The score from which an entity is certain, if no other comes near."""
CLEAR = 0.25
"""The lead over the second best, as a share of the score, from which the choice is clear."""
RIVAL = 0.55
"""The share of the best score from which an entity that the name tells comes into question."""
PEOPLE = 0.4
"""That share where the columns say that the rows are people of customers."""
TELLING = 1.5
"""What a field must weigh, shared among the entities that know its header, to tell one of them."""
COMMON = 0.7
"""What is left of the confidence where only headers of any list (id, name, city) are mapped."""
FEW = 2
"""Entities that know a header for their own key, from which on it tells none of them ("id")."""
SHARED = 0.8
"""Distinct ids per row from which on rows may share one by mistake, not as parts of one thing."""
LEAST = 0.45
"""Below this confidence a sheet is no entity at all."""

_HALVES = ("given_name", "surname")
"""Fields of a person's name, which no firm has."""
_WORDS = re.compile(r"[a-z]+|[\u3400-\u9fff]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def choose(
    name: str, columns: Sequence[Column], not_key: frozenset[int], wanted: str | None
) -> tuple[Assignment | None, float]:
    """The best entity for `columns` with the confidence in it (0 … 1); None if there is none.

    `name`: the file's name and the sheet's, of which words speak for an entity.
    `wanted`: the entity that a person named; it is taken as certain.
    """
    if wanted:
        return assign(wanted, columns, not_key), 1.0
    ranked = sorted(
        ((score(assigned, name, columns), assigned) for assigned in _possible(columns, not_key)),
        key=lambda pair: -pair[0],
    )
    if not ranked:
        return None, 0.0
    best, assigned = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    lead = min(1.0, (best - second) / best / CLEAR) if best else 0.0
    people = _are_people_of(assigned, columns)
    named = _named_rival(ranked, name, PEOPLE if people else RIVAL)
    if named and (nearness := 1.0 if people else 1 - (best - named[0]) / best / CLEAR) > 0:
        (best, assigned), lead = named, nearness
    common = 1.0 if assigned.telling >= TELLING or _named(assigned.entity, name) else COMMON
    confidence = round(min(1.0, best / CERTAIN) * (0.7 + 0.3 * lead) * common, 2)
    doubted = _is_doubted(assigned, name, columns) or (named and named[1] is not assigned)
    if doubted:
        confidence = min(confidence, UNSURE)
    return (assigned, confidence) if confidence >= LEAST else (None, confidence)


def _named_rival(
    ranked: Sequence[tuple[float, Assignment]], name: str, share: float
) -> tuple[float, Assignment] | None:
    """The entity that `name` tells where the columns speak for another one, but for it as well.

    `share`: of the best score that it must have.
    """
    best, assigned = ranked[0]
    if _named(assigned.entity, name):
        return None
    least = max(CERTAIN * SURE, best * share)
    return next((one for one in ranked if one[0] >= least and _named(one[1].entity, name)), None)


def _is_doubted(assigned: Assignment, name: str, columns: Sequence[Column]) -> bool:
    """Whether the sheet may be of another kind, however well its columns fit."""
    spec = entities()[assigned.entity]
    doubted = _doubts(spec.name) & {column.header.key for column in columns}
    return (
        bool(doubted and not any(map(assigned.by_field, spec.doubts_unless)))
        or not all(any(map(assigned.by_field, group)) for group in spec.certain)
        or _only_key(assigned)
        or _are_parts(assigned, columns)
        or (_are_people_of(assigned, columns) and not _named(spec.name, name))
        or _is_named_otherwise(spec.name, name)
    )


def _are_people_of(assigned: Assignment, columns: Sequence[Column]) -> bool:
    """Whether the rows are people of customers: of accounts told by ids, or named beside a firm."""
    if assigned.entity != "customer":
        return False
    ids = _headers_of("customer", "customer_id") & _headers_of("contact", "customer_id")
    rows = max(column.profile.cells for column in columns)
    of_account = any(
        one.profile.variety < LEAST_VARIETY or one.profile.cells < rows
        for one in columns
        if one.header.key in ids and one.profile.cells
    )
    firm = assigned.by_field("name")
    in_firm = firm and firm.key in _headers_of("lead", "company")
    return (of_account or bool(in_firm)) and all(map(assigned.by_field, _HALVES))


def _only_key(assigned: Assignment) -> bool:
    """Whether nothing but ids is sure, as on a list of what belongs to the rows: addresses."""
    sure = [claim.target.name for claim in assigned.taken.values() if claim.confidence >= SURE]
    return sure == [entities()[assigned.entity].key]


def _are_parts(assigned: Assignment, columns: Sequence[Column]) -> bool:
    """Whether rows with an id of their own name the entity by another one, as lines of deals do."""
    spec = entities()[assigned.entity]
    own = assigned.by_field(spec.key or "")
    if own is None or spread(own.key) <= FEW:
        return False
    free = (one for one in columns if one.index not in assigned.taken and one.profile.cells > 1)
    named = (
        claim for one in free if one.profile.variety < SHARED for claim in claims(spec.name, one)
    )
    return any(
        claim.exact
        and claim.target.name == spec.key
        and claim.key.startswith(tuple(map(word_key, spec.synonyms)))
        for claim in named
    )


def score(assigned: Assignment, name: str, columns: Sequence[Column]) -> float:
    """How much fields, their share of the columns, and the name speak for an entity."""
    filled = sum(column.profile.cells > 0 for column in columns) or 1
    explained = min(1.0, len(assigned.taken) / filled)
    return assigned.score * (0.5 + 0.5 * explained) + NAMED * _named(assigned.entity, name)


def _possible(columns: Sequence[Column], not_key: frozenset[int]) -> list[Assignment]:
    assigned = [assign(entity, columns, not_key) for entity in entities()]
    return [candidate for candidate in assigned if candidate.possible]


def _named(entity: str, name: str) -> float:
    """1 if a word for `entity` stands in `name`, a bit more for a longer one, else 0."""
    found = [word for word in _entity_words(entity) if _places(word, name)]
    return 1 + 0.02 * max(map(len, found)) if found else 0.0


def _is_named_otherwise(entity: str, name: str) -> bool:
    """Whether the last word in `name` for a kind of list is one for lists that only look alike.

    The sheet's name stands last: "stock.xlsx Sales" are sales, "sales.mdb stock" are none, and in
    "purchase orders" no word for sales stands by itself.
    """
    others = [place for word in _other_words(entity) for place in _places(word, name)]
    end = max((place[1] for place in others), default=0)
    own = [place for word in _entity_words(entity) for place in _places(word, name)]
    return bool(others) and all(start < end for start, _ in own)


def _places(word: str, name: str) -> list[tuple[int, int]]:
    """Where `word` stands in the words of `name`: its first character and the one after it."""
    text = f" {' '.join(_words(name))} "
    pattern = f"(?<= ){re.escape(word)}(?= )" if word.isascii() else re.escape(word)
    return [found.span() for found in re.finditer(pattern, text)]


@cache
def _headers_of(entity: str, field: str) -> frozenset[str]:
    return frozenset(map(word_key, entities()[entity].field(field).synonyms))


@cache
def _doubts(entity: str) -> frozenset[str]:
    return frozenset(map(word_key, entities()[entity].doubts))


@cache
def _entity_words(entity: str) -> tuple[str, ...]:
    return tuple(plain_key(word) for word in entities()[entity].synonyms)


@cache
def _other_words(entity: str) -> tuple[str, ...]:
    return tuple(plain_key(word) for word in entities()[entity].doubted_names)


def _words(name: str) -> list[str]:
    return _WORDS.findall(_CAMEL.sub(" ", name).casefold())
