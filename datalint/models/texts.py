"""Where the texts of messages are in a rendering: for masks that searching for what is written around answers misses.

Spans that another way has found are checked with the texts of the row, and where they are wrong, spans are made of the
places of the texts themselves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from datalint.models.conversation import Conversation, Message
from datalint.models.turn_format import TurnFormat
from datalint.support.named_tuple import NamedTuple

Span = tuple[int, int]

#: Characters of a text from which on it is looked for: shorter ones are in what a template writes, too.
_SHORTEST: Final = 4
#: Characters of a text that is not learned from which on it may be in no span.
_LONG: Final = 6
_REASONED: Final = "</think>"


class Place(NamedTuple):
    """A message, and where its text is in a rendering; None where it is not, or where the message has no text."""

    message: Message
    span: Span | None


def agrees(text: str, spans: Sequence[Span], conversation: Conversation) -> bool:
    """Return whether spans have the texts that are learned, and none of those that are not.

    A text that is not in the rendering, is short, or is also part of a message of the other kind, says nothing.
    """
    inside = "\n".join(text[start:stop] for start, stop in spans)
    learned, others = (_words(conversation, learned=on) for on in (True, False))
    outside, within = "\n".join(others), "\n".join(learned)
    return all(each in inside or each in outside or each not in text for each in learned) and not any(
        each in inside and each not in within for each in others if len(each) >= _LONG
    )


def with_missing(text: str, spans: Sequence[Span], conversation: Conversation, ends: Sequence[str]) -> list[Span]:
    """Return spans with the texts that are learned but in none of them, where each is once in the rendering.

    A template may write the text of an answer apart from its calls, after their results.
    """
    inside = "\n".join(text[start:stop] for start, stop in spans)
    others = "\n".join(_words(conversation, learned=False))
    found = list(spans)
    for each in _words(conversation, learned=True):
        if each not in inside and each not in others and text.count(each) == 1:
            start = text.index(each)
            stop = start + len(each)
            ended = next((end for end in ends if text.startswith(end, stop)), "")
            if all(stop <= first or start >= last for first, last in spans):
                found.append((start, stop + len(ended)))
    return sorted(found)


def _words(conversation: Conversation, *, learned: bool) -> list[str]:
    """Return the texts of the messages that are learned, or of the others, with those in the arguments of calls."""
    messages = [each for each in conversation.messages if each.learned is learned]
    texts = dict.fromkeys(text for each in messages for text in (*map(_answer, _said(each)), *_called(each)))
    return [text for text in texts if len(text) >= _SHORTEST]


def spans_by_texts(text: str, conversation: Conversation, shape: TurnFormat) -> list[Span]:
    """Return a span for each message that is learned, from its place and those of the messages around it.

    An answer begins after what begins one, between the message before and its own text, and ends with the token that
    ends one, before the message that follows.
    """
    places = _places(text, conversation)
    spans: list[Span] = []
    last = 0
    for (message, place), following in zip(places, _following(places, len(text)), strict=True):
        span = _span(text, message, place, (last, following), shape) if message.learned else None
        if span is not None and span[1] > span[0]:
            spans.append(span)
        last = max(last, *(each[1] for each in (place, span) if each is not None), 0)
    return spans


def _following(places: Sequence[Place], size: int) -> list[int]:
    """Return for each message where the text of one that follows begins, otherwise the ``size`` of the rendering."""
    found = [size]
    for place in reversed(places[1:]):
        found.append(found[-1] if place.span is None else place.span[0])
    return found[::-1]


def _span(text: str, message: Message, place: Span | None, around: Span, shape: TurnFormat) -> Span | None:
    """Return the span of a message, which is ``around``, between the texts of the messages next to it."""
    last, following = around
    most = place[0] if place is not None else following
    begun = text.find(shape.begin, last, most) if shape.begin and message.role == "assistant" else -1
    if begun < 0 and place is None:
        return None
    start = begun + len(shape.begin) if begun >= 0 else most
    at = place[1] if place is not None else start
    stops = [found + len(end) for end in shape.ends if (found := text.find(end, at, following)) >= 0]
    if stops:
        return start, min(stops)
    if place is not None:
        return start, place[1]
    headers = [
        found for header in (shape.user, shape.begin) if header and (found := text.find(header, at, following)) >= 0
    ]
    return start, min(headers, default=following)


def _places(text: str, conversation: Conversation) -> list[Place]:
    places: list[Place] = []
    last = 0
    for message in conversation.messages:
        span = None
        # Templates leave reasoning out, or begin it otherwise.
        for each in (part for said in _said(message) for part in dict.fromkeys((said, _answer(said)))):
            at = text.find(each, last) if each else -1
            if at >= 0:
                span, last = (at, at + len(each)), at + len(each)
                break
        places.append(Place(message, span))
    return places


def _said(message: Message) -> Iterator[str]:
    """Yield the texts of a message."""
    content = message.value.get("content")
    parts = content if isinstance(content, list) else [content]
    for part in parts:
        found: Any = part.get("text") if isinstance(part, dict) else part
        if isinstance(found, str) and found.strip():
            yield found.strip()


def _answer(said: str) -> str:
    """Return what follows the reasoning in a text."""
    return said.rpartition(_REASONED)[2].strip()


def _called(message: Message) -> Iterator[str]:
    """Yield the texts in the arguments of calls that are objects."""
    calls = message.value.get("tool_calls")
    for call in calls if isinstance(calls, list) else ():
        function = call.get("function", call) if isinstance(call, dict) else None
        arguments = function.get("arguments") if isinstance(function, dict) else None
        if isinstance(arguments, dict):
            yield from (each.strip() for each in arguments.values() if isinstance(each, str))
