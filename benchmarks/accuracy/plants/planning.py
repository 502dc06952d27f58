"""Defects of plans, volume and licences, which settings and the number of rows make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from benchmarks.accuracy.carriers import Carriers, Talk
from benchmarks.accuracy.plants.bases import pairs
from benchmarks.accuracy.plants.kinds import Given, Plant, plants, talk_of

Change = Callable[[list[Talk]], Given]


def _plan(**plan: Any) -> Change:
    """Return a change that adds a plan; keys as the configuration has them."""
    return lambda talks: Given(
        pairs(talks), config={"plan": {key.replace("_", "-"): value for key, value in plan.items()}}
    )


def _held(**plan: Any) -> Change:
    def make(talks: list[Talk]) -> Given:
        return Given(pairs(talks[:-10]), evaluation=pairs(talks[-10:]), config=_plan(**plan)(talks).config)

    return make


def unplanned(rows: Any, number: int, change: Callable[[list[Talk]], Any]) -> Any:
    """Make a dataset of 60 real rows; without a change it has no plan, so that nothing is to be reported."""
    return change([talk_of(rows, number * 60 + each) for each in range(60)])


def sized(rows: Carriers, number: int, change: Callable[[list[Talk]], Any]) -> Any:
    """Make a dataset of 700 real rows, which is large enough."""
    made = change([talk_of(rows, number * 70 + each) for each in range(700)])
    return made if isinstance(made, Given) else [*map(Talk.pair, made)]


_QWEN: Final = "Qwen/Qwen3-8B"
_SMALLER: Final = {"Qwen/Qwen3-0.6B": False, "Qwen/Qwen3-4B": False}

PLANTS: Final[tuple[Plant, ...]] = (
    *plants(
        "RDY101",
        unplanned,
        obvious={"the goal": _plan(goal="domain-knowledge"), "it says so": _plan(knowledge=True)},
        subtle={"with a style as goal": _plan(goal="style", knowledge=True)},
        near={
            "no plan": lambda talks: Given(pairs(talks)),
            "it can't be retrieved": _plan(goal="domain-knowledge", retrievable=False),
            "none is needed": _plan(goal="style", knowledge=False),
        },
    ),
    *plants(
        "RDY102",
        unplanned,
        obvious={"a model alone": _plan(base_model=_QWEN)},
        subtle={
            "other results": _plan(base_model=_QWEN, models={"Qwen/Qwen3-4B": 0.5}),
            "a metric": _plan(metric="F1"),
        },
        near={
            "a result": _plan(prompt_baseline=0.4),
            "a result of zero": _plan(prompt_baseline=0.0),
            "no plan": lambda talks: Given(pairs(talks)),
        },
    ),
    *plants(
        "RDY103",
        unplanned,
        obvious={"neither": _plan(method="lora")},
        subtle={"a set without a metric": _held(method="lora")},
        near={"both": _held(metric="F1"), "no plan": lambda talks: Given(pairs(talks))},
    ),
    *plants(
        "RDY104",
        unplanned,
        obvious={"the largest of three": _plan(base_model=_QWEN, models=_SMALLER)},
        subtle={
            "the only one, and large": _plan(base_model="acme/giant-70B-instruct"),
            "the larger of two": _plan(base_model="meta-llama/Llama-3.1-8B", models={"Qwen/Qwen3-0.6B": False}),
        },
        near={
            "a smaller one has a result": _plan(base_model=_QWEN, models={**_SMALLER, "Qwen/Qwen3-4B": 0.4}),
            "a larger one is considered": _plan(base_model="Qwen/Qwen3-4B", models={_QWEN: False}),
            "small": _plan(base_model="Qwen/Qwen3-0.6B"),
        },
    ),
    *plants(
        "RDY105",
        unplanned,
        obvious={
            "all of 8 billion on 24 GB": _plan(base_model="meta-llama/Llama-3.1-8B", method="full", gpu="RTX 4090"),
            "70 billion on 24 GB": _plan(base_model="meta-llama/Llama-3.1-70B", method="qlora", gpu="24GB"),
        },
        subtle={
            "all of 4 billion on 24 GB": _plan(base_model="Qwen/Qwen3-4B", method="full", gpu="24GB"),
            "many rows at once": _plan(base_model=_QWEN, method="lora", gpu="24GB", micro_batch=4096),
        },
        near={
            "LoRA of 8 billion on 80 GB": _plan(base_model=_QWEN, method="lora", gpu="80GB"),
            "QLoRA of 8 billion on 24 GB": _plan(base_model=_QWEN, method="qlora", gpu="24GB"),
            "no GPU": _plan(base_model=_QWEN, method="full"),
        },
    ),
    *plants(
        "RDY106",
        unplanned,
        obvious={"output format": _plan(goal="output-format"), "general questions": _plan(goal="general-questions")},
        subtle={"a prompt solves it": _plan(goal="style", prompt_solves=True)},
        near={
            "a prompt was tried": _plan(goal="output-format", prompt_solves=False),
            "style": _plan(goal="style"),
            "no plan": lambda talks: Given(pairs(talks)),
        },
    ),
    *plants(
        "RDY107",
        unplanned,
        obvious={"twenty epochs": _plan(epochs=20), "a rank of 1,024": _plan(rank=1024, epochs=3, batch=2)},
        subtle={"few steps": _plan(epochs=2, batch=32), "a rank of 1": _plan(rank=1, epochs=3, batch=2)},
        near={
            "three epochs of 20 steps": _plan(epochs=3, batch=1, rank=16),
            "no plan": lambda talks: Given(pairs(talks)),
        },
    ),
    *plants(
        "VOL001",
        sized,
        obvious={"ten rows": lambda talks: Given(pairs(talks[:10])), "99 rows": lambda talks: Given(pairs(talks[:99]))},
        subtle={
            "400 rows": lambda talks: Given(pairs(talks[:400])),
            "copies": lambda talks: Given(pairs(talks[:350]) * 2),
        },
        near={"700 rows": lambda talks: Given(pairs(talks)), "with copies": lambda talks: Given(pairs(talks) * 2)},
    ),
    *plants(
        "VOL003",
        sized,
        obvious={"ten copies": lambda talks: Given(pairs(talks[:60]) * 10)},
        subtle={
            "with other white space": lambda talks: Given(
                [*pairs(talks[:350]), *({k: f" {v}" for k, v in row.items()} for row in pairs(talks[:350]))]
            )
        },
        near={
            "with copies": lambda talks: Given(pairs(talks) * 2),
            "too few anyway": lambda talks: Given(pairs(talks[:100]) * 2),
        },
    ),
)
