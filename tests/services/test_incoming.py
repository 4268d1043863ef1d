from io import BytesIO
from pathlib import Path

import pytest

from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.services import imports
from crm_core.services.imports import fates, incoming
from crm_core.store import Store


def receive(store: Store, *names: str) -> list[Path]:
    return incoming.receive(store, LOCAL, [(name, BytesIO(name.encode())) for name in names])


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("客户 2025.csv", "客户 2025.csv"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\a\\deals.xlsx", "deals.xlsx"),
        ("<img src=x>*.csv", "<img src=x>*.csv"),
        ("line\nbreak\u202e.csv", "linebreak.csv"),
        ("..", "file"),
        ("", "file"),
        ("长" * 300 + ".csv", "长" * 66 + ".csv"),
    ],
)
def test_a_file_keeps_its_own_name_without_folders(sent: str, kept: str) -> None:
    assert incoming.safe_name(sent) == kept


def test_equal_names_are_told_apart(store: Store) -> None:
    paths = receive(store, "a.csv", "x/A.csv", "a.csv")
    assert [path.name for path in paths] == ["a.csv", "A (x).csv", "a (2).csv"]
    assert paths[2].read_bytes() == b"a.csv"


def test_only_the_owner_can_read_what_was_received(store: Store) -> None:
    [path] = receive(store, "a.csv")
    assert path.parent.stat().st_mode & 0o077 == 0


def test_what_was_received_can_be_discarded_and_nothing_else(store: Store, tmp_path: Path) -> None:
    [path] = receive(store, "a.csv")
    mine = tmp_path / "mine.csv"
    mine.write_text("a", encoding="utf-8")
    incoming.discard(store, [path, mine])
    assert not path.parent.exists()
    assert mine.exists()


def test_too_many_files_leave_nothing_behind(store: Store) -> None:
    names = [f"{number}.csv" for number in range(incoming.MOST_FILES + 1)]
    with pytest.raises(Refused, match="too_many_files"):
        receive(store, *names)
    assert not list(store.files.glob("incoming-*"))


@pytest.mark.parametrize("typed", ["", "exports", "../x", "\0/tmp"])
def test_a_path_must_be_whole(store: Store, typed: str) -> None:
    with pytest.raises(Refused, match="path_not_absolute"):
        incoming.local(store, LOCAL, typed)


def test_a_folder_gives_its_data_files(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    for name in ("b.csv", "a.xlsx", "note.pdf"):
        (folder / name).write_bytes(b"x")
    found = incoming.local(store, LOCAL, f'  "{folder}" ')
    assert [path.name for path in found] == ["a.xlsx", "b.csv"]


def test_a_path_without_anything_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="file_missing"):
        incoming.local(store, LOCAL, str(tmp_path / "nothing"))
    (tmp_path / "blank").mkdir()
    with pytest.raises(Refused, match="nothing_to_read"):
        incoming.local(store, LOCAL, str(tmp_path / "blank"))


def test_a_folder_without_end_is_refused(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incoming, "MOST_ENTRIES", 2)
    for number in range(3):
        (tmp_path / f"{number}.csv").write_text("a", encoding="utf-8")
    with pytest.raises(Refused, match="folder_too_large"):
        incoming.local(store, LOCAL, str(tmp_path))


def test_equal_names_in_several_folders_say_which_folder_they_are_from(store: Store) -> None:
    names = ["all/deals.csv", "all/2024/deals.csv", "all/2024/north/Deals.csv", "all/staff.csv"]
    paths = receive(store, *names)
    assert [path.name for path in paths] == [
        "deals.csv",
        "deals (2024).csv",
        "Deals (2024, north).csv",
        "staff.csv",
    ]
    assert [path.read_text() for path in paths] == names


@pytest.mark.parametrize("folder", ["..", "a\u202eb", "长" * 300])
def test_a_folders_name_harms_no_file(store: Store, folder: str) -> None:
    paths = receive(store, "deals.csv", f"{folder}/deals.csv", f"{folder}\\deals.csv")
    assert len({path.name for path in paths}) == 3
    assert {path.resolve().parent for path in paths} == {paths[0].parent.resolve()}
    assert all(path.suffix == ".csv" for path in paths)


@pytest.mark.parametrize(
    ("name", "is_data"),
    [
        ("exports/deals.CSV", True),
        ("exports/客户.xlsx", True),
        ("exports/notes.pdf", False),
        ("exports/.DS_Store", False),
        ("exports/~$deals.xlsx", False),
        ("exports/.git/deals.csv", False),
        ("__MACOSX/deals.csv", False),
        ("exports", False),
    ],
)
def test_only_data_files_of_a_folder_are_read(name: str, is_data: bool) -> None:
    assert incoming.is_data(name) is is_data


def test_a_file_that_was_sent_goes_by_its_name_and_no_path_of_the_server(store: Store) -> None:
    [path] = incoming.receive(
        store, LOCAL, [("deals.csv", BytesIO(b"Deal ID,Stage,Amount\n1,Won,5\n"))]
    )
    with imports.prepare(store, LOCAL, [path]) as upload:
        result = imports.load(store, LOCAL, upload)
    assert result.batch
    text = fates.as_csv(store, LOCAL, result.batch).decode("utf-8-sig")
    assert text.splitlines()[1].endswith(",deals.csv")
    assert str(store.files) not in text
