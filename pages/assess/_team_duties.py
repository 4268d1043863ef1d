"""The duties as a matrix: a row for each, a column for each group or person with a part in one."""

from html import escape

import streamlit as st

from crm_core.services import registers, team
from crm_core.services.team import Duty, Matrix
from crm_core.services.team.duties import PARTS
from pages._ui import kept, links, session
from pages._ui.head import section
from pages._ui.register import places, words
from pages.assess._matrix_table import MOST, draw, gap, left_out, row


def show() -> None:
    """The matrix under its finding, with what its letters mean."""
    found = kept.read(team.duties)
    if not found.duties:
        return
    label = session.texts().label(registers.known("duty").label)
    with st.container(gap="small"):
        said = session.texts().text("Choose a duty to open its row.")
        section(_finding(found), left_out(said, max(len(found.duties), len(found.who))))
        draw(
            (f"<span>{_letter(part)} {escape(_word(part))}</span>" for part in PARTS),
            label,
            map(escape, list(found.who.values())[:MOST]),
            (_row(found, one) for one in found.duties[:MOST]),
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


def _row(found: Matrix, one: Duty) -> str:
    address = escape(links.whole(places.address("duty", one.id)))
    title = f'<a href="{address}" target="_self">{escape(one.title)}</a>'
    letters = ("".join(map(_letter, one.parts.get(who, ()))) for who in list(found.who)[:MOST])
    return row(title + _gap(one), letters)


def _gap(one: Duty) -> str:
    texts = session.texts()
    if one.accountable == 1:
        return ""
    several = texts.text("{n} answer for it", n=one.accountable)
    return gap(several if one.accountable else texts.text("Nobody answers for it"))


def _letter(part: str) -> str:
    """The letter on its colour; read aloud and pointed at, it is the word."""
    word = escape(_word(part))
    return f'<abbr class="{part}" title="{word}">{part[0].upper()}</abbr>'


def _word(part: str) -> str:
    return words.label(registers.known("duty").field(part))
