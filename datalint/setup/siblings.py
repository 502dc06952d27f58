"""The evaluation set that lies next to a training file, by its name and its columns."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.config.paths import is_folder
from datalint.setup.gold_files import is_gold_of, with_labels
from datalint.setup.neighbours import (
    columns_of,
    has_all,
    in_other_case,
    is_saved,
    most_bytes,
    names_in,
    suffix_of,
    there,
)
from datalint.setup.other_names import (
    added,
    after_sole_word,
    in_other_layout,
    of_other_size,
    parts_of,
    renamed,
    sole_held,
    varied,
    without_data,
)
from datalint.sources.split_words import HELD, NAMES, TRAINING, TUNED, held_for, training_for
from datalint.sources.splits import evaluation_name
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

#: Methods of tuning that stand where the name of an evaluation set has another word, as :data:`TUNED` does. They are
#: not what a file for training is made from or is a part of.
METHOD: Final = r"(?i:(?<![a-z])(?:dpo|kto|orpo|ppo|grpo|rlhf|rm|reward)(?![a-z]))"
#: Numbers after such a word, of which an evaluation set has none: ``train_3.json`` and ``train-v2.json`` are next to
#: ``test.json``, and the parts of one set have others than those of another. So are ``train_few_shot.json`` and
#: ``train-16shot.json``.
_NUMBERED: Final = (
    r"(?i:[-_. ]*(?:v?[0-9]+|(?:zero|one|two|three|five|ten|few|full|many|k|[0-9]{1,4})[-_ ]?shots?)(?=[-_. ]|$))"
)
#: Words that say that a file belongs to another one for sure: tests may be those of a program.
_TEST: Final = ("test", "testing")
SURE: Final = tuple(name for name in NAMES if name not in _TEST)
_TRAIN: Final = ("train", "training")
#: What may follow a word for a split in the name of a folder, and the folder of a split for training.
SET: Final = r"(?i:[-_ ]?(?:sets?|data|splits?))?"
_SPLIT_FOLDER: Final = rf"(?:{TRAINING}){SET}"
#: The columns of rows that are lists of several turns, and of two.
_DIALOGUES: Final = frozenset(("dialogue",))
_TURNS: Final = frozenset(("column-1", "column-2"))
#: Names of the working folder and of one above it.
_UNNAMED: Final = ("", "..")
#: Folders above a file that may be those of a split.
_LEVELS: Final = 3


class Candidates(NamedTuple):
    """Where the evaluation set of a training file may be, in order of preference.

    ``named`` are those whose name is that of the file with another word for the training, in any case of letters.
    Those that only ``belong`` to it by their name must have its columns, and so must those that are ``varied``: "data"
    or "set" after the word is left out, added or changed, the word stands where the file has a method
    (``dpo_all.jsonl``), the file is JSON in another layout (``test.json`` for ``train.jsonl``), or the number of its
    rows is in its name (``dev_300.jsonl`` for ``train_5500.jsonl``). ``near`` are for the user to decide
    on, if they have its columns. Where one of ``parts`` is there, the file is all that a training set was made
    from, and has none.
    """

    named: Sequence[Path] = ()
    belong: Sequence[Path] = ()
    near: Sequence[Path] = ()
    parts: Sequence[Path] = ()
    varied: Sequence[Path] = ()


def evaluation_candidates(path: str) -> Candidates:
    """Return where the evaluation set of a training file or saved split is looked for.

    ``train.jsonl`` may have an ``eval.jsonl``, ``valid.jsonl`` or ``test_data.jsonl`` next to it, ``chat_train.jsonl``
    a ``chat_validation.jsonl``, ``chat_ft.jsonl`` a ``chat_val.jsonl``, and ``chat.jsonl`` or ``chat_data.jsonl`` a
    ``chat_validation.jsonl``, unless it is all that a ``chat_train.jsonl`` was made from. ``train_10k.jsonl`` may have
    a ``test.jsonl`` if no other file is for training, and ``train/chat.jsonl`` may have a ``test/chat.jsonl``. A
    ``test.json`` belongs to ``train.jsonl`` if there is no ``train.json`` or ``test.jsonl``.
    """
    if path == "-" or "://" in path:
        return Candidates()
    file = Path(path)
    if not (file.is_file() or is_saved(file)) or evaluation_name(path):
        return Candidates()
    apart = [] if is_folder(file) else list(in_other_folders(file))
    if re.search(TRAINING, file.name):
        parts = parts_of(file)
        numbered = [] if parts else renamed(file, f"{TRAINING}{_NUMBERED}", held_for(file.name))
        named = parts or renamed(file, TRAINING, held_for(file.name))
        return Candidates(
            [*named, *([] if parts else in_other_case(named, file))],
            [*numbered, *after_sole_word(file), *sole_held(file), *apart],
            varied=[] if parts else [*varied(file, named), *in_other_layout(file), *of_other_size(file)],
        )
    if is_folder(file):
        return Candidates()
    alike = [file, *without_data(file)]
    tuned, parts, others = [], [part for each in alike for part in added(each, _TRAIN)], []
    if re.search(TUNED, file.name):
        tuned, parts = renamed(file, TUNED, NAMES), [*parts, *renamed(file, TUNED, _TRAIN)]
    elif re.search(METHOD, file.name):
        others = renamed(file, METHOD, NAMES)
    lone = [file.with_name(f"{name}{suffix_of(file)}") for name in NAMES]
    belong = [*apart, *tuned, *(held for each in alike for held in added(each, SURE))]
    return Candidates((), belong, [*added(file, _TEST), *lone], parts, others)


def siblings_of(path: str, settings: Settings | None = None, sources: Sequence[Source] = ()) -> list[Path]:
    """Return the evaluation files next to a training file, or the saved split next to a saved one.

    The first one that belongs to a training file by its name is one. Others whose name is that of the file with another
    word for the training, or for the method, must have its columns, and may have more, or those of the first one. A
    file of the same name in the folder of another split may have more columns too; all others must have the same ones.
    ``sources`` are those of the training rows, if they are open.
    """
    candidates = evaluation_candidates(path)
    if is_folder(Path(path)):
        return [each for each in candidates.named if is_saved(each)]
    if named := there(candidates.named):
        first = _with_answers(named[0], path, settings, sources)
        more = _with_columns(named[1:], path, settings, sources, further=True, like=first)
        most = most_bytes(path)
        labelled = [with_labels(each, settings, most) for each in (first, *more)]
        return [*labelled, *_with_columns(_own(candidates, settings), path, settings, sources)]
    belong = whole(candidates.belong, candidates.parts, settings)
    own = _own(candidates, settings)
    # Among varied names, those with a word for training are the least sure.
    further = re.search(TRAINING, Path(path).name) is None
    own = _with_columns(own, path, settings, sources, further=further)
    other = [each for each in belong if each not in own]
    alike = [each for each in other if each.name == Path(path).name]
    kept = {
        *_with_columns(alike, path, settings, sources, further=True),
        *_with_columns([each for each in other if each not in alike], path, settings, sources),
    }
    found = [*own, *(each for each in other if each in kept)]
    # Where one file belongs to the data, so do tests of the same name.
    more = there([*found, *added(Path(path), _TEST)], settings)[len(found) :] if found else []
    return [*found, *_with_columns(more, path, settings, sources)]


def not_compared(path: str, used: Sequence[Path]) -> list[Path]:
    """Return files that belong to a training file by their names, but are not among those that are ``used``."""
    if is_folder(Path(path)):
        return []
    left = [each for each in evaluation_candidates(path).named if each.is_file() and each not in used]
    return [each for each in left if not any(is_gold_of(one.name, each.name) for one in used)]


def folders_of_splits(folder: Path) -> list[Path]:
    """Return where the folders of evaluation sets are next to that of a training split; none of another folder."""
    name = (folder if folder.name not in _UNNAMED else folder.resolve()).name
    found = renamed(Path(name), TRAINING, held_for(name)) if re.fullmatch(_SPLIT_FOLDER, name) else []
    return [folder.with_name(each.name) if name == folder.name else folder / ".." / each for each in found]


def in_other_folders(file: Path) -> Iterator[Path]:
    """Yield where a file in the folder of a training split may be in that of another split, also under another name.

    That folder may be the working folder or above it, which a relative path does not name.
    """
    full = Path(os.path.abspath(file))  # noqa: PTH100 - the folders that links name, not those that they lead to
    for level in range(1, min(_LEVELS, len(full.parts) - 1) + 1):
        *above, folder = full.parts[:-level]
        if re.search(TRAINING, folder) is None:
            continue
        names = [full, *(renamed(full, TRAINING, held_for(full.name)) if re.search(TRAINING, full.name) else ())]
        for other in renamed(Path(folder), TRAINING, held_for(folder)):
            for each in names:
                found = Path(*above, other, *each.parts[len(full.parts) - level :])
                yield found if file.is_absolute() else Path(os.path.relpath(found))


def _own(candidates: Candidates, settings: Settings | None) -> list[Path]:
    """Return the varied candidates that are there and not those of another training file by their very name."""
    found = there(candidates.varied, settings)
    return [each for each in found if not any(map(Path.is_file, training_of(each)))]


def training_of(file: Path) -> list[Path]:
    """Return the paths of the training files that an evaluation set is named after."""
    return renamed(file, HELD, training_for(file.name))


def whole(candidates: Sequence[Path], parts: Sequence[Path], settings: Settings | None) -> list[Path]:
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
    like: Path | None = None,
) -> list[Path]:
    """Return the files that have the columns of the file at ``path``, and none or, if wanted, any ``further`` ones.

    Those that have the columns of the file ``like`` are returned too: it is read whatever columns it has.
    """
    if not found:
        return []
    data = sources[0] if len(sources) == 1 else None
    ours, most = columns_of(path if data is None else data, settings), most_bytes(path)
    known = {each: columns_of(str(each), settings, most=most, like=data) for each in found} if ours else {}
    others = columns_of(str(like), settings, most=most) if like is not None and known else frozenset()
    return [
        each
        for each, columns in known.items()
        if _are_one(ours, columns) or (further and has_all(ours, columns)) or (others and columns == others)
    ]


def _are_one(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    """Return whether columns are the same. Lists of turns have columns where all of them have as many."""
    return ours == theirs or (ours == _DIALOGUES and theirs == _TURNS) or (ours == _TURNS and theirs == _DIALOGUES)
