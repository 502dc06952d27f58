"""How a response's last line ends: what may end without a full stop, and what was cut."""

from __future__ import annotations

import re
from typing import Final

import polars as pl

from datalint.api import Turns, passing
from datalint.rules.common.texts.turns import learned

#: Characters at the end that are searched.
_TAIL: Final = 400
#: An ellipsis, and characters at the end of a text among which its last sign is, except for blanks.
_ELLIPSES: Final = ("...", "…")
_END_CHARS: Final = 20
#: Words that no English sentence ends in, or hardly any.
OPEN_WORDS: Final = (
    "an|the|and|or|of|to|with|for|from|by|as|at|into|than|between|through|without|including|such|because|if|while"
    "|that|which|whose|their|its|your|our|his|my|these|is|are|was|were|be|been|will|would|can|could|should|may|might"
    "|has|have|had|when|where|although|unless"
)
#: The end of a sentence, and letters of Chinese and Japanese.
END: Final = r"(?:[.!?][\"”’)]*\s|[。！？][”’）]*)"
CJK: Final = "[\u3040-\u30ff\u3400-\u9fff]"
#: A line that announces a list or an example, which nothing follows; a choice may be shown in another way.
_ANNOUNCED: Final = (
    r"(?i)\b(?:the following|as follows|(?:here|below) (?:are|is)|for example)\b[^.!?\n:]{0,80}:$"
    r"|\b(?:answer|solution|result)(?: (?:to|of|for)\b[^.!?\n:]{0,60})? (?:is|are|would be|will be):$"
    r"|(?:以下|如下|下列)[^。！？\n：:]{0,40}[：:]$"
)
#: Words that announce a list at the end of a sentence of some words: "… has effects on health, including:".
_LISTING: Final = (
    r"(?i)\b(?:including|includes?|such as|namely|(?:you|we|they|one) (?:can|could|should|must|may|need to)):$"
)
_LEAST_LISTING: Final = 6
#: Dashes that are one with a mark before them, as in "the following powers, namely:—", and one after an open word, by
#: which laws announce a list ("no person shall—"). A dash after what somebody says to somebody is an interruption.
DASHES: Final = "—―–-"
_MARKED_DASH: Final = rf"([:：,，])\s?[{DASHES}]{{1,3}}$"
_DASH_CHARS: Final = 5
_OPEN_DASH: Final = rf"(?i)\b(?:{OPEN_WORDS}|shall|must)\s?—$"
_DASH: Final = r"[^\W\d_]{2,}\)?\s?—$"
_SPOKEN: Final = (
    r"(?i)[\"“”„«»]|\b(?:i|me|my|mine|you|your|yours|we|us|our|let['’]s)\b"
    r"|\w['’](?:t|s|d|m|re|ve|ll)\b|[?!*]"
)
_CHOICES: Final = r"(?i)\b(?:choose|select|pick|click|press|tap|choice|option|enter|type|attach|image|picture|link|button|menu)|选|点击|附|链接|图"
#: A calculation that ends after its second operator: "91 = 7*", "800² + 2*800*83 +", "3*11 = 33 =". Stars of footnotes
#: ("p = 0.05*"), ranges ("10-12+") and charges ("= 2+") are none.
OPERATORS: Final = ("+", "*", "×", "÷", "=")
_STEP: Final = r"(?:\s?[+*×÷=−]\s?|\s[-/]\s)"
_CALCULATION: Final = (
    rf"[\d)²³%]{_STEP}\(?\d[\d.,]{{0,20}}[²³%]?\s[+*×÷]$|[\d)²³%]{_STEP}\(?\d{{1,9}}[²³]?[*×÷]$"
    r"|[\d)²³]\s?[+*×÷]\s?\(?\d{1,9}[²³]?\+$|=\s?\d[\d.,]{0,20}\s?=$"
)
#: A word of letters alone, and how many stand next to a calculation in prose.
_LETTERS: Final = r"(?<!\w)[^\W\d_]{2,}(?!\w)"
_LEAST_LETTERS: Final = 2


def last_line(text: str) -> str:
    """Return the last line of a text that is not blank, without white space at its end."""
    start, stop = _last_line(text)
    return text[start:stop].rstrip()


def before_last_line(text: str) -> str:
    """Return what comes before the last line of a text."""
    return text[: _last_line(text)[0]]


