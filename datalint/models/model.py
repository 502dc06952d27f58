"""A model at work: templates compiled, tokenizer loaded, rows rendered and counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.util import find_spec
from typing import Any, Final

from datalint.core.errors import DatalintError
from datalint.models.conversation import Conversation
from datalint.models.flaws import control_pattern, flaws_of, places_of
from datalint.models.spec import PACKAGED, ModelSpec
from datalint.models.tekken import is_tekken, read_tekken
from datalint.models.template import ChatTemplate, Failure, TemplateError
from datalint.models.tokenizer import Tokenizer
from datalint.models.turn_format import TurnFormat
from datalint.models.turns import Turns, spans_of, turns_of
from datalint.models.vocabularies import same_file
from datalint.privacy.display import printable
from datalint.records.rendering import Rendering

#: Characters of a system prompt that the template adds which are kept.
_INJECTED: Final = 200
_SYSTEM: Final = ("system", "developer")


class Model:
    """A model that renders conversations and counts their tokens.

    ``limit`` is the maximum length in tokens; None means that of the model. With ``by_role``, tokens are counted for
    each role as well.

    Raises:
        DatalintError: when a template cannot be compiled or does not end, or the vocabulary cannot be read.
    """

    def __init__(self, spec: ModelSpec, limit: int | None = None, *, by_role: bool = False) -> None:
        self.spec = spec
        self._by_role = by_role
        self.limit = limit or spec.length
        self.tokenizer: Tokenizer | None = load_tokenizer(spec)
        self.templates = {name: _compiled(spec, name) for name in spec.templates}
        special = self.tokenizer.special if self.tokenizer is not None else frozenset()
        self._special = special | frozenset(spec.tokens.values())
        self._turns: dict[str, Turns] = {name: turns_of(each, self._special) for name, each in self.templates.items()}
        self.shapes: dict[str, TurnFormat] = {name: each.shape for name, each in self._turns.items()}
        control = [token for shape in self.shapes.values() for token in shape.control]
        self._control = control_pattern(control)
        self._bos = spec.tokens.get("bos_token", "")

    def template_for(self, tools: Sequence[Any] | None) -> str:
        """Return the name of the template for rows with or without tools, chosen as transformers does."""
        if tools is not None and "tool_use" in self.templates:
            return "tool_use"
        return "default" if "default" in self.templates else next(iter(self.templates))

    def render(self, given: Iterable[Sequence[Conversation]]) -> list[tuple[Rendering, ...]]:
        """Render the conversations of rows, and count their tokens."""
        conversations = list(given)
        rows = [tuple(map(self._render, each)) for each in conversations]
        if self.tokenizer is not None:
            both = zip(rows, conversations, strict=True)
            made = [pair for row, each in both for pair in zip(row, each, strict=True) if not pair[0].failure]
            flat = [rendering for rendering, _ in made]
            parts = [parts_of(*pair) for pair in made] if self._by_role else None
            measured = self.tokenizer.measure(
                [each.text for each in flat],
                [each.spans for each in flat],
                None if parts is None else [[part[:2] for part in each] for each in parts],
            )
            for number, (rendering, tokens) in enumerate(zip(flat, measured, strict=True)):
                rendering.tokens, rendering.trained, rendering.first, rendering.end, inside = tokens
                if not rendering.masked:
                    rendering.trained = None
                rendering.limit = self.limit
                if parts is not None:
                    counts: dict[str, int] = {}
                    for (_, _, role), count in zip(parts[number], inside, strict=True):
                        counts[role] = counts.get(role, 0) + count
                    rendering.by_role = counts
        return rows

    def _render(self, conversation: Conversation) -> Rendering:
        path, side = conversation.path, conversation.side
        if conversation.plain:
            text = "".join(str(message.value["content"]) for message in conversation.messages)
            twice = self.spec.adds_beginning and bool(self._bos) and text.startswith(self._bos)
            whole = ((0, len(text)),) if text else ()
            return Rendering(path, side, templated=False, text=text, spans=whole, doubled=twice)
        name = self.template_for(conversation.tools)
        template, shape = self.templates[name], self.shapes[name]
        messages = [message.value for message in conversation.messages]
        made = template.render(messages, conversation.tools, variables=conversation.variables)
        if isinstance(made, Failure):
            return Rendering(path, side, failure=made.kind, message=made.message, line=made.line, code=made.code)
        text = made.text
        spans = spans_of(made, conversation, template, self._turns[name])
        return Rendering(
            path,
            side,
            text=text,
            spans=spans or (),
            masked=spans is not None,
            flaws=tuple(flaws_of(text, conversation, self._control)),
            ends=_ends(text, conversation, shape),
            doubled=bool(self._bos) and text.startswith(self._bos * 2),
            injected=shape.injected[:_INJECTED] if conversation.messages[0].role not in _SYSTEM else "",
            answers=sum(message.learned for message in conversation.messages),
        )


def parts_of(rendering: Rendering, conversation: Conversation) -> list[tuple[int, int, str]]:
    """Return where the texts of each role are in a rendering, in order and apart; what carries loss is the
    assistant's."""
    if not rendering.templated:
        return [(0, len(rendering.text), "text")]
    spans = [(start, stop, "assistant") for start, stop in rendering.spans]
    found = [
        each
        for each in places_of(rendering.text, conversation)
        if not any(each[0] < stop and each[1] > start for start, stop, _ in spans)
    ]
    return sorted((*spans, *found))


def _ends(text: str, conversation: Conversation, shape: TurnFormat) -> bool:
    """Return whether a rendering that ends with an answer ends it with a token."""
    last = conversation.messages[-1]
    if last.role != "assistant" or not shape.begin:
        return True
    content = last.value.get("content")
    bare = content.strip() if isinstance(content, str) else ""
    return not (bare and text.rstrip().endswith(bare))


def _compiled(spec: ModelSpec, name: str) -> ChatTemplate:
    try:
        return ChatTemplate(spec.templates[name], spec.tokens)
    except TemplateError as error:
        which = "" if name == "default" else f" {name!r}"
        raise DatalintError(
            f"the chat template{which} of {printable(spec.name)} cannot be used: {printable(str(error))}"
        ) from error


def load_tokenizer(spec: ModelSpec) -> Tokenizer | None:
    """Return the tokenizer of a model; None where its vocabulary is not there."""
    if spec.vocabulary is None:
        return None
    kind, _, name = spec.vocabulary.partition(":")
    if kind == PACKAGED:
        from datalint.models.packaged import packaged

        return packaged(name)
    same = same_file(spec.digest)
    if same is not None and find_spec("quicktok") is not None:
        # The same tokens in a third of the time.
        from datalint.models.packaged import packaged

        return packaged(same.name)
    if is_tekken(spec.vocabulary):
        return read_tekken(spec.vocabulary)
    from datalint.models.tokenizer import LibraryTokenizer

    return LibraryTokenizer.read(spec.vocabulary)
