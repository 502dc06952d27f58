"""Options of a question: the keys that hold them, their letters, and a list or an object of them by letter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Final

from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.written_lists import parse_list

LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#: Keys of a list or an object of options.
LISTS: Final = (
    *("choices", "options", "candidates", "choice", "answer_choices", "answer_options", "answerOptions", "endings"),
)
#: Keys of options, each of its own: a series of names from its first option on.
SERIES: Final = tuple(
    tuple(f"{name}{mark}" for mark in marks)
    for name in (
        "choice", "choice_", "option", "option_", "opt", "opt_", "op", "ans", "ending", "sol", "Option", "Option_",
        "Option ", "Choice", "Choice_", "Choice ", "answer_option", "answer_option_", "answerOption", "answer_choice_",
    )
    for marks in ("01234567", "12345678", "ABCDEFGH", "abcdefgh")
)  # fmt: skip
#: The same of letters alone.
LETTER_SERIES: Final = (tuple("ABCDEFGH"), tuple("abcdefgh"))
#: Keys of the text and of the label of an option that is an object.
TEXT_KEYS: Final = ("text", "content", "option", "value", "choice", "option_text", "optionText", "choice_text")
_LABEL: Final = (
    *("label", "key", "id", "letter", "option_id", "option_label", "option_letter", "option_key", "optionId"),
    *("choice_id", "choice_label", "marker"),
)
#: A letter alone as it may be written: ``B``, ``(B)``, ``B.``; and an option or an answer that begins with its letter.
_LETTER: Final = lazy_pattern(r"\(?([A-Za-z])\)?[.:,;)]?")
_LETTERED: Final = lazy_pattern(r"\s{0,9}[(\[（]?([A-Za-z])(?:[.:：、．]|[)\]）][.:]?)\s{0,9}(\S.*)", re.DOTALL)
#: The mark of an option in a prompt, and the letters that options have there.
_MARK: Final = lazy_pattern(r"(?:^|(?<=\s))[(\[]?([A-Ha-h])[).:\]]\s+")
MARKS: Final = LETTERS[:8]
#: Characters of a list that is written as text, and options that are read.
_LONGEST: Final = 4_000
_MOST: Final = len(LETTERS)


def letter_of(text: str) -> str:
    """Return the capital of a text that is nothing but a letter, such as ``(b)`` or ``B.``; empty for other texts."""
    found = _LETTER.fullmatch(text)
    return "" if found is None else found[1].upper()


def after_letter(text: str) -> tuple[str, str]:
    """Return the capital of the letter that a text begins with, as in ``b) …``, and the rest; no letter for others."""
    found = _LETTERED.fullmatch(text)
    return ("", text) if found is None else (found[1].upper(), found[2])


def without_letters(options: Mapping[str, str]) -> dict[str, str] | None:
    """Return options by their letters without these at the beginning of each; None if some do not begin with theirs."""
    found = {letter: after_letter(text) for letter, text in options.items()}
    if any(letter != own for letter, (own, _) in found.items()):
        return None
    return {letter: text for letter, (_, text) in found.items()}


def marked_options(prompt: str) -> tuple[str, dict[str, str]] | None:
    """Return a prompt without its options, and these by the letters that mark them, as in ``A. …``; None without any.

    The letters begin at A and are in their order. Of several series, the last one is read.
    """
    found = list(_MARK.finditer(prompt))
    begin = next((place for place in range(len(found) - 1, -1, -1) if found[place][1].upper() == "A"), None)
    if begin is None:
        return None
    options, end = {}, 0
    for letter, match, after in zip(MARKS, found[begin:], [*found[begin + 1 :], None], strict=False):
        if match[1].upper() != letter:
            break
        until = prompt.find("\n", match.end()) if after is None or after[1].upper() <= letter else after.start()
        end = len(prompt) if until < 0 else until
        options[letter] = prompt[match.end() : end]
    return prompt[: found[begin].start()] + prompt[end:], options


def options_in(value: Any) -> dict[str, str]:
    """Return the options of a list or an object by their letters, also if it is written as text; none for others."""
    if isinstance(value, str):
        value = _written(value)
    if isinstance(value, dict):
        texts, labels = value.get("text"), value.get("label")
        if isinstance(texts, list) and isinstance(labels, list):
            return _labelled(labels, texts)
        return _labelled(list(value), list(value.values()))
    if not isinstance(value, list):
        return {}
    if value and all(isinstance(each, dict) for each in value):
        return _of_objects(value[:_MOST])
    return by_letter(value)


def labelled_options(value: Any) -> dict[str, str]:
    """Return the options of a list of objects by their labels, also if it is written as text; none for others."""
    if isinstance(value, str):
        value = parse_list(value) if len(value) <= _LONGEST else None
    if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
        return {}
    options = value[:_MOST]
    return _of_objects(options) if all(any(key in each for key in _LABEL) for each in options) else {}


def _written(text: str) -> Any:
    """Return the options that a text is: a list or an object, or one behind each letter; None for other texts."""
    if len(text) > _LONGEST:
        return None
    if (value := parse_list(text)) is not None:
        return value
    found = marked_options(text)
    return (
        None if found is None or found[0].strip() else {letter: option.strip() for letter, option in found[1].items()}
    )


def _of_objects(options: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Return options that are objects by their labels, or by their order where none has a label."""
    if all(len(each) == 1 and letter_of(next(iter(each))) for each in options):
        return _labelled([*chain(*options)], [*chain.from_iterable(each.values() for each in options)])
    texts = [_first(each, TEXT_KEYS) for each in options]
    if any(key in option for option in options for key in _LABEL):
        return _labelled([_first(each, _LABEL) for each in options], texts)
    return by_letter(texts)


def by_letter(texts: Sequence[Any]) -> dict[str, str]:
    """Return options by their letters: those that they begin with, or those of their order.

    There are none if the first one begins with its letter and others do not, as the lines of a longer option.
    """
    if len(texts) > _MOST or not all(isinstance(text, str) for text in texts):
        return {}
    options = {letter: text.strip() for letter, text in zip(LETTERS, texts, strict=False) if text.strip()}
    if after_letter(options.get(LETTERS[0], ""))[0] != LETTERS[0]:
        return options
    return without_letters(options) or {}


def _first(value: dict[str, Any], keys: tuple[str, ...]) -> Any:
    return next((value[key] for key in keys if key in value), None)


def _labelled(labels: Sequence[Any], texts: Sequence[Any]) -> dict[str, str]:
    if len(labels) != len(texts) or len(labels) > _MOST or not all(isinstance(text, str) for text in texts):
        return {}
    names = [str(label).strip().upper() for label in labels]
    return dict(zip(names, texts, strict=True)) if len(set(names)) == len(names) else {}
