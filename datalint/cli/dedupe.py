"""``datalint dedupe``: write a dataset without its duplicates."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from datalint.cli.fix_run import FixRun, keep_option, place_options
from datalint.cli.options import (
    GroupedCommand,
    color_option,
    config_file_options,
    format_option,
    panel_option,
    quiet_option,
    reading_options,
    speed_options,
)
from datalint.cli.trust_options import trust_options
from datalint.cli.values import RunOptions

if TYPE_CHECKING:
    from datalint.engine.plan import Active

_WHAT = "What to compare"


@click.command(
    "dedupe",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint dedupe train.jsonl               what repeats?
  datalint dedupe train.jsonl -o unique.jsonl
  datalint dedupe train.jsonl --against eval.jsonl -o unique.jsonl
  datalint dedupe train.jsonl --threshold 0.8 --keep longest --in-place
\b
Exit codes: 0 written, or nothing repeats; 1 rows repeat, not written;
2 could not run.
""",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@panel_option(
    "--against",
    panel=_WHAT,
    multiple=True,
    metavar="PATH",
    help="Also remove the rows that this evaluation set has. Repeatable.",
)
@panel_option(
    "--benchmark",
    panel=_WHAT,
    multiple=True,
    metavar="PATH",
    help="Also remove the rows that contain an example of this benchmark. Repeatable.",
)
@panel_option(
    "--contamination",
    panel=_WHAT,
    metavar="NAME",
    help="Definition of containing a benchmark: tulu-3, gpt-3, palm, llama-2.  [default: tulu-3]",
)
@panel_option(
    "--threshold",
    panel=_WHAT,
    type=click.FloatRange(0, 1, min_open=True),
    metavar="SIMILARITY",
    help="Jaccard similarity from which two rows are near-duplicates.  [default: 0.7]",
)
@panel_option(
    "--view",
    panel=_WHAT,
    type=click.Choice(["pair", "prompt", "response", "example"]),
    help="Text to compare: prompt and response separately, one of them, or the whole row.  [default: pair]",
)
@keep_option
@place_options
@format_option("text", "json")
@quiet_option
@color_option
@reading_options
@config_file_options
@trust_options
@speed_options
def command(
    paths: tuple[str, ...], against: tuple[str, ...], keep: str, output: str | None, in_place: bool, **given: Any
) -> int:
    """Write a dataset without exact, normalised and near-duplicates, and without rows of an evaluation set.

    One row of each cluster stays. Lines that stay keep their bytes, except for rows that are no JSON object, which are
    written as one. Removed rows go to NAME.removed.jsonl with the reason. Without --output or --in-place nothing is
    written.
    """
    from functools import partial

    from datalint.cli.terminal import summary_width
    from datalint.report.dedupe import dedupe_summary

    options = RunOptions.of(given | {"eval": against or False})
    if output and in_place:
        raise click.UsageError("--output and --in-place exclude each other")
    run = FixRun("dedupe", paths, options, output, in_place=in_place)
    _refuse_itself(run)
    about = partial(_about_repeats, with_benchmarks=bool(options.inputs.benchmark))
    fixes = run.find(unsafe=True, keep=keep, only=about)
    summary = partial(dedupe_summary, width=summary_width())
    return run.write(fixes, summary) if output or in_place else run.show(fixes, summary)


def _refuse_itself(run: FixRun) -> None:
    """Refuse an input as its own evaluation set, which would leave nothing."""
    from datalint.privacy.display import printable

    files = {os.path.realpath(each.path) for each in run.sources}
    own = next((each.path for each in run.evaluation if os.path.realpath(each.path) in files), None)
    if own is not None:
        raise click.UsageError(f"--against {printable(own)} is the input itself")


def _about_repeats(active: Active, *, with_benchmarks: bool) -> bool:
    from datalint.core.fix import Action

    rule = active.rule
    wanted = {"leaks", "benchmark"} if with_benchmarks else {"leaks"}
    return rule.fix is not None and (rule.fix.action is Action.KEEP_ONE or not wanted.isdisjoint(rule.needs))
