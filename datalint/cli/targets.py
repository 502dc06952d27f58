"""``datalint targets``: list the trainers and providers whose treatment of rows is known."""

from __future__ import annotations

import click

from datalint.cli.options import GroupedCommand, format_option


@click.command(
    "targets",
    cls=GroupedCommand,
    epilog="\b\nExamples:\n  datalint targets\n  datalint check train.jsonl --target trl,together\n",
)
@format_option("text", "json")
def command(output_format: str) -> None:
    """List the trainers and providers that --target knows, with the date of the facts and where they are from."""
    from textwrap import fill

    from datalint.targets.describe import WIDTH
    from datalint.targets.load import built_in, find_targets

    found = find_targets(built_in())
    if output_format == "json":
        import orjson

        rows = [
            {
                "name": each.name,
                "title": each.title,
                "kind": each.kind,
                "date": each.date.isoformat(),
                "status": each.status or None,
                "sources": list(each.sources),
            }
            for each in found
        ]
        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
        return
    width = max(len(each.name) for each in found)
    for each in found:
        status = f": {each.status}" if each.status else ""
        head = f"{each.name:<{width}}  {each.date.isoformat()}  "
        click.echo(fill(f"{head}{each.title}{status}", WIDTH, subsequent_indent=" " * len(head)))
        click.echo(f"  {each.sources[0].split()[0].rstrip(':')}")
