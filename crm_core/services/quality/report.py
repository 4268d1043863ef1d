"""The report of a migration, ready to hand to a sponsor: as a PDF and as a workbook."""

from collections.abc import Callable
from typing import Any

from crm_core.domain.actor import Actor
from crm_core.i18n import Texts
from crm_core.reports.document import Document, pdf
from crm_core.reports.workbook import Kind, workbook
from crm_core.services.quality import report_parts, words
from crm_core.services.quality.migrated import Migration
from crm_core.services.quality.migration import migration
from crm_core.store import Store

MOST_ROWS = 25
"""Of each table in the PDF; the workbook has all."""

Make = Callable[[Store, Actor, Texts, int | None], bytes]


def as_workbook(store: Store, actor: Actor, texts: Texts, batch: int | None = None) -> bytes:
    """An .xlsx file of one load, or of all in force; refuses what migration() refuses."""
    found = migration(store, actor, batch)
    yes_no = (texts.text("yes"), texts.text("no"))
    return workbook([report_parts.summary(texts, found), *report_parts.parts(texts, found)], yes_no)


def as_pdf(store: Store, actor: Actor, texts: Texts, batch: int | None = None) -> bytes:
    """A PDF file of one load, or of all in force; refuses what migration() refuses."""
    found = migration(store, actor, batch)
    text = texts.text

    def write(kind: Kind, value: Any) -> str:
        return words.write(texts, kind, value)

    document = Document(
        title=text("Migration report"),
        subtitle=_subtitle(texts, found),
        lead=_lead(texts, found),
        figures=_figures(texts, found),
        parts=[part for part in report_parts.parts(texts, found) if part.rows],
        footer=text("CRM Cockpit · Migration report · {about}", about=_about(texts, found)),
        signatures=[text("Handed over by, date"), text("Accepted by, date")],
    )
    return pdf(
        document,
        write,
        texts.language,
        most=MOST_ROWS,
        more=lambda n: texts.plural(
            "{n} more row stands in the workbook.", "{n} more rows stand in the workbook.", n
        ),
    )


FORMATS: dict[str, Make] = {".pdf": as_pdf, ".xlsx": as_workbook}
"""What a report can be written as, by the file's ending."""


def _about(texts: Texts, found: Migration) -> str:
    if len(found.batches) == 1:
        return texts.text("Load no. {batch}", batch=found.batches[0].batch)
    return texts.plural("{n} load in force", "{n} loads in force", len(found.batches))


def _subtitle(texts: Texts, found: Migration) -> str:
    days = sorted({texts.formats.day(one.at): one.at for one in found.batches}.items(), key=_second)
    span = days[0][0] if len(days) == 1 else f"{days[0][0]} – {days[-1][0]}"
    people = {words.person(texts, one.actor): None for one in found.batches}
    parts = [_about(texts, found), span, texts.formats.listing(list(people))]
    if any(one.undone for one in found.batches):
        parts.append(texts.text("Taken back"))
    return " · ".join(parts)


def _second(pair: tuple[str, Any]) -> Any:
    return pair[1]


def _lead(texts: Texts, found: Migration) -> list[str]:
    """What it comes to, in two or three sentences."""
    text, number = texts.text, texts.formats.number
    read, waiting = found.lines("rows_read"), sum(one.lines for one in found.waiting)
    kept = read - found.lines("quarantined") - found.lines("skipped")
    files = texts.plural("{n} file", "{n} files", len({one.file for one in found.files}))
    sentences = [
        text(
            "{files} brought {read} lines. {kept} of them ({share}) are in the store.",
            files=files,
            read=number(read),
            kept=number(kept),
            share=words.share(texts, kept / read if read else None),
        )
    ]
    if waiting:
        sentences.append(
            texts.plural(
                "{n} line waits in quarantine until somebody mends it; it is in no figure.",
                "{n} lines wait in quarantine until somebody mends them; they are in no figure.",
                waiting,
            )
        )
    else:
        sentences.append(text("No line waits in quarantine."))
    told = sum(getattr(one, name) for one in found.files for name in report_parts.FATES)
    if told == read:
        sentences.append(text("Every line has exactly one fate; none was lost."))
    return sentences


def _figures(texts: Texts, found: Migration) -> list[tuple[str, str]]:
    text, number = texts.text, texts.formats.number
    mended = sum(one.lines for one in found.repairs) + sum(one.lines for one in found.steps)
    return [
        (text("Lines read"), number(found.lines("rows_read"))),
        (text("New"), number(found.lines("loaded"))),
        (text("Updated"), number(found.lines("updated"))),
        (text("Cells mended"), number(mended)),
        (text("Still waiting"), number(sum(one.lines for one in found.waiting))),
    ]
