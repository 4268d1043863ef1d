"""Complaints that look like repeats of each other, in groups, and what people say of them."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from crm_core.domain.actor import Actor
from crm_core.domain.pain_points import REGISTER
from crm_core.domain.registers import OVER
from crm_core.matching import repeats as matching
from crm_core.services.registers.rows import AREA, Row, known, rows_of
from crm_core.store import Store

MOST = 50
"""Groups that are suggested at a time."""
MOST_ROWS = 9
"""Rows of a group: what is more comes again after these were decided on."""
_TABLE = "programme.apart"
# A text is a title or a complaint; rows with exactly the same one are repeats without a question.
_TEXTS = f"""
SELECT text, list(id ORDER BY length(id), id)[:{MOST_ROWS}]
FROM (
    SELECT id, unnest([title, complaint]) AS text FROM programme.{REGISTER}
    WHERE coalesce(status, 'open') NOT IN {OVER}
)
WHERE text IS NOT NULL GROUP BY text ORDER BY min(length(id)), min(id), text
"""


def repeated(store: Store, _actor: Actor) -> list[list[Row]]:
    """The groups, the likest first; two rows that somebody held for different are in no group
    together. Titles and complaints are compared, of rows that are neither done nor dropped."""
    with store.snapshot() as cursor:
        texts = cursor.execute(_TEXTS).fetchall()
        apart = cursor.execute(
            f"SELECT one, other FROM {_TABLE} WHERE register = ?", [REGISTER]
        ).fetchall()
        like = matching.repeats(cursor, [text for text, _ in texts])
        pairs = _pairs([ids for _, ids in texts], like)
        shown = matching.gathered(pairs, apart, MOST_ROWS)[:MOST]
        rows = rows_of(cursor, known(REGISTER), [key for group in shown for key in group])
    return [[rows[key] for key in _in_order(group)] for group in shown]


def _pairs(
    ids: Sequence[Sequence[str]], like: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, str]]:
    """The rows with one text, then those with texts that are alike."""
    for same in ids:
        yield from ((same[0], other) for other in same[1:])
    for one, other in like:
        yield ids[one][0], ids[other][0]


def _in_order(keys: Sequence[str]) -> list[str]:
    return sorted(keys, key=lambda key: (len(key), key))


def hold_apart(store: Store, actor: Actor, keys: Sequence[str]) -> None:
    """Remember that no two of these rows are the same, so that they are not suggested again."""
    pairs = list(combinations(_in_order(sorted(set(keys))), 2))
    with store.change(actor, "pain_point.apart", area=AREA, subject=keys[0]) as change:
        for one, other in pairs:
            pair = [REGISTER, one, other]
            change.retire(_TABLE, "register = ? AND one = ? AND other = ?", pair)
            change.cursor.execute(
                f"INSERT INTO {_TABLE} VALUES (?, ?, ?, ?)", [*pair, change.change_id]
            )
        change.detail = {"pairs": len(pairs)}


def held_apart(store: Store, _actor: Actor) -> int:
    """How many pairs somebody held for different."""
    with store.read() as cursor:
        [(count,)] = cursor.execute(
            f"SELECT count(*) FROM {_TABLE} WHERE register = ?", [REGISTER]
        ).fetchall()
    return int(count)


def ask_again(store: Store, actor: Actor) -> None:
    """Forget which rows were held for different."""
    with store.change(actor, "pain_point.ask_again", area=AREA) as change:
        change.detail = {"pairs": change.retire(_TABLE, "register = ?", [REGISTER])}
