"""Feeds: what the last night brought at a glance, what waits for a person, and setting feeds up."""

import pandas as pd
import streamlit as st

from crm_core.domain.feeds import Alarm, State
from crm_core.domain.problems import Refused
from crm_core.services import feeds, outbox
from crm_core.services.clock import utc_now
from crm_core.services.feeds import Decision, Delivery, OpenAlarm, Row
from pages._ui import filters, session, workspace
from pages._ui.head import page_head, section
from pages._ui.notices import empty_state, problem_box
from pages._ui.plain import plain
from pages._ui.tables import Column, table
from pages.data import _acting, _feed_channels, _feed_form
from pages.data import _feed_words as words

_SAID = "_feeds_said"


def show() -> None:
    """The page."""
    text = session.texts().text
    page_head(
        text("Feeds"),
        text("Files that come by themselves: what the last night brought, and what waits for you."),
    )
    _acting.show_problem()
    if said := st.session_state.pop(_SAID, None):
        st.toast(plain(said), icon=":material/check:")
    if workspace.company() == "sample":
        _own_only()
        return
    rows = feeds.rows(workspace.store(), workspace.actor(), utc_now())
    if not rows:
        _empty()
    else:
        _summary(rows)
        _held(rows)
        _list(rows)
        options = {str(row.defined.feed_id): row.defined.feed.name for row in rows}
        chosen = filters.select(text("Look at feed"), options, name="feed")
        _details(next(row for row in rows if str(row.defined.feed_id) == chosen))
    _feed_channels.show()


def _own_only() -> None:
    text = session.texts().text
    empty_state(
        text("Feeds bring files into your own store"),
        text("The sample company has none. Go to your own data to set one up."),
        icon=":material/science:",
        actions=lambda: st.button(
            text("Go to my own data"),
            type="primary",
            key="feeds-own",
            on_click=workspace.choose,
            args=("own",),
        ),
    )


def _empty() -> None:
    text = session.texts().text
    empty_state(
        text("No feed yet"),
        text(
            "A feed watches a folder: each file that arrives whole is compared with the ones "
            "before and loaded; what is late or looks different raises an alarm."
        ),
        icon=":material/sync:",
        actions=_feed_form.add_button,
    )


def _summary(rows: list[Row]) -> None:
    """How many need somebody, in a sentence, beside the button that adds one."""
    texts = session.texts()
    troubled = [row for row in rows if row.alarms]
    with st.container(horizontal=True, vertical_alignment="center"):
        if troubled:
            said = texts.plural("{n} feed needs you", "{n} feeds need you", len(troubled))
            st.markdown(f":material/error: **{plain(said)}**", width="stretch")
        else:
            said = texts.text("Nothing waits for you.")
            st.markdown(f":material/check_circle: **{plain(said)}**", width="stretch")
        _feed_form.add_button()


def _held(rows: list[Row]) -> None:
    """The alarms: deliveries to decide about, and what is late or was refused."""
    store, actor = workspace.store(), workspace.actor()
    names = {row.defined.feed_id: row.defined.feed.name for row in rows}
    for alarm in feeds.alarm_list(store, actor):
        if alarm.kind in (Alarm.LATE, Alarm.REFUSED):
            _notice(alarm, names.get(alarm.feed_id, ""))
    for delivery in feeds.held_list(store, actor):
        _decision(delivery, names.get(delivery.feed_id, ""))


def _notice(alarm: OpenAlarm, feed: str) -> None:
    text = session.texts().text
    reasons = plain(" ".join(words.reasons(alarm.problems)))
    if alarm.kind is Alarm.LATE:
        title = plain(text("{feed} is late", feed=feed))
        st.warning(f"**{title}** · {reasons}", icon=":material/schedule:")
    else:
        title = plain(text("{feed}: a file was refused", feed=feed))
        st.error(f"**{title}** · {reasons}", icon=":material/error:")


def _decision(delivery: Delivery, feed: str) -> None:
    """What is different, and what can be done with it."""
    text = session.texts().text
    with st.container(border=True):
        about = [words.file(delivery.path), feed, words.moment(delivery.seen_at)]
        waits = plain(text("Waits for you"))
        st.markdown(f":material/pause_circle: **{waits}** · {plain(' · '.join(about))}")
        st.markdown("\n".join(f"- {plain(reason)}" for reason in words.reasons(delivery.problems)))
        with st.container(horizontal=True):
            _decide(text("Load anyway"), delivery, Decision.LOAD)
            if delivery.alarm is Alarm.SHAPE:
                _decide(text("Take as the new shape"), delivery, Decision.SHAPE)
            _decide(text("Leave out"), delivery, Decision.DISMISS)


