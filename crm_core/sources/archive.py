"""ZIP archives of data files: each is unpacked into the reader's own folder and read there."""

import shutil
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath

from crm_core.domain.problems import Refused
from crm_core.sources.files import is_data
from crm_core.sources.limits import Limits
from crm_core.sources.table import RawTable

Read = Callable[[Path, Path, Limits], list[RawTable]]

_ENCRYPTED = 0x1


def read_archive(path: Path, folder: Path, limits: Limits, read: Read) -> list[RawTable]:
    """The tables of its data files, folders included, in the archive's order.

    A table's `sheet` begins with the file's place in the archive. Refused as the first file that
    cannot be read is, whose place is in the problem's `file`. Files of an archive in the archive
    count among its own.
    """
    tables: list[RawTable] = []
    with zipfile.ZipFile(path) as archive:
        files = list(_data_files(archive))
        if len(files) > limits.parts:
            raise Refused("too_many_files", found=len(files), limit=limits.parts)
        left = limits.parts - len(files)
        for number, (part, name) in enumerate(files):
            inside = folder / f"part{number}"
            inside.mkdir()
            # The name in the archive is never used as a path: it may lead anywhere.
            file = inside / f"file{PurePosixPath(name).suffix.lower()}"
            found = _part(
                archive, part, f"{path}/{name}", file, replace(limits, parts=max(left, 0)), read
            )
            left -= len(found) if file.suffix == ".zip" else 0
            tables += [
                replace(table, path=path, sheet=f"{name}/{table.sheet}" if table.sheet else name)
                for table in found
            ]
            file.unlink()
    if not tables:
        raise Refused("archive_without_data")
    return tables


def _data_files(archive: zipfile.ZipFile) -> Iterator[tuple[zipfile.ZipInfo, str]]:
    for part in archive.infolist():
        name = _name(part)
        pieces = PurePosixPath(name).parts
        outside = ".." in pieces or name.startswith("/") or ":" in name.partition("/")[0]
        if outside or stat.S_ISLNK(part.external_attr >> 16):
            raise Refused("archive_unsafe", name=name)
        if is_data(PurePosixPath(name)) and not part.is_dir():
            yield part, name


def _name(part: zipfile.ZipInfo) -> str:
    """The name; Chinese Windows writes GBK where the standard has a code page of box drawings."""
    if part.flag_bits & 0x800:
        return part.filename
    try:
        return part.filename.encode("cp437").decode("gbk")
    except UnicodeError:
        return part.filename


def _part(
    archive: zipfile.ZipFile,
    part: zipfile.ZipInfo,
    name: str,
    file: Path,
    limits: Limits,
    read: Read,
) -> list[RawTable]:
    if part.flag_bits & _ENCRYPTED:
        raise Refused("archive_locked", file=name)
    try:
        with archive.open(part) as packed, file.open("wb") as out:
            shutil.copyfileobj(packed, out)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, zlib.error) as fault:
        raise Refused("archive_broken", file=name) from fault
    try:
        return read(file, file.parent, limits)
    except Refused as refused:
        code, params = refused.problem.code, refused.problem.params
        if code == "archive_without_data":  # such as one of pictures
            return []
        within = str(params.get("file", file)).replace(str(file), name, 1)
        raise Refused(code, **{**params, "file": within}) from refused
