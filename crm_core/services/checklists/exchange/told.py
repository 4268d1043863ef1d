"""What an assessment says, as a paper in the reader's language."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from crm_core.domain.assessments import OPEN, fewest_together
from crm_core.domain.checklists import Checklist, Item, ItemKind, Voice
from crm_core.domain.pooling import pooled
from crm_core.domain.scoring import Panel, Value
from crm_core.i18n import Texts, mark
from crm_core.reports.paper import Heads, Paper, Part, Question, Reply
from crm_core.services.checklists import words
from crm_core.services.checklists.answers import Filled, Given
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.evidence import Evidence

_DIGEST = 12
"""Characters of a file's hash that are shown."""
Shown = Mapping[tuple[str, str], Sequence[Evidence]]
"""Evidence by respondent and item."""


def paper(
    assessment: Assessment,
    checklist: Checklist,
    sheets: Sequence[Filled],
    evidence: Iterable[Evidence],
    texts: Texts,
    *,
    panel: Panel | None,
    is_pooled: bool,
) -> Paper:
    """Every question that is asked of these sheets, with answers, comments and evidence.

    `panel`: what they come to together, as a whole and by section; None: no result is told.
    `is_pooled`: nobody is named, and few are never shown apart; see `pooling`.
    """
    by_answer = defaultdict[tuple[str, str], list[Evidence]](list)
    for one in evidence:
        by_answer[one.respondent, one.item].append(one)
    told = _Told(assessment, sheets, by_answer, texts, is_pooled=is_pooled)
    about = assessment.subject or texts.text(words.SCOPES[assessment.scope])
    return Paper(
        title=texts.label(checklist.title),
        subtitle=texts.label(checklist.about),
        facts=_facts(assessment, _who(sheets, texts, is_pooled=is_pooled), about, panel, texts),
        parts=list(_parts(checklist, told, panel, texts)),
        heads=Heads(
            texts.text(mark("Person")),
            texts.text(mark("Answer")),
            texts.text(mark("Note")),
            texts.text(mark("Evidence")),
        ),
        footer=f"{assessment.id} · {about} · {texts.formats.day(assessment.day)}",
    )


def _facts(
    assessment: Assessment, who: str, about: str, panel: Panel | None, texts: Texts
) -> list[tuple[str, str]]:
    due = assessment.due
    found = [
        (texts.text(mark("About")), about),
        (texts.text(mark("Result")), words.came_to(panel.whole(), texts) if panel else ""),
        (texts.text(mark("As of")), texts.formats.day(assessment.day)),
        (texts.text(mark("Due")), texts.formats.day(due) if due else ""),
        (texts.text(mark("State")), texts.text(words.STATES[assessment.state])),
        (texts.text(mark("Owner")), assessment.owner),
        (texts.text(mark("Filled in by")), who),
        (texts.text(mark("Version")), str(assessment.edition)),
    ]
    return [(label, text) for label, text in found if text]


def _who(sheets: Sequence[Filled], texts: Texts, *, is_pooled: bool) -> str:
    if is_pooled:
        return texts.plural(
            "{n} person; names are hidden", "{n} people; names are hidden", len(sheets)
        )
    names = [words.with_more(one.respondent.name, _voice(one, texts), texts) for one in sheets]
    return texts.formats.listing(names)


def _parts(
    checklist: Checklist, told: "_Told", panel: Panel | None, texts: Texts
) -> Iterator[Part]:
    for at, section in enumerate(checklist.sections, 1):
        questions = [
            Question(
                f"{at}.{number}",
                texts.label(item.text),
                texts.label(item.help) if item.help else "",
                replies,
            )
            for number, item in enumerate(section.items, 1)
            if (replies := told.replies(item))
        ]
        if questions:
            score = panel.section(section) if panel else None
            result = words.came_to(score, texts) if score and score.share is not None else ""
            about = texts.label(section.about) if section.about else ""
            below = "\n".join(filter(None, (result, about)))
            yield Part(f"{at} {texts.label(section.title)}", below, questions)


