"""The inputs of a run: datasets and settings in the forms that callers of the Python API pass, and notes on them."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.privacy.display import excerpt, printable
from datalint.setup.class_folders import class_files, class_folders
from datalint.setup.counterparts import unpaired
from datalint.setup.evaluation import find_evaluation, is_splits, splits_of
from datalint.setup.left_out import left_out, misplaced
from datalint.setup.listing_files import listing_files
from datalint.setup.standoff_files import standoff_files
from datalint.sources.split_choice import as_evaluation, held_splits
from datalint.sources.splits import SPLIT

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.core.registry import Registry
    from datalint.sources import Source

#: Sheets or lists that a note names.
_NAMED: Final = 5
_FOLDERS: Final = r"[/\\]"


def evaluation_of(
    source: Any, held: Any, settings: Settings, paths: Sequence[str], sources: Sequence[Source]
) -> list[Source]:
    """Open the evaluation set: the one given, else the configured, else the split or file next to the training one.

    ``sources`` are those of the training rows, which were opened.
    """
    if held is False:
        return []
    if held is not None:
        return open_source(held, settings, split=next(iter(splits_of(held)), None), held=True)
    splits = splits_of(source) if settings.eval is None and is_splits(source) and "train" in source else []
    if splits:
        return [each for split in splits for each in open_source(source, settings, split=split)]
    return find_evaluation(settings, paths, sources=sources)


def settings_of(config: Any, paths: Sequence[str], registry: Registry) -> Settings:
    """Return the settings that a caller gives, in whichever form; those of the nearest file for paths without any."""
    from datalint.config.load import load_settings
    from datalint.config.model import Settings

    if isinstance(config, Settings):
        return config
    if isinstance(config, Mapping):
        return load_settings(registry=registry, isolated=True, overrides=config, caller="config")
    if config is not None and not isinstance(config, str | os.PathLike):
        raise DatalintError(f"config is a {type(config).__name__}; give a path, a mapping or Settings")
    if config is not None:
        return load_settings(paths, registry=registry, config=Path(config))
    return load_settings(paths, registry=registry, isolated=not paths)


def paths_of(source: Any) -> list[str]:
    """Return the paths that a source is given as; empty for objects."""
    if isinstance(source, str | os.PathLike):
        if not os.fspath(source):
            raise DatalintError("the path is empty; give a file, a folder or a glob")
        return [os.fspath(source)]
    if isinstance(source, list | tuple) and source and all(isinstance(each, str | os.PathLike) for each in source):
        return [os.fspath(each) for each in source]
    return []


def open_source(source: Any, settings: Settings, *, split: str | None = None, held: bool = False) -> list[Source]:
    """Open a source in any of the forms that a caller may give."""
    from datalint.sources import open_sources
    from datalint.sources.readers.memory import from_object

    paths = paths_of(source)
    if paths:
        return list(open_sources(paths, held=held, table=settings.table))
    if is_splits(source):
        return [from_object(source, split=split)]
    return [from_object(source)]


def input_notes(
    settings: Settings,
    paths: Sequence[str],
    sources: Sequence[Source],
    evaluation: Sequence[Source] | None = None,
    *,
    discovered: bool,
) -> list[str]:
    """Return notes on configuration files that are not used, evaluation and training files that are not compared,
    folders and files whose names may be labels, annotations in other files, and unread sheets.

    ``evaluation`` is the evaluation set, if the command opens one. ``discovered`` says that the configuration file was
    searched for, not named.
    """
    from datalint.config.discovery import unused_configurations

    files = [source.path for source in sources]
    unused = unused_configurations(paths, files) if discovered else []
    near = [*left_out(settings, paths, sources, evaluation), *unpaired(settings, paths, sources)]
    return [
        *unused,
        *misplaced(settings, files),
        *near,
        *listing_files(paths, sources),
        *class_folders(sources),
        *class_files(sources),
        *standoff_files(sources),
        *unread_sheets(sources),
        *_unread_lists(sources),
    ]


def unread_sheets(sources: Sequence[Source]) -> list[str]:
    """Return a note for each workbook in which other sheets than the one that is read have rows."""
    return [_on_sheets(source) for source in sources if getattr(source, "unread_sheets", ())]


def _unread_lists(sources: Sequence[Source]) -> list[str]:
    """Return a note for each file with lists named as splits that are neither read nor taken for the evaluation set."""
    notes = []
    for source in sources:
        lists = [name for name in getattr(source, "unread_lists", ()) if SPLIT.fullmatch(name)]
        if unread := [name for name in lists if name not in held_splits(lists)]:
            name = printable(re.split(_FOLDERS, source.path)[-1])
            are = "lists" if len(unread) > 1 else "list"
            notes.append(f"{name}: not read: the {are} {_listed(unread)}: --split NAME reads another list")
    return notes


def _listed(names: Sequence[str]) -> str:
    """Return the first names in quotation marks, with the number of the others."""
    more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
    return ", ".join(f'"{excerpt(name, 40)}"' for name in names[:_NAMED]) + more


def _on_sheets(source: Any) -> str:
    """Return a note on the sheet of a workbook that is read, and on those that are not."""
    held = source.held_sheets
    said = f'the sheet "{excerpt(source.sheet, 40)}" is read'
    if source.is_largest:
        said += ", which has many more rows than the first one"
    if held:
        said += f", and {as_evaluation(held)}"
    if unread := [name for name in source.unread_sheets if name not in held]:
        have = "have" if len(unread) > 1 else "has"
        said += f"; {_listed(unread)} {have} rows too, not read: --split NAME reads another sheet"
    return f"{printable(re.split(_FOLDERS, source.path)[-1])}: {said}"
