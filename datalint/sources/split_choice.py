"""Splits among those of a dataset or a folder: which ones are evaluation sets by their names, and errors about them."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import permutations
from pathlib import Path
from typing import Final

from datalint.core.errors import DatalintError
from datalint.core.registry import quoted, suggestion
from datalint.privacy.display import excerpt
from datalint.sources.dataset_cards import card_of, declared_splits
from datalint.sources.name_hints import may_be_evaluation
from datalint.sources.split_words import ADDED, HELD, NAMES, TRAINING, TRIAL, TUNED, WHOLE, as_written, kind_of

#: The name of a file that is nothing but a word for evaluation, and its suffix.
_ONLY_HELD: Final = rf"(?i)({'|'.join(NAMES)})(\.[^.]+(?:\.[^.]+)?)"
#: Data files of a folder with a training and an evaluation set alone.
_PAIR: Final = 2
#: The maximum number of splits that a message lists.
_NAMED: Final = 12


def names_of_held(lists: Collection[str]) -> str:
    """Return the names of the lists of a file, if each is named after an evaluation set; empty otherwise."""
    return " and ".join(lists) if len(held_splits(lists)) == len(lists) else ""


def held_split(splits: Collection[str]) -> str | None:
    """Return the best evaluation split, None if there is none by name, whatever its case."""
    return next(iter(held_splits(splits)), None)


def held_splits(splits: Collection[str]) -> list[str]:
    """Return the evaluation splits by name, whatever its case, in order of preference."""
    return [given for name in NAMES for given in splits if given.lower() == name]


def as_evaluation(splits: Sequence[str]) -> str:
    """Return words on the splits that are read as the evaluation set."""
    names = " and ".join(f'"{excerpt(name, 40)}"' for name in splits)
    return f"{names} as the evaluation set if no other one is given"


def parted(folder: Path, paths: Sequence[Path], *, are_all: bool = True) -> tuple[list[Path], dict[str, list[Path]]]:
    """Return the training files of a folder, and the evaluation files by the word in their names, the best one first.

    The splits that the card of the folder declares come before names. If neither indicates training, all files are
    training files but those that are named after another one (``val_chat.jsonl`` next to ``chat.jsonl``, or
    ``valid.csv`` next to ``finetune.csv``), and ``test.yaml`` if ``nlu.yaml`` is the only other file.
    The latter is so if the paths ``are_all`` data files of the folder.
    """
    declared = declared_splits(card_of(folder), folder, paths)
    # The name of a split is that of a file then, whatever its own name is.
    names = [(declared[path],) if path in declared else path.relative_to(folder).parts for path in paths]
    training = [any(re.search(TRAINING, part) for part in parts) for parts in names]
    if not any(training):
        return _named_after(paths, are_all=are_all) if not declared else (list(paths), {})
    bare = {re.sub(TRAINING, "", path.name) for path in paths if re.search(TRAINING, path.name) is not None}
    kept: list[Path] = []
    held: dict[str, list[Path]] = {}
    for path, parts, trains in zip(paths, names, training, strict=True):
        kind = None if trains else next(filter(None, map(kind_of, parts)), None)
        if kind is None and not trains and path not in declared and (found := re.search(TRIAL, path.name)) is not None:
            kind = found[0].lower() if re.sub(TRIAL, "", path.name) in bare else None
        (kept if kind is None else held.setdefault(kind, [])).append(path)
    ordered = sorted(held, key=lambda kind: (NAMES.index(kind) if kind in NAMES else len(NAMES), kind))
    return kept, {kind: held[kind] for kind in ordered}


def _named_after(paths: Sequence[Path], *, are_all: bool) -> tuple[list[Path], dict[str, list[Path]]]:
    """Return files without those that have the name of another one but for a word for evaluation, and these.

    The word is added to it (``val_chat.jsonl``), or stands where the other one has a word for tuning: ``valid.csv``
    next to ``finetune.csv``. Of two that ``are_all``, one that has only such a word for its name is that of the other.
    """
    there = {*paths}
    tuned = {name: word for path in paths for name, word in _in_place_of_tuning(path).items()}
    if are_all and len(paths) == _PAIR:
        tuned |= {
            path: path.name.partition(".")[0].lower()
            for path, other in permutations(paths)
            if is_only_held(path, other)
        }
    kept: list[Path] = []
    held: dict[str, list[Path]] = {}
    for path in paths:
        word = tuned.get(path)
        found = re.search(ADDED, path.name)
        if found is not None and path.with_name(path.name[: found.start()] + path.name[found.end() :]) in there:
            word = found[0].strip("-_. ").lower()
        (kept if word is None else held.setdefault(word, [])).append(path)
    return kept, dict(sorted(held.items(), key=lambda each: NAMES.index(each[0])))


def is_only_held(path: Path, other: Path) -> bool:
    """Return whether a file is the evaluation set of the only other one: its name is a word for that and no more.

    The other one has the same suffix, and no word of its name says that it is a split, all rows of both, or what models
    answered. One for invalid rows is no training set of the valid ones.
    """
    found = re.fullmatch(_ONLY_HELD, path.name)
    if found is None or path.parent != other.parent or not other.name.endswith(found[2]):
        return False
    name = other.name.removesuffix(found[2])
    return (
        found[1].lower() not in name.lower()
        and WHOLE.isdisjoint(re.findall(r"[^\W_]+", name.lower()))
        and not any(re.search(words, name) for words in (TRAINING, HELD, TRIAL))
        and not may_be_evaluation((name,))
    )


def _in_place_of_tuning(path: Path) -> dict[Path, str]:
    """Return the paths that a file for tuning has with a word for evaluation in its name instead, and that word."""
    if (found := re.search(TUNED, path.name)) is None:
        return {}
    before, after = path.name[: found.start()], path.name[found.end() :]
    return {path.with_name(f"{before}{as_written(word, found[0])}{after}"): word for word in NAMES}


def no_split(where: str, wanted: str, names: Sequence[str], remedy: str = "") -> DatalintError:
    """Return the error for a split that does not exist, with the closest name and the existing names."""
    near = suggestion(wanted, names)
    return DatalintError(f"{where} has no split {quoted(wanted)}{near}: {remedy or choices(names)}")


def choices(names: Sequence[str]) -> str:
    """Return the remedy for when the user must choose a split."""
    shown = ", ".join(excerpt(name, 60) for name in names[:_NAMED])
    return f"pass --split with one of {shown}" + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
