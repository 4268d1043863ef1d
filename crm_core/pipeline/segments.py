"""Segment names: every value a source names is a segment; only misspellings are mended."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache

import duckdb
from rapidfuzz import process
from rapidfuzz.distance import OSA

from crm_core.pipeline.rows import Writer
from crm_core.reference import placeholders, plain_key, segments, word_key
from crm_core.reference.pinyin import syllables
from crm_core.reference.shapes import look_alike

LONG_ENOUGH = 7
"""Shorter words differ by one letter and mean something else."""
LONG_ENOUGH_TURNED = 6
"""Words of which two neighbours changed places are told from others sooner."""
RARER = 20
"""So many times fewer lines has a Chinese misspelling: 饰品 sounds like 食品 and is none of it."""


@dataclass
class SegmentNames:
    """The segments known so far, by their `same_name`; grows as files are read."""

    known: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[str]) -> "SegmentNames":
        """The names that a store holds already."""
        return cls({same_name(name): name for name in names})

    @classmethod
    def held(cls, cursor: duckdb.DuckDBPyConnection) -> "SegmentNames":
        """The names that the store of a cursor holds."""
        rows = cursor.execute("SELECT segment FROM crm.segment").fetchall()
        return cls.of(name for (name,) in rows)

    def resolve(
        self,
        lines: Mapping[str, int],
        refused: Iterable[str] = (),
        meant: Collection[str] = (),
    ) -> dict[str, str | None]:
        """Raw value -> segment (None: unclassified) for the values of a column.

        `lines` tells how many lines hold each value. Of the spellings of a new name the shipped
        list's own gives it, else the most frequent one.
        Values in `refused` stay as they are; those in `meant` are segments, placeholders or not.
        """
        kept = set(refused)
        clean: dict[str, str | None] = {}
        listed: dict[str, int] = {}
        for raw in sorted(lines, key=lambda value: _rank(value, lines[value])):
            name = tidy(raw)
            if raw not in meant and plain_key(name) in placeholders():
                clean[raw] = None
                continue
            if raw in kept:
                clean[raw] = self.known.setdefault(raw, raw)
                continue
            if same_name(name) not in self.known:
                name = respell(name, _on_lines(listed, RARER * lines[raw]))
            if segments().find(name):
                listed[name] = listed.get(name, 0) + lines[raw]
            clean[raw] = self.known.setdefault(same_name(name), name)
        return clean


def _rank(value: str, lines: int) -> tuple[bool, int, bool, str]:
    """The order in which spellings are asked for the name."""
    name = tidy(value)
    listed = segments().find(name)
    own = listed is not None and name in (listed.en, listed.zh)
    return (not own, -lines, value.isupper(), value)


def same_name(name: str) -> str:
    """What spellings of one segment share: no case, sign or 行业, 业 ("industry") at the end."""
    key = word_key(name)
    stem = key.removesuffix("行业")
    if stem == key and (listed := segments().find(key.removesuffix("业"))):
        # 服务业 is 服务; but 工业 and 企业 are words of their own.
        stem = key.removesuffix("业") if segments().find(key) in (None, listed) else key
    return stem or key or name


def tidy(value: str) -> str:
    """Half-width letters, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", value).split())


def _on_lines(names: Mapping[str, int], least: int) -> list[str]:
    return [name for name, lines in names.items() if lines >= least]


def respell(name: str, usual: Iterable[str] = ()) -> str:
    """The listed word that `name` misspells, else `name`.

    By one letter (two in long words), where only letters differ and the first one agrees: 'Grade 1'
    is no misspelling of 'Grade 2'. In Chinese by one character that sounds or looks alike, if the
    right word is among the `usual` ones; 大型企业 is none of 小型企业.
    """
    if segments().find(name):
        return name
    if not name.isascii():
        return _by_one_character(name, usual)
    word = name.casefold()
    if len(word) < LONG_ENOUGH_TURNED:
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
    turned = sorted(near[0][0]) == sorted(word)
    return _in_style(near[0][0], name) if turned or len(word) >= LONG_ENOUGH else name


def _by_one_character(name: str, usual: Iterable[str]) -> str:
    """The one listed name among the `usual` ones of which a single character is another, alike."""
    found = {
        other
        for other in usual
        if len(other) == len(name)
        and sum(map(str.__ne__, other, name)) == 1
        and segments().find(other)
        and (look_alike(other, name) or syllables(other) == syllables(name))
    }
    return found.pop() if len(found) == 1 else name


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
