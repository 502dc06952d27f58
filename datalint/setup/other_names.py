"""The names that an evaluation set of a training file may have, made from the name of that file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from datalint.setup.neighbours import names_in, suffix_of, words_of
from datalint.sources.data_files import JSON
from datalint.sources.split_words import HELD, STATES, TRAINING, WHOLE, as_written, held_for
from datalint.support.lazy_pattern import lazy_pattern

#: The number of a part of a set.
PART: Final = lazy_pattern(r"-[0-9]{5}-of-[0-9]{5}(?=\.)")
#: What stands between the name of a file and a word for evaluation that is added to it.
_JOINTS: Final = ("_", "-", ".", "")
#: What follows a word for a split and says no more, and what may follow that for the other one.
_DATA: Final = r"(?i:(?:[-_. ]?(?:datasets?|data|sets?)(?![a-z]))?(?![a-z]))"
_LAST_DATA: Final = r"(?i)(?<=.)[-_. ](?:datasets?|data|sets?)$"
_DATA_NAMES: Final = ("data", "dataset", "set", "")
#: Names of test sets.
TESTS: Final = ("test", "testing", "tst")
#: Words that say in which state the rows of a training set are that is there in other states too.
_VARIANTS: Final = frozenset(
    """clean cleaned noisy noise dirty denoised augmented aug balanced unbalanced imbalanced raw weak silver distant
    labels""".split()
)
#: How many rows a file has, at the end of its name; the number of a part may have one digit.
_SIZE: Final = r"[-_. ]?(?:[0-9]{2,7}|[0-9]{1,4}[kK])$"
#: Names of files whose other names are kept at hand.
_KEPT: Final = 256
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
    return [file.with_name(name) for name in _with_others(file.name, words, tuple(names))]


@lru_cache(maxsize=_KEPT)
def _with_others(file: str, words: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of :func:`renamed`; a run asks for those of each file several times."""
    given = re.search(words, file)
    if given is None:
        return ()
    cased = (each for name in names for each in (as_written(name, given[0]), name))
    found = dict.fromkeys(f"{file[: given.start()]}{name}{file[given.end() :]}" for name in cased)
    return tuple(name for name in found if name != file)


def after_sole_word(file: Path) -> list[Path]:
    """Return the paths of a file without what follows its word for training: ``test.json`` for ``train_10k.json``.

    There are none if another file next to it has such a word: it may be that of the evaluation set. A
    ``train_full.json`` is then all that is trained on, and only a test set belongs to it. Where all names say only in
    which state the rows are (``train_clean.tsv``, ``train_noisy.tsv``), the evaluation sets are those of each.
    """
    suffix = suffix_of(file)
    given = re.search(rf"(?:{TRAINING})(?=[-_. ].)", file.name.removesuffix(suffix))
    if given is None:
        return []
    names = names_in(file.parent, suffix)
    if names is None:
        return []
    trained = [name for name in names if name != file.name and re.search(TRAINING, name)]
    stems = (name.removesuffix(suffix) for name in (file.name, *trained))
    if trained and not all(words_of(re.sub(TRAINING, " ", stem)) <= _VARIANTS for stem in stems):
        rest = words_of(file.name.removesuffix(suffix)[given.end() :])
        return renamed(file.with_name(f"{file.name[: given.end()]}{suffix}"), TRAINING, TESTS) if rest <= WHOLE else []
    return renamed(file.with_name(f"{file.name[: given.end()]}{suffix}"), TRAINING, held_for(file.name))


def sole_held(file: Path) -> list[Path]:
    """Return the only file next to one for training whose name has words for evaluation and states of files alone.

    ``eval_test_20.json`` is that of ``train_full.json``. There is none for a name that says more, or has the number of
    a part, nor if another file is for training.
    """
    suffix = suffix_of(file)
    stem = file.name.removesuffix(suffix)
    plain = _says_only(TRAINING, stem) and not any(map(str.isdecimal, words_of(stem)))
    names = names_in(file.parent, suffix) if plain else None
    if names is None or any(name != file.name and re.search(TRAINING, name) for name in names):
        return []
    found = [name for name in names if name != file.name and re.search(HELD, name.removesuffix(suffix))]
    return [file.with_name(name) for name in found if len(found) == 1 and _says_only(HELD, name.removesuffix(suffix))]


