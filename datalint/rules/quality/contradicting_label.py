"""A label contradicts its row: it says no where the answer says yes, that equal texts differ, or names no option.

## What it does
Reports rows whose label contradicts their own texts. Answers that begin with yes or no are compared if there are at
least `min-rows` (20) of them and the label agrees with `agreeing` (80 %) of them.

Reported:
- an answer that begins with yes or no, and a `label`, `verdict` or `decision` that says the opposite
- two equal texts (`question1`, `question2`) whose label says that they differ (`is_duplicate` is 0)
- a `negative` that equals the `anchor` or the `positive`, or a `positive` that equals the `anchor`
- a multiple-choice answer that is no option, or has the letter of one and the words of another ("B. 3 m", where "3 m"
  is option D)
- a multiple-choice question with two equal options, an empty option before others, or no option
- a preference whose rejected side has the higher score; notes count equal scores, and scores that are mostly lower on
  the chosen side

Not reported:
- contradictions that are too frequent to be mistakes: the label then has another meaning
- an answer that is no option but that more than three rows have, such as "none of these"
- a label that open questions ("Who opens it?") have as well: it says whether the answer is right
- an answer that is nearly the option that another key names (`correct_option`)

## Why it matters
One of the two is wrong. A model learns the answer, an evaluation often compares the label, and neither can be better
than the rows that contradict themselves.

## Bad
```jsonl vary=30
{"question": "{w}?", "answer": "Yes, since the harbour is open on day {n}.", "label": "yes"}
```
```jsonl
{"question": "May I moor at the east quay?", "answer": "No, that quay is for ferries.", "label": "yes"}
```
```jsonl vary=30
{"question1": "{w}?", "question2": "Is it true that {w}?", "is_duplicate": 1}
```
```jsonl
{"question1": "Is the quay open?", "question2": "Is the quay open?", "is_duplicate": 0}
```
```jsonl vary=30
{"question": "{w}?", "options": ["{n} m", "{n}0 m", "{n}5 m"], "answer": "B"}
```
```jsonl
{"question": "How long is the east quay?", "options": ["3 m", "30 m", "300 m"], "answer": "D"}
```
## Good
```jsonl vary=30
{"question": "{w}?", "answer": "Yes, since the harbour is open on day {n}.", "label": "yes"}
```
```jsonl
{"question": "May I moor at the east quay?", "answer": "No, that quay is for ferries.", "label": "no"}
```
## What to do
Read the row and correct the label, the answer or the text.
## Known limits
Only English answers that begin with yes or no, and English open questions, are recognised. Options and scores are
compared if at least 20 rows have them. Numbers of options are looked up as the data counts them: from 0 if any answer
is 0, and otherwise from 1. A key that agrees with fewer answers says something else and is not reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from itertools import islice
from typing import Any, Final

from datalint.api import (
    Alike,
    Chunk,
    Dataset,
    Hit,
    Options,
    Severity,
    excerpt,
    frozen,
    json_path,
    mutable,
    option,
    rule,
)
from datalint.rules.common.kept_rows import KeptRows, count_rows, joined_rows, kept_rows, listed_rows
from datalint.rules.common.labels.chosen_options import (
    Chosen,
    Fault,
    add_chosen,
    chosen_options,
    equal_options,
    lost_options,
    odd_answers,
)
from datalint.rules.common.labels.option_findings import ODD, many_findings, said_of_fault, score_findings
from datalint.rules.common.labels.written_options import Written, add_written, miswritten, written_options
from datalint.rules.common.pairs.equal_pairs import EqualPair, equal_pairs
from datalint.rules.common.pairs.side_scores import Scores, add_scores, side_scores
from datalint.rules.common.texts.open_questions import is_open_question

#: Words of the names of keys that say in a word what the answer says.
_NAMES: Final = frozenset("label labels verdict decision gold answer truth target".split())
_LONGEST: Final = 40
#: What a label says, and the first word of an answer that goes on.
_SAYS: Final = {"yes": True, "true": True, "no": False, "false": False}
_FIRST: Final = r"\s{0,9}(yes|no)\b(?:[,.;:!]| ?[–—-]) ?\S"
_BEGINNING: Final = 40
#: Share of the rows with such a label from which on answers to open questions that have one say that it is a verdict.
_OPEN: Final = 0.05
#: Share of the rows with two equal texts and such a label from which on they are meant so.
_MEANT: Final = 0.1
#: Rows of one answer that is no option from which on it is one by design.
_ALIKE: Final = 3


@mutable
class _Counted:
    """Answers that begin with yes or no, the rows whose label says the other word, ``equal`` texts, ``chosen`` options.

    ``others`` are the rows with such a label whose answer begins with neither word, and how many of them have an open
    question.
    """

    rows: int
    answers: dict[str, int] = field(default_factory=dict)
    against: dict[str, KeptRows] = field(default_factory=dict)
    others: dict[str, tuple[int, int]] = field(default_factory=dict)
    equal: KeptRows = field(default_factory=dict)
    chosen: dict[str, Chosen] = field(default_factory=dict)
    written: Written = Written()
    scores: dict[str, Scores] = field(default_factory=dict)


@frozen
class ContradictingLabelOptions(Options):
    """When a key is the answer in a word."""

    min_rows: int = option(20, "answers that begin with yes or no", source="of fewer, most agree by chance")
    agreeing: float = option(0.8, "share of these that the label agrees with", source="others are about something else")


@rule("QUA040", "contradicting-label", severity=Severity.WARNING, since="0.1", gated=True)
def contradicting_label(data: Dataset, options: ContradictingLabelOptions) -> Iterator[Hit]:
    """Yield a hit at each row whose label says the opposite of its answer, or that its equal texts differ."""
    found: _Counted | None = data.measured
    if found is None:
        return
    yield from _equal_texts(found)
    odd = _odd_answers(found, options)
    yield from islice(many_findings(found.chosen, options.min_rows), 1)
    for fault in odd.values():
        yield Hit(said_of_fault(fault), at=fault.row, path=json_path(fault.keys))
    for mistake in miswritten(found.written, options.min_rows):
        if mistake.row not in odd:
            yield Hit(mistake.said, at=mistake.row)
    for _, scores in sorted(found.scores.items()):
        yield from score_findings(scores, options.min_rows)
    yield from _against_answers(found, options)


def _equal_texts(found: _Counted) -> Iterator[Hit]:
    """Yield a hit at each row whose label says that its texts differ, although they are equal, if these are few."""
    if count_rows(found.equal) > _MEANT * found.rows:
        return
    for pair in (EqualPair(*each) for each in listed_rows(found.equal)):
        one, other = (excerpt(key, 30) for key in pair.keys)
        label = f', and "{excerpt(pair.key, 30)}" is "{excerpt(pair.label, 40)}"' if pair.key else ""
        yield Hit(
            f'the texts of "{one}" and "{other}" are the same{label}',
            at=pair.row,
            path=json_path((pair.key or pair.keys[1],)),
        )


def _odd_answers(found: _Counted, options: ContradictingLabelOptions) -> dict[int, Fault]:
    """Return what is wrong with answers that are options of their questions, by row."""
    odd: dict[int, Fault] = {}
    for _, chosen in sorted(found.chosen.items()):
        for fault in odd_answers(chosen, options.min_rows, ODD, _ALIKE):
            # Another key says the same in other words.
            odd.setdefault(fault.row, fault)
    for _, chosen in sorted(found.chosen.items()):
        others = equal_options(chosen, options.min_rows, ODD, _ALIKE)
        for fault in (*others, *lost_options(chosen, options.min_rows, ODD)):
            odd.setdefault(fault.row, fault)
    return odd


def _against_answers(found: _Counted, options: ContradictingLabelOptions) -> Iterator[Hit]:
    """Yield a hit at each answer that begins with yes or no, and has the opposite label, if most others agree."""
    for key, answers in sorted(found.answers.items()):
        agreeing = answers - count_rows(found.against[key])
        labelled, asked = found.others.get(key, (0, 0))
        if answers < options.min_rows or agreeing < options.agreeing * answers or asked > _OPEN * (answers + labelled):
            continue
        for row, label in listed_rows(found.against[key]):
            said = "No" if _SAYS[label.lower()] else "Yes"
            yield Hit(
                f'the answer begins with "{said}", and "{excerpt(key, 30)}" is "{label}"',
                at=row,
                path=json_path((key,)),
            )


@contradicting_label.measure
def measure(chunk: Chunk, options: ContradictingLabelOptions) -> _Counted:
    """Compare the labels of a chunk with the beginnings of its answers."""
    found = _Counted(len(chunk.records))
    said: dict[int, bool] | None = None
    equal: list[EqualPair] = []
    for group in chunk.structure.groups:
        keys = [key for key, _ in chunk.side_keys(group.keys, about=True) if _is_named(key)]
        for key in keys:
            said = _said(chunk) if said is None else said
            _compare(found, group, key, said)
            _look_at_others(found, chunk, group, key, said)
        equal += equal_pairs(group)
        found.chosen = add_chosen(found.chosen, chosen_options(group), 0)
        found.scores = add_scores(found.scores, {each.keys[0]: each for each in side_scores(group)}, 0)
    found.equal = kept_rows(equal)
    found.written = written_options(chunk)
    return found


def _is_named(key: str) -> bool:
    return len(key) <= _LONGEST and not _NAMES.isdisjoint(re.findall("[a-z]+", key.lower()))


def _said(chunk: Chunk) -> dict[int, bool]:
    """Return the rows whose answer begins with yes or no, and whether it is yes."""
    found = {}
    for row, text in enumerate(chunk.examples["response"].str.slice(0, _BEGINNING).to_list()):
        match = re.match(_FIRST, text, re.IGNORECASE)
        if match is not None:
            found[row] = match[1].lower() == "yes"
    return found


def _compare(found: _Counted, group: Alike, key: str, said: dict[int, bool]) -> None:
    pairs = zip(group.rows, group.column(key), strict=True)
    labelled = [(row, label) for row, value in pairs if row in said and (label := _label(value))]
    against = [(row, label) for row, label in labelled if _SAYS[label.lower()] != said[row]]
    if labelled:
        found.answers[key] = found.answers.get(key, 0) + len(labelled)
        found.against[key] = joined_rows(found.against.get(key, {}), kept_rows(against), 0)


def _look_at_others(found: _Counted, chunk: Chunk, group: Alike, key: str, said: dict[int, bool]) -> None:
    pairs = zip(group.rows, group.column(key), strict=True)
    rows = [row for row, value in pairs if row not in said and _label(value)]
    if rows:
        asked = sum(map(is_open_question, chunk.examples["prompt"].gather(rows)))
        others, open_ones = found.others.get(key, (0, 0))
        found.others[key] = (others + len(rows), open_ones + asked)


def _label(value: Any) -> str:
    text = str(value).lower() if isinstance(value, bool) else value.strip() if isinstance(value, str) else ""
    return text if text.lower() in _SAYS else ""


@contradicting_label.merge
def join(one: _Counted, other: _Counted) -> _Counted:
    """Add up; rows of ``other`` come after those of ``one``."""
    joined = _Counted(one.rows + other.rows, dict(one.answers), dict(one.against))
    for key, answers in other.answers.items():
        joined.answers[key] = joined.answers.get(key, 0) + answers
        joined.against[key] = joined_rows(joined.against.get(key, {}), other.against[key], one.rows)
    for key, (others, asked) in (*one.others.items(), *other.others.items()):
        before = joined.others.get(key, (0, 0))
        joined.others[key] = (before[0] + others, before[1] + asked)
    joined.equal = joined_rows(one.equal, other.equal, one.rows)
    joined.chosen = add_chosen(one.chosen, other.chosen, one.rows)
    joined.written = add_written(one.written, other.written, one.rows)
    joined.scores = add_scores(one.scores, other.scores, one.rows)
    return joined
