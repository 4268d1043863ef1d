"""Which files are taken when files and folders are named."""

from pathlib import Path

from crm_core.sources import expand


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()


def test_a_folder_gives_its_data_files_in_order_without_clutter(tmp_path: Path) -> None:
    make(tmp_path, "b.CSV", "a.xlsx", "sub/c.xls", "notes.pdf", "~$a.xlsx", ".d.csv")
    make(tmp_path, "__MACOSX/e.csv", ".git/f.csv")
    assert expand([tmp_path]) == [tmp_path / "a.xlsx", tmp_path / "b.CSV", tmp_path / "sub/c.xls"]


def test_a_named_file_is_always_taken_and_only_once(tmp_path: Path) -> None:
    make(tmp_path, "notes.pdf", "a.csv")
    named = [tmp_path / "notes.pdf", tmp_path / "missing.csv", tmp_path / "a.csv", tmp_path]
    assert expand(named) == named[:3]
