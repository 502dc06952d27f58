"""A row names a media file that does not exist.

## What it does

Looks for the image, video and audio files that rows refer to in lists and in parts of messages, relative to the folder
of the data file. A file counts as missing if the folder in its path exists but does not contain it. A name without a
folder counts as missing if other such names in the data exist. No file is opened or downloaded. Paths that lead out of
the folder or out of `--confine`, also through links, are not looked up. Paths of Windows, with backslashes, are one
finding for each file. So are, as a note, paths that lead to a folder of one machine, such as `/home/NAME/`, `/content/`
or `C:/`.

## Why it matters

Trainers open the file when they reach the row, often hours into a run, and stop. The usual cause is a download or
synchronisation that was interrupted. Linux and macOS take a backslash for a part of a name, and open no such path.
A path that begins with the home folder of one user works on one machine only.

## Bad

```jsonl
{"messages": [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A dot."}], "images": ["./dot.png"]}
```

## Good

```jsonl
{"messages": [{"role": "user", "content": "<image>What is it?"}, {"role": "assistant", "content": "A dot."}], "images": ["https://example.com/dot.png"]}
```

## What to do

Download the file, or delete the row; write `/` for the backslashes of a path, and paths relative to the data for
others.

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

#: A path to a folder of one machine or of a notebook in the cloud.
_OF_MACHINE = lazy_pattern(
    r"(?:file://)?(?:/(?:home|Users|mnt|media)/[^/\n\0]{1,100}/|/(?:root|content|kaggle|workspace)/|/?[A-Za-z]:/)"
    r"[^\n\0]{1,400}\.[A-Za-z0-9]{2,5}"
)


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
    yield from _of_files(data, windows, "backslashes", "with backslashes, which Linux and macOS don't open")
    files = data.examples["file"].gather([row for row, _, _ in names]).to_list()
    found = [data.has_file(file, name) for file, (_, _, name) in zip(files, names, strict=True)]
    # What is looked up is said to be there or not.
    local = [each for each, there in zip(names, found, strict=True) if there is None and _OF_MACHINE.fullmatch(each[2])]
    said = "to folders of one machine: write them relative to the data if it is used elsewhere"
    yield from _of_files(data, local, "one machine", said, severity=Severity.INFO)
    # Of names without a folder all may be those of another place, unless some are here.
    bare = {file for file, there, (_, _, name) in zip(files, found, names, strict=True) if there and "/" not in name}
    for file, there, (row, path, name) in zip(files, found, names, strict=True):
        if there is False and ("/" in name or file in bare):
            yield Hit("the file does not exist", path=path, at=row, excerpt=excerpt(name, 80), key=name)


def _of_files(
    data: Dataset, names: list[tuple[int, str, str]], key: str, words: str, *, severity: Severity | None = None
) -> Iterator[Hit]:
    """Yield a hit for each file whose rows name files by such paths."""
    files = data.examples["file"].gather([row for row, _, _ in names]).to_list()
    named: dict[int, list[tuple[int, str, str]]] = {}
    for file, each in zip(files, names, strict=True):
        named.setdefault(file, []).append(each)
    for found in named.values():
        row, path, name = found[0]
        rows = sorted({each for each, _, _ in found} - {row})
        said = f"{counted(len(found), 'path')} {words}"
        yield Hit(said, path=path, at=row, excerpt=excerpt(name, 80), related=others(rows), severity=severity, key=key)


@missing_media_file.measure
def measure(chunk: Chunk, options: MissingMediaFileOptions) -> _Named:
    """Collect the names of files in a chunk."""
    found = _Named(len(chunk.records), options.max_names)
    has_media = chunk.examples["has_media"]
    for row in has_media.arg_true().to_list() if has_media.any() else ():
        for path, name in references(chunk.records[row]):
            if len(found.names) < found.most and any(each.fullmatch(name) for each in (_FILE, _WINDOWS, _OF_MACHINE)):
                found.names.append((row, path, name))
    return found


@missing_media_file.merge
def merge(one: _Named, other: _Named) -> _Named:
    """Join; rows of ``other`` come after those of ``one``."""
    later = [(row + one.rows, path, name) for row, path, name in other.names]
    return _Named(one.rows + other.rows, one.most, (one.names + later)[: one.most])
