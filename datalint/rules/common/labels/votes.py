"""Votes: what several people said about one row, in a list of labels or under numbered keys."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from heapq import nsmallest
from typing import Any, Final

from datalint.api import Alike, Chunk, NamedTuple
from datalint.rules.common.kept_rows import KeptRows, joined_rows, kept_rows, listed_rows

#: Keys of lists of labels, and what a key of one person's label is named after.
_LISTS: Final = frozenset(
    """annotator_labels votes judgments judgements labels_by_annotator human_labels crowd_labels worker_labels
    rater_labels reviewer_labels annotator_votes""".split()
)
#: The same, where a list may hold entities, tags or texts as well: of objects that name a person.
_NAMED: Final = frozenset(("annotations", "annotation", "annotators", "reviews", "reviewers", "ratings", "raters"))
_PERSONS: Final = frozenset(
    """annotator annotator_id rater rater_id reviewer reviewer_id worker worker_id user user_id labeler labeller
    judge author completed_by""".split()
)
_PERSON: Final = r"(?i)(?:annotat(?:or|ion)|rater|reviewer|judge|labell?er|worker|human|expert)"
_NUMBERED: Final = rf"{_PERSON}.{{0,20}}?[_\- ]?([0-9]{{1,2}}|[abc])(?![^\W_])(?:[_\- ](?:label|answer|rating|vote))?"
#: Keys of an object in such a list that hold the label.
_LABELS: Final = ("label", "labels", "value", "rating", "vote", "judgment", "judgement", "verdict", "answer", "choice")
_LONGEST: Final = 40
#: Keys of what was decided in the end, and values of them for rows without a decision (SNLI has "-").
_DECIDED: Final = (
    r"(?i)(?:gold|final|consensus|majority|aggregated|adjudicated|resolved)(?:[_\- ]?(?:label|answer|vote|rating))?"
)
_UNDECIDED: Final = ("", "-", "none", "null", "n/a", "no majority")
#: Distinct labels of a key that are kept, the first ones.
_MOST_LABELS: Final = 100
#: More numbers than these are a scale; the number of a step with words for it ("2-often"), rows without a majority by
#: which it is one, and how many times as often as by chance their labels are neighbours.
_FEW_NUMBERS: Final = 3
_STEP: Final = r"([0-9]{1,2}) ?[-_.:=)] ?[^\W\d].{0,38}"
_LEAST_TIED: Final = 10
_OFTENER: Final = 1.3


#: A row and the labels that people gave it.
Given = tuple[int, tuple[str, ...]]


class Votes(NamedTuple):
    """What a key of a chunk's rows says: rows with votes, those without a majority, the labels, and all ties."""

    rows: int
    ties: int
    labels: frozenset[str]
    tied: KeptRows


#: Rows of the chunks, and votes by key.
ChunkVotes = tuple[int, dict[str, Votes]]


def read_votes(chunk: Chunk) -> ChunkVotes:
    """Return the votes of a chunk by key."""
    votes: dict[str, list[Given]] = {}
    for group in chunk.structure.groups:
        decided = _decided(group)
        for key in group.keys:
            name = key.strip().lower()
            if name in _LISTS | _NAMED and group.kinds(key) == {list}:
                read = _labels if name in _LISTS else _of_persons
                given = ((row, read(value)) for row, value in zip(group.rows, group.column(key), strict=True))
                _add(votes, key, given, decided)
        for name, keys in _series(group.keys).items():
            columns = [group.column(key) for key in keys]
            given = ((row, _labels(values)) for row, *values in zip(group.rows, *columns, strict=True))
            _add(votes, name, given, decided)
    found = {key: _judged(sorted(rows)) for key, rows in votes.items() if rows}
    return len(chunk.records), found


def join_votes(one: ChunkVotes, other: ChunkVotes) -> ChunkVotes:
    """Put the votes of two chunks together; rows of the second follow those of the first."""
    size, votes = one[0], dict(one[1])
    for key, theirs in other[1].items():
        mine = votes.get(key, Votes(0, 0, frozenset(), {}))
        tied = joined_rows(mine.tied, theirs.tied, size)
        votes[key] = _bounded(
            Votes(mine.rows + theirs.rows, mine.ties + theirs.ties, mine.labels | theirs.labels, tied)
        )
    return size + other[0], votes


