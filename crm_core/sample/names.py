"""Invented names of firms and people."""

import numpy as np

from crm_core.sample.world import Array, World, among, draw


def _combinations(dice: np.random.Generator, parts: list[list[str]], count: int) -> Array:
    """`count` strings, each made of one piece of every part; different while there are enough."""
    sizes = [len(part) for part in parts]
    total = int(np.prod(sizes))
    picks = np.unravel_index(dice.choice(total, count, replace=count > total), sizes)
    name = np.array([""] * count, dtype=object)
    for part, pick in zip(parts, picks, strict=True):
        name = name + np.array(part, dtype=object)[pick]
    return name


def brands_zh(world: World, dice: np.random.Generator, count: int) -> Array:
    """Different brands of three Chinese syllables."""
    return _combinations(dice, [list(world.words["brand_zh"])] * 3, count)


def brands_en(world: World, dice: np.random.Generator, count: int) -> Array:
    """Different brands in Latin letters."""
    parts = world.words["brand_en"]
    return _combinations(dice, [parts["first"], parts["middle"], parts["last"]], count)


def companies(
    world: World, dice: np.random.Generator, chinese: Array, segments: Array, cities: Array
) -> tuple[Array, Array]:
    """Names of firms and their brands; no brand is used twice.

    `segments` are positions in firm.segments: the trade in the name fits them. `cities` stand
    before a third of the Chinese names.
    """
    count = len(chinese)
    brands = np.where(chinese, brands_zh(world, dice, count), brands_en(world, dice, count))
    city = np.where(dice.random(count) < 0.33, cities, "")
    zh = city + brands + _trades(world, dice, segments, True)
    zh = zh + draw(dice, world.words["forms_zh"], count)
    en = brands + " " + _trades(world, dice, segments, False)
    en = en + " " + draw(dice, world.words["forms_en"], count)
    return np.where(chinese, zh, en), brands


def _trades(world: World, dice: np.random.Generator, segments: Array, chinese: bool) -> Array:
    trades = np.empty(len(segments), dtype=object)
    for position, segment in enumerate(world.firm.segments):
        rows = segments == position
        words = segment.trades_zh if chinese else segment.trades_en
        trades[rows] = among(dice, words, int(rows.sum()))
    return trades


def people(world: World, dice: np.random.Generator, chinese: Array) -> Array:
    """Names of people, in Chinese or in English; they may repeat, as people's names do."""
    count, words = len(chinese), world.words
    second = np.where(dice.random(count) < 0.8, among(dice, words["given_second"], count), "")
    zh = among(dice, words["surnames"], count) + among(dice, words["given_first"], count) + second
    en = among(dice, words["given_en"], count) + " " + among(dice, words["family_en"], count)
    return np.where(chinese, zh, en)
