"""``datalint stats``: the figures of a dataset."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from datalint.cli.options import (
    GroupedCommand,
    config_options,
    files_option,
    format_option,
    input_options,
    panel_option,
    quiet_option,
    speed_options,
)
from datalint.cli.trust_options import trust_options
from datalint.cli.values import RunOptions
from datalint.cli.writing import destinations, write_atomically

if TYPE_CHECKING:
    from datalint.cli.overwriting import OutputPath
    from datalint.cli.values import TrustOptions
    from datalint.stats.figures import Stats
    from datalint.stats.packing import Packing
    from datalint.stats.prices import Price

_FORMATS = ("text", "json", "csv", "html")
_TRAINING = "Training"


@click.command(
    "stats",
    cls=GroupedCommand,
    epilog="""\b
Examples:
  datalint stats train.jsonl
  datalint stats train.jsonl --model ./qwen3 --max-length 2048 --packing bfd
  datalint stats train.jsonl --model Qwen/Qwen3-8B --epochs 3 --price tinker
  datalint stats train.jsonl -o stats.html
""",
)
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@panel_option(
    "--packing",
    panel=_TRAINING,
    type=click.Choice(["none", "bfd", "wrapped", "multipack"]),
    default="none",
    show_default=True,
    help="How the trainer joins rows up to --max-length tokens: TRL's bfd or wrapped, or axolotl's multipack.",
)
@panel_option(
    "--epochs",
    panel=_TRAINING,
    type=click.FloatRange(min=0, min_open=True),
    default=1.0,
    show_default=True,
    help="Passes over the dataset.",
)
@panel_option("--batch", panel=_TRAINING, type=click.IntRange(min=1), help="Rows of a step, to count the steps.")
@panel_option(
    "--price",
    panel=_TRAINING,
    metavar="FILE|PROVIDER[/MODEL]",
    help="Show what the training costs: with the prices of a TOML file, or the dated ones of a provider.",
)
@input_options
@config_options
@trust_options
@speed_options
@format_option(*_FORMATS)
@files_option(*_FORMATS)
@quiet_option
def command(
    paths: tuple[str, ...], packing: Packing, epochs: float, batch: int | None, price: str | None, **given: Any
) -> None:
    """Show the dataset on one screen: shapes, turns, roles, categories, lengths, tokens.

    With --model tokens are exact, and with --max-length it says how many rows fit, and which lose their answer.
    Without a model tokens are estimated from characters.
    """
    options = RunOptions.of(given)
    reports = destinations(options.output)
    prices = None if price is None else _prices(price, reports.targets, options.trust)
    stats = _collect(paths, options, reports.targets, packing, epochs, batch, prices)
    for kind, path in reports.files:
        write_atomically(Path(path), _encoded(stats, kind))
    if reports.printed is not None:
        from datalint.cli.terminal import write_bytes

        write_bytes([_encoded(stats, reports.printed)])


def _collect(
    paths: tuple[str, ...],
    options: RunOptions,
    targets: list[OutputPath],
    packing: Packing,
    epochs: float,
    batch: int | None,
    prices: list[Price] | None,
) -> Stats:
    from datalint.cli.loading import cores, guard, inputs_of, is_partial, load_configuration, notes_on, open_inputs
    from datalint.cli.report_cache import known_chunks
    from datalint.setup.card_words import evaluation_card
    from datalint.setup.plan import find_model_of, located_keys, loose_keys
    from datalint.stats.collect import collect

    settings, _ = load_configuration(paths, options)
    if packing != "none" and settings.max_length is None:
        raise click.UsageError("--packing joins rows up to a length: add --max-length and --model")
    inputs = inputs_of(settings, paths, "describe")
    guard(targets, settings, options, [inputs])
    model = find_model_of(settings)
    sources = open_inputs(settings, paths, inputs, options)
    if not options.output.quiet:
        for note in notes_on(settings, paths, sources, options):
            click.echo(f"note: {note}", err=True)
    with known_chunks(paths, options) as cache, located_keys(settings):
        return collect(
            sources,
            columns={str(meaning): key for meaning, key in settings.columns.items() if meaning != "category"},
            category=settings.category,
            model=model,
            max_length=settings.max_length,
            packing=packing,
            epochs=epochs,
            batch=batch,
            prices=prices,
            jobs=options.speed.jobs or cores(),
            cache=cache,
            memory_limit=settings.memory_limit,
            loose_keys=loose_keys(settings, (), partial=is_partial(settings, paths)),
            kind=settings.kind,
            card=evaluation_card(settings, sources),
        )


def _prices(given: str, targets: list[OutputPath], trust: TrustOptions) -> list[Price]:
    """Return the prices that ``--price`` names; for an unknown one, say which are known and go on without."""
    from datalint.cli.overwriting import Input, refuse_overwriting
    from datalint.cli.trust_options import confinement
    from datalint.privacy.display import printable
    from datalint.stats.prices import find_prices, is_price_file, providers

    if is_price_file(given):
        confinement(trust).check(given)
        refuse_overwriting(targets, [Input("price file", given)])
    found = find_prices(given)
    if not found:
        known = " and ".join(providers())
        click.echo(f"note: no price of {printable(given)} is known: name {known}, or a file of prices", err=True)
    return found


def _encoded(stats: Stats, kind: str) -> bytes:
    if kind == "html":
        from datalint.report.html.stats import to_html

        return to_html(stats).encode()
    from datalint.report import stats as render

    if kind == "json":
        return render.to_json(stats)
    if kind == "csv":
        return render.to_csv(stats)
    return "".join(f"{line.rstrip()}\n" for line in render.stats_lines(stats)).encode()
