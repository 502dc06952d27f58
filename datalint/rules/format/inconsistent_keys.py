"""A key is in nearly all rows, or in hardly any.

## What it does

Counts the keys of the rows of each shape, and of their messages. Reports each key that is in under 5 % of them (an
option changes this), and each key that is missing from under 5 %. Keys of the same rows are one finding. Not reported:
- keys that are optional by design (`tools`, `system`, `input`, `weight`, `tool_calls` …)
- a rare key whose text is read, and a hint or remark in a sentence of its own
- a rare key that another value of its row names: `top_n` next to `"query_type": "sales_top_n"`

## Why it matters

A key that only a few rows have comes from another source, is a typing error, or was not written for the other rows by
a step of the pipeline. Arrow fills it with null in every other row. Together's check rejects a file whose rows have
different keys.

## Bad

```jsonl vary=40
{"prompt": "What is {n} plus one?", "completion": "One more than {n}.", "category": "math"}
```
```jsonl
{"prompt": "What is a prime?", "completion": "A number with two divisors."}
```

## Good

```jsonl vary=40
{"prompt": "What is {n} plus one?", "completion": "One more than {n}.", "category": "math"}
```

## What to do

Add the key to every row, or delete it from the few that have it.

## Known limits

A key that is neither prompt nor response, such as a source, is a note. With fewer than 21 rows, no key can be that
rare. Keys of over 100 characters are not counted, at most `max-keys` keys of a shape are counted, and at most 20 keys
are reported for one shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import TypeGuard

from datalint.api import (
    Chunk,
    Dataset,
    Hit,
    Options,
    Severity,
    excerpt,
    frozen,
    json_path,
    listed,
    option,
    percent,
    rule,
)
from datalint.rules.common.keys.key_counts import KeyCounts, KeyGroup, add_counts, count_keys

_Partial = tuple[KeyCounts, tuple[str, ...]]

_OPTIONAL = frozenset(
    ("tools", "functions", "system", "input", "history", "images", "videos", "audios", "parallel_tool_calls",
     "tool_choice", "role", "content", "from", "value", "weight", "name", "tool_calls", "tool_call_id",
     "function_call", "refusal", "audio", "reasoning_content", "thinking", "loss", "loss_scale",
     "loss_weight", "train", "train_detail", "cache_control")
)  # fmt: skip
_MOST_HITS = 20
_RARE = "only in"
#: Keys of the same rows that a message names.
_NAMED = 3
#: Words of keys for what is said about some rows only.
_REMARKS = frozenset("hint hints note notes comment comments remark remarks".split())
#: Characters and words of a sentence, which is no value such as a source or a date, and of one without spaces.
_SENTENCE_CHARS = 20
_SENTENCE_WORDS = 4
#: Characters of the type of a row.
_LONGEST_TYPE = 60
_UNSPACED = "[\u0e00-\u0eff\u2e80-\u9fff]"


@frozen
class InconsistentKeysOptions(Options):
    """When a key is rare."""

    rare: float = option(
        0.05,
        "share of rows under which a key is rare, or its absence is",
        source="finelint takes a field of 95 % of the rows for required",
    )
    min_rows: int = option(25, "rows or messages from which a key can be rare", source="one in 21 is chance")
    max_keys: int = option(2_000, "keys of a shape that are counted, the first by name", source="a bound on memory")


@rule("FMT107", "inconsistent-keys", severity=Severity.WARNING, since="0.1", each="key")
def inconsistent_keys(data: Dataset, options: InconsistentKeysOptions) -> Iterator[Hit]:
    """Yield a hit for each key, at the first row that has it, or that lacks it."""
    groups: dict[tuple[str, str], KeyGroup] = data.measured[0].groups if data.measured else {}
    unread = frozenset(data.measured[1] if data.measured else ())
    for (shape, unit), group in sorted(groups.items()):
        if group.total < options.min_rows:
            continue
        start = "$" if unit == "row" else "$.messages[]"
        uneven = [found for found in _uneven(group, options.rare) if found[0] not in _OPTIONAL]
        alike: dict[tuple[str, int, int], list[str]] = {}
        for key, what, count, at in uneven:
            alike.setdefault((what, count, at), []).append(key)
        for (what, count, at), keys in list(alike.items())[:_MOST_HITS]:
            if unit == "row" and what == _RARE:
                keys = _without_texts(data, at, keys, unread)
            if not keys:
                continue
            share = f"{percent(count / group.total)}, under {100 * options.rare:g} %"
            where = f"{what} {count:,} of {group.total:,} {shape} {unit}s"
            severity = Severity.INFO if unit == "row" and unread.issuperset(keys) else None
            names = listed((f'"{excerpt(key, 40)}"' for key in keys), len(keys), _NAMED)
            said = f"key {names} is" if len(keys) == 1 else f"keys {names} are"
            yield Hit(f"{said} {where} ({share})", at=at, path=json_path((keys[0],), start), severity=severity)


def _without_texts(data: Dataset, row: int, keys: list[str], unread: Set[str]) -> list[str]:
    """Return those of the keys of a row that are no text that is read, no hint or remark, and named by no type of row."""
    record, text = data.records([row])[0], data.texts([row])[0]
    read = "\n".join((text.prompt, text.response))
    kept = []
    types = [value for key, value in record.items() if key not in keys and _is_type(value)]
    for key in keys:
        if key in unread and any(re.search(rf"(?:^|_){re.escape(key)}(?:_|$)", each) for each in types):
            continue
        value = record.get(key)
        said = value.strip() if isinstance(value, str) else ""
        remarks = not _REMARKS.isdisjoint(re.findall(r"[a-z]+", key.lower())) and _is_sentence(said)
        if not (said and ((key not in unread and said in read) or remarks)):
            kept.append(key)
    return kept


def _is_type(value: object) -> TypeGuard[str]:
    """Whether a value is one of those that a program writes, such as ``sales_top_n``."""
    return isinstance(value, str) and len(value) <= _LONGEST_TYPE and "_" in value and " " not in value


def _is_sentence(text: str) -> bool:
    is_spaced = len(text.split(maxsplit=_SENTENCE_WORDS)) >= _SENTENCE_WORDS
    return len(text) >= _SENTENCE_CHARS and (is_spaced or re.search(_UNSPACED, text) is not None)


def _uneven(group: KeyGroup, rare: float) -> Iterator[tuple[str, str, int, int]]:
    for name, key in sorted(group.keys.items()):
        absent = group.total - key.total
        if key.total < rare * group.total:
            yield name, _RARE, key.total, key.first
        elif key.missing is not None and absent < rare * group.total:
            yield name, "missing from", absent, key.missing


@inconsistent_keys.measure
def measure(chunk: Chunk, options: InconsistentKeysOptions) -> _Partial:
    """Count the keys of a chunk, and note those of rows that are no part of an example."""
    counts = count_keys(chunk.examples["shape"].to_list(), chunk.structure, options.max_keys)
    kept = {key for (_, unit), group in counts.groups.items() if unit == "row" for key in group.keys}
    unread = {key for group in chunk.structure.groups for key, _ in chunk.side_keys(group.keys, about=True)}
    return counts, tuple(sorted(unread & kept))


@inconsistent_keys.merge
def merge(one: _Partial, other: _Partial) -> _Partial:
    """Add up the keys of two runs of rows."""
    return add_counts(one[0], other[0]), tuple(sorted({*one[1], *other[1]}))
