"""Texts of which few serve a whole column: a status, a channel, a subject, in one spelling."""

from collections.abc import Mapping

from crm_core.pipeline.standardise.spellings import followed, usual_spellings
from crm_core.pipeline.standardise.texts import tidy
from crm_core.reference.scripts import is_mixed, shares, simplified


def words(lines: Mapping[str, int]) -> dict[str, str]:
    """Raw text -> clean text for the texts of a column, with the lines that hold each.

    All capitals, all small letters and traditional characters give way to the spelling of more
    lines. A text that mixes traditional with simplified characters becomes simplified in a column
    that mostly is.
    """
    tidied = {raw: tidy(raw) for raw in lines}
    counts = dict.fromkeys(tidied.values(), 0)
    for raw, text in tidied.items():
        counts[text] += lines[raw]
    spelled = usual_spellings(counts)
    mixed = [text for text in counts if text not in spelled and is_mixed(text)]
    traditional, plain = shares(counts) if mixed else (0, 0)
    if plain > traditional:
        spelled |= dict(zip(mixed, simplified(mixed), strict=True))
    spelled = followed(spelled)
    return {raw: spelled.get(text, text) for raw, text in tidied.items()}
