"""Sales stages of a column: one spelling each, slips mended where the right one is there too."""

from collections.abc import Mapping

from crm_core.pipeline.standardise.slips import meant
from crm_core.pipeline.standardise.words import words
from crm_core.reference import outcome_of, word_key


def stages(lines: Mapping[str, int]) -> dict[str, str]:
    """Raw stage -> stage, with the lines that hold each.

    As `words`; and a stage that nobody knows, but for one letter, is the known one that stands on
    more lines of the column: Closed Wonn is Closed Won.
    """
    clean = words(lines)
    counts: dict[str, int] = {}
    for raw, stage in clean.items():
        counts[stage] = counts.get(stage, 0) + lines[raw]
    known = {word_key(stage): stage for stage in counts if outcome_of(stage)}
    return {raw: _meant(stage, known, counts) for raw, stage in clean.items()}


def _meant(stage: str, known: Mapping[str, str], counts: Mapping[str, int]) -> str:
    if outcome_of(stage):
        return stage
    key = meant(word_key(stage), known)
    return known[key] if key and counts[known[key]] > counts[stage] else stage
