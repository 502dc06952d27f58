"""Choice of the sheet of a workbook that is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from datalint.sources.opening import Opening
from datalint.sources.split_choice import held_split, held_splits, no_split
from datalint.sources.split_words import HELD, TRAINING
from datalint.sources.splits import SPLIT, TRAIN
from datalint.sources.workbooks.book import SheetPart
from datalint.support.named_tuple import NamedTuple

#: Rows of a first sheet that may be notes on another one, and how many times as many that has at least.
_NOTES: Final = 50
_MORE: Final = 10
#: Sheets whose rows are counted.
_MOST_SHEETS: Final = 20

#: Counts the rows of a sheet with so many cells or more, up to a number.
CountRows = Callable[[SheetPart, int, int], int]


class Choice(NamedTuple):
    """The part of the sheet that is read, its name if there are others, and these.

    ``held`` are those of these that are evaluation sets by their names, and ``maybe_held`` those that are if they have
    the columns of the sheet that is read, whose name does not say that it is for training. ``split`` is the requested
    sheet. ``largest`` says that the sheet is read for its rows, though others come first.
    """

    part: str
    shown: str
    unread: tuple[str, ...]
    held: tuple[str, ...]
    split: str | None
    largest: bool = False
    maybe_held: tuple[SheetPart, ...] = ()


def chosen_sheet(opening: Opening, filled: Sequence[SheetPart], count: CountRows) -> Choice | None:
    """Return which of the sheets with values is read; None if there is none.

    It is the requested one, the training set if several are named like splits (``test``, or ``ratings_test`` next to
    ``ratings_train``), or the first one that is not hidden, unless another one has many more rows.

    Raises:
        DatalintError: if there are several, and none has the requested name.
    """
    if not filled:
        return None
    names = [sheet.name for sheet in filled]
    usual = [sheet.name for sheet in filled if not sheet.hidden] or names
    splits = [each for each in usual if SPLIT.fullmatch(each)]
    are_splits = len(splits) > 1 and any(map(TRAIN.fullmatch, splits))
    train, paired = (None, []) if are_splits else _paired(usual)
    name, split = usual[0], None
    if opening.split is not None and (len(names) > 1 or _same(opening.split, names) is not None):
        split = _same(opening.split, names)
        if split is None:
            raise no_split(opening.path, opening.split, names)
        name = split
    elif are_splits and opening.held and (other := held_split(splits)) is not None:
        name = other
    elif are_splits:
        name = next(filter(TRAIN.fullmatch, splits))
    elif train is not None:
        name = paired[0] if opening.held else train
    else:
        name = _by_rows([sheet for sheet in filled if sheet.name in usual], count)
    largest = opening.split is None and not are_splits and train is None and name != usual[0]
    unread = tuple(each for each in names if each != name)
    held = tuple(held_splits(splits)) if are_splits and TRAIN.fullmatch(name) else ()
    part = next(sheet.part for sheet in filled if sheet.name == name)
    likely = [] if are_splits or opening.split is not None or held_splits([name]) else held_splits(usual)
    if train is not None:
        likely = paired if name == train and opening.split is None else []
    maybe_held = tuple(next(sheet for sheet in filled if sheet.name == each) for each in likely)
    return Choice(part, name if unread else "", unread, held, split, largest, maybe_held)


def _paired(names: Sequence[str]) -> tuple[str | None, list[str]]:
    """Return the first sheet for training next to others of its name but for a word for evaluation, and these."""
    for train in names:
        stem = re.sub(TRAINING, "/", train)
        held = [each for each in names if re.sub(HELD, "/", each) == stem] if stem != train else []
        if held:
            return train, held
    return None, []


def _by_rows(sheets: Sequence[SheetPart], count: CountRows) -> str:
    """Return the name of the first sheet, or of one with so many more rows that the first one explains it.

    No more rows are counted than that takes.
    """
    first, *others = sheets[:_MOST_SHEETS]
    if not others or (few := count(first, 1, _NOTES)) >= _NOTES:
        return first.name
    # A sheet of one column is a list to which others refer.
    least = max(_MORE * few, _NOTES)
    return next((sheet.name for sheet in others if count(sheet, 2, least) >= least), first.name)


def _same(wanted: str, names: Sequence[str]) -> str | None:
    """Return the sheet of a name, with its case, or whatever case it has."""
    return next((name for name in names if name == wanted), None) or next(
        (name for name in names if name.lower() == wanted.lower()), None
    )
