"""How measures read to a person."""

from __future__ import annotations

from typing import Final

from datalint.config.gates import Gate
from datalint.core.registry import suggestion
from datalint.privacy.display import excerpt
from datalint.records.dataset import Dataset
from datalint.support.numbers import percent

#: What to supply when a measure could not be taken.
REMEDIES: Final = {
    "reviewed-share": "no field says which rows a person reviewed (reviewed, verified, approved …)",
    "largest-category-share": "no category key found; name one with --category KEY",
    "evenness": "no category key found; name one with --category KEY",
    "distribution-distance": "no distribution declared; add [balance.expected] to the configuration",
    "leaked-exact": "no evaluation set; give one with --eval PATH",
    "leaked-near": "no evaluation set; give one with --eval PATH",
    "leaked-prompt": "no evaluation set; give one with --eval PATH",
    "shapes": "no row has a known shape",
    "conflicting-prompt-share": "the rows have no prompts",
}

#: Measures of the evaluation set.
EVALUATION: Final = frozenset(("evaluation-examples", "leaked-exact", "leaked-near", "leaked-prompt"))
#: Measures of the category.
_CATEGORY: Final = frozenset(("largest-category-share", "evenness", "distribution-distance"))


def remedy(measure: str, dataset: Dataset, category_key: str | None) -> str:
    """Return why a measure could not be taken, and what to supply; ``category_key`` is the configured one."""
    if dataset.size == 0:
        return "there are no examples"
    named = [name.partition(":")[2] for name in dataset.examples.columns if name.startswith("category:")]
    if category_key is not None and measure in _CATEGORY and (dataset.category is None or not dataset.category.counts):
        near = suggestion(category_key, (name for name in named if name != category_key))
        return f"no example has a value under the configured category key {excerpt(category_key, 40)!r}{near}"
    # A label may be a preference's, whatever its values.
    named = [name for name in named if name.rpartition(".")[2].strip().lower() != "label"]
    if measure in _CATEGORY and named and dataset.category is None:
        why = "its values hardly repeat, are letters of options, or most rows have none"
        return f"{excerpt(named[0], 40)!r} is no category: {why}; name a key with --category KEY"
    return REMEDIES.get(measure, "the data does not say")


def shown(gate: Gate, value: float | int | None) -> str:
    """Return the value as the report prints it: a share in percent, a count with separators."""
    if value is None:
        return "not assessed"
    if gate.unit == "share":
        return percent(value)
    if gate.unit == "evenness":
        return f"{value:.2f}"
    return f"{value:,}"


def detail(measure: str, dataset: Dataset) -> str | None:
    """Return what else a person wants to know beside the number."""
    numbers = dataset.measures
    if measure == "effective-examples":
        refused = sum(facts.rows_refused for facts in dataset.files)
        read = numbers["examples"] or 0
        invalid = read - (numbers["valid-examples"] or 0)
        repeats = (numbers["valid-examples"] or 0) - (numbers["effective-examples"] or 0)
        parts = [f"{read:,} read"]
        parts += [f"{invalid:,} invalid"] if invalid else []
        parts += [f"{repeats:,} repeat{'s' * (repeats != 1)}"] if repeats else []
        parts += [f"{refused:,} refused"] if refused else []
        return ", ".join(parts)
    if measure == "largest-category-share" and dataset.category is not None:
        category = dataset.category
        name, count = next(iter(category.counts.items()))
        return f"{category.key} = {name!r}: {count:,} of {category.total:,}"
    if measure == "reviewed-share" and dataset.review is not None:
        return f"{dataset.review.key}: {dataset.review.reviewed:,} of {dataset.review.total:,}"
    if measure == "shapes":
        counts = dataset.examples["shape"].value_counts().sort(["count", "shape"], descending=[True, False])
        return ", ".join(f"{shape} {count:,}" for shape, count in counts.head(4).iter_rows())
    return None
