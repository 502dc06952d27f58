"""The evaluation set that lies next to a training file, by its name and its columns."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from itertools import chain, islice
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.config.paths import is_folder
from datalint.core.errors import DatalintError
from datalint.sources.splits import HELD, NAMES, SUFFIXES, TRAINING, evaluation_name
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

#: What stands in the name of a file for tuning where that of its evaluation set has another word.
_TUNING: Final = r"(?i)(?<![a-z])(?:sft|ft|tune|tuning|fine[-_]?tun(?:e|ing))(?![a-z])"
#: What stands between the name of a file and a word for evaluation that is added to it.
_JOINTS: Final = ("_", "-", ".")
#: Words that say that a file belongs to another one for sure: tests may be those of a program.
_TEST: Final = ("test", "testing")
_SURE: Final = tuple(name for name in NAMES if name not in _TEST)
_TRAIN: Final = ("train", "training")
#: Rows whose keys are the columns of a file.
_ROWS: Final = 50
#: Names in a folder above which none of them is looked at, and files of which the columns are.
_MOST_NAMES: Final = 1000
_MOST_FILES: Final = 8
#: Keys that number rows.
_NUMBERS: Final = ("", "id", "idx", "index", "no", "unnamed: 0")
#: Containers of texts without keys.
_TEXTS: Final = ("text", "text-blocks", "text-parts")


class Candidates(NamedTuple):
    """Where the evaluation set of a training file may be, in order of preference.

    ``named`` are those whose name is that of the file with another word for the training. Those that only ``belong`` to
    it by their name must have its columns. ``near`` are for the user to decide on, if they have its columns. Where one
    of ``parts`` is there, the file is all that a training set was made from, and has none.
    """

    named: Sequence[Path] = ()
    belong: Sequence[Path] = ()
    near: Sequence[Path] = ()
    parts: Sequence[Path] = ()


def evaluation_candidates(path: str) -> Candidates:
    """Return where the evaluation set of a training file or saved split is looked for.

    ``train.jsonl`` may have an ``eval.jsonl`` or ``valid.jsonl`` next to it, ``chat_train.jsonl`` a
    ``chat_validation.jsonl``, ``chat_ft.jsonl`` a ``chat_val.jsonl``, and ``chat.jsonl`` a ``chat_validation.jsonl``,
    unless it is all that a ``chat_train.jsonl`` was made from.
    """
    if path == "-" or "://" in path:
        return Candidates()
    file = Path(path)
    if not (file.is_file() or _is_saved(file)):
        return Candidates()
    if re.search(TRAINING, file.name):
        return Candidates(named=_renamed(file, TRAINING, NAMES))
    if evaluation_name(path) or is_folder(file):
        return Candidates()
    tuned, parts = [], _added(file, _TRAIN)
    if re.search(_TUNING, file.name):
        tuned, parts = _renamed(file, _TUNING, NAMES), [*parts, *_renamed(file, _TUNING, _TRAIN)]
    lone = [file.with_name(f"{name}{suffix_of(file)}") for name in NAMES]
    return Candidates((), [*tuned, *_added(file, _SURE)], [*_added(file, _TEST), *lone], parts)


def siblings_of(path: str, settings: Settings | None = None, sources: Sequence[Source] = ()) -> list[Path]:
    """Return the evaluation files next to a training file, or the saved split next to a saved one.

    The first one that belongs to a training file by its name is one. The others must have its columns.
    ``sources`` are those of the training rows, if they are open.
    """
    candidates = evaluation_candidates(path)
    if is_folder(Path(path)):
        return [each for each in candidates.named if _is_saved(each)][:1]
    if named := [each for each in candidates.named if each.is_file()]:
        return [named[0], *_with_columns(named[1:], path, settings, sources)]
    found = _with_columns(_there(candidates.belong, candidates.parts), path, settings, sources)
    # Where one file belongs to the data, so do tests of the same name.
    tests = [each for each in _added(Path(path), _TEST) if each.is_file()] if found else []
    return [*found, *_with_columns(tests, path, settings, sources)]


def not_compared(path: str, used: Sequence[Path]) -> list[Path]:
    """Return files that belong to a training file by their names, but are not among those that are ``used``."""
    if is_folder(Path(path)):
        return []
    return [each for each in evaluation_candidates(path).named if each.is_file() and each not in used]


def undecided(settings: Settings, sources: Sequence[Source]) -> str:
    """Return the name of a file next to the only one of the data that may be its evaluation set; empty for none.

    It has most columns of the data among those that are looked at.
    """
    if len(sources) != 1 or sources[0].path.startswith("<") or sources[0].container in _TEXTS:
        return ""
    [source] = sources
    candidates = evaluation_candidates(source.path)
    near = list(dict.fromkeys([*candidates.near, *others_held(source.path)]))
    if not (there := _there(near, candidates.parts)):
        return ""
    ours = _columns(source, settings)
    alike = [
        (len(ours & theirs), each.name) for each in there if _shares(ours, theirs := _columns(str(each), settings))
    ]
    return max(alike, key=itemgetter(0), default=(0, ""))[1]


def _shares(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether half of the columns are those of another file too, not only numbers of rows."""
    common = ours & theirs
    return 2 * len(common) >= len(ours) and any(name.lower() not in _NUMBERS for name in common)


