"""Which Chinese characters look alike."""

from functools import cache

from crm_core.reference.lists import read_yaml


def look_alike(one: str, other: str) -> bool:
    """Whether two texts of one length differ in no more than characters that look alike."""
    pairs = zip(one, other, strict=True)
    return all(a == b or {a, b} <= _kin().get(a, set()) for a, b in pairs)


@cache
def _kin() -> dict[str, set[str]]:
    """Character -> all that look like it, itself among them."""
    groups = [set(group) for group in read_yaml("reference/look_alikes.yaml")]
    return {sign: group for group in groups for sign in group}
