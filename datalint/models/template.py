"""A chat template: compiled once, rendered for each conversation as ``apply_chat_template`` of transformers does."""

from __future__ import annotations

import json
import traceback
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Final, Literal

from jinja2 import Template
from jinja2.exceptions import TemplateSyntaxError

from datalint.models.limits import MOST_SOURCE, LimitError, check_rendered
from datalint.models.sandbox import RefusalError, Sandbox
from datalint.support.named_tuple import NamedTuple
from datalint.support.names.thought_keys import REASONING_KEYS

#: The file name that jinja gives to templates without one.
_TEMPLATE: Final = "<template>"


class RenderedText(NamedTuple):
    """What a template made of a conversation; ``marked`` are the spans of its ``{% generation %}`` blocks."""

    text: str
    marked: tuple[tuple[int, int], ...] = ()


class Failure(NamedTuple):
    """Why a template made nothing of a conversation.

    ``kind`` is ``refusal`` where the template raises with a message of its own, and ``crash`` otherwise. ``line`` is
    the template's line, 1-based, None where it was not reached. ``code`` is the text of that line.
    """

    kind: Literal["refusal", "crash"]
    message: str
    line: int | None = None
    code: str = ""


class TemplateError(ValueError):
    """A chat template cannot be compiled, or takes more than a template may."""


class ChatTemplate:
    """A compiled chat template.

    Raises:
        TemplateError: when it is not a Jinja template, or too long.
    """

    def __init__(self, source: str, tokens: Mapping[str, str]) -> None:
        if len(source) > MOST_SOURCE:
            raise TemplateError(f"it is longer than {MOST_SOURCE:,} characters")
        self.source = source
        self.marks_generation = "generation" in source and "endgeneration" in source
        self._tokens = dict(tokens)
        self._sandbox = Sandbox()
        try:
            self._template: Template = self._sandbox.from_string(source)
        except TemplateSyntaxError as error:
            raise TemplateError(f"line {error.lineno}: {error.message}") from error
        except LimitError as error:
            raise TemplateError(f"it {error.message}") from error
        except (ArithmeticError, LookupError, MemoryError, RecursionError, SyntaxError, TypeError, ValueError) as error:
            raise TemplateError(f"{type(error).__name__}: {error}") from error

    def render(
        self,
        messages: Sequence[Any],
        tools: Sequence[Any] | None = None,
        *,
        prompt: bool = False,
        variables: Mapping[str, Any] | None = None,
    ) -> RenderedText | Failure:
        """Render a conversation; ``prompt`` adds the beginning of an answer (``add_generation_prompt``).

        Keys of messages whose value is null are left out and reasoning has each of its names, as in transformers.
        ``variables`` are passed to the template in addition.
        """
        prepared = prepare(messages)
        if isinstance(prepared, Failure):
            return prepared
        if tools is not None and (failure := _check_tools(tools)) is not None:
            return failure
        sandbox = self._sandbox
        sandbox.budget.renew()
        sandbox.spans = []
        sandbox.written = written = []
        values = {
            **self._tokens,
            **(variables or {}),
            "messages": prepared,
            "tools": None if tools is None else list(tools),
            "documents": None,
            "add_generation_prompt": prompt,
        }
        spend = sandbox.budget.spend
        try:
            for block in self._template.root_render_func(self._template.new_context(values)):
                spend(len(block))
                written.append(block)
            check_rendered(sum(map(len, written)), (messages, tools, variables))
        except RefusalError as error:
            return self._failure("refusal", str(error.message), error.__traceback__)
        except LimitError as error:
            return self._failure("crash", str(error.message), error.__traceback__)
        except Exception as error:
            return self._failure("crash", f"{type(error).__name__}: {error}", error.__traceback__)
        return RenderedText("".join(written), tuple(sandbox.spans))

    def _failure(self, kind: Literal["refusal", "crash"], message: str, trace: TracebackType | None) -> Failure:
        line = None
        for frame, number in traceback.walk_tb(trace):
            if frame.f_code.co_filename == _TEMPLATE:
                line = self._template.get_corresponding_lineno(number)
        lines = self.source.splitlines()
        code = lines[line - 1].strip() if line is not None and 0 < line <= len(lines) else ""
        return Failure(kind, message, line, code)


def prepare(messages: Sequence[Any]) -> list[dict[str, Any]] | Failure:
    """Return messages as ``apply_chat_template`` gives them to templates."""
    if not messages:
        return Failure("crash", "ValueError: the conversation has no messages")
    prepared = []
    for message in messages:
        if not isinstance(message, dict):
            return Failure("crash", f"TypeError: a message is {_kind(message)}, not an object")
        if None in message.values():
            message = {key: value for key, value in message.items() if value is not None}
        reasoning = next((message[key] for key in REASONING_KEYS if key in message), None)
        if reasoning is not None:
            message = {"thinking": reasoning, **message, "reasoning_content": reasoning}
        prepared.append(message)
    return prepared


def _check_tools(tools: Sequence[Any]) -> Failure | None:
    wrong = next((tool for tool in tools if not isinstance(tool, dict)), None)
    return None if wrong is None else Failure("crash", f"ValueError: a tool is {_kind(wrong)}, not an object")


def _kind(value: Any) -> str:
    return "null" if value is None else "a string" if isinstance(value, str) else f"a {type(value).__name__}"


def json_text(value: Any) -> str:
    """Return JSON as the filter ``tojson`` writes it."""
    return json.dumps(value, ensure_ascii=False)
