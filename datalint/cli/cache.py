"""``datalint cache``: show or clear the cache."""

from __future__ import annotations

from pathlib import Path

import click

from datalint.cli.options import GroupedCommand, format_option, panel_option, stack
from datalint.core.errors import DatalintError
from datalint.privacy.display import file_name, printable

_place = stack(
    panel_option("--cache-dir", panel="Configuration", metavar="DIR", envvar="DATALINT_CACHE_DIR",
                 help="Folder of the cache.  [default: .datalint_cache next to the configuration]"),
    panel_option("--config", panel="Configuration", metavar="FILE", help="Configuration file next to the cache."),
)  # fmt: skip


@click.group("cache", epilog="\b\nExamples:\n  datalint cache info\n  datalint cache clear\n")
def command() -> None:
    """Show or clear the cache of earlier runs.

    With it, check on unchanged data prints its report at once, and commands that read rows read only what is new.
    Clearing it changes no report.
    """


@command.command("info", cls=GroupedCommand)
@_place
@format_option("text", "json")
def info(output_format: str, cache_dir: str | None, config: str | None) -> None:
    """Show the location and size of the cache."""
    from datalint.cache.store import LIMIT, Store

    root = _root(cache_dir, config)
    usage = Store(root, b"").usage()
    if output_format == "json":
        import json

        kinds = {kind: {"entries": each.entries, "bytes": each.size} for kind, each in usage.items()}
        click.echo(json.dumps({"path": file_name(str(root)), **kinds, "limit_bytes": LIMIT}, indent=2))
        return
    click.echo(_shown(root))
    for kind, each in usage.items():
        click.echo(
            f"{kind:<8}{each.entries:>7,} {'entry  ' if each.entries == 1 else 'entries'} {_megabytes(each.size)}"
        )
    click.echo(f"{'limit':<24}{_megabytes(LIMIT)}")


@command.command("clear", cls=GroupedCommand)
@_place
@format_option("text", "json")
def clear(output_format: str, cache_dir: str | None, config: str | None) -> None:
    """Delete every entry."""
    from datalint.cache.store import Store

    root = _root(cache_dir, config)
    try:
        count = Store(root, b"").clear()
    except OSError as error:
        raise DatalintError(f"cannot clear {_shown(root)}: {error.strerror}") from None
    if output_format == "json":
        import json

        click.echo(json.dumps({"path": file_name(str(root)), "deleted": count}, indent=2))
        return
    click.echo(f"deleted {count:,} {'entry' if count == 1 else 'entries'} of {_shown(root)}")


def _root(given: str | None, config: str | None) -> Path:
    from datalint.cache.location import cache_folder

    return Path(given or cache_folder((), config=config))


def _shown(root: Path) -> str:
    here = Path.cwd()
    return printable(str(root.relative_to(here) if root.is_relative_to(here) else root))


def _megabytes(size: int) -> str:
    return f"{size / 1e6:>9,.1f} MB"
