"""Find data files by their names, in folders and by patterns."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from datalint.core.errors import DatalintError, unreadable
from datalint.core.files import open_regular, read_regular
from datalint.privacy.display import printable
from datalint.sources.inflate import SUFFIXES
from datalint.sources.side_files import SIDE_SUFFIXES, is_side, lists_labels
from datalint.sources.split_choice import parted

JSON: Final = (".json", ".jsonl", ".ndjson", ".jsonlines")
LINES: Final = (".jsonl", ".ndjson", ".jsonlines")
DELIMITED: Final = {".csv": "csv", ".tsv": "tsv"}
TEXT: Final = (".txt", ".text")
TABLES: Final = (".parquet", ".arrow", ".feather")
WORKBOOKS: Final = (".xlsx", ".xlsm")
YAML: Final = (".yml", ".yaml")
#: Names of files that have a token and its tag on each line.
TAGGED: Final = (".conll", ".conllu", ".conllup", ".bio", ".iob", ".iob2", ".bioes", ".bmes", ".ner")
#: All supported file suffixes, without those of compression.
KNOWN: Final = (*JSON, *DELIMITED, *TEXT, *TABLES, *WORKBOOKS, *TAGGED)
#: The containers of sentences with a token and its tag on each line.
SENTENCES: Final = ("conll", "conll-numbered", "conll-u")
#: Words in the place of a suffix that name a part of the data (``example.train``), which may be text of any format.
PARTS: Final = (".train", ".dev", ".devtest", ".test", ".val", ".valid", ".eval", ".data")
#: Words in the place of a suffix that name a side of a parallel corpus (``train.src``, ``seq.in``).
SIDES: Final = (".src", ".tgt", ".trg", ".source", ".target", ".in", ".out")

# Metadata that ``datasets`` and Kaggle write next to the data; never rows.
ABOUT: Final = frozenset(
    ("dataset_info.json", "dataset_infos.json", "dataset_dict.json", "state.json", "dataset-metadata.json")
)
#: The suffix of files with the rows that `datalint fix` removed.
_REMOVED: Final = ".removed.jsonl"
#: The name of the file in which `datalint split` says how it divided rows, what that has near its beginning, and where.
_SPLIT: Final = "split.json"
_OF_SPLIT: Final = b'"schema": "datalint-split/'
_HEAD: Final = 256
#: The prefix of lock files, which say who has a workbook open.
_LOCK: Final = "~$"
#: The end of the name of a fixed file, before its suffix.
_FIXED: Final = ".clean"
#: The suffixes of the containers that are fixed in their own format, other than JSON, whose rows go to lines.
_OWN_FORMAT: Final = {
    "csv": ".csv", "tsv": ".tsv", "parquet": ".parquet",
    **dict.fromkeys(("text", "text-blocks", "text-parts"), ".txt"), **dict.fromkeys(SENTENCES, ".conll"),
}  # fmt: skip
#: Files of a folder of which none lists the others.
_FEW: Final = 3
#: The suffixes that a message about missing data names.
LOOKED_FOR: Final = ".jsonl, .json, .csv, .tsv, .parquet, .arrow, .xlsx, .conll, .yml, also .gz, .bz2, .xz or .zst"


def suffix_of(path: Path) -> str:
    """Return the suffix of a file in lower case, without that of its compression."""
    name = path.name.lower()
    for compression in (*SUFFIXES, ".zstd"):
        name = name.removesuffix(compression)
    return Path(name).suffix


def fixed_path(path: str, container: str) -> str | None:
    """Return the path of the fixed file of a source, such as ``train.clean.jsonl`` next to ``train.jsonl``.

    CSV, TSV, Parquet, text and CoNLL keep their format, and gzip and Zstandard their compression; all else is JSON
    Lines. None for a file that already has such a name. The path for a source without a file is in the working folder.
    """
    name = "" if path.startswith("<") or "://" in path else Path(path).name
    if not name:
        return f"train{_FIXED}.jsonl"
    place = Path(path)
    if container == "arrow" and is_saved(place):
        # Nothing is written into a saved dataset.
        place = place.parent if is_saved(place.parent) else place
        return str(place.with_name(f"{place.name or 'train'}{_FIXED}.jsonl"))
    compression = next((each for each in (*SUFFIXES, ".zstd") if name.lower().endswith(each)), "")
    name = name[: len(name) - len(compression)]
    own = Path(name).suffix
    stem = Path(name).stem if own.lower() in (*KNOWN, *YAML) else name
    if stem.endswith(_FIXED):
        return None
    kept = compression if compression in (".gz", ".zst") else ""
    # A table in a text has an unusual separator, and is none with commas.
    is_text = own.lower() in TEXT and container in ("csv", *SENTENCES)
    is_tagged = own.lower() in TAGGED and container in SENTENCES
    suffix = own if is_text or is_tagged else _OWN_FORMAT.get(container, ".jsonl")
    return str(place.with_name(f"{stem}{_FIXED}{suffix}{kept}"))


def is_data_name(name: str) -> bool:
    """Return whether a file of this name holds rows, rather than metadata of ``datasets``, removed rows or a lock."""
    return name not in ABOUT and not name.endswith(_REMOVED) and not name.startswith(_LOCK)


def _is_data(path: Path) -> bool:
    """Return whether a file has rows, by its name, and is not the description of a split by ``datalint split``."""
    if path.name != _SPLIT:
        return is_data_name(path.name)
    try:
        with open_regular(path) as file:
            return _OF_SPLIT not in file.read(_HEAD)
    except OSError:
        return True


def holds_data(folder: Path) -> bool:
    """Return whether a folder, which need not exist, contains a data file at any depth."""
    return first_file(folder) is not None


def first_file(folder: Path) -> Path | None:
    """Return the first data file of a folder, which need not exist, at any depth; None without one."""
    try:
        return next(_walk(folder), None)
    except DatalintError:
        return None


def _walk(folder: Path, suffixes: Collection[str] = KNOWN) -> Iterator[Path]:
    # Links to folders are not followed, so cyclic links are harmless.
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise DatalintError(unreadable(folder.as_posix(), error)) from error
    for entry in entries:
        path = folder / entry.name
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            if is_saved(path):
                yield path
            else:
                yield from _walk(path, suffixes)
        elif suffix_of(path) in suffixes and path.is_file() and _is_data(path):
            yield path


def data_files(folder: Path) -> list[Path]:
    """Return the data files and saved datasets of a folder at any depth, in order; hidden ones are left out."""
    found = list(_walk(folder, (*KNOWN, *YAML)))
    found = _without_settings(found) or list(_walk(folder, PARTS))
    found = found or [path for path in _walk(folder, _of_sides()) if is_side(path)]
    found = [path for path in found if not _is_about_data(path)] or found
    found = [path for path in found if not _lists_files(path, found)] or found
    exported = (*WORKBOOKS, *TAGGED)
    others = {path.parent / _stem(path) for path in found if path.is_dir() or suffix_of(path) not in (*TEXT, *exported)}
    # A workbook or tagged text next to a file of its name was exported to it, or a file of its name made of it.
    found = [path for path in found if suffix_of(path) not in exported or path.parent / _stem(path) not in others]
    # A .txt file next to data files is a licence or a readme.
    return [path for path in found if path.is_dir() or suffix_of(path) not in TEXT] or found


def _without_settings(paths: list[Path]) -> list[Path]:
    """Return data files without those of YAML, or with these where all others are texts and they have rows."""
    others = [path for path in paths if path.is_dir() or suffix_of(path) not in YAML]
    if len(others) == len(paths) or any(path.is_dir() or suffix_of(path) not in TEXT for path in others):
        return others
    from datalint.sources.yaml_rows import may_have_rows  # few folders have such files alone

    filled = {path for path in paths if suffix_of(path) in YAML and may_have_rows(path)}
    # A text next to data is a licence.
    return [path for path in paths if path in filled] or others


def _is_about_data(path: Path) -> bool:
    """Return whether a file has the labels of the data next to it or facts about that, and no rows."""
    suffix = path.suffix.lower()
    if suffix != ".json" or not path.is_file():
        return suffix in TEXT and lists_labels(path)
    from datalint.sources.data_facts import states_facts  # few folders have such files
    from datalint.sources.label_maps import maps_labels

    return states_facts(path) or maps_labels(path)


def _lists_files(path: Path, found: list[Path]) -> bool:
    """Return whether a file is a list of the others in its folder, which are several."""
    if len(found) <= _FEW or path.is_dir():
        return False
    from datalint.sources.file_lists import lists_files  # few folders have many files

    return lists_files(path, found)


def _of_sides() -> frozenset[str]:
    """Return the suffixes that sides of parallel text have, in lower case."""
    from datalint.support.names.locales import LONG, SHORT

    return frozenset(
        [*SIDE_SUFFIXES, *(f".{each.lower().replace('_', joint)}" for each in (*SHORT, *LONG) for joint in "-_")]
    )


def _stem(path: Path) -> str:
    """Return the name of a file without its suffixes."""
    return path.name if path.is_dir() else path.name[: -len(path.suffix)].removesuffix(suffix_of(path))


def divided(folder: Path) -> tuple[list[Path], dict[str, list[Path]]]:
    """Return the training files of a folder and its evaluation files by kind, as :func:`parted` does; none if saved."""
    return ([], {}) if is_saved(folder) else parted(folder, data_files(folder))


def matching_files(given: str) -> list[Path]:
    """Return the data files that match a glob.

    Raises:
        DatalintError: if none does, or the pattern is not valid.
    """
    pattern = Path(given)
    root = Path(pattern.anchor) if pattern.anchor else Path()
    relative = pattern.relative_to(pattern.anchor) if pattern.anchor else pattern
    shows_hidden = any(part.startswith(".") and part != ".." for part in relative.parts)
    try:
        # Unlike the glob module, Path.glob does not follow links for **.
        matches = sorted(path for path in root.glob(relative.as_posix()) if path.is_file())
    except (ValueError, NotImplementedError, OSError) as error:
        raise DatalintError(f"{printable(given)} is not a valid pattern ({error}): quote it and check **") from error
    if not shows_hidden:
        matches = [path for path in matches if not any(part.startswith(".") and part != ".." for part in path.parts)]
    if not matches:
        raise DatalintError(f"no file matches {printable(given)}: check the pattern, or pass the folder")
    chosen = [path for path in matches if (suffix_of(path) in (*KNOWN, *PARTS) or is_side(path)) and _is_data(path)]
    chosen = _without_settings(sorted([*chosen, *(path for path in matches if suffix_of(path) in YAML)]))
    if not chosen:
        raise DatalintError(f"no data file matches {printable(given)}: looked for {LOOKED_FOR}")
    return chosen


def is_saved(folder: Path) -> bool:
    """Return whether ``Dataset.save_to_disk`` wrote a folder."""
    return (folder / "dataset_dict.json").is_file() or (folder / "state.json").is_file()


def saved_splits(folder: Path) -> list[str]:
    """Return the names of the splits of a saved ``DatasetDict``; an empty list for any other folder.

    Raises DatalintError if its list of splits cannot be read.
    """
    listed = folder / "dataset_dict.json"
    if not listed.is_file():
        return []
    try:
        return [str(name) for name in json.loads(read_regular(listed))["splits"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise DatalintError(f"{printable(listed.as_posix())} cannot be read: save the dataset again") from error
