"""Above a pain point's own fields: where it ranks, and its causes as a fishbone."""

from collections.abc import Sequence

import streamlit as st

from crm_core.domain.pain_points import REGISTER, Cause, causes
from crm_core.i18n import LANGUAGES
from crm_core.services import pain_points, registers
from crm_core.services.initiatives import Source
from crm_core.services.registers import Row
from pages._ui import answering, kept, session
from pages._ui.plain import plain
from pages.assess import _pain_words as words


def show(row: Row) -> None:
    """Where it ranks, what is done about it, and its causes."""
    why = row.values.get("why")
    found = causes(why, _categories()) if isinstance(why, tuple) else []
    with st.container(gap="small"):
        _rank(row)
        answering.show(Source.PAIN_POINT, row.id)
        if any(one.category for one in found):
            _fishbone(found)


def _categories() -> dict[str, str]:
    """The words that may stand before a cause, in every language."""
    options = registers.known(REGISTER).field("about").options
    words_of = {getattr(label, to): code for code, label in options.items() for to in LANGUAGES}
    return {
        word.casefold(): code for word, code in (words_of | {one: one for one in options}).items()
    }


def _rank(row: Row) -> None:
    text, formats = session.texts().text, session.formats()
    found = kept.read(pain_points.ranking)
    for place, one in enumerate(found.ranked, 1):
        if one.id == row.id:
            cost = formats.mark(one.weighed.expected, found.currency)
            said = text(
                "Place {place} of {all}: {cost} a year on average; it {said}.",
                place=place, all=len(found.ranked), cost=cost, said=words.in_front(one.in_front),
            )  # fmt: skip
            st.markdown(plain(said))
            if one.phasing_out:
                st.caption(plain(_fading(one.phasing_out, found.factor)))


def _fading(served: Sequence[str], factor: float) -> str:
    formats = session.formats()
    return session.texts().text(
        "Serves what is being phased out ({served}) and therefore counts {factor}.",
        served=formats.listing(served),
        factor=formats.percent(factor, 0),
    )


def _fishbone(found: Sequence[Cause]) -> None:
    """The causes by their category; those without one at the end."""
    every = list(dict.fromkeys(one.category for one in found))
    every.sort(key=lambda category: category is None)
    grid = st.grid(min(len(every), 4), min_column_width=160, gap="small")
    for category in every:
        with grid, st.container(border=True, height="stretch", gap="xxsmall"):
            name = words.about(category) if category else session.texts().text("Other causes")
            st.markdown(f"**{plain(name)}**")
            for one in found:
                if one.category == category:
                    st.markdown(plain(one.text))
