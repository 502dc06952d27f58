"""Labelled spans do not fit their text.

## What it does

Reports rows whose labelled spans do not fit their text: a span begins within a word, has white space at an end, is
empty, is outside of the text, or covers other words than its row says. They are errors from `min-spans` (5) such spans
on, if these are more than `max-share` (5 %) of the spans under the key, and otherwise warnings.

Spans are lists (`[0, 5, "NAME"]`), objects with `start`, `end` and a label, or answers with a place (`answer_start`).

Also reported, as warnings:
- words that are quoted without a place (`verbatim`, `mention`) and are not in their row, if nearly all others are
- several parts of an entity ("left arm" of "left and right arm") whose words have others between them
- as one finding, spans that include a comma or a closing quotation mark ("Oslo,")
- as one finding, spans that end before the last letter of a word: the last character is included (a note for objects)

One note each counts spans that overlap or are within another one of their row, except in tasks of Label Studio, and
copies of spans with the same label.

If spans that do not fit are fewer than `max-share`, those without the rest of a word are not reported: the part may be
what is labelled ("happy" in "unhappy").

## Why it matters

The offsets were counted in another text, before it was cleaned, tokenized or translated, or by a model that cannot
count. Training code cuts the text at these places, so the model learns that "nna " is a name. spaCy leaves such spans
out, or stops at them. Where the last character is included, code that cuts `text[start:end]` learns "Ann".

## Bad

```jsonl vary=10
{"text": "Today Anna met Bo on row {n}.", "entities": [[7, 11, "PERSON"], [16, 18, "PERSON"]]}
```

## Good

```jsonl vary=10
{"text": "Today Anna met Bo on row {n}.", "entities": [[6, 10, "PERSON"], [15, 17, "PERSON"]]}
```

## What to do

Correct the spans. If most are wrong, export them from the annotation tool together with the text, or search for the
labelled words in the text and write their offsets again. If spans overlap, keep one, or train a model that scores
spans. If a span has white space at an end, move its places to its words. Write one span for each part of an entity
whose parts are apart.

## Known limits

A span that ends within a word is not reported by itself, as the rest may be an ending. Neither are words in scripts
without spaces, nor words in Arabic, Hebrew and Korean, which are joined to others. Offsets may count from 1, include
the last character, or count an emoji twice as JavaScript does, if this holds for the whole file. Spans that count
words, and spans in chats, are not compared. Fewer than `min-spans` spans are reported only if they are outside of the
text or cut words at both ends, and three in four spans of the file fit. In an object of types (CLUENER), the path names
the type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final

import polars as pl

from datalint.api import (
    Alike,
    Chunk,
    Dataset,
    Hit,
    NamedTuple,
    Options,
    Severity,
    counted,
    frozen,
    json_path,
    option,
    rule,
)
from datalint.rules.common.spans.answer_places import Answer, described_answer, located_answers, misplaced_answers
from datalint.rules.common.spans.said_words import compare_mentions, mention_key
from datalint.rules.common.spans.span_counts import Odd, Places, bound, compare, join, no_places, odd_rows
from datalint.rules.common.spans.span_findings import including, not_said, sharing, with_signs
from datalint.rules.common.spans.span_places import TEXTS, Counting, may_have_span, span_of, typed_spans
from datalint.rules.common.spans.token_keys import TOKENS

#: Lists under a key that are looked at.
_TRIED: Final = 3
#: What answers with a place in a passage are counted under.
_ANSWERS: Final = "answer_start"
#: The shape of rows whose keys of the text and of its spans were inferred or named.
_LABELLED: Final = "mapped-labels"
#: Share of the spans with white space at an end from which on that is how the file is written, and how many at least.
_ALL_BLANK: Final = 0.9
_LEAST_BLANK: Final = 20
#: Share of the spans that do not fit by the usual way of counting which may not fit by another one; and share of all
#: spans that do not fit up to which places count characters of this text.
_FEW: Final = 0.25


class Found(NamedTuple):
    """The spans of a chunk or dataset, by their key, and the number of its rows."""

    rows: int
    #: The most rows whose words are quoted.
    most: int
    places: dict[str, Places]


@frozen
class MisplacedSpanOptions(Options):
    """How many spans may not fit, and how many rows are quoted."""

    max_share: float = option(
        0.05,
        "share of spans that do not fit from which they are errors",
        source="fewer are mistakes of people who mark",
    )
    min_spans: int = option(5, "spans that do not fit, at least", source="shares of fewer are chance")
    most: int = option(10_000, "rows whose words are quoted, the first ones", source="a bound on memory")


@rule("FMT115", "misplaced-span", severity=Severity.ERROR, since="0.1", gated=True)
def misplaced_span(data: Dataset, options: MisplacedSpanOptions) -> Iterator[Hit]:
    """Yield a hit for each row with spans that do not fit its text."""
    found: Found | None = data.measured
    if found is None:
        return
    for places in found.places.values():
        yield from not_said(places) if places.name else _misplaced(places, options)
    yield from including(found.places)
    yield from with_signs(found.places)
    yield from sharing(found.places)


def _counting(places: Places) -> Counting:
    """Return the way of counting by which nearly all spans fit, that of Python if there is none."""
    counting = min(Counting, key=lambda each: places.wrong[each])
    return Counting.PYTHON if places.wrong[counting] > _FEW * places.wrong[Counting.PYTHON] else counting


def _misplaced(places: Places, options: MisplacedSpanOptions) -> Iterator[Hit]:
    """Yield a hit for each row with spans of a key that do not fit, one for all if nearly all have white space."""
    counting = _counting(places)
    wrong, blank = places.wrong[counting], places.blank[counting]
    few = wrong < options.min_spans or wrong <= options.max_share * places.spans
    doubtful = few and not places.certain
    # Others may fit by chance or by intent. One outside of the text, or cut at both ends, cannot, where most spans fit.
    impossible = doubtful and places.sure[counting] < options.min_spans
    if not places.beyond or (impossible and wrong > _FEW * places.spans):
        return
    noun = "answer" if places.certain else "span"
    as_others = f"as {blank:,} of {counted(places.spans, noun)} have: leave it out"
    rows: Iterable[Odd] = odd_rows(places, counting)
    if blank >= max(_ALL_BLANK * places.spans, _LEAST_BLANK):
        for each in [each for each in rows if each.blank][:1]:
            said = f"{each.words}, {as_others}"
            yield Hit(said, at=each.row, path=each.path, severity=Severity.WARNING, key="blank")
        rows = (each for each in rows if not each.blank)
    for each in rows:
        if doubtful and not (each.outside if impossible else each.sure):
            continue
        if each.blank and blank >= _LEAST_BLANK:
            said = f"{noun} has white space at an end, {as_others}"
            yield Hit(said, at=each.row, path=each.path, severity=Severity.WARNING)
            continue
        severity = Severity.WARNING if each.mild or few else None
        yield Hit(_described(each, noun), at=each.row, path=each.path, severity=severity)


def _described(odd: Odd, noun: str) -> str:
    """Return what does not fit in a row, and how many of its spans do not."""
    remedy = ": leave it out" if odd.blank else ""
    if odd.spans == 1 or (odd.blank and odd.many == 1):
        return f"{odd.words}{remedy}"
    which = "have some" if odd.blank else "do not fit the text"
    return f"{odd.words}{remedy}; {odd.many} of {counted(odd.spans, noun)} {which}"


@misplaced_span.measure
def measure(chunk: Chunk, options: MisplacedSpanOptions) -> Found:
    """Compare the spans of the rows of a chunk with their texts."""
    found: dict[str, Places] = {}
    for group in chunk.structure.groups:
        if {"data", "annotations"} <= set(group.keys):
            for row, data, noted in zip(group.rows, group.column("data"), group.column("annotations"), strict=True):
                _compare_task(found, row, data, noted)
            continue
        for row, passage, answers in located_answers(group):
            _compare_answers(found, row, passage, answers)
        texts = [key for key in TEXTS if key in group.keys and str in group.kinds(key)]
        text = texts[0] if texts else _labelled_key(chunk, group)
        for key in group.keys:
            if text is None or key == text:
                continue
            if _may_be_spans(group, key):
                _compare_group(found, group, text, key)
            elif (name := mention_key(group, key)) is not None:
                places = found.setdefault(f"{json_path((key,))}[*].{name}", no_places())
                places.name = name
                compare_mentions(places, group, text, key, name)
    for places in found.values():
        bound(places, options.most)
    return Found(len(chunk.records), options.most, found)


def _labelled_key(chunk: Chunk, group: Alike) -> str | None:
    """Return the key of the text with labels of its parts that rows were read with, as for ``--columns prompt=data``."""
    path = chunk.once(_labelled_paths).get(group.rows[0])
    return next((key for key in group.keys if json_path((key,)) == path and str in group.kinds(key)), None)


def _labelled_paths(chunk: Chunk) -> dict[int, str]:
    """Return the path of the text of each example that is a text with labels of its parts."""
    labelled = chunk.examples["shape"] == _LABELLED
    if not labelled.any():
        return {}
    turns = chunk.turns.filter(pl.col("is_prompt") & pl.col("example").is_in(labelled.arg_true().implode()))
    texts = turns.select("example", "path").unique("example", keep="none")
    return dict(texts.iter_rows())


def _may_be_spans(group: Alike, key: str) -> bool:
    """Return whether a key may hold spans: in lists, of which those of messages are not parsed, or one with its words."""
    kinds = group.kinds(key)
    if dict in kinds and any(map(typed_spans, [each for each in group.column(key) if each][:_TRIED])):
        return True
    if list not in kinds:
        sample = (each for each in group.column(key) if isinstance(each, dict)) if dict in kinds else ()
        spans = [span_of(each) for each in islice(sample, _TRIED)]
        return any(each is not None and each.said is not None for each in spans)
    if (items := group.items(key)) is not None and not may_have_span(items.keys):
        return False
    filled = [each for each in group.column(key) if isinstance(each, list) and each]
    return bool(filled) and any(span_of(each[0]) is not None for each in filled[:_TRIED])


def _compare_group(found: dict[str, Places], group: Alike, text: str, key: str) -> None:
    tokens = next((name for name in TOKENS if name in group.keys and list in group.kinds(name)), None)
    words = [None] * len(group.rows) if tokens is None else group.column(tokens)
    path = json_path((key,))
    for row, whole, spans, known in zip(group.rows, group.column(text), group.column(key), words, strict=True):
        if isinstance(whole, str) and (typed := typed_spans(spans)):
            paths = [json_path((key, inner[0])) for inner, _ in typed]
            compare(found.setdefault(path, no_places()), row, path, whole, [item for _, item in typed], paths=paths)
        elif isinstance(whole, str) and isinstance(spans, list | dict):
            least = len(known) if isinstance(known, list) else 0
            compare(found.setdefault(path, no_places()), row, path, whole, spans, least)


def _compare_task(found: dict[str, Places], row: int, data: Any, annotations: Any) -> None:
    """Compare the results of a task of Label Studio with its text."""
    texts = [each for each in data.values() if isinstance(each, str)] if isinstance(data, dict) else []
    if not texts or not isinstance(annotations, list):
        return
    whole = data["text"] if isinstance(data.get("text"), str) else max(texts, key=len)
    for index, each in enumerate(annotations):
        results = each.get("result") if isinstance(each, dict) else None
        if isinstance(results, list):
            path = json_path(("annotations", index, "result"))
            places = found.setdefault("$.annotations", no_places())
            places.regions = True
            compare(places, row, path, whole, results)


def _compare_answers(found: dict[str, Places], row: int, passage: str, answers: list[Answer]) -> None:
    """Compare answers with their places in a passage. If all are 0, none has a place."""
    places = found.setdefault(_ANSWERS, no_places())
    places.certain = True
    places.spans += len(answers)
    places.beyond = places.beyond or any(each.start for each in answers)
    odd = misplaced_answers(passage, answers)
    if odd:
        words = described_answer(passage, odd[0])
        places.wrong = [count + len(odd) for count in places.wrong]
        for rows in places.first:
            rows.append(Odd(row, odd[0].path, len(odd), len(odd), len(answers), words, mild=False))


@misplaced_span.merge
def merge(one: Found, other: Found) -> Found:
    """Put two partials one after the other; row numbers of the second move behind the first's."""
    for key, later in other.places.items():
        join(one.places.setdefault(key, no_places()), later, one.rows, one.most)
    return one._replace(rows=one.rows + other.rows)
