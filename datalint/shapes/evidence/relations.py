"""Relations between the columns of sampled rows: copies, parts, edits, and texts composed of others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.dialogues import named_texts
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn, is_unnamed
from datalint.support.names.column_names import Strength, strength

#: Number of columns that a text is compared with, and the share of rows in which a copy or part is in another text.
_COMPARED: Final = 8
_COPIED: Final = 0.8
#: Rows that are compared, and characters of texts that are compared for small changes.
_ROWS: Final = 50
_BEGUN: Final = 500
#: Columns of a pair.
_PAIR: Final = 2
#: Likeness of a text and the same with small changes, from 0 to 1.
_ALIKE: Final = 0.8
#: Share of rows whose text other rows have too from which on texts are repeated.
_AGAIN: Final = 0.2
#: Characters of a word, on average, at least: a shorter one is part of many others.
_WORD: Final = 3
#: Share of a text that other columns make up if it is composed of them.
_WRITTEN: Final = 0.6


def related(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return the columns without copies; mark columns whose texts are contained in those of another column.

    If a text is composed of several others, the others are left out if its name is that of a prompt. Otherwise, the
    composed text is left out.
    """
    kept: list[SampledColumn] = []
    left_out: set[str] = set()
    # Of a table without a header, they are sides of pairs, most of which need no change.
    paired = len(columns) == _PAIR and all(map(is_unnamed, columns))
    if paired and (names := next((one for one in columns if _are_names_of(rows, one, columns)), None)) is not None:
        columns = [each for each in columns if each is not names]
    for each in _marked_apart([_without_parts(each, columns, rows) for each in columns], rows):
        if each.holds is not Holds.TEXT or len(rows) < LEAST_ROWS:
            kept.append(each._replace(within=_are_words_of(each, columns, rows)))
            continue
        others = [other for other in columns if other.holds is Holds.TEXT and other.key != each.key]
        shares = [(_share(rows, each.key, other.key), other) for other in others[:_COMPARED]]
        known = {one.key for one in kept if not are_sides(one, each, columns)}
        if not paired and any(same >= _COPIED and other.key in known for (same, _), other in shares):
            continue
        long = (other for other in others[:_COMPARED] if other.length > LONG)
        parts = [e for e in long if not e.sparse and _share(rows, e.key, each.key)[1] >= _COPIED]
        composed = len(parts) > 1 and sum(part.length for part in parts) > _WRITTEN * each.length
        if composed and strength(each.key, "prompt") < Strength.HEAD:
            continue
        left_out |= {part.key for part in parts if composed}
        within = any(inside >= _COPIED for (_, inside), _ in shares)
        before = [one for one in kept if one.holds is Holds.TEXT][:_COMPARED]
        first = next((one.key for one in before if _are_edits(rows, one, each)), "")
        kept.append(each._replace(within=within, contains=bool(parts), composed=composed, edits=first))
    return [each for each in kept if each.key not in left_out]


def are_sides(one: SampledColumn, other: SampledColumn, columns: Sequence[SampledColumn]) -> bool:
    """Return whether two columns are named as a prompt and its only response; equal ones are no copies."""
    answers = [each for each in columns if strength(each.key, "response") is Strength.WHOLE]
    asked = any(strength(each.key, "prompt") is Strength.WHOLE for each in (one, other))
    return asked and len(answers) == 1 and answers[0] in (one, other)


