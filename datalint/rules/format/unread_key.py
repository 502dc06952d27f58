"""A key with long texts is read as neither prompt nor response.

## What it does

Reports a top-level key that is not part of any turn, although it has at least `min-share` (half) of the text of its
rows, and at least `min-chars` (50) characters on average: `explanation` next to `answer`, or `abstract` next to `text`.

A smaller share is enough for:
- keys that differ only in a number (`answer_1`, `answer_2`), which are counted together: half of `min-share`
- an `expected_answer` outside evaluation sets: half of `min-share`
- what is said of the answer (`feedback`, `critique`): a tenth, because the answer may be wrong on purpose

Not reported:
- metadata and what an evaluation needs, by the key's name (`source`, `id`, `expected_quote`, `model_response`,
  `gpt-4o`, or `response` next to a `reference`)
- feedback on an answer next to its revision (`revised_answer`, `human_edit`), which is learned
- the reasoning next to an answer (`cot`) and translations of what is read (`question_en`), which a note names
- keys in prompts for reinforcement learning, which are for rewards and tests, except for lists of messages

## Why it matters

A text that is not read is not trained on, and no rule checks it. For example, a set of legal questions has the columns
`query`, `response` and `laws`. A model that is trained on it as it is never sees the laws that the answers quote.

## Bad

```jsonl vary=20
{"text": "Write a function that {w}", "explanation": "Exercise {n} shows how a loop over all words ends, and why it does not need a counter. The list is read once from its beginning, and the last word ends it, whatever came before."}
```

## Good

```jsonl vary=20
{"prompt": "Write a function that {w}", "completion": "{w} {w} {n}", "source": "written by hand"}
```

## What to do

Add the text to a prompt or response, name its key with `--columns` (`context=KEY`, `response=KEY`), or remove the key.

Leave out of the prompt:
- the reasons of an answer (`explanation`, `rationale`) and the `steps` to it: they are learned with the answer, and
  would give it away
- another answer, such as the right one (`ground_truth`), which may be learned instead
- a key that is filled only in rows of one label, such as the reason for a "no"
- one text that all rows have: make it the system prompt

## Known limits

A text that also occurs in the prompt or response counts as read, whatever its case. In objects and lists of objects,
texts of 40 characters or more count. Numbers, and tags of the words of a text (`O O B-city`), do not count. Keys for
embeddings, HTML or wrong options (`distractor`) are not reported. Neither are annotations and judgements that are
objects (`{"gpt-4": "…"}`, `_review`). Which keys a trainer reads depends on its configuration.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from datalint.api import (
    Chunk,
    Dataset,
    Hit,
    Options,
    Severity,
    counted,
    excerpt,
    frozen,
    is_feedback,
    is_revised,
    is_thought,
    json_path,
    listed,
    option,
    percent,
    rule,
)
from datalint.rules.common.keys.reasons import gives_reasons, leads_to_answer, names_answer
from datalint.rules.common.keys.unread_columns import ANSWERS, count_unread
from datalint.rules.common.keys.unread_counts import (
    Seen,
    Series,
    UnreadCounts,
    given_away,
    merged,
    series_of,
)
from datalint.rules.common.keys.unread_uses import is_for_people, names_conversation

#: What to do, for a text, for conversations and for reasons.
_UNTAUGHT: Final = (
    "add it to the prompt if the model should see it",
    "write each conversation as a row of messages if the model should learn it",
    "add it to the response if the model should write it",
)
#: What to do with one text in all rows that have a key, and such rows at least.
_SAME: Final = "it is the same in all: leave it out, or make it the system prompt if the model will always see it"
_LEAST_SAME: Final = 10
#: Share of the rows that have a key at least: more of a few rows is what `inconsistent-keys` reports.
_LEAST_ROWS: Final = 0.1
#: Keys that a message names.
_NAMED: Final = 3


@frozen
class UnreadKeyOptions(Options):
    """How much text counts."""

    min_share: float = option(
        0.5,
        "share of the text of its rows from which a key is reported",
        source="of 40 public files with more than a fifth, those under half are mostly remarks and other forms of the"
        " answer",
    )
    min_chars: int = option(50, "characters that the key has on average", source="shorter ones are labels and titles")
    most: int = option(3, "keys that are reported, those with most text first", source="one column tells of the others")
    max_keys: int = option(200, "keys that are counted, the first by name", source="a bound on memory")


@rule("FMT112", "unread-key", severity=Severity.WARNING, since="0.1", each="key")
def unread_key(data: Dataset, options: UnreadKeyOptions) -> Iterator[Hit]:
    """Yield a hit for each key with much text, at the first row that has it."""
    found: UnreadCounts | None = data.measured
    if found is None:
        return
    groups = [each for each in series_of(found) if not is_for_people(each.keys[0], data.kind)]
    if data.kind == "evaluation":  # what the response is compared with
        groups = [each for each in groups if each.keys[0] not in ANSWERS]
    thoughts = [each for each in groups if is_thought(each.keys[0])]
    if len(thoughts) == 1 and data.kind == "sft":  # a note names it
        groups.remove(thoughts[0])
        groups = [_with_thoughts(each, thoughts[0].seen) for each in groups]
    much = [each for each in groups if each.seen.chars >= options.min_chars * each.seen.rows * len(each.keys)]
    much = [each for each in much if each.seen.rows >= _LEAST_ROWS * data.size]
    # Keys that differ only in a number are candidate answers rather than remarks; other answers are long anyway.
    much = [each for each in much if each.share >= options.min_share / _parts(each.keys)]
    much = [each for each in much if not (data.kind == "sft" and _is_reasoning(data, each))]
    much = [each for each in much if not _led_to_revision(data, each)]
    for each in sorted(much, key=lambda each: (-each.share, each.keys))[: options.most]:
        key, seen = each.keys[0], each.seen
        names = listed((f'"{excerpt(name, 40)}"' for name in each.keys), len(each.keys), _NAMED)
        # Of all texts, so that the shares of several keys are parts of one whole.
        whole = each.read + sum(other.seen.chars for other in groups if other.seen.rows == seen.rows)
        advice = (
            f"{seen.how}: {seen.columns}"
            if seen.columns and not found.leaves_out(seen)
            else _UNTAUGHT[
                2 if gives_reasons(key) or leads_to_answer(key) or names_answer(key) else names_conversation(key)
            ]
        )
        if seen.same is not None and seen.rows >= _LEAST_SAME:
            advice = _SAME
        label = given_away(found, key)
        if label is not None:
            advice = f'keep it out of the prompt: it is filled where the answer is "{excerpt(label, 30)}", and gives that away'
        verbs = ("is", "contains") if len(each.keys) == 1 else ("are", "contain")
        share = percent(seen.chars / max(whole, 1))
        rows = f"{seen.rows:,} of {counted(data.size, 'row')}" if seen.rows < data.size else counted(seen.rows, "row")
        message = f"{names} {verbs[0]} not read, but {verbs[1]} {share} of the text in {rows}; {advice}"
        yield Hit(message, at=seen.first, path=json_path((key,)), key=key)


@unread_key.measure
def measure(chunk: Chunk, options: UnreadKeyOptions) -> UnreadCounts:
    """Count the characters of keys that no turn of a chunk is made of."""
    return count_unread(chunk, options.max_keys)


@unread_key.merge
def merge(one: UnreadCounts, other: UnreadCounts) -> UnreadCounts:
    """Add up; rows of ``other`` come after those of ``one``."""
    return merged(one, other)


def _led_to_revision(data: Dataset, series: Series) -> bool:
    """Whether a key has feedback on an answer that was revised because of it: the revision is learned."""
    return is_feedback(series.keys[0]) and any(map(is_revised, data.records([series.seen.first])[0]))


def _is_reasoning(data: Dataset, series: Series) -> bool:
    """Whether the first row of a key has reasoning as a model writes it, which a note names."""
    value = data.records([series.seen.first])[0].get(series.keys[0])
    return isinstance(value, str) and value.lstrip().startswith("<think>")


def _with_thoughts(series: Series, thoughts: Seen) -> Series:
    """Return a key with the reasoning of its rows counted as text that is read: most of what is written there."""
    chars = thoughts.chars * min(series.seen.rows, thoughts.rows) // max(thoughts.rows, 1)
    return series._replace(read=series.read + chars)


def _parts(keys: Sequence[str]) -> int:
    """Return what the least share is divided by: keys may hold other answers, or what is said of the one that is read."""
    if len(keys) == 1 and is_feedback(keys[0]):
        return 10
    return 1 + (len(keys) > 1 or keys[0] in ANSWERS)
