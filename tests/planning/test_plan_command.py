"""The command `plan`, from files to a plan with reasons."""

from pathlib import Path

import pytest
import simplejson

from crm_core.cli import main

INITIATIVES = (
    "id,title,duration,depends_on,effort\n"
    "I1,First,2,,R1:1\n"
    "I2,Second,3,,R1:1\n"
    "I3,Third,1,I1; I2 SS+1,R1:1\n"
)
CAPACITY = "id,skill,from_period,to_period,amount\nK1,R1,1,20,{amount}\n"


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    store = tmp_path / "crm.duckdb"

    def go(*words: str) -> tuple[int, str, str]:
        status = main.run([*words, "--store", str(store)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return go
