"""Code whose prompt is only the head of a function, or a part of a longer instruction under another key.

The other key has the request for the code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.support.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: The keys of the head and of the code that completes it, and those of the request, the best first.
_HEAD: Final = "prompt"
_CODE: Final = "canonical_solution"
#: Keys of code next to a prompt whose known shape has no response.
_CODES: Final = (_CODE, "code", "reference_code", "solution_code")
_REQUESTS: Final = ("rewritten_intent", "intent", "instruction", "description", "nl", "docstring")
#: Shapes of such rows.
_SHAPES: Final = frozenset(("text-code", "prompt-completion"))
_UNANSWERED: Final = "prompt-only"
#: Share of the rows that must have such a request.
_NEARLY_ALL: Final = 0.9
#: Beginnings of functions in a few programming languages.
_BEGINS: Final = lazy_pattern(
    r"\s{0,40}(?:@\w|(?:async )?def \w|(?:export )?(?:async )?function\b|func \w|(?:pub )?fn \w"
    r"|(?:public|private|static) |#include|import |from \w|class \w|const \w|\w{1,20} \w{1,60}\()"
)
#: A sign of a request: several words, or characters of a script without spaces.
_ASKS: Final = lazy_pattern(r"\w[^\s]* +[^\s]*\w[^\s]* +[^\s]*\w|[\u3040-\u9fff\uac00-\ud7af]{4}")
#: Characters that are looked at.
_LOOKED_AT: Final = 2_000


def may_request(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row may have its request, or a longer one, under another key than its prompt."""
    if not isinstance(row.get(_HEAD), str) or _first_text(row, _REQUESTS) is None:
        return False
    if known.name == _UNANSWERED:
        return _first_text(row, _CODES) is not None
    return known.name in _SHAPES and isinstance(row.get(_CODE), str) and _BEGINS.match(row[_HEAD]) is not None


def requested_code(known: Shape, rows: Sequence[Mapping[str, Any]]) -> Guess | None:
    """Return the guess that a request is asked with the head of a function next to it; None where the head has it.

    An instruction that has the prompt in it, such as one with an example of a test, is asked instead.
    """
    key, code = (_first_text(rows[0], _REQUESTS), _first_text(rows[0], _CODES)) if rows else (None, None)
    if key is None or code is None:
        return None
    least = _NEARLY_ALL * len(rows)
    found = {"prompt": key, "context": _HEAD, "response": code}
    if sum(_has_head(row.get(key), row.get(_HEAD)) for row in rows) >= least and known.name == _UNANSWERED:
        del found["context"]
    elif sum(_is_request(row.get(key), row.get(_HEAD)) for row in rows) < least:
        return None
    from datalint.shapes.guess import Guess

    guess = Guess.of(found, clear=True, basis="names")
    return guess.about(rows, *_SHAPES, known.name)


def _first_text(row: Mapping[str, Any], keys: Sequence[str]) -> str | None:
    """Return the first of some keys that has a text."""
    return next((key for key in keys if isinstance(row.get(key), str) and row[key].strip()), None)


def _has_head(text: object, head: object) -> bool:
    """Whether a request has the whole prompt in it, and more."""
    return isinstance(text, str) and isinstance(head, str) and bool(head.strip()) and head.strip() in text


def _is_request(text: object, head: object) -> bool:
    """Whether a text asks for something in words that the head of the function lacks."""
    if not isinstance(text, str) or not isinstance(head, str):
        return False
    asked = text[:_LOOKED_AT].strip()
    return _ASKS.search(asked) is not None and asked not in head and _BEGINS.match(head) is not None
