"""A row names a media file that does not exist.

## What it does

Looks for the image, video and audio files that rows refer to in lists and in parts of messages, relative to the folder
of the data file. A file counts as missing if the folder in its path exists but does not contain it. A name without a
folder counts as missing if other such names in the data exist. No file is opened or downloaded. Paths that lead out of
the folder or out of `--confine`, also through links, are not looked up.

## Why it matters

Trainers open the file when they reach the row, often hours into a run, and stop. The usual cause is a download or
synchronisation that was interrupted.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A dot."}], "images": ["./dot.png"]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A dot."}], "images": ["https://example.com/dot.png"]}
```

## What to do

Download the file, or delete the row.

## Known limits

Trainers may look in another folder (`--image_folder`, `media_dir`), so names whose folder does not exist are not
reported. Names without an extension such as `.png` are treated as ids. Only the first 10,000 names of a dataset are
looked up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field

from datalint.api import Chunk, Confidence, Dataset, Hit, Options, Severity, excerpt, frozen, mutable, option, rule
from datalint.rules.common.media import references

_FILE = re.compile(r"(?!data:|[a-zA-Z][\w+.-]*:)[^\n\0]{1,500}\.[A-Za-z0-9]{2,5}")


@frozen
class MissingMediaFileOptions(Options):
    """How much is looked for."""

    max_names: int = option(50_000, "names of files that are kept, the first of the data", source="a bound on memory")


@mutable
class _Named:
    """``(row, path, name)`` of files in ``rows`` rows, at most ``most``."""

    rows: int
    most: int
    names: list[tuple[int, str, str]] = field(default_factory=list)


@rule("FMT403", "missing-media-file", severity=Severity.WARNING, since="0.1", confidence=Confidence.MEDIUM)
def missing_media_file(data: Dataset, options: MissingMediaFileOptions) -> Iterator[Hit]:
    """Yield a hit for each name of a file that is missing."""
    names: list[tuple[int, str, str]] = data.measured.names if data.measured else []
    files = data.examples["file"].gather([row for row, _, _ in names]).to_list()
    found = [data.has_file(file, name) for file, (_, _, name) in zip(files, names, strict=True)]
    # Of names without a folder all may be those of another place, unless some are here.
    bare = {file for file, there, (_, _, name) in zip(files, found, names, strict=True) if there and "/" not in name}
    for file, there, (row, path, name) in zip(files, found, names, strict=True):
        if there is False and ("/" in name or file in bare):
            yield Hit("the file does not exist", path=path, at=row, excerpt=excerpt(name, 80), key=name)


@missing_media_file.measure
def measure(chunk: Chunk, options: MissingMediaFileOptions) -> _Named:
    """Collect the names of files in a chunk."""
    found = _Named(len(chunk.records), options.max_names)
    for row in chunk.examples["has_media"].arg_true().to_list():
        for path, name in references(chunk.records[row]):
            if len(found.names) < found.most and _FILE.fullmatch(name):
                found.names.append((row, path, name))
    return found


@missing_media_file.merge
def merge(one: _Named, other: _Named) -> _Named:
    """Join; rows of ``other`` come after those of ``one``."""
    later = [(row + one.rows, path, name) for row, path, name in other.names]
    return _Named(one.rows + other.rows, one.most, (one.names + later)[: one.most])
