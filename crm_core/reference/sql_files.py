"""Queries that describe themselves: a YAML head between `/* ---` and `--- */`, SQL below it."""

import re
from pathlib import Path
from typing import Any, TypeVar

import yaml

from crm_core.domain.described import Described
from crm_core.reference.lists import DATA

Model = TypeVar("Model", bound=Described)

_HEAD = re.compile(r"\A/\* ---\n(.*?)^--- \*/\n(.*)\Z", re.DOTALL | re.MULTILINE)


def split(path: Path) -> tuple[dict[str, Any], str]:
    """The head, parsed, and the SQL below it; ValueError where the file has no head."""
    match = _HEAD.match(path.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{path}: no head")
    return yaml.load(match[1], Loader=yaml.CSafeLoader), match[2].strip()


def described(folder: str, model: type[Model]) -> dict[str, Model]:
    """Every query of a folder under data/ by its id, the file's name, in alphabetical order."""
    found = {}
    for path in sorted((DATA / folder).glob("*.sql")):
        head, sql = split(path)
        found[path.stem] = model.model_validate(head | {"id": path.stem, "sql": sql})
    return found