def _decide(label: str, delivery: Delivery, decision: Decision) -> None:
    if st.button(label, key=f"{decision}-{delivery.delivery_id}"):
        text = session.texts().text
        try:
            with st.spinner(plain(text("Loading {file}", file=words.file(delivery.path)))):
                feeds.decide(workspace.store(), workspace.actor(), delivery.delivery_id, decision)
        except Refused as refusal:
            problem_box(refusal.problem)
            return
        _done(text("Saved."))


def _list(rows: list[Row]) -> None:
    text = session.texts().text
    shown = pd.DataFrame([_line(row) for row in rows])
    heads = [
        Column("feed", text("Feed"), pinned=True),
        Column("state", text("State")),
        Column("seen", text("Last delivery"), "moment"),
        Column("loaded", text("New"), "number"),
        Column("updated", text("Updated"), "number"),
        Column("quarantined", text("Set aside"), "number"),
        Column("merged", text("Merged"), "number"),
        Column("review", text("To be decided"), "number"),
        Column("next", text("Next look"), "moment"),
    ]
    table(shown, heads, key="feeds", height="auto" if len(shown) < 12 else 440)


def _line(row: Row) -> dict[str, object]:
    last = row.last
    return {
        "feed": row.defined.feed.name,
        "state": words.feed_state(row),
        "seen": session.local(last.seen_at) if last else None,
        **{name: getattr(last, name, None) for name in feeds.COUNTS},
        "next": session.local(row.next_look) if row.next_look else None,
    }


def _details(row: Row) -> None:
    """One feed: how it is set up, what can be done with it, and its history."""
    feed, text = row.defined.feed, session.texts().text
    about = [feed.path, words.schedule(feed), words.expectation(feed), feed.zone]
    section(feed.name, " · ".join(part for part in about if part))
    _actions(row)
    for reason in words.reasons(row.left):
        st.info(plain(reason), icon=":material/hourglass_empty:")
    if row.looked_at:
        st.caption(plain(text("Looked at {at}.", at=words.moment(row.looked_at))))
    history = feeds.history(workspace.store(), workspace.actor(), row.defined.feed_id)
    if history:
        _history(history)


def _actions(row: Row) -> None:
    text, number = session.texts().text, row.defined.feed_id
    with st.container(horizontal=True):
        if st.button(text("Look now"), key="feed-run", icon=":material/sync:"):
            _look(number)
        _feed_form.change_button(row.defined)
        st.button(
            text("Stop") if row.defined.active else text("Let it go on"),
            key="feed-active",
            icon=":material/pause:" if row.defined.active else ":material/play_arrow:",
            on_click=_acting.attempt,
            args=(
                feeds.set_active,
                workspace.store(),
                workspace.actor(),
                number,
                not row.defined.active,
            ),
        )
        with st.popover(text("Remove"), icon=":material/delete:"):
            st.markdown(plain(text("What it loaded stays. What waits is not loaded.")))
            st.button(
                text("Remove the feed"),
                key="feed-remove",
                type="primary",
                on_click=_acting.attempt,
                args=(feeds.remove, workspace.store(), workspace.actor(), number),
            )


def _look(feed_id: int) -> None:
    store, actor = workspace.store(), workspace.actor()
    texts = session.texts()
    try:
        with st.spinner(plain(texts.text("Waiting for the files to settle, then loading them"))):
            look = feeds.run(store, actor, feed_id)
            outbox.send_due(store, actor)
    except Refused as refusal:
        problem_box(refusal.problem)
        return
    new = [one for one in look.deliveries if one.state is not State.KNOWN]
    _done(
        texts.plural("{n} new file", "{n} new files", len(new))
        if new
        else texts.text("Nothing new.")
    )


def _done(said: str) -> None:
    st.session_state[_SAID] = said
    st.rerun()


def _history(history: list[Delivery]) -> None:
    text = session.texts().text
    rows = [
        {
            "state": words.state(one),
            "file": words.file(one.path),
            "seen": session.local(one.seen_at),
            **{name: getattr(one, name) for name in feeds.COUNTS},
            "load": str(one.batch_id) if one.batch_id is not None else None,
            "why": " ".join(words.reasons(one.problems)),
        }
        for one in history
    ]
    heads = [
        Column("state", text("State")),
        Column("file", text("File")),
        Column("seen", text("Arrived"), "moment"),
        Column("lines", text("Lines"), "number"),
        Column("loaded", text("New"), "number"),
        Column("updated", text("Updated"), "number"),
        Column("quarantined", text("Set aside"), "number"),
        Column("merged", text("Merged"), "number"),
        Column("review", text("To be decided"), "number"),
        Column("load", text("Load")),
        Column("why", text("Why"), width="large"),
    ]
    table(pd.DataFrame(rows), heads, key="feed-history", height="auto" if len(rows) < 9 else 330)


show()