def _last_line(text: str) -> tuple[int, int]:
    """Return where the last line that is not blank begins and ends, without a copy of a text that may be long."""
    stop = len(text)
    while (start := text.rfind("\n", 0, stop) + 1) and (start == stop or text[start:stop].isspace()):
        stop = start - 1
    return start, stop


def ends_in_cjk(text: str) -> bool:
    """Return whether a text ends in Chinese or Japanese, of which a character says as much as two of other scripts."""
    return re.search(CJK, text[-_END_CHARS:]) is not None


def stops_calculating(text: str) -> bool:
    """Return whether a text stops after an operator of a calculation that has another one before.

    A formula without words may have its operators at the end ("a b * 2 +").
    """
    end = text[-_TAIL:].rstrip()
    return re.search(_CALCULATION, end) is not None and len(re.findall(_LETTERS, end)) >= _LEAST_LETTERS


def undashed(line: str) -> str:
    """Return a line without a dash after the colon or comma at its end."""
    found = re.search(_MARKED_DASH, line[-_DASH_CHARS:])
    return line if found is None else f"{line[:-_DASH_CHARS]}{line[-_DASH_CHARS:][: found.start()]}{found[1]}"


def ends_in_dash(line: str) -> bool:
    """Whether a line of prose ends in a dash that announces something, and no speech is interrupted by it."""
    return re.search(_DASH, line) is not None and re.search(_SPOKEN, line) is None


def announces_nothing(line: str) -> bool:
    """Whether a last line announces a list, an example or the answer, and offers no choice."""
    bare = undashed(line)
    dashed = ends_in_dash(line) and re.search(_OPEN_DASH, line) is not None
    listing = bare != line or dashed or re.search(_LISTING, line) is not None
    listing, line = listing and len(line.split()) >= _LEAST_LISTING, bare
    return (listing or re.search(_ANNOUNCED, line) is not None) and re.search(_CHOICES, line) is None


def may_end(turns: Turns, min_chars: int) -> pl.Expr:
    """Return whether a turn is a response whose end says something, of at least ``min_chars`` characters."""
    return learned(turns) & ~turns.has_tool_calls & (turns.role != "text") & (turns.chars >= min_chars)


def ends_with(turns: Turns, pattern: str, min_chars: int) -> pl.Expr:
    """Find responses of at least ``min_chars`` characters that end with a pattern, which is anchored at the end."""
    return passing(
        may_end(turns, min_chars),
        turns.text,
        lambda text: text.str.contains(pattern),
        lambda text: text.str.strip_chars_end().str.tail(_TAIL).str.contains(pattern),
    )


def last_char(text: pl.Expr) -> pl.Expr:
    """Return the last character of a text that is no blank; empty if there are only blanks at the end."""
    return text.map_batches(_last_chars, return_dtype=pl.String)


def _last_chars(texts: pl.Series) -> pl.Series:
    # Of most texts, the very last character is a visible sign of ASCII.
    ends = texts.str.tail(1)
    if not (doubtful := (ends < "!") | (ends > "\x7f")).any():
        return ends
    at = doubtful.arg_true()
    return ends.scatter(at, texts.gather(at).str.tail(_END_CHARS).str.strip_chars_end().str.tail(1))


def have_ellipsis(text: pl.Expr) -> pl.Expr:
    """Return whether a text ends in an ellipsis."""
    end = text.str.tail(_END_CHARS).str.strip_chars_end()
    return pl.any_horizontal(end.str.ends_with(each) for each in _ELLIPSES)


def cut_within_sentence(text: pl.Expr) -> pl.Expr:
    """Return whether an ellipsis follows a letter, a digit or a comma; in Python, as Polars keeps few patterns."""
    ends = text.str.tail(_END_CHARS)
    return ends.map_batches(lambda texts: pl.Series([is_elliptic(each) for each in texts], dtype=pl.Boolean))


def is_elliptic(text: str) -> bool:
    """Return whether a text ends in an ellipsis after a letter, a digit or a comma."""
    for each in _ELLIPSES:
        bare = text.rstrip().removesuffix(each)
        if bare != text.rstrip():
            before = bare.removesuffix(" ")[-1:]
            return before.isalnum() or before == ","
    return False
