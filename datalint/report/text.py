"""The report for people: one screen that reads top-down, or every finding with ``full``."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len
from rich.console import Console, Group
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from datalint.core.finding import Finding, Severity
from datalint.core.results import FactorResult, FileResult, Findings, GateResult, Outcome, RuleResult, Verdict
from datalint.core.sanitize import printable
from datalint.report.inert import Inert

if TYPE_CHECKING:
    import polars as pl
    from rich.console import RenderableType

#: Places shown for each rule, and rules shown, before the report points to --full.
PLACES: Final = 3
RULES: Final = 12
#: Columns without a terminal: wide enough for a table row, narrow enough for a CI log.
WIDTH: Final = 110
#: An excerpt whose first characters the message has already said is not repeated.
_SAID: Final = 25
#: An excerpt goes on the message's line where at least this many columns are left for it.
_LEAST_EXCERPT: Final = 30

_STYLE: Final = {
    Verdict.PASS: "bold green",
    Verdict.WARN: "bold yellow",
    Verdict.FAIL: "bold red",
    Verdict.NOT_ASSESSED: "dim",
}
_SEVERITY: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}


def to_text(outcome: Outcome, *, full: bool = False) -> str:
    """Return the report as plain text, without colours."""
    file = io.StringIO()
    console = Console(file=file, width=WIDTH, no_color=True, highlight=False, markup=False, emoji=False)
    render(outcome, console, full=full)
    return "\n".join(line.rstrip() for line in file.getvalue().splitlines()) + "\n"


def render(outcome: Outcome, console: Console, *, full: bool = False, max_findings: int | None = None) -> None:
    """Print the report: the first places of the gravest rules, ``max_findings`` in all, or with ``full`` every one."""
    for block in _blocks(outcome, full=full, limit=max_findings, width=console.width):
        console.print(Inert(block))


def _blocks(outcome: Outcome, *, full: bool, limit: int | None, width: int) -> Iterator[RenderableType]:
    yield _headline(outcome)
    yield ""
    yield _factors(outcome)
    for note in outcome.notes:
        yield Text(f"  note: {printable(note)}", style="dim")
    if outcome.rules:
        yield ""
        yield from _rules(outcome, full=full, limit=limit, width=width)
    yield _footer(outcome, full=full)


def _headline(outcome: Outcome) -> RenderableType:
    score = "not assessed" if outcome.score is None else f"score {outcome.score} of 100"
    first = Text.assemble(
        (f"{outcome.verdict.value.upper()}  ", _STYLE[outcome.verdict]),
        (score, "bold"),
        (f"  profile {outcome.profile}", "dim"),
    )
    train = [file for file in outcome.files if file.split == "train"]
    held = [file for file in outcome.files if file.split == "evaluation"]
    facts = f"{outcome.examples:,} examples, about {short(outcome.tokens)} tokens"
    lines = [first, Text.assemble((_names(train), "bold"), f"  {facts}")]
    if held:
        rows = sum(file.rows_read for file in held)
        lines.append(Text.assemble((_names(held), "bold"), f"  {rows:,} examples to evaluate on"))
    return Group(*lines)


def _names(files: list[FileResult]) -> str:
    return shown_path(files[0].path) if len(files) == 1 else f"{len(files)} files"


def short(number: int) -> str:
    """Return a count to two or three digits with its unit: 980, 12k, 1.4M."""
    for size, unit in ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")):
        if number >= size:
            value = number / size
            return f"{value:.1f}{unit}" if value < 10 else f"{value:.0f}{unit}"
    return f"{number}"


def _factors(outcome: Outcome) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    table.add_column("  factor", no_wrap=True)
    table.add_column("score", justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    table.add_column("decided by", ratio=1)
    for factor in outcome.factors.values():
        table.add_row(
            f"  {factor.factor.value}",
            "–" if factor.score is None else str(int(factor.score)),
            Text(factor.verdict.value.replace("-", " "), style=_STYLE[factor.verdict]),
            _deciding(factor),
        )
    return table


def _deciding(factor: FactorResult) -> Text:
    gate = factor.deciding
    if gate is None:
        return Text(printable(factor.remedy or "no data"), style="dim")
    text = Text.assemble(f"{gate.title} ", (gate.shown, "bold"))
    if gate.detail:
        text.append(f" ({printable(gate.detail)})")
    limits = limits_of(gate)
    if limits:
        text.append(f"; {limits}", style="dim")
    others = [g for g in factor.gates if g is not gate and g.verdict.rank >= Verdict.WARN.rank]
    for other in others:
        text.append(f"\n{other.title} ")
        text.append(other.shown, style="bold")
        text.append(f" ({limits_of(other)})", style="dim")
    return text


def limits_of(gate: GateResult) -> str:
    """Return a gate's limits in words: ``warns over 3 %, fails over 10 %``."""
    parts = [f"warns {gate.warn}"] if gate.warn else []
    parts += [f"fails {gate.fail}"] if gate.fail else []
    return ", ".join(parts)


