"""The command line as other programs use it: statuses, streams, JSON, and a store in use."""

import csv
import json
import os
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import run_here

from crm_core.cli import holding, remote, serving
from crm_core.cli.console import Console
from crm_core.domain.actor import LOCAL
from crm_core.domain.problems import Refused
from crm_core.i18n import Texts
from crm_core.services import loads, stores

DEALS = (
    "Opportunity ID,Account Name,Industry,Stage,Amount,Close Date\n"
    "1,Alder,Retail,Closed Won,100.50,2024-03-01\n"
    "2,Birch,Medical,Closed Won,0.10,2024-03-02\n"
    "3,Birch,Medical,Closed Won,twelve,2024-03-02\n"
)


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    path = tmp_path / "deals.csv"
    path.write_text(DEALS)
    return path


def crm(*words: object, language: str = "en", **options: Any) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "crm_core", "--language", language, *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=options.pop("cwd", stores.ROOT),
        env=os.environ | {"PYTHONPATH": str(stores.ROOT)},
        timeout=120,
        **options,
    )


def test_an_import_prints_json_alone_on_standard_output(deals: Path, tmp_path: Path) -> None:
    fates = tmp_path / "fates.csv"
    done = crm(
        *("import", deals, "--yes", "--format", "json"),
        *("--store", tmp_path / "s.duckdb", "--fates", fates),
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    [file] = answer["files"]
    sums = ("loaded", "updated", "merged", "quarantined", "skipped")
    assert file["rows_read"] == 3 == sum(file[name] for name in sums)
    assert (file["entity"], file["encoding"], file["error"]) == ("opportunity", "utf-8", None)
    assert file["mapping"]["Amount"] == "amount"
    with fates.open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["line"], row["fate"]) for row in rows] == [
        ("2", "loaded"),
        ("3", "loaded"),
        ("4", "quarantined"),
    ]


def test_an_import_says_in_words_what_was_odd_in_a_file(tmp_path: Path) -> None:
    cut = tmp_path / "cut.xls"
    rows = "".join(f"<tr><td>C{n}<td>Company {n}<td>{n}@example.com" for n in range(9))
    cut.write_text(f"<table><tr><td>Customer id<td>Company name<td>E-mail{rows}")
    done = crm("import", cut, "--entity", "customer", "--store", tmp_path / "s.duckdb", "--yes")
    assert done.returncode == 0
    assert "cut.xls: The file ends within its last table, after line 10" in done.stderr


def test_a_rehearsal_lists_the_fate_of_every_line_and_loads_nothing(
    deals: Path, tmp_path: Path
) -> None:
    store, told = tmp_path / "s.duckdb", {}
    for name, options in {"rehearsal": ["--dry-run"], "load": []}.items():
        fates = tmp_path / f"{name}.csv"
        done = run_here.crm(
            *("import", deals, "--yes", "--format", "json", "--store", store),
            *("--fates", fates, *options),
        )
        assert (json.loads(done.stdout)["batch"] is None) == (name == "rehearsal")
        with fates.open(encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream))
        told[name] = [{**row, "row_id": None} for row in rows]
    assert told["rehearsal"] == told["load"]
    assert [row["fate"] for row in told["load"]] == ["loaded", "loaded", "quarantined"]


