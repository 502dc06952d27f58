"""The operation behind ``datalint stats``: the figures of a dataset."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np
import polars as pl

from datalint.engine.guesses import with_guesses
from datalint.engine.map.mapper import Mapper
from datalint.engine.map.row_keys import refuse_missing
from datalint.engine.mapping import map_sources
from datalint.engine.plan import Plan
from datalint.engine.reduce.categories import find_category
from datalint.privacy.display import FileName, Shown, excerpt, file_name, printable
from datalint.support.classes import frozen
from datalint.verdict.kinds import kind_of, shape_kinds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from datalint.cache.store import Store
    from datalint.models.spec import ModelSpec
    from datalint.sources import Source

Packing = Literal["none", "bfd", "wrapped"]

#: Maximum lengths whose effect is shown, in tokens.
LENGTHS: Final = (512, 1024, 2048, 4096, 8192, 16_384, 32_768)
#: Names of the letters of ``roles``, as the columns of examples have them.
_ROLES: Final = {"s": "system", "u": "user", "a": "assistant", "c": "assistant", "t": "tool", "p": "text"}
_CATEGORIES: Final = 20
_NAME: Final = 60


@frozen
class Spread:
    """The distribution of one number over the examples that have it: characters, tokens or turns."""

    total: int
    mean: float
    p50: int
    p90: int
    p95: int
    p99: int
    max: int

    @classmethod
    def of(cls, values: NDArray[np.int64]) -> Spread:
        """Return the distribution of ``values``; zeros for no values."""
        if not len(values):
            return cls(0, 0.0, 0, 0, 0, 0, 0)
        p50, p90, p95, p99 = (int(part) for part in np.percentile(values, (50, 90, 95, 99), method="lower"))
        return cls(int(values.sum()), round(float(values.mean()), 1), p50, p90, p95, p99, int(values.max()))


@frozen
class FileRows:
    """The rows of one file."""

    path: FileName
    rows: int
    refused: int


@frozen
class CategoryCounts:
    """The values of the category key, the most common first; ``others`` are the values that are not listed."""

    key: Shown
    values: tuple[tuple[Shown, int], ...]
    others: int
    missing: int


@frozen
class Truncation:
    """What a maximum length does with the rows.

    ``whole`` rows fit. In ``cut_prompt`` rows everything that is learned is cut off, in ``cut_response`` rows some of
    it, in ``cut_end`` rows only text after it. ``dropped`` rows can't be rendered with the template.
    """

    max_length: int
    whole: int
    cut_prompt: int
    cut_response: int
    cut_end: int
    dropped: int


@frozen
class LengthEffect:
    """The rows that fit in a maximum length, and the share of all tokens that remain."""

    length: int
    whole: int
    tokens_left: float


@frozen
class Packed:
    """Rows after packing: their number, how full they are (0 to 1), and the tokens that are lost."""

    strategy: Packing
    length: int
    rows: int
    fill: float
    lost: int


@frozen
class Stats:
    """The figures of a dataset. Tokens are counted with ``model``, or estimated if it is None."""

    files: tuple[FileRows, ...]
    rows: int
    shapes: tuple[tuple[Shown, int], ...]
    kind: str
    turns: Spread
    roles: Mapping[str, int]
    with_system: int
    system_prompts: int
    with_tools: int
    with_tool_calls: int
    with_media: int
    preferences: int
    prompts: int
    responses: int
    category: CategoryCounts | None
    prompt_chars: Spread
    response_chars: Spread
    tokens: Spread
    trained: int
    lengths: tuple[LengthEffect, ...]
    model: Shown | None = None
    truncation: Truncation | None = None
    packing: Packed | None = None
    steps: int | None = None


def collect(
    sources: Sequence[Source],
    *,
    columns: Mapping[str, str] | None = None,
    category: str | None = None,
    model: ModelSpec | None = None,
    max_length: int | None = None,
    packing: Packing = "none",
    epochs: float = 1.0,
    batch: int | None = None,
    jobs: int = 1,
    cache: tuple[Store, bytes] | None = None,
    memory_limit: int | None = None,
    loose_keys: frozenset[str] = frozenset(),
) -> Stats:
    """Read ``sources`` as one dataset with ``jobs`` processes and return its figures.

    ``packing`` and ``max_length`` say how a trainer would join rows; ``batch`` is the number of rows of a step.

    Raises:
        DatalintError: for a run that needs more than ``memory_limit`` bytes, and for a key that no row has.
    """
    from datalint.engine.execute.chunk_cache import ChunkCache

    plan = Plan(
        rules=(),
        columns=columns or {},
        category_key=category,
        model=model,
        max_length=max_length,
        needs=frozenset() if model is None else frozenset(("model", "tokens")),
        loose_keys=loose_keys,
    )
    plan, _ = with_guesses(plan, sources)
    mapper = Mapper(plan)
    spill = None
    if memory_limit is not None:
        from datalint.engine.execute.memory import spill_under

        spill = spill_under(memory_limit, sources, (), plan, jobs=jobs)
    chunks = None if cache is None else ChunkCache.of(cache[0], plan, cache[1])
    merged = map_sources(sources, mapper, None, jobs=jobs, cache=chunks, spill=spill)
    refuse_missing(plan, [merged])
    examples = merged.examples
    exact = "model_tokens" in examples.columns and examples["model_tokens"].null_count() < examples.height
    tokens = _numbers(examples, "model_tokens" if exact else "tokens")
    trained = int(examples["trained_tokens" if exact else "response_tokens"].cast(pl.Int64).sum() or 0)
    packed = pack(tokens, max_length, packing) if max_length is not None and packing != "none" else None
    read = packed.rows if packed is not None else len(tokens)
    shapes = examples["shape"].value_counts().sort(["count", "shape"], descending=[True, False])
    found = find_category(examples, category)
    return Stats(
        files=tuple(FileRows(file_name(each.path), each.rows_read, each.rows_refused) for each in merged.files),
        rows=examples.height,
        shapes=tuple((printable(name), count) for name, count in shapes.iter_rows()),
        kind=kind_of(examples, [each.path for each in merged.files], shape_kinds(plan.mapping), alone=True),
        turns=Spread.of(examples["roles"].str.len_bytes().cast(pl.Int64).to_numpy()),
        roles=_roles(examples),
        with_system=_count(examples, "has_system"),
        system_prompts=examples.filter("has_system")["system_hash"].n_unique(),
        with_tools=_count(examples, "has_tools"),
        with_tool_calls=_count(examples, "has_tool_calls"),
        with_media=_count(examples, "has_media"),
        preferences=_count(examples, "is_preference"),
        prompts=examples["context"].n_unique(),
        responses=examples.filter(pl.col("response_chars") > 0)["response_hash"].n_unique(),
        category=None
        if found is None
        else CategoryCounts(
            key=excerpt(found.key, _NAME),
            values=tuple((excerpt(name, _NAME), count) for name, count in list(found.counts.items())[:_CATEGORIES]),
            others=max(len(found.counts) - _CATEGORIES, 0),
            missing=found.missing,
        ),
        prompt_chars=Spread.of(_numbers(examples, "prompt_chars")),
        response_chars=Spread.of(_numbers(examples, "response_chars")),
        tokens=Spread.of(tokens),
        trained=trained,
        lengths=tuple(_effect(tokens, length) for length in LENGTHS) if len(tokens) else (),
        model=printable(model.name) if exact and model is not None else None,
        truncation=_truncation(examples, max_length) if exact and max_length is not None else None,
        packing=packed,
        steps=None if batch is None else -int(-(read * epochs) // batch),
    )


def pack(tokens: NDArray[np.int64], length: int, strategy: Packing) -> Packed:
    """Return the rows that a trainer makes of rows with these numbers of tokens.

    ``wrapped`` cuts the concatenation of all rows every ``length`` tokens. ``bfd`` (best fit decreasing) cuts rows at
    ``length`` and puts each, the longest first, where the least room is left (TRL's ``pack_dataset``).
    """
    total = int(tokens.sum())
    if strategy == "wrapped":
        rows = -(-total // length)
        return Packed(strategy, length, rows, round(total / (rows * length), 4) if rows else 0.0, 0)
    cut = np.minimum(tokens, length)
    if strategy == "none":
        kept = int(cut.sum())
        fill = round(kept / (len(tokens) * length), 4) if len(tokens) else 0.0
        return Packed(strategy, length, len(tokens), fill, total - kept)
    room: list[int] = []
    rows = 0
    for size in sorted(cut[cut > 0].tolist(), reverse=True):
        at = bisect_left(room, size)
        if at < len(room):
            left = room.pop(at) - size
        else:
            rows += 1
            left = length - size
        insort(room, left)
    kept = int(cut.sum())
    return Packed(strategy, length, rows, round(kept / (rows * length), 4) if rows else 0.0, total - kept)


def _numbers(examples: pl.DataFrame, name: str) -> NDArray[np.int64]:
    return examples[name].drop_nulls().cast(pl.Int64).to_numpy()


def _count(examples: pl.DataFrame, name: str) -> int:
    return int(examples[name].sum() or 0)


def _roles(examples: pl.DataFrame) -> dict[str, int]:
    """Return the number of turns of each role."""
    counts: dict[str, int] = {}
    for letter, name in _ROLES.items():
        count = int(examples["roles"].str.count_matches(letter, literal=True).sum() or 0)
        if count:
            counts[name] = counts.get(name, 0) + count
    return counts


def _effect(tokens: NDArray[np.int64], length: int) -> LengthEffect:
    total = int(tokens.sum())
    left = int(np.minimum(tokens, length).sum()) / total if total else 1.0
    return LengthEffect(length, int((tokens <= length).sum()), round(left, 4))


def _truncation(examples: pl.DataFrame, length: int) -> Truncation:
    cuts: dict[Any, int] = dict(examples["cut"].value_counts().iter_rows())
    return Truncation(
        max_length=length,
        whole=cuts.get("", 0),
        cut_prompt=cuts.get("prompt", 0),
        cut_response=cuts.get("answer", 0),
        cut_end=cuts.get("tail", 0),
        dropped=cuts.get(None, 0),
    )
