"""Conversations under any names: what a list must hold to be one, and how it is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from datalint.records.canonical import as_text
from datalint.shapes.messages import read_messages
from datalint.shapes.sink import Sink, canonical_role

#: Keys of who speaks a turn, and of what is said; the usual ones first.
ROLES: Final = ("role", "from", "speaker", "sender", "author", "participant")
CONTENTS: Final = ("content", "value", "text", "message", "utterance", "msg", "sentence", "line", "body", "say")
#: Keys of a prompt and its answer, where an item of a list holds both.
PAIRS: Final = (
    ("user", "assistant"), ("human", "assistant"), ("user", "bot"), ("user", "model"), ("user", "ai"), ("human", "bot"),
    ("human", "ai"), ("human", "gpt"), ("question", "answer"), ("q", "a"), ("query", "response"), ("query", "answer"),
    ("query", "reply"), ("prompt", "response"), ("prompt", "completion"), ("instruction", "output"),
    ("instruction", "response"), ("input", "output"), ("customer", "agent"), ("client", "counselor"),
    ("patient", "doctor"), ("patient", "therapist"), ("问", "答"), ("用户", "助手"),
)  # fmt: skip
#: What the one who answers is called, over datasets.
ANSWERS: Final = frozenset(
    """assistant gpt model bot chatgpt ai chatbot agent system_agent doctor therapist counselor counsellor psychologist
    supporter helper teacher tutor expert advisor representative support wizard 助手 客服 医生 老师""".split()
)
#: Turns that are looked at to tell what a list is.
_LOOKED_AT: Final = 8
_LONGEST: Final = 40
#: Keys of an item with a prompt and its answer, at most.
_MOST_KEYS: Final = 4


def spelling(turn: object) -> tuple[str, str] | None:
    """Return the keys of role and text of a turn, None where it is none."""
    if not isinstance(turn, dict):
        return None
    role = next((key for key in ROLES if isinstance(turn.get(key), str) and len(turn[key]) <= _LONGEST), None)
    content = next((key for key in CONTENTS if key != role and key in turn), None)
    return None if role is None or content is None else (role, content)


def pair(item: object) -> tuple[str, str] | None:
    """Return the keys of a prompt and its answer in an item of a list, None where it has none."""
    if not isinstance(item, dict):
        return None
    if len(item) > _MOST_KEYS:
        return None  # a row of its own
    return next((each for each in PAIRS if each[0] in item and each[1] in item), None)


def is_dialogue(value: object) -> bool:
    """Return whether a value is a list of turns, or of prompts with their answers."""
    if not isinstance(value, list) or not value:
        return False
    items = value[:_LOOKED_AT]
    if all(spelling(item) is not None for item in items):
        # One with names for more than who speaks, such as a list of people, has no texts.
        return any(isinstance(item[spelling(item)[1]], str | list) for item in items)  # type: ignore[index]
    return all(pair(item) is not None for item in items)


def is_answered(value: object) -> bool:
    """Return whether somebody answers in a dialogue."""
    if not isinstance(value, list):
        return False
    if value and pair(value[0]) is not None and spelling(value[0]) is None:
        return True
    speakers = [_speaker(turn) for turn in value[:_LOOKED_AT]]
    if "assistant" in speakers and (speakers[0] != "assistant" or "user" in speakers):
        return True
    others = {each for each in speakers if each not in ("system", "user", "tool", "assistant", "unknown")}
    return "assistant" in speakers[1:] or len(others) == 2


def _speaker(turn: object) -> str:
    keys = spelling(turn)
    return "unknown" if keys is None or not isinstance(turn, dict) else _role(turn[keys[0]])


def _role(name: str) -> str:
    role = canonical_role(name)
    return "assistant" if role.strip().lower() in ANSWERS else role


def read_dialogue(turns: Sequence[Any], path: str, sink: Sink, *, side: str = "") -> None:
    """Read a list of turns or of pairs; texts alone are those of two who take turns."""
    keys = spelling(turns[0]) if turns else None
    if keys in (("role", "content"), ("from", "value"), ("role", "text")):
        role, content = keys
        if all(canonical_role(_said(turn, role)) in _STANDARD for turn in turns[:_LOOKED_AT]):
            read_messages(list(turns), path, sink, role=role, content=content, side=side)
            return
    answering = _answering(turns)
    for index, turn in enumerate(turns):
        at = f"{path}[{index}]"
        both = pair(turn) if spelling(turn) is None else None
        if both is not None:
            sink.prompt(as_text(turn[both[0]]), f"{at}.{both[0]}")
            sink.response(_one(turn[both[1]]), f"{at}.{both[1]}", side)
        elif isinstance(turn, str):
            (sink.response if index % 2 else sink.prompt)(turn, at)
        elif isinstance(turn, list) and len(turn) == 2:
            sink.prompt(turn[0], f"{at}[0]")
            sink.response(turn[1], f"{at}[1]", side)
        elif (one := spelling(turn)) is not None:
            name = _role(turn[one[0]])
            role = name if name in _STANDARD else "assistant" if turn[one[0]] == answering else "user"
            text = turn[one[1]]
            sink.add(role, text if isinstance(text, str) else as_text(text), f"{at}.{one[1]}", side)


_STANDARD: Final = frozenset(("system", "developer", "user", "assistant", "tool"))


def _said(turn: Any, role: str) -> object:
    return turn.get(role) if isinstance(turn, Mapping) else None


def _one(answer: Any) -> Any:
    """Return an answer, or the first of those that are all right."""
    if isinstance(answer, list) and answer and isinstance(answer[0], str):
        return answer[0]
    return answer if isinstance(answer, str | int | float) else as_text(answer)


def _answering(turns: Sequence[Any]) -> str | None:
    """Return the name of the one who answers where nobody is called so: the second who speaks."""
    keys = [(turn, spelling(turn)) for turn in turns[:_LOOKED_AT]]
    names = list(dict.fromkeys(turn[key[0]] for turn, key in keys if key is not None))
    others = [name for name in names if _role(name) not in _STANDARD]
    if any(_role(name) == "assistant" for name in names) or not others:
        return None
    return others[1] if len(others) > 1 else others[0] if others[0] != names[0] else None