def _are_words_of(column: SampledColumn, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a column holds a few different words, one of which is in the text of nearly each row."""
    if column.holds is not Holds.LABEL or column.length < _WORD or len(rows) < LEAST_ROWS:
        return False
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > 2 * column.length]
    several = len({str(row.get(column.key)) for row in rows}) > 1
    return several and any(_share(rows, column.key, text.key)[1] >= _COPIED for text in texts[:_COMPARED])


def _without_parts(
    column: SampledColumn, columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> SampledColumn:
    """Return a column of turns as one of objects if the turns are parts of the text next to them, with a type each.

    A text next to a real conversation contains all of it or nothing.
    """
    texts = [each for each in columns if each.holds is Holds.TEXT and each.length > LONG]
    if column.holds is not Holds.CHAT or not texts:
        return column
    text = max(texts, key=lambda each: each.length).key
    pairs = [(named, str(row.get(text))) for row in _some(rows) if (named := named_texts(row.get(column.key)))]
    size = sum(len(whole) for _, whole in pairs)
    said = [(one, whole) for named, whole in pairs for one in named]
    within = sum(one in whole for one, whole in said)
    if not said or within < _COPIED * len(said) or sum(len(one) for one, _ in said) > _WRITTEN * size:
        return column
    return SampledColumn(column.key, Holds.OBJECT, distinct=len({str(one) for one, _ in pairs}) / len(pairs))


def _marked_apart(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> list[SampledColumn]:
    """Return columns, and mark those with different values in many rows that have the same longest text."""
    longest = max((each for each in columns if each.holds is Holds.TEXT), key=lambda each: each.length, default=None)
    if longest is None or longest.length <= LONG or len(rows) < LEAST_ROWS:
        return list(columns)
    same: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        same.setdefault(str(row.get(longest.key)), []).append(row)
    again = [found for found in same.values() if len(found) > 1]
    if sum(map(len, again)) < _AGAIN * len(rows):
        return list(columns)
    short = (Holds.TEXT, Holds.LABEL)
    return [
        each._replace(apart=each.short and each.holds in short and _differ(again, each.key) >= _AGAIN * len(rows))
        for each in columns
    ]


def _differ(groups: Sequence[Sequence[Mapping[str, Any]]], key: str) -> int:
    """Return how many rows are in groups with several values under ``key``."""
    return sum(len(group) for group in groups if len({str(row.get(key)) for row in group}) > 1)


def _are_edits(rows: Sequence[Mapping[str, Any]], one: SampledColumn, other: SampledColumn) -> bool:
    """Whether nearly all texts of two columns are the same but for small changes."""
    if not 0.5 < one.length / max(other.length, 1.0) < 2 or min(one.length, other.length) <= LONG / 2:
        return False
    from rapidfuzz.distance import Indel

    pairs = [(row.get(one.key), row.get(other.key)) for row in _some(rows)]
    texts = [(a[:_BEGUN], b[:_BEGUN]) for a, b in pairs if isinstance(a, str) and isinstance(b, str)]
    likeness = [Indel.normalized_similarity(a, b) for a, b in texts]
    return bool(likeness) and sum(each >= _ALIKE for each in likeness) >= _COPIED * len(likeness)


def _are_names_of(rows: Sequence[Mapping[str, Any]], one: SampledColumn, columns: Sequence[SampledColumn]) -> bool:
    """Whether a column is another one with underscores in the place of blanks: titles as keys and links have them."""
    other = next(each for each in columns if each is not one)
    pairs = [(str(row.get(one.key)), str(row.get(other.key))) for row in _some(rows)]
    same = sum(a == b.replace(" ", "_") for a, b in pairs)
    return len(pairs) >= LEAST_ROWS and same >= _COPIED * len(pairs) and any(a != b for a, b in pairs)


def _share(rows: Sequence[Mapping[str, Any]], one: str, other: str) -> tuple[float, float]:
    """Return the shares of rows in which two texts are the same but for capitals, and one is within the other.

    Texts that are both empty, as cells of a table are where a row has neither, say nothing.
    """
    pairs = [(row.get(one), row.get(other)) for row in _some(rows)]
    texts = [
        (a.casefold().strip(), b.casefold().strip()) for a, b in pairs if isinstance(a, str) and isinstance(b, str)
    ]
    texts = [(a, b) for a, b in texts if a or b]
    if not texts:
        return 0.0, 0.0
    return sum(a == b for a, b in texts) / len(texts), sum(a in b for a, b in texts) / len(texts)


def holding_all(
    columns: Sequence[SampledColumn], parts: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]
) -> SampledColumn | None:
    """Return the column of objects that hold, in nearly all rows, the values of all ``parts``; None for none."""
    for each in columns:
        if each.holds is Holds.OBJECT and each not in parts:
            objects = [(row[each.key], row) for row in rows[:_ROWS] if isinstance(row.get(each.key), dict)]
            found = sum(_holds(value, [row.get(part.key) for part in parts]) for value, row in objects)
            if objects and found >= _COPIED * len(rows[:_ROWS]):
                return each
    return None


def _holds(value: Mapping[str, Any], parts: Sequence[Any]) -> bool:
    """Whether each part that is there is one of the values of an object."""
    return all(part in (None, "") or any(part == item for item in value.values()) for part in parts)


def _some(rows: Sequence[Mapping[str, Any]]) -> Sequence[Mapping[str, Any]]:
    """Return about as many rows as are compared, from all parts of those given.

    The distance between two of them varies, since each fourth row, say, may be of another kind than the others.
    """
    step = max(1, len(rows) // _ROWS)
    return [rows[place] for first in range(0, len(rows), step) if (place := first + first // step % step) < len(rows)]
