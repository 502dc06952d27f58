"""Files near the data that may be evaluation sets, which are named and not read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from datalint.records.analyses import Nearby
from datalint.records.record import TEXT_CONTAINERS
from datalint.setup.counterparts import files_alike
from datalint.setup.derived_files import made_from
from datalint.setup.neighbours import (
    Common,
    are_versions,
    columns_of,
    common_rows,
    first_rows_of,
    has_all,
    has_predictions,
    most_bytes,
    names_in,
    path_from,
    shares,
    suffix_of,
    there,
    within,
    words_of,
)
from datalint.setup.siblings import (
    METHOD,
    SET,
    SURE,
    evaluation_candidates,
    in_other_folders,
    training_of,
    whole,
)
from datalint.sources.data_files import JSON
from datalint.sources.split_choice import is_only_held
from datalint.sources.split_words import BENCHMARK, GOLD, HELD, NAMES, TRAINING, TUNED, UNLABELLED, preference
from datalint.sources.splits import evaluation_name

if TYPE_CHECKING:
    from datalint.config.model import Settings
    from datalint.sources import Source

#: Words of names that say nothing of what a file is about.
_UNTELLING: Final = frozenset((*NAMES, "data", "dataset", "set", "final", "full", "all", "new", "clean", "raw", "json"))
#: Files of which the columns are looked at.
_MOST_FILES: Final = 8
#: Rows from which on a file is an evaluation set that is proposed, and files that are named.
_LEAST_ROWS: Final = 10
_OF_DATA: Final = 10 * _LEAST_ROWS
_NAMED: Final = 3
#: Files of a folder with a training and an evaluation set alone.
_PAIR: Final = 2
#: What the folder of a test fold has after the name of its training fold. One for "jest-validate" is a program.
_FOLD: Final = rf"(?!(?i:validat(?:e|ing))(?![a-z]))(?:{HELD}){SET}"


def undecided(settings: Settings, sources: Sequence[Source]) -> Nearby | None:
    """Return a file near the only one of the data that may be its evaluation set, None if there is none.

    It has ten rows or a tenth of the data, and most columns of the data among those that are looked at, and comes
    with those whose names differ from its own in the word for evaluation only. One of predictions about the same rows
    is none, and one with other versions of their texts is not one either, but may have their answers.
    Without such a file, it is one next to the data in another layout, whose name says that it belongs to the data.
    Before all, it is one that was made from the data, as a training file next to it was, and after all one next to the
    training file from which the data was made.
    """
    if len(sources) != 1 or sources[0].path.startswith("<") or sources[0].container in TEXT_CONTAINERS:
        return None
    made = made_from(sources[0], settings)
    return made if made is not None and made.training else _near(settings, sources[0]) or made


def _near(settings: Settings, source: Source) -> Nearby | None:
    """Return the file near the data, by its name, that may be its evaluation set; None if there is none."""
    candidates = evaluation_candidates(source.path)
    file = Path(source.path)
    near = [*candidates.near, *(each for each in _others_held(source, settings) if not _is_of_another(each, file))]
    found = whole(near, candidates.parts, settings)
    belong = whole([*candidates.varied, *candidates.belong], candidates.parts, settings)
    if not found and not belong:
        return None
    ours, most = columns_of(source, settings), most_bytes(source.path)
    known = {each: columns_of(str(each), settings, most=most, like=source) for each in within(found, most)}
    # A tenth of the data is a usual share; a row or two are a sample.
    least = min(max(len(first_rows_of(source, settings, _OF_DATA)) // 10, 2), _LEAST_ROWS)
    compared = {
        each: (len(ours & theirs), same)
        for each, theirs in known.items()
        if shares(ours, theirs)
        and not has_predictions(ours, theirs)
        and re.search(UNLABELLED, each.name) is None
        and len(first_rows_of(str(each), settings, least, most=most, like=source)) == least
        and not _is_selection(each, same := common_rows(source, str(each), ours & theirs, settings, most))
    }
    alike = {
        each: columns
        for each, (columns, same) in compared.items()
        if not same.are_most
        or (not same.are_part and _is_only_held(each, file))
        or (same.are_part and each in candidates.near and each.name.startswith(file.name.removesuffix(suffix_of(file))))
    }
    if not alike:
        named = (each for each in there([*belong, *known], settings) if _named_alike(Path(source.path), each))
        return _in_other_layout(source, within(named, most), settings)
    best = max(alike, key=lambda each: alike[each])
    if are_versions(source, str(best), ours & known[best], settings):
        return Nearby(path_from(source, best), versions=True)
    # One with most rows of the data would be no evaluation set by itself; next to another one, it is part of it.
    parts = [
        each for each in compared if each != best and compared[each][0] == alike[best] and _differs_in_word(best, each)
    ]
    both = [best, *parts[: _NAMED - 1]]
    common = sum(compared[each][1].of_theirs for each in both)
    return Nearby(path_from(source, best), common, tuple(path_from(source, each) for each in both[1:]))


def _is_selection(held: Path, same: Common) -> bool:
    """Return whether a gold set, which no other word calls a test, has rows of the data, from which it was selected."""
    return (
        same.of_theirs >= _LEAST_ROWS and re.search(GOLD, held.name) is not None and not _is_held(held.name, gold=False)
    )


def _is_only_held(held: Path, file: Path) -> bool:
    """Return whether a file is the evaluation set of the data by its name alone, as no third one is in the folder.

    Rows that both have are leaks then, however many these are, unless it is a part of the data.
    """
    return is_only_held(held, file) and len(names_in(file.parent, suffix_of(file)) or ()) == _PAIR


def _is_of_another(held: Path, file: Path) -> bool:
    """Return whether a file is named after another one next to it, as the tests of one of several sets are."""
    suffix = suffix_of(held)
    bare = held.with_name(re.sub(rf"[-_. ]*{HELD}[-_. ]*", "", held.name.removesuffix(suffix)) + suffix)
    telling = _telling(bare.name.removesuffix(suffix))
    return bare not in (held, file) and bool(telling) and telling.isdisjoint(words_of(file.name)) and bare.is_file()


def _others_held(source: Source, settings: Settings) -> list[Path]:
    """Return files near the data with a word for evaluation or a gold set in their names.

    Of many files alike, such as one for each of many articles, one about a golden age is no gold set.
    """
    found = others_held(source.path, gold=True)
    named = [each for each in found if re.search(HELD, each.name.removesuffix(suffix_of(each))) is not None]
    return named if len(named) < len(found) and files_alike(settings, [source]) else found


def _in_other_layout(source: Source, named: Iterable[Path], settings: Settings) -> Nearby | None:
    """Return the first of some files whose rows share fewer than half of the columns of the data."""
    ours, most = columns_of(source, settings), most_bytes(source.path)
    for each in named:
        rows = first_rows_of(str(each), settings, _LEAST_ROWS, most=most, like=source) if ours else ()
        if len(rows) == _LEAST_ROWS and not shares(ours, frozenset(chain.from_iterable(rows))):
            return Nearby(path_from(source, each), other_layout=True)
    return None


def _named_alike(file: Path, held: Path) -> bool:
    """Return whether a file next to another one has its name, but for words for splits, methods, and sets of data.

    In the folder of another split, it has the same name, and in one for evaluation next to that of the data, any name.
    """
    if held.parent != file.parent:
        return held in in_other_folders(file) or held.parent in _folders_near_tuning(file.parent)
    if re.search(HELD, held.name.removesuffix(suffix_of(held))) is None:
        return False
    ours, theirs = (re.sub(f"{TRAINING}|{HELD}|{TUNED}|{METHOD}", " ", each.name) for each in (file, held))
    if _telling(ours) != _telling(theirs):
        return False
    common = words_of(ours.removesuffix(suffix_of(file))) & words_of(theirs.removesuffix(suffix_of(held)))
    return bool(common) or re.search(f"{TRAINING}|{TUNED}|{METHOD}", file.name) is not None


def _differs_in_word(one: Path, other: Path) -> bool:
    """Return whether the names of two files of one folder differ in a word for evaluation only."""
    return one.parent == other.parent and re.sub(HELD, " ", one.name) == re.sub(HELD, " ", other.name)


def with_rows_of(settings: Settings, source: Source, used: Sequence[Path]) -> list[tuple[Path, int]]:
    """Return files next to the data that may be evaluation sets, are not ``used`` and have rows of the data.

    With each comes how many of its first rows are among the first ones of the data. It has all columns of the data. One
    that belongs to another training file by its name, as of another fold, is none, nor is one with most rows of the
    data.
    """
    if source.container in TEXT_CONTAINERS:
        return []
    file = Path(source.path)
    candidates = evaluation_candidates(source.path)
    found = [*candidates.varied, *candidates.belong, *candidates.near, *others_held(source.path)]
    known = there([*used, *candidates.named], settings)
    found = there([*known, *(each for each in found if each.parent == file.parent)], settings)[len(known) :]
    found = [each for each in found if not any(map(Path.is_file, training_of(each)))] if not candidates.parts else []
    ours, most = columns_of(source, settings) if found else frozenset(), most_bytes(source.path)
    counted = [
        (each, common_rows(source, str(each), ours & theirs, settings, most))
        for each in within(found, most)
        if has_all(ours, theirs := columns_of(str(each), settings, most=most, like=source))
    ]
    return [(each, common.of_theirs) for each, common in counted if common.of_theirs and not common.are_most]


def others_held(path: str, *, gold: bool = False) -> list[Path]:
    """Return files near a training file with a word for evaluation in any place of their names.

    ``docks_test.json`` is one for ``train.json``, and so are ``gold.json`` and ``benchmark.jsonl`` next to it if
    ``gold`` sets are wanted, also in another layout of JSON.
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
        ends = layouts_of(file) if gold and folder == file.parent else (suffix,)
        names = [name for end in ends for name in names_in(folder, end) or () if not re.search(TRAINING, name)]
        if folder == file.parent:
            names = [name for name in names if name != file.name and _is_held(name, gold=gold)]
        elif folder == file.parent.parent:
            names = [name for name in names if re.search(HELD, name.removesuffix(suffix)) and ours & _telling(name)]
        names.sort(key=lambda name: (-len(ours & words_of(name)), preference(name), name))
        found += [folder / name for name in names]
    return found[:_MOST_FILES]


