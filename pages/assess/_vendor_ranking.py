"""Which vendor leads, how far, on what, and what would take the lead away."""

from functools import partial

import streamlit as st

from crm_core.domain.choice import BEST_SCORE
from crm_core.services import vendors
from crm_core.services.vendors import Cell, Comparison, report
from crm_core.services.vendors import words as findings
from pages._ui import filters, session, workspace
from pages._ui.cards import Card, cards
from pages._ui.charts import Bar, bar_chart, matrix_chart, show_chart
from pages._ui.downloads import download_button
from pages._ui.head import section
from pages._ui.notices import empty_state
from pages._ui.palette import ACCENT, GREY
from pages._ui.plain import plain
from pages._ui.register import places
from pages.assess import _vendor_words as words

_MOST_APART = 5


def show() -> None:
    """Nothing can be said before a vendor was scored."""
    text = session.texts().text
    found = words.comparison()
    if not any(found.cells.values()):
        empty_state(
            text("Nobody has scored a vendor yet"),
            text(
                "Write down the criteria, weigh them, then give each vendor its points. A "
                "criterion can also take its score from the vendor's checklist."
            ),
            icon=":material/balance:",
        )
        return
    _cards(found)
    _bars(found)
    _uneven(found)
    _matrix(found)
    _apart(found)
    _download()


def _download() -> None:
    texts = session.texts()
    download_button(
        texts.text("Excel"),
        texts.text("vendors") + ".xlsx",
        partial(report.as_workbook, workspace.store(), workspace.actor(), texts),
        key="vendors-download",
        help=texts.text("The comparison, each score with what it rests on, weights and costs"),
    )


def _cards(found: Comparison) -> None:
    texts = session.texts()
    text = texts.text
    first = found.vendors[0]
    placed = found.placed[first.id]
    value = words.score(placed.value) if placed.value is not None else "–"
    often = found.first.get(first.id)
    cards(
        [
            Card(text("In front"), plain(first.title), text("{value} of 10", value=value)),
            Card(
                text("Stays in front"),
                words.share(often) if often is not None else "–",
                text("of cases"),
                help=text(
                    "Weights are mixed from those of all who judged, scores lie anywhere between "
                    "the lowest and the highest that was given."
                ),
            ),
            Card(
                text("Smallest change that flips it"),
                findings.flip_points(texts, found),
                text("percentage points") if found.flip else "",
                change=findings.flip(texts, found),
            ),
        ]
    )


def _bars(found: Comparison) -> None:
    text = session.texts().text
    bars = [
        Bar(
            one.id,
            one.title,
            found.placed[one.id].value or 0.0,
            words.score(found.placed[one.id].value or 0.0),
            _told(found, one.id),
            GREY if found.failed[one.id] else ACCENT,
        )
        for one in found.vendors
        if found.placed[one.id].value is not None
    ]
    show_chart(
        bar_chart(bars) if bars else None,
        key="vendor-values",
        finding=findings.finding(session.texts(), found),
        counted=text("Scores of 0 to 10, weighted. Grey: below a least score, and so out."),
        on_click=lambda chosen: filters.put(places.ITEM, chosen.key),
    )


def _told(found: Comparison, vendor: str) -> str:
    text = session.texts().text
    titles = words.criteria(found)
    placed = found.placed[vendor]
    lines = [
        words.names(found)[vendor],
        text("{value} of 10", value=words.score(placed.value or 0.0)),
        text("{share} of the weight is scored", share=words.share(placed.coverage)),
        *(
            text("Below the least score: {criterion}", criterion=titles[one])
            for one in found.failed[vendor]
        ),
    ]
    return "\n".join(lines)


def _uneven(found: Comparison) -> None:
    """A mean of three people beside the word of one."""
    texts = session.texts()
    people = {
        one.title: max((cell.people for cell in found.cells[one.id].values()), default=0)
        for one in found.vendors
    }
    if len(set(people.values())) == 1:
        return
    each = [texts.text("{name}: {n}", name=name, n=n) for name, n in people.items()]
    told = texts.text(
        "Not all vendors were scored by the same number of people. {each}.", each=each
    )
    st.warning(plain(told), icon=":material/group:")


def _matrix(found: Comparison) -> None:
    text = session.texts().text
    rows = sorted(found.criteria, key=lambda one: -found.weights.get(one.id, 0.0))
    cells = [[found.cells[each.id].get(one.id) for each in found.vendors] for one in rows]
    named = [f"{words.share(found.weights.get(one.id, 0.0))} {one.title}" for one in rows]
    show_chart(
        matrix_chart(
            named,
            [one.title for one in found.vendors],
            [[cell.mean if cell else None for cell in line] for line in cells],
            [[_cell(found, one.id, each.id) for each in found.vendors] for one in rows],
            words.score,
        ),
        key="vendor-cells",
        finding=text("Where each vendor is strong and weak"),
        counted=text("Mean score of 0 to 10; beside a criterion its weight."),
    )


def _cell(found: Comparison, criterion: str, vendor: str) -> str:
    text = session.texts().text
    head = f"{words.names(found)[vendor]} · {words.criteria(found)[criterion]}"
    cell = found.cells[vendor].get(criterion)
    if cell is None:
        said = text("Not scored yet")
        return f"{head}\n{said}"
    return f"{head}\n{_basis(cell)}"


def _basis(cell: Cell) -> str:
    texts = session.texts()
    if cell.assessment:
        return texts.text(
            "{score} by the checklist, assessment {id}",
            score=words.score(cell.mean),
            id=cell.assessment,
        )
    said = texts.plural("scored by {n} person", "scored by {n} people", cell.people)
    if cell.low == cell.high:
        return f"{words.score(cell.mean)} · {said}"
    span = texts.text(
        "from {low} to {high}", low=words.score(cell.low), high=words.score(cell.high)
    )
    return f"{words.score(cell.mean)} · {span} · {said}"


def _apart(found: Comparison) -> None:
    """Where people see a vendor differently: to be talked about before it is decided."""
    text = session.texts().text
    apart = vendors.disagreement(found)[:_MOST_APART]
    if not apart:
        return
    section(
        text("Where the evaluators disagree most"),
        text("Talk about these first; a mean of 2 and 9 convinces nobody."),
    )
    lines = [
        text(
            "{vendor}, {criterion}: from {low} to {high} of {best}",
            vendor=words.names(found)[vendor],
            criterion=words.criteria(found)[criterion],
            low=words.score(cell.low),
            high=words.score(cell.high),
            best=int(BEST_SCORE),
        )
        for vendor, criterion, cell in apart
    ]
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))
