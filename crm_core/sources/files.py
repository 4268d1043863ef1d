"""Which files are meant when somebody names files and folders."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath

TEXT_ENDINGS = frozenset({".csv", ".tsv", ".tab", ".txt"})
WORKBOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
JSON_ENDINGS = frozenset({".json", ".jsonl", ".ndjson"})
OTHER_ENDINGS = frozenset({".parquet", ".mdb", ".accdb", ".zip"})
DATA_ENDINGS = TEXT_ENDINGS | WORKBOOK_ENDINGS | JSON_ENDINGS | OTHER_ENDINGS
# As the sentences about unreadable files name them.
FORMATS = "CSV, TSV, TXT, XLSX, XLSM, XLSB, XLS, ODS, JSON, Parquet, Access, ZIP"


def expand(paths: Sequence[Path]) -> list[Path]:
    """The files meant by these paths, each once, in the order named and by name within a folder.

    A file named explicitly is always taken, even when it does not exist: reading it says why not.
    From a folder and the folders in it only data files are taken; hidden files, `__MACOSX` and
    Office's lock files are left out.
    """
    found = (file for path in paths for file in (_inside(path) if path.is_dir() else (path,)))
    return list(dict.fromkeys(found))


def is_data(path: PurePath) -> bool:
    """Whether a file in a folder is one to read, as its name and its folders' names tell."""
    return path.suffix.lower() in DATA_ENDINGS and not any(map(_is_clutter, path.parts))


def _inside(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not _is_clutter(name))
        for name in sorted(names):
            if is_data(PurePath(name)):
                yield Path(here, name)


def _is_clutter(name: str) -> bool:
    return name.startswith((".", "~$")) or name == "__MACOSX"
