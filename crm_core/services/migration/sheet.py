"""The reconciliation of a run on paper: what a sponsor signs, from the store to the target."""

from decimal import Decimal
from typing import Any

from crm_core.domain.actor import Actor
from crm_core.i18n import DASH, Texts
from crm_core.i18n.migration import KINDS, REJECTS
from crm_core.reports.document import Document, pdf
from crm_core.reports.workbook import Column, Kind, Sheet
from crm_core.services.migration import preview, signing, totals
from crm_core.services.migration.runs import Run, one_run
from crm_core.services.migration.totals import ROWS, Total
from crm_core.store import Store

_MOST_ROWS = 200


def reconciliation(store: Store, actor: Actor, texts: Texts, run: int) -> bytes:
    """A PDF file of a run's totals on both sides. Refused("migration_run_unknown")."""
    made = one_run(store, actor, run)
    every = totals.totals(store, actor, run)
    text, number = texts.text, texts.formats.number
    target = title(store, actor, texts, made.target)
    about = text("Run {run}: {target}", run=made.run, target=target)
    document = Document(
        title=text("Reconciliation of a migration"),
        subtitle=" · ".join(
            (about, text(KINDS[made.kind]), text("{at} UTC", at=texts.formats.moment(made.made_at)))
        ),
        lead=[finding(texts, every), _signed(texts, signing.signature(store, actor, run))],
        figures=[
            (text("Records in the store"), number(made.count("records") + made.count("left_out"))),
            (text("Rejected"), number(made.count("rejected"))),
            (text("Left out by filters"), number(made.count("left_out"))),
            (text("Records for the target"), number(made.count("accepted"))),
        ],
        parts=[
            part for part in (_totals(texts, every), _rejected(texts, store, made)) if part.rows
        ],
        footer=text("CRM Cockpit · Reconciliation · {about}", about=about),
        signatures=[text("Data owner, date"), text("Sponsor, date")],
    )
    return pdf(
        document,
        lambda kind, value: _written(texts, kind, value),
        texts.language,
        most=_MOST_ROWS,
        more=lambda n: text("And more: {n}.", n=number(n)),
    )


def finding(texts: Texts, every: list[Total]) -> str:
    """What the totals come to, in one sentence."""
    missing = sum(one.target is None for one in every)
    differing = sum(not one.agrees for one in every) - missing
    if missing == len(every):
        return texts.text("The target has told no totals yet")
    if differing:
        return texts.plural("{n} total differs", "{n} totals differ", differing)
    if missing:
        return texts.plural("{n} total is missing", "{n} totals are missing", missing)
    return texts.text("Both sides are equal")


def measure(texts: Texts, code: str) -> str:
    """What a total is of: records, or a column of the target."""
    return texts.text("Records") if code == ROWS else code


def state(texts: Texts, one: Total) -> str:
    """How the two sides of a total stand."""
    if one.target is None:
        return texts.text("Not told")
    return texts.text("Equal") if one.agrees else texts.text("Differs")


def title(store: Store, actor: Actor, texts: Texts, target: str) -> str:
    """The template of a target in the reader's language."""
    known = preview.known(store, actor)
    label = known[target].target.label if target in known else None
    return texts.label(label) if label else target


def _signed(texts: Texts, signed: signing.Signature | None) -> str:
    if signed is None:
        return texts.text("Not signed in the app.")
    at = texts.formats.moment(signed.signed_at)
    name, digest = signed.name, signed.digest
    said = texts.text(
        "Signed by {name}, {at} UTC, SHA-256 {digest}.", name=name, at=at, digest=digest
    )
    if signed.standing != "fits":
        said += " " + texts.text("It no longer fits: totals or files were changed afterwards.")
    if signed.reason:
        said += " " + texts.text("Reason: {reason}", reason=signed.reason)
    return said


def _totals(texts: Texts, every: list[Total]) -> Sheet:
    text = texts.text
    columns = [
        *(Column(text("Table of the target")), Column(text("Total of")), Column(text("Currency"))),
        *(Column(text("Taken from the store"), "number"), Column(text("Rejected"), "number")),
        *(Column(text("For the target"), "number"), Column(text("Target"), "number")),
        *(Column(text("Difference"), "number"), Column(text("State"), "identifier")),
    ]
    rows = [
        (
            *(one.table, measure(texts, one.measure), one.currency),
            *(one.taken, one.rejected, one.source, one.target, one.difference),
            state(texts, one),
        )
        for one in every
    ]
    return Sheet(text("Totals"), text("Totals of both sides"), (), columns, rows)


def _rejected(texts: Texts, store: Store, made: Run) -> Sheet:
    """Why records were held back, those solved since left out."""
    with store.read() as cursor:
        found = cursor.execute(
            'SELECT "table", "column", rule, count(*) FROM crm.migration_reject'
            " WHERE target = ? AND last_run = ? AND status = 'open'"
            " GROUP BY ALL ORDER BY 4 DESC, 1, 2, 3",
            [made.target, made.run],
        ).fetchall()
    text = texts.text
    columns = [
        *(Column(text("Table of the target")), Column(text("Column")), Column(text("Why"))),
        Column(text("Records"), "integer"),
    ]
    rows = [
        (table, column, text(REJECTS[rule]) if rule in REJECTS else rule, count)
        for table, column, rule, count in found
    ]
    return Sheet(text("Rejected"), text("Rejected, by reason"), (), columns, rows)


def amount(texts: Texts, value: int | Decimal) -> str:
    """A total with every digit that it has, tenths as money is written: a count beside sums of
    money stays a whole number."""
    tenths = Decimal(value).normalize().as_tuple().exponent == -1
    return texts.formats.number(value, 2 if tenths else None)


def _written(texts: Texts, _kind: Kind, value: Any) -> str:
    if isinstance(value, int | Decimal):
        return amount(texts, value)
    return DASH if value is None else str(value)
