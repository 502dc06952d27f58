"""Reading of the data that ``datalint advise`` looks at, or what an earlier run remembered of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from datalint.advise.facts import DataFacts
    from datalint.cli.overwriting import OutputPath
    from datalint.cli.report_cache import Memory
    from datalint.cli.values import RunOptions
    from datalint.config.model import Settings
    from datalint.core.registry import Registry


def read_data(
    paths: tuple[str, ...], options: RunOptions, targets: list[OutputPath], *, write_plan: bool, replaces: bool
) -> tuple[Settings, DataFacts | None]:
    """Return the settings, and what the data shows; None without data. A plan that cannot be written is an error.

    ``replaces`` says that the plan of the options takes the place of the configuration's.
    """
    from datalint.cli.loading import guard, load_configuration
    from datalint.cli.plan_file import plan_target, with_models, with_plan_of
    from datalint.cli.report_cache import Memory
    from datalint.config.paths import default_inputs

    settings, registry = load_configuration(paths, options)
    if replaces:
        settings = with_plan_of(settings, options)
    if write_plan:
        plan_target(settings)
    inputs = list(paths) or default_inputs(settings)
    guard(targets, settings, options, [inputs])
    settings, reading, note = with_models(settings)
    if note and not options.output.quiet:
        click.echo(f"note: {note}", err=True)
    if not inputs:
        return settings, None
    memory = Memory.of_facts(paths, options, reading)
    known = None if memory is None else memory.recall()
    if known is not None:
        from datalint.advise.facts import DataFacts

        if known.said and not options.output.quiet:
            click.echo(known.said, err=True)
        return settings, DataFacts.from_json(str(known.printed))
    return settings, _read_facts(paths, inputs, options, settings, reading, registry, memory)


def _read_facts(
    paths: Sequence[str],
    inputs: Sequence[str],
    options: RunOptions,
    settings: Settings,
    reading: Settings,
    registry: Registry,
    memory: Memory | None,
) -> DataFacts:
    """Read the data under the settings ``reading``, and remember what it shows."""
    from datalint.cache.reports import Finished
    from datalint.cli.loading import cores, is_partial, notes_on, open_sides
    from datalint.cli.progress import progress
    from datalint.operations.advise import read_facts

    if memory is not None:
        memory.look(paths, reading)
    sources, evaluation = open_sides(reading, paths, inputs, options)
    said = "\n".join(f"note: {each}" for each in notes_on(settings, paths, sources, options, evaluation))
    if said and not options.output.quiet:
        click.echo(said, err=True)
    with progress(sources, quiet=options.output.quiet) as advance:
        data, outcome = read_facts(
            reading,
            registry,
            sources,
            evaluation,
            progress=advance,
            jobs=options.speed.jobs or cores(),
            cache=None if memory is None else memory.chunks,
            partial=is_partial(settings, paths),
        )
    if memory is not None:
        finished = None if outcome.internal_errors else Finished(0, said, data.to_json(), ())
        memory.remember(finished, outcome, reading, paths=paths, options=options)
        if not options.output.quiet:
            memory.complain()
    return data
