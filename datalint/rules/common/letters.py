"""Blanks for names in letters and mails, in the languages other than English that greetings are known of."""

from __future__ import annotations

from functools import cache
from typing import Final

from datalint.support.letter_words import LETTER_WORDS

_OPEN: Final = r"[\[【［]"
_CLOSE: Final = r"[\]】］]"
#: Scripts without spaces, where a word may follow another.
_SPACELESS: Final = ("zh", "ja")


@cache
def blank_ends() -> list[str]:
    """Return literals that one of the blanks of a text ends with, such as ``Vorname]``."""
    words = {blank.split()[-1] for words in LETTER_WORDS.values() for blank in words.blanks.split("|")}
    plain = {word.replace("['’]", each) for word in words for each in "'’"}
    cases = {case for word in plain for case in (word, word.capitalize(), word.upper())}
    return sorted(f"{word}{close}" for word in cases for close in "]】］")


@cache
def blank_after_greeting() -> str:
    """Return the pattern of a greeting or introduction and a blank for a name: ``Hallo [Vorname]``."""
    found = []
    for language, words in LETTER_WORDS.items():
        spaced = language not in _SPACELESS
        edge = r"\b" if spaced else ""
        # "[Ihr Vorname]": words before that of a name say whose it is.
        whose = r"(?:[^\W\d_]{1,12} ){0,2}" if spaced else r"[^\W\d_]{0,6}"
        blank = rf"{_OPEN}{whose}(?:{words.blanks})(?: [^\W\d_]{{1,12}}){{0,2}}{_CLOSE}(?!\()"
        found.append(rf"{edge}(?:{words.greetings}|{words.introductions}){'' if spaced else '[，,：:]?'},? ?{blank}")
    return f"(?i:{'|'.join(found)})"


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
