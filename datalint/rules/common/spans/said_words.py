"""Mentions without places: objects in a list that repeat words of the text of their row, and do not say where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from datalint.api import Alike, excerpt, json_path
from datalint.rules.common.spans.span_counts import Odd, Places
from datalint.rules.common.spans.span_places import has_places

#: Keys of words that an object repeats from the text, and the share of them that may be missing from it: of more, they
#: are in other words by design. Only words that are said to be the same are compared to the letter.
_TO_THE_LETTER: Final = ("verbatim", "verbatim_text", "exact_text", "exact_quote", "text_span", "span_text")
_NAMES: Final = {
    **dict.fromkeys(_TO_THE_LETTER, 0.25),
    **dict.fromkeys(
        ("mention", "mention_text", "surface", "surface_form", "entity_text", "covered_text", "quote", "token"), 0.1
    ),
}
#: A key of an entity's words, or of each word of a text, as a tokenizer may have written it; the share of the characters
#: of a text over which these are all of its words.
_TOKEN: Final = "token"
_WHOLE: Final = 0.5
#: Mentions that are compared at least, those of a row at most, and lists under a key that are tried.
_LEAST: Final = 20
_MOST: Final = 10_000
_TRIED: Final = 3
#: Characters of a mention that is compared, and of one that a message shows.
_LONGEST: Final = 2_000
_SHOWN: Final = 40
#: What is left out of a quotation: what stands there is compared in parts.
_LEFT_OUT: Final = r"\[?(?:…|\.{3})\]?"


def mention_key(group: Alike, key: str) -> str | None:
    """Return the key of the words in the objects of lists under ``key``; None for lists of anything else."""
    if list not in group.kinds(key):
        return None
    filled = [each for each in group.column(key) if isinstance(each, list) and each][:_TRIED]
    first = [each[0] for each in filled if isinstance(each[0], dict)]
    if not first or len(first) < len(filled) or any(has_places(map(str, each)) for each in first):
        return None
    return next((name for name in _NAMES if all(isinstance(each.get(name), str) for each in first)), None)


def compare_mentions(places: Places, group: Alike, text: str, key: str, name: str) -> None:
    """Count the mentions under ``key`` of rows that are alike, and those that are not in the row's text."""
    others = [each for each in group.keys if each not in (text, key) and str in group.kinds(each)]
    around = [group.column(each) for each in others]
    for number, (row, whole, items) in enumerate(zip(group.rows, group.column(text), group.column(key), strict=True)):
        if not isinstance(whole, str) or not isinstance(items, list):
            continue
        # A mention may be of a title, which has a key of its own.
        wholes = [whole, *(each for column in around if isinstance(each := column[number], str))]
        said = {index: word for index, item in enumerate(items[:_MOST]) if (word := _said(item, name))}
        if name == _TOKEN and sum(map(len, said.values())) > _WHOLE * len(whole):
            continue
        places.spans += len(said)
        odd = _missing(wholes, said)
        if odd:
            words = f'"{excerpt(said[odd[0]], _SHOWN)}" is not in the text'
            path = json_path((key, odd[0], name))
            places.wrong[0] += len(odd)
            places.first[0].append(Odd(row, path, len(odd), len(odd), len(said), words, mild=True))


def are_mentions(places: Places, name: str) -> bool:
    """Return whether so many of the words under a name are in their texts that the others are mistakes."""
    return places.spans >= _LEAST and places.wrong[0] <= _NAMES[name] * places.spans


def _said(item: Any, name: str) -> str:
    said = item.get(name) if isinstance(item, dict) else None
    return said if isinstance(said, str) and len(said) <= _LONGEST else ""


def _missing(wholes: Sequence[str], said: dict[int, str]) -> list[int]:
    """Return which words are not in any of the texts, whatever their case, white space and signs are."""
    odd = [index for index, words in said.items() if not any(words in whole for whole in wholes)]
    if not odd:
        return []
    bare = [_bare(whole) for whole in wholes]
    return [
        index
        for index in odd
        if not all(any(_bare(part) in whole for whole in bare) for part in re.split(_LEFT_OUT, said[index]))
    ]


def _bare(text: str) -> str:
    """Return the letters and digits of a text in lower case, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in parts if each.isalnum())
