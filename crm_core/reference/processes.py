"""What is shipped for the process inventory: the starter set, and the heads that columns have."""

from functools import cache

from crm_core.domain.process_catalogue import Function
from crm_core.reference.keys import word_key
from crm_core.reference.lists import read_yaml


@cache
def catalogue() -> tuple[Function, ...]:
    """The starter set of CRM processes."""
    return tuple(map(Function.model_validate, read_yaml("reference/crm_processes.yaml")))


@cache
def heads(kind: str) -> dict[str, tuple[str, ...]]:
    """Field -> the heads that mean it, as `word_key` writes them, the best first.

    `kind`: "step", a list of steps, or "event", the lines of an event log.
    """
    found = read_yaml("reference/process_heads.yaml")[kind]
    return {field: tuple(map(word_key, [field, *words])) for field, words in found.items()}
