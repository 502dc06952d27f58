"""Which shape a row has: decided by its keys, row by row, and remembered per set of keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from datalint.shapes import (
    alpaca,
    bedrock_converse,
    kto,
    mapped,
    openai_chat,
    openai_preference,
    preference,
    prompt_completion,
    question_answer,
    sharegpt,
    text,
)
from datalint.shapes.base import Shape, strings
from datalint.shapes.sink import Sink
from datalint.support.spelling import DISPENSABLE, nearest

if TYPE_CHECKING:
    from datalint.shapes.inference import Guess


def _read_nothing(value: dict[str, Any], sink: Sink) -> None:
    return


UNKNOWN: Final = Shape("unknown", "unknown", strings(required=()), _read_nothing, ())

ALL: Final = (
    openai_chat.SHAPE,
    openai_chat.RFT,
    bedrock_converse.SHAPE,
    sharegpt.SHAPE,
    alpaca.SHAPE,
    *prompt_completion.SHAPES.values(),
    *question_answer.SHAPES.values(),
    *preference.SHAPES.values(),
    *openai_preference.SHAPES.values(),
    kto.SHAPE,
    text.SHAPE,
    text.LABELLED,
)

#: Every top-level key that some shape knows, for spelling suggestions.
KNOWN_KEYS: Final = frozenset(key for shape in ALL for key in shape.keys) | {
    "category",
    "source",
    "images",
    "kto_tag",
    "label",
    "completions",
}

#: Words in a key beside ``messages`` that tell of a grader: the row is for reinforcement, and ends with the user.
_GRADED: Final = re.compile(r"answer|reference|truth|solution|expected|target|grade|grading|reward|rubric|label|test")
#: Keys that tell more of a conversation than its turns do.
_RICHER: Final = frozenset(
    (
        "system", "history", "tools", "functions", "parallel_tool_calls", "tool_choice", "images", "image", "videos",
        "audios",
    )
)  # fmt: skip
_PLAIN: Final = (
    openai_chat.SHAPE,
    sharegpt.SHAPE,
    alpaca.SHAPE,
    *prompt_completion.SHAPES.values(),
    *question_answer.SHAPES.values(),
    text.SHAPE,
    text.LABELLED,
)
#: Sets of keys that are remembered; rows of generated keys must not fill the memory.
_REMEMBERED: Final = 10_000
#: Characters of a key up to which it may be a slip.
_LONGEST: Final = 40


class Detector:
    """Finds the shape of rows; one per run, as the user may map columns.

    ``guesses`` are about rows whose keys fit no shape: clear ones are used for them.
    """

    def __init__(self, columns: Mapping[str, str] | None = None, guesses: Sequence[Guess] = ()) -> None:
        self.mapped = mapped.make(columns or {})
        self._guesses = guesses
        self._guessed = [(guess, mapped.guessed(guess)) for guess in guesses if guess.clear]
        self._by_keys: dict[tuple[str, ...], list[Shape]] = {}
        self._slips: dict[tuple[int, tuple[str, ...]], bool] = {}
        self._noting: dict[int, Shape] = {}

    def fits(self, value: dict[str, Any]) -> list[Shape]:
        """Return the shapes whose keys the row has, the preferred one first; empty for an unknown shape."""
        found = self._of_keys(value)
        if self.label_decides(value) and not kto.is_preference_label(value["label"]):
            return self.fits({key: item for key, item in value.items() if key != "label"})
        return found

    def label_decides(self, value: dict[str, Any]) -> bool:
        """Whether of rows with the keys of ``value`` the label says what they are: preferences, or of a category."""
        found = self._of_keys(value)
        return bool(found) and found[0] is kto.SHAPE and "label" in value and "kto_tag" not in value

    def _of_keys(self, value: dict[str, Any]) -> list[Shape]:
        keys = tuple(value)
        found = self._by_keys.get(keys)
        if found is None:
            if len(self._by_keys) >= _REMEMBERED:
                self._by_keys.clear()
            found = self._by_keys[keys] = list(self._fits(frozenset(keys)))
        return found

    def shape(self, value: dict[str, Any]) -> Shape:
        """Return the row's shape, :data:`UNKNOWN` if none."""
        found = self.fits(value)
        if not found:
            return UNKNOWN
        shape = found[0]
        if shape is openai_chat.SHAPE:
            shape = _chat_dialect(value)
        if self._has_slip(value, shape):
            return self._noting.setdefault(id(shape), _noting_slips(shape))
        return shape

    def _has_slip(self, value: dict[str, Any], shape: Shape) -> bool:
        """Whether a key was meant to be one that the shape can do without, so that nothing else tells of it."""
        keys = tuple(value)
        known = self._slips.get((id(shape), keys))
        if known is None:
            if len(self._slips) >= _REMEMBERED:
                self._slips.clear()
            lost = DISPENSABLE.intersection(shape.keys).difference(keys)
            known = self._slips[id(shape), keys] = bool(lost) and any(
                key not in KNOWN_KEYS and len(key) <= _LONGEST and nearest(key, "row") in lost for key in keys
            )
        return known

    def plain_shape(self, value: dict[str, Any]) -> Shape | None:
        """Return the shape of rows with the keys of ``value`` if their turns alone decide what they are, else None."""
        found = self.fits(value)
        if not found or not any(found[0] is shape for shape in _PLAIN) or not _RICHER.isdisjoint(value):
            return None
        if self._has_slip(value, found[0]):
            return None
        # A grader's fields make it a matter of the last turn.
        graded = found[0] is openai_chat.SHAPE and any(_GRADED.search(key) for key in value if key != "messages")
        return None if graded else found[0]

    def proposal(self, value: dict[str, Any]) -> str | None:
        """Return the option that says what the keys of a row of unknown shape mean, as far as can be told."""
        from datalint.shapes.inference import propose

        guess = next((each for each in self._guesses if each.keys >= value.keys() >= set(each.required)), None)
        guess = guess or propose(value)
        return None if guess is None else guess.option

    def _fits(self, keys: frozenset[str]) -> Iterator[Shape]:
        known = list(self._known(keys))
        yield from known or (shape for guess, shape in self._guessed if keys.issuperset(guess.required))

    def _known(self, keys: frozenset[str]) -> Iterator[Shape]:
        if self.mapped is not None and set(self.mapped.schema["required"]) <= keys:
            yield self.mapped
            return
        paired = [shape for sides, shape in openai_preference.SHAPES.items() if keys.issuperset((*sides, "input"))]
        paired += [shape for sides, shape in preference.SHAPES.items() if keys.issuperset(sides)]
        if paired:
            # A preference's prompt may itself look like another shape: that is its prompt, no second meaning.
            yield paired[0]
            return
        labelled = "kto_tag" in keys or "label" in keys
        if labelled and (not keys.isdisjoint(("messages", "conversations")) or keys >= {"prompt", "completion"}):
            yield kto.SHAPE
            return
        if "messages" in keys:
            yield openai_chat.SHAPE
        if "conversations" in keys:
            yield sharegpt.SHAPE
        if "instruction" in keys and not keys.isdisjoint(("output", "response")):
            yield alpaca.SHAPE
        elif keys >= {"input", "output"} and any(
            len(k) <= _LONGEST and nearest(k, "row") == "instruction" for k in keys
        ):
            # Without this a misspelled instruction would be lost, and its input taken for the prompt.
            return
        else:
            yield from _first(keys, prompt_completion.SHAPES)
            yield from _first(keys, question_answer.SHAPES)
        if "text" in keys and keys.isdisjoint(("messages", "conversations", "instruction", "prompt", "question")):
            yield text.LABELLED if not keys.isdisjoint(text.LABELS) else text.SHAPE


def _noting_slips(shape: Shape) -> Shape:
    """Return the shape with a reader that notes, as a feature of the row, that a key of it is misspelled."""

    def read(value: dict[str, Any], sink: Sink) -> None:
        sink.features.add("misspelled")
        shape.read(value, sink)

    return shape._replace(read=read)


def _first(keys: frozenset[str], shapes: Mapping[tuple[str, str], Shape]) -> Iterator[Shape]:
    for pair, shape in shapes.items():
        if keys.issuperset(pair):
            yield shape
            return


def _chat_dialect(value: dict[str, Any]) -> Shape:
    messages = value["messages"]
    if not isinstance(messages, list) or not messages:
        return openai_chat.SHAPE
    last = messages[-1]
    if type(last) is dict:
        content = last.get("content")
        if type(content) is list and content and type(content[0]) is dict and "type" not in content[0]:
            return bedrock_converse.SHAPE
        if last.get("role") == "user" and any(_GRADED.search(key) for key in value if key != "messages"):
            return openai_chat.RFT
    return openai_chat.SHAPE
