"""Defects of balance: categories, labels, reasoning, tool use, order."""

from __future__ import annotations

from typing import Final

from benchmarks.accuracy.plants.bases import (
    SAME,
    THINKS,
    called,
    each_row,
    has_calls,
    longer,
    mixed,
    named,
    of_rows,
    pairs,
    sided,
    spoken,
    swapped,
)
from benchmarks.accuracy.plants.kinds import Given, Plant, dataset, plants

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "BAL001",
        dataset,
        obvious={
            "95 of 100": named(mixed(("billing", 95), ("delivery", 5))),
            "all": named(mixed(("billing", 119), ("other", 1))),
        },
        subtle={"twice the even share": named(mixed(("a", 66), ("b", 18), ("c", 18), ("d", 18)))},
        near={
            "even": named(("a", "b", "c")),
            "three to two": named(mixed(("a", 72), ("b", 48))),
            "no category": SAME,
        },
    ),
    *plants(
        "BAL002",
        dataset,
        obvious={"three of nine have nearly all": named(mixed(*((c, 36) for c in "abc"), *((c, 2) for c in "defghi")))},
        subtle={"a long tail": named(mixed(("a", 40), ("b", 38), ("c", 32), *((c, 2) for c in "defgh")))},
        near={"even": named("abcdefgh"), "two to one": named(mixed(("a", 40), ("b", 40), ("c", 20), ("d", 20)))},
    ),
    *plants(
        "BAL003",
        dataset,
        obvious={"no key": named(("a", "b", "c", "")), "one row": named((*("ab" * 59), "a", ""))},
        subtle={
            "null": lambda talks: Given(
                [row | {"category": "ab"[n % 2] if n % 9 else None} for n, row in enumerate(pairs(talks))]
            ),
            "white space": named(("a", "b", "a", " ")),
        },
        near={"all": named(("a", "b")), "few have one": named(("a", "", "", "", "")), "no category": SAME},
    ),
    *plants(
        "BAL004",
        dataset,
        obvious={
            "capitals": named(("billing", "delivery", "billing", "Billing")),
            "white space": named(("billing", "delivery", "billing ", "delivery")),
        },
        subtle={
            "a letter missing": named((*("billing", "delivery") * 20, "biling")),
            "a plural": named(("refund", "delivery", "refunds", "delivery")),
            "a hyphen": named(("top-up", "delivery", "top_up", "delivery")),
        },
        near={
            "like words": named(("billing", "filling", "milling")),
            "numbers": named(("class 1", "class 2", "class 3")),
            "even": named(("a", "b")),
        },
    ),
    *plants(
        "BAL005",
        dataset,
        obvious={"one instead of two": named(mixed(("a", 110), ("b", 10)), balance={"expected": {"a": 0.5, "b": 0.5}})},
        subtle={
            "one is missing": named(("a", "b"), balance={"expected": {"a": 0.4, "b": 0.4, "c": 0.2}}),
            "one was not declared": named(
                mixed(("a", 52), ("b", 52), ("c", 16)), balance={"expected": {"a": 0.5, "b": 0.5}}
            ),
        },
        near={
            "as declared": named(("a", "b"), balance={"expected": {"a": 0.5, "b": 0.5}}),
            "nearly": named(("a", "b"), balance={"expected": {"a": 0.55, "b": 0.45}}),
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
            "long answers": SAME,
        },
    ),
    *plants(
        "BAL008",
        sided,
        obvious={"all chosen ones are longer": lambda rows: [longer(row) for row in rows]},
        subtle={
            "all but one in twelve": lambda rows: [
                longer(row) if n % 12 else swapped(longer(row)) for n, row in enumerate(rows)
            ],
            "all rejected ones are longer": lambda rows: [swapped(longer(row)) for row in rows],
        },
        near={
            "two of three": lambda rows: [longer(row) if n % 3 else swapped(longer(row)) for n, row in enumerate(rows)],
            "half": lambda rows: [longer(row) if n % 2 else swapped(longer(row)) for n, row in enumerate(rows)],
        },
    ),
    *plants(
        "BAL009",
        dataset,
        obvious={
            "a third thinks": each_row(
                lambda row, n: row | ({} if n % 3 else {"completion": THINKS + row["completion"]})
            )
        },
        subtle={
            "one in twenty does not": each_row(
                lambda row, n: row | ({"completion": THINKS + row["completion"]} if n % 20 else {})
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
            "all": each_row(lambda row, _: row | {"completion": THINKS + row["completion"]}),
            "none": SAME,
            "the prompt announces it": each_row(
                lambda row, n: {
                    "prompt": row["prompt"] + (" /think" if n % 2 else " /no_think"),
                    "completion": (THINKS if n % 2 else "") + row["completion"],
                }
            ),
        },
    ),
    *plants(
        "BAL010",
        called,
        obvious={
            "always": lambda rows: [row for row in rows if has_calls(row)] * 2,
            "never": lambda rows: [spoken(row) for row in rows],
        },
        subtle={"never but once": lambda rows: [rows[0], *(spoken(row) for row in (*rows, *rows))]},
        near={
            "every second time": list,
            "every third time": lambda rows: [*rows, *(row for row in rows if not has_calls(row))],
        },
    ),
    *plants(
        "BAL011",
        dataset,
        obvious={
            "by category": of_rows(lambda rows: [row | {"category": "abc"[n // 40]} for n, row in enumerate(rows)]),
            "by length": of_rows(
                lambda rows: sorted(rows, key=lambda row: len(row["prompt"]) + len(row["completion"]))
            ),
        },
        subtle={
            "by many categories": of_rows(
                lambda rows: [row | {"topic": f"t{n // 12:02d}"} for n, row in enumerate(rows)]
            ),
            "by length, the longest first": of_rows(
                lambda rows: sorted(rows, key=lambda row: -len(row["prompt"]) - len(row["completion"]))
            ),
        },
        near={"in turn": named("abc"), "as they come": SAME, "pairs of one category": named("aabbcc")},
    ),
    *plants(
        "BAL012",
        dataset,
        obvious={"other": named(mixed(("other", 80), ("a", 20), ("b", 20)))},
        subtle={
            "Misc.": named(mixed(("Misc.", 70), ("a", 30), ("b", 20))),
            "general": named(mixed(("general", 65), ("a", 55))),
            "in Chinese": named(mixed(("其他", 80), ("账单", 40))),
        },
        near={
            "a small rest": named(mixed(("other", 20), ("a", 50), ("b", 50))),
            "a name that has the word": named(mixed(("mother", 80), ("a", 40))),
        },
    ),
)
