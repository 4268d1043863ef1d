"""The words of the audit trail: what was done, to what, and what it changed."""

from collections.abc import Mapping

from crm_core.i18n import DASH, mark
from crm_core.i18n.migration import KINDS
from crm_core.reference import entities
from crm_core.reference.registers import registers
from crm_core.services.audit import Entry
from crm_core.services.checklists.words import STATES, VOICES
from crm_core.services.segments.words import basis_name
from pages._ui import import_words, session

AREAS = {
    "crm": mark("Customer data"),
    "programme": mark("Programme"),
    "settings": mark("Settings"),
    "feeds": mark("Feeds"),
    "outbox": mark("Messages"),
    "migration": mark("Migration out"),
    "checklist": mark("Checklists"),
    "plan": mark("Roadmap"),
    "vendor": mark("Vendors"),
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
    "parent.confirmed": mark("Said that companies belong together"),
    "parent.refused": mark("Said that companies do not belong together"),
    "parent.withdrawn": mark("Took back what was said of a group of companies"),
    "merge.undo": mark("Took merges of records back"),
    "quarantine.assign": mark("Handed out lines of the quarantine"),
    "quarantine.correct": mark("Corrected lines of the quarantine"),
    "quarantine.drop": mark("Left lines of the quarantine out"),
    "quarantine.import": mark("Took in a corrected list of the quarantine"),
    "plan.make": mark("Made a plan"),
    "plan.accept": mark("Agreed a plan"),
    "judgement.score": mark("Scored a vendor"),
    "judgement.weigh": mark("Weighed what vendors are judged by"),
    "answers.import": mark("Took in a filled-in checklist"),
    "assessment.carry_over": mark("Carried answers over to a new version"),
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
    "address": mark("Address of this app"),
    "plan_start": mark("First day of the roadmap"),
    "plan_unit": mark("Length of a period of the roadmap"),
    "plan_horizon": mark("Periods of the roadmap"),
    "plan_discount": mark("Discount a year of the roadmap"),
    "rule_severity": mark("Severity of rules"),
    "reminder_webhooks": mark("Group chats that hear how far assessments are"),
}
LISTS = {
    "write": mark("Wrote in a list: {rows}"),
    "remove": mark("Took rows out: {rows}"),
    "bring_back": mark("Put a row back: {rows}"),
    "comment": mark("Commented: {rows}"),
}
"""What is done to the rows of any register."""
RECORDS = {
    "match": mark("Looked for records that are one: {rows}"),
    "decide": mark("Said which records are one: {rows}"),
    "choose": mark("Chose which values are shown: {rows}"),
    "merge": mark("Merged records that are one: {rows}"),
    "teach": mark("Judged pairs anew by what people said: {rows}"),
}
"""What is done to the records of any entity."""
DETAILS = {
    "alarm": mark("alarm"),
    "amount": mark("amount"),
    "answers": mark("answers"),
    "aside": mark("set aside"),
    "assigned": mark("handed out"),
    "batch": mark("load no."),
    "before": mark("before"),
    "by": mark("by"),
    "carried": mark("carried over"),
    "channel": mark("by way of"),
    "checklist": mark("checklist"),
    "clear": mark("cleared"),
    "code": mark("cause"),
    "column": mark("column"),
    "currency": mark("currency"),
    "decisions": mark("decisions"),
    "differences": mark("differences"),
    "digest": mark("SHA-256"),
    "due": mark("due"),
    "edition": mark("edition"),
    "evaluator": mark("judged by"),
    "file": mark("file"),
    "files": mark("files"),
    "gate": mark("gate"),
    "form": mark("kind of group chat"),
    "gone": mark("joined into it"),
    "host": mark("server"),
    "instead": mark("new value"),
    "is_off": mark("off"),
    "item": mark("questions"),
    "kept": mark("kept"),
    "kind": mark("kind"),
    "limits": mark("limits"),
    "lines": mark("lines"),
    "link": mark("link no."),
    "links": mark("links"),
    "merged": mark("merged"),
    "messages": mark("messages"),
    "month": mark("month"),
    "new": mark("new"),
    "objective": mark("aim"),
    "owner": mark("owner"),
    "pairs": mark("pairs"),
    "raise": mark("raised"),
    "reason": mark("reason"),
    "recipient": mark("recipient"),
    "rejects": mark("rejects"),
    "review": mark("to be looked at"),
    "rows": mark("rows"),
    "segment": mark("segment"),
    "sender": mark("sender"),
    "solved": mark("solved"),
    "status": mark("outcome"),
    "steps": mark("steps"),
    "target": mark("target"),
    "targets": mark("targets"),
    "team": mark("team"),
    "totals": mark("totals"),
    "update": mark("updated"),
    "value": mark("value"),
    "values": mark("values"),
    "voice": mark("answers as"),
    "withdrawn": mark("taken back"),
}
"""What a change says of itself, by name; others are shown as they are called inside."""
NOT_SENT = {
    "channel_missing": mark("the group chat is not set up"),
    "host_inside": mark("the host lies inside the network"),
    "host_unknown": mark("the host is not known"),
    "mail_failed": mark("the mail server did not take it"),
    "mail_missing": mark("no mail server is set up"),
    "mail_unencrypted": mark("the mail server offers no encryption"),
    "mail_untrusted": mark("the certificate of the mail server is not trusted"),
    "message_failed": mark("an error of the program"),
    "webhook_failed": mark("the group chat did not take it"),
}
"""Why a message was not sent."""
MADE_BY = {"rule": mark("The rule"), "review": mark("People")}
_VALUES: dict[str, Mapping[str, str]] = {
    "before": {str(state): said for state, said in STATES.items()},
    "by": MADE_BY,
    "channel": {"mail": mark("E-mail")},
    "code": NOT_SENT,
    "kind": {**KINDS, "points": mark("Points"), "pair": mark("Pairs"), "score": mark("Scores")},
    "objective": {"value": mark("most value soonest"), "finish": mark("earliest finish")},
    "status": {
        "optimal": mark("best possible"),
        "feasible": mark("possible"),
        "infeasible": mark("impossible"),
    },
    "voice": {str(voice): said for voice, said in VOICES.items()},
}
_UNSAID = {"proposed", "records", "respondent", "sha256"}
"""For the machine: who answered is nobody's business here; or said as the subject."""


