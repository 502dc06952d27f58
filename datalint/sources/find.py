"""Resolve the inputs of a command (paths, folders, globs, standard input, Hub addresses) to sources."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from datalint.checkout.confine import ANYWHERE, Confinement
from datalint.core.addresses import is_remote, without_secrets
from datalint.core.errors import DatalintError
from datalint.core.registry import quoted
from datalint.core.table_format import DETECTED, TableFormat
from datalint.privacy.display import printable
from datalint.sources.base import CHUNK_BYTES, HUB, LINES_OF_TEXT, Source
from datalint.sources.content import of_file
from datalint.sources.data_files import (
    KNOWN,
    TEXT,
    data_files,
    is_data_name,
    is_saved,
    matching_files,
    saved_splits,
    suffix_of,
)
from datalint.sources.inflate import LIMITS, DecompressionLimits
from datalint.sources.sniff import OpenSettings, is_stream, open_content, open_path, open_stdin, open_stream
from datalint.sources.split_choice import parted

#: The minimum similarity (0 to 100) of a file name that is suggested for a missing file.
_ALIKE: Final = 60


def open_sources(
    inputs: Sequence[str],
    *,
    stdin_filename: str | None = None,
    split: str | None = None,
    held: bool = False,
    table: TableFormat = DETECTED,
    chunk_bytes: int = CHUNK_BYTES,
    limits: DecompressionLimits = LIMITS,
    confine: Confinement = ANYWHERE,
    typed: bool = True,
) -> list[Source]:
    """Return a source for each file that ``inputs`` refer to, in order, each file once.

    Args:
        inputs: paths, folders (searched for data files that are not hidden), globs, ``-`` for standard input,
            ``hf://datasets/OWNER/NAME``, folders of ``Dataset.save_to_disk``, and addresses of object stores and web
            servers.
        stdin_filename: the displayed name of ``-``, which is also a hint at its format.
        split: the split to read, for Hub datasets, saved dataset dictionaries and JSON objects of splits.
        held: without ``split``, prefer an evaluation split to the training split.
        table: the parts of the format of CSV and TSV files that are not to be detected.
        chunk_bytes: approximate size of a chunk.
        limits: how large compressed input may become.
        confine: the folders that files must be in.
        typed: whether the user typed the inputs; streams of the shell (``<(command)``) and addresses of object stores
            and web servers are read only then.

    Raises:
        DatalintError: if an input does not exist, cannot be read, or contains no data.
    """
    settings = OpenSettings(split, chunk_bytes, limits, held, confine, table)
    seen: set[str] = set()
    found: list[Source] = []
    named: list[str] = []
    for given in inputs:
        if given == "-" or given.startswith(HUB) or (typed and is_stream(given)):
            if given not in seen:
                seen.add(given)
                found += _open_once(given, settings, stdin_filename or "<stdin>")
        elif is_remote(given):
            found += _open_remote(given, settings, seen, typed=typed)
        else:
            confine.check_input(given)
            for path in _paths(given):
                identity = os.path.realpath(path)
                if identity not in seen:
                    seen.add(identity)
                    found.append(_open(path, settings))
                    named += [identity] if path == Path(given) else []
    if any(source.container == LINES_OF_TEXT for source in found):
        from datalint.sources.parallel.pairing import with_pairs

        found = with_pairs(found, named, settings)
    if split is not None and not any(given.startswith(HUB) for given in inputs) and not any(map(_has_splits, found)):
        raise DatalintError(
            f"no input has a split {quoted(split)}: --split is for hub datasets, saved dataset dictionaries, JSON "
            "objects whose keys are splits, and workbooks with several sheets"
        )
    return found


def _open_once(given: str, settings: OpenSettings, stdin: str) -> list[Source]:
    """Return the sources for what has no path of its own: standard input, a dataset of the Hub, a stream of the shell.

    ``stdin`` is the displayed name of standard input.
    """
    if given == "-":
        return [open_stdin(stdin, settings)]
    if given.startswith(HUB):
        return _open_hub(given, settings)
    return [open_stream(given, settings)]


def _has_splits(source: Source) -> bool:
    if getattr(source, "split", None) is not None:
        return True
    return (Path(source.path).parent / "dataset_dict.json").is_file()


def _open_hub(address: str, settings: OpenSettings) -> list[Source]:
    from datalint.sources.readers.hub.reader import open_hub

    found = open_hub(address, settings.split, held=settings.held, chunk_bytes=settings.chunk_bytes)
    if not isinstance(found, list):
        return [found]
    # The cache of the Hub is not in the folders that inputs are confined to.
    return [open_content(of_file(file.path), file.shown, settings) for file in found]


def _open_remote(given: str, settings: OpenSettings, seen: set[str], *, typed: bool) -> list[Source]:
    """Return the sources for an address; ``seen`` has the addresses of earlier inputs, and is updated."""
    from datalint.sources.remote import download, find_files

    # A checkout must not choose which servers are asked.
    if not typed or settings.confine.folders:
        why = "under --confine: download it" if typed else "from a configuration file: pass it on the command line"
        raise DatalintError(f"{without_secrets(given)} is not read {why}")
    found = find_files(given, lambda name: suffix_of(Path(name)) in KNOWN and is_data_name(name), settings.limits.total)
    new = [file for file in found if file.address not in seen]
    seen.update(file.address for file in new)
    return [open_content(download(file, settings.limits.total), file.shown, settings) for file in new]


def _open(path: Path, settings: OpenSettings) -> Source:
    shown = path.as_posix()
    return _open_saved(path, shown, settings) if path.is_dir() else open_path(str(path), shown, settings)


def _paths(given: str) -> list[Path]:
    if not given:
        raise DatalintError("the path is empty: give a file, a folder or a glob")
    path = Path(given)
    try:
        if path.is_dir():
            return [path] if is_saved(path) else training_files(path)
        if os.path.lexists(path):
            return [path]
    except (OSError, ValueError) as error:
        raise DatalintError(f"{printable(given)} cannot be read: {error.__class__.__name__}: check the path") from error
    if any(mark in given for mark in "*?["):
        return matching_files(given)
    raise DatalintError(f"no such file: {printable(given)}{_suggestion(path)}")


def training_files(folder: Path) -> list[Path]:
    """Return the data files of a folder, except those of an evaluation set.

    Raises:
        DatalintError: if there are none, or if they are parts of examples.
    """
    chosen = data_files(folder)
    if not chosen:
        from datalint.sources.without_data import without_data  # few folders are

        raise DatalintError(without_data(folder))
    training = parted(folder, chosen)[0]
    if len(training) > 1 and suffix_of(training[0]) in TEXT:
        from datalint.sources.example_folders import refuse_parts  # few folders have texts

        refuse_parts(training)
    return training


def _suggestion(path: Path) -> str:
    from rapidfuzz import fuzz, process

    try:
        names = sorted(entry.name for entry in path.parent.iterdir())
    except OSError:
        absent = f"the folder {printable(path.parent.as_posix())} does not exist either"
        # OWNER/NAME is the name of a dataset on the hub.
        hub = f"; for the dataset of the hub write hf://datasets/{printable(path.as_posix())}"
        return f" ({absent}{hub if len(path.parts) == 2 and not path.is_absolute() and not path.suffix else ''})"
    # Many file names share their suffixes, so the part before the suffixes must be similar too.
    near = [name for name in names if fuzz.ratio(_bare(name), _bare(path.name)) >= _ALIKE]
    best = process.extractOne(path.name, near, scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return f" (did you mean {printable((path.parent / best[0]).as_posix())}?)" if best else ": check the path"


def _bare(name: str) -> str:
    return name.lstrip(".").partition(".")[0]


def local_files(inputs: Sequence[str]) -> list[Path]:
    """Return the files that ``inputs`` refer to, without opening them, including the evaluation files of folders.

    Standard input, the Hub and inputs that :func:`open_sources` refuses have no files.
    """
    found: list[Path] = []
    for given in inputs:
        if given == "-" or given.startswith(HUB) or is_remote(given):
            continue
        try:
            folder = Path(given)
            paths = data_files(folder) if folder.is_dir() and not is_saved(folder) else _paths(given)
            for path in paths:
                found += [path] if not path.is_dir() else [each for each in path.rglob("*") if each.is_file()]
        except (DatalintError, OSError, ValueError):
            continue
    return found


def _open_saved(folder: Path, shown: str, settings: OpenSettings) -> Source:
    from datalint.sources.readers.memory import choose_split
    from datalint.sources.tables.arrow import open_saved

    settings.confine.check_entries(folder)
    if not (folder / "dataset_dict.json").is_file():
        return open_saved(folder, shown, settings.limits)
    name = choose_split(saved_splits(folder), settings.split, shown, held=settings.held)
    if Path(name).name != name:
        raise DatalintError(f"{shown}/dataset_dict.json names a split outside its folder: save the dataset again")
    settings.confine.check_entries(folder / name)
    return open_saved(folder / name, f"{shown}/{name}", settings.limits)
