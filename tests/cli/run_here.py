"""A command in this process: for what it says and does; test_command_line.py starts it apart."""

from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from subprocess import CompletedProcess

from crm_core.cli import main


def crm(*words: object, language: str = "en") -> CompletedProcess[str]:
    """Run `python -m crm_core` with these words, without the second that a process takes."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        try:
            status = main(["--language", language, *map(str, words)])
        except SystemExit as stopped:
            status = int(stopped.code or 0)
    return CompletedProcess(words, status, out.getvalue(), err.getvalue())
