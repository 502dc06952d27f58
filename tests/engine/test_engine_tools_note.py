"""The note on tools that are called and declared nowhere."""

from __future__ import annotations

from typing import Any

import datalint

TOOL = {"type": "function", "function": {"name": "find_dock", "parameters": {"type": "object"}}}


def row(n: int, system: str = "You help sailors.", **more: Any) -> dict[str, Any]:
    """Return a row that calls a tool."""
    call = {"id": "a", "type": "function", "function": {"name": "find_dock", "arguments": f'{{"number": {n}}}'}}
    return {
        "messages": [
            {"role": "system", "content": system},
            {"role": "user", "content": f"Where is dock {n}?"},
            {"role": "assistant", "content": None, "tool_calls": [call]},
        ]
    } | more


def note(rows: list[dict[str, Any]]) -> str:
    """Return the note on rows; empty without one."""
    return next((each for each in datalint.lint(rows, config={}).notes if each.startswith("tools:")), "")


def test_no_row_declares_the_tools_that_rows_call() -> None:
    said = note([row(n) for n in range(5)])
    assert said.startswith("tools: 5 of 5 rows call tools, such as 'find_dock', and no row declares any")


def test_tools_are_declared_or_named() -> None:
    assert note([row(n, tools=[TOOL]) for n in range(5)]) == ""
    assert note([row(0, tools=[TOOL]), *(row(n) for n in range(5))]) == ""
    assert note([row(n, system="Call find_dock(number) where you need it.") for n in range(5)]) == ""


def test_few_or_no_calls() -> None:
    assert note([row(0), row(1)]) == ""
    assert note([{"prompt": f"Where is dock {n}?", "completion": f"At gate {n}."} for n in range(9)]) == ""
