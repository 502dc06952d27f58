"""``datalint preview``: show one row as a model reads it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from datalint.cli.options import (
    GroupedCommand,
    color_option,
    config_options,
    files_option,
    format_option,
    model_options,
    panel_option,
    quiet_option,
    reading_options,
)
from datalint.cli.trust_options import trust_options
from datalint.cli.values import RunOptions
from datalint.cli.writing import destinations, write_atomically

if TYPE_CHECKING:
    from datalint.cli.overwriting import OutputPath
    from datalint.operations.preview import Preview

_FORMATS = ("text", "json", "html")


@click.command(
    "preview",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint preview train.jsonl --model Qwen/Qwen3-8B
  datalint preview train.jsonl --row 17 --model ./qwen3 --max-length 2048
  datalint preview train.jsonl --model ./qwen3 -o row.html
""",
)
@click.argument("path", metavar="FILE")
@panel_option("--row", panel="Row", type=click.IntRange(min=1), default=1, show_default=True, help="Number of the row.")
@model_options
@reading_options
@config_options
@trust_options
@format_option(*_FORMATS)
@files_option(*_FORMATS)
@quiet_option
@color_option
def command(path: str, row: int, **given: Any) -> None:
    """Show one row as a model reads it: the exact text, the tokens, and which of them carry loss.

    What carries loss is green, the rest is dim; with --max-length, what is cut off is red. Secrets and personal data
    are redacted.
    """
    options = RunOptions.of(given)
    reports = destinations(options.output)
    preview = _preview(path, row, options, reports.targets)
    for kind, target in reports.files:
        write_atomically(Path(target), _encoded(preview, kind).encode())
    if reports.printed is not None:
        _print(preview, reports.printed, color=options.output.color)


def _preview(path: str, row: int, options: RunOptions, targets: list[OutputPath]) -> Preview:
    from datalint.cli.loading import guard, load_configuration, open_inputs
    from datalint.engine.guesses.held_out import are_held_out
    from datalint.engine.guesses.source_columns import guess_columns
    from datalint.models.model import Model
    from datalint.operations.preview import preview_row
    from datalint.setup.plan import find_model_of
    from datalint.shapes.detect import Detector

    settings, _ = load_configuration([path], options)
    guard(targets, settings, options, [[path]])
    spec = find_model_of(settings)
    if spec is None:
        raise click.UsageError("preview needs a model; name one with --model NAME or --model FOLDER")
    sources = open_inputs(settings, [path], [path], options)
    if len(sources) != 1:
        raise click.UsageError(f"FILE matches {len(sources)} files; name one of them")
    columns = {str(meaning): key for meaning, key in settings.columns.items() if meaning != "category"}
    guess = None if columns else guess_columns(sources[0], Detector(), held=are_held_out(sources, settings.kind))
    return preview_row(sources[0], row, Model(spec, settings.max_length), columns, () if guess is None else (guess,))


def _encoded(preview: Preview, kind: str) -> str:
    from datalint.report import preview as report

    if kind == "html":
        return report.to_html(preview)
    if kind == "json":
        import orjson

        from datalint.report.inert import inert_json

        return inert_json(orjson.dumps(report.to_json(preview), option=orjson.OPT_INDENT_2)).decode() + "\n"
    from datalint.cli.terminal import printed_page

    return printed_page(lambda console: report.render(preview, console))


def _print(preview: Preview, kind: str, *, color: bool | None) -> None:
    from datalint.cli.terminal import console, quiet_when_closed, write_bytes

    with quiet_when_closed():
        if kind == "text":
            from datalint.report.preview import render

            render(preview, console(color))
        else:
            write_bytes([_encoded(preview, kind).encode()])
