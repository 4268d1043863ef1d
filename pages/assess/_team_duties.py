"""The duties as a matrix: a row for each, a column for each group or person with a part in one."""

from html import escape

import streamlit as st

from crm_core.services import registers, team
from crm_core.services.team import Duty, Matrix
from crm_core.services.team.duties import PARTS
from pages._ui import kept, links, session
from pages._ui.head import section
from pages._ui.register import places, words

_MOST = 40
"""Columns."""


def show() -> None:
    """The matrix under its finding, with what its letters mean."""
    found = kept.read(team.duties)
    if not found.duties:
        return
    with st.container(gap="small"):
        section(_finding(found), session.texts().text("A duty opens its row."))
        legend = " ".join(f"<span>{_letter(part)} {escape(_word(part))}</span>" for part in PARTS)
        st.html(f'<div class="crm-kept-legend">{legend}</div>')
        rows = "".join(_row(found, one) for one in found.duties)
        st.html(
            '<div class="crm-kept" tabindex="0"><table>'
            f"<thead>{_head(found)}</thead><tbody>{rows}</tbody></table></div>"
        )


def _finding(found: Matrix) -> str:
    texts = session.texts()
    unclear = sum(one.accountable != 1 for one in found.duties)
    if not unclear:
        return texts.text("Every duty has one who answers for it")
    return texts.plural(
        "{n} of {all} duties has nobody or several who answer for it",
        "{n} of {all} duties have nobody or several who answer for them",
        unclear,
        all=len(found.duties),
    )


def _head(found: Matrix) -> str:
    label = session.texts().label(registers.known("duty").label)
    named = "".join(
        f'<th scope="col">{escape(name)}</th>' for name in list(found.who.values())[:_MOST]
    )
    return f'<tr><th scope="col">{escape(label)}</th>{named}</tr>'


def _row(found: Matrix, one: Duty) -> str:
    address = escape(links.whole(places.address("duty", one.id)))
    cells = "".join(
        f"<td>{''.join(_letter(part) for part in one.parts.get(who, ()))}</td>"
        for who in list(found.who)[:_MOST]
    )
    title = f'<a href="{address}" target="_self">{escape(one.title)}</a>'
    return f'<tr><th scope="row">{title}{_gap(one)}</th>{cells}</tr>'


def _gap(one: Duty) -> str:
    texts = session.texts()
    if one.accountable == 1:
        return ""
    several = texts.text("{n} answer for it", n=one.accountable)
    said = several if one.accountable else texts.text("Nobody answers for it")
    return f'<small class="gap">✕ {escape(said)}</small>'


def _letter(part: str) -> str:
    """The letter on its colour; read aloud and pointed at, it is the word."""
    word = escape(_word(part))
    return f'<abbr class="{part}" title="{word}">{part[0].upper()}</abbr>'


def _word(part: str) -> str:
    return words.label(registers.known("duty").field(part))
