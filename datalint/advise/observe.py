"""What rows show about the task: its kind, labels, JSON answers, system prompt, names and numbers, lengths."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol

import polars as pl

from datalint.advise.facts import DataFacts, Grounding, SystemPrompt
from datalint.advise.grounding import grounding
from datalint.privacy.display import excerpt
from datalint.support.chat_texts.recognized import answers_in
from datalint.support.common_prefix import common_prefix
from datalint.support.named_tuple import NamedTuple
from datalint.support.numbers import counted

if TYPE_CHECKING:
    from datalint.core.kind import Kind, Task
    from datalint.privacy.display import Shown
    from datalint.records.analyses import Text

#: Examples whose texts are looked at, evenly spread over the dataset.
SAMPLE: Final = 1000
#: Different answers up to which they are labels, and characters of the longest one.
LABELS: Final = 20
_LABEL_CHARS: Final = 80
#: Examples for each label at least, so that few answers are not just few examples.
_ROWS_OF_A_LABEL: Final = 5
#: The same for many labels.
_MANY_LABELS: Final = 200
_ROWS_OF_MANY: Final = 20
#: A block of Markdown that is the whole answer.
_FENCE: Final = re.compile(r"\A```(?:json)?\n(.*)\n```\Z", re.DOTALL | re.IGNORECASE)
#: The shape of rows that were not read.
_UNREAD: Final = "unknown"
#: The shapes of texts with labels: of each token, and of the parts that keys mapped to `labels` name.
_TAGGED: Final = ("token-labels", "mapped-labels")
#: That of token ids, which hold no text to look at.
_IDS: Final = "pretokenized"
#: Share of examples that decides the kind of task.
_MOST: Final = 0.5
_NEARLY_ALL: Final = 0.9
_LEAST_PROMPT: Final = 10
_KEYS: Final = 8
_ENDS: Final = (0.2, 0.8)


class DatasetView(Protocol):
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


def observe(data: DatasetView, effective: int, task: Task | None = None, *, to_join: str = "") -> DataFacts:
    """Return the facts of a dataset with so many effective examples. Rows of unknown shape show nothing.

    ``task`` is the kind of task where the plan names it. Rows ``to_join`` with others show none.
    """
    examples = data.examples.with_row_index("at").filter(pl.col("shape") != _UNREAD)
    size = examples.height
    chosen = (
        examples["at"].gather([number * size // min(size, SAMPLE) for number in range(min(size, SAMPLE))]).to_list()
    )
    texts = data.texts(chosen)
    keys, json_share = _json(texts)
    counts = _Counts.of(examples, data.examples.height)
    # Texts that are conversations with markers of turns are plain as well, whatever their kind.
    plain = data.kind == "text" or int((examples["roles"] == "p").sum()) > _MOST * size
    if to_join:
        task, because = None, "no row is an example yet"
    elif task is not None:
        because = "the plan says so"
    else:
        task, because = (plain and _transcripts(texts)) or _task(data.kind, counts, keys, json_share)
    exact = "model_tokens" in examples.columns and examples["model_tokens"].null_count() < size
    lengths = _lengths(examples, exact=exact)
    # Texts have no prompt to compare with.
    compared = task in ("chat", "generation", "preference", "structured-output") and not plain
    compared = compared and counts.ids <= _MOST * size
    characters = sum(len(part) for text in texts for part in text)
    sampled = int(examples.filter(pl.col("at").is_in(chosen))["tokens"].sum())
    return DataFacts(
        rows=data.examples.height,
        kind=data.kind,
        task=task,
        because=because,
        effective=effective,
        answers=counts.answers,
        longest=int(lengths.max() or 0),  # type: ignore[arg-type]
        read=int(examples["tokens"].sum()),
        trained=int(examples["trained_tokens" if exact else "response_tokens"].sum()),
        exact=exact,
        evaluation=None if data.evaluation is None else data.evaluation.height,
        labels=_labels(texts) if task == "classification" else (),
        json_share=json_share,
        json_keys=keys,
        preferences=counts.pairs,
        grounding=_grounding(data, examples, chosen, texts) if compared else None,
        system=_system(examples, texts, sampled / max(characters, 1)),
        to_join=to_join,
    )


class _Counts(NamedTuple):
    """Numbers of rows, of examples, of different answers, and the characters of the longest answer.

    ``tagged`` are the examples with labels of tokens, and of parts of a text; ``ids`` those that are token ids.
    """

    rows: int
    size: int
    answers: int
    longest: int
    pairs: int
    tools: int
    calls: int
    tagged: tuple[int, ...]
    ids: int
    turns: int

    @classmethod
    def of(cls, examples: pl.DataFrame, rows: int) -> _Counts:
        """Return the counts of the examples among so many rows."""
        return cls(
            rows,
            examples.height,
            answers=int(examples.filter(pl.col("response_chars") > 0)["response_hash"].n_unique()),
            longest=int(examples["response_chars"].max() or 0),  # type: ignore[arg-type]
            pairs=int(examples["is_preference"].sum()),
            tools=int(examples["has_tools"].sum()),
            calls=int(examples["has_tool_calls"].sum()),
            tagged=tuple(int((examples["shape"] == name).sum()) for name in _TAGGED),
            ids=int((examples["shape"] == _IDS).sum()),
            turns=int((examples["roles"].str.count_matches("[ac]") > 1).sum()),
        )


def _grounding(data: DatasetView, examples: pl.DataFrame, chosen: Sequence[int], texts: Sequence[Text]) -> Grounding:
    """Return how much of the answers is in the prompts, for those of the ``chosen`` rows that have no picture.

    What a picture shows cannot be compared.
    """
    pictures = set(examples.filter(pl.col("has_media"))["at"])
    legible = [(row, text) for row, text in zip(chosen, texts, strict=True) if row not in pictures]
    return grounding(
        # A rejected answer is not learned.
        [(f"{text.system}\n{text.prompt}", text.chosen or text.response) for _, text in legible],
        [data.where(row) for row, _ in legible],
    )


def _task(kind: Kind, counts: _Counts, keys: tuple[Shown, ...], json_share: float) -> tuple[Task | None, str]:
    size, answers = counts.size, counts.answers
    if not size:
        return None, "no row could be read as an example" if counts.rows else "no row was read"
    if kind == "evaluation":
        return "evaluation", "the files are named as an evaluation set"
    if kind == "preference" or counts.pairs > _MOST * size:
        return "preference", f"{counts.pairs or size:,} of {size:,} examples compare or judge answers"
    if kind == "rl":
        return "reinforcement", "the examples have no answers to learn"
    if kind == "text":
        return "continuation", "the examples are texts without prompts"
    if counts.calls and max(counts.tools, counts.calls) > _MOST * size:
        return "tool-use", f"{counts.tools:,} of {size:,} examples have tools, and {counts.calls:,} call them"
    if (tagged := sum(counts.tagged)) > _MOST * size:
        what = "labels for parts of their text" if counts.tagged[-1] else "a label for each of their tokens"
        return "tagging", f"{tagged:,} of {size:,} examples have {what}"
    if counts.ids > _MOST * size:
        return "generation", f"{counts.ids:,} of {size:,} examples are token ids, whose answers are not read"
    few = answers <= LABELS and size >= _ROWS_OF_A_LABEL * answers
    many = answers <= _MANY_LABELS and size >= _ROWS_OF_MANY * answers
    # Twenty sentences that thousands of examples share are chosen from, like labels.
    short = counts.longest <= _LABEL_CHARS or (few and size >= _ROWS_OF_MANY * answers)
    if answers and short and (few or many):
        return "classification", f"{answers:,} different answers in {size:,} examples"
    if keys:
        return "structured-output", f"the answers are JSON objects with the keys {', '.join(keys[:_KEYS])}"
    if json_share >= _NEARLY_ALL:
        return "structured-output", "the answers are JSON objects, with different keys"
    if counts.turns > _MOST * size:
        return "chat", f"{counts.turns:,} of {size:,} examples have several answers"
    return "generation", f"{answers:,} different answers in {size:,} examples"


def _transcripts(texts: Sequence[Text]) -> tuple[Task, str] | None:
    """Return the kind of task of texts if most of them are transcripts, None otherwise."""
    found = [answers_in(text.response) for text in texts]
    spoken = sum(map(bool, found))
    if 2 * spoken <= len(texts):
        return None
    several = sum(each > 1 for each in found)
    because = f"{spoken:,} of {counted(len(texts), 'text')} looked at are transcripts"
    return ("chat", f"{because}, most with several answers") if 2 * several > spoken else ("generation", because)


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
    text = _FENCE.sub(r"\1", answer.strip())
    if not text.startswith("{"):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _system(examples: pl.DataFrame, texts: Sequence[Text], tokens_each: float) -> SystemPrompt | None:
    """Return what most examples begin with, if it is long: a constant system prompt, and the same words of the prompts.

    ``tokens_each`` are the tokens of a character of these examples.
    """
    share, system = 1.0, ""
    with_system = examples.filter(pl.col("has_system"))
    if with_system.height:
        most = with_system["system_hash"].value_counts().sort("count", descending=True).row(0)[1]
        common = Counter(text.system for text in texts if text.system).most_common(1)
        if most > _MOST * examples.height and common:
            share, system = most / examples.height, common[0][0]
    words, part = _beginning(sorted(text.prompt for text in texts if not system or text.system == system))
    tokens = round(len(words) * tokens_each)
    if tokens < _LEAST_PROMPT:
        words, part, tokens = "", 1.0, 0
    tokens += round(len(system) * tokens_each)
    return SystemPrompt(share * part, tokens) if tokens >= _LEAST_PROMPT else None


def _beginning(prompts: list[str]) -> tuple[str, float]:
    """Return what most of these sorted prompts begin with, and the share of them; an empty text for nothing."""
    if len(prompts) < 1 / _ENDS[0]:
        return "", 1.0
    low, high = (prompts[int(end * (len(prompts) - 1))] for end in _ENDS)
    if low == high:
        return "", 1.0
    common = low[: common_prefix(low, high)]
    return common, sum(prompt.startswith(common) for prompt in prompts) / len(prompts) if common else 1.0
