"""The words of bringing data in: entities, fields, fates, rules, steps."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from crm_core.domain.actor import LOCAL
from crm_core.domain.feeds import SCHEDULE
from crm_core.domain.flags import RULES
from crm_core.domain.goals import READER
from crm_core.domain.problems import Problem
from crm_core.i18n import cleaning, mark
from crm_core.reference import entities
from crm_core.services.imports import Arrivals, FileResult
from pages._ui import session

STEPS = {
    "read": mark("Reading {file}"),
    "recognise": mark("Recognising columns"),
    "clean": mark("Cleaning {file}"),
    "publish": mark("Loading {file}"),
    "match": mark("Matching what came with what was there"),
}


def entity(name: str | None, *, plural: bool = True) -> str:
    """An entity in the reader's language; one that is not known as it is called inside."""
    spec = entities().get(name or "")
    if spec is None:
        return name or ""
    return session.texts().label(spec.plural if plural else spec.label)


def field(name: str, owner: str | None) -> str:
    """A field of the entity `owner`."""
    spec = entities().get(owner or "")
    known = {one.name: one.label for one in spec.fields} if spec else {}
    return session.texts().label(known[name]) if name in known else name


def any_field(name: str, owner: str | None) -> str:
    """A field of the entity or of one that its sheets tell about, which `name` may name."""
    other, _, bare = name.rpartition(".")
    if other:
        return f"{entity(other, plural=False)} · {field(bare, other)}"
    spec = entities().get(owner or "")
    others = [one.entity for one in spec.derives] if spec else []
    for candidate in (owner, *others):
        if (said := field(name, candidate)) != name:
            return said
    return name


def person(name: str) -> str:
    """A person's name; the one local person of an installation without sign-in."""
    text = session.texts().text
    if name == SCHEDULE.name:
        return text("The schedule")
    if name == RULES.name:
        return text("The rules")
    if name == READER.name:
        return text("The metrics")
    return text("You, on this computer") if name == LOCAL.name else name


def fate(code: str) -> str:
    """What became of a line."""
    return cleaning.fate(session.texts(), code)


def rule(code: str | None) -> str:
    """Why a line was set aside or skipped, in a few words; "" where the fate says it all."""
    return session.texts().rule(code)


def advice(code: str) -> str:
    """What to do about a line that broke this rule; "" where there is nothing to do."""
    return session.texts().advice(code)


def arrivals(found: Arrivals) -> str:
    """What matching made of the records of a load."""
    merged, waiting = sum(found.merged.values()), sum(found.review.values())
    return cleaning.arrivals(session.texts(), merged, waiting)


def step(code: str, file: str) -> str:
    """What is being done."""
    return session.texts().text(STEPS.get(code, STEPS["read"]), file=file)


def name_of(result: FileResult) -> str:
    """A file, with its sheet where it has several."""
    return sheet_name(PurePath(result.path).name, result.sheet)


def sheet_name(file: str, sheet: str | None) -> str:
    """A sheet of a file."""
    return f"{file} · {sheet}" if sheet else file


def derived(counts: Mapping[str, int]) -> str:
    """Rows made besides the sheet's own: 12 customers · 1 product."""
    texts = session.texts()

    def said(name: str, count: int) -> str:
        called = entity(name, plural=count != 1).lower()
        return texts.text("{n} {entities}", n=texts.formats.number(count), entities=called)

    return " · ".join(said(name, count) for name, count in counts.items())


def repaired(made: Sequence[tuple[str, str]]) -> str:
    """How many values, each with what it became, were corrected and how many written alike."""
    texts = session.texts()
    alike = sum(_alike(raw, clean) for raw, clean in made)
    parts = []
    if corrected := len(made) - alike:
        parts.append(texts.plural("{n} spelling corrected", "{n} spellings corrected", corrected))
    if alike:
        parts.append(texts.plural("{n} value written alike", "{n} values written alike", alike))
    return " · ".join(parts)


def _alike(raw: str, clean: str) -> bool:
    """Whether only capitals and blanks tell the two apart."""
    return "".join(raw.split()).casefold() == "".join(clean.split()).casefold()


def of_file(name: str, problem: Problem) -> str:
    """A problem with the file that it is about."""
    texts = session.texts()
    said = session.problem(problem)
    if str(problem.params.get("file", name)) in said:
        return said
    return texts.text("{file}: {problem}", file=name, problem=said)
