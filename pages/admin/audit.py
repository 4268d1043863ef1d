"""Audit: who changed what, when, in words."""

import pandas as pd
import streamlit as st

from crm_core.i18n import mark
from crm_core.services import audit
from crm_core.services.audit import Entry
from crm_core.services.segments.words import basis_name
from pages._ui import filters, session, workspace
from pages._ui import import_words as words
from pages._ui.head import page_head
from pages._ui.notices import empty_state
from pages._ui.tables import Column, table

_A_PAGE = 50
_ALL = ""
AREAS = {
    "crm": mark("Customer data"),
    "programme": mark("Programme"),
    "settings": mark("Settings"),
    "feeds": mark("Feeds"),
    "outbox": mark("Messages"),
    "migration": mark("Migration out"),
    "checklist": mark("Checklists"),
}
ACTIONS = {
    "batch.load": mark("Loaded files"),
    "batch.undo": mark("Took a load back"),
    "feed.add": mark("Set a feed up"),
    "feed.change": mark("Changed a feed"),
    "feed.start": mark("Let a feed go on"),
    "feed.stop": mark("Stopped a feed"),
    "feed.remove": mark("Removed a feed"),
    "feed.late": mark("A delivery is late"),
    "delivery.begin": mark("Began to load a delivery"),
    "delivery.again": mark("Found a load that was cut off"),
    "delivery.load": mark("Loaded a delivery"),
    "delivery.known": mark("A delivery held nothing new"),
    "delivery.hold": mark("A delivery waits or was refused"),
    "delivery.dismiss": mark("Left a delivery out"),
    "channel.set": mark("Set up where messages go"),
    "channel.remove": mark("Removed a group chat"),
    "message.sent": mark("Sent a message"),
    "message.failed": mark("A message could not be sent"),
    "message.record": mark("Wrote a message"),
    "message.retry": mark("Sent a message again"),
    "setting.set": mark("Changed a setting"),
    "flags.evaluate": mark("Rules changed red flags"),
    "flag_rule.choose": mark("Changed a rule of red flags"),
    "gate.open": mark("Opened a gate by hand"),
    "gate.take_back": mark("Took the opening of a gate back"),
    "migration.run": mark("Wrote files for another system"),
    "migration.rejects": mark("Took in rejects of another system"),
    "migration.assign": mark("Handed out rejects"),
    "migration.totals": mark("Entered control totals"),
    "migration.sign": mark("Signed control totals"),
    "target.set": mark("Changed targets"),
    "pain_point.merge": mark("Merged pain points"),
    "pain_point.unmerge": mark("Took a merge of pain points back"),
    "pain_point.apart": mark("Held pain points for different"),
    "pain_point.ask_again": mark("Let repeats be suggested again"),
    "goal.read": mark("Read the measures of goals"),
    "process_step.list": mark("Kept a team's steps"),
    "checklist.bring_in": mark("Took a checklist in"),
    "assessment.begin": mark("Began an assessment"),
    "assessment.describe": mark("Changed an assessment"),
    "assessment.submitted": mark("Handed an assessment in"),
    "assessment.returned": mark("Returned an assessment"),
    "assessment.approved": mark("Approved an assessment"),
    "assessment.closed": mark("Closed an assessment"),
    "respondent.add": mark("Added a respondent"),
    "respondent.describe": mark("Changed a respondent"),
    "respondent.remove": mark("Took a respondent out"),
    "respondent.submit": mark("Handed a sheet in"),
    "respondent.reopen": mark("Opened a sheet again"),
    "respondent.invite": mark("Invited respondents"),
    "respondent.remind": mark("Reminded respondents"),
    "link.renew": mark("Made a respondent's link"),
    "answer.save": mark("Answered a question"),
    "answer.clear": mark("Took an answer back"),
    "evidence.add": mark("Added evidence"),
    "evidence.remove": mark("Took evidence away"),
    "team.starter": mark("Took over the starter set of team and training"),
}
SETTINGS = {
    "revenue_basis": mark("Revenue basis"),
    "fiscal_year_start": mark("First month of the fiscal year"),
    "home_currency": mark("Home currency"),
    "coverage_target": mark("Coverage target"),
    "hour_cost": mark("Cost of an hour"),
    "phasing_out_factor": mark("Weight of what phases out"),
}
_MOST = 400


