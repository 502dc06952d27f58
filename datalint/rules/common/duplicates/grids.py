"""Results of an experiment: each prompt has one row for each value of the keys that were varied, such as the model."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import Any, Final

from datalint.api import Dataset

#: Rows and keys up to which they are looked at, and rows of a prompt on average, from which on a prompt was tried in
#: many ways.
_MOST: Final = 5_000
_MOST_KEYS: Final = 64
_ROWS_OF_PROMPT: Final = 4
#: Last words of the names of what wrote a row, of which each item has as many rows, and the last word of the item's id.
_MODELS: Final = ("model", "models", "llm", "engine")
_ITEM: Final = ("id", "ids", "idx", "index")
_EACH: Final = 0.95
_LEAST_ITEMS: Final = 10
#: Share of the rows that are copies at most.
_COPIES: Final = 0.3
#: Values of a key that was varied, their characters, and the share of all combinations with prompts that rows have.
_VALUES: Final = range(2, 31)
_CHARS: Final = 60
_FILLED: Final = 0.5


def varied_keys(data: Dataset, copies: Sequence[Collection[str]]) -> tuple[str, ...]:
    """Return the keys that an experiment varied, of those in which copies differ; none for other data.

    With these keys and others of few values, no two rows are of one prompt, and most combinations have a row. Where
    most rows are copies, what differs did not change the answers.
    """
    prompts, size = data.examples["prompt_hash"], data.size
    differing = {key for keys in copies for key in keys}
    if not differing or not may_vary(data, len(copies)):
        return ()
    records = data.records(list(range(size)))
    if len(records[0]) > _MOST_KEYS:
        return ()
    columns: dict[str, list[str]] = {}
    for key in records[0]:
        values = [_value(record.get(key)) for record in records]
        if "" not in values and len(set(values)) in _VALUES:
            columns[key] = values
    varied = [key for key in columns if key in differing]
    if not varied:
        return ()
    rows = prompts.to_list()
    if models := [key for key in varied if _is_of_models(key, columns[key], records, rows)]:
        return tuple(models)
    if not _are_tried(data):
        return ()
    chosen = list(varied)
    # Each further key is the one with which most rows are different from all others of their prompt.
    while (cells := _cells(rows, columns, chosen)) < size:
        others = [key for key in columns if key not in chosen]
        best = max(others, key=lambda key: _cells(rows, columns, [*chosen, key]), default=None)
        if best is None or _cells(rows, columns, [*chosen, best]) == cells:
            return ()
        chosen.append(best)
    combinations = prompts.n_unique() * math.prod(len(set(columns[key])) for key in chosen)
    return tuple(varied) if size >= _FILLED * combinations else ()


def may_vary(data: Dataset, copies: int) -> bool:
    """Return whether each prompt has several rows on average, or rows name their model; few are ``copies``."""
    if not 0 < data.size <= _MOST or copies > _COPIES * data.size:
        return False
    return _are_tried(data) or any(_last_word(key) in _MODELS for key in data.records([0])[0])


def _are_tried(data: Dataset) -> bool:
    return data.examples["prompt_hash"].n_unique() * _ROWS_OF_PROMPT <= data.size


def _is_of_models(
    key: str, models: Sequence[str], records: Sequence[Mapping[str, Any]], prompts: Sequence[int]
) -> bool:
    """Whether a key names the model of each row, and nearly each prompt, or item by an id, has as many rows of each."""
    if _last_word(key) not in _MODELS:
        return False
    ids = [name for name in records[0] if _last_word(name) in _ITEM]
    named = ([_value(record.get(name)) for record in records] for name in ids)
    return any(_are_of_each(items, models) for items in (prompts, *named))


def _last_word(key: str) -> str:
    # Most data has no rows that are similar.
    from datalint.support.names.column_names import last_word

    return last_word(key)


def _are_of_each(items: Sequence[Hashable], models: Sequence[str]) -> bool:
    """Whether nearly all items have as many rows of each model, of which there are several."""
    counts: dict[Hashable, Counter[str]] = {}
    for item, model in zip(items, models, strict=True):
        counts.setdefault(item, Counter())[model] += 1
    size = len(set(models))
    each = sum(len(mine) == size and len(set(mine.values())) == 1 for mine in counts.values())
    return len(counts) >= _LEAST_ITEMS and each >= _EACH * len(counts)


def _cells(prompts: Sequence[int], columns: Mapping[str, Sequence[str]], keys: Sequence[str]) -> int:
    return len(set(zip(prompts, *(columns[key] for key in keys), strict=True)))


def _value(value: Any) -> str:
    """Return a value that may be varied as a text; empty for a long one, and for none."""
    if isinstance(value, str):
        return value.strip() if len(value) <= _CHARS else ""
    return str(value) if isinstance(value, int | float) else ""
