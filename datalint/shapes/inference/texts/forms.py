"""Texts of a prompt that are another form of one: segmented, in lower case, or without punctuation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.shapes.evidence.sampled import LEAST_ROWS
from datalint.shapes.guess import JOIN, Guess, keys_of

#: Share of the rows that must be so.
_NEARLY_ALL: Final = 0.9
#: How the names begin that the reader gives to the columns of a table without a header.
_NAMELESS: Final = "column-"
#: Characters of a text that are looked at, and its letters that are compared.
_LOOKED_AT: Final = 2_000
_LETTERS: Final = 400


def without_forms(guess: Guess | None, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return a guess without contexts that have the letters and digits of its prompt, in the same order.

    Of several forms, the one with the most signs, and then the fewest blanks, is the prompt.
    """
    found = {} if guess is None else dict(guess.columns)
    if guess is None or "context" not in found or "prompt" not in found or len(rows) < LEAST_ROWS:
        return guess
    prompt, contexts = found["prompt"], keys_of("context", found["context"])
    if len(keys_of("prompt", prompt)) > 1:
        return guess
    forms = [key for key in contexts if not _is_numbered(key, prompt) and _is_form(rows, key, prompt)]
    if not forms:
        return guess
    first = min((prompt, *forms), key=lambda key: _changes(rows, key))
    left = [key for key in contexts if key not in forms]
    context = {"context": JOIN.join(left)} if left else {}
    rest = {meaning: key for meaning, key in found.items() if meaning not in ("prompt", "context")}
    return Guess.of(rest | {"prompt": first} | context, clear=guess.clear, basis=guess.basis)


def _is_numbered(key: str, prompt: str) -> bool:
    """Whether two keys differ in the number at their end alone: the texts of two things, which may be alike."""
    return (
        key[-1:].isdigit() and not key.startswith(_NAMELESS) and key.rstrip("0123456789") == prompt.rstrip("0123456789")
    )


def _is_form(rows: Sequence[Mapping[str, Any]], key: str, prompt: str) -> bool:
    values = [(row.get(key), row.get(prompt)) for row in rows]
    pairs = [(one, other) for one, other in values if isinstance(one, str) and isinstance(other, str)]
    pairs = [(letters, _letters(other)) for one, other in pairs if (letters := _letters(one))]
    return len(pairs) >= len(rows) / 2 and sum(one == other for one, other in pairs) >= _NEARLY_ALL * len(pairs)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text[:_LOOKED_AT].casefold()))[:_LETTERS]


def _changes(rows: Sequence[Mapping[str, Any]], key: str) -> tuple[int, int]:
    """Return what texts lost by a change of their form, as a negative number of signs, and the blanks that they got."""
    texts = [text for row in rows if isinstance(text := row.get(key), str)]
    texts = [text[:_LOOKED_AT] for text in texts]
    signs = sum(sign.isupper() or not (sign.isalnum() or sign.isspace()) for text in texts for sign in text)
    return -signs, sum(map(str.isspace, "".join(texts)))
