"""Recognition of tables with one token a row: the columns of tokens and tags, and the separation of sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isnan
from typing import Any, Final

from datalint.sources.readers.tagged.few_tags import are_marked_outside
from datalint.sources.readers.tagged.word_classes import CLASSES
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.token_keys import TAG, TAGS, TOKENS

#: The tag of tokens outside of names.
NO_NAME: Final = "O"
#: Fewest rows that a layout is recognised by, and most columns.
_LEAST: Final = 20
_MOST_COLUMNS: Final = 50
_FEW_COLUMNS: Final = 4
#: Shares of values that are tags, words, or classes of words; and that are outside of names where tags have no prefix.
_SHARE: Final = 0.95
_NAMED: Final = 0.7
_OUTSIDE: Final = 0.5
_MOST_TAGS: Final = 100
#: Times that each word may come on average in a column that is not named after tokens.
_VARIED: Final = 20
#: Tokens of a sentence on average, and the share of rows with a value in a column that is filled on the first alone.
_LONG: Final = 3
_SPARSE: Final = 0.5
#: Share of different sentences among the first rows, at most, where those of a sentence do not follow one another.
_APART: Final = 0.995
#: Beginnings of tags of what continues a span, how many there are at least, and the share that follow the same span.
_INSIDE: Final = ("I-", "I_")
_LEAST_INSIDE: Final = 3
_CONTINUED: Final = 0.8
#: Names of columns that number sentences, and of those that say which text they are from.
_SENTENCE: Final = re.compile(r"sent(?!iment)|^sid$", re.IGNORECASE)
_TEXT: Final = re.compile(r"doc|text|article|file|paragraph|essay|report", re.IGNORECASE)


class Layout(NamedTuple):
    """The columns of tokens, of tags, and of what a sentence has in common; ``first_only`` is filled on its first.

    ``outside`` says that a row without a token ends a sentence even if it has the tag of what is outside of names;
    ``scattered`` names the column of sentences whose rows do not follow one another; ``endless`` says that nothing
    separates the sentences.
    """

    token: str
    tag: str
    common: tuple[str, ...]
    first_only: str | None = None
    outside: bool = False
    scattered: str | None = None
    endless: bool = False


def layout_of(rows: Sequence[Mapping[str, Any]], lines: Sequence[int]) -> Layout | None:
    """Return the columns of rows, which are on ``lines``, if each is a token with its tag; None for other rows."""
    if len(rows) < _LEAST or not all(isinstance(row, dict) for row in rows[:_LEAST]):
        return None
    names = list(rows[0])
    if not 2 <= len(names) <= _MOST_COLUMNS:
        return None
    columns = {name: [text_of(row.get(name)) for row in rows] for name in names}
    texts = {name: [each or "" for each in values] for name, values in columns.items() if None not in values}
    filled = {name: [value for value in values if value] for name, values in texts.items()}
    sure = [name for name in texts if _are_tags(filled[name], len(rows))]
    likely = [name for name in texts if name.lower() in TAGS and _are_few(filled[name], len(rows))]
    tag = next(iter((*reversed(sure), *reversed(likely))), None)
    if tag is None:
        return None
    words = [name for name in texts if name not in (*sure, *likely) and _are_words(filled[name], len(rows))]
    named = [name for name in words if name.lower() in TOKENS]
    varied = [name for name in words if _letters(filled[name]) * _VARIED >= len(filled[name])]
    # No words need be varied next to tags of spans.
    marked = not set(filled[tag]) <= {NO_NAME} and all(map(TAG.fullmatch, filled[tag]))
    varied = varied or (words if marked and len(words) == 1 else [])
    token = next(iter(named), None) or max(varied, key=lambda name: _letters(filled[name]), default=None)
    if token is None or not (sure or named):
        return None
    return _separated(Layout(token, tag, ()), texts, lines, only_named=not sure)


def _separated(
    layout: Layout, texts: Mapping[str, Sequence[str]], lines: Sequence[int], *, only_named: bool
) -> Layout | None:
    """Return a layout with the separation of its sentences.

    None if nothing separates them, and the tags do not show that the rows are tokens one after the other.
    """
    size = len(lines)
    others = {name: values for name, values in texts.items() if name not in (layout.token, layout.tag)}
    for name, values in sorted(others.items(), key=lambda each: not _SENTENCE.search(each[0])):
        given = [value for value in values if value]
        once = len(set(given)) == len(given) or _SENTENCE.search(name)
        if values[0] and 1 < len(given) <= _SPARSE * size and once:
            return layout._replace(first_only=name)
    runs = {name: _changes(values) + 1 for name, values in others.items() if values.count("") < _OUTSIDE * size}
    scattered = [name for name in runs if _SENTENCE.search(name) and _are_scattered(others[name], runs[name])]
    runs = {name: count for name, count in runs.items() if 1 < count <= size / _LONG}
    numbered = [name for name in runs if _SENTENCE.search(name)]
    found = numbered[:1] or [name for name in runs if runs[name] == len(set(others[name]))]
    if found and (numbered or not only_named):
        finest = max(found, key=lambda name: runs[name])
        common = [name for name in runs if _TEXT.search(name) and name != finest]
        return layout._replace(common=(finest, *common))
    if scattered:
        return layout._replace(scattered=scattered[0])
    # Without a column of sentences, nothing but the names or a few columns say that rows are tokens.
    tokens, tags = texts[layout.token], texts[layout.tag]
    marked = all(tag == "" or TAG.fullmatch(tag) for tag in tags) or tags.count(NO_NAME) >= _OUTSIDE * size
    few = len(texts) <= _FEW_COLUMNS and marked
    running = _follow(tags) or are_marked_outside(tokens, tags)
    endless = layout._replace(endless=True) if running and all(map(_are_single, others.values())) else None
    if not few and not (layout.token.lower() in TOKENS and layout.tag.lower() in TAGS):
        return endless
    without = Counter(tag for token, tag in zip(tokens, tags, strict=True) if not token)
    blank = sum(after - before > 1 for before, after in pairwise(lines)) + without[""]
    # Where blank rows end sentences, a row with a tag alone is a token that was lost.
    outside = without[NO_NAME] > blank
    ends = blank + without[NO_NAME] * outside
    if not ends:
        return endless
    return layout._replace(outside=outside) if 1 <= ends <= size / _LONG and not only_named else None


def text_of(value: object) -> str | None:
    """Return a value of a column as a text, None for a list or an object."""
    if value is None or (isinstance(value, float) and isnan(value)):
        return ""
    return value if isinstance(value, str) else str(value) if isinstance(value, int | float) else None


def _are_tags(values: Sequence[str], size: int) -> bool:
    """Whether values are tags of the words in a text: with a prefix, ``O`` for most, or classes of words."""
    if len(values) < _NAMED * size:
        return False
    counts = Counter(values)
    spans = sum(count for value, count in counts.items() if TAG.fullmatch(value))
    if spans >= _SHARE * len(values) and len(counts) > 1:
        return True
    if counts[NO_NAME] >= _OUTSIDE * len(values) and 1 < len(counts) <= _MOST_TAGS:
        return True
    classes = sum(count for value, count in counts.items() if value in CLASSES)
    # One value in all rows may be the name of a dataset (``CD``).
    return classes >= _NAMED * len(values) and 1 < len(counts) <= _MOST_TAGS


def _are_few(values: Sequence[str], size: int) -> bool:
    return len(values) >= _SHARE * size and 1 < len(set(values)) <= _MOST_TAGS and len(set(values)) * _LONG <= size


def _are_words(values: Sequence[str], size: int) -> bool:
    """Whether values are single words or signs, and not numbers alone."""
    single = sum(len(value.split()) == 1 for value in values)
    return len(values) >= _NAMED * size and single >= _SHARE * len(values) and _letters(values) > 1


def _are_single(values: Sequence[str]) -> bool:
    """Whether hardly any value is a text of several words."""
    return sum(" " in value.strip() for value in values) <= (1 - _SHARE) * len(values)


def _follow(tags: Sequence[str]) -> bool:
    """Whether tags of spans continue the span of the row before, as those of words in the order of a text."""
    given = [tag for tag in tags if tag]
    spans = sum(TAG.fullmatch(tag) is not None for tag in given) >= _SHARE * len(given) > 0
    inside = [(before[1:], tag[1:]) for before, tag in pairwise(tags) if tag[:2] in _INSIDE]
    return (
        spans
        and len(inside) >= _LEAST_INSIDE
        and (sum(before == tag for before, tag in inside) >= _CONTINUED * len(inside))
    )


def _letters(values: Sequence[str]) -> int:
    """Return how many different values have a letter, or question marks alone in place of letters that were lost."""
    return sum(any(map(str.isalpha, value)) or set(value) == {"?"} for value in set(values))


def _changes(values: Sequence[str]) -> int:
    return sum(map(str.__ne__, values, values[1:]))


def _are_scattered(values: Sequence[str], runs: int) -> bool:
    """Whether hardly any two rows of one sentence follow one another; the places of tokens in one are no sentences."""
    counted = sum(one.isdecimal() and after == str(int(one) + 1) for one, after in pairwise(values))
    alone = runs >= _SHARE * len(values) and len(set(values)) <= _APART * len(values)
    return alone and counted < _OUTSIDE * len(values)
