"""What goes on while the app runs, driven by a scheduler library: feeds are looked at, red flags
evaluated, people reminded of what is due, messages sent."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from crm_core.domain.feeds import SCHEDULE, Feed
from crm_core.domain.flags import RULES
from crm_core.domain.problems import Refused
from crm_core.services import flags, outbox
from crm_core.services.checklists import inviting
from crm_core.services.clock import utc_now
from crm_core.services.feeds import looking, schedule
from crm_core.services.feeds.overview import rows
from crm_core.store import Store

log = logging.getLogger(__name__)

# A look that takes longer than its pause is waited for; that is no news.
logging.getLogger("apscheduler").setLevel(logging.ERROR)

TICK_SECONDS = 10
_THREADS = 4


class Background:
    """Runs until it is stopped. `opened` gives the store, None where there is none yet."""

    def __init__(self, opened: Callable[[], Store | None], tick_seconds: float = TICK_SECONDS):
        self._opened = opened
        self._stopping = threading.Event()
        self._known: dict[int, Feed] = {}
        self._scheduler = BackgroundScheduler(
            timezone=UTC,
            executors={"default": ThreadPoolExecutor(_THREADS)},
            job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
        )
        for work in (self._follow, self._watch, self._send, self._flag, self._remind):
            self._scheduler.add_job(
                self._guarded, "interval", [work], seconds=tick_seconds, id=work.__name__
            )

    def start(self) -> None:
        """Begin; returns at once."""
        self._scheduler.start()

    def stop(self) -> None:
        """End: a look that waits for a file to settle gives up, a load is finished."""
        self._stopping.set()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)

    def _guarded(self, work: Callable[..., None], *args: int) -> None:
        """A job's failure is logged; the next time goes on."""
        try:
            store = self._opened()
            if store is not None and not self._stopping.is_set():
                work(store, *args)
        except Refused as refusal:
            log.warning("background: %s", refusal)
        except _Stopped:
            log.info("a look was given up because the app stops")
        except Exception:
            log.exception("a background job failed")

    def _follow(self, store: Store) -> None:
        """Keep a job for every active feed, as it is defined now."""
        wanted = {
            row.defined.feed_id: row for row in rows(store, SCHEDULE, utc_now()) if row.next_look
        }
        for feed_id in [*self._known]:
            if feed_id not in wanted or self._known[feed_id] != wanted[feed_id].defined.feed:
                self._scheduler.remove_job(str(feed_id))
                del self._known[feed_id]
        for feed_id, row in wanted.items():
            if feed_id not in self._known and row.next_look:
                self._scheduler.add_job(
                    self._guarded,
                    schedule.trigger(row.defined.feed),
                    [self._look, feed_id],
                    id=str(feed_id),
                    next_run_time=row.next_look.replace(tzinfo=UTC),
                )
                self._known[feed_id] = row.defined.feed

    def _look(self, store: Store, feed_id: int) -> None:
        looking.run(store, SCHEDULE, feed_id, sleep=self._sleep)
        outbox.send_due(store, SCHEDULE)

    def _watch(self, store: Store) -> None:
        looking.run_overdue(store, SCHEDULE, sleep=self._sleep)

    def _send(self, store: Store) -> None:
        outbox.send_due(store, SCHEDULE)

    def _flag(self, store: Store) -> None:
        flags.keep_up(store, RULES, utc_now())

    def _remind(self, store: Store) -> None:
        inviting.remind(store, SCHEDULE, utc_now())

    def _sleep(self, seconds: float) -> None:
        if self._stopping.wait(seconds):
            raise _Stopped


class _Stopped(Exception):  # noqa: N818 - the app's wish, not a fault
    pass
