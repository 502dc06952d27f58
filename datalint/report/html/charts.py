"""Pictures as inline SVG: positions across are shares of the width and text keeps its size, so they fit any screen.

No maintained library fits: pygal's drawings bring scripts, random identifiers and their own style sheets, leather's
neither follow a dark page nor name what they show. What is drawn here is bars.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.core.charts import RoleLengths

#: Pixels from the lowest line of a picture down; letters are 12 px.
_FOOT: Final = 22
#: Most labels below a picture, so that they stay apart at 300 px.
_LABELS: Final = 7
_SEVERITIES: Final = ("error", "warning", "info")


class _Frame(NamedTuple):
    """Pixels above the highest line of a picture, and from there to the lowest."""

    head: int
    height: int

    @property
    def base(self) -> int:
        return self.head + self.height


_PLAIN: Final = _Frame(10, 132)
_LOW: Final = _Frame(10, 86)
_MARKED: Final = _Frame(34, 120)


def bar(share: float, *, tone: str = "plain", mark: float | None = None) -> Markup:
    """Return a bar that fills ``share`` (0 to 1) of its cell, with a line at ``mark``; the next cells show both."""
    line = Markup("")
    if mark is not None:
        x = f"{100 * min(max(mark, 0.0), 1.0):.2f}%"
        line = Markup('<line class="mark" x1="{}" x2="{}" y1="0" y2="16"/>').format(x, x)
    return Markup(
        '<svg class="bar" width="100%" height="16" aria-hidden="true" focusable="false">'
        '<rect class="track" width="100%" height="10" y="3" rx="2"/>'
        '<rect class="tone-{}" width="{:.2f}%" height="10" y="3" rx="2"/>{}</svg>'
    ).format(tone, 100 * min(max(share, 0.0), 1.0), line)


def score_bar(score: float | None, tone: str, *, name: str) -> Markup:
    """Return a factor's score on the way from the guide's Bad column (0) to its Good column (100)."""
    said = f"{name}: " + ("not assessed" if score is None else f"score {int(score)} of 100")
    filled = Markup("")
    if score is not None:
        x = f"{min(max(score, 0.0), 100.0):.1f}%"
        filled = Markup(
            '<rect class="tone-{}" width="{}" height="12" y="2" rx="3"/><line class="needle" x1="{}" x2="{}" '
            'y1="0" y2="16"/>'
        ).format(tone, x, x, x)
    return Markup(
        '<svg class="bar" width="100%" height="16" role="img" aria-label="{}" focusable="false">'
        '<rect class="track" width="100%" height="12" y="2" rx="3"/>{}</svg>'
    ).format(said, filled)


def histogram(data: RoleLengths, edges: Sequence[int], *, top: int, key: str, unit: str = "characters") -> Markup:
    """Return a role's lengths over bins between ``edges``, with its median and 95th percentile; ``top`` scales it."""
    counts, ticks = data.counts, ticks_to(top)
    bars = [
        _rect(_MARKED, index, len(counts), count / ticks[-1], "series", f"{span(edges, index)} {unit}: {count:,}")
        for index, count in enumerate(counts)
        if count
    ]
    # The labels stand on the lines' outer sides where there is room, so that they never meet.
    median, most = (100 * _position(edges, length) / len(counts) for length in (data.median, data.p95))
    marks = [
        *_mark(median, "end" if median > 35 else "start", 12, f"median {data.median:,}"),
        *_mark(most, "end" if most > 70 else "start", 27, f"95 %: {data.p95:,}"),
    ]
    title = f"Lengths of the {data.role}s"
    said = (
        f"Histogram over the length in {unit}, on a logarithmic scale. Median {data.median:,}, 95 % of the "
        f"{data.role}s have at most {data.p95:,}, the longest has {data.longest:,}."
    )
    labels = [(100 * index / len(counts), _short(edges[index])) for index in _labelled(edges)]
    return _picture(_MARKED, key, title, said, ticks=ticks, content=[*bars, *marks[::2], *marks[1::2]], labels=labels)


def levels(steps: Sequence[tuple[float, int]], *, key: str) -> Markup:
    """Return how many rows repeat their cluster's first row at each similarity and over."""
    ticks = ticks_to(max(count for _, count in steps))
    bars = [
        _rect(_PLAIN, index, len(steps), count / ticks[-1], "series", f"{at:.2f} and over: {count:,} rows")
        for index, (at, count) in enumerate(steps)
    ]
    labels = [(100 * (index + 0.5) / len(steps), f"{at:.2f}") for index, (at, _) in enumerate(steps)]
    said = "Bars from the threshold of the search to the same text: " + ", ".join(
        f"{count:,} rows at {at:.2f} and over" for at, count in steps
    )
    title = "Rows that repeat their cluster's first row, by similarity"
    return _picture(_PLAIN, key, title, said, ticks=ticks, content=bars, labels=labels)


