"""A row names a media file that does not exist.

## What it does

Looks for the image, video and audio files that rows refer to in lists and in parts of messages, relative to the folder
of the data file. A file counts as missing if the folder in its path exists but does not contain it. A name without a
folder counts as missing if other such names in the data exist. No file is opened or downloaded. Paths that lead out of
the folder or out of `--confine`, also through links, are not looked up. Paths of Windows, with backslashes, are one
finding for each file.

## Why it matters

Trainers open the file when they reach the row, often hours into a run, and stop. The usual cause is a download or
synchronisation that was interrupted. Linux and macOS take a backslash for a part of a name, and open no such path.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A dot."}], "images": ["./dot.png"]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A dot."}], "images": ["https://example.com/dot.png"]}
```

## What to do

Download the file, or delete the row; write `/` for the backslashes of a path.

## Known limits

Trainers may look in another folder (`--image_folder`, `media_dir`), so names whose folder does not exist are not
reported. Names without an extension such as `.png` are treated as ids. Only the first 10,000 names of a dataset are
looked up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from datalint.api import (
    Chunk,
    Confidence,
    Dataset,
    Hit,
    Options,
    Severity,
    counted,
    excerpt,
    frozen,
    mutable,
    option,
    others,
    rule,
)
from datalint.rules.common.conversations.media import references
from datalint.rules.common.lazy_pattern import lazy_pattern

_FILE = lazy_pattern(r"(?!data:|[a-zA-Z][\w+.-]*:)[^\n\0]{1,500}\.[A-Za-z0-9]{2,5}")
#: A path of Windows, perhaps with a drive.
_WINDOWS = lazy_pattern(r"(?:[A-Za-z]:)?[^\n\0/:]{0,500}\\[^\n\0/:]{1,200}\.[A-Za-z0-9]{2,5}")


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
    if not names:
        return
    names, windows = [each for each in names if "\\" not in each[2]], [each for each in names if "\\" in each[2]]
    yield from _of_windows(data, windows)
    files = data.examples["file"].gather([row for row, _, _ in names]).to_list()
    found = [data.has_file(file, name) for file, (_, _, name) in zip(files, names, strict=True)]
    # Of names without a folder all may be those of another place, unless some are here.
    bare = {file for file, there, (_, _, name) in zip(files, found, names, strict=True) if there and "/" not in name}
    for file, there, (row, path, name) in zip(files, found, names, strict=True):
        if there is False and ("/" in name or file in bare):
            yield Hit("the file does not exist", path=path, at=row, excerpt=excerpt(name, 80), key=name)


def _of_windows(data: Dataset, names: list[tuple[int, str, str]]) -> Iterator[Hit]:
    """Yield a hit for each file whose rows name files by paths with backslashes."""
    files = data.examples["file"].gather([row for row, _, _ in names]).to_list()
    named: dict[int, list[tuple[int, str, str]]] = {}
    for file, each in zip(files, names, strict=True):
        named.setdefault(file, []).append(each)
    for found in named.values():
        row, path, name = found[0]
        rows = sorted({each for each, _, _ in found} - {row})
        words = f"{counted(len(found), 'path')} with backslashes, which Linux and macOS don't open"
        yield Hit(words, path=path, at=row, excerpt=excerpt(name, 80), related=others(rows), key="backslashes")


@missing_media_file.measure
def measure(chunk: Chunk, options: MissingMediaFileOptions) -> _Named:
    """Collect the names of files in a chunk."""
    found = _Named(len(chunk.records), options.max_names)
    has_media = chunk.examples["has_media"]
    for row in has_media.arg_true().to_list() if has_media.any() else ():
        for path, name in references(chunk.records[row]):
            if len(found.names) < found.most and (_FILE.fullmatch(name) or _WINDOWS.fullmatch(name)):
                found.names.append((row, path, name))
    return found


@missing_media_file.merge
def merge(one: _Named, other: _Named) -> _Named:
    """Join; rows of ``other`` come after those of ``one``."""
    later = [(row + one.rows, path, name) for row, path, name in other.names]
    return _Named(one.rows + other.rows, one.most, (one.names + later)[: one.most])
