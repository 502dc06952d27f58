"""Tool calls that are written into the texts of responses, between the tags of Hermes or Glaive."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from datalint.api import NamedTuple, Record
from datalint.rules.common.texts.chat_texts import END_TOKENS
from datalint.rules.common.tools.calls import Call, calls, parse, read_call
from datalint.support.call_tags import CALL_TAGS
from datalint.support.lazy_pattern import lazy_pattern
from datalint.support.written_lists import parse_list

#: The shape of Glaive's rows, in which one text holds the turns of both sides.
_WRITTEN_OUT: Final = "chat-text"
_THINKING_END: Final = "</think>"
_END_OF_TEXT: Final = "<|endoftext|>"
#: Special tokens at the end of an answer, of which there may be several.
_LAST_TOKENS: Final = lazy_pattern(rf"(?:{END_TOKENS})(?:\s{{0,9}}(?:{END_TOKENS})){{0,9}}\s*\Z")
_FENCE: Final = "```"
_QUOTES: Final = ("`", '"', "'", "“", "‘", "「")
#: Characters of a text up to which it is complete: a longer one may have been cut.
_COMPLETE: Final = 200_000
#: What is meant to be JSON. Calls in Python, XML and other notations are not.
_JSON: Final = lazy_pattern(r"\s*\[?\s*\{\s*\"")
#: A value that an explanation of the format leaves out.
_LEFT_OUT: Final = lazy_pattern(r"[:\[{,(]\s*(?:<|\.\.\.|…|\{\{|\$)")
#: Glaive's arguments: JSON between single quotes.
_QUOTED: Final = lazy_pattern(r"""\s*\{\s*"name":\s*"([^"]*)",\s*"arguments":\s*'(.*)'\s*\}\s*""", re.DOTALL)
#: Keys of an object that is a call without arguments, and no other object with a name.
_OF_CALL: Final = frozenset(("name", "id", "type", "arguments", "args", "input", "function"))


class _Block(NamedTuple):
    """The text after an opening tag: its place in the response, and whether a closing tag ends it."""

    text: str
    place: int
    is_closed: bool


def every_call(record: Record) -> list[Call]:
    """Return every tool call of the row, then those in its texts, which have no id and the path of their text."""
    return [*calls(record), *written_calls(record)]


def written_calls(record: Record) -> list[Call]:
    """Return the calls in texts of the assistant that are learned. Examples in code fences or quotes are no calls."""
    return record.once(_written_calls)


def _written_calls(record: Record) -> list[Call]:
    found: list[Call] = []
    for role, text, path, side in record.turns:
        is_answer = role == "assistant" or (role == "text" and record.shape == _WRITTEN_OUT)
        if is_answer and side != "rejected":
            found += [call for block in _blocks(text) for call in _of_block(block, path)]
    return found


def _blocks(text: str) -> Iterator[_Block]:
    _, _, said = text.rpartition(_THINKING_END)
    for opening, closing in CALL_TAGS.items():
        before, *pieces = said.split(opening)
        place = len(text) - len(said) + len(before)
        fences = before.count(_FENCE)
        for piece in pieces:
            inner, end, rest = piece.partition(closing)
            inner, is_over, _ = inner.partition(_END_OF_TEXT)
            tokens = _LAST_TOKENS.search(inner)
            call = inner if tokens is None else inner[: tokens.start()]
            if fences % 2 == 0 and not before.endswith(_QUOTES):
                yield _Block(call, place, is_closed=bool(end or is_over or tokens))
            before = piece
            place += len(opening) + len(piece)
            fences += (rest if end else piece).count(_FENCE)


def _of_block(block: _Block, path: str) -> Iterator[Call]:
    if _JSON.match(block.text) is None:
        value: Any = parse_list(block.text)
    else:
        value, error = parse(block.text)
        if error is not None:
            value = _in_lines(block.text)
        if value is None:
            yield from _of_broken(block, path, error or "")
            return
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict) and (call := _of_object(item, block, path)) is not None:
            yield call


def _in_lines(text: str) -> list[Any] | None:
    """Return the calls of a text with one on each line."""
    found: list[Any] = []
    for line in text.split("\n"):
        if line.strip():
            value, error = parse(line)
            if error is not None:
                return None
            found.append(value)
    return found


def _of_broken(block: _Block, path: str, error: str) -> Iterator[Call]:
    quoted = _QUOTED.fullmatch(block.text)
    if quoted is not None:
        value, error_within = parse(quoted[2].replace("\\'", "'"))
        yield Call(path, quoted[1], quoted[2], value, _placed(error_within, block), path)
    elif _LEFT_OUT.search(block.text) is None and (block.is_closed or _is_cut_off(error, block)):
        yield Call(path, None, block.text, None, _placed(error, block), path)


def _is_cut_off(error: str, block: _Block) -> bool:
    return "cut off" in error and block.place < _COMPLETE


def _of_object(item: dict[str, Any], block: _Block, path: str) -> Call | None:
    """Return the call that an object is, None for an object that is no call in this format."""
    if "parameters" in item and "arguments" not in item:
        item = {"name": item.get("name"), "arguments": item["parameters"]}
    call = read_call(item, path)
    if call.name is None or not item.keys() <= _OF_CALL:
        return None
    # A text that is no JSON on purpose, such as code.
    if call.error is not None and not call.raw.lstrip().startswith("{"):
        return None
    return call._replace(path=path, place=path, id=None, error=_placed(call.error, block))


def _placed(error: str | None, block: _Block) -> str | None:
    return None if error is None else f"{error}, in the call at character {block.place + 1:,} of the text"
