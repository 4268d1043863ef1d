"""Queries that describe themselves: a YAML head between `/* ---` and `--- */`, SQL below it."""

import re
from pathlib import Path
from typing import Any

import yaml

_HEAD = re.compile(r"\A/\* ---\n(.*?)^--- \*/\n(.*)\Z", re.DOTALL | re.MULTILINE)


def split(path: Path) -> tuple[dict[str, Any], str]:
    """The head, parsed, and the SQL below it; ValueError where the file has no head."""
    match = _HEAD.match(path.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{path}: no head")
    return yaml.load(match[1], Loader=yaml.CSafeLoader), match[2].strip()