def layouts_of(file: Path) -> tuple[str, ...]:
    """Return the suffixes of files next to a training file that may be its evaluation set, its own one first."""
    suffix = suffix_of(file)
    return (suffix, *(each for each in JSON if each != suffix.lower())) if suffix.lower() in JSON else (suffix,)


def _is_held(name: str, *, gold: bool) -> bool:
    """Return whether a file's name has a word for evaluation or, if wanted, for a benchmark or a ``gold`` set."""
    stem = name.removesuffix(suffix_of(Path(name)))
    return any(re.search(words, stem) is not None for words in ((HELD, BENCHMARK, GOLD) if gold else (HELD,)))


def folders_of(path: str) -> list[Path]:
    """Return the folders in which an evaluation set of a training file is looked for, its own one first.

    Some may not be there. Of those above it, only those that ``path`` names are.
    """
    file = Path(path)
    apart = {each.parent: None for each in in_other_folders(file)}
    apart |= dict.fromkeys((*_folders_named_after(file.parent), *_folders_near_tuning(file.parent)))
    return [file.parent, *apart, *([file.parent.parent] if len(file.parts) > 1 else [])]


def words_above(path: str) -> frozenset[str]:
    """Return the words of which an evaluation set of a training file has one in its name in the folder above."""
    file = Path(path)
    return (words_of(file.name) - words_of(suffix_of(file))) & _telling(file.name)


def _folders_named_after(folder: Path) -> list[Path]:
    """Return what is next to a folder and has its name and a word for evaluation, such as ``mergedTestset``."""
    found = []
    for name in names_in(folder.parent, "") or () if folder.name else ():
        if name.startswith(folder.name) and re.fullmatch(r"[-_ ].*|[A-Z].*", rest := name[len(folder.name) :]):
            found += [folder.with_name(name)] if re.fullmatch(_FOLD, rest.lstrip("-_ ")) else []
    return found


def _folders_near_tuning(folder: Path) -> list[Path]:
    """Return where the folders of evaluation sets are next to one for tuning: ``eval`` next to ``sft``."""
    names = SURE if re.fullmatch(TUNED, folder.name) else ()
    return [folder.with_name(name) for name in names]


def _telling(name: str) -> frozenset[str]:
    """Return the words of a name that say what a file is about."""
    return frozenset(word for word in words_of(name) if len(word) > 1 and not word.isdigit()) - _UNTELLING
