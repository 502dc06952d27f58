"""Files next to the data: their names, and the columns of their first rows."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from datalint.core.errors import DatalintError
from datalint.setup.table_neighbours import in_format_of
from datalint.sources.data_files import DELIMITED, LINES, TABLES, TEXT
from datalint.sources.inflate import DecompressionLimits
from datalint.sources.splits import SUFFIXES
from datalint.support.named_tuple import NamedTuple
from datalint.support.near_folders import MOST_NAMES

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

#: Rows whose keys are the columns of a file.
_ROWS: Final = 50
#: Bytes of a file that is only looked at, or a multiple of those of the data: of one of lines or columns, and of one
#: that may have to be read as a whole. A compressed one may not become much larger.
_MOST_OF_LINES: Final = 4 << 30
_MOST: Final = 32 << 20
_TIMES: Final = 4
_OF_LINES: Final = (*LINES, *DELIMITED, *TEXT, *TABLES)
_LIMITS: Final = DecompressionLimits(total=1 << 30)
#: Candidates from which on the names of their folder are read, and how many of them for each candidate.
_LOOKED_FOR: Final = 8
_LISTED: Final = 4
#: Keys that number rows.
_NUMBERS: Final = ("", "id", "idx", "index", "no", "unnamed: 0")
#: Words of columns of what a model answered, and rows that are compared with those of another file.
_PREDICTED: Final = frozenset("pred preds predict predicted prediction predictions output outputs".split())
COMPARED: Final = 5_000
#: Rows and characters of versions of texts, and how much they are like each other, and less like the next one.
_LEAST_VERSIONS: Final = 10
_COMPARED_CHARS: Final = 2_000
_VERSIONS: Final = 0.8
_ALIKE: Final = 0.5
_FARTHER: Final = 0.2


#: The first rows of files within a context of :func:`rows_kept`, by the path or the source, and by the data whose
#: format it may have, if any.
_kept: Final[ContextVar[dict[tuple[str | int, int | None], Iterable[dict[str, Any]]] | None]] = ContextVar(
    "kept", default=None
)


class Common(NamedTuple):
    """Whether most of the first rows of the data are in another file, and how many rows of that are in the data.

    ``are_part`` says that these are all of them, and fewer than the data has.
    """

    are_most: bool
    of_theirs: int
    are_part: bool = False


def names_in(folder: Path, suffix: str, most: int = MOST_NAMES) -> list[str] | None:
    """Return the names in a folder with a suffix, hidden ones left out; None for a folder of very many names."""
    names = []
    try:
        with os.scandir(folder) as entries:
            for count, entry in enumerate(entries):
                if count == most:
                    return None
                names.append(entry.name)
    except (OSError, ValueError):
        return []
    # Most folders have other files as well, and a path takes longer than the rest.
    ending = [name for name in names if not name.startswith(".") and name.endswith((suffix, f"{suffix}\n"))]
    return sorted(name for name in ending if suffix_of(Path(name)) == suffix)


def in_other_case(candidates: Sequence[Path], file: Path) -> list[Path]:
    """Return the files next to a file whose names are those of candidates but for the case of letters."""
    wanted = {each.name.lower(): place for place, each in enumerate(candidates) if each.parent == file.parent}
    same = {each.name for each in candidates}
    near = (name for name in names_in(file.parent, suffix_of(file)) or () if name not in same)
    names = [name for name in near if name.lower() in wanted]
    return [file.with_name(name) for name in sorted(names, key=lambda name: wanted[name.lower()])]


def suffix_of(file: Path) -> str:
    """Return what follows the name of a file, such as ``.jsonl.gz``."""
    found = re.search(SUFFIXES, file.name)
    return file.suffix if found is None else found[0]


def words_of(name: str) -> frozenset[str]:
    """Return the words of a name, in lower case."""
    return frozenset(re.findall(r"[^\W_]+", name.lower()))


def is_saved(folder: Path) -> bool:
    """Return whether a folder is a saved split."""
    return (folder / "state.json").is_file()


def there(candidates: Iterable[Path], settings: Settings | None = None, *, folders: bool = False) -> list[Path]:
    """Return the files (or ``folders``) that are there and that the settings let one read, each once by its names."""
    found: dict[tuple[int, int], Path] = {}
    wanted = stat.S_ISDIR if folders else stat.S_ISREG
    for each in _possible([*candidates]):
        try:
            state = each.stat()
        except (OSError, ValueError):
            continue
        if wanted(state.st_mode) and _may_be_read(each, settings):
            found.setdefault((state.st_dev, state.st_ino), each)
    return list(found.values())


def _possible(candidates: Sequence[Path]) -> list[Path]:
    """Return the candidates without those that their folder, if it has few names, does not list.

    Nearly all of hundreds are not there, and looking for each takes several times as long as reading the names does.
    """
    places = [os.path.split(each) for each in candidates]
    listed = {
        folder: _lowered(folder, _LISTED * count)
        for folder, count in Counter(folder for folder, _ in places).items()
        if count >= _LOOKED_FOR
    }
    return [
        each
        for each, (folder, name) in zip(candidates, places, strict=True)
        # Where case, or the form of a letter with a mark, makes no difference, the name may be listed otherwise.
        if (names := listed.get(folder)) is None or name.lower() in names or not name.isascii()
    ]


def _lowered(folder: str, most: int) -> set[str] | None:
    """Return the names in a folder in lower case; None for a folder of more than ``most``, or that cannot be read."""
    try:
        with os.scandir(folder or os.curdir) as entries:
            names = {entry.name.lower() for entry in islice(entries, most + 1)}
    except FileNotFoundError:
        return set()
    except (OSError, ValueError):
        return None
    return names if len(names) <= most else None


def _may_be_read(path: Path, settings: Settings | None) -> bool:
    """Return whether a path is inside of the folders that the settings limit files to, links followed."""
    if settings is None:
        return True
    try:
        settings.files.confine.check(path)
    except DatalintError:
        return False
    return True


def shares(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether half of the columns are those of another file too, not only numbers of rows.

    All columns of a test set without labels are fewer.
    """
    common = ours & theirs
    return (2 * len(common) >= len(ours) or theirs <= ours) and any(name.lower() not in _NUMBERS for name in common)


