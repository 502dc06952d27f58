"""The report for people: one screen that reads top-down, or every finding with ``full``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.core.finding import Finding, Severity
from datalint.core.results import FactorResult, FileResult, Findings, GateResult, Outcome, RuleResult, Verdict
from datalint.privacy.display import Shown, printable
from datalint.report.layout import Line, plain, runs, safe, shortened, width_of, wrapped
from datalint.report.places import ordinal
from datalint.support.numbers import counted, percent, short

if TYPE_CHECKING:
    import polars as pl
    from rich.console import Console

#: Places shown for each rule, and rules shown, before the report points to --full.
PLACES: Final = 3
RULES: Final = 12
#: Shapes that the headline names; more are a finding of their own.
_SHAPES: Final = 2
#: Columns without a terminal: wide enough for a table row, narrow enough for a CI log.
WIDTH: Final = 110
#: An excerpt whose first characters the message has already said is not repeated.
_SAID: Final = 25
#: An excerpt goes on the message's line where at least this many columns are left for it.
_LEAST_EXCERPT: Final = 30
#: Between the columns of factors; what decided one goes below it where it has less room than this.
_GAP: Final = "  "
_LEAST_ROOM: Final = 24

_STYLE: Final = {
    Verdict.PASS: "bold green",
    Verdict.WARN: "bold yellow",
    Verdict.FAIL: "bold red",
    Verdict.NOT_ASSESSED: "dim",
}
_SEVERITY: Final = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}


def to_text(outcome: Outcome, *, full: bool = False, width: int = WIDTH, max_findings: int | None = None) -> str:
    """Return the report as plain text, without colours; arguments as for :func:`render`."""
    lines = _lines(outcome, full=full, limit=max_findings, width=width)
    return "".join(f"{plain(line)}\n" for line in lines)


def render(outcome: Outcome, console: Console, *, full: bool = False, max_findings: int | None = None) -> None:
    """Print the report: the first places of the gravest rules, ``max_findings`` in all, or with ``full`` every one."""
    from rich.text import Text

    for line in _lines(outcome, full=full, limit=max_findings, width=console.width):
        console.print(Text.assemble(*line), soft_wrap=True)


def _lines(outcome: Outcome, *, full: bool, limit: int | None, width: int) -> Iterator[Line]:
    for line in _blocks(outcome, full=full, limit=limit, width=width):
        yield safe(line, width)


def _blocks(outcome: Outcome, *, full: bool, limit: int | None, width: int) -> Iterator[Line]:
    yield from _headline(outcome, width)
    yield []
    yield from _factors(outcome, width)
    for note in outcome.notes:
        yield from _note(note, width)
    if outcome.rules:
        yield []
        yield from _rules(outcome, full=full, limit=limit, width=width)
    yield from wrapped(_footer(outcome, full=full), width)


def _headline(outcome: Outcome, width: int) -> Iterator[Line]:
    score = "not assessed" if outcome.score is None else f"score {outcome.score} of 100"
    first = runs(
        (f"{outcome.verdict.value.upper()}  ", _STYLE[outcome.verdict]),
        (score, "bold"),
        (f"  profile {outcome.profile}", "dim"),
    )
    train = [file for file in outcome.files if file.split == "train"]
    held = [file for file in outcome.files if file.split == "evaluation"]
    facts = f"{counted(outcome.examples, 'example')}{_shapes(train)}, about {short(outcome.tokens)} tokens"
    yield from wrapped(first, width)
    yield from wrapped(runs((_names(train), "bold"), f"  {facts}"), width)
    if held:
        rows = sum(file.rows_read for file in held)
        yield from wrapped(runs((_names(held), "bold"), f"  {counted(rows, 'example')} to evaluate on"), width)


def _note(note: str, width: int) -> Iterator[Line]:
    """Yield the lines of a note, the further ones as far in as the words of the first, where there is room."""
    head, words = "  note: ", printable(note)
    if width < 2 * _LEAST_ROOM:
        yield from wrapped(runs((f"{head}{words}", "dim")), width)
        return
    for number, line in enumerate(wrapped(runs((words, "dim")), width, len(head))):
        yield line if number else [*runs((head, "dim")), *line[1:]]


def _shapes(files: list[FileResult]) -> str:
    """Return what the rows were read as, which is the first thing to doubt when a number surprises."""
    shapes = dict.fromkeys(file.shape for file in files if file.shape is not None)
    named = ("unknown shape" if shape == "unknown" else shape for shape in shapes)
    return f" ({', '.join(named)})" if 0 < len(shapes) <= _SHAPES else ""


def _names(files: list[FileResult]) -> str:
    return shown_path(files[0].path) if len(files) == 1 else f"{len(files)} files"


def _factors(outcome: Outcome, width: int) -> Iterator[Line]:
    heads = [runs(("  factor", "dim"), ("score", "dim"), ("verdict", "dim"))]
    decided = [runs(("decided by", "dim"))]
    for factor in outcome.factors.values():
        score = "–" if factor.score is None else str(int(factor.score))
        verdict = factor.verdict.value.replace("-", " ")
        heads.append(runs(f"  {factor.factor.value}", score, (verdict, _STYLE[factor.verdict])))
        decided.append(_deciding(factor))
    names, scores, verdicts = (max(len(head[column].text) for head in heads) for column in range(3))
    room = width - (names + scores + verdicts + 3 * len(_GAP))
    for (name, score_, verdict_), words in zip(heads, decided, strict=True):
        ahead = [
            name._replace(text=name.text.ljust(names) + _GAP),
            score_._replace(text=score_.text.rjust(scores) + _GAP),
            verdict_._replace(text=verdict_.text.ljust(verdicts) + _GAP),
        ]
        if room < _LEAST_ROOM:
            yield from wrapped(ahead, width)
            yield from wrapped(words, width, 4)
            continue
        for number, line in enumerate(wrapped(words, room)):
            yield [*(runs(" " * (width - room)) if number else ahead), *line]


def _deciding(factor: FactorResult) -> Line:
    gate = factor.deciding
    if gate is None:
        return runs((factor.remedy or "no data", "dim"))
    words = runs(f"{gate.title} ", (gate.shown, "bold"))
    if gate.detail:
        words += runs(f" ({gate.detail})")
    limits = limits_of(gate)
    if limits:
        words += runs((f"; {limits}", "dim"))
    others = [g for g in factor.gates if g is not gate and g.verdict.rank >= Verdict.WARN.rank]
    for other in others:
        words += runs(f"\n{other.title} ", (other.shown, "bold"), (f" ({limits_of(other)})", "dim"))
    return words


def limits_of(gate: GateResult) -> Shown:
    """Return a gate's limits in words: ``warns over 3 %, fails over 10 %``."""
    parts = [f"warns {gate.warn}"] if gate.warn else []
    parts += [f"fails {gate.fail}"] if gate.fail else []
    return printable(", ".join(parts))


