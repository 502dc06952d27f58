"""Two samples of one distribution don't drift, however many categories there are."""

from __future__ import annotations

import random

import pytest

from datalint.rules.balance.split_drift import split_drift
from datalint.testing import run_rule


def rows(seed: int, size: int, weights: list[float]) -> list[dict[str, str]]:
    drawn = random.Random(seed).choices(range(len(weights)), weights, k=size)
    return [
        {"prompt": f"Question {seed} {n}", "completion": f"{n}", "category": f"topic {label}"}
        for n, label in enumerate(drawn)
    ]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("categories", [2, 20, 77])
def test_chance_is_no_drift(seed: int, categories: int) -> None:
    weights = [1 / (1 + n) for n in range(categories)]
    assert not run_rule(split_drift, rows=rows(seed, 400, weights), evaluation=rows(seed + 100, 60, weights))


@pytest.mark.parametrize("categories", [4, 77])
def test_turning_the_weights_round_is_drift(categories: int) -> None:
    weights = [1 / (1 + n) for n in range(categories)]
    assert run_rule(split_drift, rows=rows(0, 400, weights), evaluation=rows(100, 60, weights[::-1]))
