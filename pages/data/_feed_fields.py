"""The fields of a feed: what it holds, when it comes, what is tolerated, who is told; and back.

What was typed is read from the session when it is saved: a field that was changed by the same click
is newer there than on the page.
"""

from collections.abc import Callable
from datetime import time
from typing import Any
from zoneinfo import available_timezones

import streamlit as st

from crm_core.domain.feeds import Feed
from crm_core.domain.plan import TablePlan
from crm_core.i18n import LANGUAGES
from crm_core.reference import entities
from crm_core.services import outbox, recipes
from pages._ui import import_words, session, workspace
from pages._ui.plain import plain
from pages.data import _feed_words as words

_ANY = ""
_EVERY, _DAILY, _CRON = "every", "daily", "cron"
_NEVER, _BY, _HOURS = "never", "by", "hours"


class Form:
    """The fields of one dialog: of a feed in one version, so that no other's are taken for them."""

    def __init__(self, of: str) -> None:
        self._of = of

    def key(self, name: str) -> str:
        """The key of a field's widget."""
        return f"feed-{name}-{self._of}"

    def said(self, name: str, default: Any = None) -> Any:
        """What stands in a field; `default` where it is not shown."""
        found = st.session_state.get(self.key(name))
        return default if found is None else found


def holds(form: Form, now: Feed) -> None:
    """An entity, a kept mapping, or what is recognised."""
    text = session.texts().text
    options = {_ANY: text("Recognise it")}
    options |= {f"entity:{name}": import_words.entity(name) for name in entities()}
    options |= {f"recipe:{name}": _mapping(plan) for name, plan in _kept().items()}
    named = {"entity": now.entity, "recipe": now.recipe}
    chosen = next((f"{kind}:{name}" for kind, name in named.items() if name), _ANY)
    st.selectbox(
        text("What the files hold"),
        list(options),
        index=list(options).index(chosen) if chosen in options else 0,
        format_func=lambda code: options.get(code, code),
        key=form.key("holds"),
    )


def _kept() -> dict[str, TablePlan]:
    """The kept mappings by the names of their files; of a recipe of several sheets the first."""
    found = recipes.named(workspace.store())
    return {name: plans[0] for name, plans in found.items() if plans}


def _mapping(plan: TablePlan) -> str:
    """A kept mapping, as its file and what it holds name it; no Markdown is read there."""
    return session.texts().plural(
        "Mapping of {file}: {entity}, {n} column",
        "Mapping of {file}: {entity}, {n} columns",
        len(plan.columns),
        file=plan.file,
        entity=import_words.entity(str(plan.entity)),
    )


def times(form: Form, now: Feed) -> None:
    grid = st.grid(2, min_column_width=260)
    with grid, st.container():
        _schedule(form, now)
    with grid, st.container():
        _expected(form, now)
    zones = sorted(available_timezones())
    st.selectbox(
        session.texts().text("Clock"),
        zones,
        index=zones.index(now.zone) if now.zone in zones else zones.index("UTC"),
        key=form.key("zone"),
        width=260,
    )


def _schedule(form: Form, now: Feed) -> None:
    text = session.texts().text
    options = {_EVERY: text("Every N minutes"), _DAILY: text("Daily"), _CRON: text("Cron")}
    at = words.daily_at(now)
    kind = _EVERY if now.every_minutes is not None else _DAILY if at else _CRON
    chosen = _choice(text("How often to look"), options, kind, form.key("schedule"))
    if chosen == _EVERY:
        minutes = now.every_minutes or 15
        st.number_input(text("Minutes"), 1, 10_080, minutes, key=form.key("minutes"))
    elif chosen == _DAILY:
        st.time_input(text("Time of the day"), at or time(6, 0), key=form.key("at"))
    else:
        label = text("minute hour day month weekday")
        st.text_input(label, now.cron or "0 6 * * 1-5", key=form.key("cron"))


