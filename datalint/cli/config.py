"""``datalint config``: show the settings in effect and where each was set."""

from __future__ import annotations

from typing import Any

import click

from datalint.cli.options import GroupedCommand, config_options, format_option, selection_options
from datalint.cli.values import RunOptions


@click.command(
    "config",
    cls=GroupedCommand,
    epilog="\b\nExamples:\n  datalint config\n  datalint config data/train.jsonl --profile strict\n",
)
@click.argument("path", required=False)
@selection_options
@config_options
@format_option("text", "json")
def command(path: str | None, output_format: str, **given: Any) -> None:
    """Show the settings in effect, and where each was set: by default, a profile, file:line, or the command line.

    With PATH, those for that file.
    """
    from datalint.config.explain import explain
    from datalint.config.load import load_settings
    from datalint.core.registry import Registry
    from datalint.privacy.display import printable
    from datalint.report.inert import inert, inert_json

    options = RunOptions.of(given)
    settings = load_settings(
        (path,) if path else (),
        registry=Registry.default(),
        config=options.config.config,
        isolated=options.config.isolated,
        overrides=options.settings(),
        allow_local_plugins=options.config.allow_local_plugins,
    )
    rows = explain(settings)
    if output_format == "json":
        import orjson

        data = [{"key": row.key, "value": row.value, "origin": row.origin} for row in rows]
        document = orjson.dumps(_redacted(data), option=orjson.OPT_INDENT_2, default=str)
        click.echo(inert_json(document).decode())
        return
    width = max(len(row.key) for row in rows)
    for row in rows:
        value = row.value if isinstance(row.value, str) else _toml(row.value)
        click.echo(inert(printable(f"{row.key:<{width}}  {value}  ({row.origin})")))


def _redacted(value: Any) -> Any:
    """Return settings without secrets in their texts and keys."""
    from datalint.privacy.redaction import hide

    if isinstance(value, str):
        return hide(value)
    if isinstance(value, dict):
        return {_redacted(key): _redacted(item) for key, item in value.items()}
    return [_redacted(item) for item in value] if isinstance(value, list | tuple) else value


def _toml(value: Any) -> str:
    import json

    return "none" if value is None else json.dumps(value, ensure_ascii=False, default=str)