def _rules(outcome: Outcome, *, full: bool, limit: int | None, width: int) -> Iterator[Line]:
    rules = list(outcome.rules.values())
    shown = rules if full else rules[:RULES]
    left = limit or len(outcome.findings)
    for result in shown:
        places = None if full else min(PLACES, left)
        left -= min(PLACES, result.count, left)
        yield from _rule(result, outcome.findings, places, width)
    if len(rules) > len(shown):
        rest = rules[len(shown) :]
        names = ", ".join(f"{result.code} {result.name} ({result.count:,})" for result in rest)
        yield from wrapped(runs((f"… and {len(rest)} more rules: {names}\n", "dim")), width)


def _rule(result: RuleResult, findings: Findings, places: int | None, width: int) -> Iterator[Line]:
    title = runs(
        (result.severity.value, _SEVERITY[result.severity]),
        (f"[{result.code}]", "bold"),
        f" {result.name}: {_quantity(result, findings)}",
    )
    yield from wrapped(title, width)
    yield from wrapped(runs((f"  {result.summary}", "italic")), width)
    listed = findings.of(result.code, places)
    for finding in listed:
        yield from wrapped(_place(finding, width), width, 4)
    if result.count > len(listed):
        yield from wrapped(runs((f"    … and {result.count - len(listed):,} more", "dim")), width)
    if result.remedy:
        yield from wrapped(runs((f"  → {result.remedy}", "green")), width)
    yield []


def _quantity(result: RuleResult, findings: Findings) -> str:
    if result.each is not None:
        return counted(result.count, result.each)
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


def _place(finding: Finding, width: int) -> Line:
    where = place(finding)
    words = runs((where, "cyan"), "  ") if where else []
    words += runs(finding.message)
    if finding.excerpt and finding.excerpt[:_SAID] not in finding.message:
        room = width - 4 - width_of(plain(words)) - 2
        ahead, room = ("  ", room) if room > _LEAST_EXCERPT else ("\n  ", max(width - 6, 1))
        words += runs(ahead, (shortened(finding.excerpt, room), "dim"))
    return words


def place(finding: Finding) -> str:
    """Return as much of ``file:line row N messages[2]`` as the finding has and a reader needs.

    The row is there where the line does not tell it, of the path what says which of several turns is meant; all of
    it, ``$.messages[2].role``, where a problem of the format is.
    """
    if finding.file is None:
        return ""
    row = ordinal(finding)
    name = shown_path(finding.file)
    parts = [name if finding.line is None else f"{name}:{finding.line}"]
    parts += [f"row {row}"] if row is not None else []
    if finding.path is not None:
        turn = finding.path[: finding.path.rfind("]") + 1].removeprefix("$.")
        parts.append(finding.path if finding.rule.startswith("FMT") else turn)
    return " ".join(filter(None, parts))


def shown_path(path: str) -> Shown:
    """Return a path as it is shortest to read and click: from the working folder on where it lies below."""
    if Path(path).is_absolute():
        relative = os.path.relpath(path)
        path = path if relative.startswith("..") else relative
    return printable(path)


def _footer(outcome: Outcome, *, full: bool) -> Line:
    counts = dict.fromkeys(Severity, 0)
    for value, count in outcome.findings.table["severity"].value_counts().iter_rows():
        counts[Severity(value)] = count
    total = sum(counts.values())
    if total == 0:
        return runs(("No findings.", "green"))
    words = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    parts = ", ".join(counted(count, words[severity]) for severity, count in counts.items() if count)
    hint = "" if full else "  --full lists them all; datalint rule CODE explains one"
    return runs((f"{counted(total, 'finding')}: {parts}.", "bold"), (hint, "dim"))