def _add(votes: dict[str, list[Given]], key: str, given: Iterable[Given], decided: Collection[int]) -> None:
    # Somebody settled the rows that are decided: they count as a vote of one label.
    several = ((row, labels) for row, labels in given if len(labels) > 1)
    votes.setdefault(key, []).extend((row, labels[:1] if row in decided else labels) for row, labels in several)


def _decided(group: Alike) -> set[int]:
    """Return the rows that say which label was decided on."""
    rows: set[int] = set()
    for key in group.keys:
        if len(key) <= _LONGEST and re.fullmatch(_DECIDED, key):
            values = zip(group.rows, group.column(key), strict=True)
            rows.update(row for row, value in values if value is not None and str(value).lower() not in _UNDECIDED)
    return rows


def _judged(rows: Sequence[Given]) -> Votes:
    labels = {label for _, given in rows for label in given}
    tied = [(row, given) for row, given in rows if max(Counter(given).values()) * 2 <= len(given)]
    return _bounded(Votes(len(rows), len(tied), frozenset(labels), kept_rows(tied)))


def _bounded(votes: Votes) -> Votes:
    labels = frozenset(nsmallest(_MOST_LABELS + 1, votes.labels))
    return votes._replace(labels=labels)


def is_scale(votes: Votes) -> bool:
    """Return whether the labels are the numbers of a scale, or steps with words of which people choose neighbours."""
    if len(votes.labels) <= _FEW_NUMBERS:
        return False
    if all(re.fullmatch(r"-?[0-9]{1,6}(?:\.[0-9]{1,6})?", label) for label in votes.labels):
        return True
    steps = {label: int(found[1]) for label in votes.labels if (found := re.fullmatch(_STEP, label))}
    if len(steps) < len(votes.labels) or len(set(steps.values())) < len(steps) or votes.ties < _LEAST_TIED:
        return False
    # Of classes that have no order, two in a row are as frequent as any other two: 2 of n pairs.
    usual = ([label for label, _ in Counter(given).most_common(2)] for _, given in listed_rows(votes.tied))
    near = sum(abs(steps[one] - steps[other]) == 1 for one, other in usual)
    return near >= _OFTENER * 2 / len(steps) * votes.ties


def _series(keys: Sequence[str]) -> dict[str, list[str]]:
    """Return the keys that differ only in the number of a person, by their common name with ``*`` for it."""
    found: dict[str, list[str]] = {}
    for key in keys:
        match = re.search(_NUMBERED, key) if len(key) <= _LONGEST else None
        if match is not None and not _is_of_model(key, match, keys):
            found.setdefault(f"{key[: match.start(1)]}*{key[match.end(1) :]}", []).append(key)
    return {name: some for name, some in found.items() if len(some) > 1}


def _is_of_model(key: str, match: re.Match[str], keys: Sequence[str]) -> bool:
    """Return whether a key is a verdict on the answer of a model, whose name ends in the number: ``judge_gpt4``.

    Another key ends in the same name, such as ``answer_gpt4``.
    """
    judge = re.match(_PERSON, match[0])
    name = match[0][judge.end() :].lstrip("_- ") if judge is not None else ""
    if re.search(r"[^\W\d_]{2}", name) is None or re.search(_PERSON, name) is not None:
        return False
    return any(other != key and other.endswith(name) and not re.search(_PERSON, other) for other in keys)


def _of_persons(values: Sequence[Any]) -> tuple[str, ...]:
    named = all(isinstance(value, dict) and not _PERSONS.isdisjoint(value) for value in values[:_MOST_LABELS])
    return _labels(values) if named else ()


def _labels(values: Sequence[Any]) -> tuple[str, ...]:
    """Return the labels that people gave; empty where any of them is no label."""
    found = []
    for value in values[:_MOST_LABELS]:
        label = next((value[key] for key in _LABELS if key in value), None) if isinstance(value, dict) else value
        if label is None or label == "":
            continue
        if not isinstance(label, str | int | float) or len(str(label)) > _LONGEST:
            return ()
        found.append(str(label).strip().lower())
    return tuple(found)
