"""The charts of the segment page."""

from collections.abc import Callable, Sequence
from datetime import date

from crm_core.services.segments import (
    OTHER,
    UNCLASSIFIED,
    Figures,
    Mix,
    Report,
    mix_finding,
    revenue_finding,
    trend_finding,
)
from crm_core.services.segments.words import period_name
from pages._ui import session
from pages._ui.charts import (
    MOST,
    Bar,
    Chosen,
    Line,
    bar_chart,
    cell_of,
    line_chart,
    matrix_chart,
    show_chart,
)
from pages._ui.palette import GREY, segment_colours
from pages._ui.segment import words

_FADED = "55"
_NOTHING = 0.0005
_HALF_PERCENT = 0.005
"""Alpha of the bars that are not chosen."""
MOST_BARS = 14
MOST_ROWS = 12


def revenue_bars(
    report: Report,
    rows: Sequence[Figures],
    *,
    key: str,
    on_click: Callable[[Chosen], None] | None = None,
) -> None:
    """Who brings the revenue; `on_click` is told of a segment's bar."""
    texts = session.texts()
    colours = segment_colours(report.ground.names)
    sold = [row for row in rows if row.revenue is not None or (not row.segment and _is_busy(row))]
    shown = _largest(sold)
    bars = [_bar(report, row, colours) for row in shown]
    counted = [
        texts.text("Revenue by segment"),
        unit(report),
        period_name(texts, report.period),
    ]
    rest = 1 - sum(row.share or 0 for row in shown)
    if shown and report.total.share and rest > _NOTHING:
        counted.append(texts.text("others {share}", share=words.share(rest)))
    if report.total.returned:
        counted.append(
            texts.text(
                "of {revenue}, {returned} were returned",
                revenue=session.formats().compact(report.total.revenue),
                returned=session.formats().compact(report.total.returned),
            )
        )
    show_chart(
        bar_chart(bars) if bars else None,
        key=key,
        finding=words.finding(revenue_finding(report), report),
        counted=listed(*counted),
        empty=_empty(),
        on_click=on_click,
    )


def trend_lines(report: Report) -> None:
    """Revenue over time, a line per segment."""
    texts = session.texts()
    colours = segment_colours(report.ground.names)
    lines, others = _lines(report, colours)
    months: tuple[date, ...] = report.months
    formats = session.formats()
    show_chart(
        line_chart(
            months,
            lines,
            formats.mark,
            lambda value: formats.money(round(value, 2), report.currency),
            words.month,
        )
        if lines and len(months) > 1
        else None,
        key="trend",
        finding=words.finding(trend_finding(report)),
        counted=listed(texts.text("Revenue by month"), unit(report), others),
        empty=_empty(),
    )


def mix_matrix(report: Report, mix: Mix, on_cell: Callable[[str, str | None], None]) -> None:
    """What sells where: each segment's revenue by product family or product.

    `on_cell` is told of a click: the segment ("" unclassified) and the column of its cell.
    """
    text = session.texts().text
    segments = mix.segments[:MOST_ROWS]
    names = [words.name(segment) for segment in segments]

    def clicked(chosen: Chosen) -> None:
        row, column = cell_of(chosen) or (len(segments), 0)
        if row < len(segments) and column < len(mix.columns) and mix.shares[row][column]:
            on_cell(segments[row] or UNCLASSIFIED, mix.columns[column])

    counted = (
        text("Share of each segment's revenue by product family; a click shows a cell's rows")
        if mix.by == "family"
        else text("Share of each segment's revenue by product; a click shows a cell's rows")
    )
    show_chart(
        matrix_chart(
            names,
            [words.product(column) for column in mix.columns],
            mix.shares[:MOST_ROWS],
            _mix_tips(report, mix, names),
            _cell_share,
        )
        if segments
        else None,
        key="mix",
        finding=words.finding(mix_finding(mix)),
        counted=counted,
        empty=_empty(),
        on_click=clicked,
    )


def _cell_share(part: float) -> str:
    """A whole number; what would be 0 is less than 1."""
    percent = session.formats().percent
    return percent(part, 0) if abs(part) >= _HALF_PERCENT else f"<{percent(0.01, 0)}"


def _mix_tips(report: Report, mix: Mix, names: Sequence[str]) -> list[list[str]]:
    formats = session.formats()
    return [
        [
            f"{name} · {words.product(column)}\n{words.share(part)}"
            f"\n{formats.money(round(amount, 2), report.currency)}"
            for column, part, amount in zip(mix.columns, parts, amounts, strict=True)
        ]
        for name, parts, amounts in zip(names, mix.shares, mix.revenue, strict=False)
    ]


def unit(report: Report) -> str:
    """The currency as small type has it; nothing where there is none, which the head says."""
    return session.formats().unit(report.currency)


def listed(*parts: str) -> str:
    """Small type: what is told, parted by dots."""
    return " · ".join(part for part in parts if part)


def _lines(report: Report, colours: dict[str | None, str]) -> tuple[list[Line], str]:
    """A line for each of the largest segments, one for the others, and their names."""
    text = session.texts().text
    large = sorted(
        (segment for segment in report.trend if segment is not None),
        key=lambda segment: -sum(report.trend[segment]),
    )
    small = large[MOST:] if len(large) > MOST + 1 else []
    lines = [
        Line(segment, words.name(segment), [float(value) for value in values], colours[segment])
        for segment, values in report.trend.items()
        if segment not in small
    ]
    if not small:
        return lines, ""
    sums = [
        float(sum(month)) for month in zip(*(report.trend[each] for each in small), strict=True)
    ]
    lines.append(Line(OTHER, text("Others"), sums, GREY))
    return lines, text("others: {segments}", segments=[words.name(each) for each in small])


def _is_busy(row: Figures) -> bool:
    """Whether there is anything of it but revenue."""
    return bool(row.opportunities or row.customers or row.leads)


def _bar(report: Report, row: Figures, colours: dict[str | None, str]) -> Bar:
    formats, text = session.formats(), session.texts().text
    label = words.name(row.segment)
    parts = [formats.compact(row.revenue), words.share(row.share), words.signed(row.change)]
    if row.revenue is None:
        parts = [text("no revenue"), words.unclassified_deals(report)]
    tip = [
        label,
        text("Revenue {amount}", amount=formats.money(row.revenue, report.currency)),
        text("Share {share}", share=formats.percent(row.share)),
    ]
    if report.before:
        tip.append(
            text(
                "{period}: {amount}",
                period=period_name(session.texts(), report.before),
                amount=formats.money(row.before or None, report.currency),
            )
        )
    asked = report.asked.segment
    faded = asked is not None and asked != (row.segment or "")
    colour = colours.get(row.segment, colours[None])
    return Bar(
        key=row.segment,
        label=label,
        value=float(row.revenue or 0),
        text="  ".join(part for part in parts if part),
        tooltip="\n".join(tip),
        colour=colour + _FADED if faded else colour,
    )


def _largest(rows: Sequence[Figures]) -> list[Figures]:
    """As many as can be read, unclassified always among them; the table has them all."""
    return [row for row in rows if row.segment is not None][:MOST_BARS] + [
        row for row in rows if row.segment is None
    ]


def _empty() -> tuple[str, str]:
    text = session.texts().text
    return (
        text("Nothing to show for this choice"),
        text("Choose a longer period, or take a filter away."),
    )
