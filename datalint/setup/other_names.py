"""The names that an evaluation set of a training file may have, made from the name of that file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from datalint.setup.neighbours import names_in, suffix_of
from datalint.sources.split_words import TRAINING, as_written, held_for

#: The number of a part of a set.
PART: Final = re.compile(r"-[0-9]{5}-of-[0-9]{5}(?=\.)")
#: What stands between the name of a file and a word for evaluation that is added to it.
_JOINTS: Final = ("_", "-", ".", "")
#: What follows a word for a split and says no more, and what may follow that for the other one.
_DATA: Final = r"(?i:(?:[-_. ]?(?:datasets?|data|sets?)(?![a-z]))?(?![a-z]))"
_DATA_NAMES: Final = ("data", "dataset", "set", "")
#: The parts of an evaluation set that are read.
_MOST_PARTS: Final = 100


def parts_of(file: Path) -> list[Path]:
    """Return the parts of the evaluation sets of a file that is one of numbered parts itself."""
    if PART.search(file.name) is None:
        return []
    whole = [each.name for each in renamed(Path(PART.sub("", file.name)), TRAINING, held_for(file.name))]
    names = [(PART.sub("", name), name) for name in names_in(file.parent, suffix_of(file)) or () if PART.search(name)]
    found = [(whole.index(bare), name) for bare, name in names if bare in whole]
    return [file.with_name(name) for _, name in sorted(found)[:_MOST_PARTS]]


def renamed(file: Path, words: str, names: Iterable[str]) -> list[Path]:
    """Return the paths of a file with another name for the first of ``words``, in the case of what stands there."""
    given = re.search(words, file.name)
    if given is None:
        return []
    cased = (each for name in names for each in (as_written(name, given[0]), name))
    found = (f"{file.name[: given.start()]}{name}{file.name[given.end() :]}" for name in cased)
    return [file.with_name(name) for name in dict.fromkeys(found) if name != file.name]


def after_sole_word(file: Path) -> list[Path]:
    """Return the paths of a file without what follows its word for training: ``test.json`` for ``train_10k.json``.

    There are none if another file next to it has such a word: it may be that of the evaluation set.
    """
    suffix = suffix_of(file)
    given = re.search(rf"(?:{TRAINING})(?=[-_. ].)", file.name.removesuffix(suffix))
    if given is None:
        return []
    names = names_in(file.parent, suffix)
    if names is None or any(name != file.name and re.search(TRAINING, name) for name in names):
        return []
    return renamed(file.with_name(f"{file.name[: given.end()]}{suffix}"), TRAINING, held_for(file.name))


def varied(file: Path, named: Sequence[Path]) -> list[Path]:
    """Return the paths of evaluation sets whose name has other words for a set of data than that of the file."""
    given = re.search(rf"(?:{TRAINING}){_DATA}", file.name)
    if given is None:
        return []
    names = (
        f"{as_written(word, like)}{joint if more else ''}{as_written(more, like)}"
        for word in held_for(file.name)
        for more in _DATA_NAMES
        for joint in (_JOINTS if more else _JOINTS[:1])
        for like in (given[0], word)
    )
    known = frozenset(named)
    return [each for each in renamed(file, rf"(?:{TRAINING}){_DATA}", names) if each not in known]


def added(file: Path, names: Sequence[str]) -> list[Path]:
    """Return the paths of a file with a word added before or after its name."""
    suffix = suffix_of(file)
    stem = file.name[: len(file.name) - len(suffix)]
    after = (f"{stem}{joint}{name}{suffix}" for name in names for joint in _JOINTS[:3])
    before = (f"{name}{joint}{stem}{suffix}" for name in names for joint in _JOINTS[:2])
    return [file.with_name(each) for each in (*after, *before)]
