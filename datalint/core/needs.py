"""What a rule or a measure needs apart from the rows: analyses of the whole dataset, and inputs that the user gives.

A rule declares them with ``@rule(…, needs={"near"})``, a measure with ``@measure(…, needs={"near"})``. A run makes the
analyses that its rules and gates need, and no others. What the data or the settings do not provide is *missing*: rules
and measures that need it are not assessed, with the remedy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from datalint.support.named_tuple import NamedTuple


class Need(NamedTuple):
    """Something that a rule may need.

    ``attributes`` are those of :class:`~datalint.records.dataset.Dataset` that only rules with this need may read.
    ``remedy`` says why it can be missing and what to supply. ``implies`` are needs that come with it. ``option`` is the
    option of the rule that provides it.
    """

    name: str
    title: str
    attributes: tuple[str, ...] = ()
    remedy: str = "the data does not say"
    implies: tuple[str, ...] = ()
    option: str | None = None


NEEDS: Final[Mapping[str, Need]] = {
    need.name: need
    for need in (
        Need("near", "verified near-duplicates; with `leaks` also those of evaluation rows", ("near",)),
        Need("families", "template families: prompts that are equal once numbers and names are masked", ("families",)),
        Need("prompts", "prompts with several different responses", ("repeated_prompts",)),
        Need(
            "conflicts",
            "prompts with responses that contradict each other",
            ("conflicts",),
            implies=("prompts",),
        ),
        Need("examples", "a row of a known shape", remedy="no row could be read as an example"),
        Need(
            "answers",
            "conversations whose answers are learned, which prompts for reinforcement learning are not",
            remedy="prompts for reinforcement learning have no answers (--kind rl)",
        ),
        Need(
            "distribution",
            "the distribution over categories that the configuration declares",
            remedy="no distribution declared; add [balance.expected] to the configuration",
            implies=("category",),
        ),
        Need(
            "category",
            "the category key and its counts",
            ("category", "evaluation_category"),
            remedy="no category key found; name one with --category KEY",
            implies=("examples",),
        ),
        Need(
            "review",
            "the field that marks rows as reviewed by a person",
            ("review",),
            remedy="no field says which rows a person reviewed (reviewed, verified, approved …)",
        ),
        Need(
            "evaluation",
            "an evaluation set",
            remedy="no evaluation set; give one with --eval PATH",
        ),
        Need(
            "leaks",
            "evaluation rows that the training set contains too",
            ("leaks", "brief_leaks"),
            remedy="no evaluation set; give one with --eval PATH",
            implies=("evaluation",),
        ),
        Need(
            "groups",
            "groups of rows that belong together and are in both splits: one document, user or id",
            ("shared_groups",),
            remedy="no key of a group; name one with --group-by KEY",
            implies=("evaluation",),
        ),
        Need(
            "near-prompts",
            "training prompts that are nearly those of the evaluation set, with other answers",
            ("near_prompts",),
            remedy="no evaluation set; give one with --eval PATH",
            # What leaks in a more serious way is left out, whichever rules are selected.
            implies=("leaks", "near"),
        ),
        Need(
            "embeddings",
            "training prompts that paraphrase the evaluation set, by word vectors of the extra `semantic`",
            ("paraphrases",),
            remedy="the extra semantic is not installed; pip install 'datalint-sft[semantic]'",
            implies=("near-prompts",),
        ),
        Need(
            "benchmark",
            "benchmark examples that the training set contains, under a published definition",
            ("contamination",),
            remedy="no benchmark; give one with --benchmark PATH",
        ),
        Need(
            "provenance",
            "files next to the data that say under which licence it is: none is an empty tuple",
            ("provenance",),
            remedy="the rows are in no file, so that no licence can be next to them",
        ),
        Need(
            "held-out-evaluation",
            "a project that evaluates on held-out rows: `eval` is not false",
            ("evaluation_nearby",),
        ),
        Need(
            "schema",
            "a JSON Schema, in the option `schema` of the rule",
            remedy="no JSON Schema; give one with --schema PATH",
            option="schema",
        ),
        Need(
            "target",
            "the trainers or providers that the data is for: what each does with a row is in `record.treatments`",
            ("targets",),
            remedy="no target; name one with --target NAME",
        ),
        Need(
            "plan",
            "the plan of the training run, in `[plan]` of the configuration",
            ("training",),
            remedy="no plan of the training run; write one with datalint advise --write-plan",
        ),
        Need(
            "memory",
            "base model, method and GPU of the plan, with the sizes of the model",
            remedy="no plan of the training run; write one with datalint advise --write-plan",
            implies=("plan",),
        ),
        Need(
            "model",
            "a model: what its chat template makes of each row, in `record.renderings`",
            remedy="no model; name one with --model NAME or --model FOLDER",
        ),
        Need(
            "tokens",
            "the tokenizer of the model: exact counts of tokens",
            remedy="no model; name one with --model NAME or --model FOLDER",
            implies=("model",),
        ),
    )
}

#: Needs that are missing without an evaluation set.
EVALUATED: Final = ("evaluation", "leaks", "groups", "near-prompts", "embeddings")
#: Attributes of the dataset by the need that a rule must declare to read them.
GUARDED: Final[Mapping[str, str]] = {name: need.name for need in NEEDS.values() for name in need.attributes}


class UndeclaredNeedError(RuntimeError):
    """A rule reads what it does not declare in ``needs``; without that, the run may not have computed it."""


def check_needs(names: Iterable[str]) -> frozenset[str]:
    """Return ``names`` as a set.

    Raises:
        ValueError: for a name that no need has.
    """
    wanted = frozenset([names] if isinstance(names, str) else names)
    if unknown := sorted(wanted - NEEDS.keys()):
        raise ValueError(f"unknown need {unknown[0]!r}; there are {', '.join(NEEDS)}")
    return wanted


def expanded(names: Iterable[str]) -> frozenset[str]:
    """Return ``names`` with all needs that they imply."""
    return _expanded(frozenset(names))


@lru_cache(maxsize=256)
def _expanded(names: frozenset[str]) -> frozenset[str]:
    found: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left += NEEDS[name].implies
    return frozenset(found)


def why_missing(names: Iterable[str], missing: Mapping[str, str]) -> str | None:
    """Return the reason of the first of ``names``, or of what they imply, that is in ``missing``; None for none."""
    wanted = expanded(names)
    return next((missing[name] for name in NEEDS if name in wanted and name in missing), None)


def missing_option(names: Iterable[str], options: object) -> str | None:
    """Return the remedy of a need that an option of the rule provides, if the option is not set; None otherwise."""
    for need in map(NEEDS.__getitem__, sorted(names)):
        if need.option is not None and not getattr(options, need.option, None):
            return need.remedy
    return None
