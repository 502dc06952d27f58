"""``datalint rule``: one rule's page."""

from __future__ import annotations

import sys

import click

from datalint.cli.options import GroupedCommand, format_option


@click.command(
    "rule",
    cls=GroupedCommand,
    epilog="\b\nExamples:\n  datalint rule QUA002\n  datalint rule near-duplicate\n",
)
@click.argument("name", metavar="CODE|NAME")
@format_option("text", "markdown", "json")
def command(name: str, output_format: str) -> None:
    """Explain one rule: what it does, why it matters, examples, options and what to do."""
    from datalint.core.registry import Registry
    from datalint.report.rule_page import page, to_dict

    rule = Registry.default().find(name)
    if output_format == "json":
        import orjson

        click.echo(orjson.dumps(to_dict(rule), option=orjson.OPT_INDENT_2).decode())
    elif output_format == "markdown" or not sys.stdout.isatty():
        click.echo(page(rule))
    else:
        from rich.markdown import Markdown

        from datalint.cli.terminal import console

        console().print(Markdown(page(rule)))
