"""Datasets of real rows, and changes of all their rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from benchmarks.accuracy.carriers import Carriers, Row, Talk
from benchmarks.accuracy.plants.kinds import SIZE, Given

Change = Callable[[list[Talk]], Given | None]
Rows = list[Row]


def pairs(talks: Sequence[Talk]) -> Rows:
    """Return the last exchanges as prompts and completions."""
    return [talk.pair() for talk in talks]


def of_rows(change: Callable[[Rows], Rows | None], **config: Any) -> Change:
    """Return a change of the rows as prompts and completions."""

    def make(talks: list[Talk]) -> Given | None:
        made = change(pairs(talks))
        return None if made is None else Given(made, config=config)

    return make


def each_row(change: Callable[[Row, int], Row]) -> Change:
    return of_rows(lambda rows: [change(row, number) for number, row in enumerate(rows)])


def named(names: Sequence[str], key: str = "category", **config: Any) -> Change:
    """Return a change that gives the rows these categories, in turn; an empty name is no key."""

    def make(rows: Rows) -> Rows:
        return [row | ({key: name} if (name := names[number % len(names)]) else {}) for number, row in enumerate(rows)]

    return of_rows(make, **config)


def mixed(*shares: tuple[str, int]) -> tuple[str, ...]:
    """Return names for as many rows each, spread over the dataset."""
    names = [name for name, count in shares for _ in range(count)]
    return tuple(names[(number * 37) % len(names)] for number in range(len(names)))


def systems(*prompts: str) -> Change:
    """Return a change that gives the rows these system prompts in turn; an empty one is none."""

    def make(talks: list[Talk]) -> Given:
        rows = []
        for number, talk in enumerate(talks):
            system = prompts[number % len(prompts)]
            turns = [each for each in talk.chat()["messages"] if each["role"] != "system"]
            rows.append({"messages": [{"role": "system", "content": system}, *turns] if system else turns})
        return Given(rows)

    return make


def split(change: Callable[[Rows], tuple[Rows, Rows]]) -> Change:
    """Return a change that makes two files of the rows."""

    def make(talks: list[Talk]) -> Given:
        first, second = change(pairs(talks))
        return Given(first, files={"second.jsonl": second})

    return make


def sided(rows: Carriers, number: int, change: Callable[[Rows], Rows | None]) -> Any:
    """Make a dataset of real preferences."""
    size = len(rows.preferences)
    base = [rows.preferences[(number * SIZE + each) % size].row() for each in range(SIZE)]
    made = change(base)
    return made if made is None or made is base else Given(made)


def called(rows: Carriers, number: int, change: Callable[[Rows], Rows | None]) -> Any:
    """Make a dataset of real rows with tool calls."""
    base = [spoken(row) if each % 2 else row for each in range(60) for row in [rows.call(number * 60 + each)]]
    made = change(base)
    return made if made is None or made is base else Given(made)


def spoken(row: Row) -> Row:
    """Return a row with tools without its calls and their results."""
    turns = [each for each in row["messages"] if each["role"] != "tool" and not each.get("tool_calls")]
    return {
        "messages": [*(each for each in turns if each["role"] == "system"), turns[0], turns[-1]],
        "tools": row["tools"],
    }


def has_calls(row: Row) -> bool:
    return any(each.get("tool_calls") for each in row["messages"])


def longer(row: Row) -> Row:
    one, other = sorted((row["chosen"], row["rejected"]), key=len)
    return row | {"chosen": f"{other} {one[: len(one) // 2]}", "rejected": one}


def swapped(row: Row) -> Row:
    return row | {"chosen": row["rejected"], "rejected": row["chosen"]}


FAMILY: Final = "Order number {n} of {name} has not arrived. What can be done about it?"
NAMES: Final = ("Ada Lang", "Bo Chen", "Carl Ruiz", "Dina Osei", "Eva Novak", "Finn Dahl", "Gus Orr")
LONG: Final = "The order is on its way and will be delivered within three working days of today."
OFFER: Final = "Please tell us if there is anything else that we can do for you today."
THINKS: Final = "<think>\nI look at what is asked.\n</think>\n\n"
SAME: Final[Change] = of_rows(list)


def shortened(rows: Rows) -> Rows | None:
    """Add the row again without its last sentence, if that is short."""
    row = long(rows)
    kept = row["completion"].rpartition(". ")[0]
    return [*rows, row | {"completion": kept}] if len(kept) > 0.85 * len(row["completion"]) else None


def long(rows: Rows) -> Row:
    """Return the first row with a prompt and an answer of some length."""
    return next((row for row in rows if len(row["prompt"]) > 80 and 300 < len(row["completion"]) < 1_500), rows[0])
