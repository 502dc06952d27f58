"""Prompts that ask about a thing which only another key of the row names, so that the model cannot know it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from datalint.api import Dataset, NamedTuple
from datalint.rules.common.duplicates.prompts import CommonPrompt
from datalint.support.distinct import evenly_spaced

#: Examples and different answers that such a prompt has at least, prompts that are looked at, and rows that are read of
#: each, and of all others.
_EXAMPLES: Final = 20
_ANSWERS: Final = 10
_PROMPTS: Final = 20
_READ: Final = 50
_OTHERS: Final = 1_000
#: Share of the rows of a prompt that must differ in the key, and share of its values that other prompts have too.
_DIFFERENT: Final = 0.9
_SHARED: Final = 0.5
#: Words of the names of things that several questions are asked about, and characters of a value.
_THINGS: Final = frozenset(
    """dataset table doc docs document file source page article passage context image product item chapter section
    paper report record entity db database case ticket book story video url link title""".split()
)
_CHARS: Final = 200


class AskedOfMany(NamedTuple):
    """A prompt by its ``first`` row: its ``examples`` and different ``answers``, and the key that tells them apart."""

    first: int
    examples: int
    answers: int
    key: str


def asked_of_many(data: Dataset, prompts: Sequence[CommonPrompt]) -> Iterator[AskedOfMany]:
    """Yield those of some prompts of which each example is about another thing, as a key says.

    Other prompts have the same values under this key.
    """
    common = [each for each in prompts if each.examples >= _EXAMPLES][:_PROMPTS]
    if not common:
        return
    contexts, answers = data.examples["context"], data.examples["answer"]
    others: list[tuple[Any, dict[str, Any]]] | None = None
    for prompt in common:
        context = contexts[prompt.first]
        rows = (contexts == context).arg_true().to_numpy()
        different = answers.gather(rows).n_unique()
        if different < _ANSWERS:
            continue
        some = _some(rows, _READ)
        records = data.records(some)
        keys = [key for key in records[0] if _differs(key, records)]
        if not keys or not (keys := _unsaid(keys, records, data, some)):
            continue
        if others is None:
            others = _sampled(data, rows)
        theirs = [record for each, record in others if each != context]
        key = next((key for key in keys if _is_shared(key, records, theirs)), None)
        if key is not None:
            yield AskedOfMany(prompt.first, prompt.examples, different, key)


def _some(rows: Sequence[int] | np.ndarray[Any, Any], most: int) -> list[int]:
    """Return some rows, evenly spaced."""
    places = evenly_spaced(len(rows), most)
    return [int(rows[place]) for place in places]


def _sampled(data: Dataset, rows: np.ndarray[Any, Any]) -> list[tuple[Any, dict[str, Any]]]:
    """Return some records with the contexts of their rows: those next to some ``rows``, and others from everywhere."""
    near = {row + step for row in _some(rows, _READ) for step in (-1, 1) if 0 <= row + step < data.size}
    wanted = sorted(near | set(_some(range(data.size), _OTHERS)))
    return list(zip(data.examples["context"].gather(wanted).to_list(), data.records(wanted), strict=True))


def _value(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    plain = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value).strip()[:_CHARS] if plain else ""


def _differs(key: str, records: Sequence[dict[str, Any]]) -> bool:
    """Whether a key is named by a thing, and has other values in nearly all of some records."""
    if _THINGS.isdisjoint(re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", key[:_CHARS]).lower())):
        return False
    values = [_value(record, key) for record in records]
    return "" not in values and len(set(values)) >= _DIFFERENT * len(values)


def _unsaid(keys: list[str], records: Sequence[dict[str, Any]], data: Dataset, rows: list[int]) -> list[str]:
    """Return the keys that are not what is learned: most of the responses do not have their values."""
    texts = [text.response for text in data.texts(rows)]
    said = {key: sum(_value(each, key) in text for each, text in zip(records, texts, strict=True)) for key in keys}
    return [key for key in keys if 2 * said[key] < len(texts)]


def _is_shared(key: str, records: Sequence[dict[str, Any]], others: Sequence[dict[str, Any]]) -> bool:
    """Whether most values of a key are those of rows with other prompts too, so that it numbers no rows."""
    values = {_value(record, key) for record in records}
    return len(values & {_value(record, key) for record in others}) >= _SHARED * len(values)
