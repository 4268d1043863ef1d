"""Libraries of frameworks that others wrote, read from their YAML."""

import re

from crm_core.domain.frameworks import Library
from crm_core.reference.yaml_models import read_model

LARGEST = 5_000_000
"""Bytes of a library."""
_MARK = re.compile(rb"(?m)^objects\s*:")


def is_library(content: bytes) -> bool:
    """Whether a YAML text is a library rather than a checklist."""
    return _MARK.search(content) is not None


def read_library(content: bytes, file: str) -> Library:
    """The library that a YAML text says. Refused as `read_model` does: file, line, what to do."""
    return read_model(content, file, Library, lambda _: (), LARGEST)[0]
