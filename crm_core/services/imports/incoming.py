"""Files on their way in: what a browser sends, and what lies on the server's own disk."""

import os
import re
import shutil
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice, takewhile
from pathlib import Path, PurePath
from typing import IO

from crm_core import sources
from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.store import Store

ENDINGS = sorted(sources.DATA_ENDINGS)
FORMATS = sources.FORMATS
"""What can be read, as its sentences name it."""
MOST_FILES = 500
"""So many files are read in one go."""
MOST_ENTRIES = 20_000
"""So many files and folders are looked at in a folder that somebody names."""
_LONGEST, _LONGEST_ENDING = 200, 20
"""Bytes of a file name and its ending; file systems allow 255, and a number may be added."""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_RESERVED = re.compile(r'[<>:"|?*]')


def is_data(name: str) -> bool:
    """Whether a file of a folder is one to read; `name` may tell the folders that it lies in."""
    return sources.is_data(PurePath(*_parts(name)))


def receive(store: Store, _actor: Actor, files: Sequence[tuple[str, IO[bytes]]]) -> list[Path]:
    """Write files under their own names into a new folder that only the store's owner can read.

    Names lose their folders and unprintable characters. Equal ones are told apart by the folders
    in which they differ, deals (north).csv, and by a number where that does not do.
    The folder is the paths' parent; `discard` removes it. Refused("too_many_files").
    """
    _count(files)
    folder = store.files / f"incoming-{uuid.uuid4().hex}"
    folder.mkdir(parents=True, mode=0o700)
    paths: list[Path] = []
    taken: set[str] = set()
    try:
        for name, (_, stream) in zip(_told_apart([name for name, _ in files]), files, strict=True):
            paths.append(folder / _free(safe_name(name), taken))
            with paths[-1].open("wb") as target:
                shutil.copyfileobj(stream, target, 1 << 20)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return paths


def discard(store: Store, paths: Iterable[Path]) -> None:
    """Remove what `receive` wrote; files that lie elsewhere are left alone."""
    for folder in {path.parent for path in paths}:
        if _is_received(store, folder):
            shutil.rmtree(folder, ignore_errors=True)


def given(store: Store, path: Path) -> str:
    """A file as its owner knows it: the name it was sent by, or where it lies on the disk."""
    return path.name if _is_received(store, path.parent) else str(path)


def _is_received(store: Store, folder: Path) -> bool:
    return folder.parent == store.files and folder.name.startswith("incoming-")


def local(_store: Store, _actor: Actor, text: str) -> list[Path]:
    """The data files meant by a path that somebody typed: a file, or a folder with its folders.

    Refused: path_not_absolute; file_missing; folder_too_large; too_many_files; nothing_to_read.
    """
    written = text.strip().strip('"')
    path = Path(written).expanduser() if written and "\0" not in written else Path()
    if not path.is_absolute():
        raise Refused("path_not_absolute", path=written)
    if not path.exists():
        raise Refused("file_missing", path=written)
    if path.is_dir() and sum(1 for _ in islice(path.rglob("*"), MOST_ENTRIES + 1)) > MOST_ENTRIES:
        raise Refused("folder_too_large", path=written, limit=MOST_ENTRIES)
    files = sources.expand([path])
    if not files:
        raise Refused("nothing_to_read", path=written)
    _count(files)
    return files


def safe_name(name: str) -> str:
    """The file's own name: no folder, nothing unprintable, never blank, not too long."""
    own = _UNPRINTABLE.sub("", _parts(name)[-1]).strip()
    if os.name == "nt":
        own = _RESERVED.sub("_", own)
    ending = Path(own).suffix
    stem = own.removesuffix(ending).encode()[:_LONGEST].decode(errors="ignore").strip()
    own = stem + ending.encode()[:_LONGEST_ENDING].decode(errors="ignore")
    return own if own.strip(". ") else "file"


def _parts(name: str) -> list[str]:
    """The folders and the file that a browser's name tells of, whatever its system."""
    return re.split(r"[/\\]", name)


def _told_apart(names: Sequence[str]) -> list[str]:
    """Each file's name without folders; equal ones with the folders in which they differ."""
    alike: defaultdict[str, list[list[str]]] = defaultdict(list)
    for *folders, own in map(_parts, names):
        alike[own.casefold()].append(folders)
    told = []
    for *folders, own in map(_parts, names):
        apart = ", ".join(folders[_shared(alike[own.casefold()]) :])
        path = PurePath(own)
        told.append(f"{path.stem} ({apart}){path.suffix}" if apart else own)
    return told


def _shared(places: Sequence[Sequence[str]]) -> int:
    """How many folders from the first on all these places have in common."""
    levels = zip(*places, strict=False)
    return sum(1 for _ in takewhile(lambda level: len(set(level)) == 1, levels))


def _free(name: str, taken: set[str]) -> str:
    """The name, numbered where it is taken; capitals do not tell two names apart everywhere."""
    stem, ending, number = Path(name).stem, Path(name).suffix, 2
    while name.casefold() in taken:
        name = f"{stem} ({number}){ending}"
        number += 1
    taken.add(name.casefold())
    return name


def _count(files: Sequence[object]) -> None:
    if len(files) > MOST_FILES:
        raise Refused("too_many_files", found=len(files), limit=MOST_FILES)
