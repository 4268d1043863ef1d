"""The dialog in which a feed is set up or changed."""

import os
from typing import Literal
from zoneinfo import available_timezones

import streamlit as st

from crm_core.domain.feeds import Feed
from crm_core.services import feeds
from crm_core.services.feeds import Defined
from crm_core.services.feeds.define import FOLDERS
from pages._ui import session, workspace
from pages.data import _acting, _choose
from pages.data import _feed_fields as fields

_SAVED = "_feed_saved"


def add_button() -> None:
    """Opens the empty dialog."""
    text = session.texts().text
    _opener(text("Set up a feed"), "feed-add", ":material/add:", None, kind="primary")


def change_button(defined: Defined) -> None:
    """Opens the dialog on a feed as it is."""
    _opener(session.texts().text("Edit"), "feed-change", ":material/edit:", defined)


def _opener(
    label: str,
    key: str,
    icon: str,
    defined: Defined | None,
    kind: Literal["primary", "secondary"] = "secondary",
) -> None:
    """A button for those who may name folders of the computer that the app runs on."""
    text = session.texts().text
    allowed = _choose.served_on_loopback() or bool(os.environ.get(FOLDERS))
    why = text("From another computer this needs CRM_FEED_FOLDERS: ask the administrator.")
    clicked = st.button(
        label, key=key, type=kind, icon=icon, disabled=not allowed, help=None if allowed else why
    )
    if clicked and allowed:
        _open(text("Change the feed") if defined else text("Set up a feed"), defined)


def _open(title: str, defined: Defined | None) -> None:
    st.dialog(title, width="large", icon=":material/sync:")(_form)(defined)


def _form(defined: Defined | None) -> None:
    """What is asked; nothing of it is lost when it is refused."""
    text = session.texts().text
    now = defined.feed if defined else _usual()
    form = fields.Form(f"{defined.feed_id}-{defined.version}" if defined else "new")
    grid = st.grid(2, min_column_width=260)
    with grid:
        st.text_input(text("Name"), now.name, key=form.key("name"), max_chars=80)
    with grid:
        fields.holds(form, now)
    st.text_input(
        text("Folder or pattern"),
        now.path,
        key=form.key("path"),
        placeholder="/data/exports/deals-*.csv",
        help=text("All data files of a folder and the folders in it, or the ones a pattern names."),
    )
    fields.times(form, now)
    fields.tolerance(form, now)
    fields.told(form, now)
    _acting.show_problem()
    st.button(
        text("Save"),
        type="primary",
        key="feed-save",
        shortcut="Ctrl+Enter",
        on_click=_acting.attempt,
        args=(_save, defined, form, now),
    )
    if st.session_state.pop(_SAVED, None):
        st.rerun()


def _usual() -> Feed:
    """A new feed; its name and path are asked for."""
    zone = st.context.timezone
    return Feed(
        name="",
        path="",
        every_minutes=15,
        zone=zone if zone in available_timezones() else "UTC",
        language="zh" if session.texts().language == "zh" else "en",
    )


def _save(defined: Defined | None, form: fields.Form, now: Feed) -> None:
    store, actor = workspace.store(), workspace.actor()
    feed = fields.feed(form, now)
    if defined is None:
        feeds.add(store, actor, feed)
    else:
        feeds.change(store, actor, defined.feed_id, feed, defined.version)
    st.session_state[_SAVED] = True
