"""The figures of a dataset as a page that loads nothing."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from datalint.core.charts import RoleLengths
from datalint.privacy.display import printable
from datalint.report.html import inert_page, page_environment
from datalint.report.html.browsing import tail
from datalint.report.html.charts import bar, histogram, span
from datalint.report.stats import ERROR, amount, counted_epochs, learned_part
from datalint.support.numbers import counted, percent

if TYPE_CHECKING:
    from datalint.stats.figures import CategoryCounts, LengthEffect, Spread, Stats

_NAME: Final = 100
_FILES: Final = 50
#: Histograms: the key of the figures, what they are of, and the unit.
_HISTOGRAMS: Final = (
    ("tokens", "row", "tokens"),
    ("prompt_chars", "prompt", "characters"),
    ("response_chars", "answer", "characters"),
)


def to_html(stats: Stats) -> str:
    """Return the page; equal figures give an equal page, to the byte."""
    import datalint

    page = page_environment().get_template("stats.html")
    return inert_page(page.render(version=datalint.__version__, **_view(stats)))


def _view(stats: Stats) -> dict[str, Any]:
    names = [tail(printable(each.path), _NAME) for each in stats.files]
    return {
        "name": names[0] if len(names) == 1 else counted(len(names), "file"),
        "facts": _facts(stats),
        "files": [
            {"name": name, "rows": f"{each.rows:,}", "refused": f"{each.refused:,}"}
            for name, each in list(zip(names, stats.files, strict=True))[:_FILES]
        ],
        "more_files": max(len(names) - _FILES, 0),
        "about": _about(stats),
        "shapes": [_share(name, count, stats.rows) for name, count in stats.shapes],
        "roles": [_share(name, count, stats.turns.total) for name, count in stats.roles.items()],
        "identified": counted(stats.identified, "example"),
        "languages": [_share(name, count, stats.identified) for name, count in stats.languages],
        "category": None if stats.category is None else _category(stats.category, stats.rows),
        "spreads": [
            *(
                _spread(f"{what}, characters", chars)
                for what, chars in (("prompt", stats.prompt_chars), (learned_part(stats), stats.response_chars))
                if chars.total
            ),
            _spread("row, tokens (estimated)" if stats.about else "row, tokens", stats.tokens),
            *(
                _spread(f"{role}, {unit}", spread)
                for role, each in stats.by_role.items()
                for unit, spread in (("characters", each.chars), ("tokens", each.tokens))
            ),
            *([_spread("turns", stats.turns)] if stats.roles else []),
        ],
        "histograms": _histograms(stats),
        "error": ERROR,
        "exact": stats.model is not None,
        "estimated": bool(stats.about),
        "lengths": [_length(each, stats.rows) for each in stats.lengths],
        "length_99": f"{stats.length_99:,}",
        "training": _training(stats),
        "costs": _costs(stats),
        "costs_wanted": stats.costs is not None,
        "billed": f"{stats.about}{stats.billed:,} tokens in {counted_epochs(stats.epochs)}",
    }


def _costs(stats: Stats) -> list[dict[str, Any]]:
    """Return the costs by provider and date."""
    return [
        {
            "provider": provider,
            "as_of": as_of.isoformat(),
            "stale": stale,
            "source": source,
            "rows": [(each.model, f"{each.per_million:.2f}", amount(each)) for each in costs],
        }
        for (provider, as_of, stale, source), costs in groupby(
            stats.costs or (), key=lambda cost: (cost.provider, cost.as_of, cost.stale, cost.source)
        )
    ]


def _facts(stats: Stats) -> list[str]:
    tokens = f"{stats.about}{stats.tokens.total:,} tokens" + (f" of {stats.model}" if stats.model else "")
    share = percent(stats.trained / stats.tokens.total) if stats.tokens.total else "0 %"
    learned = f"{share} of them {'in responses' if stats.about else 'carry loss'}"
    has_answers = learned_part(stats) == "answer" and bool(stats.trained)
    return [counted(stats.rows, "example"), stats.kind, tokens, *([learned] if has_answers else [])]


def _about(stats: Stats) -> list[tuple[str, str]]:
    """Return what the rows have, each with a number."""
    found = [
        ("distinct prompts", f"{stats.prompts:,}"),
        ("distinct responses", f"{stats.responses:,}"),
        ("with a system prompt", f"{stats.with_system:,} ({stats.system_prompts:,} different)"),
        ("with tools declared", f"{stats.with_tools:,}"),
        ("with tool calls", f"{stats.with_tool_calls:,}"),
        ("with media", f"{stats.with_media:,}"),
        ("preferences", f"{stats.preferences:,}"),
    ]
    return [(name, value) for name, value in found if not value.startswith("0")]


def _share(name: str, count: int, whole: int) -> dict[str, Any]:
    share = count / whole if whole else 0.0
    return {"name": name, "count": f"{count:,}", "share": percent(share), "bar": bar(share, tone="series")}


def _category(category: CategoryCounts, rows: int) -> dict[str, Any]:
    rest = ((category.others, "more values"), (category.missing, "rows without a value"))
    return {
        "key": category.key,
        "values": [_share(name, count, rows) for name, count in category.values],
        "rest": ", ".join(f"{count:,} {what}" for count, what in rest if count),
    }


def _spread(name: str, spread: Spread) -> dict[str, Any]:
    numbers = (spread.total, round(spread.mean), spread.p50, spread.p90, spread.p95, spread.p99, spread.max)
    return {"name": name, "numbers": [f"{number:,}" for number in numbers]}


def _histograms(stats: Stats) -> list[dict[str, Any]]:
    spreads = {"tokens": stats.tokens, "prompt_chars": stats.prompt_chars, "response_chars": stats.response_chars}
    found = []
    for key, role, unit in _HISTOGRAMS:
        data, spread = stats.histograms[key], spreads[key]
        if not data.counts:
            continue
        lengths = RoleLengths(role, data.counts, 0, spread.p50, spread.p95, spread.max)
        note = " (estimated)" if key == "tokens" and stats.about else ""
        found.append(
            {
                "name": f"{role}s, {unit}{note}",
                "unit": unit,
                "wide": key == "tokens",
                "svg": histogram(lengths, data.edges, top=max(data.counts), key=f"lengths-{key}", unit=unit),
                "rows": [(span(data.edges, index), f"{count:,}") for index, count in enumerate(data.counts)],
            }
        )
    return found


def _length(effect: LengthEffect, rows: int) -> dict[str, Any]:
    fit = effect.whole / rows if rows else 0.0
    return {
        "length": f"{effect.length:,}",
        "whole": f"{effect.whole:,}",
        "fit": percent(fit),
        "bar": bar(fit, tone="series"),
        "cut_response": f"{effect.cut_response or 0:,}",
        "cut_prompt": f"{effect.cut_prompt or 0:,}",
        "left": percent(effect.tokens_left),
    }


def _training(stats: Stats) -> list[tuple[str, str]]:
    found = []
    if (cut := stats.truncation) is not None:
        found = [
            (f"whole at {cut.max_length:,} tokens", counted(cut.whole, "row")),
            ("with a cut answer", counted(cut.cut_response, "row")),
            ("without their answer", counted(cut.cut_prompt, "row")),
            ("cut after the answer", counted(cut.cut_end, "row")),
            ("that the template can't render", counted(cut.dropped, "row")),
        ]
    if (packed := stats.packing) is not None:
        found += [
            (f"after packing ({packed.strategy} at {packed.length:,})", counted(packed.rows, "row")),
            ("of their length used", percent(packed.fill)),
            ("lost", counted(packed.lost, "token")),
        ]
        if packed.dropped:
            found.append(("dropped as too long", counted(packed.dropped, "row")))
    if stats.steps is not None:
        found.append((f"in {counted_epochs(stats.epochs)}", counted(stats.steps, "step")))
    return found
