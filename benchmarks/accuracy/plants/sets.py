"""Defects of whole datasets: copies, categories, order, keys, systems prompts, and what most rows have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from benchmarks.accuracy.carriers import Carriers, Row, Talk
from benchmarks.accuracy.plants.kinds import SIZE, Given, Plant, dataset, plants

Change = Callable[[list[Talk]], Given | None]
Rows = list[Row]


def pairs(talks: Sequence[Talk]) -> Rows:
    """Return the last exchanges as prompts and completions."""
    return [talk.pair() for talk in talks]


def _set(change: Callable[[Rows], Rows | None], **config: Any) -> Change:
    """Return a change of the rows as prompts and completions."""

    def make(talks: list[Talk]) -> Given | None:
        made = change(pairs(talks))
        return None if made is None else Given(made, config=config)

    return make


def _each(change: Callable[[Row, int], Row]) -> Change:
    return _set(lambda rows: [change(row, number) for number, row in enumerate(rows)])


def _named(names: Sequence[str], key: str = "category", **config: Any) -> Change:
    """Return a change that gives the rows these categories, in turn; an empty name is no key."""

    def make(rows: Rows) -> Rows:
        return [row | ({key: name} if (name := names[number % len(names)]) else {}) for number, row in enumerate(rows)]

    return _set(make, **config)


def _mixed(*shares: tuple[str, int]) -> tuple[str, ...]:
    """Return names for as many rows each, spread over the dataset."""
    names = [name for name, count in shares for _ in range(count)]
    return tuple(names[(number * 37) % len(names)] for number in range(len(names)))


def _systems(*prompts: str) -> Change:
    """Return a change that gives the rows these system prompts in turn; an empty one is none."""

    def make(talks: list[Talk]) -> Given:
        rows = []
        for number, talk in enumerate(talks):
            system = prompts[number % len(prompts)]
            turns = [each for each in talk.chat()["messages"] if each["role"] != "system"]
            rows.append({"messages": [{"role": "system", "content": system}, *turns] if system else turns})
        return Given(rows)

    return make


def _split(change: Callable[[Rows], tuple[Rows, Rows]]) -> Change:
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
    base = [_spoken(row) if each % 2 else row for each in range(60) for row in [rows.call(number * 60 + each)]]
    made = change(base)
    return made if made is None or made is base else Given(made)


def _spoken(row: Row) -> Row:
    """Return a row with tools without its calls and their results."""
    turns = [each for each in row["messages"] if each["role"] != "tool" and not each.get("tool_calls")]
    return {
        "messages": [*(each for each in turns if each["role"] == "system"), turns[0], turns[-1]],
        "tools": row["tools"],
    }


def _has_calls(row: Row) -> bool:
    return any(each.get("tool_calls") for each in row["messages"])


def _longer(row: Row) -> Row:
    one, other = sorted((row["chosen"], row["rejected"]), key=len)
    return row | {"chosen": f"{other} {one[: len(one) // 2]}", "rejected": one}


def _swapped(row: Row) -> Row:
    return row | {"chosen": row["rejected"], "rejected": row["chosen"]}


_FAMILY: Final = "Order number {n} of {name} has not arrived. What can be done about it?"
_NAMES: Final = ("Ada Lang", "Bo Chen", "Carl Ruiz", "Dina Osei", "Eva Novak", "Finn Dahl", "Gus Orr")
_LONG: Final = "The order is on its way and will be delivered within three working days of today."
_THINKS: Final = "<think>\nI look at what is asked.\n</think>\n\n"
_SAME: Final[Change] = _set(list)

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "BAL001",
        dataset,
        obvious={
            "95 of 100": _named(_mixed(("billing", 95), ("delivery", 5))),
            "all": _named(_mixed(("billing", 119), ("other", 1))),
        },
        subtle={"twice the even share": _named(_mixed(("a", 66), ("b", 18), ("c", 18), ("d", 18)))},
        near={
            "even": _named(("a", "b", "c")),
            "three to two": _named(_mixed(("a", 72), ("b", 48))),
            "no category": _SAME,
        },
    ),
    *plants(
        "BAL002",
        dataset,
        obvious={"one of eight has nearly all": _named(_mixed(("a", 106), *((c, 2) for c in "bcdefgh")))},
        subtle={"a long tail": _named(_mixed(("a", 80), ("b", 25), *((c, 3) for c in "cdefg")))},
        near={"even": _named("abcdefgh"), "two to one": _named(_mixed(("a", 40), ("b", 40), ("c", 20), ("d", 20)))},
    ),
    *plants(
        "BAL003",
        dataset,
        obvious={"no key": _named(("a", "b", "c", "")), "one row": _named((*("ab" * 59), "a", ""))},
        subtle={
            "null": lambda talks: Given(
                [row | {"category": "ab"[n % 2] if n % 9 else None} for n, row in enumerate(pairs(talks))]
            ),
            "white space": _named(("a", "b", "a", " ")),
        },
        near={"all": _named(("a", "b")), "few have one": _named(("a", "", "", "", "")), "no category": _SAME},
    ),
    *plants(
        "BAL004",
        dataset,
        obvious={
            "capitals": _named(("billing", "delivery", "billing", "Billing")),
            "white space": _named(("billing", "delivery", "billing ", "delivery")),
        },
        subtle={
            "a letter missing": _named((*("billing", "delivery") * 20, "biling")),
            "a plural": _named(("refund", "delivery", "refunds", "delivery")),
            "a hyphen": _named(("top-up", "delivery", "top_up", "delivery")),
        },
        near={
            "like words": _named(("billing", "filling", "milling")),
            "numbers": _named(("class 1", "class 2", "class 3")),
            "even": _named(("a", "b")),
        },
    ),
    *plants(
        "BAL005",
        dataset,
        obvious={
            "one instead of two": _named(_mixed(("a", 110), ("b", 10)), balance={"expected": {"a": 0.5, "b": 0.5}})
        },
        subtle={
            "one is missing": _named(("a", "b"), balance={"expected": {"a": 0.4, "b": 0.4, "c": 0.2}}),
            "one was not declared": _named(
                _mixed(("a", 52), ("b", 52), ("c", 16)), balance={"expected": {"a": 0.5, "b": 0.5}}
            ),
        },
        near={
            "as declared": _named(("a", "b"), balance={"expected": {"a": 0.5, "b": 0.5}}),
            "nearly": _named(("a", "b"), balance={"expected": {"a": 0.55, "b": 0.45}}),
        },
    ),
    *plants(
        "BAL007",
        dataset,
        obvious={
            "yes": lambda talks: Given(
                [{"prompt": t.prompt, "completion": "yes" if n % 12 else "no"} for n, t in enumerate(talks)]
            ),
            "true labels": lambda talks: Given([t.pair() | {"label": n % 20 > 0} for n, t in enumerate(talks)]),
        },
        subtle={
            "one letter": lambda talks: Given(
                [{"prompt": t.prompt, "completion": "ABCD"[n % 4] if n % 3 == 0 else "B"} for n, t in enumerate(talks)]
            ),
            "False": lambda talks: Given(
                [{"prompt": t.prompt, "completion": "True" if n % 8 == 0 else "False"} for n, t in enumerate(talks)]
            ),
        },
        near={
            "half of each": lambda talks: Given(
                [{"prompt": t.prompt, "completion": ("yes", "no")[n % 2]} for n, t in enumerate(talks)]
            ),
            "even letters": lambda talks: Given(
                [{"prompt": t.prompt, "completion": "ABCD"[n % 4]} for n, t in enumerate(talks)]
            ),
            "long answers": _SAME,
        },
    ),
    *plants(
        "BAL008",
        sided,
        obvious={"all chosen ones are longer": lambda rows: [_longer(row) for row in rows]},
        subtle={
            "all but one in twelve": lambda rows: [
                _longer(row) if n % 12 else _swapped(_longer(row)) for n, row in enumerate(rows)
            ],
            "all rejected ones are longer": lambda rows: [_swapped(_longer(row)) for row in rows],
        },
        near={
            "two of three": lambda rows: [
                _longer(row) if n % 3 else _swapped(_longer(row)) for n, row in enumerate(rows)
            ],
            "half": lambda rows: [_longer(row) if n % 2 else _swapped(_longer(row)) for n, row in enumerate(rows)],
        },
    ),
    *plants(
        "BAL009",
        dataset,
        obvious={
            "a third thinks": _each(lambda row, n: row | ({} if n % 3 else {"completion": _THINKS + row["completion"]}))
        },
        subtle={
            "one in twenty does not": _each(
                lambda row, n: row | ({"completion": _THINKS + row["completion"]} if n % 20 else {})
            ),
            "under a key": lambda talks: Given(
                [
                    {
                        "messages": [
                            *t.chat()["messages"][:-1],
                            {
                                "role": "assistant",
                                "content": t.answer,
                                **({"reasoning_content": "Hm."} if n % 2 else {}),
                            },
                        ]
                    }
                    for n, t in enumerate(talks)
                ]
            ),
        },
        near={
            "all": _each(lambda row, _: row | {"completion": _THINKS + row["completion"]}),
            "none": _SAME,
            "the prompt announces it": _each(
                lambda row, n: {
                    "prompt": row["prompt"] + (" /think" if n % 2 else " /no_think"),
                    "completion": (_THINKS if n % 2 else "") + row["completion"],
                }
            ),
        },
    ),
    *plants(
        "BAL010",
        called,
        obvious={
            "always": lambda rows: [row for row in rows if _has_calls(row)] * 2,
            "never": lambda rows: [_spoken(row) for row in rows],
        },
        subtle={"never but once": lambda rows: [rows[0], *(_spoken(row) for row in (*rows, *rows))]},
        near={
            "every second time": list,
            "every third time": lambda rows: [*rows, *(row for row in rows if not _has_calls(row))],
        },
    ),
    *plants(
        "BAL011",
        dataset,
        obvious={
            "by category": _set(lambda rows: [row | {"category": "abc"[n // 40]} for n, row in enumerate(rows)]),
            "by length": _set(lambda rows: sorted(rows, key=lambda row: len(row["prompt"]) + len(row["completion"]))),
        },
        subtle={
            "by many categories": _set(lambda rows: [row | {"topic": f"t{n // 12:02d}"} for n, row in enumerate(rows)]),
            "by length, the longest first": _set(
                lambda rows: sorted(rows, key=lambda row: -len(row["prompt"]) - len(row["completion"]))
            ),
        },
        near={"in turn": _named("abc"), "as they come": _SAME, "pairs of one category": _named("aabbcc")},
    ),
    *plants(
        "BAL012",
        dataset,
        obvious={"other": _named(_mixed(("other", 80), ("a", 20), ("b", 20)))},
        subtle={
            "Misc.": _named(_mixed(("Misc.", 70), ("a", 30), ("b", 20))),
            "general": _named(_mixed(("general", 65), ("a", 55))),
            "in Chinese": _named(_mixed(("其他", 80), ("账单", 40))),
        },
        near={
            "a small rest": _named(_mixed(("other", 20), ("a", 50), ("b", 50))),
            "a name that has the word": _named(_mixed(("mother", 80), ("a", 40))),
        },
    ),
    *plants(
        "DIV001",
        dataset,
        obvious={"one row": _set(lambda rows: [*rows, rows[3]]), "all rows": _set(lambda rows: [*rows, *rows])},
        subtle={
            "another order of keys": _set(lambda rows: [*rows, {key: rows[5][key] for key in reversed(rows[5])}]),
            "in another file": _split(lambda rows: (rows[:60], [*rows[60:], rows[1]])),
        },
        near={
            "another prompt": _set(lambda rows: [*rows, {"prompt": "Why?", "completion": rows[3]["completion"]}]),
            "as they are": _SAME,
        },
    ),
    *plants(
        "DIV002",
        dataset,
        obvious={
            "white space": _set(lambda rows: [*rows, {key: f" {text}\n" for key, text in rows[3].items()}]),
            "capitals": _set(lambda rows: [*rows, {key: text.upper() for key, text in rows[4].items()}]),
        },
        subtle={
            "another id": _set(lambda rows: [*(row | {"id": n} for n, row in enumerate(rows)), rows[7] | {"id": 999}]),
            "wide letters": _set(
                lambda rows: [
                    *rows,
                    {
                        key: text.replace(",", "，").replace("?", "？").replace("!", "！") + "\u3000"
                        for key, text in rows[9].items()
                    },
                ]
            ),
        },
        near={
            "another answer": _set(
                lambda rows: [*rows, rows[3] | {"completion": "It depends on what you mean by it."}]
            ),
            "another system prompt": lambda talks: Given(
                [
                    *(t.chat() for t in talks),
                    {"messages": [{"role": "system", "content": "Be brief."}, *talks[3].chat()["messages"]]},
                ]
            ),
            "as they are": _SAME,
        },
    ),
    *plants(
        "DIV003",
        dataset,
        obvious={
            "one word more": _set(lambda rows: [*rows, {key: f"{text} please" for key, text in _long(rows).items()}]),
            "a few words others": _set(
                lambda rows: [
                    *rows,
                    {
                        key: text.replace(" the ", " this ", 2).replace(" is ", " was ", 1) + " indeed"
                        for key, text in _long(rows).items()
                    },
                ]
            ),
        },
        subtle={"one sentence less": _set(lambda rows: _shortened(rows))},
        near={
            "the same prompt": _set(
                lambda rows: [*rows, _long(rows) | {"completion": "It depends on what you mean by it, of course."}]
            ),
            "one number": _set(
                lambda rows: [
                    *rows,
                    {"prompt": "What is 12 times 34?", "completion": "12 times 34 is 408."},
                    {"prompt": "What is 13 times 34?", "completion": "13 times 34 is 442."},
                ]
            ),
            "as they are": _SAME,
        },
    ),
    *plants(
        "DIV006",
        dataset,
        obvious={"ten prompts": _each(lambda row, n: row if n % 12 else row | {"completion": _LONG})},
        subtle={
            "eight prompts, other capitals": _each(
                lambda row, n: row if n % 15 else row | {"completion": _LONG if n % 2 else _LONG.upper()}
            )
        },
        near={
            "two prompts": _each(lambda row, n: row if n not in (3, 77) else row | {"completion": _LONG}),
            "a short answer": _each(lambda row, n: row if n % 12 else row | {"completion": "Yes."}),
            "as they are": _SAME,
        },
    ),
    *plants(
        "DIV007",
        dataset,
        obvious={
            "half of the prompts": _each(
                lambda row, n: row if n % 2 else row | {"prompt": _FAMILY.format(n=4000 + n, name=_NAMES[n % 7])}
            )
        },
        subtle={
            "a quarter": _each(
                lambda row, n: row if n % 4 else row | {"prompt": _FAMILY.format(n=n, name=_NAMES[n % 7])}
            )
        },
        near={
            "one in ten": _each(
                lambda row, n: row if n % 10 else row | {"prompt": _FAMILY.format(n=n, name=_NAMES[n % 7])}
            ),
            "as they are": _SAME,
        },
    ),
    *plants(
        "DIV008",
        dataset,
        obvious={
            "all": _each(lambda row, _: row | {"completion": f"Sure! Here is what you asked for. {row['completion']}"})
        },
        subtle={
            "a quarter": _each(
                lambda row, n: row if n % 4 else row | {"completion": f"**Certainly, let us** see. {row['completion']}"}
            )
        },
        near={
            "one in ten": _each(
                lambda row, n: row if n % 10 else row | {"completion": f"Sure! Here you are. {row['completion']}"}
            ),
            "as they are": _SAME,
        },
    ),
    *plants(
        "DIV009",
        dataset,
        obvious={
            "one answer with other numbers": _each(
                lambda row, n: (
                    row | {"completion": f"{_LONG} The parcel has the number {n}, and the driver calls before. " * 3}
                )
            )
        },
        subtle={
            "a frame around few words": _each(
                lambda row, n: (
                    row
                    | {
                        "completion": f"{_LONG} It is the {n}th of them. Please tell us if there is anything else that we can do for you today. {row['completion'][:30]}"
                    }
                )
            )
        },
        near={
            "as they are": _SAME,
            "one frame sentence": _each(lambda row, _: row | {"completion": f"{row['completion']} I hope that helps."}),
        },
    ),
    *plants(
        "DIV010",
        sided,
        obvious={
            "one pair": lambda rows: [*rows, _swapped(rows[3])],
            "all pairs": lambda rows: [*rows, *map(_swapped, rows)],
        },
        subtle={
            "white space": lambda rows: [*rows, {key: f" {text}\n" for key, text in _swapped(rows[5]).items()}],
            "as lists": lambda rows: [
                *rows,
                {
                    key: [{"role": "user" if key == "prompt" else "assistant", "content": text}]
                    for key, text in _swapped(rows[6]).items()
                },
            ],
        },
        near={
            "the same order": lambda rows: [*rows, rows[3]],
            "another prompt": lambda rows: [*rows, _swapped(rows[3]) | {"prompt": "Say it in your own words."}],
            "another answer": lambda rows: [*rows, _swapped(rows[3]) | {"chosen": "It depends."}],
        },
    ),
    *plants(
        "DIV012",
        dataset,
        obvious={
            "a copy of half": _split(lambda rows: (rows, rows[:60])),
            "most of it": _split(lambda rows: (rows[:100], [*rows[:40], *rows[100:]])),
        },
        subtle={
            "with other white space": _split(
                lambda rows: (rows, [{key: f"{text} " for key, text in row.items()} for row in rows[:50]])
            ),
            "with other ids": _split(lambda rows: (rows, [row | {"id": n} for n, row in enumerate(rows[:50])])),
        },
        near={
            "apart": _split(lambda rows: (rows[:60], rows[60:])),
            "a third": _split(lambda rows: (rows[:90], rows[75:])),
        },
    ),
    *plants(
        "DIV013",
        dataset,
        obvious={
            "half": _each(
                lambda row, n: row if n % 2 else row | {"prompt": "Write a story about a dog who finds its way home."}
            )
        },
        subtle={
            "one in six": _each(
                lambda row, n: row if n % 6 else row | {"prompt": "Write a story about a dog who finds its way home."}
            )
        },
        near={
            "one in twenty": _each(lambda row, n: row if n % 20 else row | {"prompt": "Write a story about a dog."}),
            "with another input each": lambda talks: Given(
                [{"instruction": "Answer in one sentence.", "input": t.prompt, "output": t.answer} for t in talks]
            ),
            "as they are": _SAME,
        },
    ),
)


def _shortened(rows: Rows) -> Rows | None:
    """Add the row again without its last sentence, if that is short."""
    row = _long(rows)
    kept = row["completion"].rpartition(". ")[0]
    return [*rows, row | {"completion": kept}] if len(kept) > 0.85 * len(row["completion"]) else None


def _long(rows: Rows) -> Row:
    """Return the first row with a prompt and an answer of some length."""
    return next((row for row in rows if len(row["prompt"]) > 80 and 300 < len(row["completion"]) < 1_500), rows[0])
