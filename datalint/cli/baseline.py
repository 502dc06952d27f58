"""``datalint baseline``: records findings, so that ``check`` reports only new ones, and shrinks the list again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

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
from datalint.cli.trust_options import confine_option
from datalint.core.errors import DatalintError
from datalint.privacy.display import excerpt, file_name

if TYPE_CHECKING:
    from datalint.baseline import Acceptance, Entry
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.report.model import Report

_WHAT: Final = "What to do"
_MARK: Final = re.compile(r"[0-9a-f]{16}")


@click.command(
    "baseline",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint baseline train.jsonl
  datalint baseline --update
  datalint baseline --accept QUA007 --reason "these prompts are meant to be short"
""",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@panel_option(
    "--update",
    panel=_WHAT,
    is_flag=True,
    help="Only shrink: drop legacy entries that match nothing; keep what is accepted on purpose.",
)
@panel_option("--prune", panel=_WHAT, is_flag=True, help="Drop every entry that matches nothing.")
@panel_option("--add", panel=_WHAT, is_flag=True, help="Add the findings that are not in the baseline yet.")
@panel_option(
    "--accept",
    "accepted",
    panel=_WHAT,
    metavar="RULE[:FINGERPRINT]",
    help="Mark the findings of a rule, or one of them, as accepted on purpose.",
)
@panel_option("--reason", panel=_WHAT, metavar="TEXT", help="Why; kept with each entry that is written.")
@panel_option(
    "--baseline",
    panel="Input",
    metavar="FILE",
    help="The file to write.  [default: .datalint-baseline.jsonl beside the configuration]",
)
@input_options
@selection_options
@config_options
@confine_option
@speed_options
@format_option("text", "json")
def command(paths: tuple[str, ...], output_format: str, **options: Any) -> int:
    """Write down the findings that are there, so that `check` reports new ones alone.

    An entry is a rule, a fingerprint of the row, and a reason; no text of a row is in it. Without a PATH the
    configuration's `data` is checked.
    """
    from datalint.baseline import dump, read

    settings, report, registry, path = _lint(paths, options)
    existing = read(path) if path.is_file() else None
    _check(options, path, existing is not None)
    done = _changed(existing or [], report, path, options, settings, registry)
    if path.is_file() or done.entries or existing is None:
        from datalint.cli.writing import write_atomically

        write_atomically(path, dump(done.entries))
    click.echo(_json(path, done) if output_format == "json" else f"{_shown(path)}: {_words(done)}")
    if report.internal_errors:
        click.echo("error: a rule failed (INT001); its findings are not in the baseline", err=True)
        return COULD_NOT_RUN
    return OK


def _check(options: dict[str, Any], path: Path, there: bool) -> None:
    """Raise for options that don't go together, and where a baseline would be lost or is missing."""
    chosen = [name for name in ("update", "prune", "add", "accepted") if options[name]]
    if len(chosen) > 1:
        raise click.UsageError("choose one of --update, --prune, --add and --accept")
    if options["accepted"] and not options["reason"]:
        raise click.UsageError("--accept needs --reason TEXT: why are the findings accepted?")
    if options["reason"] and (options["update"] or options["prune"]):
        raise click.UsageError("--reason goes with what is written, not with --update or --prune")
    shown = _shown(path)
    if there and not chosen:
        raise DatalintError(
            f"{shown} is there already; --update shrinks it, --add puts new findings into it, "
            "or delete it to begin again"
        )
    if not there and (options["update"] or options["prune"]):
        raise DatalintError(f"{shown} is not there; datalint baseline without options writes it")


def _shown(path: Path) -> str:
    from datalint.report.wording import shown_path

    return shown_path(str(path))


class _Done(NamedTuple):
    """The entries to write, and what made them so: findings added or accepted, or entries dropped."""

    entries: list[Entry]
    how: Literal["added", "accepted", "dropped"]
    many: int


def _changed(
    existing: list[Entry],
    report: Report,
    path: Path,
    options: dict[str, Any],
    settings: Settings,
    registry: Registry,
) -> _Done:
    from datalint.baseline import Coverage, accept, checked_reason, entries_of, fresh, shrunk
    from datalint.config.select import selected_codes

    folder = path.absolute().parent
    reason = checked_reason(options["reason"]) if options["reason"] is not None else None
    current = entries_of(report.findings, folder, *([reason] if reason else []))
    if options["accepted"]:
        acceptance = _acceptance(options["accepted"], reason or "", registry)
        entries, marked = accept(existing, current, acceptance)
        return _Done(entries, "accepted", marked)
    if options["update"] or options["prune"]:
        coverage = Coverage(existing, folder)
        for entry in current:
            coverage.take(entry.key)
        unused = coverage.unused([file.path for file in report.files], selected_codes(settings, registry))
        entries = shrunk(existing, unused, keep_accepted=options["update"])
        return _Done(entries, "dropped", len(existing) - len(entries))
    added = fresh(existing, current)
    return _Done([*existing, *added], "added", len(added))


def _acceptance(text: str, reason: str, registry: Registry) -> Acceptance:
    from datalint.baseline import Acceptance

    name, _, mark = text.partition(":")
    if mark and not _MARK.fullmatch(mark):
        raise DatalintError(f"{excerpt(mark, 40)!r} is no fingerprint: 16 hex digits, as in the JSON report")
    return Acceptance(registry.find(name).code, mark or None, reason)


def _json(path: Path, done: _Done) -> str:
    import json

    counts = {"added": 0, "accepted": 0, "dropped": 0} | {done.how: done.many}
    return json.dumps({"path": file_name(str(path)), **counts, "entries": _kinds(done.entries)}, indent=2)


def _words(done: _Done) -> str:
    what = "" if done.how == "dropped" else "finding " if done.many == 1 else "findings "
    total = f"{len(done.entries):,} {'entry' if len(done.entries) == 1 else 'entries'}"
    parts = ", ".join(f"{count:,} {kind}" for kind, count in _kinds(done.entries).items() if count)
    return f"{done.many:,} {what}{done.how}; {total}" + (f" ({parts})" if parts else "")


def _kinds(entries: Sequence[Entry]) -> dict[str, int]:
    counts = Counter(entry.kind.value for entry in entries)
    return {kind: counts[kind] for kind in ("accepted", "legacy")}


def _lint(paths: tuple[str, ...], options: dict[str, Any]) -> tuple[Settings, Report, Registry, Path]:
    """Return the settings, the report and the rules of a check, and the path of the baseline."""
    from datalint.cli.loading import cores, guard, inputs_of, is_partial, load_configuration, notes_on, open_sides
    from datalint.cli.overwriting import Target
    from datalint.cli.report_cache import known_chunks
    from datalint.linter import run_lint

    settings, registry, _ = load_configuration(paths, options)
    inputs = inputs_of(settings, paths, "check")
    path = baseline_path(settings, options)
    guard([Target(f"the baseline {path}", str(path))], settings, options, [inputs], writes_baseline=True)
    sources, evaluation = open_sides(settings, paths, inputs, options)
    for note in notes_on(settings, paths, sources, options):
        click.echo(f"note: {note}", err=True)
    with known_chunks(paths, options) as cache:
        report = run_lint(
            settings,
            registry,
            sources,
            evaluation,
            jobs=options["jobs"] or cores(),
            cache=cache,
            partial=is_partial(settings, paths),
        )
    return settings, report, registry, path
