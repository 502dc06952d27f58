"""The training and the evaluation file that were made from the data: next to it, in folders there, or below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from datalint.records.analyses import Nearby
from datalint.setup.neighbours import COMPARED, columns_of, first_rows_of, most_bytes, path_from, shares, there
from datalint.sources.data_files import KNOWN, suffix_of
from datalint.sources.split_words import HELD, TRAINING, UNLABELLED, preference
from datalint.sources.splits import evaluation_name
from datalint.support.named_tuple import NamedTuple
from datalint.support.near_folders import near_folders, split_names

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

#: Folders with split data whose files are read, and files of each split.
_READ: Final = 3
_OF_SPLIT: Final = 2
#: Characters of a text that no two rows have by chance, and the fewest rows and smallest share that a file made from
#: the data has in common with it.
_SHORTEST: Final = 12
_LEAST: Final = 3
_SHARE: Final = 0.05
#: Rows from which on an evaluation file that has none of the data is named.
_ENOUGH: Final = 10
_UNNAMED: Final = ("", "..")


def made_from(source: Source, settings: Settings) -> Nearby | None:
    """Return the evaluation file, with the training file next to it, that were made from the data; None without both.

    Rows may be in another layout there: of each row, the longest text that its file has once is looked for among the
    texts of the data. Where the data has most rows of the training file and none of an evaluation file next to that,
    the data was made from the former, and the latter are returned as files that may be its evaluation set.
    """
    ours: set[str] = set()
    apart: Nearby | None = None
    most = most_bytes(source.path)[1]
    for training, held in _splits_near(source.path, settings):
        if not ours:
            ours = {text for row in first_rows_of(source, settings, COMPARED) for text in _texts(row)}
        for train in training:
            if share := _common(ours, train, settings, most):
                for each in held:
                    if common := _common(ours, each, settings, most):
                        return Nearby(path_from(source, each), common.rows, training=path_from(source, train))
                if share.are_most and apart is None:
                    apart = _apart(source, held, settings, most)
    return apart


def _apart(source: Source, held: Sequence[Path], settings: Settings, most: int) -> Nearby | None:
    """Return evaluation files of enough rows as those that may belong to the data; None without one."""
    limits = (most, most)
    found = [each for each in held if len(first_rows_of(str(each), settings, _ENOUGH, most=limits)) == _ENOUGH]
    if not found:
        return None
    ours = columns_of(source, settings)
    alike = [each for each in found if shares(ours, columns_of(str(each), settings, most=limits))]
    first, *more = [path_from(source, each) for each in alike or found[:1]]
    return Nearby(first, more=tuple(more), other_layout=not alike)


def looked_at(path: str, settings: Settings) -> tuple[list[Path], list[Path]]:
    """Return what :func:`made_from` depends on: the folders whose subfolders are looked into, and files that are read.

    Both are empty where it looks at nothing.
    """
    if not _may_have(path):
        return [], []
    files = [each for pair in _splits_near(path, settings) for split in pair for each in split]
    return _above(Path(path), settings), files


def _splits_near(path: str, settings: Settings) -> Iterator[tuple[list[Path], list[Path]]]:
    """Yield the training and the evaluation files of a few folders that have both.

    If that of the data has them, no other one is looked into, and none at all for a file that is one of these.
    """
    if not _may_have(path):
        return
    own = Path(path).parent
    if all(_divided(own)):
        folders = [] if re.search(TRAINING, Path(path).name) else [own]
    else:
        folders = _folders(path, settings)
    most = most_bytes(path)[1]
    both = (divided for folder in folders if all(divided := _divided(folder)))
    for training, held in islice(both, _READ):
        found = [[each for each in there(split, settings) if each.stat().st_size <= most] for split in (training, held)]
        yield found[0][:_OF_SPLIT], found[1][:_OF_SPLIT]


def _may_have(path: str) -> bool:
    return not (path == "-" or "://" in path or evaluation_name(path)) and Path(path).is_file()


def _above(file: Path, settings: Settings) -> list[Path]:
    """Return the folders whose subfolders are looked into. Next to a repository are others, which are none of it."""
    own = file.parent
    up = [] if own.name in _UNNAMED or (own / ".git").exists() else [own.parent]
    return there([own, *up], settings, folders=True)


def _folders(path: str, settings: Settings) -> list[Path]:
    """Return a few folders next to a file and next to its folder, those of split data by their names first."""
    file = Path(path)
    return [Path(each) for each in near_folders(str(file.parent), [str(each) for each in _above(file, settings)])]


def _divided(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the training and the evaluation files of a folder by their names."""
    training, held = (
        [name for name in names if suffix_of(Path(name)) in KNOWN and re.search(words, name)]
        for names, words in zip(split_names(str(folder)), (TRAINING, HELD), strict=True)
    )
    held = [name for name in held if name not in training and re.search(UNLABELLED, name) is None]
    held.sort(key=lambda name: (preference(name), len(name)))
    return [folder / name for name in training], [folder / name for name in held]


class _Common(NamedTuple):
    """How many of the first rows of a file are in the data, and whether these are most of them."""

    rows: int
    are_most: bool


def _common(ours: set[str], file: Path, settings: Settings, most: int) -> _Common | None:
    """Count which of the first rows of a file are in the data; None for so few that neither was made from the other."""
    rows = [_texts(row) for row in first_rows_of(str(file), settings, COMPARED, most=(most, most))]
    seen = Counter(text for texts in rows for text in texts)
    own = (max((text for text in texts if seen[text] == 1), key=len, default="") for texts in rows)
    common = sum(text in ours for text in own)
    return _Common(common, 2 * common > len(rows)) if common >= max(_LEAST, _SHARE * len(rows)) else None


def _texts(row: Mapping[str, Any]) -> list[str]:
    """Return the different texts of a row in any depth, also in objects written as JSON, but for short ones."""
    found: dict[str, None] = {}
    left: list[Any] = [row]
    while left:
        value = left.pop()
        if isinstance(value, str):
            if len(text := value.strip()) < _SHORTEST:
                continue
            if (written := _written_object(text)) is None:
                found[text] = None
            else:
                left.append(written)
        elif isinstance(value, Mapping):
            left.extend(value.values())
        elif isinstance(value, (list, tuple)):
            left.extend(value)
    return list(found)


def _written_object(text: str) -> dict[str, Any] | None:
    """Return the object that a text is as JSON; None for another text."""
    if not (text.startswith("{") and text.endswith("}")):
        return None
    try:
        value = orjson.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None
