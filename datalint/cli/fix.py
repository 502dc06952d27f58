"""``datalint fix``: write a dataset without what can be fixed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import click

from datalint.cli.fix_run import FixRun, keep_option, place_options
from datalint.cli.options import (
    GroupedCommand,
    color_option,
    config_options,
    format_option,
    input_options,
    panel_option,
    quiet_option,
    selection_options,
    speed_options,
)
from datalint.cli.trust_options import trust_options
from datalint.cli.values import RunOptions

_FIXES: Final = "Fixes"
_WRITING: Final = "Output"


@click.command(
    "fix",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint fix train.jsonl                  what can be fixed?
  datalint fix train.jsonl --diff           and how, row by row?
  datalint fix train.jsonl -o clean.jsonl   fix what changes no meaning
  datalint fix train.jsonl --unsafe -o clean.jsonl
\b
Exit codes: 0 written, or nothing to fix; 1 something to fix, not written;
2 could not run.
""",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@panel_option("--unsafe", panel=_FIXES, is_flag=True, help="Also remove rows, and change the meaning of texts.")
@panel_option("--review", panel=_FIXES, metavar="TASKS", help="Also remove the rows that reviewed tasks say to remove.")
@keep_option
@place_options
@panel_option("--diff", panel=_WRITING, is_flag=True, help="Show every change instead of writing.")
@panel_option("--check", panel=_WRITING, is_flag=True, help="Write nothing; exit 1 if there is something to fix.")
@format_option("text", "json")
@quiet_option
@color_option
@selection_options
@input_options
@config_options
@panel_option(
    "--baseline",
    panel="Known findings",
    metavar="FILE",
    help="Leave the findings of this baseline unfixed.  [default: .datalint-baseline.jsonl next to the configuration]",
)
@panel_option("--no-baseline", panel="Known findings", is_flag=True, help="Fix the findings in the baseline too.")
@trust_options
@speed_options
def command(
    paths: tuple[str, ...],
    unsafe: bool,
    review: str | None,
    keep: str,
    output: str | None,
    in_place: bool,
    diff: bool,
    check: bool,
    **given: Any,
) -> int:
    """Fix what can be fixed, and write the dataset.

    PATH is what `datalint check` takes. Safe fixes change no meaning: byte-order marks, line ends, blank lines, JSON on
    several lines, mojibake, invisible characters, names of roles and keys, exact copies. With --unsafe, rows are
    removed (duplicates, leaks, empty answers, broken lines) and private data is replaced.

    Lines that no fix touches keep their bytes. Without --output or --in-place nothing is written.
    """
    from datalint.report.fix import fix_summary

    options = RunOptions.of(given)
    chosen = [name for name, on in (("output", output), ("in-place", in_place), ("diff", diff), ("check", check)) if on]
    if len(chosen) > 1 and {"output", "in-place"}.intersection(chosen):
        raise click.UsageError(" and ".join(f"--{name}" for name in chosen) + " exclude each other")
    run = FixRun("fix", paths, options, output, in_place=in_place, reads=[review] if review else [])
    fixes = run.find(unsafe=unsafe, keep=keep, rejected=_rejected(review, run))
    return run.write(fixes, fix_summary) if output or in_place else run.show(fixes, fix_summary, diff=diff)


def _rejected(review: str | None, run: FixRun) -> frozenset[tuple[str, str]]:
    """Return the findings for which a file of tasks says to remove the row."""
    if review is None:
        return frozenset()
    from datalint.operations.review import Judgement, read_tasks

    run.settings.files.confine.check(review)
    judged = read_tasks(review, run.registry.by_name)
    return frozenset((each.rule, each.fingerprint) for each in judged if each.verdict is Judgement.REMOVE)


def fix_in_place(paths: Sequence[str], options: RunOptions) -> None:
    """Replace files by what safe fixes leave of them, and say so on standard error."""
    from datalint.report.layout import plain
    from datalint.report.wording import shown_path

    run = FixRun("fix", paths, options, None, in_place=True)
    fixes = run.find(unsafe=False, keep="first")
    if fixes.any:
        from datalint.report.fix import fix_summary

        removed = run.targets.write(fixes).manifest
        if not options.output.quiet:
            where = f"; what was removed is in {shown_path(removed)}" if removed else ""
            click.echo(f"fixed {plain(next(fix_summary(fixes)))}{where}", err=True)
