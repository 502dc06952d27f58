"""Real rows to plant defects in: conversations, plain texts, preferences and tool calls of a folder of datasets.

Only JSON and JSON Lines are read, by key names alone and not by datalint, so that what a rule reads is no condition of
being measured. A carrier keeps the texts of its row; the shape that they are written in is chosen by the plant.
"""

from __future__ import annotations

import copy
import gzip
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

Row = dict[str, Any]

_ROLES: Final = {
    **dict.fromkeys(("human", "user"), "user"),
    **dict.fromkeys(("gpt", "assistant"), "assistant"),
    "system": "system",
}
_SHARE: Final = {"user": "human", "assistant": "gpt", "system": "system"}
_PROMPTS: Final = ("instruction", "prompt", "question", "query")
_ANSWERS: Final = ("output", "response", "completion", "answer", "sql")
_LISTS: Final = ("messages", "conversations", "conversation")
#: Characters of a text; shorter and longer ones are left out.
_SIZES: Final = range(40, 3_000)
_FROM_A_FILE: Final = 400


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation of a real row, which ends with an answer: roles and texts, and the file that it is from."""

    turns: tuple[tuple[str, str], ...]
    file: str

    @property
    def prompt(self) -> str:
        """The last text before the answer."""
        return self.turns[-2][1]

    @property
    def answer(self) -> str:
        """The last text."""
        return self.turns[-1][1]

    def with_answer(self, text: str) -> Talk:
        """Return the conversation with another answer."""
        return replace(self, turns=(*self.turns[:-1], ("assistant", text)))

    def with_prompt(self, text: str) -> Talk:
        """Return the conversation with another text before the answer."""
        return replace(self, turns=(*self.turns[:-2], ("user", text), self.turns[-1]))

    def chat(self) -> Row:
        """Return the row as OpenAI writes it."""
        return {"messages": [{"role": role, "content": text} for role, text in self.turns]}

    def share(self) -> Row:
        """Return the row as ShareGPT writes it."""
        return {"conversations": [{"from": _SHARE[role], "value": text} for role, text in self.turns]}

    def pair(self) -> Row:
        """Return the last exchange as a prompt and a completion."""
        return {"prompt": self.prompt, "completion": self.answer}

    def alpaca(self) -> Row:
        """Return the last exchange as an instruction and an output."""
        return {"instruction": self.prompt, "input": "", "output": self.answer}

    def shaped(self, number: int) -> Row:
        """Return the row in the shape with this number: each has its turn."""
        return (self.chat, self.pair, self.alpaca, self.share)[number % 4]()


@dataclass(frozen=True, slots=True)
class Preference:
    """A prompt with a better and a worse answer."""

    prompt: str
    chosen: str
    rejected: str
    file: str

    def row(self) -> Row:
        """Return the row with texts."""
        return {"prompt": self.prompt, "chosen": self.chosen, "rejected": self.rejected}

    def lists(self) -> Row:
        """Return the row with both sides as whole conversations."""
        ask = {"role": "user", "content": self.prompt}
        return {
            side: [dict(ask), {"role": "assistant", "content": text}]
            for side, text in (("chosen", self.chosen), ("rejected", self.rejected))
        }


@dataclass(frozen=True, slots=True)
class Carriers:
    """All real rows of the folders, in a random order that is always the same."""

    talks: tuple[Talk, ...]
    texts: tuple[tuple[str, str], ...]
    preferences: tuple[Preference, ...]
    calls: tuple[Row, ...]

    def call(self, number: int) -> Row:
        """Return a copy of a row with tools, a call, its result and an answer, as OpenAI writes it."""
        return copy.deepcopy(self.calls[number % len(self.calls)])


def carriers(folders: Sequence[Path]) -> Carriers:
    """Read the folders.

    Raises:
        ValueError: if one of the four kinds of rows is not there.
    """
    talks, texts, preferences, calls = [], [], [], []
    for file, row in _rows(folders):
        talk, preference, call = _talk(row, file), _preference(row, file), _call(row)
        talks += [talk] if talk and preference is None and call is None else []
        preferences += [preference] if preference else []
        calls += [call] if call else []
        text = row.get("text")
        texts += [(text, file)] if isinstance(text, str) and len(row) < 4 and len(text) in _SIZES else []
    if not (talks and texts and preferences and calls):
        raise ValueError("the folders need conversations, plain texts, preferences and tool calls")
    distinct = {(talk.prompt, talk.answer): talk for talk in talks}
    return Carriers(*map(_shuffled, ([*distinct.values()], texts, preferences, calls)))


def _shuffled(rows: list[Any]) -> tuple[Any, ...]:
    random.Random(15).shuffle(rows)
    return tuple(rows)


def _rows(folders: Sequence[Path]) -> Iterator[tuple[str, Row]]:
    for folder in folders:
        for path in sorted(folder.rglob("*.json*")):
            if path.suffix not in (".json", ".jsonl", ".gz") or not path.is_file():
                continue
            data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            rows = [row for row in _values(data) if isinstance(row, dict)]
            for row in rows[:: max(len(rows) // _FROM_A_FILE, 1)][:_FROM_A_FILE]:
                yield str(path.relative_to(folder)), row


def _values(data: bytes) -> list[Any]:
    try:
        whole = json.loads(data)
    except ValueError:
        pass
    else:
        return whole if isinstance(whole, list) else [whole]
    out = []
    for line in data.splitlines():
        try:
            out.append(json.loads(line))
        except ValueError:
            continue
    return out


def _turns(row: Mapping[str, Any]) -> list[tuple[str, str]] | None:
    """Return roles and texts of a row; None where it has others than those of a plain conversation."""
    for key in _LISTS:
        if isinstance(row.get(key), list):
            out = []
            for each in row[key]:
                if not isinstance(each, dict):
                    return None
                role = _ROLES.get(str(each.get("role", each.get("from"))))
                text = each.get("content", each.get("value"))
                if role is None or not isinstance(text, str) or "tool_calls" in each:
                    return None
                out.append((role, text))
            return out
    prompt = next((row[key] for key in _PROMPTS if isinstance(row.get(key), str)), None)
    answer = next((row[key] for key in _ANSWERS if isinstance(row.get(key), str)), None)
    if prompt is None or answer is None:
        return None
    context = row.get("input")
    return [
        ("user", f"{prompt}\n\n{context}" if isinstance(context, str) and context else prompt),
        ("assistant", answer),
    ]


def _talk(row: Mapping[str, Any], file: str) -> Talk | None:
    turns = _turns(row)
    if turns is None or [role for role, _ in turns[-2:]] != ["user", "assistant"]:
        return None
    roles = [role for role, _ in turns if role != "system"]
    regular = roles == ["user", "assistant"] * (len(roles) // 2) and [r for r, _ in turns].count("system") <= 1
    sizes = len(turns[-1][1]) in _SIZES and 10 < len(turns[-2][1]) < _SIZES.stop
    return Talk(tuple(turns), file) if regular and sizes and all(text.strip() for _, text in turns) else None


def _text_of(side: Any) -> str | None:
    if isinstance(side, list) and side:
        side = side[-1]
    if isinstance(side, dict):
        side = side.get("content", side.get("value"))
    return side if isinstance(side, str) else None


def _preference(row: Mapping[str, Any], file: str) -> Preference | None:
    for better, worse in (
        ("chosen", "rejected"),
        ("response_j", "response_k"),
        ("preferred_output", "non_preferred_output"),
    ):
        chosen, rejected = _text_of(row.get(better)), _text_of(row.get(worse))
        given = next((row[key] for key in (*_PROMPTS, *_LISTS) if key in row), row.get("input"))
        if isinstance(given, dict):
            given = given.get("messages")
        prompt = _text_of(given)
        if (
            prompt
            and chosen
            and rejected
            and chosen != rejected
            and all(len(text) in _SIZES for text in (chosen, rejected))
        ):
            return Preference(prompt, chosen, rejected, file)
    return None


def _call(row: Mapping[str, Any]) -> Row | None:
    """Return a row with tools as OpenAI writes it, from that form or from ShareGPT's, if it is in order."""
    tools = row.get("tools")
    try:
        tools = json.loads(tools) if isinstance(tools, str) else tools
    except ValueError:
        return None
    turns = row.get("messages", row.get("conversations"))
    if not isinstance(tools, list) or not tools or not isinstance(turns, list):
        return None
    tools = [each if "function" in each else {"type": "function", "function": each} for each in tools]
    messages: list[Row] = []
    waiting: list[str] = []
    for each in turns:
        role, text = each.get("role", each.get("from")), each.get("content", each.get("value"))
        calls = each.get("tool_calls")
        if role == "function_call" and isinstance(text, str):
            try:
                called = json.loads(text)
                function = {"name": called["name"], "arguments": json.dumps(called["arguments"], ensure_ascii=False)}
            except (ValueError, KeyError, TypeError):
                return None
            calls = [{"id": f"call_{len(messages)}", "type": "function", "function": function}]
        if calls:
            if waiting or not all("id" in call and "function" in call for call in calls):
                return None
            waiting = [call["id"] for call in calls]
            messages.append({"role": "assistant", "content": None, "tool_calls": calls})
        elif role in ("tool", "observation"):
            if not waiting or not isinstance(text, str):
                return None
            messages.append({"role": "tool", "tool_call_id": waiting.pop(0), "content": text})
        elif _ROLES.get(str(role)) and isinstance(text, str):
            messages.append({"role": _ROLES[role], "content": text})
        else:
            return None
    roles = [message["role"] for message in messages]
    whole = not waiting and roles[-1:] == ["assistant"] and "tool" in roles and "user" in roles
    return {"messages": messages, "tools": tools} if whole else None
