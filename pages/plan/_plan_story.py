"""The plan told calmly, phase by phase, for people who were not in the room."""

from collections.abc import Sequence

import streamlit as st

from crm_core.services import planning
from crm_core.services.planning.comparing import side
from crm_core.services.planning.roadmap import Bar, Roadmap, Stretch, roadmap
from pages._ui import session
from pages._ui.plain import plain
from pages.plan import _plan_words as words
from pages.plan._plan_kept import read


def show(header: planning.Header) -> None:
    """The view of a plan."""
    found = read(roadmap, header.plan_id)
    with st.container(key="crm-story", gap="medium"):
        st.markdown(plain(_whole(found)))
        for phase, bars in _parts(found):
            _phase(found, phase, bars)
        if found.left_out:
            _later(found)


def _whole(found: Roadmap) -> str:
    texts, one = session.texts(), side(found.plan)
    return texts.plural(
        "The plan has {n} initiative and is done by {day}. It costs {cost} once and is worth "
        "{worth} by the end of what is planned.",
        "The plan has {n} initiatives and is done by {day}. It costs {cost} once and is worth "
        "{worth} by the end of what is planned.",
        len(found.bars),
        day=texts.formats.day(one.finish) if one.finish else "–",
        cost=words.money(one.cost),
        worth=words.money(one.value),
    )


def _parts(found: Roadmap) -> list[tuple[Stretch | None, list[Bar]]]:
    """What starts in each phase; then what starts in none."""
    parts: list[tuple[Stretch | None, list[Bar]]] = [
        (phase, [bar for bar in found.bars if phase.first <= bar.first <= phase.last])
        for phase in found.phases
    ]
    rest = [bar for bar in found.bars if not bar.groups["phase"]]
    return [*parts, *([(None, rest)] if rest else [])]


def _phase(found: Roadmap, phase: Stretch | None, bars: Sequence[Bar]) -> None:
    texts = session.texts()
    with st.container(gap="small"):
        title = phase.title if phase else texts.text("Outside the phases")
        days = f" · {words.span((phase.first, phase.last))}" if phase else ""
        st.subheader(plain(f"{title}{days}"), anchor=False)
        if not bars:
            st.markdown(plain(texts.text("Nothing starts in it.")))
        for bar in bars:
            _told(found, bar)
        if phase:
            _groups(found, phase)


def _told(found: Roadmap, bar: Bar) -> None:
    texts = session.texts()
    parts = [
        words.span((bar.first, bar.last)),
        texts.text("for {goals}", goals=texts.formats.listing(bar.groups["goal"]))
        if bar.groups["goal"]
        else "",
        texts.text("led by {owner}", owner=bar.groups["owner"][0]) if bar.groups["owner"] else "",
    ]
    why = words.why(found.plan, bar.reason, is_placed=True)
    st.markdown(
        f"**{plain(bar.title)}** · {plain(' · '.join(filter(None, parts)))}  \n{plain(why)}"
    )


def _groups(found: Roadmap, phase: Stretch) -> None:
    """Who gets something in the phase."""
    texts, plan = session.texts(), found.plan
    stretch = next(one for one in plan.programme.phases if one.id == phase.id)
    given = {
        group
        for key, (_, end) in plan.spans.items()
        if stretch.start < end <= stretch.end
        for group in plan.programme.initiative(key).serves
    }
    if given:
        named = texts.formats.listing(sorted(plan.titles.get(one, one) for one in given))
        st.caption(plain(texts.text("In this phase something comes for: {groups}", groups=named)))


def _later(found: Roadmap) -> None:
    texts = session.texts()
    with st.container(gap="small"):
        st.subheader(plain(texts.text("Not in this plan")), anchor=False)
        for one in found.left_out:
            why = words.why(found.plan, one.reason, is_placed=False)
            st.markdown(f"**{plain(one.title)}** · {plain(why)}")
