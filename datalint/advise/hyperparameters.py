"""Learning rate, epochs, rank and steps for a dataset, each with sources and where they disagree."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from datalint.advise.sources import (
    ALPACA,
    BIDERMAN,
    CONVENTION,
    HIYOUGA,
    LESTER,
    LIMA,
    PEFT,
    PREDIBASE,
    SCHULMAN,
    UNSLOTH,
    ZEPHYR,
)
from datalint.support.named_tuple import NamedTuple
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.advise.architecture import Architecture
    from datalint.advise.facts import DataFacts
    from datalint.advise.memory import Method

#: Rows of a step, in the middle of what sources use.
ROWS_OF_A_STEP: Final = 16
#: Steps under which a learning rate's warm-up takes most of the run.
FEW_STEPS: Final = 50
#: Epochs that sources recommend at most.
MOST_EPOCHS: Final = 3
#: Effective examples from which more epochs are no longer a matter of memorizing.
SMALL: Final = 500
#: Effective examples from which sources train faster and for fewer epochs.
MANY: Final = 5000
#: Ranks that sources recommend, and the greatest that a source found useful for tuning on instructions.
LEAST_RANK: Final = 4
MOST_RANK: Final = 256
_RANKS: Final = (8, 16, 32, 64, 128, 256)
#: The rank that sources start with.
USUAL_RANK: Final = 16


class Setting(NamedTuple):
    """A hyper-parameter: its value, the range that sources recommend, why, and where they disagree."""

    name: str
    value: str
    recommended: str
    because: str
    disagreement: str
    source: str


class LearningRate(NamedTuple):
    """A learning rate to start with, the values of sources, where they disagree, and the sources."""

    start: str
    recommended: str
    disagreement: str
    source: str


def learning_rate(data: DataFacts, method: Method) -> LearningRate:
    """Return the learning rate to start with."""
    prefers = data.task == "preference"
    if prefers and method == "full":
        return LearningRate("5e-7", "5e-7", "", ZEPHYR)
    if prefers:
        return LearningRate("5e-6", "5e-6", "full fine-tuning takes a tenth (Zephyr)", f"{UNSLOTH}; {ZEPHYR}")
    if method == "full":
        return LearningRate(
            "2e-5", "1e-5 to 2e-5", "LIMA falls from 1e-5 to 1e-6, Alpaca takes 2e-5", f"{ALPACA}; {LIMA}"
        )
    if method == "prompt-tuning":
        return LearningRate(
            "3e-2", "3e-2 to 3e-1", "0.3 with Adafactor (Lester), 3e-2 with AdamW (PEFT)", f"{LESTER}; {PEFT}"
        )
    return LearningRate(
        "1e-4" if data.effective < MANY else "2e-4",
        "1e-4 to 2e-4",
        "2e-4 (Unsloth, Predibase) against 1e-4 under 5,000 rows (LLaMA-Factory); under 100 steps up to 15 times the "
        "rate of full fine-tuning (Schulman)",
        f"{UNSLOTH}; {PREDIBASE}; {HIYOUGA}; {SCHULMAN}",
    )


def epochs(data: DataFacts) -> int:
    """Return the number of passes to start with."""
    if data.task == "preference":
        return 1
    return 3 if data.effective < MANY else 2


def rank(data: DataFacts, model: Architecture | None, passes: float) -> int:
    """Return the smallest of the usual ranks, from 16 on, whose adapter has a parameter for each trained token."""
    if model is None:
        return USUAL_RANK
    tokens = data.trained * passes
    return next((each for each in _RANKS[1:] if model.adapter(each) >= tokens), _RANKS[-1])


def of_epochs(passes: float) -> str:
    """Return a number of passes in words: ``1 epoch``."""
    return f"{passes:g} epoch{'' if passes == 1 else 's'}"


def steps(data: DataFacts, passes: float, rows: int) -> int:
    """Return the optimizer steps of ``passes`` over the data, ``rows`` in each step."""
    return math.ceil(data.rows / rows) * math.ceil(passes) if passes >= 1 else math.ceil(data.rows * passes / rows)


def settings(data: DataFacts, method: Method, model: Architecture | None, given: dict[str, float]) -> list[Setting]:
    """Return the settings for a method; ``given`` has what is planned (``rank``, ``epochs``, ``rows``)."""
    passes = given.get("epochs", epochs(data))
    rows = int(given.get("rows", ROWS_OF_A_STEP))
    rate = learning_rate(data, method)
    prefers = data.task == "preference"
    learned = "answers" if not prefers else "pairs" if data.preferences else "judged answers"
    found = [
        Setting(
            "learning rate",
            rate.start,
            rate.recommended,
            f"{learned}, {data.effective:,} effective examples",
            rate.disagreement,
            rate.source,
        ),
        Setting(
            "epochs",
            f"{passes:g}",
            "1 to 2" if prefers else "1 to 3",
            f"{data.effective:,} effective examples",
            "LIMA trained 15 epochs on 1,000 chosen examples, with dropout; others stop at 3",
            f"{UNSLOTH}; {HIYOUGA}; {LIMA}",
        ),
        Setting(
            "rows in a step",
            f"{rows}",
            "16 to 32",
            "",
            "Schulman advises small batches for LoRA, Predibase 16 to 32",
            f"{PREDIBASE}; {SCHULMAN}",
        ),
        Setting(
            "steps",
            f"{steps(data, passes, rows):,}",
            f"{FEW_STEPS} or more",
            f"{counted(data.rows, 'row')}, {of_epochs(passes)}, {rows} rows in a step; fewer with packing",
            "a warm-up takes 5 to 10 % of the steps",
            CONVENTION,
        ),
    ]
    if method in ("lora", "qlora"):
        found.insert(2, _rank(data, model, passes, int(given.get("rank", rank(data, model, passes)))))
    return found


def _rank(data: DataFacts, model: Architecture | None, passes: float, chosen: int) -> Setting:
    trained = "" if model is None else f"{model.adapter(chosen):,} trained parameters"
    return Setting(
        "rank",
        f"{chosen}",
        "8 to 64",
        f"{data.trained * passes:,.0f} trained tokens{', ' if trained else ''}{trained} (a heuristic)",
        "low ranks equal high ones until their capacity is met (Schulman); for 100,000 pairs of code or "
        "mathematics full fine-tuning wins (Biderman)",
        f"{PREDIBASE}; {SCHULMAN}; {BIDERMAN}",
    )


def lora_config(chosen: int) -> str:
    """Return a ``LoraConfig`` of PEFT to paste."""
    return (
        "from peft import LoraConfig\n\n"
        "config = LoraConfig(\n"
        f"    r={chosen},\n"
        f"    lora_alpha={2 * chosen},\n"
        '    target_modules="all-linear",\n'
        "    lora_dropout=0.05,\n"
        '    bias="none",\n'
        '    task_type="CAUSAL_LM",\n'
        ")\n"
    )
