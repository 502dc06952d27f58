"""Questions that are titles, above a description in which the person says what it is about, and their answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.engine.guesses.unread_passages import passage_of
from datalint.shapes.fields import fields_of, keys_of

if TYPE_CHECKING:
    from datalint.shapes.base import Shape
    from datalint.shapes.guess import Guess

#: The shape of such rows by their keys.
_SHAPE: Final = "question-answer"
#: Keys of what is written below the title of a question, and of what somebody answers.
_BODIES: Final = ("description", "body", "details", "content", "question_description", "question_body")
_ANSWERS: Final = frozenset(("answer", "answers", "Answer", "response", "best_answer"))
#: Words of the names of other things that may be described.
_THINGS: Final = (
    "title", "name", "image", "images", "picture", "photo", "video", "audio", "product", "task", "dataset", "function",
    "tool", "tools", "schema", "table",
)  # fmt: skip
#: Rows at least, and shares of the rows with a description, of those that are at least as long as their question, and
#: of different ones.
_LEAST: Final = 5
_FILLED: Final = 0.5
_LONGER: Final = 0.6
_VARIED: Final = 0.8
#: Characters of descriptions and of answers that somebody wrote out, on average.
_WRITTEN: Final = 100
#: Share of the descriptions that may have the answer in them, or be a part of it.
_SHARED: Final = 0.1


def may_be_described(known: Shape, row: Mapping[str, Any]) -> bool:
    """Return whether a row may have a description of its question."""
    return known.name == _SHAPE and any(isinstance(row.get(key), str) for key in _BODIES) and not passage_of(dict(row))


def with_description(known: Shape, rows: Sequence[dict[str, Any]]) -> Guess | None:
    """Return the guess that reads the descriptions of questions; None if they explain answers or describe other things.

    A person writes them below the question, so they are longer than most of these, and stand before the answer. One of
    a test case is a line.
    """
    fields = fields_of(known, rows[0])
    asked, answered = keys_of(fields, "prompt"), keys_of(fields, "response")
    if len(rows) < _LEAST or len(fields) != 2 or len(asked) != 1 or len(answered) != 1 or _ANSWERS.isdisjoint(answered):
        return None
    keys = [*rows[0]]
    bodies = [key for key in _BODIES if key in keys[: keys.index(answered[0])] and key not in asked]
    if len(bodies) != 1 or _describes_thing(keys) or not _are_written(rows, bodies[0], asked[0], answered[0]):
        return None
    from datalint.shapes.guess import Guess

    found = {"prompt": asked[0], "context": bodies[0], "response": answered[0]}
    return Guess.of(found, clear=True, basis="values").about(rows, known.name)


def _describes_thing(keys: Sequence[str]) -> bool:
    """Whether another thing than the question may be what is described."""
    from datalint.shapes.evidence.names import has_word

    return any(has_word(key, _THINGS) for key in keys)


def _are_written(rows: Sequence[Mapping[str, Any]], body: str, asked: str, answered: str) -> bool:
    """Whether most rows have a long description of their own, which is no part of the answer, nor contains it."""
    from datalint.shapes.evidence.sampling import columns_of

    texts = [(text.strip(), row) for row in rows if isinstance(text := row.get(body), str) and text.strip()]
    if len(texts) < max(_LEAST, _FILLED * len(rows)) or len({text for text, _ in texts}) < _VARIED * len(texts):
        return False
    longer = sum(isinstance(title := row.get(asked), str) and len(text) >= len(title) for text, row in texts)
    lengths = {each.key: each.length for each in columns_of(rows)}
    if longer < _LONGER * len(texts) or lengths.get(body, 0) < _WRITTEN:
        return False
    answers = [(text, _text(row.get(answered))) for text, row in texts]
    if sum(len(answer) for _, answer in answers) < _WRITTEN * len(answers):
        return False
    return sum(bool(a) and (a in text or text in a) for text, a in answers) <= _SHARED * len(answers)


def _text(value: object) -> str:
    """Return the text of an answer, or of the first of several."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = max((each for each in value.values() if isinstance(each, str)), key=len, default="")
    return value.strip() if isinstance(value, str) else ""
