"""Charts as SVG that stands in a page: drawn by leather, coloured by the page's style sheet."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from markupsafe import Markup

from claimtrack.report.terminal import safe
from claimtrack.report.timelines import Report

Rows = Sequence[tuple[str, Mapping[str, int]]]
_WIDTH = 480
_ROW, _AROUND = 24, 74
_FURTHEST = 10**15
"""Beyond it an axis has no room for its numbers; the table beside the chart has them all."""


def bars(rows: Rows, *, label: str) -> Markup:
    """Give a chart of one bar for each row, cut into parts; a part's name is its colour in the page's style sheet.

    >>> drawn = bars([("false", {"fails": 3}), ("true", {"holds": 1})], label="Rated claims")
    >>> drawn.startswith('<svg class="chart" role="img" aria-label="Rated claims"'), drawn.count('class="fails"')
    (True, 1)
    """
    import leather

    chart = leather.Chart()
    labelled = [(safe(f"{name} {sum(parts.values()):,}"), parts) for name, parts in _told_apart(rows)]
    chart.add_x_scale(0, max(max(sum(parts.values()) for _, parts in rows), 4))
    chart.add_x_axis(tick_formatter=lambda value, *_: _number(value))
    series = leather.Series(labelled[::-1], x=lambda row, _: sum(row[1].values()), y=lambda row, _: row[0])
    chart.add_series(series, _Parts())
    return _svg(chart, label=label, rows=len(rows))


def reported(reports: Sequence[Report], *, label: str) -> Markup:
    """Give a chart of what articles report, one row each from the first day down; empty where numbers are too large."""
    import leather

    ends = [end for one in reports for end in (one.low, one.high, one.value) if end is not None]
    low, high = min(ends), max(ends)
    if abs(low) > _FURTHEST or abs(high) > _FURTHEST:
        return Markup()
    around = max((high - low) / 10, Fraction(1))
    chart = leather.Chart()
    names = {one.number: f"{one.number} · {one.day}" for one in reports}
    chart.set_y_scale(leather.Ordinal([names[one.number] for one in reversed(reports)]))
    chart.add_x_scale(int(max(low - around, Fraction(0)) if low >= 0 else low - around), int(high + around) + 1)
    chart.add_x_axis(tick_formatter=lambda value, *_: _number(value))
    data = leather.Series(list(reports), x=lambda one, _: float(one.value), y=lambda one, _: names[one.number])
    chart.add_series(data, _Reports())
    return _svg(chart, label=label, rows=len(reports))


class _Parts:
    """A shape as leather wants it: bars cut into parts, each with the class of its name."""

    def validate_series(self, series: Any) -> None:
        """Accept every series: the scales are given."""

    def to_svg(self, width: Any, height: Any, x_scale: Any, y_scale: Any, series: Any, palette: Any) -> Any:
        """Give the drawn bars."""
        group = ElementTree.Element("g")
        for datum in series.data():
            top, bottom = _band(datum, y_scale, height)
            done = 0
            for part, count in datum.row[1].items():
                left, right = (float(x_scale.project(end, 0, width)) for end in (done, done + count))
                done += count
                if count:
                    group.append(_shape("rect", part, x=left, y=top + 2, width=right - left, height=bottom - top - 4))
        return group


class _Reports:
    """A shape as leather wants it: a bar over what a report allows, a dot, a cross where it is disputed."""

    def validate_series(self, series: Any) -> None:
        """Accept every series: the scales are given."""

    def to_svg(self, width: Any, height: Any, x_scale: Any, y_scale: Any, series: Any, palette: Any) -> Any:
        """Give the drawn rows."""
        group = ElementTree.Element("g")
        for datum in series.data():
            one: Report = datum.row
            middle = sum(_band(datum, y_scale, height)) / 2
            at = float(x_scale.project(datum.x, 0, width))
            if one.is_rough:
                left, right = (
                    float(x_scale.project(float(end), 0, width)) if end is not None else edge
                    for end, edge in ((one.low, 0.0), (one.high, float(width)))
                )
                group.append(_shape("rect", "bound", x=left, y=middle - 5, width=right - left, height=10))
                if one.low is None:
                    group.append(_path("bound", f"M{left:.1f},{middle - 8:.1f}l-8,8l8,8z"))
                if one.high is None:
                    group.append(_path("bound", f"M{right:.1f},{middle - 8:.1f}l8,8l-8,8z"))
            if one.contradicts:
                group.append(_path("disputed", f"M{at - 5:.1f},{middle - 5:.1f}l10,10m0,-10l-10,10"))
            else:
                group.append(_shape("circle", "told", cx=at, cy=middle, r=5))
        return group


def _band(datum: Any, scale: Any, height: Any) -> tuple[float, float]:
    """Give the upper and the lower end of a row."""
    top, bottom = sorted(float(end) for end in scale.project_interval(datum.y, height, 0))
    return top, bottom


def _shape(tag: str, name: str, **places: float) -> Any:
    return ElementTree.Element(tag, {"class": name, **{key: f"{value:.1f}" for key, value in places.items()}})


def _path(name: str, drawn: str) -> Any:
    return ElementTree.Element("path", {"class": name, "d": drawn})


def _svg(chart: Any, *, label: str, rows: int) -> Markup:
    height = rows * _ROW + _AROUND
    root = ElementTree.Element(
        "svg", {"class": "chart", "role": "img", "aria-label": safe(label), "viewBox": f"0 0 {_WIDTH} {height}"}
    )
    root.append(chart.to_svg_group(_WIDTH, height))
    return Markup(ElementTree.tostring(root, encoding="unicode", short_empty_elements=False))


def _told_apart(rows: Rows) -> Rows:
    """Give the rows by labels of which no two are the same once they are cut: a scale knows its rows by them."""
    seen: dict[str, int] = {}
    told = []
    for name, parts in rows:
        short = _short(name)
        seen[short] = seen.get(short, 0) + 1
        told.append((short if seen[short] == 1 else f"{short[:20]} ({seen[short]})", parts))
    return told


def _short(name: str) -> str:
    return name if len(name) <= 24 else name[:23] + "…"


def _number(value: Any) -> str:
    return f"{value:,.0f}" if value == int(value) else ""
