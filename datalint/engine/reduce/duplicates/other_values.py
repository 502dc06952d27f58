"""Rows with the same texts that differ in a key which says what the row is: another label, another part of the text, or
another run of one item.

Deleting one of them loses a label, or hides a conflict, so they are no copies. Ids, dates, sources and other facts
about a row make no other example.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import polars as pl

from datalint.engine.reduce.duplicates.label_codes import is_code, numbers_label
from datalint.engine.reduce.duplicates.short_values import short_value
from datalint.engine.reduce.part_keys import counts_words, point_at_parts, text_of
from datalint.records.analyses import OtherValues
from datalint.shapes import mapped
from datalint.shapes.evidence.labels import PEOPLE
from datalint.shapes.formats import text as plain_text
from datalint.shapes.formats import text_label
from datalint.support.distinct import distinct, evenly_spaced
from datalint.support.names.column_names import Strength, fold_name, last_word, strength
from datalint.support.names.run_keys import names_run

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.engine.execute.row_reader import Reader

#: Copies by which keys are found, other rows that say how many values a key has, and copies that are read at most.
_FIRST: Final = 2_000
_OTHERS: Final = 2_000
_MOST: Final = 20_000
#: Different values of one text that are compared with those of a row that may lack some.
_COMPARED: Final = 100
#: Characters of a name.
_LONGEST: Final = 60
#: Shapes of labelled and of plain texts, of which each label counts, and rows for each different answer at least.
_LABELLED: Final = frozenset((text_label.SHAPE.name, mapped.NAME, mapped.LABELS, plain_text.SHAPE.name))
_ROWS_PER_LABEL: Final = 4
#: Words of keys of the options of a question.
_OPTIONS: Final = frozenset(("option", "options", "choice", "choices"))
#: Rows that are looked at for a key at least, and share of different values among them at most.
_LEAST: Final = 20
_VARIED: Final = 0.25
_VARIED_NAMED: Final = 0.5
#: Words of names of labels, also at the end of a longer word (``majortopic``), and those that sort rows in other ways.
_NAMED: Final = r"(?:label|topic|category|sentiment|emotion|intent|aspect|polarity|stance|subject)s?\d{0,2}"
_SORTED: Final = frozenset("tag tags genre genres keyword keywords".split())
#: Last words of what a text was rated, and its different values at most: a score of more may count something.
_RATED: Final = frozenset("rating ratings rate stars star grade score".split())
_RATES: Final = 11
#: Share of the copies that differ in the number of a run, where runs are by design.
_RUNS: Final = 0.8
#: Last words of the ids of people, rows of a text on average where several people labelled it, and the share of the
#: texts about which they disagree.
_PEOPLE_BY_ID: Final = frozenset("id user userid participant respondent subject workerid expert".split())
_ROWS_PER_TEXT: Final = 3
_DISAGREED: Final = 0.1
#: The last word of the key of what a message is about, and those of the keys of what stands below it.
_ABOVE: Final = "subject"
_BELOW: Final = frozenset("body description message details email content".split())
#: Share of the rows whose value under a key is a part of their text, where the key is of parts.
_PARTS: Final = 0.9
#: Columns of 0 and 1, one for each label, at least.
_COLUMNS: Final = 3
_BITS: Final = frozenset(("0", "1", "true", "false"))


def other_values(
    anchors: NDArray[np.int64], copies: NDArray[np.int64], examples: pl.DataFrame, reader: Reader
) -> tuple[dict[int, int], tuple[OtherValues, ...]]:
    """Return the copies that have another label than their anchors, each with the first row that it equals.

    Those of other labels, of other parts of their text and of other runs are returned by key. One text in several
    runs is still one text, so that these keep their anchors. Where a row has no value, it is a copy.

    Args:
        anchors: for each row, the first one with the same texts.
        copies: the rows that repeat another one, ascending.
        examples: the columns of examples.
        reader: reads the records.
    """
    some = copies[evenly_spaced(len(copies), _FIRST)]
    pairs = _pairs(anchors, some, reader)
    named, parts = _telling(pairs, examples, reader)
    # One of several people by an id says the same as one by name.
    people = [] if named or parts else _ids_of_people(pairs, examples)
    keys = named + parts + people
    if not keys:
        return {}, ()

    def is_run(key: str) -> bool:
        return key in people or (_is_run(key) and key not in parts)

    rows = copies[:_MOST]
    read = distinct(np.concatenate([anchors[rows], rows])).tolist()
    records = dict(zip(read, reader.records(read), strict=True))
    known: dict[int, list[tuple[int, dict[str, str]]]] = {}
    firsts: dict[tuple[int, tuple[str | None, ...]], int] = {}
    moved: dict[int, int] = {}
    found: dict[str, list[int]] = {}
    for row in read:
        mine = {key: value for key in keys if (value := short_value(records[row].get(key))) is not None}
        anchor = int(anchors[row])
        exactly = anchor, tuple(map(mine.get, keys))
        first = firsts.get(exactly)
        if first is None:
            seen = known.setdefault(anchor, [])
            same = next((each for each in seen[:_COMPARED] if not _differing(each[1], mine)), None)
            if same is None:
                seen.append((row, mine))
                if row != anchor:
                    key = next(key for key in keys if key in _differing(seen[0][1], mine))
                    found.setdefault(key, []).append(row)
                    moved.update({} if is_run(key) else {row: row})
            else:
                same[1].update({key: value for key, value in mine.items() if key not in same[1]})
            first = firsts[exactly] = row if same is None else same[0]
        if row != first and first in moved:
            moved[row] = first
    return moved, tuple(
        OtherValues(
            key,
            tuple(rows),
            is_run=is_run(key) or _is_run(key),
            is_part=key in parts or _is_above_message(key, records[rows[0]]),
        )
        for key, rows in found.items()
    )


_Pairs = list[tuple[Mapping[str, Any], Mapping[str, Any], int]]


def _pairs(anchors: NDArray[np.int64], rows: NDArray[np.int64], reader: Reader) -> _Pairs:
    """Return the records of the anchors and of their copies, with the number of the copy."""
    read = distinct(np.concatenate([anchors[rows], rows])).tolist()
    records = dict(zip(read, reader.records(read), strict=True))
    return [(records[int(anchors[row])], records[row], row) for row in rows.tolist()]


def _telling(pairs: _Pairs, examples: pl.DataFrame, reader: Reader) -> tuple[list[str], list[str]]:
    """Return the keys of labels and runs in which some pairs differ, those of labels first, and those of parts."""
    differing: dict[str, int] = {}
    for anchor, copy, _ in pairs:
        for key in (*copy, *(anchor.keys() - copy.keys())):
            if anchor.get(key) == copy.get(key):
                continue
            values = (short_value(anchor.get(key)), short_value(copy.get(key)))
            differing[key] = differing.get(key, 0) + (None not in values and values[0] != values[1])
    keys = [key for key, count in differing.items() if count and len(key) <= _LONGEST]
    if not keys:
        return [], []
    found = [key for key in keys if last_word(key) in ("label", "labels")]
    rows = [row for *_, row in pairs]
    if _has_options(pairs[0][0]) or not _LABELLED.issuperset(examples["shape"].gather(rows).unique()):
        return found, []
    step = max(1, examples.height // _OTHERS)
    sample = [copy for _, copy, _ in pairs] + reader.records(list(range(0, examples.height, step)))
    parts = [key for key in keys if key not in found and not numbers_label(key, sample)]
    parts = [key for key in parts if _is_of_parts(key, pairs, sample)]
    if not _are_labelled(examples):
        return found, parts
    tests: tuple[Callable[[str], bool], ...] = (
        lambda key: _names_label(key) and _repeat(sample, key, _VARIED_NAMED),
        lambda key: last_word(key) in _RATED and _repeat(sample, key, most=_RATES),
        lambda key: is_code(key, pairs) and _repeat(sample, key),
        lambda key: numbers_label(key, sample) and _repeat(sample, key, _VARIED_NAMED),
        lambda key: _is_run(key) and differing[key] >= _RUNS * len(pairs) and _repeat(sample, key),
    )
    named = _one_of_several(keys, pairs, sample)
    found += [key for test in (*tests, named.__contains__) for key in keys if key not in found and test(key)]
    return [key for key in found if key not in parts], parts


def _has_options(record: Mapping[str, Any]) -> bool:
    """Whether a row is a question with options, of which the answer is no label and a topic no part."""
    return {"A", "B"} <= record.keys() or any(not _OPTIONS.isdisjoint(fold_name(key)) for key in record)


def _are_labelled(examples: pl.DataFrame) -> bool:
    """Whether rows have no answers, or labels as answers."""
    answers = examples["answer"].filter(examples["response_chars"] * (examples["prompt_chars"] > 0) > 0)
    return answers.n_unique() * _ROWS_PER_LABEL <= len(answers) or not len(answers)


def _is_of_parts(key: str, pairs: _Pairs, sample: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the values of a key, of pairs that differ in it and of a sample of rows, are parts of the texts."""
    some = [
        record
        for pair in pairs
        if short_value(pair[0].get(key)) != short_value(pair[1].get(key))
        for record in pair[:2]
    ]
    rows = [record for record in sample if short_value(record.get(key)) is not None]
    if len(rows) < _LEAST or (counts_words(key) and not _repeat(sample, key, _VARIED_NAMED)):
        return False
    return all(
        point_at_parts(key, ((record.get(key), text_of(record, key)) for record in each), _PARTS)
        for each in (some, rows)
    )


