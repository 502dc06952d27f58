"""What rows show about the task: its kind, labels, JSON answers, system prompt, names and numbers, lengths."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

import polars as pl

from datalint.advise.facts import DataFacts, SystemPrompt
from datalint.advise.grounding import grounding
from datalint.privacy.display import excerpt

if TYPE_CHECKING:
    from datalint.core.kind import Kind, Task
    from datalint.privacy.display import Shown
    from datalint.records.dataset import Text

#: Examples whose texts are looked at, evenly spread over the dataset.
SAMPLE: Final = 1000
#: Different answers up to which they are labels, and characters of the longest one.
LABELS: Final = 20
_LABEL_CHARS: Final = 80
#: Examples for each label at least, so that few answers are not just few examples.
_ROWS_OF_A_LABEL: Final = 5
#: Share of examples that decides the kind of task.
_MOST: Final = 0.5
_NEARLY_ALL: Final = 0.9
#: Tokens from which a constant prompt is worth saving.
LONG_PROMPT: Final = 100
_KEYS: Final = 8
_ENDS: Final = (0.2, 0.8)


class Rows(Protocol):
    """A merged dataset: :class:`datalint.records.dataset.Dataset`, or a part of it."""

    @property
    def examples(self) -> pl.DataFrame:
        """Columns of the examples, without texts."""
        ...

    @property
    def evaluation(self) -> pl.DataFrame | None:
        """The same of the evaluation set."""
        ...

    @property
    def kind(self) -> Kind:
        """What the data is for."""
        ...

    def texts(self, rows: Sequence[int]) -> list[Text]:
        """Return the texts of rows."""
        ...

    def where(self, row: int) -> str:
        """Return file and line of a row."""
        ...


def observe(data: Rows, effective: int) -> DataFacts:
    """Return the facts of a dataset with so many effective examples."""
    examples = data.examples
    size = examples.height
    chosen = [number * size // min(size, SAMPLE) for number in range(min(size, SAMPLE))]
    texts = data.texts(chosen)
    answers = int(examples.filter(pl.col("response_chars") > 0)["response_hash"].n_unique()) if size else 0
    keys, json_share = _json(texts)
    pairs = int(examples["is_preference"].sum() or 0) if size else 0
    task, because = _task(data, answers, texts, keys, pairs)
    exact = "model_tokens" in examples.columns and examples["model_tokens"].null_count() < size
    lengths = _lengths(examples, exact=exact) if size else pl.Series([0])
    learned = "trained_tokens" if exact else "response_tokens"
    prose = task in ("chat", "generation", "preference")
    return DataFacts(
        rows=size,
        kind=data.kind,
        task=task,
        because=because,
        effective=effective,
        answers=answers,
        longest=int(lengths.max() or 0),  # type: ignore[arg-type]
        read=int(examples["tokens"].sum() or 0) if size else 0,
        trained=int(examples[learned].sum() or 0) if size else 0,
        exact=exact,
        evaluation=None if data.evaluation is None else data.evaluation.height,
        labels=_labels(texts) if task == "classification" else (),
        json_share=json_share,
        json_keys=keys,
        preferences=pairs,
        grounding=grounding(
            [(f"{text.system}\n{text.prompt}", text.response) for text in texts], [data.where(row) for row in chosen]
        )
        if prose and texts
        else None,
        system=_system(examples, texts) if size else None,
    )


def _task(data: Rows, answers: int, texts: Sequence[Text], keys: tuple[Shown, ...], pairs: int) -> tuple[Task, str]:
    examples = data.examples
    size = examples.height
    if data.kind == "evaluation":
        return "evaluation", "the files are named as an evaluation set"
    if data.kind == "preference" or pairs > _MOST * size:
        return "preference", f"{pairs or size:,} of {size:,} examples compare or judge answers"
    if data.kind == "rl":
        return "reinforcement", "the examples have no answers to learn"
    if data.kind == "text":
        return "continuation", "the examples are texts without prompts"
    calls = int(examples["has_tool_calls"].sum() or 0) if size else 0
    if calls > _MOST * size:
        return "tool-use", f"{calls:,} of {size:,} examples call tools"
    longest = int(examples["response_chars"].max() or 0) if size else 0  # type: ignore[arg-type]
    if 0 < answers <= LABELS and size >= _ROWS_OF_A_LABEL * answers and longest <= _LABEL_CHARS:
        return "classification", f"{answers:,} different answers in {size:,} examples"
    if keys:
        return "structured-output", f"the answers are JSON objects with the keys {', '.join(keys[:_KEYS])}"
    turns = int((examples["roles"].str.count_matches("[ac]") > 1).sum()) if size else 0
    if turns > _MOST * size:
        return "chat", f"{turns:,} of {size:,} examples have several answers"
    return "generation", f"{answers:,} different answers in {size:,} examples"


def _lengths(examples: pl.DataFrame, *, exact: bool) -> pl.Series:
    """Return the tokens that pass through the model at once: of a preference, those of one side."""
    tokens = examples["tokens"].cast(pl.Int64)
    side = tokens // 2 if exact else tokens - examples["response_tokens"].cast(pl.Int64) // 2
    return examples.select(pl.when(pl.col("is_preference")).then(side).otherwise(tokens).alias("n")).to_series()


def _labels(texts: Sequence[Text]) -> tuple[Shown, ...]:
    counts = Counter(text.response.strip() for text in texts)
    return tuple(excerpt(label, 40) for label, _ in counts.most_common(LABELS))


def _json(texts: Sequence[Text]) -> tuple[tuple[Shown, ...], float]:
    """Return the keys that nearly all answers have as JSON objects, if they have one set, and the share of objects."""
    if not texts:
        return (), 0.0
    found = [_object(text.response) for text in texts]
    sets = Counter(frozenset(each) for each in found if each is not None)
    share = sum(sets.values()) / len(texts)
    if not sets or share < _NEARLY_ALL:
        return (), share
    most, count = sets.most_common(1)[0]
    if count < _NEARLY_ALL * len(texts) or not most:
        return (), share
    first = next(each for each in found if each is not None and frozenset(each) == most)
    return tuple(excerpt(key, 30) for key in first), share


def _object(answer: str) -> dict[str, Any] | None:
    text = answer.strip()
    if not text.startswith("{"):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _system(examples: pl.DataFrame, texts: Sequence[Text]) -> SystemPrompt | None:
    """Return the system prompt that most examples share, or else the beginning of their prompts."""
    size = examples.height
    with_system = examples.filter(pl.col("has_system"))
    if with_system.height:
        most = with_system["system_hash"].value_counts().sort("count", descending=True).row(0)[1]
        text = Counter(text.system for text in texts if text.system).most_common(1)
        if most > _MOST * size and text:
            return SystemPrompt(most / size, _tokens(text[0][0]))
    prompts = sorted(text.prompt for text in texts)
    if len(prompts) < 1 / _ENDS[0]:
        return None
    low, high = (prompts[int(end * (len(prompts) - 1))] for end in _ENDS)
    if low == high:
        return None
    common = low[
        : next((at for at, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high)))
    ]
    share = sum(prompt.startswith(common) for prompt in prompts) / len(prompts) if common else 0.0
    return SystemPrompt(share, _tokens(common)) if common else None


def _tokens(text: str) -> int:
    """Estimate the tokens of a text, as the columns do: a quarter of the ASCII characters, 0.6 for each other one."""
    plain = sum(character.isascii() for character in text)
    return round(plain / 4 + 0.6 * (len(text) - plain))
