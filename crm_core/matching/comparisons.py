"""How two records are compared: for each field the levels of agreement, the best one first.

The conditions are SQL over the columns of `prepared`, with _l and _r behind them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from crm_core.matching.prepare import Prepared

Kind = Literal["identity", "place", "area", "contact", "other"]
"""Identity: who it is. Place, area and contact: where and how it is reached, which others may
share; of an area (postcode, town …) everybody does who is there."""


@dataclass(frozen=True)
class Level:
    """A degree of agreement."""

    code: str
    """Names it for a reader: exact, near, part, sound, alike, differs …"""
    usual: float
    """The share of true pairs that are at this level, as far as nothing is known of the data."""
    sql: str | None
    """The condition; None: whatever is left."""
    rare: float = 0.01
    """The same share of pairs that are not the same; that of the last level is the rest."""


@dataclass(frozen=True)
class Comparison:
    """The levels of one field."""

    name: str
    kind: Kind
    columns: tuple[str, ...]
    """Columns without which nothing can be said, on either side."""
    levels: tuple[Level, ...]
    related: tuple[float, ...] = ()
    """The usual shares among records of one group, of one name's family; only of names."""
    firm: float = 0.0
    """How much the usual shares weigh beside the data's own, which weigh 1."""
    unless: str = ""
    """A condition under which another field says it all."""
    local: bool = False
    """Whether those of one town begin alike, as phones do with its code."""


def comparisons(prepared: Prepared) -> tuple[Comparison, ...]:
    """The comparisons that the columns of `prepared` allow."""
    return tuple(one for one in _every(prepared) if set(one.columns) <= prepared.columns)


def _every(prepared: Prepared) -> Iterator[Comparison]:
    yield _name("name", unless=_OF_PEOPLE if "surname" in prepared.columns else "")
    yield _name("company")
    yield _person("given", "surname")
    yield _person("surname", "given")
    yield _birth()
    yield from (_number(name) for name in ("national_id", "tax_id"))
    yield _phone()
    yield _email()
    yield _same("domain", "contact", 0.75)
    yield _same("holder", "contact", 0.8)
    yield _street()
    yield _postcode()
    yield _near("city", "area", 0.75)
    yield _same("region", "area", 0.9)
    yield _same("country", "area", 0.97)
    yield from (_near(extra.column, "other", 0.6) for extra in prepared.extras)
    yield Comparison(
        "file",
        "identity",
        ("file",),
        (Level("across", 0.7, "file_l <> file_r", 0.5), Level("within", 0.3, None)),
    )


_FIRM = 0.3
_OF_PEOPLE = (
    "(surname_l IS NOT NULL AND surname_r IS NOT NULL)"
    " OR (given_l IS NOT NULL AND given_r IS NOT NULL)"
)


def _shared(words: str, weight: str, least: float, of: Literal["all", "less"]) -> str:
    both = f"shared({words}_l, {words}_r)"
    sums = {
        "all": f"({weight}_l + {weight}_r - {both})",
        "less": f"least({weight}_l, {weight}_r)",
    }
    return f"{both} >= {least} * {sums[of]}"


