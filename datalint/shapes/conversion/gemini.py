"""Gemini's contents with calls of tools, read and written.

A ``functionCall`` has a name and an object, and the ``functionResponse`` after it the same name: there are no ids in
datasets for tuning, so results of one tool have the order of its calls. The results of all calls of a turn, and what
the user says after them, are parts of one turn of the user.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from datalint.privacy.display import excerpt
from datalint.shapes.conversion.call_ids import ANSWERED, answers, bare, with_ids, without_ids
from datalint.shapes.conversion.model import ConvertedRow, Turn, UnfitError
from datalint.shapes.conversion.tools import Row, call_object, declared, functions, listed, made_call
from datalint.shapes.sink import canonical_role
from datalint.support.text_lists import are_texts

_SYSTEM: Final = ("systemInstruction", "system_instruction")
_CALL: Final = ("functionCall", "function_call")
_RESULT: Final = ("functionResponse", "function_response")
_DECLARATIONS: Final = ("functionDeclarations", "function_declarations")
#: Keys of its schemas that mean the same in JSON Schema; ``type`` is in capitals, and ``nullable`` is its own.
_KEYWORDS: Final = frozenset(
    "type format title description enum items properties required anyOf default example pattern minimum maximum "
    "minItems maxItems minLength maxLength minProperties maxProperties propertyOrdering".split()
)
#: The key of a response that is a text.
_OUTPUT: Final = "output"


def has_tools(record: Mapping[str, Any]) -> bool:
    """Return whether a row declares or calls tools."""
    contents = record.get("contents")
    parts = [
        part
        for turn in (contents if isinstance(contents, list) else ())
        if isinstance(turn, dict) and isinstance(turn.get("parts"), list)
        for part in turn["parts"]
        if isinstance(part, dict)
    ]
    return bool(record.get("tools")) or any(key in part for part in parts for key in (*_CALL, *_RESULT))


def read(record: Mapping[str, Any]) -> ConvertedRow:
    """Return a row with tools as a conversation whose calls have ids.

    Raises:
        UnfitError: for a turn that is no object, or a call without a name.
    """
    known = ("contents", "tools", *_SYSTEM)
    found = ConvertedRow([], rest={key: value for key, value in record.items() if key not in known})
    system = next((record[key] for key in _SYSTEM if record.get(key)), None)
    if system:
        text = system if isinstance(system, str) else _Parts(system if isinstance(system, dict) else {}, found).text
        found.turns.append(Turn("system", text))
    for turn in listed(record["contents"]):
        if not isinstance(turn, dict):
            raise UnfitError("a turn is no object")
        parts = _Parts(turn, found)
        found.turns += parts.results
        if parts.text or parts.calls or not parts.results:
            role = canonical_role(turn.get("role"))
            found.turns.append(Turn("user" if role == "tool" else role, parts.text, parts.calls))
    found.turns = [replace(turn, tool=None) for turn in with_ids(found.turns)]
    if record.get("tools"):
        found.tools = list(_declared(record["tools"], found.losses))
    return found


class _Parts:
    """The contents of a turn's parts."""

    def __init__(self, turn: Row, found: ConvertedRow) -> None:
        texts: list[str] = []
        self.calls = []
        self.results: list[Turn] = []
        parts = turn.get("parts")
        for part in listed(parts):
            if not isinstance(part, dict):
                raise UnfitError("a part is no object")
            call, result = (next((part[key] for key in keys if key in part), None) for keys in (_CALL, _RESULT))
            if isinstance(call, dict):
                self.calls.append(made_call(call.get("name"), call.get("args"), call.get("id")))
            elif isinstance(result, dict):
                if texts:
                    found.losses.add("text before a result of a tool")
                self.results.append(_result(result))
            elif isinstance(part.get("text"), str):
                if self.calls:
                    found.losses.add("text after a tool call")
                texts.append(part["text"])
            else:
                found.losses.add("images, audio or video")
            others = part.keys() - {"text", *_CALL, *_RESULT, "fileData", "inlineData", "file_data", "inline_data"}
            found.losses |= {f'the key "{excerpt(key, 40)}" of parts' for key in others}
        self.text = "\n".join(texts)


def _result(result: Row) -> Turn:
    response, mark = result.get("response"), result.get("id")
    output = response.get(_OUTPUT) if isinstance(response, dict) and len(response) == 1 else None
    text = output if isinstance(output, str) else json.dumps(response, ensure_ascii=False)
    name = result.get("name")
    extra = {ANSWERED: mark} if isinstance(mark, str) else {}
    return Turn("tool", text, [], extra, tool=name if isinstance(name, str) else None)


