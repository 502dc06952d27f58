"""Templates see rows as ``apply_chat_template`` of transformers shows them, and failures name their line."""

from __future__ import annotations

import json
from typing import Any

import pytest

from datalint.models.template import ChatTemplate, Failure, RenderedText

HI = {"role": "user", "content": "Hi"}


def rendered(source: str, messages: list[Any] | None = None, **given: Any) -> str:
    made = ChatTemplate(source, {"bos_token": "<s>", "eos_token": "</s>"}).render(messages or [HI], **given)
    assert isinstance(made, RenderedText), made
    return made.text


def failure(source: str, messages: list[Any] | None = None, tools: list[Any] | None = None) -> Failure:
    made = ChatTemplate(source, {}).render([HI] if messages is None else messages, tools)
    assert isinstance(made, Failure), made
    return made


def test_special_tokens_and_variables() -> None:
    source = "{{ bos_token }}{{ messages[0].content }}{{ eos_token }}{{ add_generation_prompt }}{{ tools }}{{ x }}"
    assert rendered(source, variables={"x": 1}) == "<s>Hi</s>FalseNone1"
    assert rendered(source, prompt=True, tools=[]) == "<s>Hi</s>True[]"


def test_a_row_cannot_replace_messages_or_tools() -> None:
    source = "{{ messages | length }}{{ tools }}{{ add_generation_prompt }}"
    assert rendered(source, variables={"messages": [], "tools": 1, "add_generation_prompt": 2}) == "1NoneFalse"


def test_null_keys_are_left_out() -> None:
    message = {"role": "assistant", "content": None, "name": None}
    assert rendered("{{ messages[0].keys() | list }}{{ messages[0].content is defined }}", [message]) == "['role']False"


@pytest.mark.parametrize("key", ["reasoning_content", "reasoning", "thinking"])
def test_reasoning_has_each_of_its_names(key: str) -> None:
    message = {"role": "assistant", "content": "a", key: "why"}
    assert rendered("{{ messages[0].reasoning_content }} {{ messages[0].thinking }}", [message]) == "why why"


def test_json_is_that_of_python() -> None:
    value = {"b": "ü<", "a": [1.0, None]}
    message = {"role": "user", "content": "", "value": value}
    assert rendered("{{ messages[0].value | tojson }}", [message]) == json.dumps(value, ensure_ascii=False)
    assert rendered("{{ messages[0].value | tojson(indent=2) }}", [message]) == json.dumps(
        value, ensure_ascii=False, indent=2
    )


def test_blocks_are_trimmed_and_loops_can_be_left() -> None:
    source = "a\n  {% for i in range(9) %}\n{% if i == 2 %}{% break %}{% endif %}\n{{ i }}\n{% endfor %}\nb"
    assert rendered(source) == "a\n0\n1\nb"


def test_generation_blocks_are_marked() -> None:
    source = "{% for m in messages %}{% generation %}{{ m.content }}{% endgeneration %}|{% endfor %}"
    made = ChatTemplate(source, {}).render([HI, {"role": "assistant", "content": "Hello"}])
    assert made == RenderedText("Hi|Hello|", ((0, 2), (3, 8)))


def test_refusals_have_the_message_and_the_line() -> None:
    found = failure(
        "{% for m in messages %}\n{% if m.role %}\n{{ raise_exception('no ' + m.role) }}\n{% endif %}{% endfor %}"
    )
    assert found == Failure("refusal", "no user", 3, "{{ raise_exception('no ' + m.role) }}")


def test_crashes_have_the_line_of_the_innermost_macro() -> None:
    found = failure("{% macro m(x) %}\n{{ x.items() }}\n{% endmacro %}\n{{ m('a') }}")
    assert (found.kind, found.line) == ("crash", 2)
    assert found.message.startswith("UndefinedError")


@pytest.mark.parametrize(
    ("messages", "tools", "words"),
    [
        ([], None, "no messages"),
        (["Hi"], None, "a string, not an object"),
        ([None], None, "null, not an object"),
        ([HI], ["f"], "a tool is a string"),
    ],
)
def test_what_transformers_itself_refuses(messages: list[Any], tools: list[Any] | None, words: str) -> None:
    assert words in failure("", messages, tools).message
