"""Flaws of a rendering: parts of the conversation that it lost or distorts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from datalint.models.conversation import Conversation, Message
from datalint.models.template import json_text
from datalint.records.rendering import Flaw
from datalint.support.names.thought_keys import REASONING_KEYS

_THINKING: Final = re.compile(r"\A\s*<think>(.*?)</think>", re.DOTALL)


def flaws_of(text: str, conversation: Conversation, control: re.Pattern[str] | None) -> Iterator[Flaw]:
    """Yield what is wrong with the rendering ``text`` of a conversation.

    ``control`` matches the control tokens that the template writes, None where none are known.
    """
    position = 0
    for message in conversation.messages:
        for said in _texts(message.value.get("content")):
            thinking = _THINKING.match(said) if message.role == "assistant" else None
            if thinking is not None:
                thought, said = thinking[1].strip(), said[thinking.end() :]
                if thought and not _is_in(thought, text):
                    yield Flaw("thinking", message.path)
            found = _find(said, text, position)
            if found < 0:
                yield Flaw("text", message.path)
            else:
                position = found
            if control is not None and message.role != "text" and (forged := control.search(said)) is not None:
                yield Flaw("forged", message.path, forged[0])
        yield from _reasoning(message, text)
        yield from _calls(message, text)
    yield from _declared(conversation, text)


def places_of(text: str, conversation: Conversation) -> Iterator[tuple[int, int, str]]:
    """Yield where the texts of messages are in a rendering, in order, with the role of each."""
    position = 0
    for message in conversation.messages:
        for said in (*_texts(message.value.get("content")), *_texts(message.value.get("reasoning_content"))):
            bare = said.strip()
            found = text.find(bare, position) if bare else -1
            if found >= 0:
                position = found + len(bare)
                yield found, position, message.role


def _texts(content: Any) -> list[str]:
    if isinstance(content, str):
        return [content]
    if not isinstance(content, list):
        return []
    found = (part if isinstance(part, str) else _text_of(part) for part in content)
    return [each for each in found if isinstance(each, str)]


def _text_of(part: Any) -> Any:
    """Return the text of a part: under ``text``, or under ``value`` as in LLaMA-Factory's own format."""
    if not isinstance(part, dict):
        return None
    return part["value"] if part.get("type") == "text" and "text" not in part and "value" in part else part.get("text")


def _find(said: str, text: str, position: int) -> int:
    """Return where a text is in the rendering, as it is or in JSON: after ``position``, or else anywhere; -1 for no."""
    bare = said.strip()
    if not bare:
        return position
    found = text.find(bare, position)
    if found < 0:
        found = text.find(bare)
    if found < 0:
        found = text.find(json_text(bare)[1:-1])
    if found < 0 and "\n" in bare:
        # Templates that indent or strip each line keep the lines.
        lines = [line.strip() for line in bare.splitlines() if line.strip()]
        if all(line in text for line in lines):
            found = text.find(lines[0])
    return found


def _is_in(said: str, text: str) -> bool:
    return _find(said, text, 0) >= 0


def _reasoning(message: Message, text: str) -> Iterator[Flaw]:
    for key in REASONING_KEYS:
        thought = message.value.get(key)
        if isinstance(thought, str) and thought.strip():
            if not _is_in(thought, text):
                yield Flaw("thinking", _beside(message, key))
            return


def _calls(message: Message, text: str) -> Iterator[Flaw]:
    calls = message.value.get("tool_calls")
    for index, call in enumerate(calls if isinstance(calls, list) else ()):
        function = call.get("function", call) if isinstance(call, dict) else None
        if not isinstance(function, dict):
            continue
        path = f"{_beside(message, 'tool_calls')}[{index}]"
        name, arguments = function.get("name"), function.get("arguments")
        if isinstance(name, str) and name and name not in text:
            yield Flaw("call", path, name)
        elif isinstance(arguments, str) and arguments.lstrip().startswith("{") and json_text(arguments) in text:
            inner = "function.arguments" if "function" in call else "arguments"
            yield Flaw("encoded-twice", f"{path}.{inner}")


def _declared(conversation: Conversation, text: str) -> Iterator[Flaw]:
    names = [_name(tool) for tool in conversation.tools or ()]
    missing = [name for name in names if name and name not in text]
    if missing:
        yield Flaw("tools", "$.tools", ", ".join(missing[:3]) + (" …" if len(missing) > 3 else ""))


def _name(tool: Any) -> str:
    function = tool.get("function", tool) if isinstance(tool, dict) else None
    name = function.get("name") if isinstance(function, dict) else None
    return name if isinstance(name, str) else ""


def _beside(message: Message, key: str) -> str:
    return f"{message.path.rpartition('.')[0]}.{key}"


def control_pattern(tokens: Sequence[str]) -> re.Pattern[str] | None:
    """Return a pattern of control tokens; None without any."""
    wanted = sorted({token for token in tokens if len(token) > 2}, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, wanted))) if wanted else None