def _declared(tools: Any, losses: set[str]) -> Iterator[Row]:
    for tool in listed(tools):
        given = next((tool[key] for key in _DECLARATIONS if key in tool), None) if isinstance(tool, dict) else None
        if not isinstance(given, list) or len(tool) > 1:
            losses.add("tools that are no functions")
        for each in given if isinstance(given, list) else ():
            if not isinstance(each, dict):
                raise UnfitError("a tool is no function with a name")
            schema = each.get("parametersJsonSchema", _json_schema(each.get("parameters")))
            yield declared(each.get("name"), each.get("description"), schema)
            others = each.keys() - {"name", "description", "parameters", "parametersJsonSchema"}
            losses |= {f'the key "{excerpt(key, 40)}" of tools' for key in others}


def contents(turns: Sequence[Turn], losses: set[str]) -> list[Row]:
    """Return turns as ``contents``.

    Raises:
        UnfitError: for a result whose call the order does not tell, and for arguments that are no object.
    """
    marked = with_ids(turns)
    given = answers(marked)
    names = iter(given)
    named = [replace(turn, tool=_name(next(names)) if turn.role == "tool" else None) for turn in marked]
    if any(call.id for turn in without_ids(named) for call in turn.calls):
        losses.add("ids of tool calls")
        if answers(with_ids(bare(named))) != given:
            raise UnfitError("results of a tool are in another order than its calls, which only ids tell")
    found: list[Row] = []
    waiting = False
    for turn in named:
        parts: list[Row] = [{"text": turn.text}] if turn.text or not turn.calls else []
        if turn.role == "tool":
            parts = [{"functionResponse": {"name": turn.tool, "response": _response(turn.text)}}]
        parts += ({"functionCall": {"name": call.name, "args": call_object(call)}} for call in turn.calls)
        if waiting and turn.role in ("tool", "user"):
            found[-1]["parts"] += parts
        else:
            found.append({"role": "model" if turn.role == "assistant" else "user", "parts": parts})
        waiting = turn.role == "tool"
    return found


def _name(answer: tuple[int, str] | None) -> str:
    if answer is None:
        raise UnfitError("a result of a tool answers no call")
    return answer[1]


def _response(text: str) -> Row:
    """Return a result as an object: the one that it is as JSON, if that is written in one way only."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    is_own = isinstance(value, dict) and value.keys() != {_OUTPUT} and json.dumps(value, ensure_ascii=False) == text
    return value if is_own else {_OUTPUT: text}


def tools(given: Any, losses: set[str]) -> list[Row]:
    """Return tools as one list of ``functionDeclarations``."""
    found = []
    for function in functions(given, losses):
        if "parameters" in function:
            function["parameters"] = _own_schema(function["parameters"], losses)
        found.append(function)
    return [{"functionDeclarations": found}]


def _own_schema(schema: Any, losses: set[str]) -> Any:
    """Return a JSON Schema in the words of Gemini's, without what these do not have."""
    if not isinstance(schema, dict):
        return schema
    losses |= {f'"{excerpt(key, 40)}" in the parameters of tools' for key in schema.keys() - _KEYWORDS}
    found: Row = {}
    for key, value in schema.items():
        if key == "type" and isinstance(value, list) and len(value) == 2 and value[1] == "null":
            found |= {"type": str(value[0]).upper(), "nullable": True}
        elif key == "type" and not isinstance(value, str):
            losses.add("lists of types in the parameters of tools")
        elif key == "enum" and not are_texts(value, 0):
            losses.add("values other than texts in an enum of tools")
        elif key in _KEYWORDS:
            found[key] = value.upper() if key == "type" else _inner(key, value, lambda each: _own_schema(each, losses))
    return found


def _json_schema(schema: Any) -> Any:
    """Return a schema of Gemini as a JSON Schema."""
    if not isinstance(schema, dict):
        return schema
    found: Row = {}
    for key, value in schema.items():
        if key == "type" and isinstance(value, str):
            found[key] = [value.lower(), "null"] if schema.get("nullable") is True else value.lower()
        elif key != "nullable":
            found[key] = _inner(key, value, _json_schema)
    return found


def _inner(key: str, value: Any, change: Any) -> Any:
    """Return the value of a keyword with the schemas in it changed."""
    if key == "properties" and isinstance(value, dict):
        return {name: change(each) for name, each in value.items()}
    if key == "anyOf" and isinstance(value, list):
        return [change(each) for each in value]
    return change(value) if key == "items" else value
