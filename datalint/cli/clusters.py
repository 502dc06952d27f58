"""``datalint clusters``: near-duplicates on their own, for a person or for a program."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import click

from datalint.cli.options import (
    GroupedCommand,
    color_option,
    config_file_options,
    files_option,
    format_option,
    panel_option,
    quiet_option,
    reading_options,
    speed_options,
)
from datalint.cli.trust_options import confine_option
from datalint.cli.writing import destinations, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from datalint.cli.overwriting import Target
    from datalint.clusters import Rows

_WHAT = "What to compare"
_INSTEAD = "Instead of clusters"
_FORMATS = ("text", "json", "jsonl")


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
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@panel_option(
    "--view",
    panel=_WHAT,
    type=click.Choice(["pair", "prompt", "response", "example"]),
    help="Text to compare: prompt and response separately, one of them, or the whole row.  [default: pair]",
)
@panel_option(
    "--shingle",
    panel=_WHAT,
    metavar="char-N|word-N",
    help="Shingles that similarity counts.  [default: char-5]",
)
@panel_option(
    "--threshold",
    panel=_WHAT,
    type=click.FloatRange(0, 1, min_open=True),
    metavar="SIMILARITY",
    help="Jaccard similarity from which two rows are near-duplicates.  [default: 0.7]",
)
@reading_options
@config_file_options
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
@speed_options
@format_option(*_FORMATS)
@files_option(*_FORMATS)
@panel_option(
    "--max-members",
    panel="Output",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Members shown of each cluster in text.",
)
@quiet_option
@color_option
def command(paths: tuple[str, ...], **options: Any) -> None:
    """Show near-duplicate clusters: verified pairs only, each member with its similarity to the anchor.

    Without a PATH the configuration's `data` is searched; its settings of columns and near-duplicates hold unless
    options say otherwise. With --view example and --shingle char-5 the text compared is the whole row, as
    docs/near-duplicates.md defines it.
    """
    chosen = [name for name in ("pairs", "sweep", "check_recall") if options[name]]
    if len(chosen) > 1:
        raise click.UsageError(" and ".join(f"--{name.replace('_', '-')}" for name in chosen) + " exclude each other")
    reports = destinations(options)
    rows = _load(paths, options, reports.targets)
    result = _RESULTS[chosen[0] if chosen else "clusters"](rows, options)
    for kind, path in reports.files:
        write_atomically(Path(path), _document(result, kind))
    if reports.printed is not None:
        _print(result, reports.printed, options["color"])


def _load(paths: tuple[str, ...], options: dict[str, Any], targets: Sequence[Target]) -> Rows:
    from datalint.cli.loading import cores, guard, inputs_of, is_partial, load_configuration, notes_on, open_inputs
    from datalint.cli.report_cache import known_chunks
    from datalint.clusters import load
    from datalint.linter import located_keys, loose_keys

    settings, _, _ = load_configuration(paths, options)
    inputs = inputs_of(settings, paths, "compare")
    guard(targets, settings, options, [inputs])
    sources = open_inputs(settings, paths, inputs, options)
    if not options["quiet"]:
        for note in notes_on(settings, paths, sources, options):
            click.echo(f"note: {note}", err=True)
    near = settings.near_duplicates
    with known_chunks(paths, options) as cache, located_keys(settings):
        return load(
            sources,
            view=near.view,
            shingle=near.shingle,
            threshold=near.threshold,
            columns={str(meaning): key for meaning, key in settings.columns.items()},
            jobs=options["jobs"] or cores(),
            cache=cache,
            memory_limit=settings.memory_limit,
            loose_keys=loose_keys(settings, (), partial=is_partial(settings, paths)),
        )


class _Result(NamedTuple):
    """The answer to one of the command's questions: ``show`` prints it as text, ``lines`` are it in a format."""

    show: Callable[[Console], None] | None
    lines: Callable[[str], Iterable[bytes]]


def _clusters(rows: Rows, options: dict[str, Any]) -> _Result:
    from datalint.report import clusters as render

    found = rows.find()
    return _Result(
        lambda console: render.print_clusters(found, console, members=options["max_members"]),
        lambda kind: render.cluster_lines(found, kind),
    )


def _pairs(rows: Rows, _: dict[str, Any]) -> _Result:
    from datalint.report import clusters as render

    found = rows.find(all_pairs=True)
    return _Result(None, lambda kind: render.pair_lines(found, kind))


def _sweep(rows: Rows, _: dict[str, Any]) -> _Result:
    from datalint.report import near_tables

    levels, size = rows.sweep(), rows.places.height
    return _Result(
        lambda console: near_tables.print_sweep(levels, rows.settings, size, console),
        lambda kind: near_tables.sweep_lines(levels, rows.settings, size, kind),
    )


def _recall(rows: Rows, options: dict[str, Any]) -> _Result:
    from datalint.neardup import assurance
    from datalint.report import near_tables

    seed, size = options["seed"], rows.places.height
    results, complete = rows.check_recall(seed)
    words = assurance(rows.settings.threshold, complete=complete)
    return _Result(
        lambda console: near_tables.print_recall(results, words, rows.settings, seed, console),
        lambda kind: near_tables.recall_lines(results, complete, rows.settings, size, seed, kind),
    )


_RESULTS: Final = {"clusters": _clusters, "pairs": _pairs, "sweep": _sweep, "check_recall": _recall}


def _print(result: _Result, kind: str, color: str) -> None:
    from datalint.cli.terminal import console, write_bytes

    if kind == "text" and result.show is not None:
        result.show(console(color))
    else:
        write_bytes(result.lines(kind))


def _document(result: _Result, kind: str) -> bytes:
    """Return a result as the bytes of a file."""
    if kind == "text" and result.show is not None:
        from datalint.cli.terminal import page

        return page(result.show).encode()
    return b"".join(result.lines(kind))
