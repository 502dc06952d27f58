"""Tagged sentences in one line each: ``book:O to:O oslo:B-city <=> travel``.

A line is the tokens of a sentence with a sign and the tag after each, and perhaps the intent of the sentence after
another sign. The row is ``{"tokens": […], "tags": […], "intent": …}``. What has no tag has an empty one. A blank before
the sign of a tag is a problem of the file. Classes of words (``docks/NNS fill/VBP``) are tags too, without an intent.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple
from datalint.support.names.token_keys import TAG

#: The container of such lines.
TAGGED_LINES: Final = "tagged-lines"
#: Signs between a token and its tag, and before the intent; none means that a line has no intent.
_SIGNS: Final = (":", "/", "|", "#", "_")
_BEFORE_INTENT: Final = ("<=>", "|||", "=>", "->", "\t", "")
#: A tag after one of the signs, which hardly any other line has.
_MARKED: Final = re.compile(rb"[:/|#_](?:O(?=\s)|[BIESLUM][-_]\S)")
#: The signs before the class of a word, such a class, and how many different ones there are.
_CLASS_SIGNS: Final = ("/", "_", "#", "|")
_CLASS: Final = re.compile(r"[^\W\d_](?:[^\W_]|[$*+-]){0,9}|-[LR][RCS]B-|[.,:$#()?!;\"'`-]{1,3}")
_CLASSES: Final = range(5, 61)
#: What separates tokens: other blanks (U+3000) are tokens themselves.
_BLANKS: Final = re.compile(r"[ \t]+")
#: Tokens for each class, on average, at least.
_REPEATED: Final = 5
#: Lines that are needed, tokens of one on average, the share of lines with an intent and of tokens with a tag, and
#: characters of an intent.
_LEAST: Final = 20
_TOKENS: Final = 3
_NEARLY_ALL: Final = 0.95
_INTENT: Final = 100
#: Tokens of a line that are looked at.
_LOOKED_AT: Final = 100


class Notation(NamedTuple):
    """The sign between a token and its tag, and the one before the intent, which is empty if there is none."""

    sign: str
    before_intent: str
    container: str = TAGGED_LINES

    @property
    def description(self) -> str:
        """A description of a row."""
        more = f', and its intent after "{self.before_intent}"' if self.before_intent.strip() else ""
        more = more or (", and its intent after a tab" if self.before_intent else "")
        return f'a sentence in a line: each token with its tag after "{self.sign}"{more}'

    def row(self, text: str) -> dict[str, Any]:
        """Return the row of a line."""
        said, intent = self.divided(text)
        parts, _ = self.tokens(said)
        row: dict[str, Any] = {"tokens": [token for token, _ in parts], "tags": [tag for _, tag in parts]}
        return row | {"intent": intent} if self.before_intent else row

    def oddity(self, text: str) -> str:
        """Return how many tokens have a blank before the sign of their tag; empty if none has."""
        many = self.tokens(self.divided(text)[0])[1]
        if not many:
            return ""
        have, tags = ("1 token has", "its tag") if many == 1 else (f"{many:,} tokens have", "their tags")
        return f'{have} a blank before the "{self.sign}" of {tags}: read as if there was none'

    def tokens(self, said: str) -> tuple[list[tuple[str, str]], int]:
        """Return the tokens of a line with their tags, and how many have a blank before the sign of their tag."""
        parts: list[tuple[str, str]] = []
        apart = 0
        for token, tag in map(self.token, _split(said)):
            if not token and tag and parts and not parts[-1][1]:
                parts[-1] = parts[-1][0], tag
                apart += 1
            else:
                parts.append((token, tag))
        return parts, apart

    def divided(self, text: str) -> tuple[str, str]:
        """Return the tokens of a line, and its intent."""
        if not self.before_intent or self.before_intent not in text:
            return text, ""
        said, _, intent = text.rpartition(self.before_intent)
        return said, intent.strip()

    def token(self, text: str) -> tuple[str, str]:
        """Return a token and its tag, which is empty if there is none."""
        token, sign, tag = text.rpartition(self.sign)
        return (token, tag) if sign and tag else (text, "")


def notation_of(lines: Sequence[bytes]) -> Notation | None:
    """Return the notation of a text that begins with ``lines``; None for other texts."""
    if len(lines) < _LEAST:
        return None
    if _MARKED.search(lines[0]) is None:
        return _with_classes([line.decode("utf-8", "replace").strip() for line in lines])
    texts = [line.decode("utf-8", "replace").strip() for line in lines]
    before = next(each for each in _BEFORE_INTENT if _has_intents(texts, each))
    return next((found for sign in _SIGNS if _fits(found := Notation(sign, before), texts)), None)


def _with_classes(texts: Sequence[str]) -> Notation | None:
    """Return how lines are written in which nearly all tokens have the class of a word after a sign."""
    first = _split(texts[0])
    for sign in _CLASS_SIGNS:
        if len(first) < _TOKENS or sum(sign in each[1:] for each in first) < _NEARLY_ALL * len(first):
            continue
        notation = Notation(sign, "")
        tokens = [notation.token(each) for text in texts for each in _split(text)[:_LOOKED_AT]]
        tags = [tag for token, tag in tokens if token and _CLASS.fullmatch(tag) is not None]
        if len(tokens) < _TOKENS * len(texts) or len(tags) < _NEARLY_ALL * len(tokens):
            continue
        distinct = len(set(tags))
        if distinct in _CLASSES and distinct * _REPEATED <= len(tags):
            return notation
    return None


def _split(said: str) -> list[str]:
    return [token for token in _BLANKS.split(said.strip(" \t\r\n")) if token]


def _has_intents(texts: Sequence[str], sign: str) -> bool:
    if not sign:
        return True
    ends = [end.strip() for text in texts if (end := text.rpartition(sign)[2]) != text]
    return sum(0 < len(end) <= _INTENT for end in ends) >= _NEARLY_ALL * len(texts)


def _fits(notation: Notation, texts: Sequence[str]) -> bool:
    """Whether nearly all tokens have a tag, of which some are outside of names, and some are not."""
    tokens = [notation.token(each) for text in texts for each in _split(notation.divided(text)[0])[:_LOOKED_AT]]
    tags = [tag for _, tag in tokens if TAG.fullmatch(tag) is not None]
    return (
        len(tokens) >= _TOKENS * len(texts)
        and len(tags) >= _NEARLY_ALL * len(tokens)
        and 0 < tags.count("O") < len(tags)
        and sum(bool(token) for token, _ in tokens) >= _NEARLY_ALL * len(tokens)
    )
