"""Blanks for names in letters and mails, in the languages other than English that greetings are known of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Final

from datalint.support.letter_words import LETTER_WORDS

_OPEN: Final = r"[\[【［]"
_CLOSE: Final = r"[\]】］]"
_BRACKET: Final = r"[\[【［][^\[\]【】［］\n]{1,40}[\]】］](?!\()"
#: Brackets of a text that are looked at, and characters of a greeting before one, at most.
_TRIES: Final = 50
_LONGEST_GREETING: Final = 30
#: Words for whose name a blank is for, which end a letter: "[Ditt namn]".
_WHOSE: Final = (
    r"dein|ihr|euer|votre|ton|tu|su|vuestro|(?:o )?(?:seu|teu)|(?:il )?(?:tuo|suo|vostro)|uw|jouw|je|ditt|dit|ваше|твоё|твое"
    r"|twoje|pana|你的|您的|あなたの"
)
#: Scripts without spaces, where a word may follow another.
_SPACELESS: Final = ("zh", "ja")


@cache
def blank_ends() -> tuple[str, ...]:
    """Return literals that one of the blanks of a text ends with, such as ``Vorname]``."""
    words = {blank.split()[-1] for words in LETTER_WORDS.values() for blank in words.blanks.split("|")}
    plain = {word.replace("['’]", each) for word in words for each in "'’"}
    cases = {case for word in plain for case in (word, word.capitalize(), word.upper())}
    return tuple(sorted(f"{word}{close}" for word in cases for close in "]】］"))


def greeted_blanks(text: str) -> Iterator[re.Match[str]]:
    """Yield each greeting or introduction with a blank for a name, ``Hallo [Vorname]``, as the group ``elsewhere``."""
    brackets = (each for each in re.finditer(_BRACKET, text) if each.group().endswith(blank_ends()))
    for bracket in islice(brackets, _TRIES):
        # The pattern of all languages takes long, so only before brackets.
        first = max(bracket.start() - _LONGEST_GREETING, 0)
        if match := _blank_after_greeting().search(text, first, bracket.end()):
            yield match


def signed_blanks(text: str) -> Iterator[re.Match[str]]:
    """Yield each blank for the name of whoever signs a text, ``[Ditt namn]``, as the group ``mine``."""
    pattern = _signed()
    for bracket in islice(re.finditer(_BRACKET, text), _TRIES):
        if match := pattern.match(text, bracket.start(), bracket.end()):
            yield match


@cache
def _signed() -> re.Pattern[str]:
    blanks = "|".join(
        f"(?:{_WHOSE}){'' if language in _SPACELESS else ' '}(?:{words.blanks})"
        for language, words in LETTER_WORDS.items()
    )
    return re.compile(rf"(?i)(?P<mine>{_OPEN}(?:{blanks}){_CLOSE})")


@cache
def _blank_after_greeting() -> re.Pattern[str]:
    found = []
    for language, words in LETTER_WORDS.items():
        spaced = language not in _SPACELESS
        edge = r"\b" if spaced else ""
        # "[Ihr Vorname]": words before that of a name say whose it is.
        whose = r"(?:[^\W\d_]{1,12} ){0,2}" if spaced else r"[^\W\d_]{0,6}"
        blank = rf"{_OPEN}{whose}(?:{words.blanks}){_CLOSE}"
        found.append(rf"{edge}(?:{words.greetings}|{words.introductions}){'' if spaced else '[，,：:]?'},? ?{blank}")
    return re.compile(f"(?i)(?P<elsewhere>{'|'.join(found)})")


@cache
def asks_for_text() -> str:
    """Return the pattern of prompts that ask for a letter, template or other text with blanks."""
    return (
        "(?i:"
        + "|".join(
            rf"{'' if language in _SPACELESS else chr(92) + 'b'}(?:{words.asked})"
            for language, words in LETTER_WORDS.items()
        )
        + ")"
    )
