"""Segment names: every value a source names is a segment; only misspellings are mended."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from crm_core.pipeline.rows import Writer
from crm_core.reference import placeholders, plain_key, segments, word_key

LONG_ENOUGH = 7
"""Shorter words differ by one letter and mean something else."""


@dataclass
class SegmentNames:
    """The segments known so far, by their `same_name`; grows as files are read."""

    known: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[str]) -> "SegmentNames":
        """The names that a store holds already."""
        return cls({same_name(name): name for name in names})

    def resolve(
        self, lines: Mapping[str, int], refused: Iterable[str] = (), repair: bool = True
    ) -> dict[str, str | None]:
        """Raw value -> segment (None: unclassified) for the values of a column.

        `lines` tells how many lines hold each value. Of the spellings of a new name the shipped
        list's own gives it, else the most frequent one.
        Values in `refused` keep their spelling.
        """
        kept = set(refused)
        clean: dict[str, str | None] = {}
        for raw in sorted(lines, key=lambda value: _rank(value, lines[value])):
            name = tidy(raw)
            if plain_key(name) in placeholders():
                clean[raw] = None
                continue
            if raw in kept or not repair:
                clean[raw] = self.known.setdefault(name, name)
                continue
            if same_name(name) not in self.known:
                name = respell(name)
            clean[raw] = self.known.setdefault(same_name(name), name)
        return clean


def _rank(value: str, lines: int) -> tuple[bool, int, bool, str]:
    """The order in which spellings are asked for the name."""
    name = tidy(value)
    listed = segments().find(name)
    own = listed is not None and name in (listed.en, listed.zh)
    return (not own, -lines, value.isupper(), value)


def same_name(name: str) -> str:
    """What spellings of one segment share: no case, sign or 行业 ("industry") at the end."""
    key = word_key(name)
    return key.removesuffix("行业") or key or name


def tidy(value: str) -> str:
    """Half-width letters, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", value).split())


def respell(name: str) -> str:
    """The listed word that `name` misspells by one letter (two in long words), else `name`.

    Only letters may differ and the first one must agree: 'Grade 1' is no misspelling of
    'Grade 2', nor is 大型企业 one of 小型企业.
    """
    word = name.casefold()
    if segments().find(name) or len(word) < LONG_ENOUGH or not word.isascii():
        return name
    allowed = 1 if len(word) < 10 else 2
    near = [
        (candidate, distance)
        for candidate, distance, _ in process.extract(
            word, segment_words(), scorer=OSA.distance, score_cutoff=allowed, limit=3
        )
        if candidate[0] == word[0] and _digits(candidate) == _digits(word)
    ]
    if not near or (len(near) > 1 and near[0][1] == near[1][1]):
        return name
    return _in_style(near[0][0], name)


@cache
def segment_words() -> tuple[str, ...]:
    """Every English word of the shipped list, in lower case."""
    return tuple(
        sorted({word.casefold() for entry in segments().entries.values() for word in entry.words})
    )


def _digits(text: str) -> str:
    return "".join(character for character in text if not character.isalpha())


def _in_style(word: str, model: str) -> str:
    if model.isupper():
        return word.upper()
    return word if model.islower() else word.capitalize()


def keep(change: Writer, names: SegmentNames) -> None:
    """Write the segments that the store does not know yet.

    A segment is tied to an entry of the shipped list, which translates it and joins it with the
    same segment in the other language. Only one segment a language can have an entry: two
    names of one source are two segments, whatever the list thinks of them.
    """
    rows = change.cursor.execute("SELECT segment, entry FROM crm.segment").fetchall()
    known = {segment for segment, _ in rows}
    taken = {(entry, segment.isascii()) for segment, entry in rows if entry}
    for name in sorted(set(names.known.values()) - known, key=_proper_names_first):
        listed = segments().find(name)
        entry = listed.id if listed and (listed.id, name.isascii()) not in taken else None
        taken.add((str(entry), name.isascii()))
        change.cursor.execute(
            "INSERT INTO crm.segment VALUES (?, ?, ?)", [name, entry, change.change_id]
        )


def _proper_names_first(name: str) -> tuple[bool, str]:
    listed = segments().find(name)
    proper = listed is not None and name.casefold() in (listed.en.casefold(), listed.zh)
    return (not proper, name)
