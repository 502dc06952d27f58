"""Measures of the evaluation set and of its overlap with the training set."""

from __future__ import annotations

from typing import Final

from datalint.core.finding import Severity
from datalint.core.kind import EVALUATION
from datalint.engine.reduce.measures.registry import Facts, measure
from datalint.engine.reduce.measures.volume import valid_examples
from datalint.records.hidden_labels import hidden_labels
from datalint.records.leaks import most_serious
from datalint.records.prompts import asked_everywhere
from datalint.records.unread_files import unread_files, why_uncompared
from datalint.verdict.evaluation_hint import SEEDS, UNCOUNTED


def _needs_none(facts: Facts) -> str | None:
    """Return why data without an evaluation set needs none, where no finding asks for one."""
    data = facts.data
    if data.evaluation is not None or facts.findings_of("held-out-evaluation"):
        return None
    if not facts.read.any():
        return "no row could be read as an example"
    if (why := data.analyses.maybe_evaluation) in (*UNCOUNTED, SEEDS):
        return f"{why}; if it is training data: --kind {data.kind}"
    if why:
        return f"this may be an evaluation set itself: --kind {EVALUATION}, or --kind {data.kind}"
    if data.to_join:
        return data.to_join
    return (
        "no name says that these texts are for training; if they are, give an evaluation set with --eval PATH"
        if data.are_documents
        else None
    )


@measure("evaluation-examples", remedy=_needs_none)
def evaluation_examples(facts: Facts) -> int | None:
    """Count the evaluation rows that are read and have a label; a passage counts as often as it has answers.

    It is 0 without a set.
    """
    data = facts.data
    if data.evaluation is None:
        return 0 if _needs_none(facts) is None else None
    unread = unread_files(data.examples, data.evaluation)
    without = unread | hidden_labels(data.examples, data.evaluation)
    rows = data.evaluation.height - sum(without.values())
    return rows + data.analyses.more_examples[1] if rows else 0


@evaluation_examples.detail
def none_held_out(facts: Facts) -> str | None:
    """Return why there is no evaluation set and no finding asks for one: other rows are needed first."""
    if facts.data.evaluation is not None or facts.findings_of("held-out-evaluation"):
        return None
    valid = valid_examples.compute(facts) or 0
    limits = facts.data.limits.get("effective-examples", ())
    if not any(limit is not None and valid < limit for limit in limits):
        return None
    alike = facts.data.files_alike
    return f"this is one of {alike:,} files of its folder" if alike else "too few rows to hold any out"


def _uncompared(facts: Facts) -> str | None:
    """Return why no evaluation row is compared with the training rows; None if any is."""
    return why_uncompared(facts.data.examples, facts.data.evaluation)


@measure("leaked-exact", needs={"leaks"}, remedy=_uncompared)
def leaked_exact(facts: Facts) -> int | None:
    """Count the evaluation rows that the training set contains with the same content or text."""
    return _leaked(facts, "exact", "normalized")


@measure("leaked-near", needs={"leaks", "near"}, remedy=_uncompared)
def leaked_near(facts: Facts) -> int | None:
    """Count the evaluation rows with a near-duplicate in the training set."""
    return _leaked(facts, "near")


@measure("leaked-prompt", needs={"leaks"}, remedy=_uncompared)
def leaked_prompt(facts: Facts) -> int | None:
    """Count the evaluation rows whose prompt alone is in the training set, unless any division has it on both sides."""
    return _leaked(facts, "prompt")


#: The measure that counts each kind of leak.
_MEASURES: Final = {
    "exact": "leaked-exact",
    "normalized": "leaked-exact",
    "near": "leaked-near",
    "prompt": "leaked-prompt",
}


def _leaked(facts: Facts, *kinds: str) -> int | None:
    """Count each evaluation row by its most serious leak that is not accepted; None if none could be found."""
    if not facts.data.leaks and _uncompared(facts) is not None:
        return None
    contexts, everywhere = facts.data.examples["context"], facts.data.once(asked_everywhere)
    accepted = {kind: facts.accepted_by.get(name, frozenset()) for kind, name in _MEASURES.items()}
    left = most_serious(leak for leak in facts.data.leaks if leak.training not in accepted[leak.kind])
    return sum(
        leak.kind in kinds and not (leak.kind == "prompt" and contexts[leak.training] in everywhere) for leak in left
    )


@measure("plan-problems", needs={"plan"})
def plan_problems(facts: Facts) -> int:
    """Count the findings of rules about the plan of the training run."""
    return facts.findings_of("plan")


@measure("plan-errors", needs={"memory"})
def plan_errors(facts: Facts) -> int:
    """Count the errors among the findings about the plan."""
    return facts.findings_of("plan", Severity.ERROR)
