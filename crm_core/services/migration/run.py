"""A run: the files are written beside their place, and put there with the run, or not at all."""

import shutil
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

import duckdb
import simplejson

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Refused
from crm_core.i18n import LANGUAGES, Texts
from crm_core.i18n.migration import REJECTS
from crm_core.services.migration import delta, files, listing, worklist
from crm_core.services.migration.compute import Counted, compute
from crm_core.services.migration.files import READABLE, Written
from crm_core.services.migration.identify import space
from crm_core.services.migration.sql import literal
from crm_core.services.migration.template import Template
from crm_core.store import Change, Store

AREA = "migration"
MANIFEST = "manifest.json"
Kind = Literal["rehearsal", "delta", "cut-over"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Done:
    """A run that was made."""

    run: int
    folder: Path
    tables: list[dict[str, Any]]
    """As the manifest has them: table, file, rows, rejected, sums …"""
    seconds: float


def run(
    store: Store,
    actor: Actor,
    template: Template,
    out: Path,
    *,
    kind: Kind = "rehearsal",
    since: int | None = None,
) -> Done:
    """Write the store's clean records for a target into the folder `out`, in load order.

    A delta has what is new or changed since the run `since`, else since the last one. Refused:
    migration_folder_taken, migration_folder, migration_no_run, migration_only_delta,
    template_sheet_full, template_cell_full. Then nothing is written.
    """
    started = time.monotonic()
    _require_free(out)
    partial = out.with_name(f".{out.name}.partial")
    placed = False
    try:
        with store.change(actor, "migration.run", area=AREA) as change:
            number, base = _numbered(change, template, kind, since)
            shutil.rmtree(partial, ignore_errors=True)  # of a run that was cut off
            partial.mkdir(parents=True, mode=0o700)
            tables = compute(change.cursor, template.target)
            manifest = _write(change.cursor, template, tables, partial, kind, base)
            manifest |= {"store": _store_state(change.cursor)}
            made = {"run": number, "at": _now().isoformat(), "by": actor.name}
            _save(partial / MANIFEST, manifest | {"made": made})
            seconds = time.monotonic() - started
            _keep(change, actor, template, tables, manifest, out, number, base, seconds)
            _put(partial, out)
            placed = True
    except BaseException as error:
        shutil.rmtree(out if placed else partial, ignore_errors=True)
        if isinstance(error, OSError):
            raise Refused("migration_folder", path=str(out), reason=error.strerror) from error
        raise
    return Done(number, out, manifest["tables"], time.monotonic() - started)


def _require_free(out: Path) -> None:
    """A folder that holds something is left as it is: its files may be signed."""
    if out.is_dir() and not any(out.iterdir()):
        return
    if out.exists():
        raise Refused("migration_folder_taken", path=str(out))


def _put(partial: Path, out: Path) -> None:
    if out.exists():
        out.rmdir()
    partial.rename(out)


def _numbered(
    change: Change, template: Template, kind: Kind, since: int | None
) -> tuple[int, int | None]:
    """The number of the run, and of the one that it is compared with."""
    ((number,),) = change.cursor.execute(
        "SELECT coalesce(max(run_id), 0) + 1 FROM crm.migration_run"
    ).fetchall()
    if kind != "delta":
        if since is not None:
            raise Refused("migration_only_delta", kind=kind)
        return int(number), None
    found = change.cursor.execute(
        "SELECT max(run_id) FROM crm.migration_run"
        " WHERE target = ? AND run_id = coalesce(?, run_id)",
        [template.target.name, since],
    ).fetchall()
    if found[0][0] is None:
        raise Refused("migration_no_run", run=since, target=template.target.name)
    return int(number), int(found[0][0])


def _write(
    cursor: duckdb.DuckDBPyConnection,
    template: Template,
    tables: Sequence[Counted],
    folder: Path,
    kind: Kind,
    base: int | None,
) -> dict[str, Any]:
    """Write every file; the manifest without what is of this run alone."""
    form, told, written = template.target.format, [], []
    for one in tables:
        rows, unchanged = delta.choose(cursor, template.target.name, one, base)
        stem = f"{one.number + 1:02d}-{one.table.stem}"
        file = files.write(cursor, listing.table_rows(one, form), form, folder, stem)
        told.append(_told(one, file, rows, unchanged))
        written.append(file)
    written += _lists(cursor, list(tables), folder, base)
    return {
        "target": template.target.name,
        "template_sha256": template.digest,
        "kind": kind,
        "since": base,
        "tables": told,
        "files": [asdict(file) for file in written],
    }


def _lists(
    cursor: duckdb.DuckDBPyConnection, tables: list[Counted], folder: Path, base: int | None
) -> list[Written]:
    why = {
        rule: tuple(Texts(one).text(said) for one in LANGUAGES) for rule, said in REJECTS.items()
    }
    lists = {
        "crosswalk": listing.crosswalk(tables),
        "rejects": listing.broken("bad", tables, why),
        "altered": listing.broken("altered", tables, why),
        "totals": listing.totals(tables),
    }
    if base is not None:
        lists["vanished"] = delta.vanished(tables, base)
    return [files.write(cursor, rows, READABLE, folder, name) for name, rows in lists.items()]


def _told(one: Counted, file: Written, rows: int, unchanged: int) -> dict[str, Any]:
    return {
        "table": one.table.name,
        "entity": one.table.entity,
        "file": file.name,
        "rows": rows,
        "rejected": one.rejected,
        "records": one.records,
        "accepted": one.accepted,
        "unchanged": unchanged,
        "left_out": one.left_out,
        "altered": one.altered,
        "formulas": one.formulas,
        "sums": [asdict(found) for found in one.sums],
    }


def _store_state(cursor: duckdb.DuckDBPyConnection) -> dict[str, int]:
    ((version, last),) = cursor.execute(
        "SELECT count(*), coalesce(max(change_id), 0) FROM app.change WHERE area = 'crm'"
    ).fetchall()
    return {"version": int(version), "change": int(last)}


def _save(path: Path, manifest: dict[str, Any]) -> None:
    text = simplejson.dumps(manifest, ensure_ascii=False, use_decimal=True, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def _keep(
    change: Change,
    actor: Actor,
    template: Template,
    tables: Sequence[Counted],
    manifest: dict[str, Any],
    out: Path,
    number: int,
    base: int | None,
    seconds: float,
) -> None:
    """Write the run into the store: what it was, the ids it gave, and what the target has now."""
    change.subject = str(number)
    change.detail = {"target": template.target.name, "kind": manifest["kind"]}
    change.cursor.execute(
        "INSERT INTO crm.migration_run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            *(number, template.target.name, template.text, manifest["kind"], base, _now()),
            *(actor.name, seconds, str(out)),
            *(simplejson.dumps(manifest, use_decimal=True), change.change_id),
        ],
    )
    _keep_rows(change, template, tables, number)
    worklist.keep(change, template.target.name, number, list(tables))


def _keep_rows(change: Change, template: Template, tables: Sequence[Counted], number: int) -> None:
    """In one statement a table of the store, whatever number of tables the target has."""
    rows = " UNION ALL ".join(
        f"SELECT {number}, {literal(one.table.name)}, new_id, row_key, digest, written"
        f" FROM row_{one.number}"
        for one in tables
    )
    change.cursor.execute(f"INSERT INTO crm.migration_row {rows}")
    ids = " UNION ALL ".join(
        f"SELECT {literal(space(template.target.name, one.table))}, row_key, new_id,"
        f" {change.change_id} FROM ids_{one.number} WHERE kept AND fresh"
        for one in tables
    )
    change.cursor.execute(f"INSERT INTO crm.migration_id {ids}")
