"""How the voices see it: sections as a radar, and the questions on which they lie apart."""

from collections.abc import Sequence

from crm_core.domain.checklists import Item, Voice
from crm_core.domain.pooling import Group
from crm_core.domain.results import Gap, OfItem
from crm_core.domain.scoring import Rules
from crm_core.services.checklists.results import Shown
from crm_core.services.checklists.words import VOICES
from pages._ui import filters, session
from pages._ui.charts import Dumbbell, Outline, dumbbell_chart, radar_chart, show_chart
from pages._ui.checklist import words as checklist_words
from pages._ui.palette import ACCENT, COLOURS
from pages._ui.register import places
from pages.assess import _result_words as words

_MOST = 12
_LEAST_SPOKES = 3


def show(found: Shown, _rules: Rules) -> None:
    """Both pictures."""
    radar(found)
    _gaps(found)


def radar(found: Shown) -> None:
    """The sections around, a line for each voice that is shown apart, or one for all."""
    text, label = session.texts().text, session.texts().label
    sections = [one for one in found.result.sections if one.score.share is not None]
    titles = {one.id: label(one.title) for one in found.checklist.sections}
    voices = _voices(found)
    if len(voices) > 1:
        outlines = [
            Outline(
                checklist_words.voice(voice),
                [_float(one.by_voice.get(voice)) for one in sections],
                _colour((voice,)),
            )
            for voice in voices
        ]
    else:
        outlines = [Outline(text("Score"), [_float(one.score.share) for one in sections], ACCENT)]
    show_chart(
        radar_chart(
            [titles[one.section] for one in sections],
            outlines,
            lambda share: session.formats().percent(share, 0),
        )
        if len(sections) >= _LEAST_SPOKES
        else None,
        key="result-radar",
        finding=_shape(found, voices),
        counted=text("Score of each section, from none in the middle to all at the rim."),
        empty=(
            text("Too few sections for a picture"),
            text("It shows once three sections have a score."),
        ),
    )


def _shape(found: Shown, voices: Sequence[Voice]) -> str:
    """Where the voices lie apart most, or the strongest and the weakest section."""
    texts = session.texts()
    titles = {one.id: texts.label(one.title) for one in found.checklist.sections}
    sections = [one for one in found.result.sections if one.score.share is not None]
    apart = [one for one in sections if len(one.by_voice) > 1]
    if len(voices) > 1 and apart:
        most = max(apart, key=lambda one: max(one.by_voice.values()) - min(one.by_voice.values()))
        distance = max(most.by_voice.values()) - min(most.by_voice.values())
        return texts.text(
            "Voices lie {points} apart on {section}",
            points=words.points(distance),
            section=titles[most.section],
        )
    if not sections:
        return texts.text("No section has a score yet")
    best = max(sections, key=lambda one: one.score.share or 0)
    return texts.text("Strongest: {section}", section=titles[best.section])


def _gaps(found: Shown) -> None:
    text, gaps = session.texts().text, found.result.gaps[:_MOST]
    items = {one.item: one for one in found.result.items}
    groups = {group for one in gaps for group in items[one.item].by_group}
    show_chart(
        dumbbell_chart(
            [_dumbbell(found, one, items[one.item]) for one in gaps],
            {words.group(one): _colour(one) for one in sorted(groups, key=_order)},
            lambda share: session.formats().percent(share, 0),
        )
        if gaps
        else None,
        key="result-gaps",
        finding=_widest(found, gaps),
        counted=text(
            "What the answers of each voice are worth on average; the widest distance first. "
            "Choose a mark to see the answers."
        ),
        empty=(
            text("No distance between voices"),
            text("Let managers, front line, IT and the vendor answer the same questions."),
        ),
        on_click=lambda chosen: filters.put(places.ITEM, chosen.key),
    )


def _widest(found: Shown, gaps: Sequence[Gap]) -> str:
    texts = session.texts()
    if not gaps:
        return texts.text("All who answered see it alike")
    return texts.text(
        "{high} and {low} lie {points} apart: {question}",
        high=words.group(gaps[0].high),
        low=words.group(gaps[0].low),
        points=words.points(gaps[0].distance),
        question=words.question(_item(found, gaps[0].item)),
    )


def _item(found: Shown, key: str) -> Item:
    return next(item for item in found.checklist.items if item.id == key)


def _dumbbell(found: Shown, gap: Gap, one: OfItem) -> Dumbbell:
    name = session.texts().label(_item(found, gap.item).text)
    told = [f"{words.group(each)}: {words.percent(share)}" for each, share in one.by_group.items()]
    marks = {words.group(each): float(share) for each, share in one.by_group.items()}
    return Dumbbell(gap.item, name, marks, words.points(gap.distance), "\n".join([name, *told]))


def _voices(found: Shown) -> list[Voice]:
    known = {voice for one in found.result.sections for voice in one.by_voice}
    return [voice for voice in VOICES if voice in known]


def _order(group: Group) -> tuple[int, list[int]]:
    """Voices of their own first, each in its place."""
    known = list(VOICES)
    return len(group), [known.index(voice) for voice in group]


def _colour(group: Group) -> str:
    """A voice has the same colour in every picture; those that are shown together have others."""
    known = list(VOICES)
    at = known.index(group[0])
    return COLOURS[at if len(group) == 1 else len(known) + at]


def _float(share: object) -> float | None:
    return None if share is None else float(share)  # type: ignore[arg-type]
