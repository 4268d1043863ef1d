"""A store: one DuckDB file, one process, many readers, one writer per area."""

import logging
import os
import re
import threading
import weakref
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.store import migrate
from crm_core.store.change import Change

log = logging.getLogger(__name__)

Cursor = duckdb.DuckDBPyConnection

CATALOG = "cockpit"
_MOST_MEMORY = 2_500_000_000
"""Bytes that the engine may take; beyond them it writes to disk, below the store."""
_LOG_BEFORE_CHECKPOINT = "64MB"
"""Of the log that may wait. A commit beyond it does not end before all is in the file itself: with
the engine's own 16 MB the commit of a large load took ten seconds instead of a third of one. To
read so much again after a crash takes less than half a second."""


class Store:
    """The open store. Safe to share between threads; close it when done.

    Raises Refused: store_held (another program has it open), store_unreadable (not a store),
    store_newer (written by a newer version of the product), store_path (a ? in its path).
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        if "?" in str(self.path):  # DuckDB takes what follows for a query, and loses its log
            raise Refused("store_path", path=str(self.path))
        self.files = self.path.with_name(self.path.name + ".files")
        """The folder of the raw lines of every load, one Parquet file per source table."""
        self._areas: defaultdict[str, threading.RLock] = defaultdict(threading.RLock)
        self._commit = threading.RLock()
        self._cursors: weakref.WeakSet[Cursor] = weakref.WeakSet()
        self._handles = threading.Lock()
        """Held while a cursor is made, and while all are given up: none escapes that."""
        self._closed = False
        self._open()

    def _open(self) -> None:
        try:  # Customer data: for the owner's eyes only.
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.files.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise Refused("store_unreadable", path=str(self.path)) from error
        self._connection = _connect(self.path)
        with suppress(OSError):  # somebody else's file that we may write is fine
            self.path.chmod(0o600)
        try:
            migrate.upgrade(self._connection)
            rows = self._connection.execute(
                "SELECT area, count(*), max(change_id), max(committed_at)"
                " FROM app.change GROUP BY area"
            ).fetchall()
        except BaseException:
            self._connection.close()
            raise
        self._versions = {area: int(count) for area, count, _, _ in rows}
        self._last_change = max((int(last) for _, _, last, _ in rows), default=0)
        self._last_at = max((at for _, _, _, at in rows), default=datetime.min)

    def version(self, area: str) -> int:
        """How many changes the area has seen: the cache key of what is computed from it."""
        return self._versions.get(area, 0)

    @contextmanager
    def read(self) -> Iterator[Cursor]:
        """A cursor of the caller's own, on the state committed when its query starts."""
        cursor = self._cursor()
        try:
            yield cursor
        except duckdb.FatalException as error:
            self._reopen(error)
            raise Refused("store_interrupted") from error
        finally:
            with suppress(duckdb.Error):
                cursor.close()

    @contextmanager
    def snapshot(self) -> Iterator[Cursor]:
        """As read(), with every query on one state: that committed when the first one starts."""
        with self.read() as cursor:
            cursor.begin()
            try:
                yield cursor
            finally:
                with suppress(duckdb.Error):
                    cursor.rollback()

    @contextmanager
    def change(
        self,
        actor: Actor,
        action: str,
        *,
        area: str,
        subject: str | None = None,
        staging: Cursor | None = None,
    ) -> Iterator[Change]:
        """A write transaction with its audit row; commits at the end, all or nothing.

        One writer per area at a time. The commit itself is one at a time in the whole store, so
        `committed_at` grows in commit order. `staging` is a cursor from read() that holds
        temporary tables to publish from; without it the change has a cursor of its own. A full
        disk raises Refused("disk_full") and leaves the
        store as before, open again.
        """
        with self._areas[area]:
            cursor = staging or self._cursor()
            change = Change(cursor, self._next_change(), area, action, subject)
            try:
                cursor.begin()
                yield change
                self._finish(change, actor)
            except BaseException as error:
                with suppress(duckdb.Error):
                    cursor.rollback()
                if isinstance(error, duckdb.FatalException) or _disk_full(error):
                    self._reopen(error)
                    raise Refused("disk_full", path=str(self.path)) from error
                raise
            finally:
                if staging is None:
                    with suppress(duckdb.Error):
                        cursor.close()

    def close(self) -> None:
        """Give the file free for good. Cursors that are still open are closed too."""
        self._closed = True
        self._release()

    def _release(self) -> None:
        with self._handles:
            cursors = list(self._cursors)
            with suppress(duckdb.Error):
                self._connection.close()
        for cursor in cursors:
            with suppress(duckdb.Error):
                cursor.close()

    def _cursor(self) -> Cursor:
        try:
            cursor = self._new_cursor()
        except duckdb.Error as error:
            if self._closed:  # a straggler must not take the file again
                raise Refused("store_closed", path=str(self.path)) from error
            self._reopen(error)
            cursor = self._new_cursor()
        cursor.execute(f"USE {CATALOG}")
        return cursor

    def _new_cursor(self) -> Cursor:
        with self._handles:
            cursor = self._connection.cursor()
            self._cursors.add(cursor)
        return cursor

    def _next_change(self) -> int:
        with self._commit:
            self._last_change += 1
            return self._last_change

    def _finish(self, change: Change, actor: Actor) -> None:
        with self._commit:
            now = datetime.now(UTC).replace(tzinfo=None)
            at = max(now, self._last_at + timedelta(microseconds=1))
            detail = simplejson.dumps(change.detail, ensure_ascii=False, default=str)
            change.cursor.execute(
                "INSERT INTO app.change VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    *(change.change_id, at, actor.id, actor.name),
                    *(change.area, change.action, change.subject, detail),
                ],
            )
            change.cursor.commit()
            self._last_at = at
            self._versions[change.area] = self._versions.get(change.area, 0) + 1

    def _reopen(self, reason: BaseException) -> None:
        """A fatal error poisons every handle on the file: close them all and open anew."""
        log.error("store is opened anew after: %s", reason)
        with self._commit:
            self._release()
            if not self._closed:
                self._open()


