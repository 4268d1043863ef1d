"""The typed head of an .sql file: a YAML block between `/* ---` and `--- */` at its start."""

import re
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
_HEAD = re.compile(r"\A/\* ---\n(.*?)^--- \*/\n(.*)\Z", re.DOTALL | re.MULTILINE)


def split(path: Path) -> tuple[dict[str, Any], str]:
    """The head, parsed, and the SQL below it; ValueError where the file has no head."""
    match = _HEAD.match(path.read_text(encoding="utf-8"))
    if match is None:
        raise ValueError(f"{path}: no head")
    return yaml.safe_load(match[1]), match[2].strip()
