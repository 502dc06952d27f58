"""Notes about keys that may be learned next to a text that is read alone, such as one of several summaries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from datalint.shapes.base import Shape
from datalint.shapes.guess import NESTED, can_be_typed
from datalint.shapes.side_keys import use_of
from datalint.support.chat_texts.recognized import are_conversations
from datalint.support.columns_option import columns_option

#: Rows that are looked at, and keys of a row.
_ROWS: Final = 100
_MOST: Final = 64
#: The shape and the key of texts that are read alone.
_TEXT: Final = "text"
#: Last words of the names of ratings, and of flags of how a text is kept, instead of what it says.
_RATINGS: Final = ("rate", "rating", "star", "stars")
_KEPT: Final = frozenset(
    """valid verified duplicate test train eval retweet retweeted quote reply edited deleted truncated active public
    original translated seen used checked reviewed""".split()
)
#: The first word of the names of flags, the highest rating, and different ratings at least.
_IS: Final = "is"
_HIGHEST: Final = 10
_LEAST: Final = 3
#: What stands for a value that is neither a flag nor a rating.
_OTHER: Final = "-"
#: A word of the names of labels, next to words such as ``level`` that say something of the row.
_LABEL: Final = "label"
_SAID: Final = "only the text is read; to learn an answer or label next to it: {}"


def unread_answers(first: Mapping[str, Any], shape: Shape, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the note on keys that may be learned in rows like the ``first``; empty for none.

    It names a choice, which somebody has to make, since the columns were not clear enough to be read by themselves.
    """
    if shape.name != _TEXT or len(first) > _MOST or not any(_may_be_learned(*item) for item in first.items()):
        return ""
    from datalint.shapes.inference.translated_keys import infer

    few = list(islice(rows, _ROWS))
    guess = infer(few)
    found = {} if guess is None else dict(guess.columns)
    answer = found.get("response", "")
    if (not answer and found.keys() <= {_TEXT}) or (answer in first and _is_flag(answer)):
        judged = [key for key in first if key != _TEXT and _is_judged(key, [row.get(key) for row in few])]
        return _SAID.format(columns_option(f"prompt={_TEXT},response={judged[0]}")) if len(judged) == 1 else ""
    if guess is None or found.get("prompt") != _TEXT or not answer or NESTED in answer:
        return ""
    if "category" in found and _LABEL not in answer.lower():
        return ""  # a topic sorts the texts of a corpus
    if "category" not in found and are_conversations([str(row.get(_TEXT)) for row in few]):
        return ""  # a conversation has its answers in it, and the columns next to it are what it was made from
    return _SAID.format(guess.option)


def _may_be_learned(key: str, value: object) -> bool:
    if isinstance(value, list):
        return bool(value) and isinstance(value[0], dict) and any(_LABEL in name.lower() for name in value[0])
    if key == _TEXT or not isinstance(value, str):
        return key != _TEXT and (_is_flag(key) or _is_rating(key))
    return use_of(key) != "metadata" or _LABEL in key.lower() or _is_rating(key)


def _words(key: str) -> tuple[str, ...]:
    from datalint.support.names.column_names import fold_name  # only texts with other keys need the names

    return fold_name(key)


def _is_rating(key: str) -> bool:
    return "".join(_words(key)[-1:]) in _RATINGS


def _is_flag(key: str) -> bool:
    """Return whether a key says what a text is, such as ``is_rude``."""
    words = _words(key)
    return len(words) > 1 and words[0] == _IS and words[-1] not in _KEPT


def _is_judged(key: str, values: Sequence[object]) -> bool:
    """Return whether values are both of a flag of a text, or several whole numbers that rate it."""
    if not can_be_typed(key):
        return False
    said = {_as_word(value) for value in values}
    if _is_flag(key):
        return said in ({"True", "False"}, {"0", "1"})
    ratings = said - {""}
    whole = all(each.isdecimal() and int(each) <= _HIGHEST for each in ratings)
    return _is_rating(key) and whole and len(ratings) >= _LEAST


def _as_word(value: object) -> str:
    """Return a flag or a small number as text; nothing for no value, and a sign that is neither for any other."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, float) or (isinstance(value, int) and 0 <= value <= _HIGHEST):
        value = f"{value:g}"
    return value if isinstance(value, str) and len(value) <= len(str(False)) else _OTHER
