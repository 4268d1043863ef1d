"""What changed between two editions of a checklist."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from crm_core.domain.checklists import Checklist, Item, Section


class What(StrEnum):
    """What is another in the later edition."""

    ADDED = "added"
    TAKEN_OUT = "taken_out"
    REWORDED = "reworded"  # a text that is read
    REWEIGHTED = "reweighted"  # a weight, a gate, where amber and green begin
    LEVELS = "levels"  # the answers that there are, or what they are worth
    ASKED = "asked"  # of whom, of what, when, in which section or order
    CONSEQUENCES = "consequences"  # what follows from an answer


Part = Checklist | Section | Item
_Said = Mapping[What, object]


@dataclass(frozen=True)
class Changed:
    """A part of a checklist that is another; `before` or `after` is None where it was not there."""

    before: Part | None
    after: Part | None
    what: tuple[What, ...]

    @property
    def part(self) -> Part:
        """The part as it is now, or as it was."""
        part = self.after or self.before
        assert part is not None
        return part


def changes(before: Checklist, after: Checklist) -> list[Changed]:
    """All but the number of the edition: the checklist itself, its sections, its items, in the
    order of the later edition; what was taken out stands last. [] where nothing changed."""
    stays = _places(before).items() & _places(after).items()
    was, now = (_parts(one, {key for key, _ in stays}) for one in (before, after))
    found = []
    for key, (part, said) in now.items():
        old, said_before = was.get(key, (None, {}))
        what = _other(said_before, said) if old else (What.ADDED,)
        if what:
            found.append(Changed(old, part, what))
    gone = (part for key, (part, _) in was.items() if key not in now)
    return found + [Changed(part, None, (What.TAKEN_OUT,)) for part in gone]


def _other(before: _Said, after: _Said) -> tuple[What, ...]:
    return tuple(what for what in What if before.get(what) != after.get(what))


def _places(checklist: Checklist) -> dict[str, str]:
    """Where each section, item and answer to choose stands."""
    places = {f"/{one.id}": "" for one in checklist.sections}
    places |= {item.id: section.id for section in checklist.sections for item in section.items}
    return places | {
        f"{item.id}={option.code}": item.id for item in checklist.items for option in item.options
    }


def _parts(
    checklist: Checklist, stays: Collection[str]
) -> dict[tuple[type[Part], str], tuple[Part, _Said]]:
    """Every part with what it says. Its order is that of the parts that stay where they are: one
    that was put in before them changes nothing about them."""
    parts: dict[tuple[type[Part], str], tuple[Part, _Said]] = {
        (Checklist, ""): (checklist, _of_checklist(checklist, stays))
    }
    for section in checklist.sections:
        parts[Section, section.id] = (section, _of_section(section, stays))
    for section in checklist.sections:
        for item in section.items:
            parts[Item, item.id] = (item, _of_item(item, section, stays))
    return parts


def _order(keys: Iterable[str], stays: Collection[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key in stays)


def _of_checklist(one: Checklist, stays: Collection[str]) -> _Said:
    return {
        What.REWORDED: (one.provider, one.title, one.about),
        What.REWEIGHTED: (one.green_from, one.amber_from),
        What.ASKED: (one.id, one.scopes, _order((f"/{each.id}" for each in one.sections), stays)),
    }


def _of_section(one: Section, stays: Collection[str]) -> _Said:
    return {
        What.REWORDED: (one.title, one.about),
        What.REWEIGHTED: one.weight,
        What.ASKED: (one.covers, _order((each.id for each in one.items), stays)),
    }


def _of_item(one: Item, section: Section, stays: Collection[str]) -> _Said:
    return {
        What.REWORDED: (
            *(one.text, one.help, one.unit, one.evidence),
            [each.label for each in one.options if f"{one.id}={each.code}" in stays],
        ),
        What.REWEIGHTED: (one.weight, one.gate),
        What.LEVELS: (
            *(one.kind, one.zero_at, one.full_at, one.may_not_apply),
            [(each.code, each.worth, each.alone) for each in one.options],
        ),
        What.ASKED: (section.id, one.ask_if, one.asked_of, one.covers),
        What.CONSEQUENCES: one.leads_to,
    }