def _rules(outcome: Outcome, *, full: bool, limit: int | None, width: int) -> Iterator[RenderableType]:
    rules = list(outcome.rules.values())
    shown = rules if full else rules[:RULES]
    left = limit or len(outcome.findings)
    for result in shown:
        places = None if full else min(PLACES, left)
        left -= min(PLACES, result.count, left)
        yield _rule(result, outcome.findings, places, width)
    if len(rules) > len(shown):
        rest = rules[len(shown) :]
        names = ", ".join(f"{result.code} {result.name} ({result.count:,})" for result in rest)
        yield Text(f"… and {len(rest)} more rules: {names}\n", style="dim")


def _rule(result: RuleResult, findings: Findings, places: int | None, width: int) -> RenderableType:
    title = Text.assemble(
        (result.severity.value, _SEVERITY[result.severity]),
        (f"[{result.code}]", "bold"),
        f" {result.name}: ",
        _quantity(result, findings),
    )
    lines: list[RenderableType] = [title, Text(f"  {printable(result.summary)}", style="italic")]
    listed = findings.of(result.code, places)
    lines += [_place(finding, width) for finding in listed]
    if result.count > len(listed):
        lines.append(Text(f"    … and {result.count - len(listed):,} more", style="dim"))
    if result.remedy:
        lines.append(Text(f"  → {printable(result.remedy)}", style="green"))
    return Padding(Group(*lines), (0, 0, 1, 0), expand=False)


def _quantity(result: RuleResult, findings: Findings) -> str:
    if result.share is None:
        return _without_rows(findings.table.filter(findings.table["rule"] == result.code))
    text = f"{counted(result.examples, 'example')} ({percent(result.share)})"
    if result.count != result.examples:
        text += f", {result.count:,} places"
    return f"{text}, about {short(result.tokens)} tokens"


def _without_rows(table: pl.DataFrame) -> str:
    """Return how many lines or files findings without a record are in, or that they are about the dataset."""
    if table["file"].null_count():
        return "the dataset" if table.height == 1 else f"{table.height:,} findings"
    place = ["file"] if table["line"].null_count() else ["file", "line"]
    number = table.select(place).n_unique()
    text = counted(number, place[-1])
    return text if number == table.height else f"{text}, {table.height:,} findings"


def percent(share: float) -> str:
    """Return a share in percent, never rounding something to nothing nor most to all."""
    value = 100 * share
    if 0 < value < 0.1:
        return "under 0.1 %"
    if 99 < value < 100:
        return "over 99 %"
    return f"{value:.1f} %" if value < 10 else f"{value:.0f} %"


def _place(finding: Finding, width: int) -> RenderableType:
    where = place(finding)
    text = Text()
    if where:
        text.append(where, style="cyan")
        text.append("  ")
    text.append(printable(finding.message))
    if finding.excerpt and finding.excerpt[:_SAID] not in finding.message:
        shown = Text(printable(finding.excerpt), style="dim")
        room = width - 4 - cell_len(text.plain) - 2
        if room > _LEAST_EXCERPT:
            shown.truncate(room, overflow="ellipsis")
            text.append("  ")
        else:
            shown.truncate(width - 6, overflow="ellipsis")
            text.append("\n  ")
        text.append_text(shown)
    return Padding(text, (0, 0, 0, 4), expand=False)


def place(finding: Finding) -> str:
    """Return ``file:line``, ``file`` or nothing, as far as the finding has a place."""
    if finding.file is None:
        return ""
    name = shown_path(finding.file)
    return f"{name}:{finding.line}" if finding.line is not None else name


def shown_path(path: str) -> str:
    """Return a path as it is shortest to read and click: from the working folder on where it lies below."""
    if Path(path).is_absolute():
        relative = os.path.relpath(path)
        path = path if relative.startswith("..") else relative
    return printable(path)


def _footer(outcome: Outcome, *, full: bool) -> Text:
    counts = dict.fromkeys(Severity, 0)
    for value, count in outcome.findings.table["severity"].value_counts().iter_rows():
        counts[Severity(value)] = count
    total = sum(counts.values())
    if total == 0:
        return Text("No findings.", style="green")
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    parts = ", ".join(counted(count, words[severity]) for severity, count in counts.items() if count)
    hint = "" if full else "  --full lists them all; datalint rule CODE explains one"
    return Text.assemble((f"{counted(total, 'finding')}: {parts}.", "bold"), (hint, "dim"))


def counted(count: int, noun: str) -> str:
    """Return ``1 finding``, ``2,000 findings``."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
