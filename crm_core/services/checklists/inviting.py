"""Messages to respondents with the link to their sheet: invitations and reminders."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from crm_core.domain.actor import Actor
from crm_core.domain.assessments import OPEN, is_reminded
from crm_core.domain.problems import Problem, Refused
from crm_core.i18n import LANGUAGES, Texts, mark
from crm_core.services import outbox, settings
from crm_core.services.checklists import assessments, editions, links, respondents
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.editions import AREA
from crm_core.services.checklists.respondents import Respondent
from crm_core.services.clock import Clock, utc_now
from crm_core.services.outbox import Recipients
from crm_core.services.outbox.channels import MAIL
from crm_core.services.outbox.messages import problem_of
from crm_core.store import Change, Store

_INVITED = mark("Please answer: {title}")
_REMINDED = mark("Still open: {title}")
_BODY = mark(
    "{name}, your view is asked for: {title}.\n{about}\nOpen your questions here (for you only, "
    "good for {days} days): {link}"
)
_DUE = mark("Please hand in by {day}.")
_SUMMARY = mark("{done} of {all} have handed in; due on {day}. Still open: {names}.")
_SUMMARY_UNNAMED = mark("{done} of {all} have handed in; due on {day}.")


def invite(store: Store, actor: Actor, keys: Sequence[str], clock: Clock = utc_now) -> list[str]:
    """Send respondents the links to their sheets; the Message-IDs. All or nobody.

    Refused: respondent_unknown; invite_no_email with who has none; invite_no_address where nobody
    said at which address the app is reached; assessment_not_open.
    """
    with store.change(actor, "respondent.invite", area=AREA) as change:
        people = [respondents.one(change.cursor, key) for key in keys]
        for who in people:
            respondents.require_open(change.cursor, who.assessment)
            if not who.email:
                raise Refused("invite_no_email", name=who.name)
        change.subject = people[0].assessment if people else None
        return _tell(store, change, people, _INVITED, clock())


def unreached(store: Store, actor: Actor, assessment: str) -> dict[str, Problem]:
    """The respondents whom the newest message to them has not reached, each with the reason; one
    that is only on its way is not among them."""
    with store.read() as cursor:
        rows = cursor.execute(
            """
            SELECT id, problem FROM checklist.respondent, app.message
            WHERE assessment = ? AND recipient = email AND channel = ? AND state <> 'sent'
                AND recorded_at = greatest(invited_at, reminded_at)
            ORDER BY id
            """,
            [assessment, MAIL],
        ).fetchall()
    missing = None if outbox.channels(store, actor).mail else Problem("mail_missing", {})
    found = ((key, problem_of(told) or missing) for key, told in rows)
    return {key: problem for key, problem in found if problem}


def remind(store: Store, actor: Actor, now: datetime) -> list[str]:
    """Send a message to everybody who is due and was not told of late, and one on each assessment
    to the group chats that the settings name; their Message-IDs. Nothing due: no change is made."""
    with store.read() as cursor:
        known = settings.read_from(cursor)
        late = _late(store, actor, now)
    if not late or not known["address"]:
        return []
    with store.change(actor, "respondent.remind", area=AREA) as change:
        told = []
        for assessment in late:
            people = _waiting(respondents.of(change.cursor, assessment.id), assessment, now)
            told += _tell(store, change, people, _REMINDED, now)
            told += _sum_up(change, assessment, known["reminder_webhooks"], now)
        change.detail = {"messages": len(told)}
    return told


def _late(store: Store, actor: Actor, now: datetime) -> list[Assessment]:
    """The assessments with somebody to remind."""
    return [
        one
        for one in assessments.listed(store, actor)
        if one.state in OPEN
        and one.due
        and _waiting(respondents.listed(store, actor, one.id), one, now)
    ]


def _waiting(
    people: Sequence[Respondent], assessment: Assessment, now: datetime
) -> list[Respondent]:
    return [
        one
        for one in people
        if one.email and one.invited_at and one.submitted_at is None
        if is_reminded(
            assessment.due,
            max(one.invited_at, one.reminded_at or one.invited_at).date(),
            now.date(),
        )
    ]


def _tell(
    store: Store, change: Change, people: Sequence[Respondent], subject: str, now: datetime
) -> list[str]:
    """A message to each, in both languages: nobody said which one they read."""
    address = settings.read_from(change.cursor)["address"]
    if not address:
        raise Refused("invite_no_address")
    told: list[str] = []
    for one in people:
        who = replace(one, link=one.link or 1)
        token = links.token(store, who, links.USUAL_DAYS, lambda: now)
        link = f"{address.rstrip('/')}/{links.PAGE}?token={token}"
        about = assessments.one(change.cursor, who.assessment)
        each = [_written(Texts(one), change, about, who, subject, link) for one in LANGUAGES]
        told += outbox.record(
            change,
            Recipients((who.email,)),
            " / ".join(subject for subject, _ in each),
            "\n\n".join(body for _, body in each),
            now,
        )
        is_first = subject == _INVITED
        respondents.write(
            change,
            replace(who, invited_at=now) if is_first else replace(who, reminded_at=now),
        )
    return told


def _written(
    texts: Texts, change: Change, about: Assessment, who: Respondent, subject: str, link: str
) -> tuple[str, str]:
    """Subject and body in a language."""
    checklist = editions.edition(change.cursor, about.checklist, about.edition)
    title = _title(texts, texts.label(checklist.title), about)
    body = texts.text(
        _BODY,
        name=who.name,
        title=title,
        about=texts.label(checklist.about),
        days=links.USUAL_DAYS,
        link=link,
    )
    due = [texts.text(_DUE, day=about.due)] if about.due else []
    return texts.text(subject, title=title), "\n".join([body, *due])


def _sum_up(
    change: Change, assessment: Assessment, webhooks: Sequence[str], now: datetime
) -> list[str]:
    """How far an assessment is, to the group chats."""
    people = respondents.of(change.cursor, assessment.id)
    waiting = [one.name for one in people if one.submitted_at is None]
    checklist = editions.edition(change.cursor, assessment.checklist, assessment.edition)
    subjects, bodies = [], []
    for texts in map(Texts, LANGUAGES):
        title = _title(texts, texts.label(checklist.title), assessment)
        subjects.append(texts.text(_REMINDED, title=title))
        bodies.append(
            texts.text(
                _SUMMARY_UNNAMED if assessment.is_unnamed else _SUMMARY,
                done=len(people) - len(waiting),
                all=len(people),
                day=assessment.due,
                names=waiting,
            )
        )
    to = Recipients(webhooks=tuple(webhooks))
    return outbox.record(change, to, " / ".join(subjects), "\n".join(bodies), now)


def _title(texts: Texts, title: str, about: Assessment) -> str:
    if not about.subject:
        return title
    return texts.text("{title}, {subject}", title=title, subject=about.subject)
