"""``datalint target``: show what a trainer or provider accepts, rejects, drops, truncates and ignores."""

from __future__ import annotations

import click

from datalint.cli.options import GroupedCommand, format_option


@click.command(
    "target",
    cls=GroupedCommand,
    epilog="\b\nExamples:\n  datalint target together\n  datalint target ./our-trainer.toml\n",
)
@click.argument("name", metavar="NAME|FILE")
@format_option("text", "json")
def command(name: str, output_format: str) -> None:
    """Show a target: its formats, roles, limits, tool arguments, what it does in silence, and where that is from.

    NAME is one of `datalint targets`, FILE a target file of your own.
    """
    from datalint.privacy.display import printable_lines
    from datalint.targets.describe import describe, to_dict
    from datalint.targets.load import find_targets

    [target] = find_targets([name])
    if output_format == "json":
        import orjson

        from datalint.report.inert import inert_json

        click.echo(inert_json(orjson.dumps(to_dict(target), option=orjson.OPT_INDENT_2)).decode())
        return
    click.echo(printable_lines("\n".join(describe(target))))
