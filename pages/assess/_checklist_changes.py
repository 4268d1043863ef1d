"""What a newer checklist or a filled-in workbook changes, as tables."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from crm_core.domain.checklist_changes import Changed, What
from crm_core.domain.checklists import Item, Section
from crm_core.i18n import Texts, mark
from crm_core.services.checklists import respondents, words
from crm_core.services.checklists.assessments import Assessment
from crm_core.services.checklists.carrying import Aside
from crm_core.services.checklists.exchange.answers_in import Preview, Write
from crm_core.store import Store
from pages._ui import session, workspace
from pages._ui.plain import plain
from pages._ui.tables import TWO_LINES, Column, table_or_narrow

_WHAT = {
    What.ADDED: mark("new"),
    What.TAKEN_OUT: mark("taken out"),
    What.REWORDED: mark("reworded"),
    What.REWEIGHTED: mark("weighted otherwise"),
    What.LEVELS: mark("other answers to choose from"),
    What.ASKED: mark("asked otherwise"),
    What.CONSEQUENCES: mark("other recommendations"),
}
_SHOWN = 200


def of_checklist(texts: Texts, changed: Sequence[Changed]) -> None:
    """What is another in a newer edition."""
    rows = [
        (_kind(one, texts), _title(one, texts), texts.formats.listing(_what(one, texts)))
        for one in changed[:_SHOWN]
    ]
    if not rows:
        st.caption(plain(texts.text("Nothing changed but its number.")))
        return
    _table(
        rows,
        [
            (texts.text("Part of it"), "small"),
            (texts.text("Called"), "large"),
            (texts.text("What changed"), "medium"),
        ],
        "checklist-changes",
    )


def _what(one: Changed, texts: Texts) -> list[str]:
    return [texts.text(_WHAT[what]) for what in one.what]


def _kind(one: Changed, texts: Texts) -> str:
    if isinstance(one.part, Item):
        return texts.text("Question")
    return texts.text("Section") if isinstance(one.part, Section) else texts.text("Checklist")


def _title(one: Changed, texts: Texts) -> str:
    return texts.label(one.part.text if isinstance(one.part, Item) else one.part.title)


def of_aside(
    texts: Texts, store: Store, assessment: Assessment, found: Sequence[Aside], *, key: str
) -> None:
    """Answers that a newer edition has no place for; where names are hidden, how many of them."""
    if assessment.is_unnamed:
        counts = Counter(texts.label(one.item.text) for one in found)
        counted = [(question, texts.formats.number(n)) for question, n in counts.items()]
        _table(counted, [(texts.text("Question"), "large"), (texts.text("Answers"), "small")], key)
        return
    names = _names(store, assessment.id, is_unnamed=False)
    rows = [
        (
            names.get(one.respondent, ""),
            texts.label(one.item.text),
            _flat(words.answer(one.item, one.value, texts)),
            _flat(one.note),
        )
        for one in found[:_SHOWN]
    ]
    heads = [
        (texts.text("Person"), "small"),
        (texts.text("Question"), "large"),
        (texts.text("Answer"), "medium"),
        (texts.text("Note"), "medium"),
    ]
    _table(rows, heads, key)


def of_answers(texts: Texts, store: Store, found: Preview, *, is_unnamed: bool) -> None:
    """What a filled-in workbook would change, what it cannot, and where the store knows better."""
    counted = [
        texts.plural("{n} answer changes", "{n} answers change", len(found.writes)),
        texts.plural("{n} link is added", "{n} links are added", len(found.links)),
        texts.plural("{n} row stays the same", "{n} rows stay the same", found.same),
    ]
    st.markdown(f"**{plain(' · '.join(counted))}**")
    names = _names(store, found.assessment, is_unnamed=is_unnamed)
    if found.wrong:
        said = texts.plural(
            "{n} cell cannot be taken", "{n} cells cannot be taken", len(found.wrong)
        )
        st.error(plain(said), icon=":material/error:")
        rows = [
            (
                *(one.cell.sheet, str(one.cell.row), one.cell.column, one.value),
                session.problem(one.problem),
            )
            for one in found.wrong[:_SHOWN]
        ]
        heads = [
            (texts.text("Sheet"), "small"),
            (texts.text("Row number"), "small"),
            (texts.text("Column"), "small"),
            (texts.text("Value"), "medium"),
            (texts.text("Why"), "large"),
        ]
        _table(rows, heads, "answers-wrong", phone=[(1, 45), (3, 80), (4, 230)])
    if found.newer:
        said = texts.plural(
            "{n} answer was given here since, and stays",
            "{n} answers were given here since, and stay",
            len(found.newer),
        )
        st.warning(plain(said), icon=":material/history:")
        _writes(texts, found.newer, names, "answers-newer")
    _writes(texts, found.writes, names, "answers-written")


def _writes(texts: Texts, writes: Sequence[Write], names: dict[str, str], key: str) -> None:
    rows = [
        (
            names.get(one.respondent, ""),
            texts.label(one.item.text),
            _flat(words.answer(one.item, one.before.value, texts)) if one.before else "",
            "" if one.said.is_back else _flat(words.answer(one.item, one.said.value, texts)),
            _flat(one.said.note),
        )
        for one in writes[:_SHOWN]
    ]
    heads = [
        (texts.text("Person"), "small"),
        (texts.text("Question"), "large"),
        (texts.text("Answer here"), "medium"),
        (texts.text("Answer in the file"), "medium"),
        (texts.text("Note in the file"), "medium"),
    ]
    _table(rows, heads, key, phone=[(1, 175), (3, 180)])


def _names(store: Store, key: str, *, is_unnamed: bool) -> dict[str, str]:
    if is_unnamed:
        return {}
    return {one.id: one.name for one in respondents.listed(store, workspace.actor(), key)}


def _flat(text: str) -> str:
    return text.replace("\n", " · ")


def _table(
    rows: Sequence[tuple[str, ...]],
    heads: Sequence[tuple[str, str]],
    key: str,
    phone: Sequence[tuple[int, int]] = (),
) -> None:
    """A table of texts; nothing where there are no rows. `phone`: places of the columns that come
    first on a phone, each with its pixels."""
    if not rows:
        return
    names = [str(at) for at in range(len(heads))]
    columns = [
        Column(name, head, width=width)  # type: ignore[arg-type]
        for name, (head, width) in zip(names, heads, strict=True)
    ]
    first = [replace(columns[at], width=pixels) for at, pixels in phone]
    rest = [one for one in columns if one.name not in {each.name for each in first}]
    frame = pd.DataFrame(rows, columns=names)
    table_or_narrow(frame, columns, [*first, *rest], key=key, row=TWO_LINES)
