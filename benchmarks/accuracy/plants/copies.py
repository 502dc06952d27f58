"""Defects of diversity: copies, templates, openings, prompts."""

from __future__ import annotations

from typing import Final

from benchmarks.accuracy.plants.bases import (
    FAMILY,
    LONG,
    NAMES,
    OFFER,
    SAME,
    each_row,
    long,
    of_rows,
    shortened,
    sided,
    split,
    swapped,
)
from benchmarks.accuracy.plants.kinds import Given, Plant, dataset, plants

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "DIV001",
        dataset,
        obvious={"one row": of_rows(lambda rows: [*rows, rows[3]]), "all rows": of_rows(lambda rows: [*rows, *rows])},
        subtle={
            "another order of keys": of_rows(lambda rows: [*rows, {key: rows[5][key] for key in reversed(rows[5])}]),
            "in another file": split(lambda rows: (rows[:60], [*rows[60:], rows[1]])),
        },
        near={
            "another prompt": of_rows(lambda rows: [*rows, {"prompt": "Why?", "completion": rows[3]["completion"]}]),
            "as they are": SAME,
        },
    ),
    *plants(
        "DIV002",
        dataset,
        obvious={
            "white space": of_rows(lambda rows: [*rows, {key: f" {text}\n" for key, text in rows[3].items()}]),
            "capitals": of_rows(lambda rows: [*rows, {key: text.upper() for key, text in rows[4].items()}]),
        },
        subtle={
            "another id": of_rows(
                lambda rows: [*(row | {"id": n} for n, row in enumerate(rows)), rows[7] | {"id": 999}]
            ),
            "wide letters": of_rows(
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
            "another answer": of_rows(
                lambda rows: [*rows, rows[3] | {"completion": "It depends on what you mean by it."}]
            ),
            "another system prompt": lambda talks: Given(
                [
                    *(t.chat() for t in talks),
                    {"messages": [{"role": "system", "content": "Be brief."}, *talks[3].chat()["messages"]]},
                ]
            ),
            "as they are": SAME,
        },
    ),
    *plants(
        "DIV003",
        dataset,
        obvious={
            "one word more": of_rows(lambda rows: [*rows, {key: f"{text} please" for key, text in long(rows).items()}]),
            "a few words others": of_rows(
                lambda rows: [
                    *rows,
                    {
                        key: text.replace(" the ", " this ", 2).replace(" is ", " was ", 1) + " indeed"
                        for key, text in long(rows).items()
                    },
                ]
            ),
        },
        subtle={"one sentence less": of_rows(lambda rows: shortened(rows))},
        near={
            "the same prompt": of_rows(
                lambda rows: [*rows, long(rows) | {"completion": "It depends on what you mean by it, of course."}]
            ),
            "one number": of_rows(
                lambda rows: [
                    *rows,
                    {"prompt": "What is 12 times 34?", "completion": "12 times 34 is 408."},
                    {"prompt": "What is 13 times 34?", "completion": "13 times 34 is 442."},
                ]
            ),
            "as they are": SAME,
        },
    ),
    *plants(
        "DIV006",
        dataset,
        obvious={"ten prompts": each_row(lambda row, n: row if n % 12 else row | {"completion": LONG})},
        subtle={
            "eight prompts, other capitals": each_row(
                lambda row, n: row if n % 15 else row | {"completion": LONG if n % 2 else LONG.upper()}
            )
        },
        near={
            "two prompts": each_row(lambda row, n: row if n not in (3, 77) else row | {"completion": LONG}),
            "a short answer": each_row(lambda row, n: row if n % 12 else row | {"completion": "Yes."}),
            "as they are": SAME,
        },
    ),
    *plants(
        "DIV007",
        dataset,
        obvious={
            "half of the prompts": each_row(
                lambda row, n: row if n % 2 else row | {"prompt": FAMILY.format(n=4000 + n, name=NAMES[n % 7])}
            )
        },
        subtle={
            "a quarter": each_row(
                lambda row, n: row if n % 4 else row | {"prompt": FAMILY.format(n=n, name=NAMES[n % 7])}
            )
        },
        near={
            "one in ten": each_row(
                lambda row, n: row if n % 10 else row | {"prompt": FAMILY.format(n=n, name=NAMES[n % 7])}
            ),
            "as they are": SAME,
        },
    ),
    *plants(
        "DIV008",
        dataset,
        obvious={
            "all": each_row(
                lambda row, _: row | {"completion": f"Sure! Here is what you asked for. {row['completion']}"}
            )
        },
        subtle={
            "half of them": each_row(
                lambda row, n: row if n % 2 else row | {"completion": f"**Certainly, let us** see. {row['completion']}"}
            )
        },
        near={
            "three in ten": each_row(
                lambda row, n: row if n % 10 > 2 else row | {"completion": f"Sure! Here you are. {row['completion']}"}
            ),
            "as they are": SAME,
        },
    ),
    *plants(
        "DIV009",
        dataset,
        obvious={
            "one answer with other numbers": each_row(
                lambda row, n: (
                    row | {"completion": f"{LONG} The parcel has the number {n}, and the driver calls before. " * 3}
                )
            )
        },
        subtle={
            "a frame around few words": each_row(
                lambda row, n: row | {"completion": f"{LONG} It is the {n}th of them. {OFFER} {row['completion'][:15]}"}
            )
        },
        near={
            "as they are": SAME,
            "one frame sentence": each_row(
                lambda row, _: row | {"completion": f"{row['completion']} I hope that helps."}
            ),
        },
    ),
    *plants(
        "DIV010",
        sided,
        obvious={
            "one pair": lambda rows: [*rows, swapped(rows[3])],
            "all pairs": lambda rows: [*rows, *map(swapped, rows)],
        },
        subtle={
            "white space": lambda rows: [*rows, {key: f" {text}\n" for key, text in swapped(rows[5]).items()}],
            "as lists": lambda rows: [
                *rows,
                {
                    key: [{"role": "user" if key == "prompt" else "assistant", "content": text}]
                    for key, text in swapped(rows[6]).items()
                },
            ],
        },
        near={
            "the same order": lambda rows: [*rows, rows[3]],
            "another prompt": lambda rows: [*rows, swapped(rows[3]) | {"prompt": "Say it in your own words."}],
            "another answer": lambda rows: [*rows, swapped(rows[3]) | {"chosen": "It depends."}],
        },
    ),
    *plants(
        "DIV012",
        dataset,
        obvious={
            "a copy of half": split(lambda rows: (rows, rows[:60])),
            "most of it": split(lambda rows: (rows[:100], [*rows[:40], *rows[100:]])),
        },
        subtle={
            "with other white space": split(
                lambda rows: (rows, [{key: f"{text} " for key, text in row.items()} for row in rows[:50]])
            ),
            "with other ids": split(lambda rows: (rows, [row | {"id": n} for n, row in enumerate(rows[:50])])),
        },
        near={
            "apart": split(lambda rows: (rows[:60], rows[60:])),
            "a third": split(lambda rows: (rows[:90], rows[75:])),
        },
    ),
    *plants(
        "DIV013",
        dataset,
        obvious={
            "half": each_row(
                lambda row, n: row if n % 2 else row | {"prompt": "Write a story about a dog who finds its way home."}
            )
        },
        subtle={
            "one in six": each_row(
                lambda row, n: row if n % 6 else row | {"prompt": "Write a story about a dog who finds its way home."}
            )
        },
        near={
            "one in twenty": each_row(lambda row, n: row if n % 20 else row | {"prompt": "Write a story about a dog."}),
            "with another input each": lambda talks: Given(
                [{"instruction": "Answer in one sentence.", "input": t.prompt, "output": t.answer} for t in talks]
            ),
            "as they are": SAME,
        },
    ),
)
