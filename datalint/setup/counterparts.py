"""Other files next to one that is checked alone: the training file of an evaluation set, and the parts of a dataset."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from datalint.core.kind import EVALUATION
from datalint.privacy.display import file_name, printable
from datalint.records.record import TEXT_CONTAINERS
from datalint.setup.neighbours import (
    columns_of,
    common_rows,
    first_rows_of,
    most_bytes,
    names_in,
    suffix_of,
    there,
    within,
    words_of,
)
from datalint.setup.other_names import PART, renamed
from datalint.sources.split_words import HELD, TRAINING, TRAINING_NAMES, TRIAL, training_for
from datalint.sources.splits import evaluation_name
from datalint.support.near_folders import MOST_NAMES

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

#: Training files of which the columns are looked at, and folders above a file that may be those of a split.
_MOST_FILES: Final = 4
_LEVELS: Final = 3
#: Files of a layout from which one of them is a part, the ones of these that are looked at, and the names in a folder
#: above which none is. Of very many names, none is read.
_LEAST_PARTS: Final = 5
_LEAST_TEXTS: Final = 8
_SIMILAR: Final = 10
_SPREAD: Final = 4
_MOST_NAMES: Final = 20_000
#: Bytes above which no file has too few rows, and a document is not looked at for its class.
_SMALL: Final = 4 << 20
#: Rows that are looked at, and characters of a value that may be a class.
_ROWS: Final = 20
_CLASS: Final = 40


def unpaired(settings: Settings, paths: Sequence[str], sources: Sequence[Source]) -> list[str]:
    """Return a note on the training file next to an evaluation set that is checked alone, with the command to type."""
    if settings.eval is not None or len(paths) != 1 or len(sources) != 1:
        return []
    training = training_file(paths[0], settings, sources[0])
    if training is None:
        return []
    given, other = shlex.quote(paths[0]), shlex.quote(str(training))
    parts = PART.search(training.name) is not None and training.parent == Path(paths[0]).parent
    command = shlex.quote(str(training.parent)) if parts else f"{other} --eval {given}"
    return [f"to look for rows of {file_name(Path(paths[0]).name)} in training: datalint check {printable(command)}"]


def training_file(path: str, settings: Settings, source: Source) -> Path | None:
    """Return the training file near an evaluation set, which has its columns; None without one.

    It has the name of the evaluation set with a word for training, or without one for evaluation, in the same folder or
    in that of the training split. Otherwise it is one next to it whose name says that it is for training; of lines of
    text, which have no columns, only the former.
    """
    if settings.kind not in (None, EVALUATION) or not evaluation_name(path):
        return None
    if not Path(path).is_file():
        return None
    named = _named_alike(Path(path)) if source.container in TEXT_CONTAINERS else training_candidates(path)
    found = there([Path(each) for each in named], settings)[:_MOST_FILES]
    if not found:
        return None
    ours, most = columns_of(source, settings), most_bytes(path)
    return next(
        (each for each in within(found, most) if ours and columns_of(str(each), settings, most=most) == ours), None
    )


def training_candidates(path: str) -> Iterator[Path]:
    """Yield where the training file of an evaluation set may be, the best places first."""
    file = Path(path)
    yield from _named_alike(file)
    names = [name for name in names_in(file.parent, suffix_of(file)) or () if re.search(TRAINING, name)]
    ours = words_of(file.name)
    names.sort(key=lambda name: (re.search(HELD, name) is not None, -len(ours & words_of(name)), len(name), name))
    yield from (file.with_name(name) for name in names if not evaluation_name(name))


def _named_alike(file: Path) -> Iterator[Path]:
    """Yield the paths of an evaluation set with other words for its split, in its name and in those of its folders."""
    names = renamed(file, HELD, training_for(file.name)) or renamed(file, TRIAL, TRAINING_NAMES)
    yield from names
    suffix = suffix_of(file)
    stem = file.name[: len(file.name) - len(suffix)]
    bare = re.sub(rf"[-_. ]+(?:{HELD})$|^(?:{HELD})[-_. ]+", "", stem)
    if bare and bare != stem:
        yield from (file.with_name(f"{bare}{more}{suffix}") for more in ("", "_data", "_dataset", "-data", "-dataset"))
    for level in range(1, min(_LEVELS, len(file.parts) - 1) + 1):
        *above, folder = file.parts[:-level]
        if re.fullmatch(rf"(?:{HELD})(?:[-_ ]?(?:sets?|data|splits?))?", folder) is None:
            continue
        for other in renamed(Path(folder), HELD, training_for(folder)):
            for each in (file, *names):
                yield Path(*above, other, *each.parts[len(file.parts) - level :])


def files_alike(settings: Settings, sources: Sequence[Source]) -> int:
    """Return how many files of its columns a folder has, with the only one of the data; 0 if that is no part of many.

    Only some are looked at. A large file is no part of which the rows would be too few. Texts have no columns: their
    names must be the same but for numbers, as ``1.txt``, or end alike, as ``essay.tok.txt``, or there must be eight or
    more of a similar size, such as a story each. A file that holds the rows of the others is all of them, and no part.
    """
    if len(sources) != 1 or sources[0].path.startswith("<"):
        return 0
    [source] = sources
    others = others_alike(source.path)
    if source.container in TEXT_CONTAINERS:
        name = Path(source.path).name
        named = [each for each in others if _is_named_as(each.name, name)]
        size = Path(source.path).stat().st_size
        sized = [each for each in others[:MOST_NAMES] if size <= _SIMILAR * each.stat().st_size <= _SIMILAR**2 * size]
        found, least = (named, _LEAST_PARTS) if len(named) + 1 >= _LEAST_PARTS else (sized, _LEAST_TEXTS)
        return len(found) + 1 if len(found) + 1 >= least else 0
    if not others:
        return 0
    ours, most = columns_of(source, settings), most_bytes(source.path)
    some = [str(each) for each in dict.fromkeys(spread(others))]
    if not ours or any(columns_of(each, settings, most=most) != ours for each in some):
        return 0
    holds_others = all(common_rows(source, each, ours, settings, most).are_part for each in some)
    return 0 if holds_others else len(others) + 1


def _is_named_as(one: str, other: str) -> bool:
    """Return whether the names of two texts differ in numbers only, or have two endings in common."""
    ends, theirs = (Path(each).suffixes[-2:] for each in (one, other))
    return re.sub(r"\d+", "0", one) == re.sub(r"\d+", "0", other) or (len(ends) > 1 and ends == theirs)


def files_of_classes(settings: Settings, sources: Sequence[Source]) -> dict[str, tuple[str, ...]]:
    """Return the names of the files next to the only one of the data that have its columns, and another class each.

    They are given for each value that all of the first rows of the data have under a key, in lower case, if the first
    rows of each of the other files have another one there. If there are many files, some are looked at.
    """
    if len(sources) != 1 or sources[0].path.startswith("<") or sources[0].container in TEXT_CONTAINERS:
        return {}
    [source] = sources
    file = Path(source.path)
    names = [name for name in names_in(file.parent, suffix_of(file)) or () if name != file.name]
    if not names or not file.is_file() or _is_of_a_split(file.name):
        return {}
    others = there([file.with_name(name) for name in names if not _is_of_a_split(name)], settings)
    ours = _constants(first_rows_of(source, settings, _ROWS)) if others else {}
    columns, (lines, _) = columns_of(source, settings) if ours else frozenset(), most_bytes(source.path)
    # A workbook or document is read as a whole.
    most = lines, _SMALL
    for each in dict.fromkeys(spread(others)) if ours else ():
        if columns_of(str(each), settings, most=most) != columns:
            return {}
        theirs = _constants(first_rows_of(str(each), settings, _ROWS, most=most))
        ours = {key: value for key, value in ours.items() if theirs.get(key, value) != value}
    return dict.fromkeys(ours.values(), tuple(each.name for each in others))


def _constants(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return the short texts and numbers that all of some rows have under a key, in lower case."""
    first = rows[0] if len(rows) == _ROWS else {}
    return {
        key: str(value).strip().casefold()
        for key, value in first.items()
        if isinstance(value, str | int) and 0 < len(str(value)) <= _CLASS and all(row.get(key) == value for row in rows)
    }


def others_alike(path: str) -> list[Path]:
    """Return the other files next to a small one that may be parts of one dataset with it; none for few."""
    file = Path(path)
    if not file.is_file() or file.stat().st_size > _SMALL:
        return []
    names = names_in(file.parent, suffix_of(file), _MOST_NAMES) or []
    if len(names) < _LEAST_PARTS or _is_of_a_split(file.name):
        return []
    if len(names) <= MOST_NAMES:
        names = [name for name in names if not _is_of_a_split(name)]
    others = [file.with_name(name) for name in names if name != file.name]
    return others if len(others) + 1 >= _LEAST_PARTS else []


def spread(files: Sequence[Path]) -> list[Path]:
    """Return the first and the last one of some files, and a few between them."""
    return [files[place * (len(files) - 1) // (_SPREAD - 1)] for place in range(_SPREAD)] if files else []


def _is_of_a_split(name: str) -> bool:
    return re.search(TRAINING, name) is not None or re.search(HELD, name) is not None
