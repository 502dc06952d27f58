"""``datalint rules``: list the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from datalint.cli.options import GroupedCommand, config_options, format_option, selection_options
from datalint.cli.values import RunOptions

if TYPE_CHECKING:
    from datalint.core.rule import Rule

#: Columns of a summary that are worth a column of its own.
_LEAST: Final = 24


@click.command(
    "rules",
    cls=GroupedCommand,
    epilog="\b\nExamples:\n  datalint rules\n  datalint rules --select QUA,DIV003\n",
)
@selection_options
@config_options
@format_option("text", "json")
def command(output_format: str, **given: Any) -> None:
    """List the rules: code, name, severity, and what each reports.

    All of them, or those that a selection or the configuration turns on. Rules of low confidence are off unless they
    are selected by code or name.
    """
    from datalint.config.load import load_settings
    from datalint.config.select import selected_codes
    from datalint.core.registry import Registry

    options = RunOptions.of(given)
    registry = Registry.default()
    settings = load_settings(
        registry=registry,
        config=options.config.config,
        isolated=options.config.isolated,
        overrides=options.settings(),
        allow_local_plugins=options.config.allow_local_plugins,
    )
    on = set(selected_codes(settings, registry))
    selects = any(layer.select is not None or layer.extend_select or layer.ignore for layer in settings.selections)
    listed = [rule for rule in registry if rule.code in on or not selects]
    rows = [_row(rule, registry.entry(rule.code).origin, is_on=rule.code in on) for rule in listed]
    if output_format == "json":
        import orjson

        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
        return
    names = max((len(str(row["name"])) for row in rows), default=0)
    for row in rows:
        words = str(row["summary"]) if row["on"] else f"{row['summary']} (low confidence: off unless selected)"
        _print(f"{row['code']:<8}{row['name']:<{names + 2}}{row['severity']:<9}", words)


def _row(rule: Rule, origin: str, *, is_on: bool) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity.value,
        "scope": rule.scope.value,
        "factor": rule.factor.value,
        "since": rule.since,
        "confidence": None if rule.confidence is None else rule.confidence.value,
        "on": is_on,
        "summary": rule.summary,
        "origin": origin,
    }


def _print(head: str, words: str) -> None:
    """Print a rule on one line, or wrapped where a terminal is narrower: below its summary, or below its name."""
    import textwrap

    from datalint.cli.terminal import line_width

    width = line_width()
    if width is None or len(head) + len(words) <= width:
        click.echo(f"{head}{words}")
        return
    if width - len(head) < _LEAST:
        click.echo(head.rstrip())
        head = " " * 8
    indent = " " * len(head)
    click.echo(textwrap.fill(words, max(width, _LEAST), initial_indent=head, subsequent_indent=indent,
                             break_on_hyphens=False, break_long_words=False))  # fmt: skip
