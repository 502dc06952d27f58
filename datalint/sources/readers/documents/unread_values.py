"""Unread values of an object next to its list of rows: other lists, a system prompt, other long texts."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Any, Final

import orjson

from datalint.privacy.display import excerpt
from datalint.sources.content import Content
from datalint.sources.limits import MOST_ROW, over_limit
from datalint.sources.readers.documents.object_pairs import ObjectPairs
from datalint.sources.split_choice import as_evaluation, held_splits
from datalint.support.word_scripts import has_words

#: A name of a prompt that a model reads before the rows, and the words from which on a text is one, not a setting.
_READ_FIRST: Final = re.compile(r"(?i)prompt|system|instruct|preamble|persona|context|guideline")
_WORDS: Final = 3
#: Names of values that describe a dataset.
_ABOUT: Final = re.compile(
    r"(?i)[_-]*(?:(?:dataset|data|file|task)?[_-]*(?:meta(?:[_-]?data)?|info|description|stat(?:istic)?s|summary|schema)"
    r"|about|readme|licen[cs]e|citation|copyright|disclaimer|notes?|comments?|changelog|source|homepage|definition"
    r"|version|features|title|name)"
)
#: Characters of a text, and bytes of a list or object, from which on it may be more than that.
_LONG_TEXT: Final = 200
_LONG_VALUE: Final = 2_000
#: Keys that a message names.
_NAMED: Final = 3
#: Lists that a message names.
_MOST_NAMED: Final = 10
#: A key that needs no quotes in a filter of jq.
_PLAIN: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def unread_values_of(content: Content, pairs: ObjectPairs, lists: Collection[str]) -> tuple[str, ...]:
    """Return the keys of an object, other than its ``lists``, whose values a user might miss.

    These are texts that a model may be meant to read by their names, and anything long that does not describe the
    dataset.
    """
    spans = zip(pairs.keys, pairs.starts.tolist(), pairs.stops.tolist(), strict=True)
    return tuple(key for key, start, stop in spans if key not in lists and _is_missed(key, content, start, stop))


def describes(key: str) -> bool:
    """Return whether a key names a description of the dataset, such as ``metadata``."""
    return _ABOUT.fullmatch(key) is not None


def _is_missed(key: str, content: Content, start: int, stop: int) -> bool:
    if stop - start > MOST_ROW:
        return True
    data = content.read(start, stop)
    if over_limit(data) is not None:
        return True
    try:
        value = orjson.loads(data)
    except orjson.JSONDecodeError:
        return False
    inner = value.items() if isinstance(value, dict) else ()
    if any(_is_read_first(*each) for each in ((key, value), *inner)):
        return True
    if describes(key):
        return False
    return len(value) >= _LONG_TEXT if isinstance(value, str) else len(data.strip()) >= _LONG_VALUE


def _is_read_first(key: str, value: Any) -> bool:
    """Return whether a value is a text of some words that is named like a prompt, or a message with one."""
    text = value.get("content") if isinstance(value, dict) else value
    if not isinstance(text, str) or _READ_FIRST.search(key) is None:
        return False
    return has_words(text, _WORDS)


def said_of(keys: Sequence[str]) -> str:
    """Return the part of a message that names unread ``keys``; empty without any."""
    if not keys:
        return ""
    names = ", ".join(f'"{excerpt(key, 40)}"' for key in keys[:_NAMED])
    more = f" and {len(keys) - _NAMED:,} more" if len(keys) > _NAMED else ""
    return f"; {names}{more} next to it {'are' if len(keys) > 1 else 'is'} not read"


def named_lists(keys: Sequence[str], *, once: bool) -> str:
    """Return the lists of an object in words; their number if :func:`read_of` names each ``once``, or for many."""
    if once or len(keys) > _MOST_NAMED:
        return f"{len(keys):,} lists"
    return f"the {'list' if len(keys) == 1 else 'lists'} {_quoted(keys)}"


def read_of(chosen: Sequence[str], unread_lists: Sequence[str], *, named: bool) -> tuple[str, bool]:
    """Return the part of a message about the lists that are read as rows, and whether all are.

    An unread list may be the evaluation set.

    If one was ``named``, no other is. Unread lists are named first, since the end may be cut.
    """
    if not unread_lists:
        return ("its elements" if len(chosen) == 1 else "the elements of all") + " are read as rows", True
    held = [] if named else held_splits(unread_lists)
    unread = [key for key in unread_lists if key not in held]
    said = f"not read: {_quoted(unread)}; " if unread else ""
    said += f"{_quoted(chosen)} {'is' if len(chosen) == 1 else 'are'} read"
    return said + (f", with {as_evaluation(held)}" if held else ""), not unread


def jq_for(key: str, *, within: str = "") -> str:
    """Return the filter of jq that writes the elements of the list ``key`` as lines; empty where it needs quotes.

    ``within`` is the key of the object with the list, if it is in another one.
    """
    path = [each for each in (within, key) if each]
    return f" (`jq -c '.{'.'.join(path)}[]'`)" if all(map(_PLAIN.fullmatch, path)) else ""


def _quoted(keys: Sequence[str]) -> str:
    return ", ".join(f'"{excerpt(key, 40)}"' for key in keys)
