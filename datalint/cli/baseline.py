"""``datalint baseline``: write and maintain the file of findings that ``check`` does not report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

import click

from datalint.cli.baseline_options import baseline_path
from datalint.cli.main import COULD_NOT_RUN, OK
from datalint.cli.options import (
    GroupedCommand,
    config_options,
    format_option,
    input_options,
    panel_option,
    selection_options,
    speed_options,
)
from datalint.cli.trust_options import trust_options
from datalint.cli.values import RunOptions
from datalint.core.accepted import Kind
from datalint.core.errors import DatalintError
from datalint.privacy.display import excerpt, file_name
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.operations.baseline import AcceptRequest, BaselineEntry
    from datalint.report.model import Report

_WHAT: Final = "What to do"


class DayType(click.ParamType[str]):
    """A date in the notation of ISO 8601."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from datalint.records.acceptance import is_date

        if not is_date(value):
            self.fail(f"{value!r} is not a date such as 2027-01-31", param, ctx)
        return str(value)


@click.command(
    "baseline",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint baseline train.jsonl
  datalint baseline --update
  datalint baseline --accept empty-response --reason "they teach silence"
""",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@panel_option(
    "--update",
    panel=_WHAT,
    is_flag=True,
    help="Remove entries that match no finding, but keep those accepted on purpose.",
)
@panel_option("--prune", panel=_WHAT, is_flag=True, help="Remove every entry that matches no finding.")
@panel_option("--add", panel=_WHAT, is_flag=True, help="Add findings that are not in the baseline yet.")
@panel_option(
    "--accept",
    "accepted",
    panel=_WHAT,
    metavar="RULE[:FINGERPRINT]",
    help="Mark the findings of a rule, or one of them, as accepted on purpose.",
)
@panel_option("--reason", panel=_WHAT, metavar="TEXT", help="The reason, stored with each new entry.")
@panel_option("--until", panel=_WHAT, type=DayType(), help="The last day on which the findings are accepted.")
@panel_option(
    "--baseline",
    panel="Input",
    metavar="FILE",
    help="The file to write.  [default: .datalint-baseline.jsonl next to the configuration]",
)
@input_options
@selection_options
@config_options
@trust_options
@speed_options
@format_option("text", "json")
def command(
    paths: tuple[str, ...],
    update: bool,
    prune: bool,
    add: bool,
    accepted: str | None,
    reason: str | None,
    until: str | None,
    **given: Any,
) -> int:
    """Record the current findings, so that `check` reports only new ones.

    An entry is a rule, a fingerprint of the row, and a reason; it contains no text of a row. Without a PATH the
    configuration's `data` is checked.
    """
    from datalint.operations.baseline import dump, read_baseline

    options = RunOptions.of(given)
    wanted = _Wanted(update, prune, add, accepted, reason, until)
    settings, report, registry, path = _lint(paths, options)
    existing = read_baseline(path) if path.is_file() else None
    _check(wanted, path, existing is not None)
    done = _changed(existing or [], report, path, wanted, settings, registry)
    if path.is_file() or done.entries or existing is None:
        from datalint.cli.writing import write_atomically

        write_atomically(path, dump(done.entries))
    click.echo(_json(path, done) if options.output.output_format == "json" else f"{_shown(path)}: {_words(done)}")
    if report.internal_errors:
        click.echo("error: a rule failed (INT001); its findings are not in the baseline", err=True)
        return COULD_NOT_RUN
    return OK


class _Wanted(NamedTuple):
    """How the baseline is to change."""

    update: bool
    prune: bool
    add: bool
    accepted: str | None
    reason: str | None
    until: str | None


def _check(wanted: _Wanted, path: Path, there: bool) -> None:
    """Raise for options that exclude each other, and where a baseline would be lost or is missing."""
    chosen = [each for each in wanted[:4] if each]
    if len(chosen) > 1:
        raise click.UsageError("--update, --prune, --add and --accept exclude each other")
    if wanted.accepted and not wanted.reason:
        raise click.UsageError("--accept requires --reason TEXT")
    if wanted.until and not wanted.accepted:
        raise click.UsageError("--until requires --accept")
    if wanted.reason and (wanted.update or wanted.prune):
        raise click.UsageError("--reason has no effect with --update or --prune, which write no entries")
    shown = _shown(path)
    if there and not chosen:
        raise DatalintError(
            f"{shown} exists; --update removes entries that match nothing, --add adds new findings; "
            "to start again, delete it"
        )
    if not there and (wanted.update or wanted.prune):
        raise DatalintError(f"{shown} does not exist; datalint baseline without options writes it")


def _shown(path: Path) -> str:
    from datalint.report.wording import shown_path

    return shown_path(str(path))


class _Done(NamedTuple):
    """The entries to write, and how many were added, accepted or dropped."""

    entries: list[BaselineEntry]
    how: Literal["added", "accepted", "dropped"]
    many: int


def _changed(
    existing: list[BaselineEntry],
    report: Report,
    path: Path,
    wanted: _Wanted,
    settings: Settings,
    registry: Registry,
) -> _Done:
    from datalint.config.select import selected_codes
    from datalint.operations.baseline import Coverage, accept, checked_reason, entries_of, fresh, shrunk

    folder = path.absolute().parent
    reason = checked_reason(wanted.reason) if wanted.reason is not None else None
    current = entries_of(report.findings, folder, *([reason] if reason else []))
    if wanted.accepted:
        acceptance = _acceptance(wanted.accepted, reason or "", wanted.until or "", registry)
        entries, marked = accept(existing, current, acceptance)
        return _Done(entries, "accepted", marked)
    if wanted.update or wanted.prune:
        coverage = Coverage(existing, folder)
        for entry in current:
            coverage.take(entry.key)
        unused = coverage.unused([file.path for file in report.files], selected_codes(settings, registry))
        entries = shrunk(existing, unused, keep_accepted=wanted.update)
        return _Done(entries, "dropped", len(existing) - len(entries))
    added = fresh(existing, current)
    return _Done([*existing, *added], "added", len(added))


def _acceptance(text: str, reason: str, until: str, registry: Registry) -> AcceptRequest:
    from datalint.operations.baseline import AcceptRequest, is_fingerprint

    name, _, mark = text.partition(":")
    if mark and not is_fingerprint(mark):
        raise DatalintError(
            f"{excerpt(mark, 40)!r} is not a fingerprint, which has 16 hex digits as in the JSON report"
        )
    return AcceptRequest(registry.find(name).code, mark or None, reason, until)


def _json(path: Path, done: _Done) -> str:
    import json

    counts = {"added": 0, "accepted": 0, "dropped": 0} | {done.how: done.many}
    return json.dumps({"path": file_name(str(path)), **counts, "entries": _kinds(done.entries)}, indent=2)


def _words(done: _Done) -> str:
    what = "" if done.how == "dropped" else "finding " if done.many == 1 else "findings "
    total = f"{len(done.entries):,} {'entry' if len(done.entries) == 1 else 'entries'}"
    parts = ", ".join(f"{count:,} {kind}" for kind, count in _kinds(done.entries).items() if count)
    return f"{done.many:,} {what}{done.how}; {total}" + (f" ({parts})" if parts else "")


def _kinds(entries: Sequence[BaselineEntry]) -> dict[str, int]:
    counts = Counter(entry.kind.value for entry in entries)
    return {kind.value: counts[kind.value] for kind in (Kind.ACCEPTED, Kind.FALSE_ALARM, Kind.LEGACY)}


def _lint(paths: tuple[str, ...], options: RunOptions) -> tuple[Settings, Report, Registry, Path]:
    """Return the settings, the report and the rules of a check, and the path of the baseline."""
    from datalint.cli.loading import cores, guard, inputs_of, is_partial, load_configuration, notes_on, open_sides
    from datalint.cli.overwriting import OutputPath
    from datalint.cli.report_cache import known_chunks
    from datalint.operations.check import run_lint

    settings, registry = load_configuration(paths, options)
    inputs = inputs_of(settings, paths, "check")
    path = baseline_path(settings, options.baseline)
    guard([OutputPath(f"the baseline {path}", str(path))], settings, options, [inputs], writes_baseline=True)
    sources, evaluation = open_sides(settings, paths, inputs, options)
    for note in notes_on(settings, paths, sources, options, evaluation):
        click.echo(f"note: {note}", err=True)
    with known_chunks(paths, options) as cache:
        report = run_lint(
            settings,
            registry,
            sources,
            evaluation,
            jobs=options.speed.jobs or cores(),
            cache=cache,
            partial=is_partial(settings, paths),
        )
    return settings, report, registry, path
