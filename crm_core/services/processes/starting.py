"""The starter set of CRM processes: what of it is not there yet, and taking it over."""

from collections.abc import Collection

from crm_core.domain.actor import Actor
from crm_core.domain.process_catalogue import CatalogueProcess, Function
from crm_core.i18n import LANGUAGES, Texts
from crm_core.reference import word_key
from crm_core.reference.processes import catalogue
from crm_core.services import registers
from crm_core.services.processes.reading import PROCESS
from crm_core.services.registers import Write
from crm_core.store import Store


def offered(store: Store, actor: Actor) -> list[tuple[Function, CatalogueProcess]]:
    """The processes of the set that the store has neither by number nor by name."""
    rows, _ = registers.listed(store, actor, PROCESS)
    numbers = {row.values.get("catalogue_number") for row in rows}
    names = {word_key(str(row.values["title"])) for row in rows}
    return [
        (function, one)
        for function in catalogue()
        for one in function.processes
        if one.number not in numbers
        and names.isdisjoint(word_key(getattr(one.label, language)) for language in LANGUAGES)
    ]


def take_over(
    store: Store, actor: Actor, texts: Texts, numbers: Collection[str] | None = None
) -> list[str]:
    """Keep what is offered, or these numbers of it, in the words of a language; the new ids.

    What is there already is not doubled.
    """
    writes = [
        Write(
            None,
            {
                "title": texts.label(one.label),
                "function": texts.label(function.label),
                "catalogue_number": one.number,
                "purpose": texts.label(one.purpose),
            },
        )
        for function, one in offered(store, actor)
        if numbers is None or one.number in numbers
    ]
    return registers.write(store, actor, PROCESS, writes) if writes else []
