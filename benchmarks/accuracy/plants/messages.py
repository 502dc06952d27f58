"""Changes of the messages of real conversations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from benchmarks.accuracy.carriers import Carriers, Row, Talk
from benchmarks.accuracy.plants.kinds import talk_of

Change = Callable[[Row], Any]


def turn(at: int, **keys: Any) -> Change:
    """Return a change of one message's keys; a key with the value ... is deleted."""

    def change(row: Row) -> Row:
        message = row["messages"][at]
        message |= keys
        row["messages"][at] = {key: value for key, value in message.items() if value is not ...}
        return row

    return change


def turns(make: Callable[[list[Row]], list[Any] | None]) -> Change:
    """Return a change of the list of messages."""

    def change(row: Row) -> Row | None:
        made = make(row["messages"])
        return None if made is None else row | {"messages": made}

    return change


def user(text: str = "And why is that so?") -> Row:
    return {"role": "user", "content": text}


def an_answer(text: str = "It follows from what was said before.") -> Row:
    return {"role": "assistant", "content": text}


def system(text: str = "Answer in plain words.") -> Row:
    return {"role": "system", "content": text}


def bare(messages: list[Row]) -> list[Row]:
    return [message for message in messages if message["role"] != "system"]


def weights(**marks: Any) -> Change:
    """Return a change that marks every answer."""
    return turns(lambda all_: [each | marks if each["role"] == "assistant" else each for each in all_])


def parts(part: Any) -> Change:
    """Return a change that makes the last prompt a list of its text and another part."""
    return turns(lambda all_: [*all_[:-2], user([{"type": "text", "text": all_[-2]["content"]}, part]), all_[-1]])  # type: ignore[arg-type]


def renamed(**names: str) -> Callable[[Talk], Row]:
    """Return a change that renames keys of an Alpaca row."""
    return lambda value: {names.get(key, key): text for key, text in value.alpaca().items()}


def sourced(rows: Carriers, number: int, change: Change) -> Any:
    """Change a row that the schema allows."""
    return change({**talk_of(rows, number).pair(), "source": "web"})


LONG_NAME: Final = "n" * 70


def a_call(name: str) -> Row:
    """Return a call with this id."""
    return {"id": name, "type": "function", "function": {"name": "look", "arguments": "{}"}}
