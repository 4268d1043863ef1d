"""What the readers' tests share: a way to read some bytes, and the public data sets."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_core.sources import ReadFile, read


@pytest.fixture
def read_bytes(tmp_path: Path) -> Callable[..., ReadFile]:
    """Write bytes to a file of the given name and read it."""

    def write_and_read(content: bytes, name: str = "data.csv") -> ReadFile:
        path = tmp_path / name
        path.write_bytes(content)
        return read(path, tmp_path)

    return write_and_read


@pytest.fixture
def shared() -> Path:
    """The folder with the public data sets; a test that asks for it fails where it is missing."""
    beside = Path(__file__).parents[3] / "shared" / "data"
    folder = Path(os.environ.get("CRM_SHARED", beside))
    if not folder.is_dir():
        pytest.fail(f"the public data sets are not at {folder}: set CRM_SHARED to their folder")
    return folder
