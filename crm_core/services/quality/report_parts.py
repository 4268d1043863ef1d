"""The tables of a migration report, in the reader's language."""

from crm_core.i18n import DASH, Texts, cleaning
from crm_core.reports.workbook import Column, Sheet
from crm_core.services.quality import words
from crm_core.services.quality.migrated import Migration, Repair, StepDone

FATES = ("loaded", "updated", "merged", "quarantined", "skipped")
_SENTENCE = ""
"""The label of a fact that is a whole sentence."""


def parts(texts: Texts, found: Migration) -> list[Sheet]:
    """What came, what became of it, what was mended, what remains, the control sums."""
    makers = (_files, _controls, _fates, _repairs, _steps, _waiting, _warnings, _gaps)
    return [make(texts, found) for make in makers]


def summary(texts: Texts, found: Migration) -> Sheet:
    """The loads that the report tells of."""
    text = texts.text
    return Sheet(
        text("Loads"),
        text("Migration report"),
        [(_SENTENCE, text("The loads that this report tells of. Times are UTC."))],
        [
            Column(text("Load no."), "integer"),
            Column(text("When"), "date"),
            Column(text("Who")),
            Column(text("Taken back"), "flag"),
        ],
        [[one.batch, one.at, words.person(texts, one.actor), one.undone] for one in found.batches],
    )


def _sheet(name: str, sentence: str, columns: list[Column], rows: list[list[object]]) -> Sheet:
    return Sheet(name, name, [(_SENTENCE, sentence)], columns, rows)


def _files(texts: Texts, found: Migration) -> Sheet:
    text = texts.text
    return _sheet(
        text("What came"),
        text("Each file or sheet with its lines: read = new + updated + set aside + skipped."),
        [
            Column(text("File")),
            Column(text("Holds")),
            Column(text("Encoding")),
            Column(text("Lines read"), "integer"),
            Column(text("New"), "integer"),
            Column(text("Updated"), "integer"),
            Column(text("Set aside"), "integer"),
            Column(text("Skipped"), "integer"),
        ],
        [
            [
                f"{one.file} · {one.sheet}" if one.sheet else one.file,
                texts.problem(one.problem) if one.problem else words.table_name(texts, one.entity),
                one.encoding,
                *(one.rows_read, one.loaded, one.updated + one.merged),
                *(one.quarantined, one.skipped),
            ]
            for one in found.files
        ],
    )


def _fates(texts: Texts, found: Migration) -> Sheet:
    text = texts.text
    return _sheet(
        text("What became of the lines"),
        text(
            "Every line has one fate. Skipped lines hold no record, or one that is known already."
        ),
        [Column(text("Fate")), Column(text("Why")), Column(text("Lines"), "integer")],
        [
            [cleaning.fate(texts, one.fate), texts.rule(one.reason) or DASH, one.lines]
            for one in found.fates
        ],
    )


def _repairs(texts: Texts, found: Migration) -> Sheet:
    text = texts.text
    return _sheet(
        text("Mended spellings"),
        text("Values brought to one writing. The file's own cells are kept as they came."),
        [
            Column(text("Table")),
            Column(text("Field")),
            Column(text("Spellings"), "integer"),
            Column(text("Lines"), "integer"),
            Column(text("For example")),
        ],
        [
            [
                words.table_name(texts, one.entity),
                words.field_name(texts, one.entity, one.field),
                *(one.values, one.lines, _examples(one)),
            ]
            for one in found.repairs
        ],
    )


def _examples(repair: Repair) -> str:
    return "; ".join(f"{raw} → {clean}" for raw, clean in repair.examples)


def _steps(texts: Texts, found: Migration) -> Sheet:
    text = texts.text
    return _sheet(
        text("Steps of the recipes"),
        text("What people had done to the cells before they became values."),
        [
            Column(text("File")),
            Column(text("Step")),
            Column(text("Lines"), "integer"),
            Column(text("For example")),
        ],
        [
            [
                f"{one.file} · {one.sheet}" if one.sheet else one.file,
                cleaning.step(texts, one.step),
                one.lines,
                _sample(texts, one),
            ]
            for one in found.steps
        ],
    )


def _sample(texts: Texts, done: StepDone) -> str:
    if done.sample is None:
        return DASH
    before, after = (cell or texts.text("blank") for cell in done.sample)
    return f"{before} → {after}"


def _waiting(texts: Texts, found: Migration) -> Sheet:
    text = texts.text
    sentence = text("Lines in quarantine, by the rule that they break. They are in no figure.")
    if found.settled:
        sentence += " " + texts.plural(
            "{n} line that was set aside has been settled since.",
            "{n} lines that were set aside have been settled since.",
            found.settled,
        )
    return _sheet(
        text("What still waits"),
        sentence,
        [
            Column(text("Table")),
            Column(text("Rule")),
            Column(text("Lines"), "integer"),
            Column(text("For example")),
            Column(text("Stands in")),
        ],
        [
            [
                words.table_name(texts, one.entity),
                texts.rule(one.rule),
                one.lines,
                one.example,
                text("{file}, line {line}", file=one.file, line=one.line),
            ]
            for one in found.waiting
        ],
    )


def _warnings(texts: Texts, found: Migration) -> Sheet:
    text = texts.text
    return _sheet(
        text("Loaded with a warning"),
        text("Lines that break a rule and are in the store all the same."),
        [Column(text("Table")), Column(text("Rule")), Column(text("Lines"), "integer")],
        [
            [words.table_name(texts, one.entity), texts.rule(one.rule), one.lines]
            for one in found.warnings
        ],
    )


def _gaps(texts: Texts, found: Migration) -> Sheet:
    text = texts.text
    return _sheet(
        text("What is missing"),
        text("Columns that are not filled everywhere, as of now, the emptiest first."),
        [
            Column(text("Table")),
            Column(text("Column")),
            Column(text("Number of rows"), "integer"),
            Column(text("Missing"), "integer"),
            Column(text("Missing, %"), "percent"),
        ],
        [
            [
                words.table_name(texts, one.entity),
                words.field_name(texts, one.entity, one.field),
                *(one.rows, one.missing, one.missing / one.rows),
            ]
            for one in found.gaps
        ],
    )


def _controls(texts: Texts, found: Migration) -> Sheet:
    text = texts.text
    bases = {"sales": text("Order lines"), "opportunities": text("Won opportunities")}
    return _sheet(
        text("Control sums"),
        text(
            "Revenue in the store before and after: before + new rows + changes = after. "
            "Currencies are never added up."
        ),
        [
            Column(text("Revenue from")),
            Column(text("Currency")),
            Column(text("Number of rows"), "integer"),
            Column(text("Before"), "money"),
            Column(text("New rows"), "money"),
            Column(text("Changes"), "money"),
            Column(text("After"), "money"),
        ],
        [
            [
                bases[one.basis],
                one.currency or text("no currency given"),
                *(one.rows, one.before, one.new, one.changed, one.after),
            ]
            for one in found.controls
        ],
    )
