"""A checklist that somebody brings: ours in YAML or a workbook, a library of others, or a list."""

from dataclasses import dataclass, replace
from pathlib import Path

from crm_core.domain.actor import Actor
from crm_core.domain.checklist_changes import Changed, changes
from crm_core.domain.checklists import Checklist
from crm_core.domain.framework_checklists import converted
from crm_core.domain.problems import Refused
from crm_core.domain.untranslated import is_marked
from crm_core.reference.checklists import read_checklist
from crm_core.reference.frameworks import LARGEST, is_library, read_library
from crm_core.reference.yaml_models import content_of
from crm_core.services import brought
from crm_core.services.checklists import editions
from crm_core.services.checklists.exchange import flat, read
from crm_core.store import Store

YAML = (".yaml", ".yml")
_MOST_ROWS = 20_000


@dataclass(frozen=True)
class Brought:
    """A checklist as a file says it. Nothing is kept before `take`."""

    checklist: Checklist
    is_ours: bool = True
    """Whether the file numbers its editions as ours do; others are numbered when they are kept."""

    def called(self, name: str) -> "Brought":
        """The same under an id that is asked for. Refused("checklist_other") where the file says
        its id and it is another."""
        if self.is_ours and self.checklist.id != name:
            raise Refused("checklist_other", found=self.checklist.id, value=name)
        return replace(self, checklist=self.checklist.model_copy(update={"id": name}))

    @property
    def untranslated(self) -> int:
        """Questions of which one language is missing."""
        texts = (one.text for one in self.checklist.items)
        return sum(is_marked(one.en) or is_marked(one.zh) for one in texts)


@dataclass(frozen=True)
class Preview:
    """What taking a checklist would do."""

    checklist: Checklist
    """Numbered as it would be kept."""
    before: Checklist | None
    """The newest edition that there is."""
    changes: list[Changed]
    """Against that one."""


def of_file(path: Path, group: str = "") -> Brought:
    """The checklist in a file; of a library of frameworks one implementation group, if it is named.

    Refused: what the file cannot be read for; framework_none, framework_group, framework_empty;
    checklist_no_list; FileRefused names every mistake with its place.
    """
    if path.suffix.lower() in YAML:
        content = content_of(path, LARGEST)
        if is_library(content):
            return Brought(converted(read_library(content, path.name), group), is_ours=False)
        return Brought(read_checklist(content, path.name))
    sheets = sheets_of(path)
    if read.is_checklist(sheets):
        return Brought(read.read(path.name, sheets))
    return Brought(flat.read(path.name, sheets), is_ours=False)


def sheets_of(path: Path) -> dict[str, brought.Lines]:
    """The rows of a workbook's sheets by name. Refused: what the file cannot be read for;
    checklist_parted for a sheet with several tables; item_too_many."""
    found: dict[str, brought.Lines] = {}
    for table, lines in brought.tables(path, _MOST_ROWS + 1):
        name = (table.sheet or "").split("#")[0]
        if name in found:
            raise Refused("checklist_parted", file=path.name, sheet=name)
        if len(lines) > _MOST_ROWS:
            raise Refused("item_too_many", file=path.name, limit=_MOST_ROWS)
        found[name] = lines
    return found


def preview(store: Store, actor: Actor, found: Brought) -> Preview:
    """What keeping the checklist would change."""
    offered = editions.offered(store, actor).get(found.checklist.id)
    before = offered.checklist if offered else None
    kept = found.checklist
    if before and not found.is_ours:
        same = kept.model_copy(update={"version": before.version})
        is_other = bool(changes(before, same))
        kept = same.model_copy(update={"version": before.version + is_other})
    return Preview(kept, before, changes(before, kept) if before else [])


def take(store: Store, actor: Actor, found: Brought) -> Checklist:
    """Keep the checklist as a company's own; as it is kept. Refused("checklist_edition")."""
    kept = preview(store, actor, found).checklist
    editions.bring_in(store, actor, kept)
    return kept
