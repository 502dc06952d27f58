"""``datalint clusters``: near-duplicates on their own, for a person or for a program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from datalint.cli.options import (
    GroupedCommand,
    cache_options,
    format_option,
    input_options,
    jobs_option,
    panel_option,
)
from datalint.cli.trust import confine_option, confinement

if TYPE_CHECKING:
    from datalint.clusters import Rows

_WHAT = "What to compare"
_INSTEAD = "Instead of clusters"


@click.command(
    "clusters",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint clusters train.jsonl
  datalint clusters train.jsonl --view prompt --shingle word-3 --threshold 0.6
  datalint clusters train.jsonl --pairs --output-format jsonl > pairs.jsonl
  datalint clusters train.jsonl --sweep
  datalint clusters train.jsonl --check-recall
""",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@panel_option(
    "--view",
    panel=_WHAT,
    type=click.Choice(["pair", "prompt", "response", "example"]),
    default="pair",
    show_default=True,
    help="Text to compare: prompt and response apart, one of them, or the whole row.",
)
@panel_option(
    "--shingle",
    panel=_WHAT,
    default="char-5",
    show_default=True,
    metavar="char-N|word-N",
    help="Pieces that similarity counts.",
)
@panel_option(
    "--threshold",
    panel=_WHAT,
    type=click.FloatRange(0, 1, min_open=True),
    default=0.7,
    show_default=True,
    help="Jaccard similarity from which two rows are near-duplicates.",
)
@input_options
@panel_option("--sweep", panel=_INSTEAD, is_flag=True, help="Count what thresholds from 0.5 to 0.9 find.")
@panel_option(
    "--check-recall", panel=_INSTEAD, is_flag=True, help="Plant changed copies of rows and count those that are found."
)
@panel_option(
    "--seed",
    panel=_INSTEAD,
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Which rows are copied, and how they change.",
)
@panel_option("--pairs", panel=_INSTEAD, is_flag=True, help="Print every verified pair instead of clusters.")
@confine_option
@jobs_option
@cache_options
@format_option("text", "json", "jsonl")
@panel_option(
    "--max-members",
    panel="Output",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Members shown of each cluster in text.",
)
@panel_option(
    "--color",
    panel="Output",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="Colours; auto follows the terminal and NO_COLOR.",
)
def command(paths: tuple[str, ...], **options: Any) -> None:
    """Show near-duplicate clusters: verified pairs only, each member with its similarity to the anchor.

    With --view example and --shingle char-5 the text compared is the whole row, as docs/near-duplicates.md
    defines it.
    """
    chosen = [name for name in ("pairs", "sweep", "check_recall") if options[name]]
    if len(chosen) > 1:
        raise click.UsageError(" and ".join(f"--{name.replace('_', '-')}" for name in chosen) + " exclude each other")
    from datalint.cli.check import cores
    from datalint.cli.remembering import known_chunks
    from datalint.clusters import load
    from datalint.sources import open_sources

    sources = open_sources(
        list(paths),
        stdin_filename=options["stdin_filename"],
        split=options["split"],
        confine=confinement(options),
    )
    with known_chunks(paths, options) as cache:
        rows = load(
            sources,
            view=options["view"],
            shingle=options["shingle"],
            threshold=options["threshold"],
            columns=options["columns"],
            jobs=options["jobs"] or cores(),
            cache=cache,
        )
    show = {"sweep": _show_sweep, "check_recall": _show_recall}.get(chosen[0] if chosen else "", _show_clusters)
    show(rows, options)


def _show_clusters(rows: Rows, options: dict[str, Any]) -> None:
    from datalint.cli.terminal import console, write_bytes
    from datalint.report import clusters as render

    found = rows.find(all_pairs=options["pairs"])
    kind = options["output_format"]
    if options["pairs"]:
        write_bytes(render.pair_lines(found, kind))
    elif kind == "text":
        render.print_clusters(found, console(options["color"]), members=options["max_members"])
    else:
        write_bytes(render.cluster_lines(found, kind))


def _show_sweep(rows: Rows, options: dict[str, Any]) -> None:
    from datalint.cli.terminal import console, write_bytes
    from datalint.report import near_tables

    levels, size = rows.sweep(), rows.places.height
    if options["output_format"] == "text":
        near_tables.print_sweep(levels, rows.settings, size, console(options["color"]))
    else:
        write_bytes(near_tables.sweep_lines(levels, rows.settings, size, options["output_format"]))


def _show_recall(rows: Rows, options: dict[str, Any]) -> None:
    from datalint.cli.terminal import console, write_bytes
    from datalint.neardup import assurance
    from datalint.report import near_tables

    seed, kind = options["seed"], options["output_format"]
    results, complete = rows.check_recall(seed)
    if kind == "text":
        words = assurance(rows.settings.threshold, complete=complete)
        near_tables.print_recall(results, words, rows.settings, seed, console(options["color"]))
    else:
        size = rows.places.height
        write_bytes(near_tables.recall_lines(results, complete, rows.settings, size, seed, kind))
