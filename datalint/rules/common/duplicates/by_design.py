"""Rows that vary others by design, such as the wordings of one request: which these are, and a note on them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from heapq import nsmallest
from typing import Final

from datalint.api import Dataset, Hit, Severity, excerpt, listed, percent
from datalint.rules.common.duplicates.control_words import rows_of_control_words
from datalint.rules.common.duplicates.grids import may_vary, varied_keys
from datalint.rules.common.duplicates.instruction_wordings import rows_of_wordings
from datalint.rules.common.duplicates.judged_sentences import judged_sentences
from datalint.rules.common.duplicates.query_wordings import rows_of_queries
from datalint.rules.common.duplicates.utterances import variants_of_utterances
from datalint.rules.common.duplicates.variant_ids import rows_of_variants
from datalint.rules.common.test_cases import VARIED, is_test_case

#: Which rows vary others, what a note says of them, and its key. The first kind that a dataset has is that of its rows.
_KINDS: Final[tuple[tuple[Callable[[Dataset], frozenset[int]], str, str], ...]] = (
    (
        judged_sentences,
        "differ from another sentence in a word or two, on which the judgement of its acceptability may depend",
        "judged sentences",
    ),
    (
        variants_of_utterances,
        "repeat a short text and its label with a word or two changed, which is usual in intent data",
        "utterances",
    ),
    (
        rows_of_wordings,
        "have the text and the answer of another row, and differ only in how the rest of the prompt is phrased",
        "wordings",
    ),
    (rows_of_queries, "are near-duplicates of another row with the same query or call", "queries"),
    (
        rows_of_control_words,
        "have the answer of another row, and one of a few other words where most prompts have one of them",
        "control words",
    ),
    (rows_of_variants, "are variants of another row, as their ids say, which differ in their ends alone", "variants"),
)
#: Members that are looked at for marks of tests, and of these the first ones, which show whether there are any.
_MOST_MARKED: Final = 2_000
_LOOKED_AT: Final = 50
#: Keys that are named.
_KEYS: Final = 3


def varied_by_design(data: Dataset) -> tuple[frozenset[int], list[Hit]]:
    """Return the near-duplicates that vary others by design, and a note on each kind of them."""
    found, notes = _varied_on_purpose(data), []
    for find, what, key in _KINDS:
        if rows := find(data):
            found |= rows
            notes.append(_note(data, rows, what, key))
            break
    tried, varied = _tried(data)
    if tried:
        names = listed((f"'{excerpt(name, 30)}'" for name in varied), len(varied), _KEYS)
        what = (
            f"have nearly the answer of another row to the same prompt, but {names} "
            f"{'differs' if len(varied) == 1 else 'differ'}, as in results of an experiment, which has one row of each "
            "prompt for each value"
        )
        notes.append(_note(data, tried, what, "tried"))
    return found | tried, notes


def _note(data: Dataset, rows: frozenset[int], what: str, key: str) -> Hit:
    share = percent(len(rows) / data.size)
    return Hit(
        f"{len(rows):,} of {data.size:,} rows ({share}) {what}: keep them on one side of a split",
        at=min(rows),
        severity=Severity.INFO,
        key=key,
        fixable=False,
    )


def _varied_on_purpose(data: Dataset) -> frozenset[int]:
    """Return the members of clusters that are marked as tests of other spellings of a text, of the first ones."""
    rows = nsmallest(_MOST_MARKED, (member for group in data.near for member in group.rows[1:]))
    found = _marked(data, rows[:_LOOKED_AT])
    # Most sets have no such marks, which the first rows show.
    return found | _marked(data, rows[_LOOKED_AT:]) if found else found


def _tried(data: Dataset) -> tuple[frozenset[int], tuple[str, ...]]:
    """Return the rows of other settings of an experiment than their anchor of the same prompt, and what was varied."""
    prompts = data.examples["prompt_hash"]
    pairs = {member: group.rows[0] for group in data.near for member in group.rows[1:]}
    rows = sorted(row for row, anchor in pairs.items() if prompts[row] == prompts[anchor])[:_MOST_MARKED]
    if not rows or not may_vary(data, len(rows)):
        return frozenset(), ()
    read = sorted({*rows, *(pairs[row] for row in rows)})
    records = dict(zip(read, data.records(read), strict=True))
    differing = {
        row: [key for key, value in records[row].items() if records[pairs[row]].get(key) != value] for row in rows
    }
    varied = varied_keys(data, [*differing.values()])
    return frozenset(row for row, keys in differing.items() if not set(varied).isdisjoint(keys)), varied


def _marked(data: Dataset, rows: Sequence[int]) -> frozenset[int]:
    records = data.records(rows) if rows else []
    return frozenset(row for row, record in zip(rows, records, strict=True) if is_test_case(record, VARIED))