def _hold_memory(connection: Cursor) -> None:
    """No more than DuckDB would take by itself, four fifths of the machine's, and _MOST_MEMORY."""
    ((own,),) = connection.execute(
        "SELECT parse_formatted_bytes(current_setting('memory_limit'))"
    ).fetchall()
    connection.execute(f"SET memory_limit = '{min(int(own), _MOST_MEMORY)}B'")


def _connect(path: Path) -> Cursor:
    """Open the file under a catalog name of our own.

    DuckDB would name the catalog after the file, and crm.duckdb would then shadow the schema crm.
    """
    connection = duckdb.connect(
        ":memory:",
        config={"autoinstall_known_extensions": False, "temp_directory": f"{path}.tmp"},
    )
    try:
        _hold_memory(connection)
        connection.execute(f"SET checkpoint_threshold = '{_LOG_BEFORE_CHECKPOINT}'")
        connection.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS {CATALOG}")
        connection.execute(f"USE {CATALOG}")
    except duckdb.Error as error:
        connection.close()
        if isinstance(error, duckdb.IOException) and "lock" in str(error).lower():
            holder = re.search(r"PID (\d+)", str(error))
            raise Refused("store_held", path=str(path), pid=holder and holder[1]) from error
        if "already attached" in str(error):
            raise Refused("store_held", path=str(path), pid=os.getpid()) from error
        raise Refused("store_unreadable", path=str(path)) from error
    return connection


def _disk_full(error: BaseException) -> bool:
    """DuckDB has no class for it, and wraps it differently in reads, writes and commits."""
    signs = ("No space left", "File too large", "Could not write", "Disk quota exceeded")
    return isinstance(error, duckdb.Error) and any(sign in str(error) for sign in signs)
