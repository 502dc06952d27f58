"""The evaluation set that lies next to a training file, by its name and its columns."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.config.paths import is_folder
from datalint.records.analyses import Nearby
from datalint.setup.neighbours import (
    columns_of,
    common_rows,
    has_all,
    has_predictions,
    is_saved,
    most_bytes,
    names_in,
    shares,
    suffix_of,
    there,
    within,
    words_of,
)
from datalint.setup.other_names import added, after_sole_word, parts_of, renamed, varied
from datalint.sources.split_words import GOLD, HELD, NAMES, TRAINING, held_for, preference, training_for
from datalint.sources.splits import evaluation_name
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

#: What stands in the name of a file for tuning where that of its evaluation set has another word.
_TUNING: Final = r"(?i)(?<![a-z])(?:sft|ft|tune|tuning|fine[-_]?tun(?:e|ing))(?![a-z])"
#: Numbers after such a word, of which an evaluation set has none: ``train_3.json`` and ``train-v2.json`` are next to
#: ``test.json``, and the parts of one set have others than those of another.
_NUMBERED: Final = r"[-_. ]*v?[0-9]+(?=[-_. ]|$)"
#: Words that say that a file belongs to another one for sure: tests may be those of a program.
_TEST: Final = ("test", "testing")
_SURE: Final = tuple(name for name in NAMES if name not in _TEST)
_TRAIN: Final = ("train", "training")
#: The folder of a split for training.
_SPLIT_FOLDER: Final = rf"(?:{TRAINING})(?:[-_ ]?(?:sets?|data|splits?))?"
#: The columns of rows that are lists of several turns, and of two.
_DIALOGUES: Final = frozenset(("dialogue",))
_TURNS: Final = frozenset(("column-1", "column-2"))
#: Words of names that say nothing of what a file is about.
_UNTELLING: Final = frozenset((*NAMES, "data", "dataset", "set", "final", "full", "all", "new", "clean", "raw", "json"))
#: Folders above a file that may be those of a split, and the files of which the columns are looked at.
_LEVELS: Final = 3
_MOST_FILES: Final = 8
#: Containers of texts without keys.
_TEXTS: Final = ("text", "text-blocks", "text-parts")


class Candidates(NamedTuple):
    """Where the evaluation set of a training file may be, in order of preference.

    ``named`` are those whose name is that of the file with another word for the training. Those that only ``belong`` to
    it by their name must have its columns, and so must those that are ``varied``: "data" or "set" after the word is
    left out, added or changed. ``near`` are for the user to decide on, if they have its columns. Where one
    of ``parts`` is there, the file is all that a training set was made from, and has none.
    """

    named: Sequence[Path] = ()
    belong: Sequence[Path] = ()
    near: Sequence[Path] = ()
    parts: Sequence[Path] = ()
    varied: Sequence[Path] = ()


def evaluation_candidates(path: str) -> Candidates:
    """Return where the evaluation set of a training file or saved split is looked for.

    ``train.jsonl`` may have an ``eval.jsonl``, ``valid.jsonl`` or ``test_data.jsonl`` next to it, ``chat_train.jsonl``
    a ``chat_validation.jsonl``, ``chat_ft.jsonl`` a ``chat_val.jsonl``, and ``chat.jsonl`` a ``chat_validation.jsonl``,
    unless it is all that a ``chat_train.jsonl`` was made from. ``train_10k.jsonl`` may have a ``test.jsonl`` if no
    other file is for training, and ``train/chat.jsonl`` may have a ``test/chat.jsonl``.
    """
    if path == "-" or "://" in path:
        return Candidates()
    file = Path(path)
    if not (file.is_file() or is_saved(file)) or evaluation_name(path):
        return Candidates()
    apart = [] if is_folder(file) else list(_in_other_folders(file))
    if re.search(TRAINING, file.name):
        parts = parts_of(file)
        numbered = [] if parts else renamed(file, f"{TRAINING}{_NUMBERED}", held_for(file.name))
        named = parts or renamed(file, TRAINING, held_for(file.name))
        return Candidates(
            named, [*numbered, *after_sole_word(file), *apart], varied=[] if parts else varied(file, named)
        )
    if is_folder(file):
        return Candidates()
    tuned, parts = [], added(file, _TRAIN)
    if re.search(_TUNING, file.name):
        tuned, parts = renamed(file, _TUNING, NAMES), [*parts, *renamed(file, _TUNING, _TRAIN)]
    lone = [file.with_name(f"{name}{suffix_of(file)}") for name in NAMES]
    return Candidates((), [*apart, *tuned, *added(file, _SURE)], [*added(file, _TEST), *lone], parts)


def siblings_of(path: str, settings: Settings | None = None, sources: Sequence[Source] = ()) -> list[Path]:
    """Return the evaluation files next to a training file, or the saved split next to a saved one.

    The first one that belongs to a training file by its name is one. Others whose name is that of the file with another
    word for the training must have its columns, and may have more; all others must have the same ones.
    ``sources`` are those of the training rows, if they are open.
    """
    candidates = evaluation_candidates(path)
    if is_folder(Path(path)):
        return [each for each in candidates.named if is_saved(each)]
    if named := there(candidates.named):
        first = _with_answers(named[0], path, settings, sources)
        more = _with_columns(named[1:], path, settings, sources, further=True)
        return [first, *more, *_with_columns(_own(candidates, path, settings), path, settings, sources)]
    belong = _whole(candidates.belong, candidates.parts, settings)
    found = _with_columns([*dict.fromkeys((*_own(candidates, path, settings), *belong))], path, settings, sources)
    # Where one file belongs to the data, so do tests of the same name.
    more = there([*found, *added(Path(path), _TEST)], settings)[len(found) :] if found else []
    return [*found, *_with_columns(more, path, settings, sources)]


def not_compared(path: str, used: Sequence[Path]) -> list[Path]:
    """Return files that belong to a training file by their names, but are not among those that are ``used``."""
    if is_folder(Path(path)):
        return []
    return [each for each in evaluation_candidates(path).named if each.is_file() and each not in used]


def undecided(settings: Settings, sources: Sequence[Source]) -> Nearby | None:
    """Return a file near the only one of the data that may be its evaluation set, None if there is none.

    It has most columns of the data among those that are looked at. One of predictions about the same rows is none.
    """
    if len(sources) != 1 or sources[0].path.startswith("<") or sources[0].container in _TEXTS:
        return None
    [source] = sources
    candidates = evaluation_candidates(source.path)
    near = [*candidates.near, *others_held(source.path, gold=True)]
    if not (found := _whole(near, candidates.parts, settings)):
        return None
    ours, most = columns_of(source, settings), most_bytes(source.path)
    alike = [
        (len(ours & theirs), each, same.of_theirs)
        for each in within(found, most)
        if shares(ours, theirs := columns_of(str(each), settings, most=most))
        and not has_predictions(ours, theirs)
        and not (same := common_rows(source, str(each), ours & theirs, settings, most)).are_most
    ]
    if not alike:
        return None
    _, best, common = max(alike, key=itemgetter(0))
    return Nearby(Path(os.path.relpath(best, Path(source.path).parent)).as_posix(), common)


def with_rows_of(settings: Settings, source: Source, used: Sequence[Path]) -> list[tuple[Path, int]]:
    """Return files next to the data that may be evaluation sets, are not ``used`` and have rows of the data.

    With each comes how many of its first rows are among the first ones of the data. It has all columns of the data. One
    that belongs to another training file by its name, as of another fold, is none, nor is one with most rows of the
    data.
    """
    if source.container in _TEXTS:
        return []
    file = Path(source.path)
    candidates = evaluation_candidates(source.path)
    found = [*candidates.varied, *candidates.belong, *candidates.near, *others_held(source.path)]
    known = there([*used, *candidates.named], settings)
    found = there([*known, *(each for each in found if each.parent == file.parent)], settings)[len(known) :]
    found = [each for each in found if not any(map(Path.is_file, _training_of(each)))] if not candidates.parts else []
    ours, most = columns_of(source, settings) if found else frozenset(), most_bytes(source.path)
    counted = [
        (each, common_rows(source, str(each), ours & theirs, settings, most))
        for each in within(found, most)
        if has_all(ours, theirs := columns_of(str(each), settings, most=most))
    ]
    return [(each, common.of_theirs) for each, common in counted if common.of_theirs and not common.are_most]


def others_held(path: str, *, gold: bool = False) -> list[Path]:
    """Return files near a training file with a word for evaluation in any place of their names.

    ``public_test.json`` is one for ``train.json``, and so is ``gold.json`` next to it if ``gold`` sets are wanted.
    Those next to it come first, and of these the ones with most words of its name. One folder up, they must have such a
    word in common, and in the folder of another split, any file may be one. There are none in a folder of very many
    files.
    """
    file = Path(path)
    if path == "-" or "://" in path or not file.is_file() or evaluation_name(path):
        return []
    suffix, ours = suffix_of(file), words_of(file.name) - words_of(suffix_of(file))
    found: list[Path] = []
    for folder in folders_of(path):
        names = [name for name in names_in(folder, suffix) or () if not re.search(TRAINING, name)]
        if folder == file.parent:
            names = [name for name in names if name != file.name and _is_held(name.removesuffix(suffix), gold=gold)]
        elif folder == file.parent.parent:
            names = [name for name in names if re.search(HELD, name.removesuffix(suffix)) and ours & _telling(name)]
        names.sort(key=lambda name: (-len(ours & words_of(name)), preference(name), name))
        found += [folder / name for name in names]
    return found[:_MOST_FILES]


def _is_held(stem: str, *, gold: bool) -> bool:
    return re.search(HELD, stem) is not None or (gold and re.search(GOLD, stem) is not None)


def folders_of(path: str) -> list[Path]:
    """Return the folders in which an evaluation set of a training file is looked for, its own one first.

    Of those above it, only those that ``path`` names are.
    """
    file = Path(path)
    apart = {each.parent: None for each in _in_other_folders(file) if is_folder(each.parent)}
    return [file.parent, *apart, *([file.parent.parent] if len(file.parts) > 1 else [])]


def folders_of_splits(folder: Path) -> list[Path]:
    """Return where the folders of evaluation sets are next to that of a training split; none of another folder."""
    return renamed(folder, TRAINING, held_for(folder.name)) if re.fullmatch(_SPLIT_FOLDER, folder.name) else []


def _telling(name: str) -> frozenset[str]:
    """Return the words of a name that say what a file is about."""
    return frozenset(word for word in words_of(name) if len(word) > 1 and not word.isdigit()) - _UNTELLING


def _in_other_folders(file: Path) -> Iterator[Path]:
    """Yield where a file in the folder of a training split may be in that of another split, also under another name."""
    for level in range(1, min(_LEVELS, len(file.parts) - 1) + 1):
        *above, folder = file.parts[:-level]
        if re.fullmatch(_SPLIT_FOLDER, folder) is None:
            continue
        names = [file, *(renamed(file, TRAINING, held_for(file.name)) if re.search(TRAINING, file.name) else ())]
        for other in renamed(Path(folder), TRAINING, held_for(folder)):
            for each in names:
                yield Path(*above, other, *each.parts[len(file.parts) - level :])


def _own(candidates: Candidates, path: str, settings: Settings | None) -> list[Path]:
    """Return the varied candidates that are there and not those of another training file by their very name."""
    found = there(candidates.varied, settings)
    return [each for each in found if not any(map(Path.is_file, _training_of(each)))]


def _training_of(file: Path) -> list[Path]:
    """Return the paths of the training files that an evaluation set is named after."""
    return renamed(file, HELD, training_for(file.name))


def _whole(candidates: Sequence[Path], parts: Sequence[Path], settings: Settings | None) -> list[Path]:
    """Return the candidates that are there, none if one of the parts is."""
    found = there(candidates, settings)
    return [] if found and any(each.is_file() for each in parts) else found


def _with_answers(held: Path, path: str, settings: Settings | None, sources: Sequence[Source]) -> Path:
    """Return the file to read for an evaluation set: the only one with its name and more, if it alone has the answers.

    ``test.jsonl`` may lack a column of the training rows that ``test_with_answers.jsonl`` has.
    """
    suffix = suffix_of(held)
    stem = held.name.removesuffix(suffix)
    longer = [name for name in names_in(held.parent, suffix) or () if re.match(rf"{re.escape(stem)}[-_. ]", name)]
    fuller = _with_columns([held.with_name(name) for name in longer], path, settings, sources)
    return fuller[0] if len(fuller) == 1 and not _with_columns([held], path, settings, sources) else held


def _with_columns(
    found: Sequence[Path],
    path: str,
    settings: Settings | None,
    sources: Sequence[Source],
    *,
    further: bool = False,
) -> list[Path]:
    """Return the files that have the columns of the file at ``path``, and none or, if wanted, any ``further`` ones."""
    if not found:
        return []
    ours, most = columns_of(sources[0] if len(sources) == 1 else path, settings), most_bytes(path)
    known = {each: columns_of(str(each), settings, most=most) for each in found} if ours else {}
    return [each for each, columns in known.items() if _are_one(ours, columns) or (further and has_all(ours, columns))]


def _are_one(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether columns are the same. Lists of turns have columns where all of them have as many."""
    return ours == theirs or (ours == _DIALOGUES and theirs == _TURNS) or (ours == _TURNS and theirs == _DIALOGUES)
