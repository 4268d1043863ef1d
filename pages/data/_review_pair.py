"""A pair side by side: what speaks for one record, what for two, and which value is to hold."""

from collections.abc import Callable, Sequence
from html import escape

import streamlit as st

from crm_core.services.matching import Asked, Field, Side
from crm_core.services.merging import STRONG
from pages._ui import session
from pages._ui.plain import plain
from pages._ui.segment.source import source_line
from pages.data import _review_words as words

_WIDTHS = (1.5, 2, 2)
Hold = Callable[[str, int], None]
"""Told of a field and of the row whose value is to hold."""


def show(asked: Asked, entity: str, chosen: dict[str, int], hold: Hold) -> None:
    """The pair; `chosen`: field -> row whose value holds, `hold` is told of a click on a value."""
    _objections(asked, entity)
    _heads(asked, entity)
    open_ones = [one for one in asked.fields if _is_told(one)]
    against = [one for one in open_ones if (one.weight or 0) < 0]
    speaking = [one for one in open_ones if (one.weight or 0) > 0]
    silent = [one for one in open_ones if not one.weight]
    text = session.texts().text
    for title, fields in (
        (text("Speaks against one record"), sorted(against, key=lambda one: one.weight or 0)),
        (text("Speaks for one record"), speaking),
        (text("Says nothing, but differs"), silent),
    ):
        if fields:
            st.markdown(f"**{plain(title)}**")
            for one in fields:
                _row(asked, one, entity, chosen, hold)
    _rest([one for one in asked.fields if not _is_told(one)], entity)


def _is_told(one: Field) -> bool:
    """Whether a field has a row of its own: it was weighed, or people have to choose."""
    return bool(one.weight) or _differs(one)


def _differs(one: Field) -> bool:
    return one.left is not None and one.right is not None and one.left != one.right


def _objections(asked: Asked, entity: str) -> None:
    """Why no rule merges the two, in words."""
    texts = session.texts()
    strong = [one for one in asked.fields if one.name in STRONG.get(entity, ()) and _differs(one)]
    for one in strong:
        said = texts.text(
            "{field} differs: {left} and {right}. No rule merges two records with different ones.",
            field=words.name(one, entity),
            left=words.written(one.left),
            right=words.written(one.right),
        )
        st.warning(plain(said), icon=":material/gpp_maybe:")
    if asked.why == "chain":
        said = texts.text(
            "Merging these would join records that may not be one, by way of a third."
        )
        st.warning(plain(said), icon=":material/link:")
    if asked.why == "name":
        said = texts.text("The names differ, so no rule merges these two people.")
        st.warning(plain(said), icon=":material/gpp_maybe:")


def _heads(asked: Asked, entity: str) -> None:
    """The two records' names and where they come from."""
    texts = session.texts()
    first, left, right = st.columns(_WIDTHS, vertical_alignment="bottom")
    if asked.probability is not None:
        percent = texts.formats.percent(asked.probability, 0)
        said = texts.text("One record, by what is known: {percent}", percent=percent)
        first.markdown(plain(said))
    for place, side in ((left, asked.left), (right, asked.right)):
        with place.container(gap="xxsmall"):
            name = side.name or texts.text("no name")
            st.markdown(f"#### {plain(name)}")
            _origin(side, entity)


def _origin(side: Side, entity: str) -> None:
    text = session.texts().text
    if side.source_file is None:
        return
    label = text("{file}, line {line}", file=side.source_file, line=str(side.source_line))
    clicked = st.button(
        plain(label),
        key=f"line-{side.row_id}",
        type="tertiary",
        icon=":material/description:",
        help=text("Show the line as it stands in its file"),
        wrap=True,
    )
    if clicked:
        show_line = st.dialog(text("The line in its file"), width="large")(source_line)
        show_line({"entity": entity, "row_id": side.row_id})


def _row(asked: Asked, one: Field, entity: str, chosen: dict[str, int], hold: Hold) -> None:
    head, left, right = st.columns(_WIDTHS, vertical_alignment="center")
    head.html(_what(one, entity))
    texts = (words.written(one.left), words.written(one.right))
    if not _differs(one):
        if (one.left, one.right) != (None, None):  # a domain is compared, and no column
            # Markdown would make a link of a mail address.
            left.html(f"<span>{escape(texts[0])}</span>")
            right.html(f"<span>{escape(texts[1])}</span>")
        return
    for place, side, own, other in (
        (left, asked.left, texts[0], texts[1]),
        (right, asked.right, texts[1], texts[0]),
    ):
        holds = chosen.get(one.name) == side.row_id
        place.button(
            words.marked(own, other),
            key=f"hold-{one.name}-{side.row_id}-{asked.left.row_id}-{asked.right.row_id}",
            type="secondary" if holds else "tertiary",
            icon=":material/check_circle:" if holds else ":material/radio_button_unchecked:",
            on_click=hold,
            args=(one.name, side.row_id),
            wrap=True,
            disabled=one.title is not None,
        )


def _what(one: Field, entity: str) -> str:
    """HTML: the field's name, how far it agrees, and its weight as words and a bar."""
    said = [words.level(one)] if one.level else []
    if one.weight is not None:
        said.append(words.weight(one.weight))
    bar = words.bar(one.weight) if one.weight is not None else ""
    return (
        f'<div class="crm-evidence"><b>{escape(words.name(one, entity))}</b>{bar}'
        f"<small>{escape(' · '.join(said))}</small></div>"
    )


def _rest(fields: Sequence[Field], entity: str) -> None:
    """What is the same in both, or known of one alone, as a small table."""
    rows = "".join(
        f"<tr><th>{escape(words.name(one, entity))}</th><td>{escape(words.written(one.left))}</td>"
        f"<td>{escape(words.written(one.right))}</td></tr>"
        for one in fields
    )
    if rows:
        st.html(f'<table class="crm-rest">{rows}</table>')
