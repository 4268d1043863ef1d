"""Voices shown together, so that nobody's answer can be told where names are to be hidden.

Whatever is shown is computed from groups in which the answers of so many people are added up that
none can be singled out; the whole as well, so that nothing is left when a large group is taken from
it. That five people of one group agree can be seen: such a figure is no secret of one of them.
"""

from collections.abc import Mapping
from typing import get_args

from crm_core.domain.checklists import Voice

Group = tuple[Voice, ...]


def pooled(told: Mapping[Voice, int], fewest: int) -> tuple[Group, ...] | None:
    """The voices in groups of at least `fewest` answers that count; `told`: how many do, of each
    voice that answered at all. Small voices are put together, with the smallest of the others
    while they are still too few. None: all together are too few.
    """
    if fewest <= 1:
        return tuple((voice,) for voice in _in_order(told))
    rest = [voice for voice in told if told[voice] < fewest]
    apart = sorted((voice for voice in told if told[voice] >= fewest), key=told.__getitem__)
    while rest and sum(told[voice] for voice in rest) < fewest:
        if not apart:
            return None
        rest.append(apart.pop(0))
    groups = [(voice,) for voice in _in_order(apart)]
    return (*groups, _in_order(rest)) if rest else tuple(groups)


def _in_order(voices: Mapping[Voice, int] | list[Voice]) -> Group:
    return tuple(voice for voice in get_args(Voice) if voice in voices)
