"""Prompts to which an answer may be empty: those that ask for silence, or for what a text may not contain."""

from __future__ import annotations

from typing import Final

from datalint.rules.common.lazy_pattern import lazy_pattern

#: A prompt that says when to answer with nothing.
_SILENCE: Final = lazy_pattern(
    r"(?i)\b(?:return|output|respond|reply|answer|leave|write|print|give)\b[^.\n]{0,60}\b(?:empty|blank|nothing)\b"
    r"|空(?:字符串|白)|不(?:要)?输出"
)
#: What is before a verb that asks for something: the beginning of a clause, or who asks whom. What a method does
#: (``used to extract features``) is asked of nobody.
_ASKS: Final = r"(?:\A|[^\w\s]|\n|\b(?:please|kindly|and|then|you|must|should|need|want|asked|have|instructed|is)(?: to)?\s)\s{0,9}"
#: A prompt that asks for what a text may not contain.
_EXTRACTION: Final = lazy_pattern(
    rf"(?i){_ASKS}(?:extract|list (?:all|any|every)|identify (?:all|any|the)|find (?:all|any)"
    r"|(?:extract|find|list|identify|classify|label|tag|predict|name)\b[^.\n]{0,60}\brelations?)\b"
    r"|\b(?:entities|triples?|(?:which|what) (?:\w{1,20} ){0,2}relations?(?! to\b)|relation (?:types?|labels?|extraction))\b"
    r"|抽取|提取|三元组|实体|找出"
)
#: Characters at both ends of a prompt where what it asks for stands.
_END: Final = 500


def asks_for_silence(prompt: str) -> bool:
    """Return whether a prompt says when to answer with nothing."""
    return _SILENCE.search(prompt) is not None


def asks_to_extract(prompt: str) -> bool:
    """Return whether a prompt asks for what a text may not contain, at its beginning or end.

    In the midst of a long one, words such as "entities" are the text's.
    """
    if len(prompt) > 2 * _END:
        prompt = f"{prompt[:_END]}\n{prompt[-_END:]}"
    return _EXTRACTION.search(prompt) is not None
