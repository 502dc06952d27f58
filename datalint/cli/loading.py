"""Loading: from paths and options to settings, rules and opened sources, for every command that reads rows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from datalint.core.errors import DatalintError
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.cli.overwriting import OutputPath
    from datalint.cli.values import RunOptions
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.sources import Source


#: Files of an evaluation set that are named where they are left out.
_LEFT_OUT: Final = 3


class Loaded(NamedTuple):
    """The inputs of a run: settings, rules, and the sources of the training and the evaluation set.

    ``notes`` tell how the inputs were understood, where that may not be what the user meant; ``partial`` is as for
    :func:`datalint.setup.plan.make_plan`.
    """

    settings: Settings
    registry: Registry
    sources: list[Source]
    evaluation: list[Source]
    notes: list[str]
    partial: bool


def load(paths: Sequence[str], options: RunOptions, targets: Sequence[OutputPath] = ()) -> Loaded:
    """Return the inputs of a run, after checking that no output is a file that the run reads."""
    from datalint.cli.trust_options import changes_of_configuration

    settings, registry = load_configuration(paths, options)
    changes = changes_of_configuration(paths, options, registry)
    inputs = inputs_of(settings, paths, "check")
    guard(targets, settings, options, [inputs])
    sources, evaluation = open_sides(settings, paths, inputs, options)
    notes = [*changes, *notes_on(settings, paths, sources, options, evaluation)]
    return Loaded(settings, registry, sources, evaluation, notes, is_partial(settings, paths))


def load_configuration(paths: Sequence[str], options: RunOptions) -> tuple[Settings, Registry]:
    """Return the settings for inputs and options, and the rules, including local plug-ins if they are allowed."""
    from datalint.cli.trust_options import load_trusted
    from datalint.core.registry import Registry

    registry = Registry.default()
    return load_trusted(paths, options, registry), registry


def inputs_of(settings: Settings, paths: Sequence[str], purpose: str) -> list[str]:
    """Return the inputs of the command line, else those of the configuration."""
    from datalint.config.paths import default_inputs

    inputs = list(paths) or default_inputs(settings)
    if not inputs:
        raise click.UsageError(f"nothing to {purpose}; give a PATH, or set `data` in the configuration")
    return inputs


def open_inputs(settings: Settings, paths: Sequence[str], inputs: Sequence[str], options: RunOptions) -> list[Source]:
    """Open the inputs, without the files that ``exclude`` leaves out of folders and globs."""
    from datalint.config.paths import excluded
    from datalint.sources import open_sources

    with said_by(settings, "data", unless=paths):
        opened = open_sources(
            inputs,
            stdin_filename=options.inputs.stdin_filename,
            split=options.inputs.split,
            table=settings.table,
            confine=settings.files.confine,
            typed=bool(paths),
        )
    named = {given if "://" in given else Path(given).as_posix() for given in inputs}
    return [each for each in opened if each.path in named or not excluded(settings, each.path)]


def open_sides(
    settings: Settings, paths: Sequence[str], inputs: Sequence[str], options: RunOptions
) -> tuple[list[Source], list[Source]]:
    """Open the training set and the evaluation set."""
    from datalint.setup.evaluation import find_evaluation

    sources = open_inputs(settings, paths, inputs, options)
    return sources, find_evaluation(settings, inputs, options.inputs.split, sources)


def left_out(inputs: Sequence[str], options: RunOptions) -> str:
    """Return the evaluation files of folders that were named, which are no part of the data; empty without any."""
    from datalint.report.wording import shown_path
    from datalint.sources.data_files import divided, is_saved

    if options.inputs.split is not None:
        return ""
    folders = [Path(given) for given in inputs if Path(given).is_dir() and not is_saved(Path(given))]
    held = [str(file) for folder in folders for files in divided(folder)[1].values() for file in files]
    more = f" and {len(held) - _LEFT_OUT:,} more" if len(held) > _LEFT_OUT else ""
    return ", ".join(map(shown_path, held[:_LEFT_OUT])) + more


@contextmanager
def said_by(settings: Settings, key: str, *, unless: object = None) -> Iterator[None]:
    """Point errors about a value of the configuration at its line there."""
    try:
        yield
    except DatalintError as error:
        origin = settings.line_of(key)
        if unless or origin is None:
            raise
        raise DatalintError(f"{origin}: {key}: {error}") from error


def guard(
    targets: Sequence[OutputPath],
    settings: Settings,
    options: RunOptions,
    sides: Iterable[Sequence[str]],
    *,
    writes_baseline: bool = False,
    in_place: bool = False,
) -> None:
    """Refuse targets that would overwrite what the command reads, or that ``--confine`` excludes.

    ``sides`` are the inputs of each dataset, which targets may replace ``in_place``.
    """
    if not targets:
        return
    from datalint.cli.overwriting import files_read, refuse_overwriting
    from datalint.cli.trust_options import check_outputs

    check_outputs(options.trust, [target.path for target in targets if target.confined])
    inputs = files_read(settings, options, sides, baseline=not writes_baseline)
    refuse_overwriting(targets, (each for each in inputs if not (in_place and each.role == "input")))


def notes_on(
    settings: Settings,
    paths: Sequence[str],
    sources: Sequence[Source],
    options: RunOptions,
    evaluation: Sequence[Source] | None = None,
) -> list[str]:
    """Return notes on the inputs, also on the evaluation set if the command opens it."""
    from datalint.setup.inputs import input_notes

    discovered = not (options.config.config or options.config.isolated)
    return input_notes(settings, paths, sources, evaluation, discovered=discovered)


def is_partial(settings: Settings, paths: Sequence[str]) -> bool:
    """Return whether the command line names other inputs than all that the configuration's ``data`` names."""
    from datalint.config.paths import covers_data

    return bool(paths) and not covers_data(settings, paths)


def cores() -> int:
    """Return the cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
