"""What the readers' tests share: a way to read some bytes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from in_process import read

from crm_core.sources import ReadFile


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[..., ReadFile]:
    """Write bytes to a file of the given name and read it."""

    def write_and_read(content: bytes, name: str = "data.csv") -> ReadFile:
        path = tmp_path / name
        path.write_bytes(content)
        return read(path, tmp_path)

    return write_and_read