def _is_above_message(key: str, record: Mapping[str, Any]) -> bool:
    """Whether a key is that of the subject of a message, which is no label of it."""
    return last_word(key) == _ABOVE and any(last_word(other) in _BELOW for other in record)


def _is_run(key: str) -> bool:
    return names_run(key) or last_word(key) in PEOPLE


def _ids_of_people(pairs: _Pairs, examples: pl.DataFrame) -> list[str]:
    """Return the ids of those who labelled texts: each labelled many, no text twice, and not as all others did.

    An id that only one row has says nothing, and without different labels, rows may be copies from several places.
    """
    records = [record for pair in pairs for record in pair[:2]]
    keys = [key for key in pairs[0][1] if len(key) <= _LONGEST and not _PEOPLE_BY_ID.isdisjoint(fold_name(key)[-1:])]
    keys = [
        key for key in keys if all(short_value(one.get(key)) != short_value(other.get(key)) for one, other, _ in pairs)
    ]
    keys = [key for key in keys if _repeat(records, key, _VARIED_NAMED)]
    if not keys or not _are_labelled(examples):
        return []
    answers = examples.filter(pl.col("prompt_chars") > 0).group_by("prompt_hash").agg(pl.col("answer").n_unique())
    several = int((answers["answer"] > 1).sum())
    many = answers.height * _ROWS_PER_TEXT <= examples.height
    return keys[:1] if many and several >= _DISAGREED * answers.height > 0 else []