def positions(severities: Mapping[str, Sequence[int]], *, rows: int, key: str, name: str) -> Markup:
    """Return a file's findings from its first row to its last, errors lowest."""
    bins = len(next(iter(severities.values())))
    totals = [sum(counts[index] for counts in severities.values()) for index in range(bins)]
    ticks = ticks_to(max(totals))
    bars: list[Markup] = []
    for index in range(bins):
        below = 0
        for severity in _SEVERITIES:
            count = severities.get(severity, [0] * bins)[index]
            if count:
                said = f"{part_of(index, bins, rows)}: {count:,} {severity}"
                style, share = f"sev-{severity}", count / ticks[-1]
                bars.append(_rect(_LOW, index, bins, share, style, said, below=below / ticks[-1]))
                below += count
    labels = [(0.0, "row 1"), (100.0, f"row {rows:,}")] if rows > 1 else [(0.0, "row 1")]
    totals_said = ", ".join(f"{sum(severities[each]):,} {each}" for each in _SEVERITIES if each in severities)
    said = f"Stacked bars over {bins} equal parts of the file. {totals_said}."
    return _picture(_LOW, key, f"Findings over the rows of {name}", said, ticks=ticks, content=bars, labels=labels)


def part_of(index: int, bins: int, rows: int) -> str:
    """Return the rows of one of ``bins`` equal parts of a file, in words."""
    first = math.ceil(index * rows / bins) + 1
    last = math.ceil((index + 1) * rows / bins)
    return f"rows {first:,} to {last:,}" if last > first else f"row {min(first, max(rows, 1)):,}"


def ticks_to(most: int) -> list[int]:
    """Return 0 and up to five round numbers, the last of them at or over ``most``."""
    for power in range(19):
        for factor in (1, 2, 5):
            step = factor * 10**power
            if step * 4 >= most:
                return [step * index for index in range(max(math.ceil(most / step), 1) + 1)]
    raise ValueError(f"{most} is no count")


def _picture(
    frame: _Frame,
    key: str,
    title: str,
    said: str,
    *,
    ticks: Sequence[int],
    content: Iterable[Markup],
    labels: Iterable[tuple[float, str]],
) -> Markup:
    whole = frame.base + _FOOT
    lines, numbers = [], []
    for tick in ticks:
        y = f"{frame.base - frame.height * tick / ticks[-1]:.1f}"
        lines.append(
            Markup('<line class="{}" x1="0" x2="100%" y1="{}" y2="{}"/>').format("grid" if tick else "axis", y, y)
        )
        numbers.append(
            Markup('<text x="100%" dx="-6" y="{}" dy="4" text-anchor="end">{}</text>').format(y, _short(tick))
        )
    below = [
        Markup('<text x="{:.2f}%" y="{}" text-anchor="{}">{}</text>').format(
            x, whole - 6, "start" if x < 3 else "end" if x > 97 else "middle", text
        )
        for x, text in labels
    ]
    return Markup(
        '<div class="chart"><svg class="scale" width="44" height="{h}" aria-hidden="true" focusable="false">{n}</svg>'
        '<svg class="plot" height="{h}" role="img" aria-labelledby="{k}-title {k}-desc" focusable="false">'
        '<title id="{k}-title">{t}</title><desc id="{k}-desc">{s}</desc>{c}</svg></div>'
    ).format(h=whole, n=Markup("").join(numbers), k=key, t=title, s=said, c=Markup("").join([*lines, *content, *below]))


def _rect(frame: _Frame, index: int, of: int, share: float, style: str, said: str, *, below: float = 0.0) -> Markup:
    """Return one bar; at least 1.5 px tall, so that one among thousands is seen."""
    tall = max(frame.height * share, 1.5)
    base = frame.base - frame.height * below
    gap = 0.25 if of < 10 else 0.12
    return Markup(
        '<rect class="{}" x="{:.2f}%" y="{:.1f}" width="{:.2f}%" height="{:.1f}"><title>{}</title></rect>'
    ).format(style, 100 * (index + gap / 2) / of, base - tall, 100 * (1 - gap) / of, tall, said)


def _mark(x: float, side: str, y: int, label: str) -> tuple[Markup, Markup]:
    """Return a line over the whole height and its label, whose rim covers what it crosses if it is drawn later."""
    line = Markup('<line class="mark" x1="{x:.2f}%" x2="{x:.2f}%" y1="{top}" y2="{base}"/>')
    text = Markup('<text class="marked" x="{x:.2f}%" dx="{dx}" y="{y}" text-anchor="{side}">{label}</text>')
    return (
        line.format(x=x, top=y - 9, base=_MARKED.base),
        text.format(x=x, dx=-5 if side == "end" else 5, y=y, side=side, label=label),
    )


def _position(edges: Sequence[int], value: int) -> float:
    """Return where a length stands among the bins, as a fraction of a bin's number."""
    for index in range(len(edges) - 1):
        low, high = edges[index], edges[index + 1]
        if value < high:
            return index + max(math.log(max(value, 1) / low) / math.log(high / low), 0.0)
    return float(len(edges) - 1)


def _labelled(edges: Sequence[int]) -> list[int]:
    """Return the edges to name: powers of ten, and as many evenly between them as there is room for."""
    tens = [index for index, edge in enumerate(edges) if 10 ** round(math.log10(edge)) == edge]
    start = tens[0] if tens else 0
    for step in (1, 2, 3, 6, 12):
        found = [index for index in range(len(edges)) if (index - start) % step == 0]
        if len(found) <= _LABELS:
            return found
    return tens


def span(edges: Sequence[int], index: int) -> str:
    """Return the lengths of one bin in words."""
    low, high = edges[index], edges[index + 1] - 1
    return f"{low:,} to {high:,}" if high > low else f"{low:,}"


def _short(number: int) -> str:
    for size, unit in ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number / size:.3g}{unit}"
    return str(number)