def of_other_size(file: Path) -> list[Path]:
    """Return the files named alike but for how many rows they have: ``chat_dev_300.json`` for ``chat_train_5500.json``.

    There are none if another file next to it is for training.
    """
    suffix = suffix_of(file)
    stem = file.name.removesuffix(suffix)
    sized = re.search(_SIZE, stem)
    names = names_in(file.parent, suffix) if sized is not None and re.search(TRAINING, stem[: sized.start()]) else None
    if sized is None or names is None or any(name != file.name and re.search(TRAINING, name) for name in names):
        return []
    held = renamed(Path(f"{stem[: sized.start()]}{suffix}"), TRAINING, held_for(file.name))
    stems = [each.name.removesuffix(suffix) for each in held]
    others = [(re.sub(_SIZE, "", bare), name) for name in names if re.search(_SIZE, bare := name.removesuffix(suffix))]
    return [file.with_name(name) for bare, name in sorted(others) if bare in stems]


def _says_only(words: str, stem: str) -> bool:
    """Whether a name without its suffix has such words, and none but states and numbers as well."""
    rest = words_of(re.sub(words, " ", stem))
    return re.search(words, stem) is not None and all(word in STATES or word.isdecimal() for word in rest)


def varied(file: Path, named: Sequence[Path]) -> list[Path]:
    """Return the paths of evaluation sets whose name has other words for a set of data than that of the file."""
    known = {each.name for each in named if each.parent == file.parent}
    return [file.with_name(name) for name in _with_data(file.name) if name not in known]


@lru_cache(maxsize=_KEPT)
def _with_data(file: str) -> tuple[str, ...]:
    given = re.search(rf"(?:{TRAINING}){_DATA}", file)
    if given is None:
        return ()
    names = dict.fromkeys(
        f"{as_written(word, like)}{joint if more else ''}{as_written(more, like)}"
        for word in held_for(file)
        for more in _DATA_NAMES
        for joint in (_JOINTS if more else _JOINTS[:1])
        for like in (given[0], word)
    )
    return _with_others(file, rf"(?:{TRAINING}){_DATA}", tuple(names))


def in_other_layout(file: Path) -> list[Path]:
    """Return the paths of evaluation sets that are JSON in another layout: ``test.json`` for ``train.jsonl``.

    There is none for one that is there in the layout of the file as well.
    """
    suffix = suffix_of(file)
    stem = file.name.removesuffix(suffix)
    names = renamed(file, TRAINING, held_for(file.name)) if suffix.lower() in JSON else []
    missing = [each.name.removesuffix(suffix) for each in names if not each.is_file()]
    others = [each for each in JSON if each != suffix.lower()]
    return [file.with_name(f"{name}{other}") for name in missing for other in others if name != stem]


def added(file: Path, names: Sequence[str]) -> list[Path]:
    """Return the paths of a file with a word added before or after its name."""
    suffix = suffix_of(file)
    stem = file.name[: len(file.name) - len(suffix)]
    after = (f"{stem}{joint}{name}{suffix}" for name in names for joint in _JOINTS[:3])
    before = (f"{name}{joint}{stem}{suffix}" for name in names for joint in _JOINTS[:2])
    return [file.with_name(each) for each in (*after, *before)]


def without_data(file: Path) -> list[Path]:
    """Return the path of a file without a last word that says that it is data: ``chat.json`` for ``chat_dataset.json``.

    There is none if a file has that name.
    """
    suffix = suffix_of(file)
    stem = file.name.removesuffix(suffix)
    bare = file.with_name(f"{re.sub(_LAST_DATA, '', stem)}{suffix}")
    return [] if bare == file or bare.is_file() else [bare]
