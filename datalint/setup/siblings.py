"""The evaluation set that lies next to a training file, by its name and its columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.config.paths import is_folder
from datalint.core.errors import DatalintError
from datalint.sources.splits import NAMES, SUFFIXES, TRAINING, evaluation_name
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
    lone = [file.with_name(f"{name}{_suffix(file)}") for name in NAMES]
    return Candidates((), [*tuned, *_added(file, _SURE)], [*_added(file, _TEST), *lone], parts)


def sibling_of(path: str, settings: Settings | None = None, sources: Sequence[Source] = ()) -> Path | None:
    """Return the evaluation file next to a training file, or the saved split next to a saved one; None without one.

    ``sources`` are those of the training rows, if they are open.
    """
    candidates = evaluation_candidates(path)
    folder = is_folder(Path(path))
    for each in candidates.named:
        if _is_saved(each) if folder else each.is_file():
            return each
    return _with_columns(candidates.belong, candidates.parts, path, settings, sources)


def undecided(settings: Settings, sources: Sequence[Source]) -> str:
    """Return the name of a file next to the only one of the data that may be its evaluation set; empty for none."""
    if len(sources) != 1 or sources[0].path.startswith("<") or sources[0].container in _TEXTS:
        return ""
    [source] = sources
    candidates = evaluation_candidates(source.path)
    found = _with_columns(candidates.near, candidates.parts, source.path, settings, sources)
    return "" if found is None else found.name


def _renamed(file: Path, words: str, names: Sequence[str]) -> list[Path]:
    found = (file.with_name(re.sub(words, name, file.name, count=1)) for name in names)
    return [candidate for candidate in found if candidate != file]


def _added(file: Path, names: Sequence[str]) -> list[Path]:
    """Return the paths of a file with a word added before or after its name."""
    suffix = _suffix(file)
    stem = file.name[: len(file.name) - len(suffix)]
    after = (f"{stem}{joint}{name}{suffix}" for name in names for joint in _JOINTS)
    before = (f"{name}{joint}{stem}{suffix}" for name in names for joint in _JOINTS[:2])
    return [file.with_name(each) for each in (*after, *before)]


def _suffix(file: Path) -> str:
    found = re.search(SUFFIXES, file.name)
    return file.suffix if found is None else found[0]


def _is_saved(folder: Path) -> bool:
    return (folder / "state.json").is_file()


def _with_columns(
    candidates: Sequence[Path], parts: Sequence[Path], path: str, settings: Settings | None, sources: Sequence[Source]
) -> Path | None:
    """Return the first candidate that is there and has the columns of the file at ``path``."""
    there = [each for each in candidates if each.is_file()]
    if not there or any(each.is_file() for each in parts):
        return None
    ours = _columns(sources[0] if len(sources) == 1 else path, settings)
    return next((each for each in there if ours and _columns(str(each), settings) == ours), None)


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
