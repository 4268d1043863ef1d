from pathlib import Path

import pytest

from crm_core import sample
from crm_core.cli import arguments, starting
from crm_core.cli.console import Console
from crm_core.i18n import Texts
from crm_core.reference.registers import registers


@pytest.mark.parametrize(
    ("words", "seed", "level"),
    [([], sample.SEED, "light"), (["--dirt", "heavy", "--seed", "0"], 0, "heavy")],
)
def test_the_command_writes_the_company_and_the_dirt_that_was_asked_for(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    seed: int,
    level: str,
) -> None:
    asked: list[tuple[int, str]] = []

    def write(directory: Path, seed: int, level: str) -> list[Path]:
        asked.append((seed, level))
        return [directory / "客户.csv"]

    monkeypatch.setattr(sample, "write", write)
    args = arguments.parser(tmp_path).parse_args(["sample", "out", *words])
    written: list[str] = []
    assert starting.sample(args, Console(Texts("en"), write_out=written.append)) == 0
    assert asked == [(seed, level)]
    assert written == [f"{tmp_path / 'out' / '客户.csv'}\n"]


def test_the_command_writes_the_registers_instead_where_they_are_asked_for(tmp_path: Path) -> None:
    args = arguments.parser(tmp_path).parse_args(["sample", "out", "--registers"])
    written: list[str] = []
    assert starting.sample(args, Console(Texts("en"), write_out=written.append)) == 0
    paths = [Path(line.strip()) for line in written]
    assert [path.stem for path in paths] == list(registers())
    assert all(path.exists() for path in paths)
