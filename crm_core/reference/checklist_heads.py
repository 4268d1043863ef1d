"""What the heads of somebody's list of questions mean."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from crm_core.reference.keys import plain_key, word_key
from crm_core.reference.lists import read_yaml


class Level(NamedTuple):
    """A column that describes a level: its number, and its name where the head has one."""

    number: int
    name: str


@cache
def heads() -> dict[str, str]:
    """`word_key` of a head -> section, number, question, help, levels, evidence or weight."""
    return {
        word_key(word): code
        for code, said in read_yaml("reference/checklist_heads.yaml").items()
        if code != "level"
        for words in said.values()
        for word in words
    }


def level(head: str) -> Level | None:
    """The level that a head stands for: "Level 2", "2 – Developing", "第2级"."""
    found = _level().fullmatch(unicodedata.normalize("NFKC", head).strip())
    return Level(int(found[1]), (found[2] or "").strip()) if found else None


@cache
def _level() -> re.Pattern[str]:
    said = read_yaml("reference/checklist_heads.yaml")["level"]
    words = "|".join(re.escape(plain_key(word)) for each in said.values() for word in each)
    name = r"(?:\s*[-–—:：.、]\s*(.*))?"
    return re.compile(rf"(?:{words})?\s*(\d{{1,2}})\s*(?:{words})?{name}", re.IGNORECASE)
