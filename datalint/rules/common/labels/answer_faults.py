"""What is wrong with the answer to a question with options: it is none of these, another letter's, or listed twice."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from datalint.records.options import (
    LETTERS,
    after_letter,
    letter_of,
)
from datalint.rules.common.lazy_pattern import lazy_pattern

#: Letters of several answers.
_SEVERAL: Final = lazy_pattern(r"[A-Z](?:[\s,;/&、]{0,3}[A-Z]){1,25}")
#: Words that say that the answer follows.
SAYING: Final = lazy_pattern(
    r"(?i)(?:(?:the\s)?(?:correct\s|right\s)?(?:answer|option|choice)(?:\sis)?|réponse|respuesta|resposta|risposta|antwort"
    r"|ответ|cevap|jawaban|đáp án|答案|回答|答え|정답)\s{0,3}[:：]\s{0,3}(.+)",
    re.DOTALL,
)
#: Letters behind those of the options that an answer may have lost its option for, and how much longer than these it may be.
_BEHIND: Final = 2
_LONGER: Final = 2
#: Characters of an answer that are compared.
COMPARED: Final = 1_000
#: What is wrong with an answer: it is no option, also where it says nothing else (``FAR``), it is another letter's, or its
#: option is listed twice.
NONE: Final = "none"
FAR: Final = "far"
LETTER: Final = "letter"
TWICE: Final = "twice"


def fault_of(answer: str, options: dict[str, str]) -> tuple[str, str] | None:
    """Return what is wrong with an answer and which option is meant too, ``None`` for nothing."""
    if len(answer) == 1 and answer in options and answer not in options.values():
        return twin_of(options, answer)
    texts = {label: _plain(text) for label, text in options.items()}
    equal = [label for label, text in texts.items() if text == _plain(answer)]
    label = letter_of(answer) or answer.upper()
    if equal or label in options:
        return twin_of(options, equal[0] if equal else label)
    if _SEVERAL.fullmatch(answer) is not None:
        return None if set(re.findall("[A-Z]", answer)) <= set(options) else (NONE, "")
    label, said = after_letter(answer)
    if not label:
        saying = SAYING.fullmatch(answer)
        return (_none(answer, options), "") if saying is None else fault_of(saying[1].strip(), options)
    equal = [each for each, text in texts.items() if text == _plain(said)]
    if label in equal:
        return twin_of(options, label)
    return (LETTER, equal[0]) if len(equal) == 1 else (NONE, "")


def _none(answer: str, options: dict[str, str]) -> str:
    """Return ``FAR`` for an answer that can only be meant as an option: the next letter, or words as long as theirs.

    An answer that has the words of an option in it says more or less than the option.
    """
    if not set(options) <= set(LETTERS[: len(options)]):
        return NONE
    if len(answer) == 1:
        return FAR if answer in LETTERS[: len(options) + _BEHIND] else NONE
    plain, texts = _plain(answer), [_plain(text) for text in options.values()]
    if len(plain) > _LONGER * max(map(len, texts)) or plain.isdecimal():
        return NONE
    return NONE if any(text in plain or plain in text for text in texts) else FAR


def twin_of(options: dict[str, str], label: str) -> tuple[str, str] | None:
    """Return which other option has the same text, to the letter: case may be what distinguishes two."""
    if len(set(options.values())) == len(options):
        return None
    text = options[label]
    same = next((each for each, other in options.items() if each != label and other == text), None)
    return (TWICE, same) if same is not None and text.strip() else None


def _plain(text: str) -> str:
    """Return a text without what two spellings of one answer differ in: case, white space, escapes, a full stop."""
    return re.sub(r"[\s\\]", "", unicodedata.normalize("NFKC", text[:COMPARED])).casefold().rstrip(".。")
