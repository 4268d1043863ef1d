"""Looking at what was read."""

import zipfile
from pathlib import Path

import duckdb

from crm_core.domain.raw import lines_in
from crm_core.sources import RawTable, ReadFile

Rows = list[tuple[int, list[str]]]


def rows_of(data: Path) -> Rows:
    """The lines and cells of a table, each row as wide as it says it is."""
    with duckdb.connect() as db:
        found = db.execute(
            f"SELECT line, width, * EXCLUDE (line, width) FROM {lines_in(db, data)} ORDER BY line"
        ).fetchall()
    return [(line, [cell or "" for cell in cells[:width]]) for line, width, *cells in found]


def only_table(outcome: ReadFile) -> RawTable:
    assert outcome.problem is None
    assert len(outcome.tables) == 1
    return outcome.tables[0]


def open_document(path: Path, rows: str, *, before: str = "") -> Path:
    """An open document with one sheet of these rows, as XML; `before` goes ahead of the root."""
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    calc = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{before}<office:document-content{spaces}'
        f' xmlns:calcext="{calc}"><office:body><office:spreadsheet><table:table table:name="S">'
        f"{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = (
        f'<?xml version="1.0"?><m:manifest xmlns:m="{space}">'
        f'<m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>'
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path
