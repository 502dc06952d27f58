"""The choice of a guess for a row of unknown shape, and the keys that such rows share."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes.key_paths import has_key, top_of
from datalint.support.named_tuple import NamedTuple

if TYPE_CHECKING:
    from datalint.shapes.guess import Guess


#: Letters of a short form of a key, at least: ``instruct``.
_SHORT: Final = 4


class Lack(NamedTuple):
    """The only key that a row lacks of those that others are read by, and the key that it may have instead.

    The other key is empty for none. ``is_cell`` says that other rows have one text or label there, as a table has.
    """

    key: str
    instead: str
    is_cell: bool


def guess_about(guesses: Sequence[Guess], value: Mapping[str, Any]) -> Guess | None:
    """Return the first guess about rows with all keys of ``value``, if ``value`` has the keys that the guess requires.

    It may have more keys than the rows that were looked at if it has all that these share.
    """
    keys = value.keys()
    about = (each for each in guesses if each.keys >= keys or (each.common and keys >= set(each.common)))
    return next((each for each in about if all(has_key(value, key) for key in each.required)), None)


def layout_of(guess: Guess | None, value: Mapping[str, Any]) -> tuple[tuple[str, ...], int]:
    """Return the keys that all rows like this one have, and the number of other keys; its own keys without a guess."""
    if guess is None or not guess.common or not value.keys() >= set(guess.common):
        return tuple(value), 0
    return guess.common, len(guess.keys) - len(guess.common)


def lacking_of(guesses: Sequence[Guess], value: Mapping[str, Any]) -> Lack | None:
    """Return the only key of a guess that a row of unknown shape lacks; None if it lacks none or several."""
    from datalint.shapes.guess import keys_of

    for guess in guesses:
        missing = [key for key in guess.required if value.get(key, value.get(top_of(key))) is None]
        if len(missing) == 1 and guess.keys >= value.keys():
            taken = {top_of(key) for pair in guess.columns for key in keys_of(*pair)}
            turns = {key for pair in guess.columns if pair[0] == "messages" for key in keys_of(*pair)}
            return Lack(missing[0], instead_of(missing[0], taken, value), missing[0] not in turns)
    return None


def instead_of(missing: str, taken: Collection[str], value: Mapping[str, Any]) -> str:
    """Return the only key of a text that is named as a ``missing`` prompt, answer or text; empty for none.

    ``taken`` are the keys that have a meaning of their own.
    """
    from datalint.support.names.column_names import Strength, strength

    meanings = [each for each in ("prompt", "response", "text") if strength(missing, each) >= Strength.HEAD]
    texts = [key for key, item in value.items() if key not in taken and isinstance(item, str) and item.strip()]
    short = [key for key in texts if len(key) >= _SHORT and missing.startswith(key)]
    found = short or [key for key in texts if any(strength(key, each) >= Strength.HEAD for each in meanings)]
    return found[0] if len(found) == 1 else ""
