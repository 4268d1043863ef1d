"""Work that a page begins and comes back to: in a thread of its own, kept by the process."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from crm_core.domain.actor import Actor
from crm_core.domain.problems import Problem, Refused
from crm_core.store import Store

log = logging.getLogger(__name__)


class Stopped(Exception):  # noqa: N818 - a person's wish, not a fault
    """Raised where the work is, once somebody asked to stop it."""


@dataclass(kw_only=True)
class Work:
    """Others read its fields at any time; only the module that does the work sets them."""

    store: Store
    actor: Actor
    started: float = field(default_factory=time.monotonic)
    problem: Problem | None = None
    """Why it did not succeed; then nothing is changed."""
    _thread: threading.Thread | None = None

    @property
    def seconds(self) -> float:
        """How long ago it began."""
        return time.monotonic() - self.started

    def wait(self, seconds: float) -> None:
        """Wait until the work is over, at most so long."""
        if self._thread:
            self._thread.join(seconds)

    def run(self, work: Callable[[], None], end: Callable[[], None], *, name: str) -> None:
        """Begin `work`; `end` comes after it whatever became of it, as `problem` says.

        A work that ends by Stopped has the problem {name}_stopped.
        """
        self._thread = threading.Thread(
            target=self._guarded, args=(work, end, name), daemon=True, name=name
        )
        self._thread.start()

    def _guarded(self, work: Callable[[], None], end: Callable[[], None], name: str) -> None:
        try:
            work()
        except Stopped:
            self.problem = Problem(f"{name}_stopped")
        except Refused as refusal:
            self.problem = refusal.problem
        except Exception as error:
            log.exception("%s failed", name)
            self.problem = Problem("unexpected", {"detail": type(error).__name__})
        end()
