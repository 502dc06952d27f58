"""Fingerprint of a run's inputs: observations of the file system, and whether they still hold.

An observation is a list of JSON values: its kind, a path or pattern, and what was there.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from datalint.cache.location import MARK, TAG
from datalint.support import near_folders
from datalint.support.days import today

Observation = list[Any]
#: Names in a folder above which a run is not cached, as listing them would take too long.
MOST_NAMES: Final = 10_000
#: Tolerance in nanoseconds between the clock of the file system and that of the process.
_TICK: Final = 20_000_000


class UnobservableError(Exception):
    """The inputs of a run cannot be fingerprinted, so its report is not cached."""


def file(path: str, sha256: str | None = None, *, before: int) -> Observation:
    """Observe the content of a file.

    Args:
        path: where it is opened.
        sha256: of its content, where it was taken while the run read it.
        before: when the run began, in nanoseconds since 1970; a file that changed later may be another by now.

    Raises:
        UnobservableError: when it is no regular file, or changed since the run began.
        OSError: when it can't be read.
    """
    state = os.stat(path)
    if not stat.S_ISREG(state.st_mode):
        raise UnobservableError(path)
    # Some file systems keep whole seconds, and round down.
    slack = _TICK if state.st_mtime_ns % 1_000_000_000 else 2_000_000_000
    if max(state.st_mtime_ns, state.st_ctime_ns) > before - slack:
        raise UnobservableError(path)
    return ["file", path, state.st_size, sha256 or _sha256(path), os.path.realpath(path)]


def absent(path: str) -> Observation:
    """Observe that no file is at a path."""
    return ["absent", path]


def existence(path: str) -> Observation:
    """Observe whether something is at a path."""
    return ["existence", path, os.path.exists(path)]


def until(day: str) -> Observation:
    """Observe that a day (ISO 8601) is not over."""
    return ["until", day]


def is_to_come(day: str) -> bool:
    """Return whether a day (ISO 8601, or empty for none) is not over."""
    return day >= today()


def place(path: str) -> Observation:
    """Observe the real path behind links."""
    return ["place", path, os.path.realpath(path)]


def matches(pattern: str) -> Observation:
    """Observe the matches of a glob; UnobservableError for too many, and for a glob that names hidden files."""
    if any(part.startswith(".") and part.strip(".") for part in pattern.replace(os.sep, "/").split("/")):
        raise UnobservableError(pattern)
    return ["matches", pattern, _bounded(_matches(pattern))]


def names_like(folder: str, *, start: str = "", words: Sequence[str] = ("",), end: str = "") -> Observation:
    """Observe which names in a folder begin and end so and have one of the words in any case, except hidden ones.

    Whether there are more than a search looks at is observed too.

    Raises:
        UnobservableError: for too many.
    """
    return ["like", folder, start, list(words), end, _bounded(_names_like(folder, start, words, end))]


def splits(own: str, above: Sequence[str]) -> Observation:
    """Observe the split data in a folder and in a few below those ``above``; UnobservableError for too many names."""
    return ["splits", own, above, _bounded(near_folders.split_files(own, above))]


def names(folder: str) -> Observation:
    """Observe all names below a folder except hidden ones and those of caches; UnobservableError for too many."""
    return ["names", folder, _bounded(_names(folder))]


def hold(observations: Iterable[Observation]) -> bool:
    """Return whether all observations still hold; contents of files are hashed last."""
    contents = []
    for observation in observations:
        if observation[0] == "file":
            _, path, size, _, real = observation
            if not _is_file_of(path, size) or os.path.realpath(path) != real:
                return False
            contents.append(observation)
        elif not _holds(observation):
            return False
    try:
        return all(_sha256(path) == sha256 for _, path, _, sha256, _ in contents)
    except OSError:
        return False


def reads(observations: Iterable[Observation], path: str) -> bool:
    """Return whether ``path`` is one of the files whose content was observed, by any link or spelling."""
    try:
        state = os.stat(path)
        return any(each[0] == "file" and os.path.samestat(state, os.stat(each[1])) for each in observations)
    except (OSError, ValueError):
        return False


def _holds(observation: Observation) -> bool:
    kind, *asked, seen = observation
    path = asked[0] if asked else seen
    try:
        if kind == "until":
            return is_to_come(path)
        if kind == "absent":
            return not os.path.isfile(path)
        if kind == "existence":
            return bool(os.path.exists(path) == seen)
        if kind == "place":
            return bool(os.path.realpath(path) == seen)
        looks: dict[str, Callable[..., Iterator[str]]] = {
            "matches": _matches,
            "like": _names_like,
            "splits": near_folders.split_files,
            "names": _names,
        }
        return bool(_bounded(looks[kind](*asked)) == seen)
    except (OSError, UnobservableError):
        return False


def _is_file_of(path: str, size: int) -> bool:
    try:
        state = os.stat(path)
    except OSError:
        return False
    return stat.S_ISREG(state.st_mode) and state.st_size == size


def _sha256(path: str) -> str:
    with open(path, "rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _matches(pattern: str) -> Iterator[str]:
    import glob

    caches: tuple[str, ...] = ()
    for path in glob.iglob(pattern, recursive=True):
        if caches and path.startswith(caches):
            continue
        if _is_cache(path):
            caches += (os.path.join(path, ""),)
            continue
        yield f"{path}={os.path.realpath(path)}" if os.path.islink(path) else path


def _names_like(folder: str, start: str, words: Sequence[str], end: str) -> Iterator[str]:
    try:
        with os.scandir(folder) as entries:
            known = list(entries)
    except (OSError, ValueError):
        return
    yield str(len(known) > near_folders.MOST_NAMES)
    for each in known:
        name = each.name
        if name.startswith(".") or not (name.startswith(start) and name.endswith(end)):
            continue
        if any(word in name.lower() for word in words) and not (each.is_dir() and _is_cache(each.path)):
            yield f"{name}={os.path.realpath(each.path)}" if each.is_symlink() else name


def _names(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for each in entries:
            if each.name.startswith("."):
                continue
            if each.is_symlink():
                yield f"{each.path}={os.path.realpath(each.path)}"
            elif each.is_dir() and not _is_cache(each.path):
                yield f"{each.path}/"
                yield from _names(each.path)
            elif not each.is_dir():
                yield each.path


def _is_cache(folder: str) -> bool:
    """Return whether a folder is a cache of datalint, which the first run makes next to the data if it is told to."""
    try:
        with open(os.path.join(folder, MARK), "rb") as content:
            return content.read(len(TAG) + 1) == TAG
    except OSError:
        return False


def _bounded(found: Iterable[str]) -> str:
    """Return a digest of names, independent of their order."""
    taken = []
    for name in found:
        taken.append(name)
        if len(taken) > MOST_NAMES:
            raise UnobservableError("too many names")
    return hashlib.sha256("\0".join(sorted(taken)).encode("utf-8", "surrogateescape")).hexdigest()
