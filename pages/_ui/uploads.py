"""Small files that a reader hands over, read from a folder that is gone afterwards."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from crm_core.services.imports import incoming

Answer = TypeVar("Answer")


def held(name: str, content: bytes, read: Callable[[Path], Answer]) -> Answer:
    """What `read` finds in a file of this name, as far as a file system takes the name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / incoming.safe_name(name)
        path.write_bytes(content)
        return read(path)
