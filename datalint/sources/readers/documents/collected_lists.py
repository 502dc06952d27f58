"""The document of rows that the lists of one JSON object have, and the notes on what is read of the object."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from datalint.privacy.display import excerpt
from datalint.records.record import Problem
from datalint.sources.opening import Opening, line_of
from datalint.sources.readers.documents.grouped_examples import grouped_examples
from datalint.sources.readers.documents.intents import Intents, intents
from datalint.sources.readers.documents.layout import one_object
from datalint.sources.readers.documents.list_spans import ListSpans
from datalint.sources.readers.documents.listed_rows import InLists
from datalint.sources.readers.documents.nameless_rows import nameless_rows
from datalint.sources.readers.documents.paragraphs import PARAGRAPHS, paragraphs
from datalint.sources.readers.documents.reader import Document
from datalint.sources.readers.documents.trailing_commas import problem_of_comma
from datalint.sources.readers.documents.unnamed_elements import Nameless
from datalint.sources.readers.documents.unread_values import jq_for, named_lists, read_of, said_of
from datalint.sources.split_choice import names_of_held
from datalint.support.named_tuple import NamedTuple

#: The list of articles in SQuAD's own layout, which its loaders expect.
_SQUAD: Final = "data"
#: The first byte of all elements of a list of lists or of texts.
_OPENERS: Final = ({ord("[")}, {ord('"')})


class _Kept(NamedTuple):
    """The lists whose elements are read, how all of them are, and the problems with the others and their elements."""

    lists: list[ListSpans]
    #: How elements other than objects are read as rows; None for objects.
    way: Nameless | None
    problems: list[Problem]
    refused: int


def kinds_of(rows: ListSpans) -> set[int]:
    """Return what elements of a list begin with; a null, as tools write for a text that was left out, is refused."""
    return set(rows.openers) - {ord("n")}


def collected(
    opening: Opening,
    lists: Mapping[str, ListSpans],
    chosen: Sequence[str],
    unread_values: tuple[str, ...],
    *,
    within: str = "",
) -> Document:
    """Return the rows of the ``chosen`` lists of an object, by their keys, as one document.

    ``unread_values`` are the keys of other values that a user might miss, and ``within`` is the key of the object with
    the lists, if it is in another one.
    """
    kept = _kept(opening, lists, chosen)
    unread_lists = tuple(key for key, rows in lists.items() if key not in chosen and len(rows))
    # Where the lists that are read and those that are not are all, they are named once.
    once = bool(unread_lists) and len(chosen) + len(unread_lists) == len(lists)
    where = f' in "{excerpt(within, 40)}"' if within else ""
    message = f"one JSON object with {named_lists(list(lists), once=once)}{where} instead of rows"
    is_read = not unread_values
    if kept.lists:
        said, all_lists = read_of(chosen, unread_lists, named=opening.split is not None or opening.held)
        message += f"; {said}{said_of(unread_values)}"
        is_read = is_read and all_lists
    nameless: Nameless | Intents | InLists | None = kept.way
    none = np.empty(0, np.int64)
    starts = np.concatenate([none, *(rows.starts for rows in kept.lists)])
    stops = np.concatenate([none, *(rows.stops for rows in kept.lists)])
    are_objects = bool(kept.lists) and kept.way is None
    if (inner := paragraphs(opening.content, starts, stops)) is not None:
        starts, stops, said = inner
        message += f"; {said}"
    elif are_objects and (parted := intents(opening.content, starts, stops)) is not None:
        starts, stops, nameless = parted
        message += f"; {nameless.message}"
    elif are_objects and (grouped := grouped_examples(opening.content, starts, stops)) is not None:
        starts, stops, nameless = grouped.starts, grouped.stops, grouped.rows
        message = f"one JSON object with {named_lists(list(lists), once=once)} instead of rows; {grouped.message}"
    elif len(chosen) == 1 and are_objects:
        message += jq_for(chosen[0], within=within)
    problems = [*opening.problems, *kept.problems]
    if inner is None or inner[2] != PARAGRAPHS or list(lists) != [_SQUAD] or unread_values:
        problems.append(one_object(opening, message, is_read=is_read))
    if not kept.lists and not kept.refused:
        problems.append(Problem("empty-file", "no record in the file"))
    if isinstance(nameless, Nameless):
        problems.append(nameless.problem)
    document = Document.of(opening, starts, stops, problems, "json-object", refused=kept.refused, nameless=nameless)
    return replace(
        document,
        split=opening.split if opening.split in chosen else None,
        part="+".join(chosen) if unread_lists else "",
        held_lists=names_of_held(lists) if len(chosen) == len(lists) else "",
        unread_lists=unread_lists,
        unread_values=unread_values,
    )


def _kept(opening: Opening, lists: Mapping[str, ListSpans], chosen: Collection[str]) -> _Kept:
    """Return the lists whose elements are objects, or are read in the same way as those of the first list."""
    kept: list[ListSpans] = []
    first: Nameless | None = None
    problems: list[Problem] = []
    refused = 0
    for key, rows in lists.items():
        if key not in chosen or not len(rows):
            continue
        is_nameless = kinds_of(rows) in _OPENERS
        way = nameless_rows(opening.content, rows.starts, rows.stops, named=True) if is_nameless else None
        if (rows.objects or way is not None) and (not kept or first == way):
            kept.append(rows)
            first = way
            if rows.comma >= 0:
                problems.append(problem_of_comma(opening, rows.comma))
        else:
            kinds = "lists" if rows.openers.startswith(b"[") else "values"
            other = "of another layout" if rows.objects or way is not None else "that are not objects"
            message = f'"{excerpt(key, 40)}" contains {len(rows):,} {kinds} {other}: no row is read'
            problems.append(Problem("not-an-object", message, line_of(opening.content, int(rows.starts[0]))))
            refused += len(rows)
    return _Kept(kept, first, problems, refused)
