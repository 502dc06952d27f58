"""Measures of the number of examples."""

from __future__ import annotations

from datalint.core.kind import TEXT
from datalint.engine.reduce.measures.registry import Facts, measure
from datalint.records import effective
from datalint.support.numbers import counted
from datalint.verdict.evaluation_hint import UNCOUNTED


@measure("examples")
def examples(facts: Facts) -> int:
    """Count the rows that were read."""
    return facts.size


@measure("valid-examples")
def valid_examples(facts: Facts) -> int:
    """Count the rows without a format error."""
    return int(facts.data.examples["valid"].sum())


def _are_none(facts: Facts) -> str | None:
    """Return why rows are no examples yet that could be too few, None if they are."""
    data = facts.data
    if data.to_join:
        return data.to_join
    if (why := data.analyses.maybe_evaluation) in UNCOUNTED:
        return f"{why}; if it is training data: --kind {data.kind}"
    return None


@measure("effective-examples", needs={"near"}, remedy=_are_none)
def effective_examples(facts: Facts) -> int | None:
    """Count the effective examples."""
    if _are_none(facts) is not None:
        return None
    return effective.effective_examples(facts.data)


@effective_examples.detail
def lost_examples(facts: Facts) -> str:
    """Return why the other rows don't count."""
    valid = valid_examples.compute(facts) or 0
    examples = facts.data.examples
    ties = int(facts.data.ties.sum())
    empty = int((examples["valid"].to_numpy() & effective.silent_rows(facts.data)).sum())
    rows = int(effective.effective_rows(facts.data).sum())
    invalid, repeats = facts.size - valid, valid - empty - ties - rows
    refused = sum(file.rows_refused for file in facts.data.files)
    parts = [f"{facts.size:,} read"]
    parts += [f"{invalid:,} invalid"] if invalid else []
    parts += [f"{empty:,} empty"] if empty else []
    parts += [counted(ties, "tie")] if ties else []
    parts += [f"{repeats:,} repeat{'s' * (repeats != 1)}"] if repeats else []
    parts += [f"{refused:,} refused"] if refused else []
    if facts.data.kind == TEXT and effective_examples.compute(facts) != rows:
        parts.append(f"long ones in parts of {effective.LONGEST_TEXT:,} tokens")
    return ", ".join(parts)
