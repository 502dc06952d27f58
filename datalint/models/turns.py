"""Where the turns of the assistant are in a rendering: the spans of text that carry loss.

A template that marks them (``{% generation %}``) is taken at its word, as TRL does. In the renderings of any other
template, what it writes before and after an answer is searched for. Where that does not find as many answers as the row
has, and in conversations of a kind of which it misses those of an example, each prefix of the conversation is rendered,
as in the common recipe for loss masks: an answer begins where the prompt with the beginning of an answer ends
(``add_generation_prompt``), and ends where the conversation up to the answer ends. Where a template writes the last
answer otherwise than those before it, so that the conversation up to it is none that the rendering begins with, the
answer ends with its end-of-turn token.

Spans that are found with prefixes are checked with the texts of the row. If they are wrong, the places of the texts
decide; and if those do not either, it is unknown what carries loss.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from datalint.models.conversation import Conversation, Message
from datalint.models.template import ChatTemplate, RenderedText
from datalint.models.texts import agrees, spans_by_texts, with_missing
from datalint.models.turn_format import EXAMPLES, Example, Kind, TurnFormat, learn
from datalint.support.common_prefix import common_prefix
from datalint.support.named_tuple import NamedTuple

Span = tuple[int, int]

#: Answers of a conversation up to which prefixes are rendered, which takes time that grows with their square.
MOST_PREFIXES: Final = 40
#: Characters in which texts are looked for, up to which they are: messages times the length of the rendering.
_MOST_SEARCHED: Final = 2_000_000_000
#: The beginning of a tag or of a control token at the end of a text, such as ``<|im_``.
_CUT_TOKEN: Final = re.compile(r"<[^<>\s]{0,40}\Z")


class Turns(NamedTuple):
    """How the answers in the renderings of a template are found.

    ``shape`` is what is written around them; ``found`` has the kinds of conversations in which searching for it finds
    the answers.
    """

    shape: TurnFormat
    found: frozenset[Kind]


def turns_of(template: ChatTemplate, special: frozenset[str] = frozenset()) -> Turns:
    """Return how the answers of a template are found; ``special`` are the control tokens of the tokenizer."""
    shape = learn(template, special)
    # A blank, or what ends answers as well, is found everywhere.
    if not shape.begin.strip() or shape.begin in shape.ends:
        return Turns(shape._replace(begin="", prompt=""), frozenset())
    return Turns(shape, frozenset(kind for kind, example in EXAMPLES.items() if _finds(template, shape, example)))


def _finds(template: ChatTemplate, shape: TurnFormat, example: Example) -> bool:
    """Return whether searching finds the answers of an example, and nothing of its other turns."""
    made = template.render(example.messages)
    if not isinstance(made, RenderedText):
        return False
    found = [made.text[start:stop] for start, stop in _searched(made.text, shape)]
    return (
        len(found) == len(example.answers)
        and all(word in text for word, text in zip(example.answers, found, strict=True))
        and not any(word in text for word in example.others for text in found)
    )


def spans_of(
    rendered: RenderedText, conversation: Conversation, template: ChatTemplate, turns: Turns
) -> tuple[Span, ...] | None:
    """Return the spans of a rendering that carry loss, in order, without overlap; None if they are unknown."""
    messages = conversation.messages
    learned = [message.learned for message in messages]
    if not any(learned):
        return ()
    answers = [index for index, message in enumerate(messages) if message.role == "assistant"]
    if template.marks_generation and rendered.marked:
        return tuple(_kept(list(rendered.marked), answers, learned))
    only_answers = all(messages[index].role == "assistant" for index, on in enumerate(learned) if on)
    if only_answers and turns.found.issuperset(_kinds(messages)):
        found = _searched(rendered.text, turns.shape)
        if len(found) == len(answers):
            return tuple(_kept(found, answers, learned))
    if turns.shape.embeds:
        return None
    return _told(rendered.text, conversation, template, turns)


def _kinds(messages: Sequence[Message]) -> set[Kind]:
    """Return of which kinds a conversation is."""
    roles = [message.role for message in messages]
    calls = any(message.role == "tool" or message.value.get("tool_calls") for message in messages)
    found: set[Kind] = {"calls" if calls else "plain"}
    if any(message.value.get("tool_calls") and message.value.get("content") for message in messages):
        found.add("text and calls")
    if roles[0] in ("system", "developer"):
        found.add("system")
    if next((role for role in roles if role not in ("system", "developer")), "") == "assistant":
        found.add("first")
    return found


def _told(text: str, conversation: Conversation, template: ChatTemplate, turns: Turns) -> tuple[Span, ...] | None:
    """Return the spans that prefixes or texts tell, None if those of neither fit the texts."""
    if len(conversation.messages) * len(text) > _MOST_SEARCHED:
        return None
    shape = turns.shape
    known = shape if "plain" in turns.found else shape._replace(begin="", prompt="")
    by_prefixes = _by_prefixes(text, conversation, template, known)
    wanted = sum(message.learned for message in conversation.messages)
    if wanted <= MOST_PREFIXES:
        for spans in (by_prefixes, with_missing(text, by_prefixes, conversation, shape.ends)):
            if agrees(text, spans, conversation):
                return tuple(spans)
    by_texts = spans_by_texts(text, conversation, shape)
    if wanted > MOST_PREFIXES and by_prefixes:
        last = by_prefixes[-1][1]
        both = [*by_prefixes, *(span for span in by_texts if span[0] >= last)]
        if len(both) == wanted and agrees(text, both, conversation):
            return tuple(both)
    return tuple(by_texts) if agrees(text, by_texts, conversation) else None


def _kept(spans: list[Span], answers: list[int], learned: list[bool]) -> list[Span]:
    if len(spans) != len(answers):
        return spans
    return [span for span, index in zip(spans, answers, strict=True) if learned[index] and span[1] > span[0]]


def _searched(text: str, shape: TurnFormat) -> list[Span]:
    """Return the spans between the beginnings of answers and the tokens that end them."""
    spans = []
    position = 0
    while (found := text.find(shape.begin, position)) >= 0:
        start = found + len(shape.prompt if text.startswith(shape.prompt, found) else shape.begin)
        position = _end(text, start, shape)
        if not text[start:position].isspace() and start < len(text):
            # Some templates write the beginning of another answer at the end.
            spans.append((start, position))
    return spans


def _end(text: str, start: int, shape: TurnFormat) -> int:
    """Return where an answer ends that begins at ``start``: after its end-of-turn token.

    Without one it ends before the next user's turn.
    """
    stops = [at + len(end) for end in shape.ends if (at := text.find(end, start)) >= 0]
    if stops:
        return min(stops)
    following = text.find(shape.user, start) if shape.user.strip() else -1
    return following if following >= 0 else len(text)


def _by_prefixes(text: str, conversation: Conversation, template: ChatTemplate, shape: TurnFormat) -> list[Span]:
    spans: list[Span] = []
    last = 0
    for index, message in enumerate(conversation.messages):
        if not message.learned:
            continue
        if len(spans) >= MOST_PREFIXES:
            break
        so_far = _prefix(template, conversation, index + 1)
        whole = len(text) if so_far is None else len(so_far.rstrip())
        exact = so_far is None or text.startswith(so_far.rstrip())
        start = max(_start(text, last, index, conversation, template, shape, whole if exact else len(text)), last)
        stop = whole if exact else _end(text, start, shape)
        if stop > start:
            spans.append((start, stop))
            last = stop
    return spans


def _start(
    text: str, last: int, index: int, conversation: Conversation, template: ChatTemplate, shape: TurnFormat, most: int
) -> int:
    """Return where the message at ``index`` begins: after the prompt for it, which ends at ``last`` or later."""
    answers = conversation.messages[index].role == "assistant"
    at = text.find(shape.begin, last, most) if answers and shape.begin else -1
    begun = at + len(shape.begin) if at >= 0 else last
    prompt = _prefix(template, conversation, index, prompt=answers) if index else None
    if prompt is None:
        return begun
    prompts = [prompt, prompt.removesuffix(shape.prompt) + shape.begin] if answers and shape.begin else [prompt]
    if found := next((each for each in prompts if text.startswith(each)), None):
        return len(found)
    # What comes before is written otherwise because of what follows, such as reasoning that is left out.
    before = _prefix(template, conversation, index - 1) if index > 1 else None
    known = 0 if before is None else common_prefix(before, prompt)
    for added in (each[known:] for each in prompts if known):
        if added.strip() and (at := text.find(added, last, most)) >= 0:
            return at + len(added)
    shared = common_prefix(prompt, text)
    if (cut := _CUT_TOKEN.search(text, max(shared - 40, 0), shared)) is not None:
        shared = cut.start()
    return max(begun, shared)


def _prefix(template: ChatTemplate, conversation: Conversation, count: int, *, prompt: bool = False) -> str | None:
    """Return the rendering of the first messages of a conversation, None where there is none."""
    messages = [message.value for message in conversation.messages[:count]]
    made = template.render(messages, conversation.tools, prompt=prompt, variables=conversation.variables)
    return made.text if isinstance(made, RenderedText) else None
