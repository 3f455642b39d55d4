"""How a cost grows, as a picture: a small SVG of a row's own figures, the same for the same figures."""

from collections.abc import Mapping, Sequence
from html import escape
from math import floor, log10
from typing import Final

from benchmarks.row import Growth

WIDE, HIGH = 640, 280
LEFT, RIGHT, TOP, BOTTOM = 64, 150, 40, 52
"""Margins: for the figures beside the axis, the lines' names at their ends, the heading, the sizes."""

COLORS: Final = ("#0b5394", "#b45f06", "#38761d", "#741b47")
"""Apart for whoever does not see red and green, and dark enough on white."""

STEPS: Final = (1, 1.5, 2, 2.5, 3, 4, 5)
_INK: Final = 'fill="#222"'


def drawn(growth: Growth) -> str:
    """The picture: sizes along a logarithmic axis, cost up from 0, a line for each name, its figure at each point."""
    heading = f"{growth.of}, {growth.unit}"
    sizes = sorted({size for points in growth.lines.values() for size, _ in points})
    step = _step(max(cost for points in growth.lines.values() for _, cost in points))
    ticks = [step * number for number in range(5)]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {HIGH}" font-family="sans-serif" font-size="12"'
        f' role="img" aria-label="{escape(heading)}">',
        f'<rect width="{WIDE}" height="{HIGH}" fill="#fff"/>',
        f'<text x="{LEFT}" y="22" font-size="14" {_INK}>{escape(heading)}</text>',
    ]
    for tick in ticks:
        y = _y(tick, ticks[-1])
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDE - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" {_INK}>{tick:g}</text>')
    below = [(_x(size, sizes), HIGH - BOTTOM + 20, f"{size:,}") for size in sizes]
    below.append(((LEFT + WIDE - RIGHT) / 2, HIGH - 10, escape(growth.by)))
    parts += [f'<text x="{x:.1f}" y="{y}" text-anchor="middle" {_INK}>{said}</text>' for x, y, said in below]
    ends = _apart({name: _y(points[-1][1], ticks[-1]) for name, points in growth.lines.items()})
    for (name, points), color in zip(growth.lines.items(), COLORS, strict=False):
        places = [(_x(size, sizes), _y(cost, ticks[-1])) for size, cost in points]
        parts.append(
            f'<path d="M{"L".join(f"{x:.1f} {y:.1f}" for x, y in places)}" fill="none" stroke="{color}"'
            ' stroke-width="2"/>'
        )
        for (x, y), (_, cost) in zip(places, points, strict=True):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{color}"/>')
            if len(growth.lines) == 1:
                parts.append(f'<text x="{x:.1f}" y="{y - 9:.1f}" text-anchor="middle" fill="{color}">{cost:.3g}</text>')
        if len(growth.lines) > 1:
            said = escape(f"{name}: {points[-1][1]:.3g}")
            parts.append(f'<text x="{places[-1][0] + 9:.1f}" y="{ends[name] + 4:.1f}" fill="{color}">{said}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _step(most: float) -> float:
    """Of the axis: the least round number of which four reach above the greatest cost."""
    power = 10.0 ** (floor(log10(most)) - 1)
    return next(power * ten * step for ten in (1, 10, 100) for step in STEPS if 4 * power * ten * step >= 1.1 * most)


def _x(size: float, sizes: Sequence[float]) -> float:
    """A little room on either side, so that no point lies on the axis."""
    first, last = log10(sizes[0]), log10(sizes[-1])
    inner = WIDE - RIGHT - LEFT - 60
    return LEFT + 30 + (log10(size) - first) / ((last - first) or 1) * inner


def _y(cost: float, top: float) -> float:
    return HIGH - BOTTOM - cost / top * (HIGH - BOTTOM - TOP)


def _apart(heights: Mapping[str, float]) -> dict[str, float]:
    """Names at least a line of text apart, from above."""
    placed, last = dict[str, float](), 0.0
    for name, y in sorted(heights.items(), key=lambda one: one[1]):
        placed[name] = last = max(y, last + 15)
    return placed
