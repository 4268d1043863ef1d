import sys
import threading
import time
import weakref
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from crm_core.domain.actor import LOCAL, Actor
from crm_core.domain.problems import Refused
from crm_core.store import Store, state_at, versions
from crm_core.store.migrate import MIGRATIONS, steps

SET = "INSERT INTO app.setting VALUES ('colour', ?, ?)"


@pytest.fixture
def store(tmp_path: Path):
    store = Store(tmp_path / "s.duckdb")
    yield store
    store.close()


def set_colour(store: Store, colour: str, actor: Actor = LOCAL) -> int:
    with store.change(actor, "setting.set", area="settings", subject="colour") as change:
        change.retire("app.setting", "key = ?", ["colour"])
        change.cursor.execute(SET, [f'"{colour}"', change.change_id])
        change.detail = {"after": colour}
    return change.change_id


def test_a_new_store_has_every_migration_and_a_second_opening_makes_none(tmp_path: Path) -> None:
    Store(tmp_path / "s.duckdb").close()
    with duckdb.connect(str(tmp_path / "s.duckdb")) as plain:
        before = plain.execute("FROM main.migration").fetchall()
    Store(tmp_path / "s.duckdb").close()
    with duckdb.connect(str(tmp_path / "s.duckdb")) as plain:
        assert plain.execute("FROM main.migration").fetchall() == before
    assert [row[0] for row in before] == list(range(1, len(before) + 1))


def test_a_store_of_a_newer_product_is_refused(tmp_path: Path) -> None:
    Store(tmp_path / "s.duckdb").close()
    with duckdb.connect(str(tmp_path / "s.duckdb")) as plain:
        plain.execute("INSERT INTO main.migration (number, name) VALUES (9999, 'tomorrow')")
    with pytest.raises(Refused, match="store_newer"):
        Store(tmp_path / "s.duckdb")


def test_a_file_that_is_no_store_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "s.duckdb").write_text("a letter to the bank, longer than any header would be")
    with pytest.raises(Refused, match="store_unreadable"):
        Store(tmp_path / "s.duckdb")
    assert (tmp_path / "s.duckdb").read_text().startswith("a letter")


def test_a_change_writes_its_audit_row_and_moves_only_its_own_area(store: Store) -> None:
    change_id = set_colour(store, "red", Actor("u1", "甲"))
    assert (store.version("settings"), store.version("crm")) == (1, 0)
    with store.read() as cursor:
        row = cursor.execute(
            "SELECT change_id, actor_id, actor_name, action, subject, detail->>'after'"
            " FROM app.change"
        ).fetchone()
    assert row == (change_id, "u1", "甲", "setting.set", "colour", "red")


def test_a_change_that_fails_leaves_no_row_no_audit_and_no_version(store: Store) -> None:
    with (
        pytest.raises(ZeroDivisionError),
        store.change(LOCAL, "setting.set", area="settings") as change,
    ):
        change.cursor.execute(SET, ['"red"', change.change_id])
        raise ZeroDivisionError
    with store.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM app.setting").fetchone() == (0,)
        assert cursor.execute("SELECT count(*) FROM app.change").fetchone() == (0,)
    assert store.version("settings") == 0


def test_any_past_state_can_be_shown(store: Store) -> None:
    moments = []
    for colour in ("red", "green", "blue"):
        set_colour(store, colour)
        moments.append(datetime.now(UTC).replace(tzinfo=None))
    with store.read() as cursor:
        seen = [state_at(cursor, "app.setting", at).fetchall()[0][1] for at in moments]
        history = versions(cursor, "app.setting", "key = ?", ["colour"])
    assert seen == ['"red"', '"green"', '"blue"']
    assert [row["value"] for row in history] == ['"blue"', '"green"', '"red"']
    assert history[0]["superseded_by"] is None


def test_versions_survive_closing_and_change_numbers_never_come_twice(tmp_path: Path) -> None:
    first = Store(tmp_path / "s.duckdb")
    used = [set_colour(first, "red"), set_colour(first, "green")]
    first.close()
    second = Store(tmp_path / "s.duckdb")
    assert second.version("settings") == 2
    assert set_colour(second, "blue") not in used
    second.close()


def test_many_writers_and_readers_at_once_lose_nothing(store: Store) -> None:
    wrong: list[object] = []

    def write() -> None:
        for number in range(15):
            set_colour(store, f"c{number}")

    def read() -> None:
        for _ in range(40):
            with store.read() as cursor:
                colours = cursor.execute("SELECT count(*) FROM app.setting").fetchone()
            if colours not in ((0,), (1,)):
                wrong.append(colours)

    threads = [threading.Thread(target=task) for task in (write, write, read, read)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert store.version("settings") == 30
    with store.read() as cursor:
        assert cursor.execute("SELECT count(*) FROM app.setting_history").fetchone() == (29,)


def test_a_long_change_of_one_area_does_not_hold_up_another(store: Store) -> None:
    with store.change(LOCAL, "batch.load", area="crm") as load:
        load.cursor.execute("INSERT INTO crm.segment VALUES ('Medical', NULL, ?)", [load.change_id])
        set_colour(store, "red")
        assert store.version("settings") == 1
    with store.read() as cursor:
        actions = cursor.execute("SELECT action FROM app.change ORDER BY committed_at").fetchall()
    assert actions == [("setting.set",), ("batch.load",)]


def test_a_closed_store_stays_closed_whoever_still_asks_it(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.duckdb")
    store.close()
    with pytest.raises(Refused, match="store_closed"), store.read():
        pass
    with duckdb.connect(str(tmp_path / "s.duckdb")) as plain:  # the file is free
        assert plain.execute("SELECT count(*) FROM app.change").fetchone() == (0,)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
class _Interrupted(weakref.WeakSet):
    """Open cursors; a reader comes just while they are listed."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self.reader = threading.Thread(target=self._read)

    def __iter__(self):
        for number, cursor in enumerate(super().__iter__()):
            if not number:
                self.reader.start()
                self.reader.join(0.2)
            yield cursor

    def _read(self) -> None:
        with suppress(Refused), self._store.read():
            time.sleep(0.5)


def test_a_store_closes_cleanly_while_a_reader_comes(tmp_path: Path) -> None:
    store = Store(tmp_path / "s.duckdb")
    cursors = store._cursors = _Interrupted(store)
    with ExitStack() as held:
        for _ in range(3):
            held.enter_context(store.read())
        store.close()
    cursors.reader.join()
    Store(tmp_path / "s.duckdb").close()


def test_customer_data_are_for_their_owner_only(tmp_path: Path) -> None:
    store = Store(tmp_path / "new" / "s.duckdb")
    modes = {path.stat().st_mode & 0o077 for path in (store.path, store.path.parent, store.files)}
    store.close()
    assert modes == {0}


def test_a_place_in_which_duckdb_would_lose_its_log_is_refused_and_left_alone(
    tmp_path: Path,
) -> None:
    with pytest.raises(Refused) as refusal:
        Store(tmp_path / "a?" / "crm.duckdb")
    assert refusal.value.problem.code == "store_path"
    assert list(tmp_path.iterdir()) == []


def test_no_migration_hides_another_under_the_same_number() -> None:
    assert list(steps()) == list(range(1, len(list(MIGRATIONS.glob("*.sql"))) + 1))
