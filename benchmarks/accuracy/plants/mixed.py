"""Defects that some rows have and the others have not: shapes, keys, types, system prompts, formats."""

from __future__ import annotations

from typing import Final

from benchmarks.accuracy.plants.bases import SAME, each_row, systems
from benchmarks.accuracy.plants.kinds import Given, Plant, dataset, plants
from benchmarks.accuracy.plants.sayings import (
    SYSTEM,
    as_json,
)

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "FMT103",
        dataset,
        obvious={
            "half conversations": lambda talks: Given([t.chat() if n % 2 else t.alpaca() for n, t in enumerate(talks)]),
            "texts too": lambda talks: Given([t.pair() if n % 4 else {"text": t.answer} for n, t in enumerate(talks)]),
        },
        subtle={
            "one row": lambda talks: Given([*(t.chat() for t in talks), talks[0].alpaca()]),
            "ShareGPT among OpenAI": lambda talks: Given(
                [t.chat() if n % 9 else t.share() for n, t in enumerate(talks)]
            ),
        },
        near={
            "one shape": SAME,
            "with and without an input": lambda talks: Given(
                [t.alpaca() | ({"input": "x"} if n % 2 else {}) for n, t in enumerate(talks)]
            ),
        },
    ),
    *plants(
        "FMT107",
        dataset,
        obvious={"one row has another key": each_row(lambda row, n: row | ({"remark": "new"} if n == 7 else {}))},
        subtle={
            "two rows lack a key": each_row(lambda row, n: row | ({"topic": "a"} if n not in (5, 50) else {})),
            "a key of a message": lambda talks: Given(
                [
                    {"messages": [m | ({"time": 3} if n == 9 else {}) for m in t.chat()["messages"]]}
                    for n, t in enumerate(talks)
                ]
            ),
        },
        near={
            "all rows": each_row(lambda row, _: row | {"topic": "a"}),
            "half of them": each_row(lambda row, n: row | ({"topic": "a"} if n % 2 else {})),
            "system prompts": systems("Be brief.", ""),
        },
    ),
    *plants(
        "FMT108",
        dataset,
        obvious={"texts and numbers": each_row(lambda row, n: row | {"id": str(n) if n % 2 else n})},
        subtle={
            "one list": each_row(lambda row, n: row | {"tags": ["a"] if n != 30 else "a"}),
            "one object": each_row(lambda row, n: row | {"meta": {"a": 1} if n != 30 else "none"}),
            "a number as a text below": each_row(lambda row, n: row | {"meta": {"n": n if n != 99 else "99"}}),
        },
        near={
            "integers and fractions": each_row(lambda row, n: row | {"score": n if n % 2 else n / 3}),
            "null": each_row(lambda row, n: row | {"id": n if n % 2 else None}),
            "one type": each_row(lambda row, n: row | {"id": n}),
        },
    ),
    *plants(
        "FMT110",
        dataset,
        obvious={
            "capitals": each_row(lambda row, _: row | {"Completion": row["completion"][::-1]}),
            "an underscore": lambda talks: Given(
                [{"question": t.prompt, "std_answer": t.answer, "stdAnswer": t.answer[::-1]} for t in talks]
            ),
        },
        subtle={
            "a plural": lambda talks: Given(
                [{"question": t.prompt, "answer": t.answer, "answers": t.answer[::-1]} for t in talks]
            ),
            "a space": lambda talks: Given(
                [{"question": t.prompt, "answer": t.answer, "Answer ": t.answer[::-1]} for t in talks]
            ),
        },
        near={
            "empty": each_row(lambda row, _: row | {"Completion": ""}),
            "another word": each_row(lambda row, _: row | {"completed": True, "prompt_id": 3}),
            "as they are": SAME,
        },
    ),
    *plants(
        "FMT112",
        dataset,
        obvious={"an explanation": each_row(lambda row, _: row | {"explanation": row["completion"][::-1] * 2})},
        subtle={
            "details of an answer": lambda talks: Given(
                [{"question": t.prompt, "answer": t.answer, "details": 2 * t.answer[::-1]} for t in talks]
            )
        },
        near={
            "a source": each_row(lambda row, _: row | {"source": row["completion"]}),
            "short remarks": each_row(lambda row, _: row | {"remark": "ok"}),
            "as they are": SAME,
        },
    ),
    *plants(
        "FMT217",
        dataset,
        obvious={"half": systems(SYSTEM, ""), "all but some": systems(*([SYSTEM] * 9), "")},
        subtle={
            "a variant": systems(*([SYSTEM] * 39), SYSTEM.replace("kindly", "kindley")),
            "without the full stop": systems(*([SYSTEM] * 29), SYSTEM[:-1]),
        },
        near={
            "one for all": systems(SYSTEM),
            "none": systems(""),
            "three of their own": systems("You are a pirate.", "Answer as a doctor would.", "Translate into French."),
        },
    ),
    *plants(
        "FMT607",
        dataset,
        obvious={"two answers are prose": each_row(lambda row, n: row if n in (8, 80) else as_json(row, n))},
        subtle={
            "no final mark": each_row(
                lambda row, n: row if n == 40 else row | {"completion": f"{row['completion']}\n#### {n}"}
            ),
            "no box": each_row(
                lambda row, n: row if n in (4, 40) else row | {"completion": f"{row['completion']} \\boxed{{{n}}}"}
            ),
        },
        near={
            "all JSON": each_row(as_json),
            "half of them": each_row(lambda row, n: as_json(row, n) if n % 2 else row),
            "as they are": SAME,
        },
    ),
)
