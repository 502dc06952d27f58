"""Refuses outputs that would overwrite a file that the run reads, or another output."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from datalint.core.errors import DatalintError
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.cli.values import RunOptions
    from datalint.config.model import Settings


class OutputPath(NamedTuple):
    """A file to write: its path, and the option that names it, as the user typed both.

    ``confined`` is false for a file that the caller writes after the run, in a place that it checks itself.
    """

    option: str
    path: str
    confined: bool = True


class Input(NamedTuple):
    """A file that the run reads: its path or file descriptor, and what it is to the run (``configuration file``)."""

    role: str
    path: str | int


def refuse_overwriting(targets: Sequence[OutputPath], inputs: Iterable[Input]) -> None:
    """Make sure that no target is a file that the run reads, and that no two are the same file.

    Files are the same whatever links, hard links and spellings lead to them.

    Raises:
        DatalintError: naming the target and the file.
    """
    by_file: dict[object, OutputPath] = {}
    for target in targets:
        other = by_file.setdefault(_identity(target.path), target)
        if other is not target:
            raise _error("{} and {} are one file; give each its own path", other.option, target.option)
    for each in inputs:
        hit = by_file.get(_identity(each.path))
        if hit is not None:
            name = "on standard input" if isinstance(each.path, int) else each.path
            raise _error(f"{{}} would overwrite the {each.role} {{}}; choose another path", hit.option, name)


def files_read(
    settings: Settings, options: RunOptions, sides: Iterable[Sequence[str]], *, baseline: bool
) -> Iterator[Input]:
    """Yield every file that a run with these settings reads; ``sides`` are the inputs of each dataset.

    ``baseline`` is false for the command that writes it.
    """
    from datalint.cli.baseline_options import baseline_path
    from datalint.config.paths import excluded
    from datalint.setup.evaluation import locate
    from datalint.sources.find import local_files
    from datalint.sources.parallel.pairing import files_near

    for inputs in sides:
        named = {str(Path(given)) for given in inputs}
        if "-" in inputs:
            yield Input("input", 0)
        for path in map(str, local_files(inputs)):
            if path in named or not excluded(settings, path):
                yield Input("input", path)
                yield from (Input("other side", str(other)) for other in files_near(path))
        held = locate(settings, inputs, options.inputs.split).inputs
        for path in map(str, local_files(held)):
            yield from (Input("evaluation set", each) for each in (path, *map(str, files_near(path))))
    yield from (Input("benchmark", str(path)) for path in local_files(settings.benchmarks.paths))
    if settings.file is not None:
        yield Input("configuration file", _near(settings.file))
    for schema in (settings.schema, *(table.get("schema") for table in settings.rules.values())):
        if isinstance(schema, str) and schema and schema.lstrip()[:1] != "{":
            yield Input("schema", schema)
    yield from (Input("plug-in", path) for path in settings.plugins)
    yield from (Input("model", path) for path in model_files(settings))
    yield from (Input("target", path) for path in target_files(settings))
    if baseline:
        yield Input("baseline", _near(str(baseline_path(settings, options.baseline))))


def model_files(settings: Settings) -> tuple[str, ...]:
    """Return the files of the models that the settings and their plan name, none of one that cannot be read."""
    return (*_rendering_files(settings), *filter(None, [plan_file(settings)]))


def plan_file(settings: Settings) -> str | None:
    """Return the ``config.json`` of the plan's base model, None if that is no folder with one."""
    if settings.plan is None or settings.plan.base_model is None:
        return None
    from datalint.models.architecture import config_file

    return config_file(settings.plan.base_model)


def _rendering_files(settings: Settings) -> tuple[str, ...]:
    if settings.model is None:
        return ()
    from datalint.setup.plan import find_model_of

    try:
        spec = find_model_of(settings)
    except DatalintError:
        return ()
    return () if spec is None else spec.files


def target_files(settings: Settings) -> list[str]:
    """Return the target files that the settings name, built-in ones left out."""
    names, own = settings.target_names, settings.targets
    return [own.get(name, name) for name in names if name in own or name.endswith(".toml")]


def _error(sentence: str, *words: str) -> DatalintError:
    from datalint.privacy.display import printable

    return DatalintError(sentence.format(*map(printable, words)))


def _near(path: str) -> str:
    """Return a path from the working folder on where it lies below, as it is shortest to read."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


def _identity(path: str | int) -> object:
    """Return what two paths of one file have in common: device and inode, of a file yet to be made its real path."""
    try:
        state = os.stat(path)  # noqa: PTH116 - a file descriptor has no path
    except (OSError, ValueError):
        state = None
    if state is not None and (state.st_ino or isinstance(path, int)):
        return state.st_dev, state.st_ino
    return path if isinstance(path, int) else _folded(Path(os.path.realpath(path)))


def _folded(path: Path) -> str:
    """Return a path yet to be made as all its spellings have in common on the file system that it will lie in."""
    folder = next(parent for parent in path.parents if parent.exists())
    name = os.path.normcase(path)
    import unicodedata

    return unicodedata.normalize("NFC", name).casefold() if ignores_case(folder) else name


def ignores_case(folder: Path) -> bool:
    """Return whether a folder's file system takes names that differ in case alone for one."""
    for part in (folder, *folder.parents):
        other = part.with_name(part.name.swapcase())
        if other != part:
            try:
                return other.samefile(part)
            except OSError:
                return False
    return False
