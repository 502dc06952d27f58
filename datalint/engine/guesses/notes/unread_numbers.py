"""Notes about numbers that may be learned next to a text that is read alone, such as how easy it is to read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from datalint.engine.guesses.notes.sampling import LEAST, ROWS
from datalint.shapes.base import Shape
from datalint.shapes.guess import JOIN, can_be_typed
from datalint.shapes.mapped import NAME
from datalint.shapes.side_keys import use_of
from datalint.support.columns_option import columns_option

#: The shape and kind of texts that are read alone, and keys of a row.
_TEXT: Final = "text"
_MOST_KEYS: Final = 24
#: Numbers next to a text from which on programs measured the texts, and different values at least.
_MOST: Final = 6
_LEAST_VALUES: Final = 3
#: Share of rows that have a number.
_MOSTLY: Final = 0.9
_NUMBER: Final = re.compile(r"-?\d{1,12}(?:\.\d{1,20})?(?:e-?\d{1,3})?")
#: Words of the names of what programs measure of a text, and of facts about a thing.
_MEASURED: Final = frozenset(
    """rate ratio share percent percentage frac fraction freq frequency mean avg average std stddev error var variance
    ppl loss entropy nll logprob logprobs logit logits prob size bytes bits chars characters words sentences sec secs
    seconds ms duration start end speed lat latitude lon long lng longitude price cost amount fee total year years age
    month day hour temperature temp distance similarity sim cosine embedding""".split()
)
#: Words of the names of where a page is from: how good a classifier finds the pages of a corpus sorts these.
_CRAWLED: Final = frozenset("url uri warc dump crawl domain".split())


def unread_numbers(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on numbers that may be learned in rows like the ``first``; empty for none.

    Whole numbers count things, and are named by other notes where they rate a text.
    """
    text = _text_of(shape)
    if not text or len(first) > _MOST_KEYS:
        return ""
    keys = [key for key, value in first.items() if key != text and _is_number(value) and can_be_typed(key)]
    keys = [key for key in keys if use_of(key) in ("unknown", "learned") and _MEASURED.isdisjoint(_words(key))]
    if not 0 < len(keys) <= _MOST or any(not _CRAWLED.isdisjoint(_words(key)) for key in first):
        return ""
    few = list(islice(rows, ROWS))
    learned = [key for key in keys if len(few) >= LEAST and _may_be_learned([row.get(key) for row in few])]
    if not learned:
        return ""
    option = columns_option(f"prompt={text},response={JOIN.join(learned)}")
    what = "number" if len(learned) == 1 else "numbers"
    return f"only the text is read; to learn the {what} next to it: {option}"


def _text_of(shape: Shape) -> str:
    """Return the key of the text that is all that rows of a shape are read as; empty for any other shape."""
    if shape.name == _TEXT:
        return _TEXT
    return shape.reads[0] if shape.name == NAME and shape.kind == _TEXT and len({*shape.reads}) == 1 else ""


def _words(key: str) -> tuple[str, ...]:
    from datalint.support.names.column_names import fold_name  # only texts with numbers need the names

    return fold_name(key)


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        return _NUMBER.fullmatch(value) is not None
    return isinstance(value, int | float) and not isinstance(value, bool)


def _may_be_learned(values: Sequence[object]) -> bool:
    """Whether nearly all values are numbers, several of them differ, and some are no whole ones."""
    numbers = [float(str(value)) for value in values if _is_number(value)]
    fractions = any(not number.is_integer() for number in numbers)
    return fractions and len({*numbers}) >= _LEAST_VALUES and len(numbers) >= _MOSTLY * len(values)
