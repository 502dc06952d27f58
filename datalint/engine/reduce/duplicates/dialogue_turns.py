"""Rows that are turns of dialogues, with a label or without: what a turn means depends on the turns before it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from datalint.engine.reduce.duplicates.spoken_rows import are_turns
from datalint.shapes.formats.token_labels import TOKEN_LABELS
from datalint.support.distinct import distinct
from datalint.support.letters import letters_of
from datalint.support.names.act_names import ACTS
from datalint.support.names.token_keys import tagged_tokens

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader

#: Names of keys of the dialogue that a row is of, and of the number of its turn, without separators.
_DIALOGUES: Final = frozenset(
    """dialogue dialogueid dialog dialogid dialid dialogueno conversation conversationid convid convoid conv session
    sessionid call callid chatid meetingid transcriptid threadid scene sceneid sceneno""".split()
)
_TURNS: Final = frozenset(
    """turn turnid turnno turnnumber turnnum turnidx turnindex utteranceid utteranceno utteranceidx utteranceindex uttid
    uttno uttidx uttindex utterancenumber utteranceorder turnorder""".split()
)
#: Rows that are read, rows at least, different labels at least, and the share of the rows that have a known one.
_READ: Final = 500
_LEAST: Final = 50
_LABELS: Final = 5
_KNOWN: Final = 0.9
#: Share of the rows that have a text and a short label: a few lack one.
_NEARLY_ALL: Final = 0.99
#: Rows of a dialogue on average at least, and characters of a label at most.
_RUN: Final = 3
_LONGEST: Final = 60
#: Dialogues at least, and by how much the number of a turn is greater than the one before, at most.
_SEVERAL: Final = 2
_STEP: Final = 2
#: Rows for each different label, at least.
_ROWS_PER_LABEL: Final = 4
_KEY_CHARS: Final = 40


def are_turns_of_dialogues(examples: pl.DataFrame, reader: Reader, rows: NDArray[np.int64]) -> bool:
    """Return whether the rows of a file are turns of dialogues, by the keys of the first rows or by their labels.

    Rows have a text alone or a short label, and the dialogue with the number of the turn or with who speaks; or labels
    of what is done by a turn. Tagged sentences are such turns only by their labels.
    """
    if len(rows) < _LEAST:
        return False
    first = rows[:_READ].tolist()
    if bool((examples["shape"].gather(first) == TOKEN_LABELS).all()):
        return _are_acts([_tag_of(record) for record in reader.records(first)])
    if examples["is_preference"].to_numpy()[rows].any():
        return False
    alone = not examples["prompt_chars"].to_numpy()[rows].any()
    labelled = not alone and are_labelled(examples, rows)
    if not alone and not labelled:
        return False
    if _have_places(list(reader.records(first))):
        return True
    return labelled and _are_acts([text.response for text in reader.texts(first)])


def are_labelled(examples: pl.DataFrame, rows: NDArray[np.int64]) -> bool:
    """Return whether nearly all rows have a text and a short label, of a few that others have as well."""
    asked, said, answers = (examples[name].to_numpy()[rows] for name in ("prompt_chars", "response_chars", "answer"))
    short = ((asked > 0) & (said > 0) & (said <= _LONGEST)).mean() >= _NEARLY_ALL
    return bool(short) and len(distinct(answers)) * _ROWS_PER_LABEL <= len(rows)


def _have_places(records: Sequence[Mapping[str, Any]]) -> bool:
    """Whether rows have the name of their dialogue, the same in several rows, and the number of the turn or a speaker.

    The numbers count turns, and a few people speak in turn. Numbers that begin again and again need no name.
    """
    names = {key: letters_of(key) for key in records[0] if len(key) <= _KEY_CHARS}
    turns = [key for key, name in names.items() if name in _TURNS]
    for dialogue in (key for key, name in names.items() if name in _DIALOGUES):
        values = [str(record.get(dialogue)) for record in records]
        inside = [place for place, (one, other) in enumerate(pairwise(values)) if one == other]
        if len(set(values)) < _SEVERAL or len(inside) < len(values) * (1 - 1 / _RUN):
            continue
        if are_turns(records) or any(_count_up(records, key, inside) for key in turns):
            return True
    return any(_begin_again([_number(record.get(key)) for record in records]) for key in turns)


def _begin_again(numbers: Sequence[int | None]) -> bool:
    """Whether numbers count from a row to the next one, and begin at 0 or 1 for each of several dialogues."""
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return False
    begins = sum(other <= 1 and other < one for one, other in pairwise(known))
    counted = sum(0 < other - one <= _STEP for one, other in pairwise(known))
    return begins >= _SEVERAL and counted >= _RUN * begins and begins + counted >= _KNOWN * (len(known) - 1)


def _count_up(records: Sequence[Mapping[str, Any]], key: str, places: Sequence[int]) -> bool:
    """Whether a key counts from a row to the next one at nearly all places."""
    numbers = [_number(record.get(key)) for record in records]
    steps = ((numbers[place], numbers[place + 1]) for place in places)
    counted = sum(one is not None and other is not None and 0 <= other - one <= _STEP for one, other in steps)
    return counted >= _KNOWN * len(places)


def _number(value: object) -> int | None:
    """Return the number at the end of a value such as ``12`` or ``utt_12``; None for one without."""
    found = re.search(r"(\d{1,9})(?:\.0)?\Z", str(value)[-12:]) if isinstance(value, str | int | float) else None
    return None if found is None else int(found[1])


def _tag_of(record: Mapping[str, Any]) -> str:
    """Return the tag that all tokens of a sentence have; empty if they have several."""
    found = tagged_tokens(record)
    tags = {str(tag) for tag in found[1]} if found is not None else set()
    return tags.pop() if len(tags) == 1 else ""


def _are_acts(labels: Sequence[str]) -> bool:
    folded = [label.strip().casefold() for label in labels]
    known = [label for label in folded if label in ACTS]
    return len(known) >= _KNOWN * len(folded) and len(set(known)) >= _LABELS
