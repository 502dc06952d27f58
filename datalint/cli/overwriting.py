"""Refuses outputs that would overwrite a file that the run reads, or another output."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from datalint.core.errors import DatalintError

if TYPE_CHECKING:
    from datalint.config.model import Settings


class Target(NamedTuple):
    """A file to write: its path, and the option that names it, as the user typed both."""

    option: str
    path: str


class Input(NamedTuple):
    """A file that the run reads: its path, and what it is to the run (``input``, ``configuration file``)."""

    role: str
    path: str


def refuse_overwriting(targets: Sequence[Target], inputs: Iterable[Input]) -> None:
    """Make sure that no target is a file that the run reads, and that no two are the same file.

    Files are the same whatever links, hard links and spellings lead to them.

    Raises:
        DatalintError: naming the target and the file.
    """
    by_file: dict[object, Target] = {}
    for target in targets:
        other = by_file.setdefault(_identity(target.path), target)
        if other is not target:
            raise _error("{} and {} are one file; give each its own path", other.option, target.option)
    for each in inputs:
        hit = by_file.get(_identity(each.path))
        if hit is not None:
            raise _error(f"{{}} would overwrite the {each.role} {{}}; choose another path", hit.option, each.path)


def files_read(
    settings: Settings, options: dict[str, Any], sides: Iterable[Sequence[str]], *, baseline: bool
) -> Iterator[Input]:
    """Yield every file that a run with these settings reads; ``sides`` are the inputs of each dataset.

    ``baseline`` is false for the command that writes it.
    """
    from datalint.cli.known import baseline_path
    from datalint.config.paths import excluded
    from datalint.evaluation import locate
    from datalint.sources.find import local_files

    for inputs in sides:
        named = {str(Path(given)) for given in inputs}
        for path in map(str, local_files(inputs)):
            if path in named or not excluded(settings, path):
                yield Input("input", path)
        held = locate(settings, inputs, options.get("split")).inputs
        yield from (Input("evaluation set", str(path)) for path in local_files(held))
    if settings.file is not None:
        yield Input("configuration file", settings.file)
    for schema in (settings.schema, *(table.get("schema") for table in settings.rules.values())):
        if isinstance(schema, str) and schema and schema.lstrip()[:1] != "{":
            yield Input("schema", schema)
    yield from (Input("plug-in", path) for path in settings.plugins)
    if baseline:
        yield Input("baseline", str(baseline_path(settings, options)))


def _error(sentence: str, *words: str) -> DatalintError:
    from datalint.core.sanitize import printable

    return DatalintError(sentence.format(*map(printable, words)))


def _identity(path: str) -> object:
    """Return what two paths of one file have in common: device and inode, of a file yet to be made its real path."""
    try:
        state = Path(path).stat()
    except (OSError, ValueError):
        return os.path.normcase(os.path.realpath(path))
    return (state.st_dev, state.st_ino) if state.st_ino else os.path.normcase(os.path.realpath(path))
