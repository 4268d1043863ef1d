"""What can be typed after `python -m crm_core`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from crm_core.domain.scoring import Counted
from crm_core.services import stores


def parser(folder: Path) -> argparse.ArgumentParser:
    """The argument parser; relative paths are taken from `folder`."""

    def path(text: str) -> Path:
        return (folder / Path(text).expanduser()).absolute()

    top = argparse.ArgumentParser(prog="python -m crm_core", description="CRM Cockpit")
    top.add_argument("--language", choices=("en", "zh"), help="language of the messages")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, help_text: str, *, store: bool = True) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help_text, description=help_text)
        if store:
            sub.add_argument("--store", type=path, default=stores.own_path(), metavar="PATH")
        sub.add_argument("--format", choices=("table", "json", "csv"), default="table")
        return sub

    command("init", "create or upgrade a store")
    _sample(command("sample", "write the sample company's exports", store=False), path)
    command("read", "the rows as read, before any mapping", store=False).add_argument(
        "paths", type=path, nargs="+"
    )
    _import(command("import", "load files or folders"), path)
    command("batches", "the loads of a store")
    command("undo", "take a load back, updates included").add_argument("batch", type=int)
    _quarantine(command("quarantine", "rejected lines: file, line, column, value, rule"), path)
    _match(command("match", "find records that are one customer"), path)
    _migrate(command("migrate", "clean records for another system, in load order"), path)
    command("feeds", "feeds with their last delivery").add_argument(
        "--run", metavar="NAME", help="look at this feed now"
    )
    _register(command("register", "a register: goals, pain points, applications …"), path)
    _flags(command("flags", "red flags, raised by people and by rule"))
    _plan(command("plan", "the initiatives in sequence, each with its reason"), path)
    _report(command("report", "what loads brought, mended and left, for a sponsor"), path)
    command("metrics", "every metric with its unit, grain and parameters", store=False)
    _checklists(command("checklists", "every question of every checklist", store=False), path)
    _checklist(command("checklist", "what an assessment by a checklist comes to"), path)
    metric = command("metric", "the rows of one metric")
    metric.add_argument("id")
    metric.add_argument("--param", action="append", default=[], metavar="NAME=VALUE")
    serve = command("serve", "the web app")
    serve.add_argument("--port", type=int, default=8501)
    serve.add_argument("--host", default="127.0.0.1")
    return top


def _language(sub: argparse.ArgumentParser, of: str) -> None:
    """The same as before the command; where it is not given there, that one stays."""
    sub.add_argument("--language", choices=("en", "zh"), default=argparse.SUPPRESS, help=of)


def _sample(sub: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    sub.add_argument("directory", type=path)
    sub.add_argument(
        "--dirt",
        choices=["none", "light", "heavy"],
        default="light",
        help="how dirty; none and heavy write the truth beside the files, in .truth",
    )
    sub.add_argument("--seed", type=int, help="another company, other faults")
    sub.add_argument(
        "--registers",
        action="store_true",
        help="instead of the exports the programme's registers, for register NAME --import",
    )
    _language(sub, "of the registers")


def _import(sub: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    sub.add_argument("paths", type=path, nargs="+")
    sub.add_argument("--entity", help="what the files hold, if it is known")
    sub.add_argument("--recipe", type=path, help="a mapping kept earlier (YAML)")
    sub.add_argument("--keep-recipe", type=path, help="write the mapping used to this file")
    sub.add_argument("--dry-run", action="store_true", help="show what would happen")
    sub.add_argument("--yes", action="store_true", help="unsure columns become extras")
    sub.add_argument("--fates", type=path, help="write the fate of every line to this CSV")


def _quarantine(sub: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    one = sub.add_mutually_exclusive_group()
    one.add_argument(
        "--export", type=path, dest="export_to", metavar="FILE", help="write them to .xlsx or .csv"
    )
    one.add_argument(
        "--import",
        type=path,
        dest="import_from",
        metavar="FILE",
        help="take corrections from such a file and run the corrected lines again",
    )
    one.add_argument("--rerun", action="store_true", help="run every line again as it stands now")


def _register(sub: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    sub.add_argument("name", metavar="NAME")
    one = sub.add_mutually_exclusive_group()
    one.add_argument("--export", type=path, dest="export_to", metavar="FILE.xlsx|.csv")
    one.add_argument(
        "--template", type=path, metavar="FILE.xlsx|.csv", help="the same without rows, to fill in"
    )
    one.add_argument(
        "--import",
        type=path,
        dest="import_from",
        metavar="FILE",
        help="keep what is new or changed",
    )
    sub.add_argument("--dry-run", action="store_true", help="only say what --import would change")


def _checklists(sub: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    one = sub.add_mutually_exclusive_group()
    one.add_argument(
        "--check", type=path, metavar="FILE", help="one of your own: its mistakes, if any"
    )
    one.add_argument(
        "--convert",
        type=path,
        metavar="FILE",
        help="make a checklist of a library of CISO Assistant (.yaml) or a list of questions",
    )
    sub.add_argument("--out", type=path, metavar="FILE.yaml|.xlsx", help="of --convert")
    sub.add_argument("--group", help="of --convert: one implementation group of a library")


def _checklist(sub: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    sub.add_argument("id", metavar="ID")
    sub.add_argument("--assessment", metavar="A-1", help="which one; otherwise the newest")
    sub.add_argument("--against", metavar="A-2", help="also what changed since this one")
    for name, what in (("missing", "was not answered"), ("not-applicable", "does not apply")):
        sub.add_argument(
            f"--{name}",
            choices=[one.value for one in Counted],
            default=Counted.LEFT_OUT.value,
            help=f"how what {what} counts",
        )
    one = sub.add_mutually_exclusive_group()
    one.add_argument(
        "--export",
        type=path,
        dest="export_to",
        metavar="FILE",
        help="the assessment as .xlsx, .docx or .pdf; the checklist itself as .yaml",
    )
    one.add_argument(
        "--import",
        type=path,
        dest="import_from",
        metavar="FILE",
        help="answers that were filled in, or a checklist of your own",
    )
    sub.add_argument("--dry-run", action="store_true", help="only say what --import would change")


def _flags(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("--all", action="store_true", help="also those that are over")
    one = sub.add_mutually_exclusive_group()
    one.add_argument("--rules", action="store_true", help="the rules with their limits")
    one.add_argument("--replay", metavar="RULE", help="when a rule would have raised a flag")
    sub.add_argument("--days", type=int, default=90, help="of --replay: so many days back")


def _match(sub: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    sub.add_argument(
        "--entity", choices=["customer", "contact", "lead"], default="customer", help="of what"
    )
    sub.add_argument("--dry-run", action="store_true", help="find them, merge nothing")
    sub.add_argument(
        "--threshold",
        type=float,
        metavar="P",
        help="the probability from which pairs are merged by rule",
    )
    sub.add_argument("--export", type=path, metavar="FILE.csv", help="write every scored pair")
    sub.add_argument(
        "--decisions",
        type=path,
        metavar="FILE.csv",
        help="what people said of pairs: left_row_id, right_row_id, verdict (same, different)",
    )


def _migrate(sub: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    sub.add_argument(
        "target", type=path, nargs="?", metavar="TARGET.yaml", help="a template, or a shipped one"
    )
    sub.add_argument("--out", type=path, metavar="DIR", help="an empty or new folder")
    sub.add_argument("--kind", choices=["rehearsal", "delta", "cut-over"], default="rehearsal")
    sub.add_argument(
        "--since", type=int, metavar="RUN", help="of a delta: the run that the target has"
    )
    sub.add_argument("--run", type=int, metavar="RUN", help="of what follows; else the last run")
    one = sub.add_mutually_exclusive_group()
    one.add_argument("--runs", action="store_true", help="list the runs")
    one.add_argument("--compare", type=int, nargs=2, metavar="RUN", help="two runs, table by table")
    one.add_argument("--rejects", type=path, metavar="FILE", help="the target's rejects: take in")
    one.add_argument("--waiting", action="store_true", help="rejects that nobody has solved")
    one.add_argument("--totals", type=path, metavar="FILE", help="the target's totals: take in")
    one.add_argument("--sign", metavar="NAME", help="sign the totals as the data owner")
    one.add_argument("--status", action="store_true", help="how far the migration is")
    sub.add_argument("--reason", help="why totals are signed that differ")


def _report(sub: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    sub.add_argument("--out", type=path, required=True, metavar="FILE.pdf|.xlsx")
    sub.add_argument("--batch", type=int, help="one load; otherwise all that are in force")
    _language(sub, "of the report")


def _plan(plan: argparse.ArgumentParser, path: Callable[[str], Path]) -> None:
    plan.add_argument("--scenario", default="", metavar="NAME", help="what the plan is kept as")
    plan.add_argument("--seconds", type=float, default=30.0, help="how long to search, at most")
    plan.add_argument(
        "--objective",
        choices=["value", "finish"],
        default="value",
        help="the most value, or everything done as early as can be",
    )
    plan.add_argument(
        "--export",
        type=path,
        dest="export_to",
        metavar="FILE",
        help="also write the plan to .pdf, .xlsx, .ics, .svg or .png",
    )
    _language(plan, "of the file")