def _alike(column: str, least: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {least}"


def _name(name: str, unless: str = "") -> Comparison:
    words, weight, core = f"{name}_words", f"{name}_weight", f"{name}_core"
    text, sound, short = f"{name}_text", f"{name}_sound", f"{name}_short"
    # 宏达 and 鸿达 are one word to an input method; 湖北宜化 and 意华股份 are two companies.
    spoken = f"({sound}_l = {sound}_r AND length({core}_l) > 3)"
    written = f"({spoken} AND {_shared(words, weight, 0.45, 'less')})"
    stands = f"({core}_l LIKE {short}_r OR {core}_r LIKE {short}_l)"
    scripts = f"(({sound}_l IS NULL) <> ({sound}_r IS NULL))"
    latin = f"({scripts} AND list_has_any({name}_heads_l, {name}_heads_r))"
    # A Chinese name and an English one that do not sound alike may be a translation.
    beyond = f"({scripts} AND NOT coalesce(list_has_any({name}_heads_l, {name}_heads_r), false))"
    unless = " OR ".join(filter(None, (unless, beyond)))
    # Names are registered by province: one of Beijing and one of Shanghai are two companies.
    near = f"{_shared(words, weight, 0.8, 'all')} OR {_alike(text, 0.95)} OR {written}"
    part = f"{_shared(words, weight, 0.85, 'less')} OR {stands} OR {latin}"
    alike = f"{_shared(words, weight, 0.45, 'all')} OR {_alike(text, 0.88)}"
    # Shop 6 is not shop 7.
    here = (
        f"coalesce({name}_place_l = {name}_place_r, true)"
        f" AND coalesce(list_has_any({name}_marks_l, {name}_marks_r), true)"
    )
    levels = (
        Level("exact", 0.5, f"{core}_l = {core}_r", 0.02),
        Level("near", 0.12, f"{here} AND ({near})"),
        Level("sound", 0.02, f"{here} AND {spoken}", 0.005),
        Level("part", 0.2, f"{here} AND ({part})", 0.03),
        Level("alike", 0.1, f"{here} AND ({alike} OR {sound}_l = {sound}_r)", 0.1),
        Level("word", 0.07, _shared(words, weight, 0.35, "less"), 0.2),
        Level("differs", 0.01, None),
    )
    related = (0.10, 0.15, 0.02, 0.29, 0.24, 0.15, 0.05)
    return Comparison(name, "identity", (core,), levels, related, 1.0, unless)


def _person(name: str, other: str) -> Comparison:
    levels = (
        Level("exact", 0.68, f"{name}_l = {name}_r", 0.03),
        Level("swapped", 0.03, f"{name}_l = {other}_r", 0.002),
        Level("alike", 0.15, _alike(name, 0.88), 0.01),
        Level("initial", 0.03, f"left({name}_l, 1) = left({name}_r, 1)", 0.06),
        Level("differs", 0.11, None),
    )
    return Comparison(
        name, "identity" if name == "given" else "contact", (name,), levels, firm=_FIRM
    )


def _birth() -> Comparison:
    turned = (
        "left(birth_l, 4) = left(birth_r, 4)"
        " AND birth_l[5:6] = birth_r[7:8] AND birth_l[7:8] = birth_r[5:6]"
    )
    levels = (
        Level("exact", 0.88, "birth_l = birth_r", 0.002),
        Level("near", 0.04, f"levenshtein(birth_l, birth_r) <= 1 OR ({turned})", 0.002),
        Level("alike", 0.02, "levenshtein(birth_l, birth_r) <= 2"),
        Level("differs", 0.06, None),
    )
    return Comparison("birth", "identity", ("birth",), levels, firm=1.0)


def _number(name: str) -> Comparison:
    levels = (
        Level("exact", 0.87, f"{name}_l = {name}_r", 0.0005),
        Level("near", 0.05, f"damerau_levenshtein({name}_l, {name}_r) <= 1", 0.0005),
        Level("alike", 0.01, f"damerau_levenshtein({name}_l, {name}_r) <= 2", 0.001),
        Level("differs", 0.07, None),
    )
    return Comparison(name, "identity", (name,), levels, firm=1.0)


def _phone() -> Comparison:
    ends = "suffix(phone_l, phone_r) OR suffix(phone_r, phone_l)"
    levels = (
        Level("exact", 0.75, f"phone_l = phone_r OR {ends}"),
        Level("near", 0.03, "levenshtein(phone_l, phone_r) <= 1", 0.002),
        Level("alike", 0.02, "left(phone_l, -3) = left(phone_r, -3)", 0.02),
        Level("differs", 0.2, None),
    )
    return Comparison("phone", "contact", ("phone",), levels, local=True, firm=_FIRM)


def _email() -> Comparison:
    levels = (
        Level("exact", 0.65, "email_l = email_r", 0.003),
        Level("alike", 0.05, _alike("email", 0.94), 0.003),
        Level(
            "mailbox",
            0.05,
            "split_part(email_l, '@', 1) = split_part(email_r, '@', 1)",
            0.005,
        ),
        Level("differs", 0.25, None),
    )
    return Comparison("email", "identity", ("email",), levels, firm=_FIRM)


def _street() -> Comparison:
    words, weight = "street_words", "street_weight"
    house = "street_house_l = street_house_r"
    none = "street_house_l IS NULL AND street_house_r IS NULL"
    most = _shared(words, weight, 0.7, "all")
    levels = (
        Level("exact", 0.55, "street_text_l = street_text_r"),
        Level("near", 0.2, f"{house} AND ({most} OR {_alike('street_text', 0.93)})", 0.002),
        Level("part", 0.05, f"{house} AND {_shared(words, weight, 0.5, 'less')}", 0.002),
        Level("alike", 0.05, f"{none} AND ({most} OR {_alike('street_text', 0.88)})", 0.002),
        Level(
            "house",
            0.03,
            f"street_house_l <> street_house_r AND {_shared(words, weight, 0.9, 'less')}",
        ),
        Level("number", 0.02, house, 0.002),
        Level("differs", 0.1, None),
    )
    return Comparison("street", "place", ("street_text",), levels, firm=_FIRM)


def _postcode() -> Comparison:
    levels = (
        Level("exact", 0.8, "postcode_l = postcode_r", 0.05),
        Level("near", 0.1, "damerau_levenshtein(postcode_l, postcode_r) <= 1", 0.05),
        Level("alike", 0.03, "left(postcode_l, 3) = left(postcode_r, 3)", 0.1),
        Level("differs", 0.07, None),
    )
    return Comparison("postcode", "area", ("postcode",), levels)


def _near(column: str, kind: Kind, exact: float) -> Comparison:
    levels = (
        Level("exact", exact, f"{column}_l = {column}_r", 0.1),
        Level("alike", 0.15, _alike(column, 0.88), 0.03),
        Level("differs", 0.85 - exact, None),
    )
    return Comparison(column, kind, (column,), levels)


def _same(column: str, kind: Kind, exact: float) -> Comparison:
    levels = (
        Level("exact", exact, f"{column}_l = {column}_r", 0.1),
        Level("differs", 1 - exact, None),
    )
    return Comparison(column, kind, (column,), levels)