class _Told:
    """What was answered, by whom as far as that may be told."""

    def __init__(
        self,
        assessment: Assessment,
        sheets: Sequence[Filled],
        shown: Shown,
        texts: Texts,
        *,
        is_pooled: bool,
    ) -> None:
        self._assessment, self._sheets, self._shown = assessment, sheets, shown
        self._texts, self._pooled = texts, is_pooled

    def replies(self, item: Item) -> list[Reply]:
        """The replies to a question; none where it is not asked."""
        asked = [one for one in self._sheets if item.id in one.asked]
        if self._pooled and asked:
            return self._together(item, asked)
        return [self._reply(item, one) for one in asked]

    def _reply(self, item: Item, sheet: Filled) -> Reply:
        who = ""
        if len(self._sheets) > 1:
            who = f"{sheet.respondent.name}\n{_voice(sheet, self._texts)}"
        given = sheet.answers.get(item.id)
        if given is None:
            return Reply(who, self._texts.text(mark("Not answered")))
        evidence = self._shown.get((sheet.respondent.id, item.id), ())
        return Reply(who, self._said(item, given), given.note, self._evidence(evidence))

    def _together(self, item: Item, asked: Sequence[Filled]) -> list[Reply]:
        """The answers of groups that are large enough, each answer with how many gave it."""
        answered = [one for one in asked if item.id in one.answers]
        told = Counter[Voice](one.respondent.voice for one in answered)
        if not answered:
            return [Reply("", self._texts.text(mark("Not answered")))]
        fewest = fewest_together(self._assessment.state, is_unnamed=self._assessment.is_unnamed)
        groups = pooled(told, fewest)
        if groups is None:
            hidden = mark("Shown without names once the assessment is handed in")
            few = mark("Too few answers to show without names")
            return [Reply("", self._texts.text(hidden if self._assessment.state in OPEN else few))]
        return [
            self._of_group(
                item,
                words.group(group, self._texts),
                [one for one in answered if one.respondent.voice in group],
            )
            for group in groups
        ]

    def _of_group(self, item: Item, name: str, sheets: Sequence[Filled]) -> Reply:
        given = [sheet.answers[item.id] for sheet in sheets]
        counts = Counter(self._said(item, one) for one in sorted(given, key=_order(item)))
        evidence = [
            one for sheet in sheets for one in self._shown.get((sheet.respondent.id, item.id), ())
        ]
        return Reply(
            name,
            "\n".join(f"{count} × {said}" for said, count in counts.items()),
            "\n".join(sorted(one.note for one in given if one.note)),
            sorted(self._evidence(evidence)),
        )

    def _said(self, item: Item, given: Given) -> str:
        said = words.answer(item, given.value, self._texts)
        if item.kind is ItemKind.SCALE and given.value is not None:
            codes: list[Value] = [one.code for one in item.options]
            level = codes.index(given.value) + 1
            place = self._texts.text(mark("level {n} of {total}"), n=level, total=len(codes))
            said = words.with_more(said, place, self._texts)
        return said

    def _evidence(self, shown: Sequence[Evidence]) -> list[str]:
        return [self._one(each) for each in shown]

    def _one(self, each: Evidence) -> str:
        """Its name, where it is or the hash by which it is known, and until when it holds."""
        where = each.link if each.link != each.title else ""
        where = where or (f"SHA-256 {each.sha256[:_DIGEST]}…" if each.sha256 else "")
        until = ""
        if each.expires:
            is_over = each.expires < self._assessment.day
            held = mark("expired on {day}") if is_over else mark("until {day}")
            until = self._texts.text(held, day=each.expires)
        return " · ".join(part for part in (each.title, where, until) if part)


def _order(item: Item) -> Callable[[Given], tuple[int, str]]:
    """The order of the answers that can be chosen; of others that of their texts."""
    codes: list[Value | None] = [one.code for one in item.options]

    def place(given: Given) -> tuple[int, str]:
        value: Value | None = given.value
        return (codes.index(value) if value in codes else len(codes), str(value))

    return place


def _voice(sheet: Filled, texts: Texts) -> str:
    return texts.text(words.VOICES[sheet.respondent.voice])
