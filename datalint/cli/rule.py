"""``datalint rule``: show the page of one rule."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from datalint.cli.options import GroupedCommand, config_file_options, format_option
from datalint.cli.values import RunOptions
from datalint.core.errors import DatalintError

if TYPE_CHECKING:
    from datalint.core.rule import Rule


@click.command(
    "rule",
    cls=GroupedCommand,
    epilog="\b\nExamples:\n  datalint rule QUA002\n  datalint rule near-duplicate\n",
)
@click.argument("name", metavar="CODE|NAME")
@config_file_options
@format_option("text", "markdown", "json")
def command(name: str, output_format: str, **given: Any) -> None:
    """Explain one rule: what it does, why it matters, examples, options and what to do."""
    from datalint.report.rule_page import page, to_dict

    rule = _find(name, RunOptions.of(given))
    if output_format == "json":
        import orjson

        click.echo(orjson.dumps(to_dict(rule), option=orjson.OPT_INDENT_2).decode())
    elif output_format == "markdown" or not sys.stdout.isatty():
        click.echo(page(rule))
    else:
        from rich.markdown import Markdown

        from datalint.cli.terminal import console

        console().print(Markdown(page(rule)))


def _find(name: str, options: RunOptions) -> Rule:
    """Return a rule; the configuration is read only for the local plug-ins that it names."""
    from datalint.cli.loading import load_configuration
    from datalint.core.registry import Registry

    if options.config.allow_local_plugins:
        _, registry = load_configuration((), options)
        return registry.find(name)
    try:
        return Registry.default().find(name)
    except DatalintError as error:
        settings, _ = load_configuration((), options)
        if not settings.plugins:
            raise
        raise DatalintError(f"{error} (rules of `plugins` are found only with --allow-local-plugins)") from None
