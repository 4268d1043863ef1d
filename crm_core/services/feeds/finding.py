"""Which files lie in a feed's folder, and whether each has arrived whole."""

import glob
import hashlib
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from crm_core import sources
from crm_core.domain.feeds import Feed
from crm_core.domain.problems import Problem, Refused
from crm_core.services.feeds.define import require_allowed
from crm_core.services.imports.incoming import MOST_ENTRIES

PARTIAL = (".part", ".tmp", ".filepart", ".partial", ".crdownload", ".download")
"""Endings that programs give a file until it has arrived."""
PATIENCE = timedelta(hours=1)
"""After so long without a change a file without an end is read all the same, and so refused."""
UNENDED = 10
"""A text whose last line has no end must not have changed for so many settling times."""
_MOST = MOST_ENTRIES + 1
_ZIP, _PARQUET = b"PK\x03\x04", b"PAR1"
_BINARY = (_ZIP, b"PK\x05\x06", _PARQUET, b"\xd0\xcf\x11\xe0", b"\x00\x01\x00\x00")
"""How archives, workbooks and databases begin, whose last bytes are no line's."""
_TEXT = {".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".ndjson"}
_CHUNK = 1 << 20

Sleep = Callable[[float], object]


@dataclass(frozen=True)
class Arrived:
    """A file as it lay there at one moment."""

    path: Path
    size: int
    modified: int
    """Nanoseconds since 1970."""
    file: int
    """The file system's number: another file of the same name has another one."""


def find(feed: Feed) -> list[Arrived]:
    """The data files that the feed means, the oldest first.

    Refused: feed_folder_missing, folder_too_large, feed_folder_not_allowed.
    """
    arrived = []
    for file in _meant(feed):
        if not file.name.startswith((".", "~$")) and file.suffix.lower() not in PARTIAL:
            require_allowed(file)
            arrived.append(stated(file))
    return sorted((one for one in arrived if one), key=lambda one: (one.modified, one.path))


def _meant(feed: Feed) -> list[Path]:
    path = Path(feed.path)
    if glob.has_magic(feed.path):
        root = Path(path.anchor)
        found = list(islice(root.glob(str(path.relative_to(root))), _MOST))
    elif not path.exists():
        raise Refused("feed_folder_missing", path=feed.path)
    else:
        found = list(islice(path.rglob("*"), _MOST)) if path.is_dir() else [path]
    if len(found) == _MOST:
        raise Refused("folder_too_large", path=feed.path, limit=MOST_ENTRIES)
    if glob.has_magic(feed.path):
        return [file for file in found if file.is_file()]
    return sources.expand([path])


def stated(path: Path) -> Arrived | None:
    """What the file system says of the file now; None if it is gone."""
    try:
        about = path.stat()
    except OSError:
        return None
    return Arrived(path, about.st_size, about.st_mtime_ns, about.st_ino)


def settled(
    files: Sequence[Arrived], feed: Feed, now: datetime, sleep: Sleep
) -> tuple[list[Arrived], list[Problem]]:
    """The files that have arrived whole, and why the others have not; waits the settling time."""
    if not files:
        return [], []
    sleep(feed.settle_seconds)
    whole, problems = [], []
    for file in files:
        code = _unfinished(file, feed, now)
        if code is None:
            whole.append(file)
        else:
            problems.append(Problem(code, {"file": file.path.name}))
    return whole, problems


def digest(file: Arrived) -> str | None:
    """SHA-256 of the content; None if the file changed meanwhile or cannot be opened."""
    found = hashlib.sha256()
    try:
        with file.path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                found.update(chunk)
    except OSError:
        return None
    return found.hexdigest() if stated(file.path) == file else None


def has_end(path: Path) -> bool | None:
    """Whether the last line of a text has its end; None if it is none, or cannot be opened."""
    try:
        with path.open("rb") as stream:
            if stream.read(4).startswith(_BINARY):
                return None
            stream.seek(max(0, path.stat().st_size - 4))
            return _is_end(stream.read(4))
    except OSError:
        return None


def _is_end(tail: bytes) -> bool:
    return tail.rstrip(b"\0").endswith((b"\n", b"\r", b"}", b"]"))


def _unfinished(file: Arrived, feed: Feed, now: datetime) -> str | None:
    """Why the file is not taken yet; None: it has arrived."""
    if stated(file.path) != file:
        return "feed_still_growing"
    if any(_beside(file.path, ending) for ending in PARTIAL):
        return "feed_part_beside"
    quiet = now - datetime(1970, 1, 1) - timedelta(microseconds=file.modified // 1000)
    try:
        code = _without_end(file, feed, quiet)
    except OSError:
        return "feed_not_readable"
    return None if quiet > PATIENCE else code


def _beside(path: Path, ending: str) -> bool:
    return path.with_name(path.name + ending).exists() or path.with_suffix(ending).exists()


def _without_end(file: Arrived, feed: Feed, quiet: timedelta) -> str | None:
    with file.path.open("rb") as stream:
        head = stream.read(4)
        stream.seek(max(0, file.size - 4))
        tail = stream.read(4)
    if head == _ZIP and not zipfile.is_zipfile(file.path):
        return "feed_no_directory"
    if head == _PARQUET and tail != _PARQUET:
        return "feed_no_directory"
    is_text = file.path.suffix.lower() in _TEXT and head != _ZIP
    if is_text and not _is_end(tail) and quiet < timedelta(seconds=UNENDED * feed.settle_seconds):
        return "feed_no_line_end"
    return None