def _expected(form: Form, now: Feed) -> None:
    text = session.texts().text
    options = {_NEVER: text("No matter"), _BY: text("By a time"), _HOURS: text("Every N hours")}
    kind = _HOURS if now.expected_hours else _BY if now.expected_by else _NEVER
    chosen = _choice(text("A delivery is expected"), options, kind, form.key("expected"))
    if chosen == _HOURS:
        label, hours = text("At least every so many hours"), now.expected_hours or 24
        st.number_input(label, 1, 8_784, hours, key=form.key("hours"))
    elif chosen == _BY:
        st.time_input(text("Latest time"), now.expected_by or time(7, 0), key=form.key("by"))
        names = session.formats().locale.days["stand-alone"]["abbreviated"]
        st.multiselect(
            text("On these days"),
            list(range(7)),
            default=list(now.expected_days),
            format_func=lambda day: names[day],
            key=form.key("days"),
        )


def tolerance(form: Form, now: Feed) -> None:
    text = session.texts().text
    grid = st.grid(3, min_column_width=180)
    with grid:
        _percent(
            text("Fewest lines, % of the usual"),
            now.least_share,
            form.key("least"),
            text("Fewer than this share of the median of the last deliveries wait. 0: any number."),
        )
    with grid:
        _percent(
            text("Most lines set aside, %"),
            now.most_quarantined,
            form.key("aside"),
            text("With more than this share set aside a delivery waits. 0: any share is fine."),
        )
    with grid:
        st.number_input(
            text("Seconds to settle"),
            0,
            3600,
            now.settle_seconds,
            key=form.key("settle"),
            help=text("So long a file must not have changed before it is taken."),
        )


def _percent(label: str, share: float | None, key: str, help_text: str) -> None:
    percent = round((share or 0) * 100)
    st.number_input(label, 0, 100, percent, step=5, key=key, help=help_text)


def told(form: Form, now: Feed) -> None:
    """Who hears of alarms."""
    text = session.texts().text
    hooks = list(outbox.channels(workspace.store(), workspace.actor()).webhooks)
    grid = st.grid(3, min_column_width=180)
    with grid:
        st.text_input(
            text("Tell by e-mail"),
            ", ".join(now.emails),
            key=form.key("emails"),
            placeholder="ops@example.com, it@example.com",
        )
    with grid:
        st.multiselect(
            text("Tell in group chats"),
            hooks,
            default=[name for name in now.webhooks if name in hooks],
            key=form.key("hooks"),
            placeholder=text("Set up below the feeds"),
        )
    with grid:
        st.selectbox(
            text("Language of messages"),
            list(LANGUAGES),
            index=list(LANGUAGES).index(now.language),
            format_func=_shown(LANGUAGES),
            key=form.key("language"),
        )


def _choice(label: str, options: dict[str, str], now: str, key: str) -> str:
    chosen = st.segmented_control(
        label, list(options), default=now, required=True, format_func=_shown(options), key=key
    )
    return str(chosen or now)


def _shown(options: dict[str, str]) -> Callable[[str], str]:
    return lambda code: plain(options.get(code, code))


def feed(form: Form, now: Feed) -> Feed:
    """What the fields say."""
    said, (kind, _, name) = form.said, str(form.said("holds", _ANY)).partition(":")
    emails = str(said("emails", "")).translate(str.maketrans("；;，", ",,,")).split(",")
    return Feed(
        name=str(said("name", "")).strip(),
        path=str(said("path", "")).strip(),
        entity=name if kind == "entity" else None,
        recipe=name if kind == "recipe" else None,
        zone=said("zone", now.zone),
        least_share=said("least", 0) / 100 or None,
        most_quarantined=said("aside", 0) / 100 or None,
        settle_seconds=said("settle", now.settle_seconds),
        emails=tuple(part.strip() for part in emails if part.strip()),
        webhooks=tuple(said("hooks", ())),
        language=said("language", now.language),
        **_when(form, now),
    )


def _when(form: Form, now: Feed) -> dict[str, Any]:
    """Schedule and expectation, of which the form shows one kind each."""
    said, found = form.said, dict[str, Any]()
    match said("schedule"):
        case "daily":
            at = said("at", time(6, 0))
            found["cron"] = f"{at.minute} {at.hour} * * *"
        case "cron":
            found["cron"] = str(said("cron", "")).strip()
        case _:
            found["every_minutes"] = said("minutes", now.every_minutes or 15)
    match said("expected"):
        case "hours":
            found["expected_hours"] = said("hours", 24)
        case "by":
            found["expected_by"] = said("by", time(7, 0))
            found["expected_days"] = tuple(sorted(said("days", ())))
    return found