def test_figures_are_numbers_with_the_decimals_of_the_source(deals: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    run_here.crm("import", deals, "--yes", "--store", store)
    done = run_here.crm("metric", "segment_overview", "--store", store, "--format", "json")
    revenue = {row["segment"]: row["revenue"] for row in json.loads(done.stdout)}
    assert revenue == {"Retail": 100.5, "Medical": 0.1, None: 0}


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (["metric", "no_such_metric"], 1, "no_such_metric"),
        (["metric", "segment_overview", "--param", "basis=guess"], 1, "guess"),
        (["metric", "segment_overview", "--param", "basis"], 1, "basis"),
        (["undo", "77"], 1, "77"),
        (["import", "not-there.csv"], 1, "not-there.csv"),
        (["fly"], 2, "fly"),
        ([], 2, "usage"),
    ],
)
def test_a_refusal_is_one_clear_line_and_never_a_traceback(
    tmp_path: Path, words: list[str], status: int, says: str
) -> None:
    store = ["--store", str(tmp_path / "s.duckdb")] if words[:1] not in ([], ["fly"]) else []
    run_here.crm("init", *store)
    done = crm(*words, *store)
    assert done.returncode == status
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["batches"],
        ["flags"],
        ["metric", "segment_overview"],
        ["quarantine"],
        ["feeds"],
        ["checklist", "team"],
        ["register", "goal"],
        ["register", "goal", "--export", "goals.xlsx"],
        ["report", "--out", "report.pdf"],
    ],
)
@pytest.mark.parametrize(
    ("language", "says"), [("en", "There is no store"), ("zh", "数据库 {path} 不存在")]
)
def test_what_is_asked_of_a_store_that_is_not_there_is_refused_and_begins_none(
    tmp_path: Path, words: list[str], language: str, says: str
) -> None:
    path = tmp_path / "mistyped" / "s.duckdb"
    done = run_here.crm(*words, "--store", path, language=language)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert says.format(path=path) in done.stderr and str(path) in done.stderr
    assert not path.parent.exists()


def test_what_is_brought_into_a_store_that_is_not_there_begins_it_and_says_so(
    tmp_path: Path,
) -> None:
    path, goals = tmp_path / "s.duckdb", tmp_path / "goals.csv"
    goals.write_text("title\nWin more\n")
    words = ("register", "goal", "--import", goals, "--store", path)
    assert f"The store {path} was begun." in run_here.crm(*words).stderr
    assert "begun" not in run_here.crm(*words).stderr


