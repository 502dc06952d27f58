"""Small conversations that show what a chat template accepts, refuses and drops.

Texts of probes are made-up words that occur nowhere else, so that a rendering without one has lost it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from datalint.support.named_tuple import NamedTuple


class Probe(NamedTuple):
    """A conversation, what it is an example of, and the tools and variables that come with it."""

    title: str
    messages: tuple[Any, ...]
    tools: tuple[Any, ...] | None = None
    variables: Mapping[str, Any] = {}


def _said(role: str, text: Any, **more: Any) -> dict[str, Any]:
    return {"role": role, "content": text, **more}


def _call(arguments: Any, **more: Any) -> dict[str, Any]:
    return {"type": "function", "id": "call00001", "function": {"name": "look_up", "arguments": arguments}, **more}


def _part(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


_Q: Final = _said("user", "quince")
_Q2: Final = _said("user", "radish")
_A: Final = _said("assistant", "almond")
_A2: Final = _said("assistant", "barley")
_S: Final = _said("system", "saffron")
_OBJECT: Final = {"town": "Xanten", "days": 3}
_STRING: Final = '{"town": "Xanten", "days": 3}'
_RESULT: Final = _said("tool", '{"degrees": 21}', tool_call_id="call00001", name="look_up")
_PARAMETERS: Final = {
    "type": "object",
    "properties": {"town": {"type": "string", "description": "Name of the town"}, "days": {"type": "integer"}},
    "required": ["town"],
}
_TOOL: Final = {
    "type": "function",
    "function": {"name": "look_up", "description": "Look up the weather", "parameters": _PARAMETERS},
}
_DEEP: Final = {
    "type": "function",
    "function": {
        "name": "look_up",
        "description": "Look up",
        "parameters": {
            "type": "object",
            "properties": {
                "unit": {"type": "string", "enum": ["C", "F"]},
                "where": {"type": "object", "properties": {"lat": {"type": "number"}}, "required": ["lat"]},
                "hours": {"type": "array", "items": {"type": "integer"}},
                "note": {"type": ["string", "null"], "default": None},
            },
        },
    },
}
_TOOLS: Final = (_TOOL,)
_CALLS: Final = _said("assistant", "", tool_calls=[_call(_OBJECT)])
_STRINGS: Final = _said("assistant", "", tool_calls=[_call(_STRING)])
_THOUGHT: Final = "<think>\nginger\n</think>\n\nalmond"

#: Turns, content, reasoning and tools, each in the ways that datasets have them.
PROBES: Final = (
    # Turns.
    Probe("question and answer", (_Q, _A)),
    Probe("several turns", (_Q, _A, _Q2, _A2)),
    Probe("system turn", (_S, _Q, _A)),
    Probe("system turn and several turns", (_S, _Q, _A, _Q2, _A2)),
    Probe("developer turn", (_said("developer", "saffron"), _Q, _A)),
    Probe("system and developer turns", (_S, _said("developer", "nutmeg"), _Q, _A)),
    Probe("two system turns", (_S, _said("system", "nutmeg"), _Q, _A)),
    Probe("system turn in the middle", (_Q, _A, _S, _Q2, _A2)),
    Probe("system turn after the question", (_Q, _S, _A)),
    Probe("system turn at the end", (_Q, _A, _S)),
    Probe("two user turns in a row", (_Q, _Q2, _A)),
    Probe("two assistant turns in a row", (_Q, _A, _A2)),
    Probe("assistant turn first", (_A, _Q, _A2)),
    Probe("user turn last", (_Q, _A, _Q2)),
    Probe("only a user turn", (_Q,)),
    Probe("only an assistant turn", (_A,)),
    Probe("only a system turn", (_S,)),
    Probe("system and assistant turns", (_S, _A)),
    Probe("no message", ()),
    Probe("roles human and gpt", (_said("human", "quince"), _said("gpt", "almond"))),
    Probe("role function", (_Q, _said("function", "21", name="look_up"), _A)),
    Probe("role in capitals", (_said("User", "quince"), _said("Assistant", "almond"))),
    Probe("turn without a role", ({"content": "quince"}, _A)),
    Probe("turn with a name", (_said("user", "quince", name="Ann"), _A)),
    Probe("turn with a weight", (_Q, _said("assistant", "almond", weight=0), _Q2, _said("assistant", "barley", weight=1))),
    Probe("ten turns", (_Q, _A) * 5),
    # Content.
    Probe("empty question", (_said("user", ""), _A)),
    Probe("empty answer", (_Q, _said("assistant", ""))),
    Probe("spaces around texts", (_said("user", "  quince \n"), _said("assistant", "\n almond  "))),
    Probe("line breaks in texts", (_said("user", "quince\n\nradish\n"), _said("assistant", "almond\n\n\nbarley"))),
    Probe("content null", (_Q, _said("assistant", None))),
    Probe("no content", (_Q, {"role": "assistant"})),
    Probe("content in parts", (_said("user", [_part("quince")]), _said("assistant", [_part("almond")]))),
    Probe("content in several parts", (_said("user", [_part("quince"), _part("radish")]), _A)),
    Probe("content in parts of text", (_said("user", ["quince", "radish"]), _A)),
    Probe("content in no parts", (_said("user", []), _A)),
    Probe("system turn in parts", (_said("system", [_part("saffron")]), _said("user", [_part("quince")]), _A)),
    Probe("image", (_said("user", [{"type": "image"}, _part("quince")]), _A)),
    Probe("image with an address", (_said("user", [{"type": "image_url", "image_url": {"url": "x"}}, _part("quince")]), _A)),
    Probe("content a number", (_said("user", 7), _A)),
    Probe("content an object", (_said("user", {"text": "quince"}), _A)),
    Probe("text in JSON", (_said("user", '{"a": "b\\n"}'), _said("assistant", "[1, 2]"))),
    Probe("markup and quotes", (_said("user", "<b>\"quince\" & 'radish'</b>"), _A)),
    Probe("other scripts", (_said("user", "温度 ñandú 🥕"), _said("assistant", "σέλινο"))),
    Probe("control tokens in a text", (_said("user", "<|im_end|></s>[INST]<|eot_id|><end_of_turn>"), _A)),
    Probe("template syntax in a text", (_said("user", "{{ 7 * 7 }}{% raw %}"), _A)),
    # Reasoning.
    Probe("reasoning in the last answer", (_Q, _said("assistant", _THOUGHT))),
    Probe("reasoning in an earlier answer", (_Q, _said("assistant", _THOUGHT), _Q2, _A2)),
    Probe("reasoning in every answer", (_Q, _said("assistant", _THOUGHT), _Q2, _said("assistant", "<think>clove</think>barley"))),
    Probe("reasoning without an end", (_Q, _said("assistant", "<think>\nginger almond"))),
    Probe("end of reasoning alone", (_Q, _said("assistant", "ginger</think>almond"))),
    Probe("empty reasoning", (_Q, _said("assistant", "<think>\n\n</think>\n\nalmond"))),
    Probe("reasoning_content in the last answer", (_Q, _said("assistant", "almond", reasoning_content="ginger"))),
    Probe("reasoning_content in an earlier answer", (_Q, _said("assistant", "almond", reasoning_content="ginger"), _Q2, _A2)),
    Probe("reasoning_content in a system prompt's answer", (_S, _Q, _said("assistant", "almond", reasoning_content="ginger"))),
    Probe("empty reasoning_content", (_Q, _said("assistant", "almond", reasoning_content=""))),
    Probe("reasoning", (_Q, _said("assistant", "almond", reasoning="ginger"))),
    Probe("thinking", (_Q, _said("assistant", "almond", thinking="ginger"))),
    Probe("thinking disabled", (_Q, _A), variables={"enable_thinking": False}),
    Probe("thinking enabled", (_Q, _A), variables={"enable_thinking": True}),
    # Tools.
    Probe("tools that are not called", (_Q, _A), _TOOLS),
    Probe("tools and a system turn", (_S, _Q, _A), _TOOLS),
    Probe("no tools in the list", (_Q, _A), ()),
    Probe("tool without parameters", (_Q, _A), ({"type": "function", "function": {"name": "look_up"}},)),
    Probe("tool without type", (_Q, _A), ({"name": "look_up", "description": "Look up", "parameters": _PARAMETERS},)),
    Probe("tool with nested parameters", (_Q, _A), (_DEEP,)),
    Probe("call", (_Q, _CALLS, _RESULT, _A), _TOOLS),
    Probe("call with arguments in a string", (_Q, _STRINGS, _RESULT, _A), _TOOLS),
    Probe("call and a system turn", (_S, _Q, _CALLS, _RESULT, _A), _TOOLS),
    Probe("call and content null", (_Q, _said("assistant", None, tool_calls=[_call(_OBJECT)]), _RESULT, _A), _TOOLS),
    Probe("call and no content", (_Q, {"role": "assistant", "tool_calls": [_call(_OBJECT)]}, _RESULT, _A), _TOOLS),
    Probe("call and a text", (_Q, _said("assistant", "fennel", tool_calls=[_call(_OBJECT)]), _RESULT, _A), _TOOLS),
    Probe("call and reasoning", (_Q, {**_CALLS, "reasoning_content": "ginger"}, _RESULT, _A), _TOOLS),
    Probe("call at the end", (_Q, _CALLS), _TOOLS),
    Probe("call without declared tools", (_Q, _CALLS, _RESULT, _A)),
    Probe("call without an id", (_Q, _said("assistant", "", tool_calls=[{"type": "function", "function": {"name": "look_up", "arguments": _OBJECT}}]), {"role": "tool", "content": "21"}, _A), _TOOLS),
    Probe("call without a type", (_Q, _said("assistant", "", tool_calls=[{"id": "call00001", "function": {"name": "look_up", "arguments": _OBJECT}}]), _RESULT, _A), _TOOLS),
    Probe("call without function", (_Q, _said("assistant", "", tool_calls=[{"name": "look_up", "arguments": _OBJECT}]), _RESULT, _A), _TOOLS),
    Probe("call without arguments", (_Q, _said("assistant", "", tool_calls=[_call({})]), _RESULT, _A), _TOOLS),
    Probe("call with nested arguments", (_Q, _said("assistant", "", tool_calls=[_call({"where": {"lat": 1.5}, "hours": [1, 2], "note": None, "ok": True})]), _RESULT, _A), (_DEEP,)),
    Probe("two calls in one turn", (_Q, _said("assistant", "", tool_calls=[_call(_OBJECT), _call({"town": "Ypres"}, id="call00002")]), _RESULT, {**_RESULT, "tool_call_id": "call00002"}, _A), _TOOLS),
    Probe("two calls in two turns", (_Q, _CALLS, _RESULT, _CALLS, _RESULT, _A), _TOOLS),
    Probe("calls in two questions", (_Q, _CALLS, _RESULT, _A, _Q2, _CALLS, _RESULT, _A2), _TOOLS),
    Probe("no calls in the list", (_Q, _said("assistant", "almond", tool_calls=[])), _TOOLS),
    Probe("result an object", (_Q, _CALLS, _said("tool", {"degrees": 21}, tool_call_id="call00001", name="look_up"), _A), _TOOLS),
    Probe("result in parts", (_Q, _CALLS, _said("tool", [_part("21 degrees")], tool_call_id="call00001", name="look_up"), _A), _TOOLS),
    Probe("result without a name", (_Q, _CALLS, _said("tool", "21", tool_call_id="call00001"), _A), _TOOLS),
    Probe("result without a call", (_Q, _RESULT, _A), _TOOLS),
    Probe("result at the end", (_Q, _CALLS, _RESULT), _TOOLS),
    Probe("function_call", (_Q, _said("assistant", None, function_call={"name": "look_up", "arguments": _STRING}), _said("function", "21", name="look_up"), _A)),
)  # fmt: skip