def has_all(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether a file has all columns of the data, but for numbers of rows, and further ones if any."""
    kept = frozenset(name for name in ours if name.lower() not in _NUMBERS)
    return bool(kept) and kept <= theirs and not has_predictions(kept, theirs)


def has_predictions(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether a file has all columns of the data, and one of predictions about its rows."""
    return ours <= theirs and any(not _PREDICTED.isdisjoint(words_of(name.replace("_", " "))) for name in theirs - ours)


def common_rows(
    source: Source, path: str, common: frozenset[str], settings: Settings | None, most: tuple[int, int]
) -> Common:
    """Compare the first rows of the data with those of another file in their ``common`` columns.

    Few different values, as of a label alone, are the rows of neither.
    """
    columns = sorted(name for name in common if name.lower() not in _NUMBERS)
    ours = [repr([row.get(name) for name in columns]) for row in first_rows_of(source, settings, COMPARED)]
    theirs = [
        repr([row.get(name) for name in columns])
        for row in first_rows_of(path, settings, COMPARED, most=most, like=source)
    ]
    known, other = frozenset(ours), frozenset(theirs)
    are_most = 2 * len(known) > len(ours) > 1 and 2 * sum(row in other for row in ours) > len(ours)
    of_theirs = sum(row in known for row in theirs) if 2 * len(other) > len(theirs) else 0
    return Common(are_most, of_theirs, of_theirs == len(theirs) and other < known)


def are_versions(source: Source, path: str, common: frozenset[str], settings: Settings | None) -> bool:
    """Return whether the first rows of a file have other versions of the texts of the data, each in the same place.

    In their ``common`` columns, nearly all of them are like the row of the data in that place, and far less like the
    next one, as corrected texts are: rows of a template are as much like any other one.
    """
    columns = sorted(name for name in common if name.lower() not in _NUMBERS)
    ours, theirs = (
        [" ".join(str(row.get(name) or "") for name in columns)[:_COMPARED_CHARS] for row in rows]
        for rows in (first_rows_of(source, settings, _ROWS), first_rows_of(path, settings, _ROWS, like=source))
    )
    if len(ours) != len(theirs) or len(ours) < _LEAST_VERSIONS or 2 * sum(map(str.__eq__, ours, theirs)) > len(ours):
        return False
    pairs = zip(ours, theirs, [*theirs[1:], theirs[0]], strict=True)
    alike = sum(
        (near := _likeness(one, other)) > _ALIKE and near - _likeness(one, after) > _FARTHER
        for one, other, after in pairs
    )
    return alike >= _VERSIONS * len(ours)


def _likeness(one: str, other: str) -> float:
    """Return the share of the pairs of characters of two texts that both have, in any case of letters."""
    mine, theirs = ({*map(str.__add__, text, text[1:])} for text in (one.lower(), other.lower()))
    return len(mine & theirs) / max(len(mine | theirs), 1)


def most_bytes(path: str) -> tuple[int, int]:
    """Return how large a file near the one at ``path`` may be to be looked at: one of lines, and any other one.

    Only the first lines are read of the former. The latter may have to be read as a whole.
    """
    try:
        ours = Path(path).stat().st_size
    except OSError:
        ours = 0
    return max(_MOST_OF_LINES, _TIMES * ours), max(_MOST, _TIMES * ours)


def within(files: Iterable[Path], most: tuple[int, int]) -> Iterator[Path]:
    """Yield files until those that may have to be read as a whole are too large together."""
    left = most[1]
    for each in files:
        if not each.name.lower().endswith(_OF_LINES):
            left -= each.stat().st_size
        if left >= 0:
            yield each


def is_too_large(file: Path, most: tuple[int, int]) -> bool:
    """Return whether a file is too large to be looked at."""
    return file.stat().st_size > most[not file.name.lower().endswith(_OF_LINES)]


def columns_of(
    source: Source | str,
    settings: Settings | None,
    *,
    most: tuple[int, int] = (sys.maxsize, sys.maxsize),
    like: Source | None = None,
) -> frozenset[str]:
    """Return the keys of the first rows of a source; none for one that cannot be read or is larger than ``most``."""
    return frozenset(chain.from_iterable(first_rows_of(source, settings, _ROWS, most=most, like=like)))


def first_rows_of(
    source: Source | str,
    settings: Settings | None,
    rows: int,
    *,
    most: tuple[int, int] = (sys.maxsize, sys.maxsize),
    like: Source | None = None,
) -> list[dict[str, Any]]:
    """Return some rows of a source; none of one that cannot be read or is larger than ``most``.

    A file may be a table ``like`` the data, which its own few lines do not show.
    """
    try:
        if isinstance(source, str) and is_too_large(Path(source), most):
            return []
        return list(islice(_rows_of(source, settings, like), rows))
    except (DatalintError, OSError):
        return []


@contextmanager
def rows_kept() -> Iterator[None]:
    """Read the first rows of each file once, however often they are asked for within this context."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def _rows_of(source: Source | str, settings: Settings | None, like: Source | None) -> Iterable[dict[str, Any]]:
    """Return the first rows of a source, those that are kept if there are any."""
    from datalint.engine.guesses.first_rows import FirstRows, first_rows

    kept = _kept.get()
    if kept is None:
        return first_rows(_opened(source, settings, like) if isinstance(source, str) else source)
    key = (source if isinstance(source, str) else id(source), None if like is None else id(like))
    if key not in kept:
        kept[key] = []  # for one that cannot be opened
        kept[key] = FirstRows(_opened(source, settings, like) if isinstance(source, str) else source)
    return kept[key]


def _opened(path: str, settings: Settings | None, like: Source | None) -> Source:
    from datalint.sources import open_sources

    if settings is None:
        return open_sources([path], limits=_LIMITS)[0]
    found = open_sources([path], table=settings.table, confine=settings.files.confine, limits=_LIMITS)
    return in_format_of(like, found, settings, limits=_LIMITS)[0]


def path_from(source: Source, file: Path) -> str:
    """Return the path of a file from the folder of a source, with slashes."""
    return Path(os.path.relpath(file, Path(source.path).parent)).as_posix()
