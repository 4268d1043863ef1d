"""What the matrices of duties, of training and of vendors' documents have in common."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from pages._ui import session

MOST = 100
"""Rows, and columns, of a matrix."""


def draw(legend: Iterable[str], head: str, heads: Iterable[str], rows: Iterable[str]) -> None:
    """The table, which scrolls inside itself, below what its signs mean; `head` is that of the
    rows' names. All but that are HTML."""
    st.html(f'<div class="crm-kept-legend">{" ".join(legend)}</div>')
    named = "".join(f'<th scope="col">{one}</th>' for one in (escape(head), *heads))
    st.html(
        '<div class="crm-kept" tabindex="0"><table>'
        f"<thead><tr>{named}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def row(name: str, cells: Iterable[str]) -> str:
    """A row; its name and cells are HTML."""
    return f'<tr><th scope="row">{name}</th>{"".join(f"<td>{one}</td>" for one in cells)}</tr>'


def gap(said: str) -> str:
    """That something is missing, below a name."""
    return f'<small class="gap">✕ {escape(said)}</small>'


def left_out(sentence: str, every: int) -> str:
    """The sentence, and that not all have room, if so."""
    if every <= MOST:
        return sentence
    limited = session.texts().text("The first {n} of {all} are shown.", n=MOST, all=every)
    return f"{sentence} {limited}"
