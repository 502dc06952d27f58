"""Defects of training and evaluation sets together: leaks, copies, groups, sizes, benchmarks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from benchmarks.accuracy.carriers import Carriers, Row, Talk
from benchmarks.accuracy.plants.bases import Rows, long, pairs
from benchmarks.accuracy.plants.kinds import Given, Plant, dataset, plants

Change = Callable[[list[Talk]], Given | None]


def _both(change: Callable[[Rows, Rows], tuple[Rows, Rows] | None], **config: Any) -> Change:
    """Return a change of the first three quarters as training set and of the rest as evaluation set."""

    def make(talks: list[Talk]) -> Given | None:
        rows = pairs(talks)
        made = change(rows[:90], rows[90:])
        return None if made is None else Given(made[0], evaluation=made[1], config=config)

    return make


def _leak(copy: Callable[[Row], Row | None], *, of: Callable[[Rows], Row] = lambda rows: rows[4]) -> Change:
    """Return a change that adds a changed copy of an evaluation row to the training set."""

    def leaked(train: Rows, held: Rows) -> tuple[Rows, Rows] | None:
        made = copy(of(held))
        return None if made is None else ([*train, made], held)

    return _both(leaked)


def _sentence_less(row: Row) -> Row | None:
    kept = row["completion"].rpartition(". ")[0]
    return row | {"completion": kept} if len(kept) > 0.85 * len(row["completion"]) else None


def _numbered(train: Rows, held: Rows) -> tuple[Rows, Rows]:
    """Put one prompt into both splits, with another number in each."""
    base = long(held)
    other = {"prompt": f"{base['prompt']} Take 12 of them.", "completion": "Twelve of them are enough for now."}
    added = {"prompt": f"{base['prompt']} Take 17 of them.", "completion": _OTHER}
    return [*train, added], [other if row is base else row for row in held]


def _words(row: Row, old: str, new: str) -> Row | None:
    """Return the row with another word in its prompt, if that is long and has the word."""
    return (
        row | {"prompt": row["prompt"].replace(old, new, 1)}
        if old in row["prompt"] and len(row["prompt"]) > 150
        else None
    )


def _users(shared: int) -> Change:
    """Return a change in which this many users are in both splits."""
    return _both(
        lambda train, held: (
            [row | {"user": f"u{n}"} for n, row in enumerate(train)],
            [row | {"user": f"u{n}" if n < shared else f"v{n}"} for n, row in enumerate(held)],
        ),
        **{"group-by": ["user"]},
    )


def _nested(name: str) -> Change:
    return _both(
        lambda train, held: (
            [row | {"meta": {"doc": n}} for n, row in enumerate(train)],
            [row | {"meta": {"doc": 5 if n == 9 and name == "one" else 1000 + n}} for n, row in enumerate(held)],
        ),
        **{"group-by": ["meta.doc"]},
    )


def _categories(train: str, held: str) -> Change:
    """Return a change that gives the rows of both sets categories in turn."""
    return lambda talks: Given(
        [row | {"category": train[n % len(train)]} for n, row in enumerate(pairs(talks))],
        evaluation=[row | {"category": held[n % len(held)]} for n, row in enumerate(pairs(talks)[::-1])],
    )


def _benchmark(copy: Callable[[Row], Row | None], **config: Any) -> Change:
    """Return a change in which the training set contains a changed row of a benchmark."""

    def make(talks: list[Talk]) -> Given | None:
        rows = pairs(talks)
        public = [row for row in rows[90:] if len(row["prompt"].split()) > 20]
        made = copy(public[0]) if public else None
        return None if made is None else Given([*rows[:90], made], benchmark=public, config=config)

    return make


def _evaluated(rows: Carriers, number: int, change: Callable[[list[Talk]], Any]) -> Any:
    """Make a dataset that has an evaluation set without a change."""
    made = dataset(rows, number, change)
    return made if isinstance(made, Given) or made is None else _APART(made)


def _compared(rows: Carriers, number: int, change: Callable[[list[Talk]], Any]) -> Any:
    """Make a dataset that is compared with a benchmark, also without a change."""
    made = dataset(rows, number, change)
    return made if isinstance(made, Given) or made is None else _benchmark(lambda row: row | {"prompt": "Why?"})(made)


_OTHER: Final = "It depends on what you mean by it, and there is no short answer."
_APART: Final = _both(lambda train, held: (train, held))

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "BAL006",
        _evaluated,
        obvious={"half against all": _categories("ab", "a")},
        subtle={"a third against two thirds": _categories("aab", "abb")},
        near={"the same shares": _categories("ab", "ba"), "nearly": _categories("aaaabbbbb", "ab")},
    ),
    *plants(
        "RDY001",
        _evaluated,
        obvious={"no evaluation set": lambda talks: Given(pairs(talks))},
        subtle={"two training files": lambda talks: Given(pairs(talks[:60]), files={"more.jsonl": pairs(talks[60:])})},
        near={"one": _APART},
    ),
    *plants(
        "RDY002",
        dataset,
        obvious={"five rows": _both(lambda train, held: (train, held[:5]))},
        subtle={"49 rows": _both(lambda train, held: (train[:71], [*train[71:], *held][:49]))},
        near={"50 rows": _both(lambda train, held: (train[:70], [*train[70:], *held]))},
    ),
    *plants(
        "RDY003",
        _evaluated,
        obvious={"a copy": _leak(dict), "all rows": _both(lambda train, held: ([*train, *held], held))},
        subtle={
            "capitals and white space": _leak(lambda row: {key: f" {text.upper()}\n" for key, text in row.items()}),
            "another id": _leak(lambda row: row | {"id": 77}),
        },
        near={"another answer": _leak(lambda row: row | {"completion": _OTHER}), "apart": _APART},
    ),
    *plants(
        "RDY004",
        _evaluated,
        obvious={"one word more": _leak(lambda row: {key: f"{text} please" for key, text in row.items()}, of=long)},
        subtle={"one sentence less": _leak(_sentence_less, of=long)},
        near={"another answer": _leak(lambda row: row | {"completion": _OTHER}, of=long), "apart": _APART},
    ),
    *plants(
        "RDY005",
        _evaluated,
        obvious={"another answer": _leak(lambda row: row | {"completion": _OTHER})},
        subtle={
            "another answer, other capitals": _leak(
                lambda row: {"prompt": f"{row['prompt'].upper()} ", "completion": _OTHER}
            )
        },
        near={
            "another system prompt": lambda talks: Given(
                [
                    *(t.chat() for t in talks[:90]),
                    {
                        "messages": [
                            {"role": "system", "content": "Be brief."},
                            *talks[95].with_answer(_OTHER).chat()["messages"],
                        ]
                    },
                ],
                evaluation=[t.chat() for t in talks[90:]],
            ),
            "apart": _APART,
        },
    ),
    *plants(
        "RDY006",
        _evaluated,
        obvious={"three users": _users(3)},
        subtle={"one user": _users(1), "one document, under a key": _nested("one")},
        near={"none": _users(0), "none, under a key": _nested("none")},
    ),
    *plants(
        "RDY007",
        dataset,
        obvious={"the same rows": _both(lambda train, _: (train, train))},
        subtle={
            "one of two files": lambda talks: Given(
                pairs(talks[:90]), files={"more.jsonl": pairs(talks[90:])}, evaluation=pairs(talks[90:])
            )
        },
        near={"one row less": _both(lambda train, _: (train, train[1:])), "apart": _APART},
    ),
    *plants(
        "RDY008",
        _compared,
        obvious={
            "a copy": _benchmark(dict),
            "in a longer prompt": _benchmark(lambda row: row | {"prompt": f"Answer this. {row['prompt']} Be brief."}),
        },
        subtle={
            "capitals and marks": _benchmark(
                lambda row: {"prompt": row["prompt"].upper().replace(",", " ;"), "completion": _OTHER}
            ),
            "GPT-3's 13-gram": _benchmark(
                lambda row: {"prompt": " ".join(row["prompt"].split()[:16]), "completion": _OTHER},
                benchmarks={"definition": "gpt-3"},
            ),
        },
        near={
            "its first words": _benchmark(
                lambda row: {"prompt": " ".join(row["prompt"].split()[:7]), "completion": _OTHER}
            ),
            "apart": _benchmark(
                lambda row: {"prompt": " ".join(reversed(row["prompt"].split())), "completion": _OTHER}
            ),
        },
    ),
    *plants(
        "RDY009",
        _evaluated,
        obvious={
            "one word": _leak(
                lambda row: (
                    (_words(row, " the ", " a ") or {}) | {"completion": _OTHER}
                    if _words(row, " the ", " a ")
                    else None
                ),
                of=long,
            )
        },
        subtle={
            "one word more": _leak(
                lambda row: (
                    {"prompt": f"please {row['prompt']}", "completion": _OTHER} if len(row["prompt"]) > 150 else None
                ),
                of=long,
            )
        },
        near={
            "one number": _both(_numbered),
            "apart": _APART,
        },
    ),
)