def _names_label(key: str) -> bool:
    words = fold_name(key)
    if not words or words[-1] in _SORTED:
        return False
    return strength(key, "category") >= Strength.HEAD or re.search(rf"{_NAMED}\Z", words[-1]) is not None


def _one_of_several(keys: Iterable[str], pairs: _Pairs, sample: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the columns of 0 and 1 of which pairs have a 1 in one place or another, as one of several labels is."""
    bits = [key for key in keys if _is_flag(key, sample)]
    if len([key for key in pairs[0][0] if _is_flag(key, sample)]) < _COLUMNS:
        return []
    moved: set[str] = set()
    for one, other, _ in pairs:
        mine = [key for key in bits if one.get(key) != other.get(key)]
        if len({str(one.get(key)).casefold() for key in mine}) > 1:
            moved.update(mine)
    return [key for key in bits if key in moved]


def _is_flag(key: str, sample: Sequence[Mapping[str, Any]]) -> bool:
    if strength(key, "about") or re.match(r"(?i)(?:is|has|was|in)[_A-Z ]", key) is not None:
        return False
    return {short_value(record.get(key)) for record in sample} <= _BITS


def _repeat(sample: Sequence[Mapping[str, Any]], key: str, share: float = _VARIED, most: int | None = None) -> bool:
    """Whether a key has few different values, ``most`` of them if given, none of them a number with decimals."""
    values = [value for record in sample if (value := short_value(record.get(key))) is not None]
    if len(values) < _LEAST or any(re.fullmatch(r"-?\d{0,9}\.\d{0,20}[1-9]", value) for value in values):
        return False
    return len(set(values)) <= min(share * len(values), most or len(values))


def _differing(one: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    """Return the keys under which both have a value, and not the same."""
    return {key for key in one.keys() & other.keys() if one[key] != other[key]}
