"""Cross-check: the loose ends of all registers, counted by kind, each with the way to its row."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from crm_core.domain.checks import ASSESSMENT
from crm_core.reference.checks import checks
from crm_core.services import registers
from crm_core.services.cross_check import MOST, Checked, LooseEnd, cross_check
from pages._ui import filters, kept, links, session
from pages._ui.cards import Card, cards
from pages._ui.checklist import places as checklist_places
from pages._ui.head import page_head, section
from pages._ui.notices import empty_state
from pages._ui.plain import plain
from pages._ui.register import places
from pages._ui.tables import Column, table_to_open_or_narrow
from pages.assess import _flag_words

_CHECK, _SEVERITY = "check", "severity"


def show() -> None:
    """The page, from how many of which kind to each of them."""
    texts = session.texts()
    text = texts.text
    found = kept.until((*kept.AREAS, "checklist"), cross_check, session.today())
    page_head(
        text("Cross-check"),
        text(
            "What the registers leave open, and answers to checklists that the records contradict."
        ),
        [
            texts.plural("{n} check", "{n} checks", len(checks())),
            texts.plural("{n} finds nothing", "{n} find nothing", len(checks()) - len(found)),
        ],
    )
    if not found:
        empty_state(
            text("No loose end"),
            text("Every link leads to a row, everything has an owner, no answer is contradicted."),
            icon=":material/task_alt:",
        )
        return
    _figures(found)
    wanted = _wanted(found)
    _kinds(wanted)
    if len(wanted) == 1:
        _advice(wanted[0])
    _ends(wanted)


def _figures(found: Sequence[Checked]) -> None:
    cards(
        [
            Card(
                _flag_words.severity(code),
                session.formats().compact(_count([c for c in found if c.check.severity == code])),
                session.texts().text("loose ends"),
            )
            for code in ("high", "medium", "low")
        ]
    )


def _count(found: Sequence[Checked]) -> int:
    return sum(one.count for one in found)


def _wanted(found: Sequence[Checked]) -> list[Checked]:
    """What the filters leave."""
    text, label = session.texts().text, session.texts().label
    severities: dict[str, str] = {
        one.check.severity: _flag_words.severity(one.check.severity) for one in found
    }
    kinds = {one.check.id: label(one.check.label) for one in found}
    with filters.filter_row():
        severity = filters.select_many(
            text("Severity"), severities, name=_SEVERITY, all_text=text("All")
        )
        kind = filters.select_many(text("Check"), kinds, name=_CHECK, all_text=text("All"))
    return [
        one
        for one in found
        if (not severity or one.check.severity in severity) and (not kind or one.check.id in kind)
    ]


def _kinds(found: Sequence[Checked]) -> None:
    """The checks with how much each found; a click narrows the page to one."""
    texts = session.texts()
    heads = [
        Column("severity", texts.text("Severity"), width=95),
        Column("count", texts.text("Loose ends"), "number", width=95),
        Column("label", texts.text("Check"), width="large"),
    ]
    with st.container(gap="small"):
        several = texts.text("The gravest first. Choose a kind to see it alone.")
        section(_finding(found), several if len(found) > 1 else "")
        if len(found) < 2:
            return
        rows = pd.DataFrame(
            {
                "severity": _flag_words.severity(one.check.severity),
                "label": texts.label(one.check.label),
                "count": one.count,
            }
            for one in found
        )
        narrow = [
            Column("count", texts.text("Loose ends"), "number", width=85),
            Column("label", texts.text("Check"), width=240),
        ]
        at = table_to_open_or_narrow(rows, heads, narrow, key="cross-check-kinds")
    if at is not None:
        filters.put(_CHECK, found[at].check.id)
        st.rerun()


def _finding(found: Sequence[Checked]) -> str:
    texts = session.texts()
    every = texts.plural("{n} loose end", "{n} loose ends", _count(found))
    if not found:
        return texts.text("Nothing fits these filters")
    most = max(found, key=lambda one: one.count)
    if len(found) == 1:
        return texts.text("{label}: {n}", label=texts.label(most.check.label), n=most.count)
    return texts.text(
        "{every}, {n} of them: {label}",
        every=every,
        n=most.count,
        label=texts.label(most.check.label),
    )


def _advice(one: Checked) -> None:
    label = session.texts().label
    st.markdown(f"{plain(label(one.check.why))} **{plain(label(one.check.advice))}**")


def _ends(found: Sequence[Checked]) -> None:
    """Each finding in a sentence; a click opens its row, where it is mended."""
    texts = session.texts()
    ends = [(one, end) for one in found for end in one.ends]
    if not ends:
        return
    heads = [
        Column("said", texts.text("Loose end"), width="large"),
        Column("label", texts.text("Check"), width="medium"),
        Column("register", texts.text("Register"), width="small"),
        Column("id", texts.text("No."), width="small"),
    ]
    rows = pd.DataFrame(
        {
            "said": one.sentence(texts, end),
            "label": texts.label(one.check.label),
            "register": _kind(end),
            "id": end.id,
        }
        for one, end in ends
    )
    narrow = [Column("said", texts.text("Loose end"), width=310), *heads[1:]]
    with st.container(gap="small"):
        section(texts.text("One by one"), _limited(found))
        at = table_to_open_or_narrow(
            rows, heads, narrow, key="cross-check-ends", saved_as="cross-check"
        )
    if at is not None:
        _, end = ends[at]
        links.go_to_address(_address(end))


def _kind(end: LooseEnd) -> str:
    """What it leads to."""
    texts = session.texts()
    if end.register == ASSESSMENT:
        return texts.text("Assessment")
    return texts.label(registers.known(end.register).label)


def _address(end: LooseEnd) -> str:
    if end.register == ASSESSMENT:
        to = checklist_places.address(end.id, "results")
        return f"{to}&{places.ITEM}={end.facts['item']}"
    return places.address(end.register, end.id)


def _limited(found: Sequence[Checked]) -> str:
    text = session.texts().text
    said = text("Choose one to open its row.")
    if all(one.count <= MOST for one in found):
        return said
    limited = text("Of each kind the first {n} are shown.", n=MOST)
    return f"{said} {limited}"


show()
