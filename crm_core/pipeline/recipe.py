"""A kept mapping: what the columns of a kind of file mean, as YAML, for the next like file."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from crm_core.domain.plan import ColumnPlan, TablePlan
from crm_core.domain.problems import Refused
from crm_core.pipeline.recognise.locate import Line, header_at
from crm_core.reference import entities, plain_key, word_key

_HEAD = """\
# A recipe of CRM Cockpit: what the columns of these tables mean. 导入方案：这些表格各列的含义。
# It is used for every file with the same headers, in whatever order they stand.
# field: empty keeps the column as an extra attribute. entity: of another record on the same line.
# as_is: these cells, or all of the column, are kept as the file has them, in no usual writing.
# steps: done to the cells in this order before they become values; on: false switches one off.
"""


def save(plans: Iterable[TablePlan], path: Path) -> None:
    """Write `plans` as a recipe to `path`; what is as usual is left out."""
    tables = [plan.model_dump(mode="json", exclude_defaults=True) for plan in plans]
    text = yaml.safe_dump({"tables": tables}, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(_HEAD + text, encoding="utf-8")


def load(path: Path) -> list[TablePlan]:
    """The plans of the recipe at `path`.

    Refused("recipe_unreadable") with `path` and `reason` where it is no recipe, and
    Refused("recipe_unknown_field") with `path`, `entity` and `field` where it names none of ours,
    and Refused("recipe_unknown_column") with `path` and `column` where a step names none of its.
    """
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        plans = [TablePlan.model_validate(table) for table in content["tables"]]
    except (OSError, UnicodeError, yaml.YAMLError, ValidationError, TypeError, KeyError) as error:
        reason = str(error).splitlines()[0]
        raise Refused("recipe_unreadable", path=str(path), reason=reason) from error
    for plan in plans:
        _check(plan, path)
    return plans


def matching(recipes: Sequence[TablePlan], plan: TablePlan) -> TablePlan | None:
    """The recipe for a table with the headers of `plan`, fitted to where its columns stand.

    `plan` is what was proposed for the table. It keeps its file, sheet, header line and what its
    own cells tell of the order of dates; all else comes from the recipe. None if no recipe has
    the same headers. Of several, the one for a file or sheet of the same name is taken.
    """
    headers = _headers(plan)
    like = [recipe for recipe in recipes if any(headers) and _headers(recipe) == headers]
    if not like:
        return None
    best = max(like, key=lambda recipe: (recipe.sheet == plan.sheet, recipe.file == plan.file))
    kept = _by_header(best.columns)
    columns = [_fitted(kept.get(name), column) for name, column in _by_header(plan.columns).items()]
    return best.model_copy(
        update={
            "file": plan.file,
            "sheet": plan.sheet,
            "header_line": plan.header_line,
            "confidence": 1.0,
            "columns": columns,
        }
    )


def header_line(recipes: Sequence[TablePlan], lines: Sequence[Line]) -> int | None:
    """The first of a table's first lines that reads as the header of a recipe; None if none does.

    A person may have found the header where nobody would look for it.
    """
    known = [_headers(recipe) for recipe in recipes]
    for line in lines:
        names = _counted(header_at(lines, line.number))
        if names and names in known:
            return line.number
    return None


def fingerprint(plan: TablePlan) -> str:
    """Eight characters that tables with the same headers share, in whatever order they stand."""
    names = sorted(_headers(plan).elements())
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:8]


def _check(plan: TablePlan, path: Path) -> None:
    """Refuse a plan that names an entity or a field that does not exist."""
    for column in plan.columns:
        name = column.entity or plan.entity
        spec = entities().get(name or "")
        known = spec is not None and column.field in {field.name for field in spec.fields}
        if column.field is not None and not known:
            raise Refused("recipe_unknown_field", path=str(path), entity=name, field=column.field)
    if plan.entity is not None and plan.entity not in entities():
        raise Refused("recipe_unknown_field", path=str(path), entity=plan.entity, field=None)
    titles = set(plan.titles().values())
    for step in plan.steps:
        for title in step.named:
            if title not in titles:
                raise Refused("recipe_unknown_column", path=str(path), column=title)


def _headers(plan: TablePlan) -> Counter[str]:
    return _counted(column.header for column in plan.columns)


def _counted(headers: Iterable[str]) -> Counter[str]:
    return Counter(_key(header) for header in headers if header.strip())


def _key(header: str) -> str:
    """The header without case and signs; one of signs alone as it is."""
    return word_key(header) or plain_key(header)


def _by_header(columns: Iterable[ColumnPlan]) -> dict[tuple[str, int], ColumnPlan]:
    """The columns by header and by which of several equal headers it is; blank ones included."""
    seen = Counter[str]()
    found = {}
    for column in sorted(columns, key=lambda column: column.index):
        key = _key(column.header)
        found[key, seen[key]] = column
        seen[key] += 1
    return found


def _fitted(kept: ColumnPlan | None, column: ColumnPlan) -> ColumnPlan:
    if kept is None:
        return column.model_copy(update={"field": None, "entity": None, "confidence": 0.0})
    return kept.model_copy(
        update={
            "index": column.index,
            "header": column.header,
            "confidence": 1.0,
            "evidence": "recipe",
            "date_order": column.date_order or kept.date_order,
        }
    )
