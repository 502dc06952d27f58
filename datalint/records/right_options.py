"""Options of a question that each say whether they are right: in a list, or an object by their numbers or letters."""

from __future__ import annotations

from typing import Any, Final

from datalint.records.options import TEXT_KEYS

#: Keys of the options.
MARKED_LISTS: Final = (
    *("choices", "options", "answers", "alternatives", "answerOptions", "answer_options", "answer_choices"),
)
#: Keys of the text of an option, of the flag that it is right, and of a word that says so.
_TEXTS: Final = (*TEXT_KEYS, "answer", "answerText", "answer_text", "title", "body")
_FLAGS: Final = (
    *("is_correct", "isCorrect", "correct", "is_right", "isRight", "right", "is_answer", "isAnswer", "isTrue"),
    *("iscorrect", "istrue", "isright", "is_true"),
    "label",
)
_KINDS: Final = ("type", "status")
_RIGHT: Final = ("correct", "right")
_WRONG: Final = ("distractor", "incorrect", "wrong")
#: Options at most, characters of one, and of the number or letter of one.
_MOST: Final = 26
_LONGEST: Final = 1_000
_NUMBER: Final = 2


def text_of_option(option: dict[str, Any]) -> str | None:
    """Return the text of an option, None if it has none."""
    return next((option[key] for key in _TEXTS if isinstance(option.get(key), str)), None)


def is_right(option: dict[str, Any]) -> bool | None:
    """Return whether an option is right, None if it does not say so."""
    flag = next((option[key] for key in _FLAGS if option.get(key) in (0, 1)), None)
    if flag is not None:
        return bool(flag)
    words = [str(option[key]).lower() for key in _KINDS if key in option]
    if not words or not words[0].startswith((*_RIGHT, *_WRONG)):
        return None
    return words[0].startswith(_RIGHT)


def listed_options(value: object) -> list[Any]:
    """Return the options in a list, or in an object by their numbers or letters; none of any other value."""
    if isinstance(value, dict) and all(key.isalnum() and len(key) <= _NUMBER for key in value):
        return [*value.values()]
    return value if isinstance(value, list) else []


def are_marked(value: object) -> bool:
    """Return whether all options of a question say whether they are right."""
    options = listed_options(value)
    if not 1 < len(options) <= _MOST or not all(isinstance(each, dict) for each in options):
        return False
    texts = [text_of_option(each) for each in options]
    if any(text is None or len(text) > _LONGEST for text in texts):
        return False
    return all(is_right(each) is not None for each in options)
