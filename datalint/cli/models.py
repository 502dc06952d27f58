"""``datalint models``: list the models whose template is at hand."""

from __future__ import annotations

from typing import Final

import click

from datalint.cli.options import GroupedCommand, format_option

#: Models that are listed without a word to look for.
_LISTED: Final = 20


@click.command(
    "models",
    cls=GroupedCommand,
    epilog="\b\nExamples:\n  datalint models\n  datalint models qwen3\n",
)
@click.argument("word", required=False, default="", metavar="[WORD]")
@format_option("text", "json")
def command(word: str, output_format: str) -> None:
    """List the models that --model knows by name: those in the Hugging Face cache, and those of installed packages.

    With WORD, only names that contain it.
    """
    from datalint.models import bundled
    from datalint.models.find import cached_names, counts_by_name

    cached = cached_names()
    packaged = [name for name in bundled.model_names() if name not in set(cached)]
    rows = [
        {"name": name, "origin": origin, "counts_tokens": counts}
        for name, origin, counts in (
            *((name, "Hugging Face cache", None) for name in cached),
            *((name, bundled.origin(), counts_by_name(name)) for name in packaged),
        )
        if word.lower() in name.lower()
    ]
    if output_format == "json":
        import orjson

        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
        return
    from datalint.privacy.display import printable

    # Models that are counted as well come first: they are what --model is for.
    shown = sorted(rows, key=lambda row: row["counts_tokens"] is False)[: None if word else _LISTED]
    counted = [row for row in shown if row["counts_tokens"] is not False]
    width = max((len(str(row["name"])) for row in counted), default=0)
    for row in counted:
        click.echo(printable(f"{row['name']!s:<{width}}  {row['origin']}"))
    if len(counted) < len(shown):
        click.echo("templates only, without tokens:")
    for row in shown[len(counted) :]:
        click.echo(printable(f"  {row['name']}"))
    _summary(len(rows), len(shown), word, installed=bundled.has_templates())


def _summary(found: int, shown: int, word: str, *, installed: bool) -> None:
    from datalint.models.bundled import REMEDY

    if shown < found:
        click.echo(f"… and {found - shown:,} more; to search them: datalint models WORD")
    elif not found:
        click.echo(f"no model has a name{' that contains it' if word else ''}; --model also takes a folder")
    if not installed:
        click.echo(f"templates of many models come with the extra: {REMEDY}")
