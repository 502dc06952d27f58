"""Where the turns of the assistant are in a rendering: the spans of text that carry loss.

A template that marks them (``{% generation %}``) is taken at its word, as TRL does. In the renderings of any other
template, what it writes before and after an answer is searched for. Where that does not find as many answers as the row
has, and in conversations of a kind of which it misses those of an example, each prefix of the conversation is rendered,
as in the common recipe for loss masks: an answer begins where the prompt with the beginning of an answer ends
(``add_generation_prompt``), and ends where the conversation up to the answer ends. Where a template writes the last
answer otherwise than those before it, so that the conversation up to it is none that the rendering begins with, the
answer ends with its end-of-turn token.
"""

from __future__ import annotations

from typing import Final

from datalint.models.conversation import Conversation
from datalint.models.template import ChatTemplate, RenderedText
from datalint.models.turn_format import CALLING, PLAIN, Example, TurnFormat, learn
from datalint.support.common_prefix import common_prefix
from datalint.support.named_tuple import NamedTuple

Span = tuple[int, int]

#: Answers of a conversation up to which prefixes are rendered, which takes time that grows with their square.
MOST_PREFIXES: Final = 40


class Turns(NamedTuple):
    """How the answers in the renderings of a template are found.

    ``shape`` is what is written around them; ``plain`` and ``calling`` say whether searching for it finds the answers
    of conversations without and with calls of tools.
    """

    shape: TurnFormat
    plain: bool
    calling: bool


def turns_of(template: ChatTemplate, special: frozenset[str] = frozenset()) -> Turns:
    """Return how the answers of a template are found; ``special`` are the control tokens of the tokenizer."""
    shape = learn(template, special)
    return Turns(shape, _finds(template, shape, PLAIN), _finds(template, shape, CALLING))


def _finds(template: ChatTemplate, shape: TurnFormat, example: Example) -> bool:
    """Return whether searching finds the answers of an example, and nothing of its other turns."""
    made = template.render(example.messages) if shape.begin else None
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
) -> tuple[Span, ...]:
    """Return the spans of a rendering that carry loss, in order, without overlap."""
    messages = conversation.messages
    learned = [message.learned for message in messages]
    if not any(learned):
        return ()
    answers = [index for index, message in enumerate(messages) if message.role == "assistant"]
    if template.marks_generation and rendered.marked:
        return tuple(_kept(list(rendered.marked), answers, learned))
    calls = any(message.role == "tool" or message.value.get("tool_calls") for message in messages)
    only_answers = all(messages[index].role == "assistant" for index, on in enumerate(learned) if on)
    if only_answers and (turns.calling if calls else turns.plain):
        found = _searched(rendered.text, turns.shape)
        if len(found) == len(answers):
            return tuple(_kept(found, answers, learned))
    shape = turns.shape if turns.plain else turns.shape._replace(begin="", prompt="")
    return tuple(_by_prefixes(rendered.text, conversation, template, shape))


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
    return max(begun, common_prefix(prompt, text))


def _prefix(template: ChatTemplate, conversation: Conversation, count: int, *, prompt: bool = False) -> str | None:
    """Return the rendering of the first messages of a conversation, None where there is none."""
    messages = [message.value for message in conversation.messages[:count]]
    made = template.render(messages, conversation.tools, prompt=prompt, variables=conversation.variables)
    return made.text if isinstance(made, RenderedText) else None
