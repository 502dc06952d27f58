"""``datalint clusters``: near-duplicates on their own, for a person or for a program."""

from __future__ import annotations

from typing import Any

import click

from datalint.cli.options import GroupedCommand, input_options, panel_option

_WHAT = "What to compare"


@click.command(
    "clusters",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint clusters train.jsonl
  datalint clusters train.jsonl --view prompt --shingle word-3 --threshold 0.6
  datalint clusters train.jsonl --pairs --output-format jsonl > pairs.jsonl
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
@panel_option("--pairs", panel="Output", is_flag=True, help="Print every verified pair instead of clusters.")
@panel_option(
    "--output-format",
    panel="Output",
    type=click.Choice(["text", "json", "jsonl"]),
    default="text",
    show_default=True,
    help="What standard output gets.",
)
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
    from datalint.clusters import find
    from datalint.report import clusters as render
    from datalint.sources import open_sources

    sources = open_sources(list(paths), stdin_filename=options["stdin_filename"], split=options["split"])
    found = find(
        sources,
        view=options["view"],
        shingle=options["shingle"],
        threshold=options["threshold"],
        columns=options["columns"],
        all_pairs=options["pairs"],
    )
    kind = options["output_format"]
    from datalint.cli.terminal import console, write_bytes

    if kind == "text" and not options["pairs"]:
        render.print_clusters(found, console(options["color"]), members=options["max_members"])
    else:
        write_bytes(render.pair_lines(found, kind) if options["pairs"] else render.cluster_lines(found, kind))
