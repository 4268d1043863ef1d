"""Running one command: here, or by the app when it holds the store."""

import argparse
import locale
import logging
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from crm_core.cli import remote
from crm_core.cli.arguments import parser
from crm_core.cli.commands import command, reads, storeless
from crm_core.cli.console import Console
from crm_core.domain.problems import FileRefused, Problem, Refused
from crm_core.i18n import Texts, choose, mark
from crm_core.services import stores
from crm_core.store import Store

log = logging.getLogger(__name__)

DONE, REFUSED, INTERRUPTED = 0, 1, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out the command; the exit status: 0 done, 1 refused, 2 wrong usage."""
    words = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    args = parser(Path.cwd()).parse_args(words)
    args.language = args.language or _language()
    console = Console(Texts(args.language), format=args.format)
    if act := storeless(args.command):
        return guarded(lambda: act(args, console), console)
    return guarded(lambda: _with_store(args, words, console), console)


def guarded(act: Callable[[], int], console: Console) -> int:
    """Run a command; what goes wrong is said in a line each, never as a traceback."""
    try:
        return act()
    except FileRefused as refusal:
        for problem in refusal.problems:
            console.tell(problem)
        return REFUSED
    except Refused as refusal:
        console.tell(refusal.problem)
        return REFUSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return DONE
    except Exception as error:
        if os.environ.get("CRM_DEBUG"):
            raise
        log.debug("command failed", exc_info=error)
        detail = f"{type(error).__name__}: {error}".splitlines()[0]
        console.tell(Problem("unexpected", {"detail": detail}))
        return REFUSED


def execute_for(store: Store) -> remote.Execute:
    """How the app carries out a command on a store that it holds."""

    def execute(words: list[str], folder: Path, send: Callable[[dict[str, object]], None]) -> int:
        args = parser(folder).parse_args(words)
        console = Console(
            Texts(args.language or _language()),
            lambda text: send({"out": text}),
            lambda text: send({"err": text}),
            args.format,
        )
        return guarded(lambda: command(args.command)(args, store, console), console)

    return execute


def _with_store(args: argparse.Namespace, words: list[str], console: Console) -> int:
    is_new = not args.store.exists()
    if is_new and reads(args):
        raise Refused("store_none", path=str(args.store))
    try:
        store = stores.open_store(args.store)
    except Refused as refusal:
        if refusal.problem.code == "store_held":
            # The app speaks the language of the terminal that asked.
            asked = ["--language", args.language, *words]
            answer = remote.ask(args.store, asked, console)
            if answer is not None:
                return answer
        raise
    try:
        status = command(args.command)(args, store, console)
    finally:
        store.close()
    if is_new and status == DONE and args.command != "init":
        console.say(console.texts.text(mark("The store {path} was begun."), path=args.store))
    return status


def _language() -> str:
    """The language of the terminal."""
    return choose(os.environ.get("LC_ALL") or os.environ.get("LANG") or locale.getlocale()[0])
