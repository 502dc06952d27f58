"""One JSON object with a value under each of many phrases or words, as a dictionary has them."""

from __future__ import annotations

from typing import Final

from datalint.sources.content import Content
from datalint.sources.json_layout import WHITE
from datalint.sources.readers.documents.object_pairs import ObjectPairs, string_value
from datalint.support.word_scripts import has_words

#: The minimum number of texts, and those that are looked at.
_LEAST: Final = 200
_SAMPLED: Final = 2_000
#: The share of names of several words, and of texts that have letters and are no addresses or paths.
_PHRASES: Final = 0.7
_TEXTS: Final = 0.9
#: The share of different texts: there are few different labels.
_VARIED: Final = 0.5
#: Bytes of a text at most.
_LONGEST: Final = 1 << 16
_QUOTE: Final = b'"'
#: What values of one kind are, by their first bytes.
_KINDS: Final = ((frozenset({_QUOTE}), "texts"), (frozenset({b"["}), "lists"), (frozenset({b"{"}), "objects"))
_DIGITS: Final = frozenset({b"-", *(b"%d" % digit for digit in range(10))})


def listed_kind(pairs: ObjectPairs) -> str:
    """Return what an object with many keys has under all of them, such as lists; empty for any other object.

    So many values of one kind are more than any row has, and their names are words or numbers, not names of columns.
    """
    if not pairs.closed or len(pairs.keys) < _LEAST:
        return ""
    found = {*pairs.openers}
    if found <= _DIGITS:
        return "numbers"
    return next((kind for openers, kind in _KINDS if found == openers), "")


def are_phrases(content: Content, pairs: ObjectPairs) -> bool:
    """Return whether most names of a long list are phrases, with another text under each: its meaning, for example."""
    if listed_kind(pairs) != "texts" or int((pairs.stops - pairs.starts).max()) > _LONGEST:
        return False
    if sum(has_words(name, 2) for name in pairs.keys) < _PHRASES * len(pairs.keys):
        return False
    spans = zip(pairs.starts[:_SAMPLED].tolist(), pairs.stops[:_SAMPLED].tolist(), strict=True)
    texts = [string_value(content.read(start, stop).strip(WHITE)[1:-1]) or "" for start, stop in spans]
    written = sum(any(map(str.isalpha, text)) and "/" not in text for text in texts)
    return written >= _TEXTS * len(texts) and len(set(texts)) >= _VARIED * len(texts)
