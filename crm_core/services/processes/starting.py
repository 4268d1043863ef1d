"""The starter set of CRM processes: what of it is not there yet, and taking it over."""

from collections.abc import Collection

import duckdb

from crm_core.domain.actor import Actor
from crm_core.domain.process_catalogue import CatalogueProcess, Function
from crm_core.i18n import LANGUAGES, Texts
from crm_core.reference import word_key
from crm_core.reference.processes import catalogue
from crm_core.services.processes.reading import PROCESS
from crm_core.services.registers.rows import AREA
from crm_core.services.registers.save import Write, put
from crm_core.store import Store


def offered(store: Store, _actor: Actor) -> list[tuple[Function, CatalogueProcess]]:
    """The processes of the set that the store has neither by number nor by name."""
    with store.read() as cursor:
        return _offered(cursor)


def _offered(cursor: duckdb.DuckDBPyConnection) -> list[tuple[Function, CatalogueProcess]]:
    rows = cursor.execute(f"SELECT catalogue_number, title FROM programme.{PROCESS}").fetchall()
    numbers = {number for number, _ in rows}
    names = {word_key(title) for _, title in rows}
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

    What is there already is not doubled, nor what two people take over at once.
    """
    if not offered(store, actor):
        return []
    with store.change(actor, f"{PROCESS}.write", area=AREA) as change:
        return put(
            change,
            PROCESS,
            [
                _write(texts, function, one)
                for function, one in _offered(change.cursor)
                if numbers is None or one.number in numbers
            ],
        )


def _write(texts: Texts, function: Function, one: CatalogueProcess) -> Write:
    return Write(
        None,
        {
            "title": texts.label(one.label),
            "function": texts.label(function.label),
            "catalogue_number": one.number,
            "purpose": texts.label(one.purpose),
        },
    )
