from pathlib import Path

import pytest

from crm_core import sample
from crm_core.cli import arguments, starting
from crm_core.cli.console import Console
from crm_core.cli.main import main
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


@pytest.mark.parametrize(
    ("words", "head", "title"),
    [
        (["--language", "zh", "sample", "out", "--registers"], "编号", "报价要等五六天"),
        (["sample", "out", "--registers", "--language", "en"], "No.", "Quotes take five or six"),
    ],
)
def test_the_command_writes_the_registers_instead_where_they_are_asked_for(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    head: str,
    title: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 0
    paths = [Path(line.strip()) for line in capsys.readouterr().out.splitlines()]
    assert [path.stem for path in paths] == list(registers())
    [pains] = [path.read_text("utf-8-sig") for path in paths if path.stem == "pain_point"]
    assert pains.startswith(f"{head},") and title in pains