@pytest.mark.parametrize("name", ["empty", "binary", "xls", "folder", "json"])
def test_broken_input_is_refused_and_leaves_the_store_as_it_was(tmp_path: Path, name: str) -> None:
    inputs = {
        "empty": ("zero.csv", b""),
        "binary": ("photo.csv", bytes(range(256)) * 40),
        "xls": ("cut.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        "json": ("deep.json", b"[" * 100_000),
    }
    path = tmp_path / "in" / inputs.get(name, ("a-folder", b""))[0]
    path.parent.mkdir()
    if name == "folder":
        path.mkdir()
    else:
        path.write_bytes(inputs[name][1])
    store = tmp_path / "s.duckdb"
    done = crm("import", path, "--yes", "--format", "json", "--store", store)
    assert done.returncode == 1
    assert path.name in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    [file] = json.loads(done.stdout)["files"]
    assert Path(file["path"]) == path and file["error"]
    opened = stores.open_store(store)
    assert opened.version("crm") == 0 and not loads.batches(opened, LOCAL)
    opened.close()


def test_columns_that_nobody_is_sure_of_are_named_and_nothing_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text(
        "Opportunity ID,Account Name,Stage,Amount,Close Date\n"
        "1,Alder,Closed Won,5,03/04/2024\n2,Birch,Closed Won,7,04/05/2024\n"
    )
    store = tmp_path / "s.duckdb"
    done = run_here.crm("import", path, "--format", "json", "--store", store)
    assert done.returncode == 1
    answer = json.loads(done.stdout)
    assert answer["batch"] is None and "Close Date" in answer["files"][0]["error"]
    assert "Close Date" in done.stderr
    sure = run_here.crm("import", path, "--yes", "--format", "json", "--store", store)
    assert json.loads(sure.stdout)["files"][0]["loaded"] == 2


def test_a_table_shows_cells_as_they_are_whatever_they_look_like() -> None:
    written: list[str] = []
    cells = ["a.xlsx [orders]", "[/b]", ":smile:", "*x*"]
    console = Console(Texts("en"), write_out=written.append)
    console.rows([{"cell": cell} for cell in cells], ["cell"])
    assert "".join(written).splitlines() == ["cell", *cells]


def test_messages_speak_the_language_that_is_asked_for(tmp_path: Path) -> None:
    done = run_here.crm("undo", "77", "--store", tmp_path / "s.duckdb", language="zh")
    assert any("\u4e00" <= character <= "\u9fff" for character in done.stderr)


@pytest.mark.usefixtures("deals")
def test_the_app_carries_out_commands_on_a_store_that_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    store = holding.hold(path)
    try:
        assert stat.S_IMODE(remote.door(path).stat().st_mode) == 0o600
        # Relative paths are those of the caller, not of the app.
        done = crm("import", "deals.csv", "--yes", "--store", path, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert [batch["loaded"] for batch in loads.batches(store, LOCAL)] == [2]
        refused = crm("undo", "77", "--store", path)
        assert refused.returncode == 1 and "77" in refused.stderr
    finally:
        holding.release()
    assert not remote.door(path).exists()


def test_without_the_token_the_app_does_nothing(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    holding.hold(path)
    try:
        where = json.loads(remote.door(path).read_text())
        remote.door(path).write_text(json.dumps(where | {"token": "guessed"}))
        done = crm("batches", "--store", path)
        assert done.returncode == 1 and "Traceback" not in done.stderr
    finally:
        holding.release()


def test_a_store_that_another_program_holds_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "s.duckdb"
    store = stores.open_store(path)
    try:
        done = crm("batches", "--store", path)
        assert done.returncode == 1
        assert len(done.stderr.strip().splitlines()) == 1
    finally:
        store.close()


def test_read_gives_the_cells_before_any_mapping(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes('编号;名称\r\n007;"一\n二"\r\n'.encode("gb18030"))
    done = crm("read", path)
    [file] = json.loads(done.stdout)["files"]
    assert file["rows"] == [["编号", "名称"], ["007", "一\n二"]]
    assert (file["encoding"], file["dialect"]["delimiter"]) == ("gb18030", ";")


@pytest.mark.long
def test_a_mapping_that_was_kept_is_used_for_the_next_file(deals: Path, tmp_path: Path) -> None:
    recipe, store = tmp_path / "recipe.yaml", tmp_path / "s.duckdb"
    run_here.crm("import", deals, "--yes", "--keep-recipe", recipe, "--store", store)
    text = recipe.read_text(encoding="utf-8")
    recipe.write_text(text.replace("field: customer_id", "field: name"), encoding="utf-8")
    done = run_here.crm(
        *("import", deals, "--recipe", recipe, "--dry-run", "--yes"),
        *("--format", "json", "--store", store),
    )
    assert json.loads(done.stdout)["files"][0]["mapping"]["Account Name"] == "name"


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_port_that_is_taken_is_refused_on_either_kind_of_address(host: str) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    if family == socket.AF_INET6 and not Path("/proc/net/if_inet6").exists():
        pytest.skip("this machine speaks no IPv6")
    with socket.create_server((host, 0), family=family) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(Refused) as refusal:
            serving._require_free(host, port)
    assert refusal.value.problem.code == "port_taken"
    serving._require_free(host, port)


def test_a_host_or_port_that_cannot_be_is_refused() -> None:
    for host, port in (("no.such.host.invalid", 8501), ("127.0.0.1", 99_999)):
        with pytest.raises(Refused):
            serving._require_free(host, port)


def test_the_worklist_says_why_in_words_and_in_json_with_codes(deals: Path, tmp_path: Path) -> None:
    store = tmp_path / "s.duckdb"
    run_here.crm("import", deals, "--yes", "--store", store)
    assert "Cannot be read as a number" in run_here.crm("quarantine", "--store", store).stdout
    [line] = json.loads(run_here.crm("quarantine", "--store", store, "--format", "json").stdout)
    assert (line["rule"], json.loads(line["reason"])["cells"]) == ("number_unreadable", 6)


@pytest.mark.long
def test_serve_follows_the_store_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRM_STORE", str(tmp_path / "other.duckdb"))
    stores.use(tmp_path / "mine.duckdb")
    assert stores.own_path() == tmp_path / "mine.duckdb"
    assert stores.sample_path("zh") == tmp_path / "sample.duckdb"
