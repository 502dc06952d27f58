"""Whether there is an evaluation set, and how much of it the training set contains."""

from __future__ import annotations

from datalint.engine.reduce.measures.registry import Facts, measure


@measure("evaluation-examples")
def evaluation_examples(facts: Facts) -> int:
    """Count the evaluation rows, 0 without an evaluation set."""
    return 0 if facts.data.evaluation is None else facts.data.evaluation.height


@measure("leaked-exact", needs={"leaks"})
def leaked_exact(facts: Facts) -> int:
    """Count the evaluation rows that the training set contains with the same content or text."""
    return _leaked(facts, "exact", "normalized")


@measure("leaked-near", needs={"leaks", "near"})
def leaked_near(facts: Facts) -> int:
    """Count the evaluation rows with a near-duplicate in the training set."""
    return _leaked(facts, "near")


@measure("leaked-prompt", needs={"leaks"})
def leaked_prompt(facts: Facts) -> int:
    """Count the evaluation rows whose prompt alone is in the training set."""
    return _leaked(facts, "prompt")


def _leaked(facts: Facts, *kinds: str) -> int:
    return sum(leak.kind in kinds and leak.training not in facts.accepted for leak in facts.data.leaks)
