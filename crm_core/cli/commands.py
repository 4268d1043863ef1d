"""Which function carries out which command.

Each is looked up when it is called: the libraries behind some take a second to import.
"""

import argparse
from collections.abc import Callable
from pkgutil import resolve_name

from crm_core.cli.console import Console
from crm_core.store import Store

Storeless = Callable[[argparse.Namespace, Console], int]
Command = Callable[[argparse.Namespace, Store, Console], int]

_STORELESS = {
    "sample": "starting:sample",
    "read": "reading:read",
    "metrics": "figures:metrics",
    "checklists": "checking:checklists",
    "serve": "starting:serve",
}
_COMMANDS = {
    "init": "starting:init",
    "import": "importing:load",
    "batches": "loading:batches",
    "undo": "loading:undo",
    "quarantine": "waiting:quarantine",
    "match": "matching:match",
    "migrate": "migrating:migrate",
    "feeds": "feeding:feeds",
    "metric": "figures:metric",
    "register": "registering:register",
    "checklist": "answering:checklist",
    "flags": "flagging:flags",
    "report": "figures:report",
    "plan": "planning:plan",
}

_READING = {"batches", "checklist", "feeds", "flags", "metric", "quarantine", "register", "report"}


def reads(args: argparse.Namespace) -> bool:
    """Whether the command only says what a store holds: one that is not there is a slip in its
    path. What writes begins a store where there is none."""
    writes = any(getattr(args, name, None) for name in ("import_from", "rerun", "run", "template"))
    return args.command in _READING and not writes


def storeless(name: str) -> Storeless | None:
    """The command of that name, if it works without a store."""
    place = _STORELESS.get(name)
    return None if place is None else _found(place)


def command(name: str) -> Command:
    """The command of that name, which works on an open store; KeyError if there is none."""
    found: Command = _found(_COMMANDS[name])
    return found


def _found(place: str) -> Callable[..., int]:
    found: Callable[..., int] = resolve_name(f"crm_core.cli.{place}")
    return found