def area(code: str) -> str:
    """Of what kind the changed data are."""
    return _named(AREAS, code)


def action(code: str) -> str:
    """What was done; a code without words is still shown."""
    texts = session.texts()
    if code in ACTIONS:
        return texts.text(ACTIONS[code])
    owner, _, deed = code.rpartition(".")
    if owner in entities() and deed in RECORDS:
        return texts.text(RECORDS[deed], rows=import_words.entity(owner))
    if owner in registers() and deed in LISTS:
        return texts.text(LISTS[deed], rows=texts.label(registers()[owner].plural))
    return code


def subject(entry: Entry) -> str:
    """What it was done to."""
    said = entry.subject or ""
    if names := entry.detail.get("records"):
        return ", ".join(names)
    if entry.action.startswith("batch."):
        return session.texts().text("Load no. {batch}", batch=said)
    if entry.action.startswith("migration.") and said:
        return session.texts().text("run {run}", run=said)
    return import_words.entity(said) if said in entities() else _named(SETTINGS, said)


def detail(entry: Entry) -> str:
    """What the change wrote about itself, in words where the kind of change is known."""
    texts, said = session.texts(), entry.detail
    if entry.action == "batch.load":
        counts = texts.text(
            "new: {loaded}, updated: {updated}, set aside: {quarantined}",
            loaded=said.get("loaded"),
            updated=said.get("updated"),
            quarantined=said.get("quarantined"),
        )
        return f"{counts} · {', '.join(dict.fromkeys(map(str, said.get('files', []))))}"
    if {"before", "after"} <= said.keys():
        before, after = (_setting(entry.subject, said[name]) for name in ("before", "after"))
        return f"{before} → {after}"
    return " · ".join(
        texts.text("{label}: {value}", label=_named(DETAILS, name), value=_of(entry, name, value))
        for name, value in said.items()
        if name not in _UNSAID and value not in ("", None)
    )


def _of(entry: Entry, name: str, value: object) -> str:
    """A value of a detail: of the records of an entity fields are called as everywhere."""
    if entry.subject in entities() and isinstance(value, dict):
        value = {import_words.field(field, entry.subject): one for field, one in value.items()}
    if name == "rows" and isinstance(value, dict):
        value = {import_words.entity(one): count for one, count in value.items()}
    if name in _VALUES and isinstance(value, str):
        return _named(_VALUES[name], value)
    return _value(value)


def _named(known: Mapping[str, str], code: str) -> str:
    return session.texts().text(known[code]) if code in known else code


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
    if isinstance(value, bool):
        return session.texts().text("Yes") if value else session.texts().text("No")
    if isinstance(value, list):
        return ", ".join(map(_value, value))
    return DASH if value is None else str(value)