def show() -> None:
    """The page."""
    texts = session.texts()
    text = texts.text
    store, actor = workspace.store(), workspace.actor()
    every = audit.count(store, actor)
    page_head(
        text("Audit"),
        text("Every change of data and settings, written in the moment it was made."),
        [texts.plural("{n} change", "{n} changes", every)],
    )
    if not every:
        empty_state(
            text("Nothing has been changed yet"),
            text("Loads, settings and corrections appear here with who made them and when."),
            icon=":material/history_edu:",
        )
        return
    with filters.filter_row():
        area = _choice(
            text("Area"), {code: _area(code) for code in audit.areas(store, actor)}, "area"
        )
        people = {name: words.person(name) for name in audit.people(store, actor)}
        person = _choice(text("Who"), people, "person")
    wanted = audit.Filter(area or None, person or None)
    _list(wanted, audit.count(store, actor, wanted))


def _choice(label: str, options: dict[str, str], name: str) -> str:
    return filters.select(label, {_ALL: session.texts().text("All")} | options, name=name)


def _list(wanted: audit.Filter, found: int) -> None:
    text = session.texts().text
    pages = max(1, -(-found // _A_PAGE))
    number = st.pagination(pages, key="audit-page") if pages > 1 else 1
    entries = audit.trail(
        workspace.store(),
        workspace.actor(),
        wanted,
        limit=_A_PAGE,
        offset=(number - 1) * _A_PAGE,
    )
    rows = pd.DataFrame([_row(entry) for entry in entries])
    heads = [
        Column("at", text("When"), "moment"),
        Column("person", text("Who")),
        Column("action", text("What")),
        Column("subject", text("Subject")),
        Column("area", text("Area")),
        Column("detail", text("Details"), width="medium"),
    ]
    if len(rows):
        table(
            rows,
            heads,
            key="audit",
            height="auto" if len(rows) < 10 else 640,
            saved_as="audit",
        )


def _row(entry: Entry) -> dict[str, object]:
    return {
        "at": session.local(entry.at),
        "person": words.person(entry.person),
        "action": _said(ACTIONS, entry.action),
        "subject": _subject(entry),
        "detail": _detail(entry)[:_MOST],
        "area": _area(entry.area),
    }


def _said(known: dict[str, str], code: str) -> str:
    return session.texts().text(known[code]) if code in known else code


def _area(code: str) -> str:
    return _said(AREAS, code)


def _subject(entry: Entry) -> str:
    subject = entry.subject or ""
    if entry.action.startswith("batch."):
        return session.texts().text("Load no. {batch}", batch=subject)
    return _said(SETTINGS, subject)


def _detail(entry: Entry) -> str:
    """What the change wrote about itself, in words where the kind of change is known."""
    texts, detail = session.texts(), entry.detail
    if entry.action == "batch.load":
        counts = texts.text(
            "new: {loaded}, updated: {updated}, set aside: {quarantined}",
            loaded=detail.get("loaded"),
            updated=detail.get("updated"),
            quarantined=detail.get("quarantined"),
        )
        return f"{counts} · {', '.join(dict.fromkeys(map(str, detail.get('files', []))))}"
    if {"before", "after"} <= detail.keys():
        before, after = (_setting(entry.subject, detail[name]) for name in ("before", "after"))
        return f"{before} → {after}"
    return " · ".join(f"{name}: {_value(value)}" for name, value in detail.items())


def _setting(key: str | None, value: object) -> str:
    """A setting's value as the settings page has it."""
    match key, value:
        case "revenue_basis", "sales" | "opportunities":
            return basis_name(session.texts(), value)
        case "fiscal_year_start", int(month) if 1 <= month <= 12:
            return str(session.formats().locale.months["stand-alone"]["wide"][month])
        case "coverage_target", int() | float():
            return session.formats().percent(value, 0)
        case _:
            return _value(value)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {_value(one)}" for name, one in value.items())
    return "–" if value is None else str(value)


show()