def others_held(path: str) -> list[Path]:
    """Return files next to a training file with a word for evaluation in any place of their names.

    ``public_test.json`` is one for ``train.json``. Those with most words of its name come first. There are none in a
    folder of very many files.
    """
    file, suffix = Path(path), suffix_of(Path(path))
    if path == "-" or "://" in path or not file.is_file() or evaluation_name(path):
        return []
    names = []
    with os.scandir(file.parent) as entries:
        for count, entry in enumerate(entries):
            if count == _MOST_NAMES:
                return []
            names.append(entry.name)
    ours = _words(file.name)
    held = [
        name
        for name in names
        if name != file.name
        and not name.startswith(".")
        and suffix_of(Path(name)) == suffix
        and re.search(HELD, name.removesuffix(suffix))
        and not re.search(TRAINING, name)
    ]
    held.sort(key=lambda name: (-len(ours & _words(name)), _preference(name), name))
    return [file.with_name(name) for name in held[:_MOST_FILES]]


def _words(name: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W_]+", name.lower()))


def _preference(name: str) -> int:
    return min(NAMES.index(word) for word in re.findall(HELD, name.lower()))


def _renamed(file: Path, words: str, names: Sequence[str]) -> list[Path]:
    found = (file.with_name(re.sub(words, name, file.name, count=1)) for name in names)
    return [candidate for candidate in found if candidate != file]


def _added(file: Path, names: Sequence[str]) -> list[Path]:
    """Return the paths of a file with a word added before or after its name."""
    suffix = suffix_of(file)
    stem = file.name[: len(file.name) - len(suffix)]
    after = (f"{stem}{joint}{name}{suffix}" for name in names for joint in _JOINTS)
    before = (f"{name}{joint}{stem}{suffix}" for name in names for joint in _JOINTS[:2])
    return [file.with_name(each) for each in (*after, *before)]


def suffix_of(file: Path) -> str:
    """Return what follows the name of a file, such as ``.jsonl.gz``."""
    found = re.search(SUFFIXES, file.name)
    return file.suffix if found is None else found[0]


def _is_saved(folder: Path) -> bool:
    return (folder / "state.json").is_file()


def _there(candidates: Sequence[Path], parts: Sequence[Path]) -> list[Path]:
    """Return the candidates that are there, none if one of the parts is."""
    there = [each for each in candidates if each.is_file()]
    return [] if there and any(each.is_file() for each in parts) else there


def _with_columns(there: Sequence[Path], path: str, settings: Settings | None, sources: Sequence[Source]) -> list[Path]:
    """Return the files that have the columns of the file at ``path``."""
    if not there:
        return []
    ours = _columns(sources[0] if len(sources) == 1 else path, settings)
    return [each for each in there if ours and _columns(str(each), settings) == ours]


def _columns(source: Source | str, settings: Settings | None) -> frozenset[str]:
    """Return the keys of the first rows of a source; none for one that cannot be read."""
    from datalint.engine.first_rows import first_rows

    try:
        rows = first_rows(_opened(source, settings)) if isinstance(source, str) else first_rows(source)
        return frozenset(chain.from_iterable(islice(rows, _ROWS)))
    except DatalintError:
        return frozenset()


def _opened(path: str, settings: Settings | None) -> Source:
    from datalint.sources import open_sources

    if settings is None:
        return open_sources([path])[0]
    return open_sources([path], table=settings.table, confine=settings.files.confine)[0]
