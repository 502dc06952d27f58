"""The message for a folder without data files: what it has instead, and what to do with it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from datalint.privacy.display import printable
from datalint.sources.data_files import LOOKED_FOR, YAML, suffix_of
from datalint.sources.foreign import CONVERTED
from datalint.support.numbers import counted

#: Files of a folder that are counted, and suffixes of them that the message names, with their longest.
_MOST: Final = 100_000
_NAMED: Final = 4
_LONGEST: Final = 12
#: Names of files without a suffix that are about a folder, in lower case.
_ABOUT_FOLDERS: Final = frozenset(
    """readme license licence copying notice authors contributors citation changelog changes news todo version makefile
    dockerfile jenkinsfile procfile pipfile gemfile vagrantfile codeowners""".split()
)
_TEXTS: Final = "check the texts that they were made of"
_ROWS: Final = "write each prompt with its response as a row of JSON Lines (.jsonl)"
_HINTS_BY_SUFFIXES: Final = {
    ".pkl .pickle .joblib": "a pickle may run code: load it only if you trust it, and write its rows with pandas "
    "(`to_json(path, orient='records', lines=True)`)",
    ".pt .pth .ckpt .safetensors .gguf .onnx": f"such files have tensors or the weights of a model: {_TEXTS}",
    ".npy .npz .bin .idx": f"arrays have numbers, such as tokens or vectors: {_TEXTS}",
    ".h5 .hdf5 .tfrecord .tfrecords": "write the texts in them as rows of JSON Lines (.jsonl)",
    ".db .sqlite .sqlite3": "export a table with `sqlite3 -json FILE 'select * from TABLE' > rows.json`",
    ".sql": "load the dump into its database, and export the rows of a table as CSV",
    ".docx .doc .odt .rtf .pdf .epub .md .mdx .rst .html .htm": f"documents are no examples: {_ROWS}",
    ".xls .xlsb .ods .numbers": "save the sheet as .xlsx or .csv",
    ".zip .tar .tgz .7z .rar": "unpack the archives",
    ".orc .avro": "write the table as Parquet",
    ".rds .rdata .sav .dta .sas7bdat": "write the table as CSV",
    ".png .jpg .jpeg .webp .gif .wav .mp3 .flac .ogg": "write rows that name these files, with what is asked and "
    "answered about each",
    ".log": "name the files .txt if each line is a text",
}
_HINTS: Final = {suffix: hint for suffixes, hint in _HINTS_BY_SUFFIXES.items() for suffix in suffixes.split()}
_KNOWN: Final = frozenset((*_HINTS, *CONVERTED))


def without_data(folder: Path) -> str:
    """Return the message for a folder in which no data file was found, with its files by suffix, the most first."""
    shown = printable(folder.as_posix())
    counts: Counter[str] = Counter()
    examples: dict[str, Path] = {}
    for path in islice(_files(folder), _MOST):
        suffix = suffix_of(path)
        if suffix or path.name.lower() not in _ABOUT_FOLDERS:
            counts[suffix] += 1
            examples.setdefault(suffix, path)
    found = counts.most_common()
    but = f", but {_listed(found)}" if found else ""
    return f"{shown} contains no data{but}: looked for {LOOKED_FOR}{_hint([each for each, _ in found], examples)}"


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder that are not hidden, at any depth."""
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def _listed(found: list[tuple[str, int]]) -> str:
    parts = [_counted(suffix, count) for suffix, count in found[:_NAMED]]
    rest = sum(count for _, count in found[_NAMED:])
    parts += [f"{rest:,} more"] if rest else []
    return " and ".join(parts) if len(parts) < 3 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _counted(suffix: str, count: int) -> str:
    if not suffix:
        return f"{counted(count, 'file')} without a suffix"
    return counted(count, f"{printable(suffix[:_LONGEST])} file")


def _hint(suffixes: list[str], examples: dict[str, Path]) -> str:
    """Return what to do with the files of the most frequent suffix of which that is known."""
    if not suffixes:
        return ""
    known = next((each for each in suffixes if each in _KNOWN), suffixes[0]) if "" not in suffixes else ""
    shown = printable(examples[known].as_posix())
    if not known:
        return f"; name a file without a suffix itself, such as {shown}"
    if known in YAML:
        return f"; name a {known} file with a list of examples itself, such as {shown}"
    if known in CONVERTED:
        return f"; to see how {known} files are converted, check one, such as {shown}"
    return f"; {_HINTS.get(known, f'name a file with examples itself, such as {shown}')}"
