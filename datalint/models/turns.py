"""Where the turns of the assistant are in a rendering: the spans of text that carry loss.

A template that marks them (``{% generation %}``) is taken at its word, as TRL does. Any other template is asked what it
writes before and after an answer, by rendering a few conversations with made-up texts. A rendering is then searched for
these beginnings and ends. Where it does not have as many of them as the row has answers, each prefix of the
conversation is rendered, as in the common recipe for loss masks: an answer begins where the prompt with the beginning
of an answer ends (``add_generation_prompt``), and ends where the conversation up to the answer ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from datalint.models.conversation import Conversation
from datalint.models.template import ChatTemplate, RenderedText

Span = tuple[int, int]

#: Answers of a conversation up to which prefixes are rendered, which takes time that grows with their square.
MOST_PREFIXES: Final = 40
#: Tokens that end or begin turns, where the tokenizer does not say which are special.
CONTROL: Final = re.compile(
    r"<[|｜][^<>|｜]{1,40}[|｜]>|</?s>|<(?:start|end)_of_turn>|<eos>|<bos>|\[/?INST\]|<\|[a-z_]+\|?>"
)
_TEXTS: Final = ("Qprobe1q", "Aprobe2a", "Qprobe3q", "Aprobe4a")


class TurnFormat(NamedTuple):
    """What a template writes around answers.

    ``begin`` comes before each, ``ends`` are the tokens that end one, empty without an end-of-turn token. ``user``
    begins a user's turn. ``opening`` is what comes before the first turn, and ``injected`` the words in it of a system
    prompt that the conversation does not have. ``control`` are the control tokens that the template writes.
    """

    begin: str = ""
    ends: tuple[str, ...] = ()
    user: str = ""
    opening: str = ""
    injected: str = ""
    control: tuple[str, ...] = ()


def learn(template: ChatTemplate, special: frozenset[str] = frozenset()) -> TurnFormat:
    """Return what a template writes around turns, as far as it renders a plain conversation."""
    q1, a1, q2, a2 = _TEXTS
    asked = _rendered(template, [_user(q1)])
    primed = _rendered(template, [_user(q1)], prompt=True)
    single = _rendered(template, [_user(q1), _answer(a1)])
    double = _rendered(template, [_user(q1), _answer(a1), _user(q2), _answer(a2)])
    if single is None:
        return TurnFormat()
    before = single[: _shared(primed or single, single)]
    opening = single.partition(q1)[0]
    begin = _begin(before, asked, q1)
    tail = single.rpartition(a1)[2]
    middle = double.partition(a1)[2].partition(q2)[0] if double is not None else ""
    ends = [found for text in (middle, tail) if (found := _first(text, special))]
    user = _user_header(middle, ends)
    plain = opening.removesuffix(user) if user else opening
    everything = f"{opening}\n{begin}\n{middle}\n{tail}"
    return TurnFormat(
        begin=begin,
        ends=tuple(dict.fromkeys(ends)),
        user=user,
        opening=opening,
        injected=_words(plain, special),
        control=tuple(dict.fromkeys(_controls(everything, special))),
    )


def _begin(before: str, asked: str | None, question: str) -> str:
    """Return what begins an answer: what the prompt for one adds, otherwise what follows the question."""
    if asked is not None and before.startswith(asked) and len(before) > len(asked):
        return before[len(asked) :]
    return before.rpartition(question)[2]


def _user_header(middle: str, ends: Sequence[str]) -> str:
    for end in ends:
        if end in middle:
            return middle.partition(end)[2].lstrip()
    return middle.lstrip()


def _words(text: str, special: frozenset[str]) -> str:
    """Return the words of a text without control tokens and names of roles; empty if it has none to speak of."""
    for token in sorted(special, key=len, reverse=True):
        text = text.replace(token, "\n")
    text = CONTROL.sub("\n", text)
    lines = [line for line in text.splitlines() if line.strip() and line.strip() not in ("system", "user", "<s>")]
    return "\n".join(lines) if any(" " in line.strip() for line in lines) else ""


def _first(text: str, special: frozenset[str]) -> str:
    found = _controls(text, special)
    return found[0] if found else ""


def _controls(text: str, special: frozenset[str]) -> list[str]:
    """Return the control tokens in a text, in order."""
    pattern = _pattern(special) if special else CONTROL
    return [match[0] for match in pattern.finditer(text)] or [match[0] for match in CONTROL.finditer(text)]


def _pattern(special: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(special, key=len, reverse=True))))


def _rendered(template: ChatTemplate, messages: list[dict[str, Any]], *, prompt: bool = False) -> str | None:
    made = template.render(messages, prompt=prompt)
    return made.text if isinstance(made, RenderedText) else None


def _user(text: str) -> dict[str, Any]:
    return {"role": "user", "content": text}


def _answer(text: str) -> dict[str, Any]:
    return {"role": "assistant", "content": text}


def spans_of(
    rendered: RenderedText, conversation: Conversation, template: ChatTemplate, shape: TurnFormat
) -> tuple[Span, ...]:
    """Return the spans of a rendering that carry loss, in order, without overlap."""
    learned = [message.learned for message in conversation.messages]
    answers = [index for index, message in enumerate(conversation.messages) if message.role == "assistant"]
    if not any(learned):
        return ()
    if template.marks_generation and rendered.marked:
        return tuple(_kept(list(rendered.marked), answers, learned))
    only_answers = all(conversation.messages[index].role == "assistant" for index, on in enumerate(learned) if on)
    if only_answers and shape.begin:
        found = _searched(rendered.text, shape)
        if len(found) == len(answers):
            return tuple(_kept(found, answers, learned))
    return tuple(_by_prefixes(rendered.text, conversation, template))


def _kept(spans: list[Span], answers: list[int], learned: list[bool]) -> list[Span]:
    if len(spans) != len(answers):
        return spans
    return [span for span, index in zip(spans, answers, strict=True) if learned[index] and span[1] > span[0]]


def _searched(text: str, shape: TurnFormat) -> list[Span]:
    spans = []
    position = 0
    while (found := text.find(shape.begin, position)) >= 0:
        start = found + len(shape.begin)
        stops = [at + len(end) for end in shape.ends if (at := text.find(end, start)) >= 0]
        position = min(stops, default=0) or _next_user(text, start, shape)
        spans.append((start, position))
    return spans


def _next_user(text: str, start: int, shape: TurnFormat) -> int:
    """Return where an answer without an end-of-turn token ends: before the next user's turn."""
    following = text.find(shape.user, start) if shape.user.strip() else -1
    return following if following >= 0 else len(text)


def _by_prefixes(text: str, conversation: Conversation, template: ChatTemplate) -> list[Span]:
    messages = [message.value for message in conversation.messages]
    spans: list[Span] = []
    last = 0
    for index, message in enumerate(conversation.messages):
        if not message.learned:
            continue
        if len(spans) >= MOST_PREFIXES:
            break
        prompt = (
            template.render(messages[:index], conversation.tools, prompt=True, variables=conversation.variables)
            if index
            else None
        )
        so_far = template.render(messages[: index + 1], conversation.tools, variables=conversation.variables)
        start = _shared(prompt.text, text) if isinstance(prompt, RenderedText) else last
        stop = _shared(so_far.text.rstrip(), text) if isinstance(so_far, RenderedText) else len(text)
        start = max(start, last)
        if stop > start:
            spans.append((start, stop))
            last = stop
    return spans


def _shared(one: str, other: str) -> int:
    """Return how many characters two texts begin with in common."""
    low, high = 0, min(len(one), len(other))
    if one.startswith(other[:high]):
        return high
    while low < high:
        middle = (low + high + 1) // 2
        # What is before `low` is equal already.
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
