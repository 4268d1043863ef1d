"""The child process: a request as a line of JSON on standard input; a line of JSON for each better
plan on standard output, and the answer in the last one. Another line, or the end of the input, ends
the search: the answer is then the best plan so far."""

import os
import sys
import threading
from contextlib import suppress
from typing import Any

import simplejson

from crm_core.planning.wire import answered, requested


def main() -> None:
    """Solve what is asked for, behind whatever else the machine has to do."""
    with suppress(OSError, AttributeError):
        os.nice(10)
    request = requested(sys.stdin.readline())
    _say({"answer": answered(request, lambda one: _say({"progress": one}), _told_to_stop())})


def _say(line: dict[str, Any]) -> None:
    sys.stdout.write(simplejson.dumps(line) + "\n")
    sys.stdout.flush()


def _told_to_stop() -> threading.Event:
    """Set by another line; where the input ends, nobody waits for the answer any more."""
    stopping = threading.Event()

    def wait() -> None:
        if not sys.stdin.readline():
            os._exit(1)
        stopping.set()

    threading.Thread(target=wait, daemon=True).start()
    return stopping


if __name__ == "__main__":
    main()
