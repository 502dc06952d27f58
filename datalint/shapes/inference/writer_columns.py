"""Columns about the writers of texts: their names, what they say about themselves, and ratings that they gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.labels import VARIED, is_class, is_few
from datalint.shapes.evidence.names import is_about
from datalint.shapes.evidence.sampled import LEAST_ROWS, LONG, Holds, SampledColumn
from datalint.shapes.guess import Guess
from datalint.support.names.account_keys import profile_keys
from datalint.support.names.column_names import Strength, fold_name, strength

#: Last words, written as one, of keys of the writer and of the recipient of a text.
_WRITERS: Final = frozenset(
    """username nickname nick screenname displayname loginname reviewer writer poster commenter contributor author
    handle profile profilename userprofile pseudo sender sendername recipient recipients""".split()
)
#: Keys of users, who may ask as well, and mean characters of a name.
_USERS: Final = frozenset(("user", "users"))
_NAME: Final = 16
#: First words of keys of the user who wrote a post: ``fromUser``.
_POSTED: Final = frozenset("from by tweet twitter post posted posting reddit".split())
#: Last words of keys of the rating of a text, the highest value, and the least number of different values.
_RATINGS: Final = frozenset("rating ratings rate star stars point points score grade".split())
_HIGHEST: Final = 10
_LEAST_RATINGS: Final = 3


def without_writers(columns: Sequence[SampledColumn]) -> list[SampledColumn]:
    """Return the columns without the names of the writers of the text next to them, and without their profiles."""
    profiles = _profiles(columns)
    return [each for each in columns if each.key not in profiles and not _is_writer(each, columns)]


def rated_by_writers(columns: Sequence[SampledColumn], rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess about texts that their writers rated with few numbers, which are learned."""
    texts = [each for each in columns if each.holds is Holds.TEXT and not is_about(each)]
    texts = [each for each in texts if not _is_writer(each, columns)]
    ratings = [each for each in columns if _RATINGS.intersection(fold_name(each.key)[-1:]) and is_few(each)]
    ratings = [each for each in ratings if _is_rating(rows, each.key)]
    plain = [each for each in ratings if len(fold_name(each.key)) == 1]
    ratings = plain if len(plain) == 1 else ratings
    if len(texts) != 1 or len(ratings) != 1 or len(rows) < LEAST_ROWS or any(map(is_class, columns)):
        return None
    text, rating = texts[0], ratings[0].key
    named = strength(text.key, "text") is Strength.WHOLE
    if not named or text.distinct < VARIED or not any(_is_writer(each, columns) for each in columns):
        return None
    return Guess.of({"prompt": text.key, "response": rating, "category": rating}, clear=True, basis="names")


def _is_writer(column: SampledColumn, columns: Sequence[SampledColumn]) -> bool:
    """Whether short values are names of writers, by the name of their column and a text next to it."""
    words = fold_name(column.key)
    named = not _WRITERS.isdisjoint((*words[-1:], "".join(words), "".join(words[-2:])))
    texts = [each for each in columns if each is not column and each.holds is Holds.TEXT and not is_about(each)]
    texts = [each for each in texts if strength(each.key, "response") < Strength.HEAD]
    if not named:
        # A user may ask too, but not next to a text that nobody answers.
        answered = any(strength(each.key, "response") >= Strength.HEAD for each in columns)
        texts = [each for each in texts if strength(each.key, "text") is Strength.WHOLE and each.length > LONG / 2]
        of_post = len(words) == 2 and words[-1] in _USERS and words[0] in _POSTED
        of_user = not _USERS.isdisjoint(words) if words[:1] == words else of_post
        named = of_user and column.length <= _NAME and not answered
    return named and bool(texts) and column.short and column.holds in (Holds.TEXT, Holds.LABEL, Holds.REFERENCE)


def _profiles(columns: Sequence[SampledColumn]) -> set[str]:
    """Return the keys of what accounts say about themselves, next to a text that they posted."""
    keys = profile_keys([each.key for each in columns])
    texts = (each for each in columns if each.key not in keys and each.holds is Holds.TEXT and not is_about(each))
    return set(keys) if keys and any(strength(each.key, "text") is Strength.WHOLE for each in texts) else set()


def _is_rating(rows: Sequence[Mapping[str, Any]], key: str) -> bool:
    """Whether all values are numbers from 0 to a highest one, and more than two different ones."""
    try:
        values = {float(row[key]) for row in rows if row.get(key) not in (None, "")}
    except (TypeError, ValueError):
        return False
    return len(values) >= _LEAST_RATINGS and all(0 <= value <= _HIGHEST for value in values)
