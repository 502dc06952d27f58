"""``datalint convert``: write the rows of any shape and file in one shape."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from datalint.cli.main import OK
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
from datalint.cli.overwriting import OutputPath
from datalint.cli.proposing import check_of
from datalint.cli.trust_options import trust_options
from datalint.cli.values import RunOptions
from datalint.cli.writing import STANDARD_OUTPUT
from datalint.core.errors import DatalintError

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.operations.convert import Converted
    from datalint.targets.spec import Target as Reader

#: The shapes to convert to, as in ``datalint.operations.convert``, whose import takes as long as the rest of a command.
_TARGETS = ("openai-chat", "sharegpt", "alpaca", "prompt-completion", "preference", "gemini", "bedrock-converse")


@click.command(
    "convert",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint convert alpaca.json --to openai-chat --output chat.jsonl
  datalint convert chat.jsonl --to alpaca --drop --output alpaca.jsonl
  datalint convert table.csv --columns prompt=q,response=a --to sharegpt -o -
  datalint convert chat.jsonl --target together --drop --output together.jsonl
""",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@panel_option("--to", panel="Conversion", type=click.Choice(_TARGETS), help="Shape to write.")
@panel_option(
    "--target",
    panel="Conversion",
    metavar="NAME",
    help="Write the shape and the form of tool arguments that this trainer or provider reads.",
)
@panel_option("--drop", panel="Conversion", is_flag=True, help="Write rows without what the shape cannot represent.")
@panel_option(
    "--output",
    "-o",
    panel="Output",
    metavar="FILE",
    required=True,
    help="Write JSON Lines here, or to standard output (-). Rows that the shape cannot represent go next to it, "
    "to NAME.removed.jsonl.",
)
@format_option("text", "json")
@quiet_option
@color_option
@reading_options
@config_file_options
@trust_options
@speed_options
def command(paths: tuple[str, ...], to: str | None, target: str | None, drop: bool, output: str, **given: Any) -> int:
    """Convert rows of any shape, from any file, to one shape: that of --to, or that which a --target reads.

    A row with something that the shape cannot represent, such as tools in alpaca, is not written, unless --drop leaves
    that out. Other keys of rows stay. Rows that have the shape already keep their bytes.
    """
    from datalint.cli.loading import guard, inputs_of, left_out, load_configuration, open_inputs
    from datalint.fixes.files import manifest_path
    from datalint.fixes.writing import refuse_other_than_lines
    from datalint.operations.convert import Converted, convert
    from datalint.privacy.display import printable

    options = RunOptions.of(given)
    settings, registry = load_configuration(paths, options)
    to, reader = _shape(to, target, settings)
    inputs = inputs_of(settings, paths, "convert")
    path = None if output in STANDARD_OUTPUT else Path(output)
    if path is not None and path.is_dir():
        raise DatalintError(f"--output {printable(output)} is a folder; name a file in it")
    places = [] if path is None else [path, manifest_path(path)]
    guard([OutputPath(f"--output {each}", str(each)) for each in places if each], settings, options, [inputs])
    if path is not None:
        refuse_other_than_lines(output)
    sources = open_inputs(settings, paths, inputs, options)
    counts = Converted()
    pieces = convert(settings, registry, sources, to, drop=drop, counts=counts, target=reader)
    _write(pieces, path)
    if options.output.output_format == "json":
        from datalint.operations.convert import encoded

        click.echo(encoded(counts), nl=False, err=path is None)
    elif not options.output.quiet:
        from datalint.report.inert import inert

        for line in _words(counts, to, path, left_out(inputs, options)):
            click.echo(inert(line), err=path is None)
    return OK


def _shape(to: str | None, target: str | None, settings: Settings) -> tuple[str, Reader | None]:
    """Return the shape to write, and the target that reads it, None where only a shape is named."""
    if target is None:
        if to is None:
            raise click.UsageError("name a shape with --to, or a trainer or provider with --target")
        return to, None
    from datalint.targets.converting import shape_for
    from datalint.targets.load import find_targets

    [found] = find_targets([target], settings.targets, settings.files.read)
    return to or shape_for(found), found


def _write(pieces: Iterator[Any], path: Path | None) -> None:
    from datalint.fixes.files import compressed, manifest_path, unwritable
    from datalint.support.replacing import Replacement

    manifest = None if path is None else manifest_path(path)
    try:
        with ExitStack() as stack:
            removed = None if manifest is None else stack.enter_context(Replacement(manifest))
            target = None if path is None else stack.enter_context(Replacement(path))
            out = sys.stdout.buffer if target is None or path is None else compressed(target.file, path, stack)
            refused = False
            for piece in pieces:
                if isinstance(piece, bytes):
                    out.write(piece)
                elif removed is not None:
                    removed.file.write(piece.to_json())
                    refused = True
            out.flush()
            if target is not None and out is not target.file:
                out.close()
            if removed is not None and manifest is not None and (refused or manifest.is_file()):
                removed.finish(durable=True)
            if target is not None:
                target.finish(durable=True)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise unwritable(error, "choose another path") from None


def _words(counts: Converted, to: str, path: Path | None, held: str) -> Iterator[str]:
    from datalint.fixes.files import manifest_path
    from datalint.privacy.display import printable
    from datalint.report.wording import shown_path
    from datalint.support.numbers import counted

    refused = counts.refused.total()
    had = f" ({counts.unchanged:,} had that shape already)" if counts.unchanged else ""
    yield f"{counted(counts.rows, 'row')} as {to}{had}, {refused:,} refused"
    for reason, count in counts.refused.most_common(10):
        yield f"  {count:>7,}  refused: {printable(reason)}"
    for what, count in counts.dropped.most_common(10):
        yield f"  {count:>7,}  written without {printable(what)}"
    if held:
        yield f"left out, as of an evaluation set: {held}"
    if counts.droppable:
        yield "--drop writes rows without what the shape cannot represent"
    if path is not None:
        manifest = manifest_path(path)
        more = f", and what was refused to {shown_path(str(manifest))}" if refused and manifest else ""
        yield f"Written to {shown_path(str(path))}{more}"
        if counts.rows:
            yield f"next: {printable(check_of([str(path)]))}"
