"""Facts to advise on."""

from __future__ import annotations

import datetime
from typing import Any

from datalint.advise.advice import Advice, advise
from datalint.advise.architecture import known
from datalint.advise.facts import Answers, DataFacts, Training
from datalint.advise.gpus import find_gpu
from datalint.config.model import TrainingPlan

TODAY = datetime.date(2026, 11, 26)


def data_facts(**given: Any) -> DataFacts:
    """Return the facts of a dataset that shows little, with ``given`` over them."""
    values = {
        "rows": 1000, "kind": "sft", "task": "generation", "because": "1,000 different answers in 1,000 examples",
        "effective": 1000, "answers": 1000, "longest": 900, "read": 300_000, "trained": 200_000, "exact": True,
        "evaluation": 200,
    }  # fmt: skip
    return DataFacts(**{**values, **given})


def training(**plan: Any) -> Training:
    """Return a plan with what it names looked up."""
    table = TrainingPlan(**plan)
    return Training(
        plan=table,
        model=None if table.base_model is None else known(table.base_model),
        gpu=None if table.gpu is None else find_gpu(table.gpu),
        declared=bool(plan),
    )


def advice(answers: Answers | None = None, data: DataFacts | None = None, **plan: Any) -> Advice:
    """Return the advice for facts and a plan."""
    return advise(answers or Answers(), data, training(**plan), TODAY)
